//! One Parquet file, held as bytes: whole scans, and the rows of one key.
//!
//! Nothing is decoded until it is asked for. The footer is read once; the page index of a row
//! group is read when a key first falls into it, so that a cold look-up of one pair touches the
//! footer, one row group's index and one or two pages of each column.

use std::cmp::Ordering;
use std::sync::{Arc, OnceLock};

use arrow::array::{Array, DictionaryArray, RecordBatch, StringArray};
use arrow::datatypes::Int32Type;
use bytes::Bytes;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
    ParquetRecordBatchReaderBuilder, RowSelection, RowSelector,
};
use parquet::file::metadata::{PageIndexPolicy, ParquetMetaData, ParquetMetaDataReader};
use parquet::file::page_index::column_index::ColumnIndexMetaData;
use parquet::file::statistics::Statistics;

use crate::codec::{Batch, Decode};
use crate::{SnapshotError, Table};

/// Rows handed over at once in scans.
pub(crate) const SCAN_ROWS: usize = 16 * 1024;

/// A stretch of keys in their order, both ends among them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Keys<'a> {
    pub(crate) first: &'a str,
    pub(crate) last: &'a str,
}

impl<'a> Keys<'a> {
    /// One key alone.
    pub(crate) fn one(key: &'a str) -> Self {
        Self {
            first: key,
            last: key,
        }
    }

    /// Whether any of them may lie within bounds, as far as these are known.
    fn meet(self, min: Option<&[u8]>, max: Option<&[u8]>) -> bool {
        min.is_none_or(|min| min <= self.last.as_bytes())
            && max.is_none_or(|max| self.first.as_bytes() <= max)
    }

    /// Where a key lies: before them, among them or behind them.
    fn place(self, key: &str) -> Ordering {
        if key < self.first {
            Ordering::Less
        } else if key > self.last {
            Ordering::Greater
        } else {
            Ordering::Equal
        }
    }
}

/// One table of one layer.
#[derive(Debug)]
pub(crate) struct TableFile {
    pub(crate) table: Table,
    pub(crate) place: Arc<str>,
    pub(crate) bytes: Bytes,
    footer: OnceLock<Result<Footer, SnapshotError>>,
}

#[derive(Debug)]
struct Footer {
    all: ArrowReaderMetadata,
    /// Each row group by itself, with its page index.
    groups: Vec<OnceLock<Result<ArrowReaderMetadata, SnapshotError>>>,
}

impl TableFile {
    pub(crate) fn new(table: Table, place: Arc<str>, bytes: Bytes) -> Self {
        Self {
            table,
            place,
            bytes,
            footer: OnceLock::new(),
        }
    }

    pub(crate) fn damaged(&self, reason: impl ToString) -> SnapshotError {
        SnapshotError::damaged(self.table, &self.place, reason)
    }

    fn options(&self) -> ArrowReaderOptions {
        ArrowReaderOptions::new().with_schema(self.table.reading_schema())
    }

    fn footer(&self) -> Result<&Footer, SnapshotError> {
        let read = || {
            let metadata = ParquetMetaDataReader::new()
                .parse_and_finish(&self.bytes)
                .map_err(|e| self.damaged(e))?;
            let groups = (0..metadata.num_row_groups())
                .map(|_| OnceLock::new())
                .collect();
            let all = ArrowReaderMetadata::try_new(Arc::new(metadata), self.options())
                .map_err(|e| self.damaged(e))?;
            Ok(Footer { all, groups })
        };
        self.footer.get_or_init(read).as_ref().map_err(Clone::clone)
    }

    /// How many rows it has.
    pub(crate) fn rows(&self) -> Result<u64, SnapshotError> {
        let rows = self.footer()?.all.metadata().file_metadata().num_rows();
        u64::try_from(rows).map_err(|e| self.damaged(e))
    }

    /// How many row groups it has: the units of a scan.
    pub(crate) fn groups(&self) -> Result<usize, SnapshotError> {
        Ok(self.footer()?.groups.len())
    }

    /// Whether all keys of a row group come before `key`.
    pub(crate) fn ends_before(&self, group: usize, key: &str) -> Result<bool, SnapshotError> {
        let metadata = self.footer()?.all.metadata();
        let statistics = metadata.row_group(group).column(0).statistics();
        let max = statistics.and_then(Statistics::max_bytes_opt);
        Ok(max.is_some_and(|max| max < key.as_bytes()))
    }

    /// The batches of one row group, of all columns or of the named ones.
    pub(crate) fn scan_group(
        &self,
        group: usize,
        columns: Option<&[&str]>,
    ) -> Result<ParquetRecordBatchReader, SnapshotError> {
        let all = &self.footer()?.all;
        let builder =
            ParquetRecordBatchReaderBuilder::new_with_metadata(self.bytes.clone(), all.clone());
        let mask = match columns {
            None => ProjectionMask::all(),
            Some(names) => ProjectionMask::columns(builder.parquet_schema(), names.iter().copied()),
        };
        builder
            .with_row_groups(vec![group])
            .with_projection(mask)
            .with_batch_size(SCAN_ROWS)
            .build()
            .map_err(|e| self.damaged(e))
    }

    /// All rows, as values.
    pub(crate) fn all<T: Decode>(&self) -> Result<Vec<T>, SnapshotError> {
        let mut out = Vec::new();
        for group in 0..self.groups()? {
            for batch in self.scan_group(group, None)? {
                let batch = batch.map_err(|e| self.damaged(e))?;
                out.extend(self.decode(&batch)?);
            }
        }
        Ok(out)
    }

    /// The rows whose first column is among `keys`, as values.
    pub(crate) fn of_keys<T: Decode>(&self, keys: Keys<'_>) -> Result<Vec<T>, SnapshotError> {
        let mut out = Vec::new();
        for batch in self.lookup(keys)? {
            out.extend(self.decode(&batch)?);
        }
        Ok(out)
    }

    pub(crate) fn decode<T: Decode>(&self, batch: &RecordBatch) -> Result<Vec<T>, SnapshotError> {
        debug_assert_eq!(T::TABLE, self.table, "a table is read as what it is");
        T::decode(&Batch(batch)).map_err(|e| self.damaged(e))
    }

    /// The rows whose first column is among `keys`.
    fn lookup(&self, keys: Keys<'_>) -> Result<Vec<RecordBatch>, SnapshotError> {
        let footer = self.footer()?;
        let mut out = Vec::new();
        for (i, group) in footer.all.metadata().row_groups().iter().enumerate() {
            if !may_hold(group.column(0).statistics(), keys) {
                continue;
            }
            let indexed = footer.groups[i]
                .get_or_init(|| self.index_group(footer.all.metadata(), i))
                .as_ref()
                .map_err(Clone::clone)?;
            self.lookup_in(indexed, keys, &mut out)?;
        }
        Ok(out)
    }

    /// The metadata of one row group alone, with its page index.
    fn index_group(
        &self,
        all: &ParquetMetaData,
        group: usize,
    ) -> Result<ArrowReaderMetadata, SnapshotError> {
        let alone = ParquetMetaData::new(
            all.file_metadata().clone(),
            vec![all.row_group(group).clone()],
        );
        let mut reader = ParquetMetaDataReader::new_with_metadata(alone)
            .with_column_index_policy(PageIndexPolicy::Optional)
            .with_offset_index_policy(PageIndexPolicy::Required);
        reader
            .read_page_indexes(&self.bytes)
            .and_then(|()| reader.finish())
            .and_then(|m| ArrowReaderMetadata::try_new(Arc::new(m), self.options()))
            .map_err(|e| self.damaged(e))
    }

    /// Reads the pages of a row group that may hold any of `keys`, and keeps their rows.
    fn lookup_in(
        &self,
        indexed: &ArrowReaderMetadata,
        keys: Keys<'_>,
        out: &mut Vec<RecordBatch>,
    ) -> Result<(), SnapshotError> {
        let Some((first, last)) = page_rows(indexed.metadata(), keys) else {
            return Ok(());
        };
        let selection = RowSelection::from(vec![
            RowSelector::skip(first),
            RowSelector::select(last - first),
        ]);
        let reader =
            ParquetRecordBatchReaderBuilder::new_with_metadata(self.bytes.clone(), indexed.clone())
                .with_row_selection(selection)
                .with_batch_size(last - first)
                .build()
                .map_err(|e| self.damaged(e))?;
        for batch in reader {
            let batch = batch.map_err(|e| self.damaged(e))?;
            let (from, to) = key_rows(&batch, keys)
                .ok_or_else(|| self.damaged("its first column holds no text"))?;
            if from < to {
                out.push(batch.slice(from, to - from));
            }
        }
        Ok(())
    }
}

/// Whether a row group may hold any of some keys, by the bounds of its first column.
fn may_hold(statistics: Option<&Statistics>, keys: Keys<'_>) -> bool {
    statistics.is_none_or(|s| keys.meet(s.min_bytes_opt(), s.max_bytes_opt()))
}

/// The rows, first and behind the last, of the pages of a single row group that may hold any of
/// some keys.
fn page_rows(metadata: &ParquetMetaData, keys: Keys<'_>) -> Option<(usize, usize)> {
    let rows = usize::try_from(metadata.row_group(0).num_rows()).ok()?;
    let whole = (rows > 0).then_some((0, rows));
    let index = metadata.column_index().and_then(|i| i.first()?.first());
    let Some(ColumnIndexMetaData::BYTE_ARRAY(index)) = index else {
        return whole;
    };
    let Some(pages) = metadata.offset_index().and_then(|i| i.first()?.first()) else {
        return whole;
    };
    let pages = pages.page_locations();
    let holds = |i: usize| keys.meet(index.min_value(i), index.max_value(i));
    let first = (0..pages.len()).find(|i| holds(*i))?;
    let last = (first..pages.len()).take_while(|i| holds(*i)).last()?;
    let start = |i: usize| {
        pages
            .get(i)
            .map_or(Some(rows), |p| usize::try_from(p.first_row_index).ok())
    };
    let (from, to) = (start(first)?, start(last + 1)?.min(rows));
    (from < to).then_some((from, to))
}

/// The stretch of a sorted batch whose first column is among some keys.
fn key_rows(batch: &RecordBatch, keys: Keys<'_>) -> Option<(usize, usize)> {
    let column = batch.column(0);
    let n = column.len();
    if let Some(texts) = column.as_any().downcast_ref::<StringArray>() {
        return Some(stretch(n, |i| keys.place(texts.value(i))));
    }
    let words = column
        .as_any()
        .downcast_ref::<DictionaryArray<Int32Type>>()?;
    let values = words.values().as_any().downcast_ref::<StringArray>()?;
    let at = |i: usize| {
        usize::try_from(words.keys().value(i))
            .ok()
            .filter(|k| *k < values.len())
            .map_or(Ordering::Greater, |k| keys.place(values.value(k)))
    };
    Some(stretch(n, at))
}

/// Where a sorted sequence is equal: first, and behind the last.
fn stretch(n: usize, cmp: impl Fn(usize) -> Ordering) -> (usize, usize) {
    let below = |limit: Ordering| {
        let (mut lo, mut hi) = (0, n);
        while lo < hi {
            let mid = lo + (hi - lo) / 2;
            if cmp(mid) < limit {
                lo = mid + 1;
            } else {
                hi = mid;
            }
        }
        lo
    };
    (below(Ordering::Equal), below(Ordering::Greater))
}
