//! The rules that read and check texts, in one list.

use bilat_model::finding::Severity;
use bilat_publish::findings::RuleCard;

use crate::failure::Failure;

/// A rule with what there is to say of it.
pub(crate) struct Rule {
    pub(crate) id: String,
    /// In a line; empty where the reason is all.
    pub(crate) title: String,
    /// Of a rule that checks: what it can come to. Empty for one that reads.
    pub(crate) severities: Vec<Severity>,
    pub(crate) why: String,
    /// Headings with what stands under them.
    pub(crate) more: Vec<(&'static str, String)>,
    /// Texts in which it finds something, with what.
    pub(crate) examples: Vec<Example>,
    /// Texts in which it finds nothing.
    pub(crate) counter: Vec<String>,
}

/// A text, and what must come of it.
pub(crate) struct Example {
    pub(crate) text: String,
    pub(crate) gives: Vec<String>,
}

/// All rules: first those that check, then those that read.
pub(crate) fn all() -> Result<Vec<Rule>, Failure> {
    let mut out: Vec<Rule> = bilat_check::rules().iter().map(checks).collect();
    for rule in bilat_extract::rules::rules().map_err(Failure::new)? {
        out.push(reads(rule));
    }
    Ok(out)
}

/// The rules that check, for whoever reads their findings elsewhere.
pub(crate) fn cards() -> Vec<RuleCard> {
    bilat_check::rules()
        .iter()
        .map(|r| RuleCard {
            id: r.id.clone(),
            title: r.title.clone(),
            why: format!("{} {}", r.why.trim(), r.method.trim()),
            severity: r.severities.iter().copied().min().unwrap_or(Severity::Info),
        })
        .collect()
}

fn checks(r: &bilat_check::Rule) -> Rule {
    let own = |x: &bilat_check::rule::Expected| x.rule.as_ref().is_none_or(|id| *id == r.id);
    let mut more = vec![("method", r.method.clone()), ("never", r.never.clone())];
    more.extend(r.help.clone().map(|h| ("help", h)));
    let (mut examples, mut counter) = (Vec::new(), Vec::new());
    for e in &r.example {
        let gives: Vec<String> = e
            .gives
            .iter()
            .filter(|x| own(x))
            .map(|x| {
                let says = x.says.join(" … ");
                let between = if says.is_empty() { "" } else { ": " };
                format!("{}, {}{between}{says}", x.severity, x.outcome)
            })
            .collect();
        if gives.is_empty() {
            counter.push(e.text.clone());
        } else {
            let text = e.text.clone();
            examples.push(Example { text, gives });
        }
    }
    Rule {
        id: r.id.clone(),
        title: r.title.clone(),
        severities: r.severities.clone(),
        why: r.why.clone(),
        more,
        examples,
        counter,
    }
}

fn reads(r: &bilat_extract::rules::Rule) -> Rule {
    Rule {
        id: r.id.clone(),
        title: String::new(),
        severities: Vec::new(),
        why: r.why.clone(),
        more: vec![("patterns", r.patterns.join("\n"))],
        examples: r
            .examples
            .iter()
            .map(|text| Example {
                text: text.clone(),
                gives: Vec::new(),
            })
            .collect(),
        counter: r.counter.clone(),
    }
}
