//! Figures, events and ties.

use arrow::array::{Array, ArrayRef, Int32Array};
use bilat_model::evidence::{
    Citation, Event, EventDetails, EventKind, EvidenceId, Figure, Measure, Statement, Tie,
    TieDetails, TieKind, Valuation,
};
use bilat_model::source::SourceId;
use bilat_model::{Country, Evidence, Pair, Period, Unit};

use super::read::{Scaled, count, plain};
use super::write::{Rows, places};
use super::{Batch, Decode, Encode, Unstorable, Words};
use crate::Table;

/// A statement on its way into a table.
#[derive(Clone, Copy)]
pub(crate) struct Stored<'a, T> {
    pub(crate) pair: Pair,
    pub(crate) what: &'a T,
    pub(crate) citation: &'a Citation,
    pub(crate) ordinal: u32,
}

/// A statement as it comes back.
#[derive(Debug)]
pub(crate) struct StoredRow<T> {
    pub(crate) pair: Pair,
    pub(crate) what: T,
    pub(crate) citation: Citation,
    pub(crate) ordinal: usize,
}

impl<T> StoredRow<T> {
    pub(crate) fn evidence(self, wrap: impl FnOnce(T) -> Statement) -> Evidence {
        let statement = wrap(self.what);
        Evidence {
            id: EvidenceId::of(self.pair, &self.citation.source, &statement, self.ordinal),
            pair: self.pair,
            statement,
            citation: self.citation,
        }
    }
}

impl<T> Stored<'_, T> {
    fn record(&self) -> String {
        format!(
            "{}, {}, {}, {}",
            self.citation.source, self.citation.file, self.citation.at, self.pair
        )
    }
}

fn ends<T>(rows: &Rows<'_, Stored<'_, T>>) -> Result<Vec<ArrayRef>, Unstorable> {
    let mut out = vec![rows.count("ordinal", |r| r.ordinal)?];
    out.extend(places(rows, |r| r.citation)?);
    Ok(out)
}

impl Encode for Stored<'_, Figure> {
    const TABLE: Table = Table::Figures;

    fn encode(rows: &[Self]) -> Result<Vec<ArrayRef>, Unstorable> {
        let rows = Rows(rows);
        let [digits, zeros] = rows.scaled(|r| r.what.value, Self::record)?;
        let mut out = vec![
            rows.word(|r| r.pair),
            rows.text(|r| &r.citation.source.0),
            rows.text(|r| r.what.measure.code()),
            rows.text(|r| r.what.from.code()),
            rows.text(|r| r.what.to.code()),
            rows.text_opt(|r| r.what.reporter.as_ref().map(Country::code)),
            rows.text_opt(|r| r.what.product.as_deref()),
            rows.word_opt(|r| r.what.period),
            digits,
            zeros,
            rows.word(|r| r.what.measure.unit()),
            rows.text_opt(|r| r.what.valuation.map(|v| v.code())),
        ];
        out.extend(ends(&rows)?);
        Ok(out)
    }
}

/// The columns that say what a figure is, read row by row without making a [`Figure`].
pub(crate) struct FigureColumns<'a> {
    pub(crate) pair: Words<'a, Pair>,
    pub(crate) source: Words<'a, SourceId>,
    pub(crate) measure: Words<'a, Measure>,
    pub(crate) from: Words<'a, Country>,
    pub(crate) to: Words<'a, Country>,
    pub(crate) reporter: Words<'a, Country>,
    pub(crate) product: Words<'a, String>,
    pub(crate) period: Words<'a, Period>,
    pub(crate) valuation: Words<'a, Valuation>,
    pub(crate) value: Scaled<'a>,
}

impl<'a> FigureColumns<'a> {
    /// The names of the columns that this needs.
    pub(crate) const NAMES: [&'static str; 11] = [
        "pair",
        "source",
        "measure",
        "from",
        "to",
        "reporter",
        "product",
        "period",
        "valuation",
        "value_digits",
        "value_zeros",
    ];

    pub(crate) fn of(batch: &Batch<'a>) -> Result<Self, String> {
        Ok(Self {
            pair: batch.typed("pair")?,
            source: batch.words("source", |s| Ok(SourceId::new(s)))?,
            measure: batch.typed("measure")?,
            from: batch.typed("from")?,
            to: batch.typed("to")?,
            reporter: batch.typed("reporter")?,
            product: batch.words("product", plain)?,
            period: batch.typed("period")?,
            valuation: batch.typed("valuation")?,
            value: batch.scaled("value")?,
        })
    }
}

impl Decode for StoredRow<Figure> {
    const TABLE: Table = Table::Figures;

    fn decode(batch: &Batch<'_>) -> Result<Vec<Self>, String> {
        let mut c = FigureColumns::of(batch)?;
        let mut unit = batch.typed::<Unit>("unit")?;
        let (ordinal, mut citations) = (batch.ints("ordinal")?, batch.citations()?);
        let row = |i: usize| {
            let measure = c.measure.must(i)?;
            let stored = unit.must(i)?;
            if stored != measure.unit() {
                return Err(format!("{measure} is stored in {stored}"));
            }
            Ok(Self {
                pair: c.pair.must(i)?,
                what: Figure {
                    measure,
                    from: c.from.must(i)?,
                    to: c.to.must(i)?,
                    reporter: c.reporter.maybe(i)?,
                    product: c.product.maybe(i)?,
                    period: c.period.maybe(i)?,
                    value: c.value.get(i)?,
                    valuation: c.valuation.maybe(i)?,
                },
                citation: citations.get(i)?,
                ordinal: count_usize(ordinal, i)?,
            })
        };
        (0..batch.rows()).map(row).collect()
    }
}

fn count_usize(array: &Int32Array, row: usize) -> Result<usize, String> {
    count::<u32>(array, row).map(|n| n as usize)
}

/// What a kind adds, as JSON; nothing for nothing.
fn details<'t, T, D: serde::Serialize + PartialEq + Default + 't>(
    rows: &'t Rows<'_, Stored<'_, T>>,
    get: impl Fn(&'t T) -> &'t D,
) -> Result<ArrayRef, Unstorable> {
    let none = D::default();
    let mut texts = Vec::with_capacity(rows.0.len());
    for row in rows.0 {
        let value = get(row.what);
        texts.push(if *value == none {
            None
        } else {
            let text = serde_json::to_string(value).map_err(|e| Unstorable {
                record: row.record(),
                reason: e.to_string(),
            })?;
            Some(text)
        });
    }
    Ok(Rows(&texts).text_opt(|t| t.as_deref()))
}

fn details_at<D: serde::de::DeserializeOwned + Default>(
    array: &arrow::array::StringArray,
    row: usize,
) -> Result<D, String> {
    if array.is_null(row) {
        return Ok(D::default());
    }
    serde_json::from_str(array.value(row)).map_err(|e| format!("in the column details: {e}"))
}

impl Encode for Stored<'_, Event> {
    const TABLE: Table = Table::Events;

    fn encode(rows: &[Self]) -> Result<Vec<ArrayRef>, Unstorable> {
        let rows = Rows(rows);
        let mut out = vec![
            rows.word(|r| r.pair),
            rows.text(|r| &r.citation.source.0),
            rows.text(|r| r.what.kind.code()),
            rows.word_opt(|r| r.what.date),
            rows.text(|r| &r.what.what),
            details::<_, EventDetails>(&rows, |e| &e.details)?,
        ];
        out.extend(ends(&rows)?);
        Ok(out)
    }
}

impl Decode for StoredRow<Event> {
    const TABLE: Table = Table::Events;

    fn decode(batch: &Batch<'_>) -> Result<Vec<Self>, String> {
        let mut pair = batch.typed("pair")?;
        let mut kind = batch.typed::<EventKind>("kind")?;
        let mut date = batch.typed("date")?;
        let what = batch.text("what")?;
        let details = batch.text("details")?;
        let (ordinal, mut citations) = (batch.ints("ordinal")?, batch.citations()?);
        let row = |i: usize| {
            Ok(Self {
                pair: pair.must(i)?,
                what: Event {
                    kind: kind.must(i)?,
                    date: date.maybe(i)?,
                    what: what.value(i).to_owned(),
                    details: details_at(details, i)?,
                },
                citation: citations.get(i)?,
                ordinal: count_usize(ordinal, i)?,
            })
        };
        (0..batch.rows()).map(row).collect()
    }
}

impl Encode for Stored<'_, Tie> {
    const TABLE: Table = Table::Ties;

    fn encode(rows: &[Self]) -> Result<Vec<ArrayRef>, Unstorable> {
        let rows = Rows(rows);
        let mut out = vec![
            rows.word(|r| r.pair),
            rows.text(|r| &r.citation.source.0),
            rows.text(|r| r.what.kind.code()),
            rows.text(|r| r.what.from.code()),
            rows.text(|r| r.what.to.code()),
            rows.text(|r| &r.what.what),
            rows.word_opt(|r| r.what.since),
            rows.word_opt(|r| r.what.until),
            rows.word_opt(|r| r.what.as_of),
            details::<_, TieDetails>(&rows, |t| &t.details)?,
        ];
        out.extend(ends(&rows)?);
        Ok(out)
    }
}

impl Decode for StoredRow<Tie> {
    const TABLE: Table = Table::Ties;

    fn decode(batch: &Batch<'_>) -> Result<Vec<Self>, String> {
        let mut pair = batch.typed("pair")?;
        let mut kind = batch.typed::<TieKind>("kind")?;
        let (mut from, mut to) = (batch.typed("from")?, batch.typed("to")?);
        let what = batch.text("what")?;
        let (mut since, mut until) = (batch.typed("since")?, batch.typed("until")?);
        let mut as_of = batch.typed("as_of")?;
        let details = batch.text("details")?;
        let (ordinal, mut citations) = (batch.ints("ordinal")?, batch.citations()?);
        let row = |i: usize| {
            Ok(Self {
                pair: pair.must(i)?,
                what: Tie {
                    kind: kind.must(i)?,
                    from: from.must(i)?,
                    to: to.must(i)?,
                    what: what.value(i).to_owned(),
                    since: since.maybe(i)?,
                    until: until.maybe(i)?,
                    as_of: as_of.maybe(i)?,
                    details: details_at(details, i)?,
                },
                citation: citations.get(i)?,
                ordinal: count_usize(ordinal, i)?,
            })
        };
        (0..batch.rows()).map(row).collect()
    }
}
