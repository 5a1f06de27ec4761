//! Evidence: figures, events and ties about a pair, each with its citation.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::document::Span;
use crate::source::SourceId;
use crate::{Country, Pair, Period, Unit, told};

/// Declares a closed vocabulary: one code a variant, both ways.
macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum $name { $($(#[$vmeta])* $variant,)+ }

        impl $name {
            /// Every word of the vocabulary, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word as it stands in files and output.
            #[must_use]
            pub const fn code(&self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.pad(self.code()) }
        }

        impl FromStr for $name {
            type Err = UnknownWord;
            fn from_str(s: &str) -> Result<Self, UnknownWord> {
                match s {
                    $($code => Ok(Self::$variant),)+
                    _ => Err(UnknownWord { what: stringify!($name), word: s.to_owned() }),
                }
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(self.code())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use vocabulary;

/// A word outside its vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{word}” is no {what}")]
pub struct UnknownWord {
    /// The vocabulary's name.
    pub what: &'static str,
    /// The word.
    pub word: String,
}

vocabulary! {
    /// What a figure measures. The unit that goes with it is given by [`Measure::unit`].
    Measure {
        /// Goods from one country to the other as the seller's books have them (FOB).
        Exports = "exports",
        /// Goods from one country to the other as the buyer's books have them (CIF).
        Imports = "imports",
        /// Share of all exports of the origin that goes to the destination, per cent.
        ExportShare = "export_share",
        /// Share of all imports of the destination that comes from the origin, per cent.
        ImportShare = "import_share",
        /// Direct investment from origin to destination in the period, by the destination's books.
        FdiInflow = "fdi_inflow",
        /// Direct investment from origin to destination in the period, by the origin's books.
        FdiOutflow = "fdi_outflow",
        /// Direct investment of the origin held in the destination, by the destination's books.
        FdiInstock = "fdi_instock",
        /// Direct investment of the origin held in the destination, by the origin's books.
        FdiOutstock = "fdi_outstock",
        /// Money sent home by migrants, from the country they live in to the one they left.
        Remittances = "remittances",
        /// People who were born in (or are citizens of) the origin and live in the destination.
        Migrants = "migrants",
        /// People from the origin recognised as refugees in the destination.
        Refugees = "refugees",
        /// People from the origin whose asylum claims are pending in the destination.
        AsylumSeekers = "asylum_seekers",
        /// Refugees of the origin who went home from the destination.
        ReturnedRefugees = "returned_refugees",
        /// Other people in need of international protection, from the origin in the destination.
        OtherProtection = "other_protection",
        /// Scientific works with authors in both countries.
        Works = "works",
        /// Great-circle distance between the largest cities.
        Distance = "distance",
        /// Great-circle distance between the capitals.
        DistanceCapitals = "distance_capitals",
        /// Distance between the populations, weighted by the share of each city.
        DistanceWeighted = "distance_weighted",
    }
}

impl Measure {
    /// The unit of its values.
    #[must_use]
    pub const fn unit(&self) -> Unit {
        match self {
            Self::Exports
            | Self::Imports
            | Self::FdiInflow
            | Self::FdiOutflow
            | Self::FdiInstock
            | Self::FdiOutstock
            | Self::Remittances => Unit::USD,
            Self::ExportShare | Self::ImportShare => Unit::Percent,
            Self::Migrants
            | Self::Refugees
            | Self::AsylumSeekers
            | Self::ReturnedRefugees
            | Self::OtherProtection => Unit::Person,
            Self::Works => Unit::Count,
            Self::Distance | Self::DistanceCapitals | Self::DistanceWeighted => Unit::Kilometre,
        }
    }

    /// Whether its figures run from one country to the other.
    #[must_use]
    pub const fn is_directed(&self) -> bool {
        !matches!(
            self,
            Self::Works | Self::Distance | Self::DistanceCapitals | Self::DistanceWeighted
        )
    }
}

vocabulary! {
    /// Where on its way goods are valued.
    Valuation {
        /// Free on board: at the exporter's border, without freight and insurance.
        Fob = "FOB",
        /// Cost, insurance, freight: at the importer's border.
        Cif = "CIF",
    }
}

vocabulary! {
    /// How a number is hedged where it was told.
    Qualifier {
        /// As printed.
        Exact = "exact",
        /// Almost, nearly, around, some.
        About = "about",
        /// More than, exceeded.
        Over = "over",
        /// Less than, below.
        Under = "under",
        /// At most.
        UpTo = "up_to",
    }
}

/// A quantity about the pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// What is measured.
    pub measure: Measure,
    /// Where it runs from; the first by code when [`Measure::is_directed`] is false.
    pub from: Country,
    /// Where it runs to.
    pub to: Country,
    /// Whose books it stands in; `None` when a third party compiled it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reporter: Option<Country>,
    /// The nomenclature code of the goods, such as `SITC5`; `None` for all goods.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub product: Option<String>,
    /// When; `None` means that the source states no period.
    pub period: Option<Period>,
    /// The value in base units of [`Measure::unit`].
    pub value: Decimal,
    /// FOB or CIF, for goods.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub valuation: Option<Valuation>,
}

vocabulary! {
    /// What happened.
    EventKind {
        /// Diplomatic relations established.
        DiplomaticRelations = "diplomatic_relations",
        /// A visit of an office holder.
        Visit = "visit",
        /// An embassy or consulate opened.
        EmbassyOpening = "embassy_opening",
        /// Consultations between ministries.
        Consultations = "consultations",
        /// A session of a joint commission.
        CommissionSession = "commission_session",
        /// An agreement signed or in force.
        Agreement = "agreement",
        /// Support for a candidacy or bid.
        Support = "support",
        /// A forum.
        Forum = "forum",
        /// A meeting.
        Meeting = "meeting",
        /// An anniversary.
        Anniversary = "anniversary",
        /// A memorial.
        Memorial = "memorial",
        /// A cultural event.
        Culture = "culture",
        /// A match or another sport event.
        Sport = "sport",
        /// Anything else.
        Other = "other",
    }
}

/// Something that happened or is planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// What kind.
    pub kind: EventKind,
    /// When, as precise as the source has it; `None` means not stated.
    pub date: Option<Period>,
    /// In a few words, in English, or the source's own title of it.
    pub what: String,
    /// What a kind adds.
    #[serde(skip_serializing_if = "EventDetails::is_none", default)]
    pub details: EventDetails,
}

/// What particular kinds of events add.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum EventDetails {
    /// Nothing more.
    #[default]
    None,
    /// Relations established on a date; `stated_by` is the country whose list of relations
    /// has it.
    Relations {
        /// Whose list.
        stated_by: Country,
    },
    /// A football international.
    Match {
        /// Home side, or first named on neutral ground.
        home: Country,
        /// Away side.
        away: Country,
        /// The home side's name where it differs from the country (England).
        home_name: String,
        /// The away side's name.
        away_name: String,
        /// Goals of the home side.
        home_goals: u16,
        /// Goals of the away side.
        away_goals: u16,
        /// The competition.
        tournament: String,
        /// The city.
        city: String,
        /// Played on neutral ground.
        neutral: bool,
    },
    /// As a document tells it: host, end, participants, persons, the words themselves.
    Told(Box<told::Event>),
    /// An office holder's visit.
    Visit {
        /// Whose office it is.
        by: Country,
        /// Where it went.
        host: Country,
        /// The office: `president`, `foreign minister`, …; empty when it is not told.
        office: String,
        /// `state visit`, `official visit`, `working visit` or `visit`.
        level: String,
    },
    /// A mission opened or closed.
    MissionChange {
        /// Whose it is.
        by: Country,
        /// Where it stands.
        host: Country,
        /// `embassy`, `consulate`, … as the source types it.
        type_name: String,
        /// The town; empty when it is not told.
        city: String,
        /// Opened, or closed.
        opened: bool,
    },
    /// One recognised the other as a state.
    Recognition {
        /// Who did.
        by: Country,
        /// Whom.
        of: Country,
    },
}

impl EventDetails {
    /// Nothing more than kind, date and words.
    fn is_none(&self) -> bool {
        *self == Self::None
    }
}

vocabulary! {
    /// What stands between two countries.
    TieKind {
        /// A mission of `from` that covers `to`, resident or from elsewhere.
        Mission = "embassy",
        /// Which visa holders of `from`'s passport need in `to`.
        VisaRegime = "visa_regime",
        /// A treaty that both are party to, alone or with others.
        Treaty = "treaty",
        /// An alliance or another promise of defence, neutrality or consultation.
        Alliance = "alliance",
        /// Twinned towns.
        SisterCity = "sister_city",
        /// Scheduled flights between two airports.
        AirRoute = "air_route",
        /// A land border.
        Border = "border",
        /// A common official language.
        OfficialLanguage = "official_language",
        /// A language that at least nine per cent of both populations speak.
        SpokenLanguage = "spoken_language",
        /// One was the other's colony.
        Colony = "colony",
        /// Both had one coloniser.
        CommonColonizer = "common_colonizer",
        /// Both were one country.
        SameCountry = "same_country",
        /// A world heritage site that both share.
        WorldHeritage = "world_heritage",
        /// A joint commission.
        Commission = "commission",
        /// A friendship group of parliaments.
        FriendshipGroup = "friendship_group",
        /// A business club or council.
        BusinessClub = "business_club",
        /// A membership.
        Membership = "membership",
        /// A strategic partnership.
        StrategicPartnership = "strategic_partnership",
        /// Anything else.
        Other = "other",
    }
}

/// Something that stands, or stood, between the two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tie {
    /// What kind.
    pub kind: TieKind,
    /// Where it runs from, for kinds that have a direction; else the first by code.
    pub from: Country,
    /// Where it runs to.
    pub to: Country,
    /// Its name or a few words.
    pub what: String,
    /// Since when, when known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub since: Option<Period>,
    /// Until when; `None` means that it stands, or that its end is not known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub until: Option<Period>,
    /// The day the source saw it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub as_of: Option<Period>,
    /// What a kind adds.
    #[serde(skip_serializing_if = "TieDetails::is_none", default)]
    pub details: TieDetails,
}

vocabulary! {
    /// How a passport is met at the border.
    VisaRule {
        /// No visa; days may be stated.
        Free = "visa_free",
        /// A visa at the border.
        OnArrival = "visa_on_arrival",
        /// An electronic visa before the journey.
        Electronic = "e_visa",
        /// An electronic travel authorisation.
        Authorisation = "eta",
        /// A visa before the journey.
        Required = "visa_required",
        /// No admission.
        Refused = "no_admission",
    }
}

/// What particular kinds of ties add.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum TieDetails {
    /// Nothing more.
    #[default]
    None,
    /// A visa rule.
    Visa {
        /// The rule.
        rule: VisaRule,
        /// Days of stay, when stated.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        days: Option<u16>,
    },
    /// A mission.
    Mission {
        /// `embassy`, `consulate`, `high commission`, … as the source types it; empty if not.
        type_name: String,
        /// The city it stands in.
        city: String,
        /// The country it stands in; equal to the tie's `to` for a resident mission.
        seat: Country,
        /// Degrees north, as the source prints them.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        latitude: Option<Decimal>,
        /// Degrees east.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        longitude: Option<Decimal>,
        /// The year or date it was founded, when known.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        founded: Option<Period>,
    },
    /// A treaty.
    Treaty {
        /// `bilateral investment treaty`, `treaty with investment provisions`,
        /// `trade agreement`, …
        type_name: String,
        /// `signed`, `in force`, `terminated`, … as the source has it.
        status: String,
        /// When it was signed.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        signed: Option<Period>,
        /// When it entered into force.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        in_force: Option<Period>,
        /// Whether the two are its only parties.
        bilateral: bool,
    },
    /// What an alliance promises.
    Alliance {
        /// Defence of each other.
        defence: bool,
        /// Joining in attack.
        offence: bool,
        /// Neutrality.
        neutrality: bool,
        /// Non-aggression.
        nonaggression: bool,
        /// Consultation.
        consultation: bool,
    },
    /// Twinned towns: of `from`, and of `to`.
    Towns {
        /// The town in `from`.
        from_town: String,
        /// The town in `to`.
        to_town: String,
    },
    /// A flight route: airports by ICAO code with their cities, and the flight numbers on it.
    Route {
        /// ICAO code in `from`.
        from_airport: String,
        /// Its town or name.
        from_place: String,
        /// ICAO code in `to`.
        to_airport: String,
        /// Its town or name.
        to_place: String,
        /// Flight numbers that fly it, both ways together.
        flights: u32,
    },
    /// As a document tells it.
    Told(Box<told::Tie>),
}

impl TieDetails {
    fn is_none(&self) -> bool {
        *self == Self::None
    }
}

/// What a piece of evidence says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Statement {
    /// A quantity.
    Figure(Figure),
    /// Something that happened.
    Event(Event),
    /// Something that stands.
    Tie(Tie),
    /// A quantity as a document tells it: rounded, hedged, in any currency, perhaps only a change
    /// or a wish. It is kept apart from [`Statement::Figure`], whose value is exact and whose unit
    /// is its measure's, so that no computation takes a writer's round number for a book's.
    #[serde(rename = "told_figure")]
    Told(Box<told::Figure>),
}

impl Statement {
    /// The place in the document's text and the words there; `None` for what no document tells.
    #[must_use]
    pub fn quoted(&self) -> Option<(Span, &str)> {
        match self {
            Self::Told(f) => Some((f.span, &f.quote)),
            Self::Event(Event {
                details: EventDetails::Told(e),
                ..
            }) => Some((e.span, &e.quote)),
            Self::Tie(Tie {
                details: TieDetails::Told(t),
                ..
            }) => Some((t.span, &t.quote)),
            _ => None,
        }
    }
}

/// Where in a source's file a record stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Locator {
    /// The line, counted from 1 with the header as line 1; of a record that runs over several
    /// lines, the first.
    Line(u32),
    /// A place in a structured file: a cell `Sheet1!C12`, a JSON pointer, a member of an archive.
    Pointer(String),
    /// Bytes of a document's text.
    Span(Span),
}

impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(n) => write!(f, "line {n}"),
            Self::Pointer(p) => f.write_str(p),
            Self::Span(s) => write!(f, "bytes {}–{}", s.start, s.end),
        }
    }
}

/// Where a statement comes from: a record in one vintage of a source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Citation {
    /// The source.
    pub source: SourceId,
    /// The file within the source's folder.
    pub file: Arc<str>,
    /// The record within the file.
    pub at: Locator,
}

/// A statement about a pair with its citation and its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Names it for `bilat why`; unique within the pair.
    pub id: EvidenceId,
    /// Whom it is about.
    pub pair: Pair,
    /// What it says.
    pub statement: Statement,
    /// Where it stands.
    pub citation: Citation,
}

/// The name of a piece of evidence: `PAIR:SOURCE:KIND[:…]`, e.g.
/// `KAZ-SVN:trade_dots:imports:KAZ:2019`.
///
/// It is made of what the evidence is about, not of where it was read, so that it stays the same
/// when a source brings a new vintage. Parts that do not apply are left out; where several
/// records of a source speak of the same, a number tells them apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EvidenceId(pub String);

impl EvidenceId {
    /// The name of a statement, `ordinal` counting from 0 those of one source that would share it.
    #[must_use]
    pub fn of(pair: Pair, source: &SourceId, statement: &Statement, ordinal: usize) -> Self {
        Self::named(
            vec![pair.to_string(), source.to_string()],
            statement,
            ordinal,
        )
    }

    /// The name of what a document tells, `ordinal` counting from 0 those of one document that
    /// would share it: `KAZ-SVN:documents:0b71…:exports:KAZ>SVN:2024`. Documents never change, so
    /// that the document's own name can be a part of it.
    #[must_use]
    pub fn told(pair: Pair, document: &str, statement: &Statement, ordinal: usize) -> Self {
        let source = told::SOURCE.to_owned();
        Self::named(
            vec![pair.to_string(), source, document.to_owned()],
            statement,
            ordinal,
        )
    }

    fn named(mut parts: Vec<String>, statement: &Statement, ordinal: usize) -> Self {
        match statement {
            Statement::Told(f) => {
                parts.push(f.kind.code().to_owned());
                parts.push(format!("{}>{}", f.from, f.to));
                parts.extend(f.status.map(|s| s.code().to_owned()));
                parts.extend(f.period.map(|p| p.to_string()));
            }
            Statement::Figure(f) => {
                parts.push(f.measure.code().to_owned());
                if f.measure.is_directed() {
                    parts.push(format!("{}>{}", f.from, f.to));
                }
                parts.extend(f.reporter.map(|r| r.to_string()));
                parts.extend(f.product.clone());
                parts.extend(f.period.map(|p| p.to_string()));
            }
            Statement::Event(e) => {
                parts.push(e.kind.code().to_owned());
                parts.extend(e.date.map(|d| d.to_string()));
            }
            Statement::Tie(t) => {
                parts.push(t.kind.code().to_owned());
                parts.push(format!("{}>{}", t.from, t.to));
            }
        }
        if ordinal > 0 {
            parts.push((ordinal + 1).to_string());
        }
        Self(parts.join(":"))
    }

    /// The pair that it is about, when the text begins with one.
    #[must_use]
    pub fn pair(&self) -> Option<Pair> {
        self.0.split(':').next()?.parse().ok()
    }

    /// The second part: the source.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        self.0.split(':').nth(1)
    }
}

impl fmt::Display for EvidenceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
