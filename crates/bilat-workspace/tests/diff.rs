//! What is new, changed, contradicted, gone.
#![allow(clippy::unwrap_used)]

mod common;

use bilat_model::source::SourceId;
use bilat_model::{
    Citation, Decimal, Evidence, EvidenceId, Figure, Measure, Period, Statement, told_evidence,
};
use bilat_workspace::diff;
use common::*;
use proptest::prelude::*;

fn evidence(t: &Text) -> Vec<Evidence> {
    t.told
        .iter()
        .flat_map(|x| told_evidence::of(&t.document.sha256, x))
        .collect()
}

fn exports(words: &str, value: &str, interval: &str) -> Vec<Evidence> {
    evidence(&text(words).exports(words, value, 2024, interval))
}

fn book(value: i64, year: i16) -> Evidence {
    let statement = Statement::Figure(Figure {
        measure: Measure::Imports,
        from: pair().a(),
        to: pair().b(),
        reporter: Some(pair().b()),
        product: None,
        period: Some(Period::Year(year)),
        value: Decimal::from(value),
        valuation: None,
    });
    let source = SourceId::new("trade");
    Evidence {
        id: EvidenceId::of(pair(), &source, &statement, 0),
        pair: pair(),
        citation: Citation {
            source,
            file: "a.csv".into(),
            at: bilat_model::evidence::Locator::Line(2),
        },
        statement,
    }
}

#[test]
fn the_same_states_do_not_differ() {
    let a = exports("5.7", "5700000", "[5650000, 5750000)");
    assert!(diff(&a, &a).is_empty());
    assert!(diff(&[], &[]).is_empty());
}

#[test]
fn a_revised_book_has_changed() {
    let d = diff(
        &[book(10, 2020), book(11, 2021)],
        &[book(12, 2020), book(13, 2022)],
    );
    assert_eq!(d.changed.len(), 1);
    assert_eq!(d.changed[0].before.statement, book(10, 2020).statement);
    assert_eq!(d.gone, [book(11, 2021)]);
    assert_eq!(d.new, [book(13, 2022)]);
    assert!(d.contradicted.is_empty());
}

#[test]
fn another_document_contradicts_only_what_cannot_be_true_with_it() {
    let known = exports("5.7", "5700000", "[5650000, 5750000)");
    for (words, value, interval, contradicts) in [
        ("5.72", "5720000", "[5715000, 5725000)", false),
        ("over 5", "5000000", "(5000000, ∞)", false),
        ("6.1", "6100000", "[6050000, 6150000)", true),
    ] {
        let new = exports(words, value, interval);
        let both: Vec<_> = known.iter().chain(&new).cloned().collect();
        let d = diff(&known, &both);
        assert_eq!(d.contradicted.len(), usize::from(contradicts), "{words}");
        assert_eq!(d.new.len(), usize::from(!contradicts), "{words}");
        assert!(d.changed.is_empty() && d.gone.is_empty());
    }
}

#[test]
fn aims_and_undated_numbers_contradict_nothing() {
    let target = |words: &str, value: &str| {
        let fields = format!(
            r#""kind": "trade_turnover", "value": {value}, "unit": "USD", "qualifier": "exact",
               "period": "2030", "status": "target""#
        );
        evidence(&text(words).figure(words, &fields))
    };
    let (a, b) = (target("500", "500"), target("900", "900"));
    let both: Vec<_> = a.iter().chain(&b).cloned().collect();
    assert_eq!(diff(&a, &both).new, b);
    let undated = |words: &str, value: &str| {
        let fields = format!(
            r#""kind": "companies", "value": {value}, "unit": "count", "qualifier": "exact""#
        );
        evidence(&text(words).figure(words, &fields))
    };
    let (a, b) = (undated("19", "19"), undated("25", "25"));
    let both: Vec<_> = a.iter().chain(&b).cloned().collect();
    assert_eq!(diff(&a, &both).new, b);
}

#[test]
fn a_plan_that_came_to_pass_on_a_page_has_changed() {
    let plan = evidence(&text("will come").visit("will come", "2025-05-10", true));
    let done = evidence(&text("has come").visit("has come", "2025-05-10", false));
    let d = diff(&plan, &done);
    assert_eq!((d.changed.len(), d.new.len(), d.gone.len()), (1, 0, 0));
    // Told again in other words on the next state of the page: nothing is new.
    let again = evidence(&text("came indeed").visit("came indeed", "2025-05-10", false));
    assert!(diff(&done, &again).is_empty());
}

proptest! {
    #[test]
    fn each_statement_is_accounted_for(
        before in proptest::collection::btree_map(2000i16..2006, 0i64..4, 0..6),
        after in proptest::collection::btree_map(2000i16..2006, 0i64..4, 0..6),
    ) {
        let list = |m: &std::collections::BTreeMap<i16, i64>| -> Vec<Evidence> {
            m.iter().map(|(y, v)| book(*v, *y)).collect()
        };
        let d = diff(&list(&before), &list(&after));
        let gone: Vec<_> = before.iter().filter(|(y, _)| !after.contains_key(y)).collect();
        let new: Vec<_> = after.iter().filter(|(y, _)| !before.contains_key(y)).collect();
        let changed = after.iter().filter(|(y, v)| before.get(y).is_some_and(|b| b != *v)).count();
        prop_assert_eq!(d.gone.len(), gone.len());
        prop_assert_eq!(d.new.len(), new.len());
        prop_assert_eq!(d.changed.len(), changed);
        let back = diff(&list(&after), &list(&before));
        prop_assert_eq!(back.new.len(), d.gone.len());
        prop_assert_eq!(back.gone.len(), d.new.len());
    }
}
