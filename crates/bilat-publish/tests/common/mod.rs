//! A brief made by hand, with something of everything.
#![allow(dead_code, clippy::unwrap_used)]

use std::sync::Arc;

use bilat_brief::brief::{
    Block, Brief, Cell, CitedSource, Labels, Section, SectionId, Sentence, Support, Table,
};
use bilat_brief::chart::{Axis, Chart, Map, Place, Plot, Series, TimelineEvent};
use bilat_brief::documents::{CitedDocument, CitedSpan};
use bilat_model::document::Span;
use bilat_model::evidence::{
    Citation, Event, EventDetails, EventKind, EvidenceId, Locator, Statement,
};
use bilat_model::source::SourceId;

pub(crate) fn support(id: &str, source: &str) -> Support {
    Support::Evidence {
        id: EvidenceId(id.to_owned()),
        citation: Citation {
            source: SourceId::new(source),
            file: Arc::from("file.csv"),
            at: Locator::Line(17),
        },
    }
}

pub(crate) fn sentence(id: &str, text: &str, citations: &[usize]) -> Sentence {
    let support = vec![support(&format!("KAZ-SVN:{id}"), "trade_dots")];
    let mut s = Sentence::new(format!("KAZ-SVN:{id}"), text.to_owned(), support).unwrap();
    s.citations = citations.to_vec();
    s
}

pub(crate) fn table(id: &str, columns: &[&str], rows: &[&[&str]]) -> Table {
    let cell = |(i, t): (usize, &&str)| Cell {
        text: (*t).to_owned(),
        support: if i == 0 {
            vec![]
        } else {
            vec![support("KAZ-SVN:x", "trade_dots")]
        },
    };
    Table {
        id: id.to_owned(),
        title: "Trade in goods by year".to_owned(),
        columns: columns.iter().map(|c| (*c).to_owned()).collect(),
        numeric: (0..columns.len()).map(|i| i > 0).collect(),
        rows: rows
            .iter()
            .map(|r| r.iter().enumerate().map(cell).collect())
            .collect(),
        citations: vec![1],
    }
}

pub(crate) fn chart(id: &str, title: &str, plot: Plot) -> Chart {
    Chart {
        id: id.to_owned(),
        title: title.to_owned(),
        subtitle: "Goods, million US dollars a year".to_owned(),
        source_line: "Source: IMF Direction of Trade Statistics, 2021.".to_owned(),
        alt: "Imports from Slovenia rose to 2013 and halved by 2019.".to_owned(),
        plot,
        table: table(
            &format!("{id}-data"),
            &[
                "Year",
                "Kazakhstan’s books, million US dollars",
                "Slovenia’s books, million US dollars",
            ],
            &[
                &["2018", "92.1", "95.0"],
                &["2019", "94.4", "96.6"],
                &["2020", "", "81.2"],
            ],
        ),
    }
}

pub(crate) fn axis() -> Axis {
    Axis {
        unit: "million US dollars".to_owned(),
        divisor: 1e6,
        digits: 1,
        bounds: None,
    }
}

fn lines() -> Chart {
    let books: Vec<(i16, f64)> = (1995..=2019)
        .filter(|y| ![1998, 2003, 2004].contains(y))
        .map(|y| {
            (
                y,
                1e6 * (20.0 + 6.0 * f64::from(y - 1995) - 0.12 * f64::from(y - 1995).powi(2)),
            )
        })
        .collect();
    let theirs = books.iter().map(|(y, v)| (*y, v * 0.9 + 4e6)).collect();
    let other = books.iter().map(|(y, v)| (*y, v * 0.1 + 2e6)).collect();
    let series = |label: &str, colour, dashed, points| Series {
        label: label.to_owned(),
        colour,
        dashed,
        points,
    };
    let plot = Plot::Lines {
        series: vec![
            series("From Slovenia, Kazakhstan’s books", 1, false, books),
            series("From Slovenia, Slovenia’s books", 1, true, theirs),
            series("From Kazakhstan", 0, false, other),
        ],
        axis: axis(),
    };
    chart("turnover", "Trade flows mostly one way", plot)
}

fn mirror() -> Chart {
    let row = |l: &str, a, b| (l.to_owned(), a, b);
    let plot = Plot::Mirror {
        left: "Kazakhstan to Slovenia".to_owned(),
        right: "Slovenia to Kazakhstan".to_owned(),
        rows: vec![
            row(
                "Chemicals and related products",
                Some(120_000.0),
                Some(70.9e6),
            ),
            row(
                "Machinery and transport equipment",
                Some(12_000.0),
                Some(15e6),
            ),
            row(
                "Mineral fuels, lubricants and related materials",
                Some(16e6),
                None,
            ),
        ],
        axis: axis(),
    };
    chart(
        "goods",
        "Three of every four dollars go for chemicals",
        plot,
    )
}

fn map() -> Chart {
    let square =
        |w: f32, s: f32, d: f32| vec![vec![(w, s), (w + d, s), (w + d, s + d), (w, s + d)]];
    let place = |label: &str, at, capital, side| Place {
        label: label.to_owned(),
        at,
        capital,
        side,
    };
    let plot = Plot::Map(Map {
        countries: vec![(0, square(52.0, 42.0, 14.0)), (1, square(13.5, 45.4, 2.0))],
        ground: vec![square(20.0, 46.0, 14.0)],
        places: vec![
            place("Astana", (71.43, 51.13), true, 0),
            place("Ljubljana", (14.51, 46.06), true, 1),
            place("Vienna", (16.37, 48.21), false, 0),
            place("Moscow", (37.62, 55.75), false, 1),
        ],
        line: Some(((71.43, 51.13), (14.51, 46.06))),
        line_label: "4,118 km".to_owned(),
    });
    chart("map", "No embassy in the other’s capital", plot)
}

fn timeline() -> Chart {
    let event = |at, date: &str, label: &str| TimelineEvent {
        at,
        date: date.to_owned(),
        label: label.to_owned(),
    };
    let plot = Plot::Timeline {
        events: vec![
            event(
                1992.8,
                "20 October 1992",
                "Diplomatic relations established",
            ),
            event(
                2009.2,
                "March 2009",
                "A football international in Ljubljana that ended five to one",
            ),
            event(2009.7, "9 September 2009", "Return match"),
        ],
    };
    chart("timeline", "Three decades", plot)
}

fn source(number: usize, id: &str, title: &str) -> CitedSource {
    CitedSource {
        number,
        id: SourceId::new(id),
        title: title.to_owned(),
        publisher: "International Monetary Fund".to_owned(),
        credit: "Source: a credit line as the licence asks for it.".to_owned(),
        licence: "CC BY 4.0".to_owned(),
        licence_url: "https://creativecommons.org/licenses/by/4.0/".to_owned(),
        homepage:
            "https://data.example.org/a/rather/long/address/of/the/page?that=describes&the=data"
                .to_owned(),
        vintage: "2021-05".parse().unwrap(),
        coverage: "1948 to 2020".to_owned(),
        files: vec![],
    }
}

fn section(id: SectionId, heading: Option<&str>, blocks: Vec<Block>) -> Section {
    Section {
        id,
        heading: heading.map(str::to_owned),
        blocks,
    }
}

pub(crate) fn brief() -> Brief {
    let paragraph = |sentences| Block::Paragraph { sentences };
    let mut key = table(
        "key",
        &["", "Value", "When"],
        &[
            &["Turnover", "111.5 million US dollars", "2019"],
            &["Distance between the capitals", "4,118 km", ""],
        ],
    );
    key.title = "Key figures".to_owned();
    let mut visas = table(
        "visas",
        &["Who", "Where", "Rule"],
        &[
            &["Slovenes", "Kazakhstan", "30 days without a visa"],
            &["Kazakhs", "Slovenia", "visa needed"],
        ],
    );
    visas.numeric = vec![false; 3];
    visas.title = "Visas".to_owned();
    Brief {
        schema: 1,
        pair: "KAZ-SVN".parse().unwrap(),
        viewpoint: None,
        as_of: None,
        language: "en".to_owned(),
        title: "Kazakhstan and Slovenia".to_owned(),
        labels: Labels {
            sources: "Sources and licences".to_owned(),
            vintage: "Vintage".to_owned(),
            licence: "Licence".to_owned(),
            data: "Data".to_owned(),
            colophon: "Made from open data by bilat; check any figure with “bilat why”.".to_owned(),
            dateline: "Each number is dated where it stands; the newest source is of May 2021."
                .to_owned(),
            no_data: "No data".to_owned(),
            skip: "Skip to the text".to_owned(),
        },
        sections: vec![
            section(
                SectionId::Lead,
                None,
                vec![
                    paragraph(vec![
                        sentence(
                            "lead-1",
                            "Kazakhstan and Slovenia have had diplomatic relations since 20 October 1992, but no embassy in each other’s capital.",
                            &[1, 2],
                        ),
                        sentence(
                            "lead-2",
                            "Trade flows mostly one way: of the 111.5 million dollars that Kazakhstan recorded for 2019, 94.4 million were purchases from Slovenia.",
                            &[1],
                        ),
                    ]),
                    Block::Chart(map()),
                ],
            ),
            section(
                SectionId::KeyFigures,
                Some("Key figures"),
                vec![Block::Table(key)],
            ),
            section(
                SectionId::Politics,
                Some("Political relations"),
                vec![
                    paragraph(vec![sentence(
                        "relations",
                        "Astana looks after Slovenia from Vienna, Ljubljana after Kazakhstan from Moscow.",
                        &[2],
                    )]),
                    Block::Chart(timeline()),
                ],
            ),
            section(
                SectionId::Trade,
                Some("Trade"),
                vec![
                    paragraph(vec![sentence(
                        "trade-lead",
                        "In 2015, the last year with goods by section, three of every four dollars went for chemicals.",
                        &[1],
                    )]),
                    Block::Chart(lines()),
                    Block::Chart(mirror()),
                ],
            ),
            section(
                SectionId::People,
                Some("People and movement"),
                vec![Block::Table(visas)],
            ),
        ],
        sources: vec![
            source(1, "trade_dots", "IMF Direction of Trade Statistics"),
            source(2, "embassies", "Diplomatic missions of the world"),
        ],
        documents: Vec::new(),
    }
}

/// The same with a document cited beside the sources.
pub(crate) fn documented() -> Brief {
    let mut b = brief();
    let sha256 = "0b7152c1f2d5a1f9".repeat(4);
    let evidence = "KAZ-SVN:documents:0b7152c1f2d5a1f9:exports:KAZ>SVN:2024";
    let citation = Citation {
        source: SourceId::new("documents"),
        file: Arc::from("0b7152c1f2d5a1f9"),
        at: Locator::Span(Span::new(10, 24)),
    };
    let cited = Support::Evidence {
        id: EvidenceId(evidence.to_owned()),
        citation,
    };
    let text = "According to Agencia Río (12 May 2025), sales came to 5.7 million dollars in 2024.";
    let mut s = Sentence::new("KAZ-SVN:told".into(), text.into(), vec![cited]).unwrap();
    s.citations = vec![3];
    b.sections.push(section(
        SectionId::Documents,
        Some("Related documents"),
        vec![Block::Paragraph { sentences: vec![s] }],
    ));
    b.documents = vec![CitedDocument {
        number: 3,
        id: "doc:0b7152c1f2d5a1f9".into(),
        sha256,
        bytes: 2048,
        media_type: "text/html".into(),
        title: Some("What links the two.".into()),
        author: None,
        publisher: Some("Agencia Río".into()),
        published: Some("2025-05-12".parse().unwrap()),
        url: Some("https://news.example/two".into()),
        origin: "doc:0b7152c1f2d5a1f9".into(),
        cited: vec![CitedSpan {
            id: EvidenceId(evidence.to_owned()),
            span: Span::new(10, 24),
            quote: "$5.7 million".into(),
            statement: Statement::Event(Event {
                kind: EventKind::Other,
                date: None,
                what: "sales".into(),
                details: EventDetails::None,
            }),
        }],
    }];
    b
}

/// What must never take effect.
pub(crate) const HOSTILE: &str = "</title></script><script>alert(1)</script> \"><img src=x onerror=alert(1)> ' {{7*7}} ${7*7} <%= 1 %> \u{202e}gnorw\u{2067} &amp; [x](javascript:alert(1)) \u{1b}[31mred\u{7} | `code` *b* _i_ # h\n\n# heading\n- item https://evil.example www.evil.example a@b.example [^1] ```";

/// The same with hostile text wherever text can stand.
pub(crate) fn hostile() -> Brief {
    let evil = || HOSTILE.to_owned();
    let mut b = documented();
    for d in &mut b.documents {
        d.title = Some(evil());
        d.author = Some(evil());
        d.publisher = Some(evil());
        d.url = Some(evil());
        d.media_type = evil();
        d.cited.iter_mut().for_each(|c| c.quote = evil());
    }
    b.title = evil();
    b.language = "en\" onload=\"alert(1)".to_owned();
    b.labels = Labels {
        sources: evil(),
        vintage: evil(),
        licence: evil(),
        data: evil(),
        colophon: evil(),
        dateline: evil(),
        no_data: evil(),
        skip: evil(),
    };
    let spoil = |t: &mut Table| {
        t.id = evil();
        t.title = evil();
        t.columns.iter_mut().for_each(|c| *c = evil());
        t.rows.iter_mut().flatten().for_each(|c| c.text = evil());
    };
    for s in &mut b.sections {
        s.heading = s.heading.as_ref().map(|_| evil());
        for block in &mut s.blocks {
            match block {
                Block::Paragraph { sentences } => sentences.iter_mut().for_each(|s| {
                    s.id = evil();
                    s.text = evil();
                }),
                Block::Table(t) => spoil(t),
                Block::Chart(c) => {
                    spoil(&mut c.table);
                    c.id = evil();
                    c.title = evil();
                    c.subtitle = evil();
                    c.source_line = evil();
                    c.alt = evil();
                    match &mut c.plot {
                        Plot::Lines { series, axis } => {
                            series.iter_mut().for_each(|s| s.label = evil());
                            axis.unit = evil();
                        }
                        Plot::Mirror {
                            left, right, rows, ..
                        } => {
                            (*left, *right) = (evil(), evil());
                            rows.iter_mut().for_each(|r| r.0 = evil());
                        }
                        Plot::Map(m) => {
                            m.line_label = evil();
                            m.places.iter_mut().for_each(|p| p.label = evil());
                        }
                        Plot::Timeline { events } => events.iter_mut().for_each(|e| {
                            e.label = evil();
                            e.date = evil();
                        }),
                    }
                }
            }
        }
    }
    for s in &mut b.sources {
        s.title = evil();
        s.publisher = evil();
        s.credit = evil();
        s.licence = evil();
        s.licence_url = "javascript:alert(1)".to_owned();
        s.homepage = "https://x.example/\"onclick=\"alert(1)".to_owned();
    }
    b
}
