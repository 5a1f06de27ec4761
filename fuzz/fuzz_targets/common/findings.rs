//! What a check came to, held against its promises.

use bilat_model::finding::Finding;
use bilat_model::told::{Extraction, ItemRef};

/// Each label quotes what stands at its place, and each item is there.
pub fn hold(findings: &[Finding], told: &Extraction, text: &str) {
    // Findings are about what is told: they are no more than it in proportion.
    let items = told.figures.len() + told.events.len() + told.ties.len() + told.constraints.len();
    assert!(findings.len() <= 40 * (items + 1), "{} of {items}", findings.len());
    for finding in findings {
        assert!(!finding.message.is_empty());
        for label in &finding.labels {
            let quote = text.get(label.span.start..label.span.end).unwrap_or_default();
            assert_eq!(quote, label.quote);
        }
        for item in &finding.involves {
            assert!(match *item {
                ItemRef::Figure(n) => n < told.figures.len(),
                ItemRef::Event(n) => n < told.events.len(),
                ItemRef::Tie(n) => n < told.ties.len(),
            });
        }
        assert!(bilat_check::rule(&finding.rule).is_some(), "{}", finding.rule);
    }
}
