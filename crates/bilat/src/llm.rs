//! The second extractor: a language model proposes, the text decides, the rules' reading stays.
//!
//! It is asked only with `--extractor llm`. When it cannot be asked, the rules' reading stands
//! alone and the reason is told; nothing of the check depends on it.

use std::cell::RefCell;
use std::time::Duration;

use bilat_extract::Extractor;
use bilat_llm::{Admitted, Endpoint, Error, Limits};
use bilat_model::document::Document;
use bilat_model::told::Extraction;
use bilat_publish::findings::{Proposed, Refused};

use crate::args::{ExtractorArg, ExtractorArgs};
use crate::failure::Failure;
use crate::{home, output};

const ENDPOINT: &str = "BILAT_LLM_ENDPOINT";
const MODEL: &str = "BILAT_LLM_MODEL";
const KEY: &str = "BILAT_LLM_KEY";

/// How the names of rules begin that stand for a model.
pub(crate) const RULE: &str = "llm:";

/// What there is to say of such a rule.
pub(crate) fn explained(rule: &str) -> String {
    let model = output::tame(rule.strip_prefix(RULE).unwrap_or(rule));
    let said = format!(
        "The model {model} proposed it, and the text bears it out: its quote stands there, and \
        number, unit and period were read out of that quote by the rules' own readers. From the \
        model come only what kind of thing it is, the direction within the pair, and which of the \
        dates nearby is its own."
    );
    let lines = output::wrap(&said, output::width());
    format!("{}\n\n{}\n", output::tame(rule), lines.join("\n"))
}

/// A model that is asked about each document.
pub(crate) struct Model {
    endpoint: Endpoint,
    /// Why it is asked no more: whoever fails once is not waited for again.
    lost: RefCell<Option<String>>,
}

impl Model {
    /// The model that the user asks for, if any. The key comes from the environment alone, so that
    /// it stands in no history of commands.
    pub(crate) fn of(args: &ExtractorArgs) -> Result<Option<Self>, Failure> {
        if args.extractor == ExtractorArg::Rules {
            let given = [
                (args.llm_endpoint.is_some(), "--llm-endpoint"),
                (args.llm_model.is_some(), "--llm-model"),
                (args.llm_wait.is_some(), "--llm-wait"),
            ];
            return match given.iter().find(|(is, _)| *is) {
                Some((_, flag)) => Err(Failure::new(format!("{flag} is for --extractor llm"))
                    .hint("add --extractor llm, or leave it out")),
                None => Ok(None),
            };
        }
        let setting = |given: &Option<String>, name: &str, what: &str, flag: &str| {
            given
                .clone()
                .or_else(|| home::setting(name))
                .ok_or_else(|| {
                    Failure::new(format!("--extractor llm needs {what}"))
                        .hint(format!("give {flag}, or set {name}"))
                })
        };
        let mut limits = Limits::default();
        if let Some(seconds) = args.llm_wait {
            limits.wait = Duration::from_secs(seconds);
        }
        let endpoint = Endpoint {
            base: setting(
                &args.llm_endpoint,
                ENDPOINT,
                "the address of a server, such as http://localhost:8080/v1",
                "--llm-endpoint",
            )?,
            key: home::setting(KEY),
            model: setting(&args.llm_model, MODEL, "the name of a model", "--llm-model")?,
            limits,
        };
        endpoint.check().map_err(Failure::new)?;
        Ok(Some(Self {
            endpoint,
            lost: RefCell::new(None),
        }))
    }

    /// What the rules read, with what is new of what the model proposes and the text tells.
    pub(crate) fn read(
        &self,
        rules: Extraction,
        document: &Document,
        extractor: &Extractor,
    ) -> (Extraction, Proposed) {
        let mut out = Proposed {
            model: self.endpoint.model.clone(),
            ..Proposed::default()
        };
        if let Some(why) = &*self.lost.borrow() {
            out.unanswered = Some(format!("not asked again: {why}"));
            return (rules, out);
        }
        let proposals = match bilat_llm::propose(&self.endpoint, document, rules.pair) {
            Ok(proposals) => proposals,
            Err(e) => {
                let why = e.to_string();
                // Of a document that is too long, the next one is not to blame.
                if !matches!(e, Error::TooLong { .. }) {
                    *self.lost.borrow_mut() = Some(why.clone());
                }
                out.unanswered = Some(why);
                return (rules, out);
            }
        };
        let admitted = bilat_llm::admit(&proposals, document, rules.pair, extractor);
        let merged = bilat_llm::merge(&rules, &admitted);
        out.proposed = proposals.items.len();
        out.new = items(&merged) - items(&rules);
        out.refused = refused(admitted);
        let unread = out.refused.iter().filter(|r| r.item.is_none()).count();
        out.admitted = out.proposed + unread - out.refused.len();
        (merged, out)
    }
}

fn items(e: &Extraction) -> usize {
    e.figures.len() + e.events.len() + e.ties.len()
}

fn refused(admitted: Admitted) -> Vec<Refused> {
    let all = admitted.refused.into_iter();
    all.map(|r| Refused {
        item: r.item.map(|i| i.to_string()),
        part: r.part,
        why: r.why,
        said: r.said,
    })
    .collect()
}
