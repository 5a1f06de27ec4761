//! Events and ties out of small texts.

use bilat_model::evidence::EventKind;
use bilat_model::told::{Constraint, Extraction, TieKind};
use proptest::prelude::*;

use crate::testing;

fn read(text: &str, pair: &str, published: &str) -> Extraction {
    testing::extract(text, pair, published)
}

fn dates(told: &Extraction, kind: EventKind) -> Vec<String> {
    let of_kind = told.events.iter().filter(|e| e.kind == kind);
    of_kind
        .map(|e| e.date.map_or_else(|| "-".to_owned(), |d| d.to_string()))
        .collect()
}

#[test]
fn a_list_of_dates_is_an_event_each_and_is_counted() {
    let told = read(
        "Norwegian presidents have visited Ghana three times: in May 2002, June 2009 and July 2010.",
        "GHA-NOR",
        "2024-05-01",
    );
    assert_eq!(
        dates(&told, EventKind::Visit),
        ["2002-05", "2009-06", "2010-07"]
    );
    let counted = told.constraints.iter().any(|c| {
        matches!(c, Constraint::Count { said: 3, listed, whole: true, .. } if listed.len() == 3)
    });
    assert!(counted, "{:?}", told.constraints);
}

#[test]
fn a_founding_follows_from_its_anniversary() {
    let told = read(
        "In October 2024, Ghana and Norway marked 32 years since the establishment of diplomatic relations.",
        "GHA-NOR",
        "2024-12-01",
    );
    assert_eq!(dates(&told, EventKind::Anniversary), ["2024-10"]);
    assert_eq!(dates(&told, EventKind::DiplomaticRelations), ["1992-10"]);
    assert!(told.events.iter().any(|e| e.derived));
}

#[test]
fn the_term_of_a_seat_is_no_date() {
    let told = read(
        "Ghana endorsed Norway's candidacy for a seat on the UN Security Council for 2021-2022 \
         and for a seat on the UN Human Rights Council for 2022-2024.",
        "GHA-NOR",
        "2024-12-01",
    );
    assert_eq!(dates(&told, EventKind::Support), ["-", "-"]);
    let terms = told.constraints.iter().filter(|c| {
        matches!(
            c,
            Constraint::Term {
                candidacy: true,
                ..
            }
        )
    });
    assert_eq!(terms.count(), 2);
}

#[test]
fn a_weekday_beside_a_date_is_kept() {
    let told = read(
        "Ghana and Norway signed a treaty on Friday, 23 December 2011.",
        "GHA-NOR",
        "2012-01-01",
    );
    let friday = |c: &Constraint| matches!(c, Constraint::Weekday { weekday: 5, .. });
    assert!(
        told.constraints.iter().any(friday),
        "{:?}",
        told.constraints
    );
}

#[test]
fn documents_with_an_article_each_are_signed_each() {
    let told = read(
        "Ministers of Ghana and Norway signed a protocol on fisheries and a memorandum on energy on 3 May 2021.",
        "GHA-NOR",
        "2024-12-01",
    );
    assert_eq!(
        dates(&told, EventKind::Agreement),
        ["2021-05-03", "2021-05-03"]
    );
    let one = read(
        "Ministers of Ghana and Norway signed five agreements and memorandums on 3 May 2021.",
        "GHA-NOR",
        "2024-12-01",
    );
    assert_eq!(dates(&one, EventKind::Agreement), ["2021-05-03"]);
}

#[test]
fn a_past_verb_with_a_date_ahead_is_said_to_slip() {
    let told = read(
        "The ambassador of Norway met the minister of Ghana on February 4, 2023.",
        "GHA-NOR",
        "2023-02-03",
    );
    assert_eq!(dates(&told, EventKind::Meeting), ["2023-02-04"]);
    assert!(!told.events[0].planned);
    assert!(
        told.constraints
            .iter()
            .any(|c| matches!(c, Constraint::Tense { past: true, .. }))
    );
}

#[test]
fn what_is_to_come_is_planned_and_what_others_do_is_left_out() {
    let told = read(
        "The president of Norway will visit Ghana on 3 May 2025. The president of Chile visited Peru on 4 May 2023.",
        "GHA-NOR",
        "2025-04-01",
    );
    assert_eq!(dates(&told, EventKind::Visit), ["2025-05-03"]);
    assert!(told.events[0].planned);
}

#[test]
fn ties_stand_since_they_were_made() {
    let told = read(
        "A double taxation agreement between Ghana and Norway has been in force since 7 December 2005. \
         The two have an intergovernmental commission.",
        "GHA-NOR",
        "2024-12-01",
    );
    let treaty = told
        .ties
        .iter()
        .find(|t| t.kind == TieKind::Treaty)
        .unwrap();
    assert_eq!(treaty.since.unwrap().to_string(), "2005-12-07");
    assert!(told.ties.iter().any(|t| t.kind == TieKind::Commission));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_and_every_quote_is_its_bytes(
        parts in proptest::collection::vec(
            prop_oneof![
                Just("signed ".to_owned()), Just("a treaty, ".to_owned()), Just("visited Ghana ".to_owned()),
                Just("in May 2002, ".to_owned()), Just("and ".to_owned()), Just("which ".to_owned()),
                Just("Norway's embassy ".to_owned()), Just("\"".to_owned()), Just("since 2010. ".to_owned()),
                Just("marked 30 years since ".to_owned()), Just("(".to_owned()), Just("there: ".to_owned()),
                Just("President Ola Nordmann of Norway ".to_owned()), Just("on Monday ".to_owned()), ".{0,12}",
            ],
            0..40,
        )
    ) {
        let text = parts.concat();
        let told = read(&text, "GHA-NOR", "2024-05-01");
        let spans = told.events.iter().map(|e| (e.span, &e.quote))
            .chain(told.ties.iter().map(|t| (t.span, &t.quote)));
        for (span, quote) in spans {
            prop_assert_eq!(text.get(span.start..span.end), Some(quote.as_str()));
        }
    }
}

#[test]
fn relations_broken_off_are_no_founding() {
    let told = read(
        "Diplomatic relations between Egypt and Qatar were severed in June 2017. \
         The two mark 50 years of relations this year.",
        "EGY-QAT",
        "2022-03-01",
    );
    assert_eq!(dates(&told, EventKind::Other), ["2017-06"]);
    assert_eq!(dates(&told, EventKind::DiplomaticRelations), ["1972"]);
    let origin = told.constraints.iter().any(|c| {
        matches!(
            c,
            Constraint::Anniversary {
                origin: Some(_),
                ..
            }
        )
    });
    assert!(!origin, "{:?}", told.constraints);
}
