//! What the text decides of what a model says.

#![allow(clippy::unwrap_used)]

mod common;

use bilat_llm::{Admitted, Item, Proposal, Proposals, admit, merge};
use bilat_model::document::Span;
use bilat_model::told::{Constraint, Direction};
use common::{EXTRACTOR, TEXT, document, pair};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn judge(text: &str, items: Vec<(Item, Value)>) -> Admitted {
    let document = document(text);
    let proposals = Proposals {
        model: "made-1".to_owned(),
        items: items
            .into_iter()
            .map(|(item, fields)| Proposal {
                item,
                part: Span::new(0, text.len()),
                fields,
            })
            .collect(),
        faults: Vec::new(),
    };
    admit(&proposals, &document, pair(), &EXTRACTOR)
}

/// A figure that holds, with some of its fields changed.
fn figure(changes: Value) -> Value {
    let mut fields = json!({
        "kind": "exports", "from": "KAZ", "to": "SVN", "value": 5_700_000, "value_max": null,
        "unit": "USD", "period": "2024", "change_percent": null, "compare_period": null,
        "product": "copper", "status": null, "line": 3, "offset": null,
        "quote": "Kazakhstan exported copper worth 5.7 million dollars to Slovenia in 2024",
    });
    for (name, value) in changes.as_object().unwrap() {
        fields[name] = value.clone();
    }
    fields
}

fn why(item: Item, fields: Value) -> String {
    let judged = judge(TEXT, vec![(item, fields)]);
    assert!(judged.figures.is_empty() && judged.events.is_empty() && judged.ties.is_empty());
    judged.refused[0].why.clone()
}

#[test]
fn what_the_text_tells_is_taken_from_the_text() {
    let judged = judge(
        TEXT,
        vec![
            (Item::Figure, figure(json!({}))),
            (
                Item::Figure,
                figure(json!({
                    "kind": "trade_turnover", "from": "SVN", "to": "KAZ", "value": "105700000", "product": null,
                    "change_percent": -5.2, "line": null,
                    "quote": "fell by 5.2 percent to about $105.7 million in 2024",
                })),
            ),
        ],
    );
    assert_eq!(judged.refused, []);
    let [turnover, exports] = &judged.figures[..] else {
        panic!("{judged:#?}")
    };
    // White space alone may differ; the quote is the text's.
    assert!(exports.quote.contains("5.7  million"));
    assert_eq!(exports.span.of(TEXT), exports.quote);
    assert_eq!(exports.interval.unwrap().to_string(), "[5650000, 5750000)");
    assert_eq!(exports.rules, ["llm:made-1"]);
    assert_eq!((turnover.from.code(), turnover.to.code()), ("KAZ", "SVN"));
    assert_eq!(turnover.qualifier.code(), "about");
    let change = turnover.change.as_ref().unwrap();
    assert_eq!(change.interval.to_string(), "(-5.25, -5.15]");
    let (way, verb) = change.verb.unwrap();
    assert_eq!((way, verb.of(TEXT)), (Direction::Down, "fell"));
}

#[test]
fn lies_are_refused_with_the_reason() {
    for (changes, reason) in [
        (
            json!({"quote": "Kazakhstan exported gold worth 5.7 million dollars"}),
            "does not stand",
        ),
        (
            json!({"quote": "kazakhstan exported copper worth 5.7 million dollars"}),
            "does not stand",
        ),
        (json!({"quote": ""}), "no quote"),
        (json!({"quote": "   "}), "no quote"),
        (json!({"quote": 5}), "not a word"),
        (json!({"quote": "e", "line": null}), "places"),
        (json!({"value": 57_000_000}), "reads 5700000 USD"),
        (json!({"value": 5700}), "reads 5700000 USD"),
        (json!({"value": 5.7}), "reads 5700000 USD"),
        (json!({"value": 99_900_000}), "reads 5700000 USD"),
        (json!({"unit": "EUR"}), "not 5700000 EUR"),
        (json!({"unit": "count"}), "not 5700000 count"),
        (json!({"unit": null}), "no unit"),
        (json!({"value_max": 6_000_000}), "not 5700000 USD"),
        // Half of a printed number is another number.
        (
            json!({"quote": "7  million dollars to Slovenia in 2024", "value": 7_000_000}),
            "holds no number",
        ),
        (json!({"to": "CHN"}), "CHN is not of the pair"),
        (json!({"to": "KAZ"}), "to itself"),
        (json!({"to": "Slovenia"}), "`to`"),
        (json!({"from": null}), "no `from`"),
        (json!({"kind": "smuggling"}), "`kind`"),
        (json!({"kind": "tourists"}), "counted"),
        (json!({"kind": "other", "product": null}), "of what"),
        (json!({"period": "2023"}), "period 2023"),
        (json!({"period": "last year"}), "`period`"),
        (json!({"compare_period": "2023"}), "comparison"),
        (json!({"product": "uranium"}), "`product`"),
        (json!({"status": "hoped"}), "`status`"),
        (json!({"value": null}), "neither"),
        (json!({"value": null, "value_max": 5_700_000}), "upper end"),
        (json!({"value": {"is": 5}}), "not a number"),
        (json!({"value": "1e999"}), "exact"),
        (json!({"change_percent": 12}), "12 per cent"),
    ] {
        let told = why(Item::Figure, figure(changes.clone()));
        assert!(told.contains(reason), "{changes}: {told}");
    }
    assert!(why(Item::Tie, json!("text")).contains("not an object"));
}

#[test]
fn a_change_goes_the_way_of_the_words() {
    let quote = "fell by 5.2 percent to about $105.7 million in 2024";
    let up = figure(
        json!({"kind": "trade_turnover", "value": null, "product": null,
        "quote": quote, "line": 2, "change_percent": 5.2}),
    );
    assert!(why(Item::Figure, up).contains("do not go that way"));
}

#[test]
fn figures_of_third_countries_are_refused() {
    let fields = figure(
        json!({"kind": "trade_turnover", "value": 41_000_000_000_i64, "product": null,
        "line": 4, "quote": "was 41 billion dollars in 2024"}),
    );
    assert!(why(Item::Figure, fields).contains("CHN"));
}

#[test]
fn a_quote_in_several_places_needs_a_hint() {
    let event = |line: Value, offset: Value| {
        json!({"kind": "meeting", "date": null, "end": null,
        "host": null, "participants": ["SVN", "KAZ"], "planned": false,
        "quote": "They met again.", "line": line, "offset": offset})
    };
    assert!(why(Item::Event, event(json!(6), json!(null))).contains("2 places"));
    assert!(why(Item::Event, event(json!(6), json!(-1))).contains("2 places"));
    let judged = judge(TEXT, vec![(Item::Event, event(json!(6), json!(14)))]);
    let at = TEXT.rfind("They met again.").unwrap();
    assert_eq!(judged.events[0].span.start, at);
}

#[test]
fn events_have_dates_that_are_told() {
    let event = |date: &str, quote: &str| {
        json!({"kind": "meeting", "date": date, "host": "SVN",
        "participants": ["KAZ", "SVN"], "planned": true, "quote": quote, "line": null})
    };
    let quote = "The foreign ministers met in Ljubljana on 27 November 2024.";
    let judged = judge(TEXT, vec![(Item::Event, event("2024-11-27", quote))]);
    assert_eq!(judged.refused, []);
    let met = &judged.events[0];
    // The calendar decides, not the model.
    assert!(!met.planned);
    assert_eq!(met.what, quote);
    assert_eq!(met.cities, ["Ljubljana"]);
    for (fields, reason) in [
        (event("2024-11-28", quote), "2024-11-28"),
        (event("27 November 2024", quote), "`date`"),
        (
            event(
                "2025-03-12",
                "The presidents of Kazakhstan and Slovenia will meet in Astana",
            ),
            "no place in SVN",
        ),
    ] {
        assert!(why(Item::Event, fields).contains(reason));
    }
    let mut third = event("2024-11-27", quote);
    third["participants"] = json!(["KAZ", "CHN"]);
    assert!(why(Item::Event, third).contains("CHN is not of the pair"));
}

#[test]
fn ties_and_long_quotes() {
    let tie = |quote: &str| json!({"kind": "business_club", "participants": null, "since": null, "quote": quote});
    let judged = judge(
        TEXT,
        vec![(
            Item::Tie,
            tie("There are 19 joint companies of the two countries."),
        )],
    );
    assert_eq!(judged.ties[0].participants.len(), 2);
    assert!(why(Item::Tie, tie(&"a".repeat(5000))).contains("longer"));
}

#[test]
fn rules_stay_and_only_what_is_new_is_added() {
    let document = document(TEXT);
    let mut rules = EXTRACTOR.extract(&document, pair());
    rules.figures.retain(|f| f.kind.code() == "trade_turnover");
    rules.events.clear();
    rules.constraints = vec![Constraint::Moved {
        figure: 0,
        before: None,
        direction: Direction::Down,
        span: Span::new(0, 1),
    }];
    assert!(!rules.figures.is_empty(), "the rules read the turnover");
    // The same number under another name is what the rules have already; copper is new.
    let renamed = figure(
        json!({"kind": "investment", "value": 105_700_000, "product": null,
        "line": 2, "quote": "fell by 5.2 percent to about $105.7 million in 2024"}),
    );
    let first =
        json!({"kind": "forum", "date": null, "quote": "Kazakhstan and Slovenia widen ties"});
    let judged = judge(
        TEXT,
        vec![
            (Item::Figure, renamed),
            (Item::Figure, figure(json!({}))),
            (Item::Figure, figure(json!({}))),
            (Item::Event, first),
        ],
    );
    assert_eq!((judged.figures.len(), judged.events.len()), (2, 1));
    let both = merge(&rules, &judged);
    assert_eq!(both.figures.len(), rules.figures.len() + 1);
    assert!(both.figures.is_sorted_by_key(|f| f.span.start));
    assert_eq!(both.events.len(), 1);
    assert_eq!(merge(&both, &judged), both);
}

#[test]
fn constraints_follow_their_figures() {
    let text = "Kazakhstan exported copper worth 5.7 million dollars to Slovenia in 2024.\nThe trade turnover of Kazakhstan and Slovenia fell by 5.2 percent to $105.7 million in 2024.";
    let document = document(text);
    let mut rules = EXTRACTOR.extract(&document, pair());
    rules.figures.retain(|f| f.kind.code() == "trade_turnover");
    rules.constraints = vec![Constraint::Moved {
        figure: 0,
        before: None,
        direction: Direction::Down,
        span: Span::new(0, 1),
    }];
    assert_eq!(rules.figures.len(), 1);
    let both = merge(
        &rules,
        &judge(text, vec![(Item::Figure, figure(json!({"line": 1})))]),
    );
    let Constraint::Moved { figure, .. } = &both.constraints[0] else {
        panic!()
    };
    assert_eq!(both.figures.len(), 2);
    assert_eq!(both.figures[*figure], rules.figures[0]);
}

/// JSON of any form, with the fields' own names and words of the text often in it.
fn anything() -> impl Strategy<Value = Value> {
    let words = prop::sample::select(vec![
        "exports",
        "trade_turnover",
        "meeting",
        "KAZ",
        "SVN",
        "CHN",
        "USD",
        "count",
        "2024",
        "--02-30",
        "199X",
        "2024-11-27",
        "5.7 million dollars",
        "$105.7 million in 2024",
        "19 joint companies",
        "5.2 percent",
        "target",
        "",
        " ",
        "They met again.",
        "copper",
        "9999-12-31",
        "0000",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        prop::sample::select(vec![5.7e6, 1.057e8, 19.0, -5.2]).prop_map(Value::from),
        words.prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        (0..TEXT.len(), 0..90_usize).prop_map(|(at, n)| {
            let (a, b) = (
                TEXT.floor_char_boundary(at),
                TEXT.floor_char_boundary(at + n),
            );
            Value::from(&TEXT[a..b])
        }),
    ];
    let name = prop::sample::select(vec![
        "kind",
        "from",
        "to",
        "value",
        "value_max",
        "unit",
        "period",
        "change_percent",
        "compare_period",
        "product",
        "status",
        "quote",
        "line",
        "offset",
        "date",
        "end",
        "host",
        "participants",
        "planned",
        "since",
    ]);
    leaf.prop_recursive(3, 60, 20, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((name.clone(), inner), 0..20).prop_map(|fields| {
                let all = fields.into_iter().map(|(n, v)| (n.to_owned(), v));
                Value::from(all.collect::<Map<_, _>>())
            }),
        ]
    })
}

proptest! {
    #[test]
    fn nothing_that_is_said_breaks_or_gets_in(
        said in prop::collection::vec(anything(), 0..8),
        changed in prop::collection::vec(("kind|value|unit|period|quote|line|offset|to|date|end|host|since", anything()), 0..4),
    ) {
        let mut near = figure(json!({}));
        for (name, value) in changed {
            near[&name] = value;
        }
        let items = said.into_iter().chain([near]);
        let all: Vec<_> = items
            .flat_map(|v| [Item::Figure, Item::Event, Item::Tie].map(|i| (i, v.clone())))
            .collect();
        let judged = judge(TEXT, all.clone());
        prop_assert_eq!(&judged, &judge(TEXT, all));
        for f in &judged.figures {
            prop_assert_eq!(TEXT.get(f.span.start..f.span.end), Some(f.quote.as_str()));
            prop_assert!(pair().has(f.from) && pair().has(f.to));
            prop_assert!(f.value.is_none() || f.interval.is_some());
        }
        for e in &judged.events {
            prop_assert_eq!(TEXT.get(e.span.start..e.span.end), Some(e.quote.as_str()));
        }
        let rules = EXTRACTOR.extract(&document(TEXT), pair());
        let both = merge(&rules, &judged);
        prop_assert!(rules.figures.iter().all(|f| both.figures.contains(f)));
    }

    #[test]
    fn any_answer_is_read_or_a_fault(body in prop::collection::vec(any::<u8>(), 0..300), said in anything()) {
        let part = Span::new(0, 5);
        let mut out = Proposals::default();
        out.read(part, &body, 5);
        prop_assert!(out.items.is_empty());
        let body = json!({"choices": [{"message": {"content": said.to_string()}}]}).to_string();
        out.read(part, body.as_bytes(), 5);
        out.read(part, json!({"choices": said}).to_string().as_bytes(), 5);
    }
}
