//! Two countries, a source or two, and documents made by hand.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::indexing_slicing
)]

use bilat_analyse::Votes;
use bilat_brief::documents::{Documents, Item};
use bilat_brief::wording::ENGLISH;
use bilat_brief::{Brief, Dossier, Options, Party, Salience, Wording, World, compose, salience};
use bilat_model::document::DocumentInfo;
use bilat_model::document::Span;
use bilat_model::evidence::{
    Citation, Event, EventDetails, EventKind, Figure, Locator, Measure, Valuation,
};
use bilat_model::profile::Profile;
use bilat_model::registry::{CountryInfo, Status as State};
use bilat_model::source::{Card, SourceId};
use bilat_model::told::{self, Extraction, FigureKind, Person};
use bilat_model::{Country, Evidence, EvidenceId, Pair, Registry, Statement, told_evidence};

fn info(code: Country) -> CountryInfo {
    let name = match code.code() {
        "LVA" => "Latvia",
        "URY" => "Uruguay",
        "KEN" => "Kenya",
        _ => "Peru",
    };
    CountryInfo {
        code,
        alpha2: None,
        numeric: None,
        cow: None,
        fips: None,
        status: State::State,
        name: name.into(),
        capital: None,
        region: None,
        subregion: None,
        currency: None,
        since: None,
        until: None,
        successors: Vec::new(),
        citation: at("countries", 1),
    }
}

fn at(source: &str, line: u32) -> Citation {
    Citation {
        source: SourceId::new(source),
        file: "file.csv".into(),
        at: Locator::Line(line),
    }
}

fn card(id: &str) -> Card {
    Card {
        id: SourceId::new(id),
        folder: None,
        title: id.into(),
        short: id.into(),
        publisher: "A publisher".into(),
        credit: "Credit".into(),
        licence: "CC BY 4.0".into(),
        licence_url: "https://creativecommons.org/licenses/by/4.0/".into(),
        licence_note: None,
        homepage: "https://example.org".into(),
        vintage: "2025-11-30".parse().unwrap(),
        coverage: "all".into(),
        about: String::new(),
        caveats: Vec::new(),
        files: Vec::new(),
    }
}

/// A pair and what is known of it.
pub struct Desk {
    pub pair: Pair,
    evidence: Vec<Evidence>,
    documents: Documents,
}

impl Desk {
    pub fn new(a: &str, b: &str) -> Self {
        Self {
            pair: Pair::new(a.parse().unwrap(), b.parse().unwrap()).unwrap(),
            evidence: Vec::new(),
            documents: Documents::default(),
        }
    }

    /// Adds a document; the number is for telling by it.
    pub fn document(&mut self, publisher: &str, day: &str, title: &str) -> usize {
        let n = self.documents.documents.len();
        let sha256 = format!("{:016x}", 0xabc0_0000 + n).repeat(4);
        self.documents.documents.push(DocumentInfo {
            origin: sha256.clone(),
            sha256,
            bytes: 1000,
            media_type: "text/plain".into(),
            title: Some(title.into()),
            publisher: Some(publisher.into()),
            published: Some(day.parse().unwrap()),
            ..DocumentInfo::default()
        });
        n
    }

    pub fn copy_of(&mut self, copy: usize, of: usize) {
        self.documents.documents[copy].origin = self.documents.documents[of].origin.clone();
    }

    pub fn tell(&mut self, document: usize, figures: impl Fn(Pair) -> Vec<told::Figure>) {
        self.add(document, figures(self.pair), Vec::new());
    }

    pub fn tell_ties(&mut self, document: usize, ties: Vec<told::Tie>) {
        let told = Extraction {
            pair: self.pair,
            published: None,
            figures: Vec::new(),
            events: Vec::new(),
            ties,
            constraints: Vec::new(),
        };
        let sha256 = self.documents.documents[document].sha256.clone();
        let items = told_evidence::of(&sha256, &told);
        self.documents
            .items
            .extend(items.into_iter().map(|evidence| Item {
                evidence,
                also: Vec::new(),
            }));
    }

    pub fn tell_events(&mut self, document: usize, events: impl Fn(Pair) -> Vec<told::Event>) {
        self.add(document, Vec::new(), events(self.pair));
    }

    fn add(
        &mut self,
        document: usize,
        mut figures: Vec<told::Figure>,
        mut events: Vec<told::Event>,
    ) {
        // Every piece stands in a place of its own.
        for (i, f) in figures.iter_mut().enumerate() {
            f.span = Span::new(i * 20, i * 20 + 5);
        }
        for (i, e) in events.iter_mut().enumerate() {
            e.span = Span::new(1000 + i * 20, 1005 + i * 20);
        }
        let told = Extraction {
            pair: self.pair,
            published: None,
            figures,
            events,
            ties: Vec::new(),
            constraints: Vec::new(),
        };
        let sha256 = self.documents.documents[document].sha256.clone();
        let items = told_evidence::of(&sha256, &told);
        self.documents
            .items
            .extend(items.into_iter().map(|evidence| Item {
                evidence,
                also: Vec::new(),
            }));
    }

    fn known(&mut self, source: &str, statement: Statement) {
        let id = SourceId::new(source);
        let same = |n| EvidenceId::of(self.pair, &id, &statement, n);
        let n = (0..).find(|n| self.evidence.iter().all(|e| e.id != same(*n)));
        self.evidence.push(Evidence {
            id: same(n.unwrap()),
            pair: self.pair,
            citation: at(source, self.evidence.len() as u32 + 2),
            statement,
        });
    }

    /// A visit that an article tells.
    pub fn visit(&mut self, by: &str, host: &str, office: &str, date: &str) {
        let details = EventDetails::Visit {
            by: by.parse().unwrap(),
            host: host.parse().unwrap(),
            office: office.into(),
            level: "visit".into(),
        };
        self.known(
            "foreign_relations",
            Statement::Event(Event {
                kind: EventKind::Visit,
                date: Some(date.parse().unwrap()),
                what: "visit".into(),
                details,
            }),
        );
    }

    /// Another event that an article tells.
    pub fn article(&mut self, kind: EventKind, date: &str, what: &str, details: EventDetails) {
        self.known(
            "foreign_relations",
            Statement::Event(Event {
                kind,
                date: Some(date.parse().unwrap()),
                what: what.into(),
                details,
            }),
        );
    }

    /// What one country's books have on the other.
    pub fn books(&mut self, of: &str, measure: &str, year: &str, usd: &str) {
        let of: Country = of.parse().unwrap();
        let other = self.pair.other(of).unwrap();
        let measure: Measure = measure.parse().unwrap();
        let (from, to) = match measure {
            Measure::Exports => (of, other),
            _ => (other, of),
        };
        self.known(
            "trade_dots",
            Statement::Figure(Figure {
                measure,
                from,
                to,
                reporter: Some(of),
                product: None,
                period: Some(year.parse().unwrap()),
                value: usd.parse().unwrap(),
                valuation: Some(Valuation::Fob),
            }),
        );
    }

    pub fn brief(&self, as_of: Option<&str>) -> Brief {
        let both = self.pair.both();
        let sources = [
            "foreign_relations",
            "air_routes",
            "alliances",
            "cities",
            "coauthorship",
            "countries",
            "diplomatic_relations",
            "distance",
            "embassies",
            "factbook",
            "fdi",
            "football",
            "igo",
            "migration",
            "natural_earth",
            "nomenclature",
            "refugees",
            "remittances",
            "security_council",
            "trade_comtrade_panel",
            "trade_dots",
            "trade_unctad",
            "treaties",
            "twin_towns",
            "unga",
            "visas",
            "world_heritage",
        ];
        let world = World {
            registry: Registry::new(both.map(info).to_vec(), Vec::new()),
            cards: sources.map(card).to_vec(),
            vintages: Vec::new(),
            products: Vec::new(),
            outlines: Vec::new(),
            votes: Votes::new(&[], &[]).unwrap(),
        };
        let party = |c: Country| Party {
            profile: Profile {
                info: info(c),
                memberships: Vec::new(),
                facts: Vec::new(),
                cities: Vec::new(),
                outline: None,
            },
            means: Vec::new(),
        };
        let (a, b) = (party(both[0]), party(both[1]));
        let mut dossier = Dossier {
            world: &world,
            pair: self.pair,
            sides: [&a, &b],
            evidence: self.evidence.clone(),
            standings: Vec::new(),
            documents: self.documents.clone(),
        };
        let as_of = as_of
            .map(|d| d.parse().unwrap())
            .or(Some("2025-11-30".parse().unwrap()));
        if let Some(day) = as_of {
            dossier = dossier.as_of(day);
        }
        let options = Options {
            as_of,
            ..Options::default()
        };
        let wording = Wording::new(ENGLISH).unwrap();
        let salience = Salience::new(salience::WEIGHTS).unwrap();
        compose(&dossier, &wording, &salience, &options).unwrap()
    }
}

pub fn figure(
    pair: Pair,
    kind: FigureKind,
    value: &str,
    unit: &str,
    period: Option<&str>,
) -> told::Figure {
    let ends = (pair.a(), pair.b());
    told::Figure {
        value: Some(value.parse().unwrap()),
        unit: unit.into(),
        period: period.map(|p| p.parse().unwrap()),
        ..told::Figure::bare(kind, ends, Span::new(0, 1), value)
    }
}

pub fn event(
    pair: Pair,
    kind: EventKind,
    date: Option<&str>,
    host: Option<&str>,
    office: &str,
) -> told::Event {
    let host: Option<Country> = host.map(|h| h.parse().unwrap());
    let person = Person {
        name: "A Person".into(),
        office: Some(office.into()),
        country: host.and_then(|h| pair.other(h)),
    };
    told::Event {
        kind,
        date: date.map(|d| d.parse().unwrap()),
        end: None,
        host,
        participants: pair.both().to_vec(),
        planned: false,
        by: None,
        derived: false,
        what: kind.code().into(),
        persons: if office.is_empty() {
            Vec::new()
        } else {
            vec![person]
        },
        cities: Vec::new(),
        organisations: Vec::new(),
        attribution: None,
        span: Span::new(0, 1),
        quote: "words".into(),
        rules: Vec::new(),
    }
}

pub fn tie(pair: Pair, kind: told::TieKind, since: Option<&str>) -> told::Tie {
    told::Tie {
        kind,
        participants: pair.both().to_vec(),
        what: kind.code().into(),
        since: since.map(|d| d.parse().unwrap()),
        attribution: None,
        span: Span::new(2000, 2005),
        quote: "words".into(),
        rules: Vec::new(),
    }
}
