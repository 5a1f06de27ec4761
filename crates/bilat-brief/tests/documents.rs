//! Briefs with documents made by hand, read as a reader would.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod desk;

use bilat_brief::brief::{Block, SectionId};
use bilat_model::evidence::{EventDetails, EventKind, Qualifier};
use bilat_model::told::{FigureKind, Status, TieKind};
use desk::{Desk, event, figure, tie};

fn told(desk: &Desk) -> String {
    let brief = desk.brief(None);
    let mut out = String::new();
    for section in &brief.sections {
        out.push_str(&format!("# {}\n", section.id.code()));
        for block in &section.blocks {
            match block {
                Block::Paragraph { sentences } => {
                    for s in sentences {
                        out.push_str(&format!("{} {:?}\n", s.text, s.citations));
                    }
                }
                Block::Table(t) if t.id != "key" => {
                    for row in &t.rows {
                        let cells: Vec<_> = row.iter().map(|c| c.text.as_str()).collect();
                        out.push_str(&format!("| {}\n", cells.join(" | ")));
                    }
                }
                _ => {}
            }
        }
    }
    for d in &brief.documents {
        out.push_str(&format!(
            "[{}] {:?}, {} cited\n",
            d.number,
            d.title,
            d.cited.len()
        ));
    }
    out
}

fn section(desk: &Desk, id: SectionId) -> String {
    let all = told(desk);
    let head = format!("# {}\n", id.code());
    let from = all
        .find(&head)
        .unwrap_or_else(|| panic!("no {head} in {all}"));
    let rest = &all[from + head.len()..];
    rest[..rest.find("\n# ").map_or(rest.len(), |i| i + 1)].to_owned()
}

/// Trade with a change, hedges, a target, companies; visits, plans and a memorial.
fn latvia_uruguay() -> Desk {
    let mut desk = Desk::new("LVA", "URY");
    let d = desk.document("Agencia Río", "2025-05-12", "What links the two");
    desk.tell(d, |p| {
        let mut turnover = figure(
            p,
            FigureKind::TradeTurnover,
            "48300000",
            "USD",
            Some("2024"),
        );
        turnover.change_percent = Some("6.2".parse().unwrap());
        turnover.compare_period = Some("2023".parse().unwrap());
        let before = figure(
            p,
            FigureKind::TradeTurnover,
            "45500000",
            "USD",
            Some("2023"),
        );
        let mut exports = figure(p, FigureKind::Exports, "12400000", "USD", Some("2024"));
        exports.qualifier = Qualifier::Over;
        exports.change_percent = Some("100".parse().unwrap());
        exports.change_qualifier = Some(Qualifier::Over);
        exports.compare_period = Some("2023".parse().unwrap());
        let mut aim = figure(
            p,
            FigureKind::TradeTurnover,
            "100000000",
            "EUR",
            Some("2030"),
        );
        aim.status = Some(Status::Target);
        let mut wood = figure(p, FigureKind::Exports, "1000000", "USD", Some("2024-H1"));
        wood.product = Some("timber".into());
        wood.value_max = Some("1200000".parse().unwrap());
        wood.qualifier = Qualifier::About;
        let companies = figure(p, FigureKind::Companies, "14", "count", None);
        let joint = figure(p, FigureKind::JointVentures, "1", "count", Some("2019"));
        let mut tourists = figure(p, FigureKind::Tourists, "0", "percent", Some("2024"));
        tourists.value = None;
        tourists.change_percent = Some("-8.5".parse().unwrap());
        vec![
            turnover, before, exports, aim, wood, companies, joint, tourists,
        ]
    });
    desk.tell_events(d, |p| {
        let visit =
            |date: &str, office: &str| event(p, EventKind::Visit, Some(date), Some("URY"), office);
        let mut coming = visit("2026-03", "Foreign Minister");
        coming.planned = true;
        let mut gone = event(p, EventKind::Forum, Some("2025-06-19"), Some("LVA"), "");
        gone.planned = true;
        let mut consultations = event(
            p,
            EventKind::Consultations,
            Some("2024-11-27"),
            Some("LVA"),
            "",
        );
        consultations.cities = vec!["Riga".into()];
        vec![
            visit("2009-06", "President"),
            visit("2014-03", "President"),
            visit("2019-10-03", "President"),
            visit("2021", "Minister of Foreign Affairs"),
            coming,
            gone,
            consultations,
            event(p, EventKind::Memorial, None, Some("LVA"), ""),
        ]
    });
    desk
}

#[test]
fn a_document_with_something_of_everything() {
    insta::assert_snapshot!("latvia_uruguay", told(&latvia_uruguay()));
}

#[test]
fn as_of_a_day_nothing_later_is_told() {
    let desk = latvia_uruguay();
    let brief = desk.brief(Some("2025-05-11"));
    assert!(brief.documents.is_empty());
    assert!(brief.sections.iter().all(|s| s.id != SectionId::Documents));
    let brief = desk.brief(Some("2025-05-12"));
    assert_eq!(brief.documents.len(), 1);
    // On that day the forum lay ahead.
    let plan = brief
        .sentences()
        .find(|s| s.id.contains("plan-forum"))
        .unwrap();
    assert!(
        plan.text.ends_with("is planned for 19 June 2025."),
        "{}",
        plan.text
    );
}

#[test]
fn without_documents_no_word_of_them() {
    let desk = Desk::new("KEN", "PER");
    let brief = desk.brief(None);
    assert!(brief.documents.is_empty());
    let all = told(&desk);
    assert!(
        !all.contains("# documents") && !all.contains("According"),
        "{all}"
    );
    assert!(all.contains("Visits, speeches, contracts and projects are not in the statistics"));
}

#[test]
fn origins_are_counted_and_echoes_are_not() {
    let mut desk = Desk::new("KEN", "PER");
    let one = desk.document("Andes Wire", "2025-02-01", "Tea");
    let two = desk.document("Nairobi Post", "2025-02-03", "Tea and coffee");
    let echo = desk.document("Echo Daily", "2025-02-02", "Tea");
    desk.copy_of(echo, one);
    for d in [one, echo] {
        desk.tell(d, |p| {
            vec![figure(p, FigureKind::Students, "9", "count", Some("2024"))]
        });
    }
    let people = section(&desk, SectionId::People);
    assert!(people.contains("According to Echo Daily (2 February 2025), nine students from Kenya studied in Peru in 2024."), "{people}");
    desk.tell(two, |p| {
        vec![figure(p, FigureKind::Students, "9", "count", Some("2024"))]
    });
    let people = section(&desk, SectionId::People);
    assert!(people.contains("According to two independent documents, the latest Nairobi Post (3 February 2025), nine students"), "{people}");
    let related = section(&desk, SectionId::Documents);
    assert!(related.contains("Two reports tell of the two in three documents; copies of one report are listed together."), "{related}");
    assert!(
        related.contains("| Tea (and one copy) | Andes Wire | 1 February 2025 | two figures"),
        "{related}"
    );
    assert!(
        related.find("Tea and coffee") < related.find("(and one copy)"),
        "{related}"
    );
}

#[test]
fn documents_that_contradict_each_other_stand_side_by_side() {
    let mut desk = Desk::new("KEN", "PER");
    let one = desk.document("Andes Wire", "2025-02-01", "Tea");
    let two = desk.document("Nairobi Post", "2025-02-03", "Coffee");
    desk.tell(one, |p| {
        vec![figure(
            p,
            FigureKind::Exports,
            "5700000",
            "USD",
            Some("2024"),
        )]
    });
    desk.tell(two, |p| {
        vec![figure(
            p,
            FigureKind::Exports,
            "6300000",
            "USD",
            Some("2024"),
        )]
    });
    let open = section(&desk, SectionId::Open);
    assert!(open.contains("Documents disagree: Kenya’s exports to Peru in 2024 came to 6.3 million dollars according to Nairobi Post (3 February 2025), to 5.7 million dollars according to Andes Wire (1 February 2025)."), "{open}");
    // Of one origin it would be an echo that got a digit wrong, not a second opinion.
    desk.copy_of(two, one);
    assert!(!section(&desk, SectionId::Open).contains("disagree"));
}

#[test]
fn figures_and_statistics_of_one_year_stand_side_by_side() {
    let mut desk = Desk::new("KEN", "PER");
    desk.books("KEN", "exports", "2019", "4000000");
    let one = desk.document("Andes Wire", "2025-02-01", "Tea");
    desk.tell(one, |p| {
        vec![figure(
            p,
            FigureKind::Exports,
            "5700000",
            "USD",
            Some("2019"),
        )]
    });
    let open = section(&desk, SectionId::Open);
    assert!(open.contains("For 2019 Andes Wire (1 February 2025) puts Kenya’s exports to Peru at 5.7 million dollars; the statistics have 4 million dollars by Kenya’s own books."), "{open}");
    assert!(
        !section(&desk, SectionId::Trade).contains("According"),
        "the statistics reach as far"
    );
}

#[test]
fn an_event_of_articles_and_documents_is_told_once_with_both_citations() {
    let mut desk = Desk::new("KEN", "PER");
    desk.visit("KEN", "PER", "president", "2019-10");
    desk.visit("KEN", "PER", "president", "2019-10");
    desk.visit("PER", "KEN", "foreign minister", "2012-05-04");
    let one = desk.document("Andes Wire", "2025-02-01", "Tea");
    desk.tell_events(one, |p| {
        vec![event(
            p,
            EventKind::Visit,
            Some("2019-10-03"),
            Some("PER"),
            "President",
        )]
    });
    let politics = section(&desk, SectionId::Politics);
    let once: Vec<_> = politics.matches("visited Peru").collect();
    assert_eq!(once.len(), 1, "{politics}");
    let line = politics
        .lines()
        .find(|l| l.contains("visited Peru"))
        .unwrap();
    let (text, citations) = line.split_once(" [").unwrap();
    assert_eq!(
        text,
        "The president of Kenya visited Peru on 3 October 2019."
    );
    assert_eq!(citations.split(", ").count(), 2, "{line}");
    assert!(
        politics.contains("The foreign minister of Peru visited Kenya on 4 May 2012."),
        "{politics}"
    );
}

#[test]
fn many_visits_are_counted_and_listed() {
    let mut desk = Desk::new("KEN", "PER");
    for year in 1990..2012 {
        desk.visit("KEN", "PER", "president", &year.to_string());
        desk.visit("KEN", "PER", "minister", &format!("{year}-04"));
    }
    let politics = section(&desk, SectionId::Politics);
    assert!(
        politics
            .contains("Presidents of Kenya have visited Peru 22 times since 1990, last in 2011."),
        "{politics}"
    );
    assert_eq!(politics.matches("\n| ").count(), 16, "{politics}");
}

#[test]
fn every_sentence_of_documents_is_numbered_and_quoted() {
    let brief = latvia_uruguay().brief(None);
    let first = brief.sources.len() + 1;
    assert_eq!(brief.documents[0].number, first);
    let cited = &brief.documents[0].cited;
    assert_eq!(
        cited.len(),
        16,
        "all that it tells, by the table of documents"
    );
    assert!(
        cited
            .iter()
            .all(|c| !c.quote.is_empty() && c.span.end > c.span.start)
    );
    let all = brief.sentences();
    let told: Vec<_> = all.filter(|s| s.text.starts_with("According")).collect();
    assert!(told.len() > 3 && told.iter().all(|s| s.citations == [first]));
}

#[test]
fn what_articles_tell_besides_visits() {
    let mut desk = Desk::new("KEN", "PER");
    let (ken, per) = ("KEN".parse().unwrap(), "PER".parse().unwrap());
    let severed = "diplomatic relations broken off or suspended";
    let none = || EventDetails::None;
    desk.article(EventKind::Other, "1967-06", severed, none());
    desk.article(
        EventKind::Other,
        "1978",
        "diplomatic relations taken up again",
        none(),
    );
    let recognition = EventDetails::Recognition { by: per, of: ken };
    desk.article(
        EventKind::Other,
        "1963-12-12",
        "recognition of Kenya by Peru",
        recognition,
    );
    for (opened, date) in [(true, "1980"), (false, "1999-02")] {
        let details = EventDetails::MissionChange {
            by: ken,
            host: per,
            type_name: "embassy".into(),
            city: "Lima".into(),
            opened,
        };
        let kind = if opened {
            EventKind::EmbassyOpening
        } else {
            EventKind::Other
        };
        desk.article(kind, date, "embassy of Kenya", details);
    }
    desk.article(
        EventKind::Agreement,
        "2004",
        "agreement on air services signed",
        none(),
    );
    desk.article(
        EventKind::Agreement,
        "2011-05",
        "free trade agreement in force",
        none(),
    );
    desk.article(EventKind::Agreement, "2012", "agreement signed", none());
    insta::assert_snapshot!("articles", section(&desk, SectionId::Politics));
}

#[test]
fn support_is_told_by_side_and_never_placed() {
    let mut desk = Desk::new("LVA", "URY");
    let d = desk.document("Agencia Río", "2025-05-12", "What links the two");
    desk.tell_events(d, |p| {
        let support = |by: Option<&str>, date: Option<&str>, body: &str| {
            let mut e = event(p, EventKind::Support, date, Some("LVA"), "");
            e.by = by.map(|c| c.parse().unwrap());
            e.cities = vec!["Riga".into()];
            e.organisations = vec![body.into()];
            e
        };
        vec![
            support(Some("URY"), Some("2010"), "OSCE"),
            support(Some("URY"), None, "UN Security Council"),
            support(Some("LVA"), Some("2012"), "IAEA"),
            support(None, None, "UNESCO"),
            support(None, None, "UNESCO"),
        ]
    });
    let text = section(&desk, SectionId::Politics);
    for sentence in [
        "Latvia supported a candidacy or bid of Uruguay in 2012 (IAEA).",
        "Uruguay supported candidacies or bids of Latvia two times, one of them in 2010 (OSCE and UN \
         Security Council).",
        "Documents tell of two acts of support of one for candidacies or bids of the other (UNESCO).",
    ] {
        assert!(text.contains(sentence), "no “{sentence}” in {text}");
    }
    assert!(!text.contains("Riga"), "{text}");
}

#[test]
fn what_is_told_of_some_is_not_told_of_all() {
    let mut desk = Desk::new("LVA", "URY");
    let d = desk.document("Agencia Río", "2025-05-12", "What links the two");
    desk.tell_events(d, |p| {
        let concert = |date: Option<&str>, city: &str| {
            let mut e = event(p, EventKind::Culture, date, None, "");
            e.cities = Some(city.to_owned())
                .filter(|c| !c.is_empty())
                .into_iter()
                .collect();
            e
        };
        let visit = event(
            p,
            EventKind::Visit,
            Some("2009-06"),
            Some("URY"),
            "presidents",
        );
        vec![
            concert(Some("2023-04"), ""),
            concert(Some("2023-07"), "Riga"),
            concert(None, ""),
            visit,
        ]
    });
    let text = told(&desk);
    let culture = "Documents tell of three cultural events, one of them in Riga, some of them in \
        April 2023 and July 2023.";
    assert!(text.contains(culture), "{text}");
    assert!(
        text.contains("resident of Latvia visited Uruguay in June 2009"),
        "{text}"
    );
}

#[test]
fn ties_of_documents_are_named_once() {
    let mut desk = Desk::new("KEN", "PER");
    for day in ["2025-01-01", "2025-02-01"] {
        let d = desk.document("Andes Wire", day, "Tea");
        let ties = vec![
            tie(desk.pair, TieKind::Commission, None),
            tie(desk.pair, TieKind::FriendshipGroup, Some("2016")),
            tie(desk.pair, TieKind::Other, None),
        ];
        desk.tell_ties(d, ties);
    }
    let politics = section(&desk, SectionId::Politics);
    let line = "Documents name a joint commission and a friendship group of parliaments (since 2016) between the two.";
    assert!(politics.contains(line), "{politics}");
}

/// No gap where a value is missing.
fn tidy(all: &str) -> bool {
    let mut prose = all.lines().filter(|l| !l.starts_with('|'));
    prose.all(|l| !l.contains(" ,") && !l.contains(" .") && !l.contains("  "))
}

#[test]
fn every_kind_can_be_told_in_every_way() {
    let statuses = [
        None,
        Some(Status::Target),
        Some(Status::Forecast),
        Some(Status::Pledge),
    ];
    let periods = [
        None,
        Some("2024"),
        Some("2030"),
        Some("2024-01/2024-10"),
        Some("2005/2024"),
        Some("FY2024-25"),
    ];
    let changes = [
        None,
        Some("0"),
        Some("-3.5"),
        Some("200"),
        Some("79228162514264337593543950335"),
    ];
    for status in statuses {
        for period in periods {
            for change in changes {
                for valued in [true, false] {
                    let mut desk = Desk::new("KEN", "PER");
                    let d = desk.document("", "2025-01-01", "");
                    desk.tell(d, |p| {
                        let one = |kind: &FigureKind| {
                            let mut f = figure(p, *kind, "3", "count", period);
                            f.status = status;
                            f.change_percent = change.map(|c| c.parse().unwrap());
                            f.value = f.value.filter(|_| valued);
                            f.product = Some("tea".to_owned()).filter(|_| !valued);
                            f
                        };
                        FigureKind::ALL.iter().map(one).collect()
                    });
                    let all = told(&desk);
                    assert!(tidy(&all), "{all}");
                }
            }
        }
    }
    for kind in EventKind::ALL {
        for (planned, date) in [
            (true, None),
            (true, Some("2026-05")),
            (true, Some("2020")),
            (false, None),
            (false, Some("2020-05-01")),
        ] {
            let mut desk = Desk::new("KEN", "PER");
            let d = desk.document("Andes Wire", "2025-09-01", &"long ".repeat(100));
            desk.tell_events(d, |p| {
                let mut e = event(p, *kind, date, None, "");
                e.planned = planned;
                let mut hosted = event(p, *kind, date, Some("PER"), "King");
                hosted.planned = planned;
                hosted.cities = vec!["\u{202e}Lima\u{0}".repeat(50)];
                vec![e, hosted]
            });
            let all = told(&desk);
            assert!(tidy(&all), "{all}");
            assert!(all.lines().all(|l| l.chars().count() < 600), "{all}");
        }
    }
}
