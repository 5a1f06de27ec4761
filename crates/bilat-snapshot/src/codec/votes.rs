//! Roll calls, votes and outlines: the tables in which one value of the model is many rows.

use arrow::array::ArrayRef;
use bilat_model::Country;
use bilat_model::evidence::Citation;
use bilat_model::profile::{RollCall, Vote};

use super::read::{count, count_at, text_at};
use super::write::{Rows, citations};
use super::{Batch, Decode, Encode, Unstorable};
use crate::Table;

impl Encode for &RollCall {
    const TABLE: Table = Table::RollCalls;

    fn encode(rows: &[Self]) -> Result<Vec<ArrayRef>, Unstorable> {
        let rows = Rows(rows);
        let mut out = vec![
            rows.count("index of a roll call", |r| r.index)?,
            rows.count("number of a roll call", |r| r.rcid)?,
            rows.word(|r| r.date),
            rows.int_opt(|r| r.session.map(i32::from)),
            rows.text_opt(|r| r.symbol.as_deref()),
            rows.text_opt(|r| r.title.as_deref()),
            rows.word(|r| r.issues),
        ];
        out.extend(citations(&rows, |r| &r.citation)?);
        Ok(out)
    }
}

impl Decode for RollCall {
    const TABLE: Table = Table::RollCalls;

    fn decode(batch: &Batch<'_>) -> Result<Vec<Self>, String> {
        let (index, rcid) = (batch.ints("index")?, batch.ints("rcid")?);
        let (mut date, session) = (batch.typed("date")?, batch.ints("session")?);
        let (symbol, title) = (batch.text("symbol")?, batch.text("title")?);
        let mut issues = batch.typed("issues")?;
        let mut citations = batch.citations()?;
        let row = |i: usize| {
            Ok(Self {
                index: count(index, i)?,
                rcid: count(rcid, i)?,
                date: date.must(i)?,
                session: count_at(session, i)?,
                symbol: text_at(symbol, i),
                title: text_at(title, i),
                issues: issues.must(i)?,
                citation: citations.get(i)?,
            })
        };
        (0..batch.rows()).map(row).collect()
    }
}

/// One vote of one country.
#[derive(Clone, Copy)]
pub(crate) struct VoteRow {
    pub(crate) country: Country,
    pub(crate) index: u32,
    pub(crate) vote: Vote,
}

impl Encode for VoteRow {
    const TABLE: Table = Table::Votes;

    fn encode(rows: &[Self]) -> Result<Vec<ArrayRef>, Unstorable> {
        let rows = Rows(rows);
        Ok(vec![
            rows.text(|r| r.country.code()),
            rows.count("index of a roll call", |r| r.index)?,
            rows.text(|r| r.vote.code()),
        ])
    }
}

impl Decode for VoteRow {
    const TABLE: Table = Table::Votes;

    fn decode(batch: &Batch<'_>) -> Result<Vec<Self>, String> {
        let mut country = batch.typed("country")?;
        let (index, mut vote) = (batch.ints("index")?, batch.typed("vote")?);
        let row = |i: usize| {
            Ok(Self {
                country: country.must(i)?,
                index: count(index, i)?,
                vote: vote.must(i)?,
            })
        };
        (0..batch.rows()).map(row).collect()
    }
}

/// One point of an outline. `C` is a reference on the way out and a value on the way in.
#[derive(Clone)]
pub(crate) struct Point<C> {
    pub(crate) country: Country,
    pub(crate) ring: u32,
    pub(crate) at: (f32, f32),
    pub(crate) citation: C,
}

impl Encode for Point<&Citation> {
    const TABLE: Table = Table::Outlines;

    fn encode(rows: &[Self]) -> Result<Vec<ArrayRef>, Unstorable> {
        let rows = Rows(rows);
        let mut out = vec![
            rows.text(|r| r.country.code()),
            rows.count("ring", |r| r.ring)?,
            rows.float(|r| r.at.0),
            rows.float(|r| r.at.1),
        ];
        out.extend(citations(&rows, |r| r.citation)?);
        Ok(out)
    }
}

impl Decode for Point<Citation> {
    const TABLE: Table = Table::Outlines;

    fn decode(batch: &Batch<'_>) -> Result<Vec<Self>, String> {
        let (mut country, ring) = (batch.typed("country")?, batch.ints("ring")?);
        let (lon, lat) = (batch.floats("longitude")?, batch.floats("latitude")?);
        let mut citations = batch.citations()?;
        let row = |i: usize| {
            Ok(Self {
                country: country.must(i)?,
                ring: count(ring, i)?,
                at: (lon.value(i), lat.value(i)),
                citation: citations.get(i)?,
            })
        };
        (0..batch.rows()).map(row).collect()
    }
}
