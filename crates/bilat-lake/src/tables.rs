//! The tables and views, and what their columns mean.

use bilat_model::Measure;
use bilat_snapshot::{Column, Kind, Snapshot, Table, digits, zeros};

use crate::scaled::SCALED;

/// A table or view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LakeTable {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub doc: String,
    /// Its rows as stored; 0 for a view.
    pub rows: u64,
    /// Its size in bytes; 0 for a view.
    pub bytes: u64,
    /// Its columns.
    pub columns: Vec<LakeColumn>,
}

/// A column of a table or view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LakeColumn {
    /// Its name.
    pub name: String,
    /// Its type in SQL.
    pub sql_type: String,
    /// What a value means.
    pub doc: String,
}

/// The tables of a snapshot, then the views over them.
#[must_use]
pub fn tables(snapshot: &Snapshot) -> Vec<LakeTable> {
    let stored = snapshot.tables().into_iter().map(|t| LakeTable {
        name: t.name.to_owned(),
        doc: t.doc.to_owned(),
        rows: t.rows,
        bytes: t.bytes,
        columns: t
            .columns
            .iter()
            .map(|c| LakeColumn {
                name: c.name.to_owned(),
                sql_type: c.kind.sql_type(),
                doc: c.doc.to_owned(),
            })
            .collect(),
    });
    stored.chain(VIEWS.iter().map(View::described)).collect()
}

/// A view: a query that has a name.
pub(crate) struct View {
    pub(crate) name: &'static str,
    doc: &'static str,
    /// Name, type and meaning of each column.
    columns: &'static [(&'static str, &'static str, &'static str)],
    pub(crate) sql: fn() -> String,
}

impl View {
    fn described(&self) -> LakeTable {
        LakeTable {
            name: self.name.to_owned(),
            doc: self.doc.to_owned(),
            rows: 0,
            bytes: 0,
            columns: self
                .columns
                .iter()
                .map(|(name, sql_type, doc)| LakeColumn {
                    name: (*name).to_owned(),
                    sql_type: (*sql_type).to_owned(),
                    doc: (*doc).to_owned(),
                })
                .collect(),
        }
    }
}

const V: &str = "VARCHAR";

/// The views, each after those it reads.
pub(crate) const VIEWS: &[View] = &[
    View {
        name: "trade",
        doc: "View: goods from one country to the other, in both books, a year as a number.",
        columns: &[
            ("id", V, "names the figure for `bilat why`"),
            ("pair", V, "the two countries by alpha-3 code in order"),
            ("origin", V, "the seller"),
            ("destination", V, "the buyer"),
            (
                "reporter",
                V,
                "whose books; empty when a third party compiled them",
            ),
            ("book", V, "exports (the seller's) or imports (the buyer's)"),
            ("product", V, "nomenclature code; empty for all goods"),
            ("period", V, "as stored"),
            ("year", "INTEGER", "the year, when the period is one"),
            ("value", "DECIMAL(18,6)", "US dollars"),
            ("valuation", V, "FOB or CIF"),
            ("source", V, "who says so"),
        ],
        sql: || {
            format!(
                "SELECT {id} AS id, pair, \"from\" AS origin, \"to\" AS destination, reporter, \
                 measure AS book, product, period, \
                 CASE WHEN character_length(period) = 4 THEN CAST(period AS INT) END AS year, \
                 value, valuation, source \
                 FROM figures WHERE measure IN ('exports', 'imports')",
                id = figure_id()
            )
        },
    },
    View {
        name: "evidence",
        doc: "View: figures, events and ties in one table, each with its name and its place.",
        columns: &[
            ("id", V, "names it for `bilat why`"),
            ("pair", V, "the two countries by alpha-3 code in order"),
            ("type", V, "figure, event or tie"),
            ("kind", V, "the measure, or the kind of event or tie"),
            ("origin", V, "where it runs from; empty for events"),
            ("destination", V, "where it runs to; empty for events"),
            (
                "period",
                V,
                "of figures the period, of events the date, of ties the beginning",
            ),
            ("value", "DECIMAL(18,6)", "of figures"),
            ("unit", V, "of figures"),
            (
                "what",
                V,
                "of figures the product, of events and ties a few words",
            ),
            ("source", V, "who says so"),
            ("file", V, "the file within the source"),
            ("line", "INTEGER", "the line in the file"),
            ("pointer", V, "the place in a file without lines"),
        ],
        sql: || {
            let place = "source, file, line, pointer";
            format!(
                "SELECT {figure} AS id, pair, 'figure' AS type, measure AS kind, \
                 \"from\" AS origin, \"to\" AS destination, period, value, unit, \
                 product AS what, {place} FROM figures \
                 UNION ALL SELECT {event}, pair, 'event', kind, NULL, NULL, date, NULL, NULL, \
                 what, {place} FROM events \
                 UNION ALL SELECT {tie}, pair, 'tie', kind, \"from\", \"to\", since, NULL, NULL, \
                 what, {place} FROM ties",
                figure = figure_id(),
                event = id(&["source", "kind", "date"]),
                tie = id(&["source", "kind", DIRECTION]),
            )
        },
    },
    View {
        name: "votes_named",
        doc: "View: votes with the roll call that each was cast at.",
        columns: &[
            ("country", V, "alpha-3 code"),
            ("vote", V, "yes, abstain, no or absent"),
            ("date", V, "the day"),
            ("year", "INTEGER", "its year"),
            ("session", "INTEGER", "the session"),
            ("symbol", V, "the symbol of the draft or resolution"),
            ("title", V, "a short title"),
            ("issues", V, "flags joined by |"),
            ("index", "INTEGER", "the roll call's place in roll_calls"),
        ],
        sql: || {
            "SELECT v.country, v.vote, c.date, CAST(substr(c.date, 1, 4) AS INT) AS year, \
             c.session, c.symbol, c.title, c.issues, v.index \
             FROM votes v JOIN roll_calls c ON v.index = c.index"
                .to_owned()
        },
    },
    View {
        name: "shared_memberships",
        doc: "View: stretches of years in which two countries belonged to one organisation, as members, associates or observers.",
        columns: &[
            ("pair", V, "the two countries by alpha-3 code in order"),
            ("organisation", V, "its short code within the source"),
            ("name", V, "its name"),
            ("kind_a", V, "how far the first country belonged"),
            ("kind_b", V, "how far the second did"),
            ("since", V, "the later of the two first years"),
            (
                "until",
                V,
                "the earlier of the two last years; empty when both stand",
            ),
            ("source", V, "who says so"),
        ],
        sql: || {
            "SELECT concat(a.country, '-', b.country) AS pair, a.organisation, a.name, \
             a.kind AS kind_a, b.kind AS kind_b, \
             greatest(a.since, b.since) AS since, least(a.until, b.until) AS until, a.source \
             FROM memberships a JOIN memberships b \
             ON a.source = b.source AND a.organisation = b.organisation AND a.country < b.country \
             AND (a.until IS NULL OR b.since IS NULL OR b.since <= a.until) \
             AND (b.until IS NULL OR a.since IS NULL OR a.since <= b.until)"
                .to_owned()
        },
    },
];

const DIRECTION: &str = "concat(\"from\", '>', \"to\")";

/// The name of a piece of evidence from its columns, as `EvidenceId::of` makes it.
fn id(parts: &[&str]) -> String {
    format!(
        "concat_ws(':', pair, {}, CASE WHEN ordinal > 0 THEN CAST(ordinal + 1 AS VARCHAR) END)",
        parts.join(", ")
    )
}

fn figure_id() -> String {
    let undirected: Vec<String> = Measure::ALL
        .iter()
        .filter(|m| !m.is_directed())
        .map(|m| format!("'{}'", m.code()))
        .collect();
    let direction = format!(
        "CASE WHEN measure NOT IN ({}) THEN {DIRECTION} END",
        undirected.join(", ")
    );
    id(&[
        "source", "measure", &direction, "reporter", "product", "period",
    ])
}

/// The query that puts the layers of a table together, without the rows that later ones replace,
/// and values that lie in two columns into one.
pub(crate) fn layered(table: Table, hidden: &[Vec<String>]) -> String {
    let column = |c: &Column| match c.kind {
        Kind::Scaled => format!(
            "{SCALED}({}, {}) AS \"{}\"",
            digits(c.name),
            zeros(c.name),
            c.name
        ),
        _ => format!("\"{}\"", c.name),
    };
    let columns: Vec<String> = table.columns().iter().map(column).collect();
    let columns = columns.join(", ");
    let part = |(i, sources): (usize, &Vec<String>)| {
        let rows = format!("SELECT {columns} FROM layers.{}_{i}", table.name());
        if sources.is_empty() {
            return rows;
        }
        // Names of sources are folder names of the program's own; quotes are doubled all the same.
        let names: Vec<String> = sources
            .iter()
            .map(|s| format!("'{}'", s.replace('\'', "''")))
            .collect();
        format!("{rows} WHERE source NOT IN ({})", names.join(", "))
    };
    let parts: Vec<String> = hidden.iter().enumerate().map(part).collect();
    parts.join(" UNION ALL ")
}
