//! What a text tells against what is known apart from it.

pub(crate) mod documents;
pub(crate) mod events;
pub(crate) mod politics;
pub(crate) mod trade;

use bilat_model::document::Span;
use bilat_model::evidence::{Citation, Evidence};
use bilat_model::finding::{Beside, Finding, Label, Outcome, Severity};
use bilat_model::told::{Extraction, ItemRef};

use crate::{Known, KnownSource, rule};

/// A check of one text against what is known.
pub(crate) struct Against<'a> {
    pub(crate) told: &'a Extraction,
    pub(crate) text: &'a str,
    pub(crate) known: &'a Known<'a>,
}

/// What a finding is about.
pub(crate) struct About<'a> {
    pub(crate) rule: &'static str,
    pub(crate) case: &'static str,
    pub(crate) severity: Severity,
    pub(crate) outcome: Outcome,
    pub(crate) values: &'a [(&'a str, &'a str)],
    pub(crate) span: Span,
    pub(crate) item: Option<ItemRef>,
}

impl Against<'_> {
    fn finding(&self, about: &About<'_>, beside: Vec<Beside>) -> Finding {
        let help = match about.severity {
            Severity::Info => None,
            _ => rule::help(about.rule, about.values),
        };
        Finding {
            rule: about.rule.to_owned(),
            severity: about.severity,
            outcome: about.outcome,
            message: rule::message(about.rule, about.case, about.values),
            arithmetic: None,
            labels: vec![Label {
                span: about.span,
                quote: about.span.of(self.text).to_owned(),
                text: String::new(),
                primary: true,
            }],
            involves: about.item.into_iter().collect(),
            beside,
            help,
        }
    }

    fn source(&self, citation: &Citation) -> Option<&KnownSource> {
        self.known.sources.get(&citation.source)
    }

    fn title(&self, citation: &Citation) -> String {
        match self.source(citation) {
            Some(s) => s.title.clone(),
            None => citation.source.to_string(),
        }
    }

    fn beside(&self, e: &Evidence, says: String) -> Beside {
        Beside {
            id: e.id.0.clone(),
            source: self.title(&e.citation),
            says,
            date: self.source(&e.citation).and_then(|s| s.date.clone()),
        }
    }
}
