//! A checked text for tests: two pages' worth of prose in the manner of an agency, and what a
//! check could say about it.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used)]

use bilat_model::document::{Block, BlockKind, Document, Meta, Origin, Span};
use bilat_model::evidence::{EventKind, Qualifier};
use bilat_model::finding::{Beside, Finding, Label, Outcome, Severity};
use bilat_model::interval::Interval;
use bilat_model::told::{
    Attribution, Constraint, Event, Extraction, Figure, FigureKind, ItemRef, Tie, TieKind,
};
use bilat_publish::findings::{Checked, CheckedPair, Proposed, Refused, RuleCard};

/// Figures that do not add up stand in paragraphs of their own; the second paragraph is as long
/// as agencies make them.
pub const TEXT: &str = "\
Timber and ports: what links Latvia and Uruguay

MONTEVIDEO, 12 May 2025. Latvian Foreign Minister Ilze Ozola will visit Uruguay on 19 May. Latvian presidents have been to Montevideo three times: in June 2009, March 2014 and October 2019, each time with a delegation from the ports of Riga and Ventspils, and each time the talks turned to cold chains, to sawn timber and to the question of who insures a cargo between two oceans. Uruguay’s Ministry of Foreign Affairs says that 14 companies with Latvian capital are registered in the country, among them makers of plywood, of refrigerated containers and of software for customs; 5 of them are joint ventures and 9 belong wholly to Latvian owners. “We are far apart, and yet we sell each other what neither of us grows,” said Ana Rodríguez, who heads the Europe desk.

Trade

Trade between the two countries came to $48.3 million in 2024, up 6.2% from $45.5 million in 2023.

Latvia’s exports to Uruguay reached $12.4 million.\tImports from Uruguay stood at $35.1 million.

Latvian firms have invested about $22 million in Uruguay.

Most popular
";

pub fn span(text: &str, quote: &str) -> Span {
    let at = text.find(quote).unwrap_or_else(|| panic!("no {quote}"));
    Span::new(at, at + quote.len())
}

fn document() -> Document {
    let mut at = 0;
    let mut blocks = Vec::new();
    for (i, part) in TEXT.split("\n\n").enumerate() {
        let kind = match (i, part.trim_end()) {
            (0, _) => BlockKind::Headline,
            (_, "Trade") => BlockKind::Heading,
            (_, "Most popular") => BlockKind::Furniture,
            _ => BlockKind::Paragraph,
        };
        let span = Span::new(at, at + part.trim_end().len());
        blocks.push(Block { span, kind });
        at += part.len() + 2;
    }
    Document {
        sha256: "0f4c0b7a52c1f2d5a1f9d7b8c3e6a9d0b1c2d3e4f5061728394a5b6c7d8e9f00".into(),
        bytes: TEXT.len(),
        media_type: "text/plain".into(),
        encoding: "UTF-8".into(),
        meta: Meta {
            title: Some("Timber and ports: what links Latvia and Uruguay".into()),
            publisher: Some("Agencia Río".into()),
            url: Some("https://news.example/latvia-uruguay".into()),
            published: Some("2025-05-12".parse().unwrap()),
            published_by: Some("dateline".into()),
            language: Some("en".into()),
            ..Meta::default()
        },
        text: TEXT.into(),
        blocks,
        origin: Origin::Identity,
    }
}

/// A figure of `million`s of dollars, by its digits as printed.
fn money(kind: FigureKind, quote: &str, digits: &str, period: Option<&str>) -> Figure {
    let million = 1_000_000.into();
    let (from, to) = match kind {
        FigureKind::Imports => ("URY", "LVA"),
        _ => ("LVA", "URY"),
    };
    let ends = (from.parse().unwrap(), to.parse().unwrap());
    let value: bilat_model::Decimal = digits.parse().unwrap();
    Figure {
        value: Some(value * million),
        unit: "USD".into(),
        period: period.map(|p| p.parse().unwrap()),
        interval: Some(Interval::printed(digits, million, Qualifier::Exact).unwrap()),
        rules: vec!["amount-symbol".into()],
        ..Figure::bare(kind, ends, span(TEXT, quote), quote)
    }
}

fn companies(kind: FigureKind, quote: &str, n: &str) -> Figure {
    let one = bilat_model::Decimal::ONE;
    let who = "Uruguay’s Ministry of Foreign Affairs";
    Figure {
        value: Some(n.parse().unwrap()),
        unit: "count".into(),
        interval: Some(Interval::printed(n, one, Qualifier::Exact).unwrap()),
        attribution: Some(Attribution {
            who: who.into(),
            span: span(TEXT, who),
            quoted: false,
        }),
        rules: vec!["count-noun".into()],
        ..money(kind, quote, n, None)
    }
}

fn extraction() -> Extraction {
    let pair = "LVA-URY".parse().unwrap();
    let figures = vec![
        companies(FigureKind::Companies, "14 companies", "14"),
        companies(
            FigureKind::JointVentures,
            "5 of them are joint ventures",
            "5",
        ),
        companies(FigureKind::Companies, "9 belong wholly", "9"),
        Figure {
            change_percent: Some("6.2".parse().unwrap()),
            compare_period: Some("2023".parse().unwrap()),
            ..money(
                FigureKind::TradeTurnover,
                "$48.3 million",
                "48.3",
                Some("2024"),
            )
        },
        money(
            FigureKind::TradeTurnover,
            "$45.5 million",
            "45.5",
            Some("2023"),
        ),
        money(FigureKind::Exports, "$12.4 million", "12.4", Some("2024")),
        money(FigureKind::Imports, "$35.1 million", "35.1", Some("2024")),
        Figure {
            qualifier: Qualifier::About,
            ..money(FigureKind::Investment, "about $22 million", "22", None)
        },
    ];
    let visit = |quote: &str, date: &str, planned: bool| Event {
        kind: EventKind::Visit,
        date: Some(date.parse().unwrap()),
        end: None,
        host: Some("URY".parse().unwrap()),
        participants: vec!["LVA".parse().unwrap(), "URY".parse().unwrap()],
        planned,
        by: None,
        derived: false,
        what: "visit to Uruguay".into(),
        persons: Vec::new(),
        cities: vec!["Montevideo".into()],
        organisations: Vec::new(),
        attribution: None,
        span: span(TEXT, quote),
        quote: quote.into(),
        rules: vec!["visit".into(), "list-of-dates".into()],
    };
    Extraction {
        pair,
        published: Some("2025-05-12".parse().unwrap()),
        figures,
        events: vec![
            visit("will visit Uruguay on 19 May", "2025-05-19", true),
            visit("June 2009", "2009-06", false),
            visit("March 2014", "2014-03", false),
            visit("October 2019", "2019-10", false),
        ],
        ties: vec![Tie {
            kind: TieKind::Other,
            participants: vec!["LVA".parse().unwrap(), "URY".parse().unwrap()],
            what: "Latvian firms in Uruguay".into(),
            since: None,
            attribution: None,
            span: span(TEXT, "companies with Latvian capital"),
            quote: "companies with Latvian capital".into(),
            rules: Vec::new(),
        }],
        constraints: vec![
            Constraint::Count {
                said: 3,
                span: span(TEXT, "three times"),
                of: "times".into(),
                listed: ["June 2009", "March 2014", "October 2019"]
                    .map(|q| span(TEXT, q))
                    .to_vec(),
                whole: true,
            },
            Constraint::Parts {
                whole: 0,
                parts: vec![1, 2],
                span: span(TEXT, "5 of them are joint ventures and 9 belong wholly"),
            },
        ],
    }
}

pub fn label(text: &str, quote: &str, said: &str, primary: bool) -> Label {
    Label {
        span: span(text, quote),
        quote: quote.into(),
        text: said.into(),
        primary,
    }
}

/// A finding of these places, about the figures named.
pub fn finding(
    rule: &str,
    (severity, outcome): (Severity, Outcome),
    message: &str,
    labels: Vec<Label>,
    involves: Vec<ItemRef>,
) -> Finding {
    Finding {
        rule: rule.into(),
        severity,
        outcome,
        message: message.into(),
        arithmetic: None,
        labels,
        involves,
        beside: Vec::new(),
        help: None,
    }
}

fn findings() -> Vec<Finding> {
    use ItemRef::{Event, Figure};
    let at = |quote: &str, said: &str, primary| label(TEXT, quote, said, primary);
    let ok = (Severity::Info, Outcome::Confirmed);
    vec![
        Finding {
            arithmetic: Some(
                "12.4 + 35.1 = 47.5 million: [12.35, 12.45) + [35.05, 35.15) = [47.4, 47.6), \
                 and 48.3 million is [48.25, 48.35)"
                    .into(),
            ),
            help: Some(
                "one of the three is wrong, or they are not of one year and one set of books; \
                 ask whoever gave them"
                    .into(),
            ),
            ..finding(
                "turnover-is-sum",
                (Severity::Error, Outcome::Inconsistent),
                "exports and imports do not add up to the turnover",
                vec![
                    at("$48.3 million", "told as the turnover", true),
                    at("$12.4 million", "exports", false),
                    at("$35.1 million", "imports", false),
                ],
                vec![Figure(3), Figure(5), Figure(6)],
            )
        },
        Finding {
            arithmetic: Some(
                "45.5 × 1.062 = 48.3: [45.45, 45.55) × [1.0615, 1.0625) = [48.24, 48.40)".into(),
            ),
            ..finding(
                "growth",
                ok,
                "6.2 % from 45.5 to 48.3 million holds",
                vec![at("up 6.2%", "", true), at("$45.5 million", "", false)],
                vec![Figure(3), Figure(4)],
            )
        },
        finding(
            "parts-of-whole",
            ok,
            "5 and 9 make 14",
            vec![
                at("14 companies", "", true),
                at("5 of them are joint ventures", "", false),
                at("9 belong wholly", "", false),
            ],
            vec![Figure(0), Figure(1), Figure(2)],
        ),
        finding(
            "count-and-list",
            ok,
            "three times, and three dates follow",
            vec![
                at("three times", "", true),
                at("June 2009, March 2014 and October 2019", "", false),
            ],
            vec![Event(1), Event(2), Event(3)],
        ),
        Finding {
            beside: vec![
                Beside {
                    id: "LVA-URY:unctad_fdi:fdi_outstock:LVA>URY:LVA:2012".into(),
                    source: "UNCTAD Bilateral FDI Statistics".into(),
                    says: "Latvia’s books have 1.2 million US dollars held in Uruguay in 2012"
                        .into(),
                    date: Some("2014".into()),
                },
                Beside {
                    id: "3b1f…".into(),
                    source: "Agencia Río, 3 March 2022".into(),
                    says: "“about $22 million”".into(),
                    date: Some("3 March 2022".into()),
                },
            ],
            help: Some("say as of when, or ask for a newer figure".into()),
            ..finding(
                "stale",
                (Severity::Warning, Outcome::Stale),
                "this figure has no date and was first told in 2022",
                vec![at("about $22 million", "undated", true)],
                vec![Figure(7)],
            )
        },
        finding(
            "statistics",
            (Severity::Info, Outcome::NotComparable),
            "the statistics at hand end in 2020, this is of 2024",
            vec![at("$12.4 million", "", true)],
            vec![Figure(5)],
        ),
    ]
}

/// The text with one thing wrong, one doubtful, three confirmed and one that cannot be compared.
pub fn checked() -> Checked {
    Checked {
        name: "drafts/latvia-uruguay.txt".into(),
        document: document(),
        input: None,
        pairs: vec![CheckedPair {
            extraction: extraction(),
            findings: findings(),
            proposed: None,
        }],
    }
}

/// Any text with findings at these spans, all of them errors with hostile words of their own.
pub fn any(name: &str, text: &str, spans: &[Span]) -> Checked {
    let labels = spans.iter().enumerate().map(|(i, s)| Label {
        span: *s,
        quote: s.of(text).to_owned(),
        text: if i % 2 == 0 {
            String::new()
        } else {
            s.of(text).to_owned()
        },
        primary: i == 0,
    });
    let hostile = Finding {
        arithmetic: Some(text.chars().take(200).collect()),
        help: Some("a\u{202e}b\r\n::error::c\0".into()),
        beside: vec![Beside {
            id: "KAZ-SVN:x';rm -rf".into(),
            source: "<script>alert(1)</script>{{7*7}}".into(),
            says: "[x](javascript:alert(1))".into(),
            date: Some("\u{9b}31m".into()),
        }],
        ..finding(
            "rule,with:odd\nname",
            (Severity::Error, Outcome::Contradicted),
            "<b>%0A::warning::\n\"&amp;{{ x }}\u{202e}\u{1b}[2J",
            labels.collect(),
            vec![ItemRef::Figure(0), ItemRef::Figure(99), ItemRef::Tie(3)],
        )
    };
    let empty = finding(
        "nowhere",
        (Severity::Warning, Outcome::Inconsistent),
        "",
        Vec::new(),
        Vec::new(),
    );
    let mut extraction = extraction();
    extraction.figures.truncate(1);
    extraction.events.clear();
    extraction.ties.clear();
    extraction.constraints.clear();
    if let Some(figure) = extraction.figures.first_mut() {
        figure.span = spans.first().copied().unwrap_or(Span::new(0, 0));
        figure.quote = figure.span.of(text).to_owned();
    }
    Checked {
        name: name.into(),
        document: Document {
            text: text.into(),
            bytes: text.len(),
            blocks: Vec::new(),
            meta: Meta {
                title: Some("</title><script>".into()),
                language: Some("en\" onload=\"x".into()),
                ..Meta::default()
            },
            ..document()
        },
        input: None,
        pairs: vec![CheckedPair {
            extraction,
            findings: vec![hostile, empty],
            proposed: Some(proposed()),
        }],
    }
}

/// What a model with a hostile name proposed in vain.
pub fn proposed() -> Proposed {
    let refused = |item: Option<&str>| Refused {
        item: item.map(str::to_owned),
        part: Span::new(0, 9),
        why: "its quote does not stand in the text".into(),
        said: "{\"quote\":\"</p><script>\u{202e}\"}".into(),
    };
    Proposed {
        model: "</p><script>alert(1)</script>\u{202e}".into(),
        proposed: 4,
        admitted: 3,
        new: 1,
        refused: vec![refused(Some("figure")), refused(None)],
        unanswered: None,
    }
}

pub fn cards() -> Vec<RuleCard> {
    [
        (
            "turnover-is-sum",
            "Exports and imports make the turnover",
            Severity::Error,
        ),
        (
            "growth",
            "A change fits the two figures that it joins",
            Severity::Error,
        ),
        (
            "stale",
            "A figure repeated without its date",
            Severity::Warning,
        ),
    ]
    .into_iter()
    .map(|(id, title, severity)| RuleCard {
        id: id.into(),
        title: title.into(),
        why: format!("{title}. Rounding is allowed for."),
        severity,
    })
    .collect()
}
