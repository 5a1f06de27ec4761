//! What is known of single countries, and their names.

use arrow::array::{Array, ArrayRef};
use bilat_model::Country;
use bilat_model::profile::{City, Fact, Membership, Product};
use bilat_model::registry::{CountryInfo, CountryName};
use bilat_model::source::{SourceId, Vintage};
use bilat_model::standing::{AgreementMean, Standing};

use super::read::{count, count_at, decimal_of, long, plain, text_at};
use super::write::{Rows, citations};
use super::{Batch, Decode, Encode, Unstorable};
use crate::Table;

/// A table whose rows are owned by the records: written by reference, read by value.
macro_rules! table {
    ($type:ty, $table:ident, |$rows:ident| $encode:expr, |$batch:ident| $row:expr) => {
        impl Encode for &$type {
            const TABLE: Table = Table::$table;
            fn encode(rows: &[Self]) -> Result<Vec<ArrayRef>, Unstorable> {
                let $rows = Rows(rows);
                $encode
            }
        }
        impl Decode for $type {
            const TABLE: Table = Table::$table;
            fn decode($batch: &Batch<'_>) -> Result<Vec<Self>, String> {
                let row = $row;
                (0..$batch.rows()).map(row).collect()
            }
        }
    };
}

table!(
    Membership,
    Memberships,
    |rows| {
        let mut out = vec![
            rows.text(|r| r.country.code()),
            rows.text(|r| &r.organisation),
            rows.text(|r| &r.name),
            rows.text(|r| r.kind.code()),
            rows.word_opt(|r| r.since),
            rows.word_opt(|r| r.until),
        ];
        out.extend(citations(&rows, |r| &r.citation)?);
        Ok(out)
    },
    |batch| {
        let mut country = batch.typed("country")?;
        let mut organisation = batch.words("organisation", plain)?;
        let mut name = batch.words("name", plain)?;
        let mut kind = batch.typed("kind")?;
        let (mut since, mut until) = (batch.typed("since")?, batch.typed("until")?);
        let mut citations = batch.citations()?;
        move |i| {
            Ok(Self {
                country: country.must(i)?,
                organisation: organisation.must(i)?,
                name: name.must(i)?,
                kind: kind.must(i)?,
                since: since.maybe(i)?,
                until: until.maybe(i)?,
                citation: citations.get(i)?,
            })
        }
    }
);

table!(
    Fact,
    Facts,
    |rows| {
        let name = |r: &&Fact| format!("{} of {}, {}", r.field, r.country, r.citation.at);
        let mut out = vec![
            rows.text(|r| r.country.code()),
            rows.text(|r| r.field.code()),
            rows.text_opt(|r| r.text.as_deref()),
            rows.decimal((28, 6), |r| r.value, name)?,
            rows.word_opt(|r| r.unit),
            rows.word_opt(|r| r.period),
        ];
        out.extend(citations(&rows, |r| &r.citation)?);
        Ok(out)
    },
    |batch| {
        let mut country = batch.typed("country")?;
        let mut field = batch.typed("field")?;
        let (text, value) = (batch.text("text")?, batch.decimals("value")?);
        let (mut unit, mut period) = (batch.typed("unit")?, batch.typed("period")?);
        let mut citations = batch.citations()?;
        move |i| {
            let value = (!value.is_null(i)).then(|| decimal_of(value.value(i), 6));
            Ok(Self {
                country: country.must(i)?,
                field: field.must(i)?,
                text: text_at(text, i),
                value: value.transpose()?,
                unit: unit.maybe(i)?,
                period: period.maybe(i)?,
                citation: citations.get(i)?,
            })
        }
    }
);

table!(
    City,
    Cities,
    |rows| {
        let name = |r: &&City| format!("{} ({}), {}", r.name, r.country, r.citation.at);
        let mut out = vec![
            rows.text(|r| r.country.code()),
            rows.text(|r| &r.name),
            rows.decimal((9, 6), |r| Some(r.latitude), name)?,
            rows.decimal((9, 6), |r| Some(r.longitude), name)?,
            rows.long("population", |r| u64::from(r.population))?,
            rows.flag(|r| r.capital),
        ];
        out.extend(citations(&rows, |r| &r.citation)?);
        Ok(out)
    },
    |batch| {
        let (mut country, name) = (batch.typed("country")?, batch.text("name")?);
        let (lat, lon) = (batch.decimals("latitude")?, batch.decimals("longitude")?);
        let (population, capital) = (batch.longs("population")?, batch.flags("capital")?);
        let mut citations = batch.citations()?;
        move |i| {
            Ok(Self {
                country: country.must(i)?,
                name: name.value(i).to_owned(),
                latitude: decimal_of(lat.value(i), 6)?,
                longitude: decimal_of(lon.value(i), 6)?,
                population: long(population, i)?,
                capital: capital.value(i),
                citation: citations.get(i)?,
            })
        }
    }
);

table!(
    Product,
    Products,
    |rows| {
        let mut out = vec![
            rows.text(|r| &r.nomenclature),
            rows.text(|r| &r.code),
            rows.text(|r| &r.description),
            rows.text_opt(|r| r.parent.as_deref()),
            rows.int(|r| i32::from(r.level)),
        ];
        out.extend(citations(&rows, |r| &r.citation)?);
        Ok(out)
    },
    |batch| {
        let mut nomenclature = batch.words("nomenclature", plain)?;
        let (code, description) = (batch.text("code")?, batch.text("description")?);
        let (mut parent, level) = (batch.words("parent", plain)?, batch.ints("level")?);
        let mut citations = batch.citations()?;
        move |i| {
            Ok(Self {
                nomenclature: nomenclature.must(i)?,
                code: code.value(i).to_owned(),
                description: description.value(i).to_owned(),
                parent: parent.maybe(i)?,
                level: count(level, i)?,
                citation: citations.get(i)?,
            })
        }
    }
);

/// Codes of successors, joined for one column.
fn joined(codes: &[Country]) -> String {
    codes
        .iter()
        .map(Country::code)
        .collect::<Vec<_>>()
        .join("|")
}

fn split(text: &str) -> Result<Vec<Country>, String> {
    text.split('|')
        .filter(|c| !c.is_empty())
        .map(|c| c.parse::<Country>().map_err(|e| e.to_string()))
        .collect()
}

table!(
    CountryInfo,
    Countries,
    |rows| {
        let mut out = vec![
            rows.text(|r| r.code.code()),
            rows.text_opt(|r| r.alpha2.as_deref()),
            rows.int_opt(|r| r.numeric.map(i32::from)),
            rows.int_opt(|r| r.cow.map(i32::from)),
            rows.text_opt(|r| r.fips.as_deref()),
            rows.text(|r| r.status.code()),
            rows.text(|r| &r.name),
            rows.text_opt(|r| r.capital.as_deref()),
            rows.text_opt(|r| r.region.as_deref()),
            rows.text_opt(|r| r.subregion.as_deref()),
            rows.text_opt(|r| r.currency.as_deref()),
            rows.word_opt(|r| r.since),
            rows.word_opt(|r| r.until),
            rows.word(|r| joined(&r.successors)),
        ];
        out.extend(citations(&rows, |r| &r.citation)?);
        Ok(out)
    },
    |batch| {
        let code = batch.text("country")?;
        let (alpha2, fips) = (batch.text("alpha2")?, batch.text("fips")?);
        let (numeric, cow) = (batch.ints("numeric")?, batch.ints("cow")?);
        let mut status = batch.typed("status")?;
        let (name, capital) = (batch.text("name")?, batch.text("capital")?);
        let mut region = batch.words("region", plain)?;
        let mut subregion = batch.words("subregion", plain)?;
        let mut currency = batch.words("currency", plain)?;
        let (mut since, mut until) = (batch.typed("since")?, batch.typed("until")?);
        let mut successors = batch.words("successors", split)?;
        let mut citations = batch.citations()?;
        move |i| {
            Ok(Self {
                code: code
                    .value(i)
                    .parse::<Country>()
                    .map_err(|e| e.to_string())?,
                alpha2: text_at(alpha2, i),
                numeric: count_at(numeric, i)?,
                cow: count_at(cow, i)?,
                fips: text_at(fips, i),
                status: status.must(i)?,
                name: name.value(i).to_owned(),
                capital: text_at(capital, i),
                region: region.maybe(i)?,
                subregion: subregion.maybe(i)?,
                currency: currency.maybe(i)?,
                since: since.maybe(i)?,
                until: until.maybe(i)?,
                successors: successors.must(i)?,
                citation: citations.get(i)?,
            })
        }
    }
);

table!(
    CountryName,
    Names,
    |rows| {
        let mut out = vec![
            rows.text(|r| &r.key),
            rows.text(|r| r.country.code()),
            rows.text(|r| &r.name),
            rows.text_opt(|r| r.language.as_deref()),
            rows.text(|r| r.kind.code()),
            rows.word_opt(|r| r.since),
            rows.word_opt(|r| r.until),
        ];
        out.extend(citations(&rows, |r| &r.citation)?);
        Ok(out)
    },
    |batch| {
        let (key, mut country) = (batch.text("key")?, batch.typed("country")?);
        let (name, mut language) = (batch.text("name")?, batch.words("language", plain)?);
        let mut kind = batch.typed("kind")?;
        let (mut since, mut until) = (batch.typed("since")?, batch.typed("until")?);
        let mut citations = batch.citations()?;
        move |i| {
            Ok(Self {
                country: country.must(i)?,
                name: name.value(i).to_owned(),
                key: key.value(i).to_owned(),
                language: language.maybe(i)?,
                kind: kind.must(i)?,
                since: since.maybe(i)?,
                until: until.maybe(i)?,
                citation: citations.get(i)?,
            })
        }
    }
);

table!(
    Vintage,
    Vintages,
    |rows| {
        Ok(vec![
            rows.text(|r| &r.source.0),
            rows.text(|r| &r.file),
            rows.word(|r| r.vintage),
            rows.long("size", |r| r.bytes)?,
            rows.text(|r| &r.sha256),
            rows.long("number of records", |r| r.records)?,
            rows.long("number of records", |r| r.kept)?,
            rows.long("number of records", |r| r.left_out)?,
            rows.long("number of records", |r| r.skipped)?,
        ])
    },
    |batch| {
        let mut source = batch.words("source", |s| Ok(SourceId::new(s)))?;
        let mut file = batch.words("file", plain)?;
        let (mut vintage, sha256) = (batch.typed("vintage")?, batch.text("sha256")?);
        let (bytes, records) = (batch.longs("bytes")?, batch.longs("records")?);
        let (kept, left_out) = (batch.longs("kept")?, batch.longs("left_out")?);
        let skipped = batch.longs("skipped")?;
        move |i| {
            Ok(Self {
                source: source.must(i)?,
                file: file.must(i)?,
                vintage: vintage.must(i)?,
                bytes: long(bytes, i)?,
                sha256: sha256.value(i).to_owned(),
                records: long(records, i)?,
                kept: long(kept, i)?,
                left_out: long(left_out, i)?,
                skipped: long(skipped, i)?,
            })
        }
    }
);

table!(
    Standing,
    Standings,
    |rows| {
        let name = |r: &&Standing| format!("{} of {}", r.indicator, r.pair);
        // Computed values may run on without end (a third): six digits are kept.
        let [digits, zeros] = rows.scaled(|r| r.value.round_dp(6), name)?;
        Ok(vec![
            rows.word(|r| r.pair),
            rows.text(|r| &r.indicator),
            rows.word_opt(|r| r.period),
            digits,
            zeros,
            rows.decimal((5, 2), |r| Some(r.percentile.round_dp(2)), name)?,
            rows.int(|r| i32::from(r.rank_a)),
            rows.int(|r| i32::from(r.of_a)),
            rows.int(|r| i32::from(r.rank_b)),
            rows.int(|r| i32::from(r.of_b)),
        ])
    },
    |batch| {
        let mut pair = batch.typed("pair")?;
        let mut indicator = batch.words("indicator", plain)?;
        let mut period = batch.typed("period")?;
        let (value, percentile) = (batch.scaled("value")?, batch.decimals("percentile")?);
        let (rank_a, of_a) = (batch.ints("rank_a")?, batch.ints("of_a")?);
        let (rank_b, of_b) = (batch.ints("rank_b")?, batch.ints("of_b")?);
        move |i| {
            Ok(Self {
                pair: pair.must(i)?,
                indicator: indicator.must(i)?,
                period: period.maybe(i)?,
                value: value.get(i)?,
                percentile: decimal_of(percentile.value(i), 2)?,
                rank_a: count(rank_a, i)?,
                of_a: count(of_a, i)?,
                rank_b: count(rank_b, i)?,
                of_b: count(of_b, i)?,
            })
        }
    }
);

table!(
    AgreementMean,
    AgreementMeans,
    |rows| {
        Ok(vec![
            rows.text(|r| r.country.code()),
            rows.int(|r| i32::from(r.year)),
            rows.long("number of votes", |r| r.same)?,
            rows.long("number of votes", |r| r.both)?,
        ])
    },
    |batch| {
        let (mut country, year) = (batch.typed("country")?, batch.ints("year")?);
        let (same, both) = (batch.longs("same")?, batch.longs("both")?);
        move |i| {
            Ok(Self {
                country: country.must(i)?,
                year: count(year, i)?,
                same: long(same, i)?,
                both: long(both, i)?,
            })
        }
    }
);
