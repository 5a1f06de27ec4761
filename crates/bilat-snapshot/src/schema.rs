//! The tables and their columns: the schema is written down here once, for the writer, the reader
//! and the documentation.

use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Schema, SchemaRef};

/// What a column holds, and by that how it is laid down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text that repeats: codes, kinds, periods. Dictionary-encoded.
    Word,
    /// Text that mostly does not repeat.
    Text,
    /// 32-bit integers, delta-encoded.
    Int,
    /// 64-bit integers, delta-encoded.
    Long,
    /// Exact decimals of this precision and scale.
    Decimal(u8, i8),
    /// Exact decimals of 18 digits, 6 of them after the point, laid down in two columns:
    /// `NAME_digits` times ten to the power of `NAME_zeros`, in millionths. Publishers round, and
    /// the zeros that rounding leaves would cost half as much again.
    Scaled,
    /// Yes or no.
    Bool,
    /// Degrees as 32-bit floats, as the publisher draws them.
    Float,
}

impl Kind {
    /// The type that SQL sees.
    #[must_use]
    pub fn sql_type(&self) -> String {
        match self {
            Self::Word | Self::Text => "VARCHAR".to_owned(),
            Self::Int => "INTEGER".to_owned(),
            Self::Long => "BIGINT".to_owned(),
            Self::Decimal(p, s) => format!("DECIMAL({p},{s})"),
            Self::Scaled => "DECIMAL(18,6)".to_owned(),
            Self::Bool => "BOOLEAN".to_owned(),
            Self::Float => "REAL".to_owned(),
        }
    }
}

/// One column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether values may be missing.
    pub nullable: bool,
    /// What a value means, with its unit.
    pub doc: &'static str,
}

const fn req(name: &'static str, kind: Kind, doc: &'static str) -> Column {
    Column {
        name,
        kind,
        nullable: false,
        doc,
    }
}

const fn opt(name: &'static str, kind: Kind, doc: &'static str) -> Column {
    Column {
        name,
        kind,
        nullable: true,
        doc,
    }
}

use Kind::{Bool, Decimal, Float, Int, Long, Scaled, Text, Word};

const SOURCE: Column = req("source", Word, "who says so: the source's name");
const FILE: Column = req("file", Word, "the file within the source");
const LINE: Column = opt(
    "line",
    Int,
    "the line of the record in the file, the header being line 1",
);
const POINTER: Column = opt(
    "pointer",
    Text,
    "the place of the record in a file without lines: a cell, a JSON pointer, an archive's member",
);
const PAIR: Column = req(
    "pair",
    Word,
    "the two countries by alpha-3 code in order, such as KAZ-SVN",
);
const COUNTRY: Column = req("country", Word, "alpha-3 code");
const ORDINAL: Column = req(
    "ordinal",
    Int,
    "tells apart records of one source that speak of the same, from 0",
);
const DETAILS: Column = opt(
    "details",
    Text,
    "what the kind adds, as JSON with its form under `is`",
);
/// Values of whole economies: six digits after the point with room above.
pub(crate) const WIDE: Kind = Decimal(28, 6);

macro_rules! tables {
    ($($variant:ident = $name:literal, $doc:literal, [$($column:expr),+ $(,)?];)+) => {
        /// A table of the snapshot.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Table { $(#[doc = $doc] $variant,)+ }

        impl Table {
            /// Every table, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Its name in SQL; the file is this with `.parquet`.
            #[must_use]
            pub const fn name(&self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// What it holds and how it is sorted.
            #[must_use]
            pub const fn doc(&self) -> &'static str {
                match self { $(Self::$variant => $doc,)+ }
            }

            /// Its columns. It is sorted by the first.
            #[must_use]
            pub const fn columns(&self) -> &'static [Column] {
                match self { $(Self::$variant => const { &[$($column,)+] },)+ }
            }
        }
    };
}

tables! {
    Figures = "figures", "Quantities about a pair, sorted by pair, source, measure, direction, reporter, product, period.", [
        PAIR, SOURCE,
        req("measure", Word, "what is measured"),
        req("from", Word, "where it runs from; the first of the pair for measures without direction"),
        req("to", Word, "where it runs to"),
        opt("reporter", Word, "whose books it stands in; empty when a third party compiled it"),
        opt("product", Word, "nomenclature code of the goods; empty for all goods"),
        opt("period", Word, "when: 2019, 2019-05, 2019-05-17, …; empty when the source states none"),
        req("value", Scaled, "the value in base units: dollars, persons, kilometres"),
        req("unit", Word, "USD, percent, count, person or km"),
        opt("valuation", Word, "FOB or CIF, for goods"),
        ORDINAL, FILE, LINE, POINTER,
    ];
    Events = "events", "What happened between two countries, sorted by pair, source, kind, date.", [
        PAIR, SOURCE,
        req("kind", Word, "what happened"),
        opt("date", Word, "when, as precise as the source has it"),
        req("what", Text, "in a few words"),
        DETAILS, ORDINAL, FILE, LINE, POINTER,
    ];
    Ties = "ties", "What stands between two countries, sorted by pair, source, kind, direction.", [
        PAIR, SOURCE,
        req("kind", Word, "what stands"),
        req("from", Word, "where it runs from; the first of the pair for kinds without direction"),
        req("to", Word, "where it runs to"),
        req("what", Text, "its name or a few words"),
        opt("since", Word, "since when, when known"),
        opt("until", Word, "until when; empty when it stands or its end is not known"),
        opt("as_of", Word, "the day the source saw it"),
        DETAILS, ORDINAL, FILE, LINE, POINTER,
    ];
    Memberships = "memberships", "Memberships of countries in organisations, sorted by country, source, organisation, first year.", [
        COUNTRY,
        req("organisation", Word, "its short code within the source"),
        req("name", Word, "its name"),
        req("kind", Word, "full, associate, observer or seat"),
        opt("since", Word, "the first year seen, not before the source begins"),
        opt("until", Word, "the last year seen; empty when it stands at the source's end"),
        SOURCE, FILE, LINE, POINTER,
    ];
    Facts = "facts", "Facts about one country, sorted by country, source, field.", [
        COUNTRY,
        req("field", Word, "what it tells"),
        opt("text", Text, "as text: a name, a list of goods"),
        opt("value", WIDE, "as a number in base units"),
        opt("unit", Word, "the number's unit"),
        opt("period", Word, "when"),
        SOURCE, FILE, LINE, POINTER,
    ];
    RollCalls = "roll_calls", "Roll calls of the UN General Assembly, sorted by index: date, then the source's number.", [
        req("index", Int, "its place in the table from 0; votes refer to it"),
        req("rcid", Int, "the source's number, not unique: the date goes with it"),
        req("date", Word, "the day"),
        opt("session", Int, "the session"),
        opt("symbol", Text, "the symbol of the draft or resolution"),
        opt("title", Text, "a short title in the source's words"),
        req("issues", Word, "flags joined by |: me nu di hr co ec = Middle East, nuclear, disarmament, human rights, colonialism, economic"),
        SOURCE, FILE, LINE, POINTER,
    ];
    Votes = "votes", "What each member did at each roll call, sorted by country, index.", [
        COUNTRY,
        req("index", Int, "the roll call"),
        req("vote", Word, "yes, abstain, no or absent"),
    ];
    Cities = "cities", "Populated places, sorted by country, then the largest first.", [
        COUNTRY,
        req("name", Text, "its name in English, or its own where none is in use"),
        req("latitude", Decimal(9, 6), "degrees north"),
        req("longitude", Decimal(9, 6), "degrees east"),
        req("population", Long, "inhabitants"),
        req("capital", Bool, "whether it is the seat of the national government"),
        SOURCE, FILE, LINE, POINTER,
    ];
    Outlines = "outlines", "Shapes of countries, a point a row in the order drawn, sorted by country, ring.", [
        COUNTRY,
        req("ring", Int, "the ring that the point belongs to, from 0; its first and last point are equal"),
        req("longitude", Float, "degrees east"),
        req("latitude", Float, "degrees north"),
        SOURCE, FILE, LINE, POINTER,
    ];
    Products = "products", "Nomenclatures of goods, sorted by nomenclature, in the source's order.", [
        req("nomenclature", Word, "HS2022 or SITC3"),
        req("code", Text, "the code within it"),
        req("description", Text, "the heading in plain words"),
        opt("parent", Word, "the position above"),
        req("level", Int, "digits of the code; 0 for a section"),
        SOURCE, FILE, LINE, POINTER,
    ];
    Countries = "countries", "Countries, territories and former states, sorted by code.", [
        req("country", Text, "alpha-3 code"),
        opt("alpha2", Text, "ISO 3166-1 alpha-2"),
        opt("numeric", Int, "ISO 3166-1 numeric"),
        opt("cow", Int, "Correlates of War code"),
        opt("fips", Text, "FIPS 10-4"),
        req("status", Word, "state, territory or former"),
        req("name", Text, "English short name"),
        opt("capital", Text, "its capital"),
        opt("region", Word, "M49 region"),
        opt("subregion", Word, "M49 sub-region"),
        opt("currency", Word, "ISO 4217 code"),
        opt("since", Word, "when the state began, for successors of states that are gone"),
        opt("until", Word, "when it ended, for former ones"),
        req("successors", Word, "codes of those that came after it, joined by |"),
        SOURCE, FILE, LINE, POINTER,
    ];
    Names = "names", "Names of countries in every language and spelling, sorted by key.", [
        req("key", Text, "the name without accents, case and punctuation"),
        COUNTRY,
        req("name", Text, "as it is written"),
        opt("language", Word, "BCP 47 language; empty for codes"),
        req("kind", Word, "short, official, alias, former, code or ambiguous"),
        opt("since", Word, "first day of use, when dated"),
        opt("until", Word, "last day of use, for former names"),
        SOURCE, FILE, LINE, POINTER,
    ];
    Vintages = "vintages", "The files that were read, sorted by source, file.", [
        SOURCE, FILE,
        req("vintage", Word, "the state of the source"),
        req("bytes", Long, "size in bytes"),
        req("sha256", Text, "SHA-256 in hexadecimal"),
        req("records", Long, "records seen"),
        req("kept", Long, "records that gave evidence"),
        req("left_out", Long, "records left out on purpose"),
        req("skipped", Long, "records that could not be read"),
    ];
    Standings = "standings", "Where a pair stands among all pairs, computed when the snapshot is built; sorted by pair, indicator, period.", [
        PAIR,
        req("indicator", Word, "the indicator's code"),
        opt("period", Word, "the period of the value"),
        req("value", Scaled, "the pair's value in the indicator's unit, to six digits"),
        req("percentile", Decimal(5, 2), "pairs with a lower value, per cent of all with a value"),
        req("rank_a", Int, "rank of the second country among the partners of the first, highest first"),
        req("of_a", Int, "partners of the first country with a value"),
        req("rank_b", Int, "rank of the first country among the partners of the second"),
        req("of_b", Int, "partners of the second country with a value"),
    ];
    AgreementMeans = "agreement_means", "How often a country voted as the others did, a year a row, sorted by country, year.", [
        COUNTRY,
        req("year", Int, "the year"),
        req("same", Long, "votes alike, summed over all other countries and roll calls"),
        req("both", Long, "votes on which both took a position, summed likewise"),
    ];
}

/// The name of the file's column for the digits of a [`Kind::Scaled`] column.
#[must_use]
pub fn digits(name: &str) -> String {
    format!("{name}_digits")
}

/// The name of the file's column for the zeros of a [`Kind::Scaled`] column.
#[must_use]
pub fn zeros(name: &str) -> String {
    format!("{name}_zeros")
}

impl Table {
    /// The name of its file.
    #[must_use]
    pub fn file(&self) -> String {
        format!("{}.parquet", self.name())
    }

    /// The table of a name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|t| t.name() == name)
    }

    /// Whether its rows name their source, so that a synced source can replace them.
    #[must_use]
    pub fn has_source(&self) -> bool {
        self.columns().iter().any(|c| c.name == "source")
    }

    /// The schema of its file.
    #[must_use]
    pub fn schema(&self) -> SchemaRef {
        self.schema_with(|_| DataType::Utf8)
    }

    /// The schema as it is read here: words stay dictionaries, so that each is parsed once.
    pub(crate) fn reading_schema(&self) -> SchemaRef {
        self.schema_with(|kind| match kind {
            Word => DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
            _ => DataType::Utf8,
        })
    }

    fn schema_with(&self, text: impl Fn(Kind) -> DataType) -> SchemaRef {
        let mut fields = Vec::new();
        for c in self.columns() {
            let mut add = |name: &str, t| fields.push(Field::new(name, t, c.nullable));
            match c.kind {
                Word | Text => add(c.name, text(c.kind)),
                Int => add(c.name, DataType::Int32),
                Long => add(c.name, DataType::Int64),
                Decimal(p, s) => add(c.name, DataType::Decimal128(p, s)),
                Bool => add(c.name, DataType::Boolean),
                Float => add(c.name, DataType::Float32),
                Scaled => {
                    add(&digits(c.name), DataType::Int64);
                    add(&zeros(c.name), DataType::Int32);
                }
            }
        }
        Arc::new(Schema::new(fields))
    }
}
