//! Writing a snapshot: ordered rows into Parquet, the same bytes every time.

use std::fs;
use std::path::{Path, PathBuf};

use arrow::array::RecordBatch;
use bilat_model::records::Records;
use bilat_model::standing::{AgreementMean, Standing};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::file::metadata::SortingColumn;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;

use crate::codec::Encode;
use crate::manifest::{Entry, FORMAT, MANIFEST, Manifest};
use crate::schema::{Kind, digits, zeros};
use crate::{SnapshotError, Table, order};

/// Rows of a page: what a look-up of one pair or country reads of each column.
const fn page_rows(table: Table) -> usize {
    match table {
        // Many rows a key, of few bytes each.
        Table::Figures | Table::Votes | Table::Standings => 4096,
        _ => 1024,
    }
}
/// Rows of a row group: what one dictionary serves, and the unit of parallel scans.
const GROUP_ROWS: usize = 256 * 1024;
/// Rows turned into columns at once.
const CHUNK_ROWS: usize = 32 * 1024;
/// Bytes that the distinct words of a column may take in a row group.
const DICTIONARY_BYTES: usize = 8 << 20;
/// The strongest compression that still writes megabytes a second.
const ZSTD_LEVEL: i32 = 19;

/// A table as bytes.
struct Written {
    table: Table,
    rows: u64,
    bytes: Vec<u8>,
}

/// Writes all tables into the folder `out` and returns the list of files.
///
/// The folder is made beside its place and moved there when it is complete; files in it that are
/// not the snapshot's are kept. The same records give the same bytes.
///
/// # Errors
/// [`SnapshotError::Unstorable`] for a record that does not fit its columns,
/// [`SnapshotError::File`] when the folder cannot be written.
pub fn write(
    records: &Records,
    standings: &[Standing],
    agreement_means: &[AgreementMean],
    out: &Path,
) -> Result<Manifest, SnapshotError> {
    let mut tables = tables_of(records)?;
    tables.extend(computed(standings, agreement_means)?);
    place(&tables, out)
}

/// Writes the tables in which `records` has rows, for
/// [`Snapshot::with_overlay`](crate::Snapshot::with_overlay).
///
/// # Errors
/// As [`write()`].
pub fn write_overlay(records: &Records, out: &Path) -> Result<Manifest, SnapshotError> {
    let mut tables = tables_of(records)?;
    tables.retain(|t| t.rows > 0);
    place(&tables, out)
}

/// Puts what was computed over a snapshot into its folder, in place of what was there.
///
/// # Errors
/// As [`write()`]; the folder must hold a snapshot.
pub fn write_computed(
    standings: &[Standing],
    agreement_means: &[AgreementMean],
    dir: &Path,
) -> Result<Manifest, SnapshotError> {
    let place_name = dir.display().to_string();
    let list = read_file(&dir.join(MANIFEST))?;
    let mut tables = computed(standings, agreement_means)?;
    for entry in Manifest::parse(&list, &place_name)?.tables {
        let Some(table) = Table::of(&entry.table) else {
            continue; // `parse` has refused unknown tables.
        };
        if tables.iter().all(|t| t.table != table) {
            tables.push(Written {
                table,
                rows: entry.rows,
                bytes: read_file(&dir.join(table.file()))?,
            });
        }
    }
    place(&tables, dir)
}

fn tables_of(r: &Records) -> Result<Vec<Written>, SnapshotError> {
    let at = order::by_citation;
    Ok(vec![
        table(&order::figures(r)?)?,
        table(&order::events(r)?)?,
        table(&order::ties(r)?)?,
        table(&order::sorted(&r.memberships, |m| {
            let what = (m.organisation.clone(), m.name.clone(), m.since);
            (
                m.country,
                m.citation.source.clone(),
                what,
                m.kind,
                m.citation.clone(),
            )
        }))?,
        table(&order::sorted(&r.facts, |f| {
            let key = (f.country, f.citation.source.clone(), f.field, f.period);
            (key, f.citation.clone(), f.text.clone(), f.value)
        }))?,
        table(&order::sorted(&r.roll_calls, |c| {
            (c.index, c.citation.clone())
        }))?,
        table(&order::votes(r))?,
        table(&order::sorted(&r.cities, |c| {
            let size = std::cmp::Reverse(c.population);
            (c.country, size, c.name.clone(), c.citation.clone())
        }))?,
        table(&order::points(r))?,
        // The sort is stable: within a nomenclature the source's order stays.
        table(&order::sorted(&r.products, |p| p.nomenclature.clone()))?,
        table(&order::sorted(&r.countries, |c| at(c.code, &c.citation)))?,
        table(&order::sorted(&r.names, |n| {
            let what = (n.key.clone(), n.country, n.kind, n.language.clone());
            (what, n.name.clone(), n.since, n.citation.clone())
        }))?,
        table(&order::sorted(&r.vintages, |v| {
            (v.source.clone(), v.file.clone())
        }))?,
    ])
}

fn computed(
    standings: &[Standing],
    agreement_means: &[AgreementMean],
) -> Result<Vec<Written>, SnapshotError> {
    Ok(vec![
        table(&order::sorted(standings, |s| {
            (s.pair, s.indicator.clone(), s.period)
        }))?,
        table(&order::sorted(agreement_means, |m| (m.country, m.year)))?,
    ])
}

/// Ordered rows as the bytes of a Parquet file.
fn table<T: Encode>(rows: &[T]) -> Result<Written, SnapshotError> {
    let table = T::TABLE;
    let broken = |e: &dyn std::fmt::Display| SnapshotError::Unstorable {
        table: table.name(),
        record: "the table".to_owned(),
        reason: e.to_string(),
    };
    let schema = table.schema();
    let options = ArrowWriterOptions::new()
        .with_properties(properties(table)?)
        .with_skip_arrow_metadata(true);
    let mut writer = ArrowWriter::try_new_with_options(Vec::new(), schema.clone(), options)
        .map_err(|e| broken(&e))?;
    for chunk in rows.chunks(CHUNK_ROWS) {
        let columns = T::encode(chunk).map_err(|e| SnapshotError::Unstorable {
            table: table.name(),
            record: e.record,
            reason: e.reason,
        })?;
        let batch = RecordBatch::try_new(schema.clone(), columns).map_err(|e| broken(&e))?;
        writer.write(&batch).map_err(|e| broken(&e))?;
    }
    Ok(Written {
        table,
        rows: rows.len() as u64,
        bytes: writer.into_inner().map_err(|e| broken(&e))?,
    })
}

/// How a table is laid down. Nothing here depends on the day, the machine or the library's name.
fn properties(table: Table) -> Result<WriterProperties, SnapshotError> {
    let zstd = ZstdLevel::try_new(ZSTD_LEVEL).map_err(|e| SnapshotError::Unstorable {
        table: table.name(),
        record: "the table".to_owned(),
        reason: e.to_string(),
    })?;
    let mut p = WriterProperties::builder()
        .set_created_by("bilat".to_owned())
        .set_compression(Compression::ZSTD(zstd))
        .set_max_row_group_row_count(Some(GROUP_ROWS))
        .set_data_page_row_count_limit(page_rows(table))
        .set_write_batch_size(page_rows(table) / 4)
        .set_dictionary_page_size_limit(DICTIONARY_BYTES)
        .set_statistics_enabled(EnabledStatistics::None)
        .set_dictionary_enabled(false)
        .set_sorting_columns(Some(vec![SortingColumn {
            column_idx: 0,
            descending: false,
            nulls_first: false,
        }]));
    let key = ColumnPath::from(table.columns()[0].name);
    p = p.set_column_statistics_enabled(key, EnabledStatistics::Page);
    for column in table.columns() {
        let path = |name: &str| ColumnPath::from(name);
        // Byte by byte beside the same byte of the neighbours: the high ones are mostly alike.
        let split = Encoding::BYTE_STREAM_SPLIT;
        p = match column.kind {
            Kind::Word => p.set_column_dictionary_enabled(path(column.name), true),
            Kind::Scaled => p
                .set_column_encoding(path(&digits(column.name)), split)
                .set_column_dictionary_enabled(path(&zeros(column.name)), true),
            // Lines run in many strands at once, one a series; whole bytes keep what is common.
            Kind::Int if column.name == "line" => p.set_column_encoding(path(column.name), split),
            Kind::Int | Kind::Long => {
                p.set_column_encoding(path(column.name), Encoding::DELTA_BINARY_PACKED)
            }
            Kind::Text | Kind::Decimal(..) | Kind::Bool | Kind::Float => p,
        };
    }
    Ok(p.build())
}

/// Puts the files into their folder, all or none.
fn place(tables: &[Written], out: &Path) -> Result<Manifest, SnapshotError> {
    let mut entries: Vec<(Table, Entry)> = tables
        .iter()
        .map(|t| (t.table, Entry::of(t.table, t.rows, &t.bytes)))
        .collect();
    entries.sort_by_key(|(t, _)| *t);
    let manifest = Manifest {
        format: FORMAT,
        tables: entries.into_iter().map(|(_, e)| e).collect(),
    };
    let beside = |what: &str| -> PathBuf {
        let name = out.file_name().map(|n| n.to_string_lossy().into_owned());
        out.with_file_name(format!(".{}.{what}", name.unwrap_or_default()))
    };
    let (new, old) = (beside("new"), beside("old"));
    remove(&new)?;
    remove(&old)?;
    fs::create_dir_all(&new).map_err(|e| SnapshotError::file(&new, e))?;
    for t in tables {
        write_file(&new.join(t.table.file()), &t.bytes)?;
    }
    write_file(&new.join(MANIFEST), manifest.text()?.as_bytes())?;
    if out.exists() {
        keep_others(out, &new)?;
        fs::rename(out, &old).map_err(|e| SnapshotError::file(out, e))?;
    }
    fs::rename(&new, out).map_err(|e| SnapshotError::file(out, e))?;
    remove(&old)?;
    Ok(manifest)
}

/// Copies the files that are not the snapshot's.
fn keep_others(from: &Path, to: &Path) -> Result<(), SnapshotError> {
    let broken = |e: std::io::Error| SnapshotError::file(from, e);
    for entry in fs::read_dir(from).map_err(broken)? {
        let path = entry.map_err(broken)?.path();
        let Some(name) = path.file_name() else {
            continue;
        };
        let ours = name == MANIFEST || path.extension().is_some_and(|e| e == "parquet");
        if path.is_file() && !ours {
            fs::copy(&path, to.join(name)).map_err(|e| SnapshotError::file(&path, e))?;
        }
    }
    Ok(())
}

fn remove(dir: &Path) -> Result<(), SnapshotError> {
    match fs::remove_dir_all(dir) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(SnapshotError::file(dir, e)),
        _ => Ok(()),
    }
}

fn write_file(path: &Path, bytes: &[u8]) -> Result<(), SnapshotError> {
    fs::write(path, bytes).map_err(|e| SnapshotError::file(path, e))
}

pub(crate) fn read_file(path: &Path) -> Result<Vec<u8>, SnapshotError> {
    fs::read(path).map_err(|e| SnapshotError::file(path, e))
}
