#![allow(clippy::unwrap_used)]
use super::*;
use proptest::prelude::*;

/// A report as an agency might send it.
pub(crate) const REPORT: &str = "TALVIK (Reuters) - The foreign ministers of Norland and Sudania met on Tuesday to \
discuss trade and a new air link between their capitals, officials said. Trade between the two countries reached \
412 million dollars last year, up nine percent, according to the national statistics office of Norland. \
\"We see room for growth in food processing and in the digital economy,\" minister Ida Torvald told reporters after \
the talks. The ministers signed a memorandum on the training of nurses and agreed that a joint commission would meet \
in the autumn. A first flight is expected before the end of the year, once both aviation authorities have settled \
the timetable. Sudania bought mainly machinery and fish, while Norland imported fruit, textiles and phosphates.";

/// The same, with words exchanged, a sentence cut and another added.
const REWRITE: &str = "Foreign ministers of Norland and Sudania met on Tuesday to discuss trade and a new flight \
connection between their capitals, officials said. Trade between the two countries reached 412 million dollars last \
year, up nine per cent, according to the national statistics office of Norland. \"We see room for growth in food \
processing and in the digital economy,\" minister Ida Torvald said after the talks. They also signed a memorandum on \
the training of nurses and agreed that a joint commission would meet in the autumn. Sudania bought mainly machinery \
and fish, while Norland imported fruit, textiles and phosphates. The last such meeting was held three years ago.";

/// Freely rewritten, the credit left in.
const CREDITED: &str = "Norland and Sudania want a direct flight between their capitals, Reuters reports. The foreign \
ministers met on Tuesday to discuss trade, which last year came to 412 million dollars according to the national \
statistics office of Norland. Minister Ida Torvald sees \"room for growth in food processing and in the digital \
economy\". The two sides signed a memorandum on the training of nurses. A joint commission is to sit later this year. \
A first flight is expected before the end of the year, but the timetable is still open between the two aviation \
authorities, and tickets are not on sale.";

/// Another reporter in the same room.
const OTHER: &str = "A direct air connection may soon tie Talvik to Port Amara. That is the main result of a visit by \
Sudania's chief diplomat, who was received by his colleague Ida Torvald in the old customs house on the harbour. \
Both praised the rise of commerce, worth 412 million dollars in 2023, and spoke of dairy plants and software firms as \
the next step. Nurses from Sudania are to be trained in Norland under a paper that the two signed before lunch. \
\"We see room for growth,\" the minister said. A commission of both governments gathers in October; the airlines have yet \
to name a date for the first departure, and pilots' unions have asked to be heard.";

fn rules() -> OriginRules {
    OriginRules::built_in().unwrap()
}

fn judged(a: &str, b: &str) -> Option<OneOrigin> {
    let rules = rules();
    rules.one_origin(&rules.fingerprint(a, &[]), &rules.fingerprint(b, &[]))
}

#[test]
fn the_rules_are_whole_and_their_examples_hold() {
    let rules = rules();
    assert!(rules.reasons().iter().all(|w| w.len() > 20));
    assert!(rules.credited.share < rules.copy.share);
    for e in &rules.example {
        let found: Vec<_> = rules.agencies(&e.text).into_iter().collect();
        assert_eq!(found, e.credits, "{}: {:?}", e.text, e.why);
    }
}

#[test]
fn a_copy_is_one_origin_whatever_its_case_and_punctuation() {
    let copy = REPORT.to_uppercase().replace(',', " –").replace('"', "”");
    assert_eq!(judged(REPORT, &copy).unwrap().score, 1000);
}

#[test]
fn a_light_rewrite_is_one_origin() {
    let found = judged(REPORT, REWRITE).unwrap();
    assert!(!found.reason.contains("credit"), "{}", found.reason);
}

#[test]
fn a_shortened_copy_is_one_origin() {
    let short = &REPORT[..REPORT.len() / 2];
    // The cut goes through a word.
    assert!(judged(short, REPORT).unwrap().score > 950);
}

#[test]
fn the_same_agency_credited_counts_towards_one_origin() {
    let found = judged(REPORT, CREDITED).unwrap();
    assert!(
        found.reason.ends_with("both credit reuters"),
        "{}",
        found.reason
    );
    // Without the credit it would be too little.
    assert_eq!(
        judged(REPORT, &CREDITED.replace(", Reuters reports", "")),
        None
    );
}

#[test]
fn different_reports_of_one_event_stay_apart() {
    assert_eq!(judged(REPORT, OTHER), None);
    assert_eq!(judged(REWRITE, OTHER), None);
    // Even with the same agency's name below both.
    assert_eq!(judged(REPORT, &format!("{OTHER} Source: Reuters")), None);
}

#[test]
fn notices_and_reviews_join_nothing() {
    let notice = "The two ministers met on Tuesday.";
    assert_eq!(judged(notice, notice), None);
    let filler: String = (0..800).map(|i| format!("word{i} ")).collect();
    assert_eq!(judged(REPORT, &format!("{REPORT} {filler}")), None);
}

#[test]
fn furniture_is_not_compared() {
    let menu = "Home News World Business Opinion Sport Culture Travel Weather About us Contact Subscribe now and \
                save on your first year of reading with us every day of the week on any device you like best of all";
    let page = |text: &str| {
        let whole = format!("{menu}\n{text}");
        let blocks = [
            Block {
                span: Span::new(0, menu.len()),
                kind: BlockKind::Furniture,
            },
            Block {
                span: Span::new(menu.len() + 1, whole.len()),
                kind: BlockKind::Paragraph,
            },
        ];
        rules().fingerprint(&whole, &blocks)
    };
    assert_eq!(page(REPORT).runs, rules().fingerprint(REPORT, &[]).runs);
    let short = |t: &str| t.split(' ').take(40).collect::<Vec<_>>().join(" ");
    assert_eq!(
        rules().one_origin(&page(&short(REPORT)), &page(&short(OTHER))),
        None
    );
}

#[test]
fn a_copy_is_found_by_its_samples() {
    let rules = rules();
    let sample = |t: &str| -> BTreeSet<u64> {
        rules
            .sample(&rules.fingerprint(t, &[]))
            .into_iter()
            .collect()
    };
    assert!(sample(REPORT).intersection(&sample(REWRITE)).count() >= 5);
    assert!(sample(REPORT).len() * 2 < rules.fingerprint(REPORT, &[]).runs.len());
}

proptest! {
    #[test]
    fn any_texts_are_compared_alike_both_ways(a in "\\PC{0,400}", b in "\\PC{0,400}") {
        let rules = rules();
        let (x, y) = (rules.fingerprint(&a, &[]), rules.fingerprint(&b, &[]));
        prop_assert_eq!(rules.one_origin(&x, &y), rules.one_origin(&y, &x));
        prop_assert_eq!(&x, &rules.fingerprint(&a, &[]));
        if x.runs.len() >= 20 {
            prop_assert_eq!(rules.one_origin(&x, &x).unwrap().score, 1000);
        }
    }
}
