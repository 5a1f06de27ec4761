//! Work over all pairs: the figures as plain values, and all evidence pair by pair.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use bilat_model::evidence::{Citation, Event, Figure, Measure, Statement, Tie, Valuation};
use bilat_model::source::SourceId;
use bilat_model::{Country, Decimal, Evidence, Pair, Period};
use parquet::arrow::arrow_reader::ParquetRecordBatchReader;

use crate::codec::{Batch, Decode, FigureColumns, StoredRow};
use crate::file::TableFile;
use crate::snapshot::Layer;
use crate::{Snapshot, SnapshotError, Table};

/// Which figures a scan hands over. The default is all.
#[derive(Clone, Debug, Default)]
pub struct FigureFilter {
    /// Only these measures.
    pub measures: Option<Vec<Measure>>,
    /// Only these sources.
    pub sources: Option<Vec<SourceId>>,
    /// Only periods within one of these years.
    pub years: Option<RangeInclusive<i16>>,
    /// Only figures of all goods together, without a product.
    pub totals_only: bool,
}

/// One figure of a scan. As [`Figure`], borrowed, without its place in the file.
#[derive(Clone, Copy, Debug)]
pub struct FigureRow<'a> {
    /// Whom it is about.
    pub pair: Pair,
    /// Who says so.
    pub source: &'a SourceId,
    /// What is measured.
    pub measure: Measure,
    /// Where it runs from.
    pub from: Country,
    /// Where it runs to.
    pub to: Country,
    /// Whose books it stands in.
    pub reporter: Option<Country>,
    /// The nomenclature code of the goods.
    pub product: Option<&'a str>,
    /// When.
    pub period: Option<Period>,
    /// The value in base units of the measure's unit.
    pub value: Decimal,
    /// FOB or CIF.
    pub valuation: Option<Valuation>,
}

impl Snapshot {
    /// Hands every figure that passes the filter to `each`, in the order of the table: by pair,
    /// source, measure, direction, reporter, product, period; synced sources after the rest.
    ///
    /// # Errors
    /// [`SnapshotError::Damaged`].
    pub fn scan_figures(
        &self,
        filter: &FigureFilter,
        mut each: impl FnMut(FigureRow<'_>),
    ) -> Result<(), SnapshotError> {
        for (layer, file) in self.visible(Table::Figures) {
            for group in 0..file.groups()? {
                for batch in file.scan_group(group, Some(&FigureColumns::NAMES))? {
                    let batch = batch.map_err(|e| file.damaged(e))?;
                    scan_batch(&Batch(&batch), filter, &layer.hidden, &mut each)
                        .map_err(|e| file.damaged(e))?;
                }
            }
        }
        Ok(())
    }

    /// What `take` makes of the figures that pass the filter, in the order of
    /// [`scan_figures`](Self::scan_figures): the parts of the file are read side by side, as many
    /// at once as the machine has processors, and put together in order.
    ///
    /// # Errors
    /// [`SnapshotError::Damaged`].
    pub fn collect_figures<T: Send>(
        &self,
        filter: &FigureFilter,
        take: impl Fn(FigureRow<'_>) -> Option<T> + Sync,
    ) -> Result<Vec<T>, SnapshotError> {
        let mut parts = Vec::new();
        for (layer, file) in self.visible(Table::Figures) {
            parts.extend((0..file.groups()?).map(|group| (layer, file, group)));
        }
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let stretch = parts.len().div_ceil(threads).max(1);
        let read = |parts: &[(&Layer, &TableFile, usize)]| -> Result<Vec<T>, SnapshotError> {
            let mut out = Vec::new();
            for (layer, file, group) in parts {
                for batch in file.scan_group(*group, Some(&FigureColumns::NAMES))? {
                    let batch = batch.map_err(|e| file.damaged(e))?;
                    let mut each = |row: FigureRow<'_>| out.extend(take(row));
                    scan_batch(&Batch(&batch), filter, &layer.hidden, &mut each)
                        .map_err(|e| file.damaged(e))?;
                }
            }
            Ok(out)
        };
        let found: Vec<_> = std::thread::scope(|scope| {
            let running: Vec<_> = parts
                .chunks(stretch)
                .map(|p| scope.spawn(|| read(p)))
                .collect();
            running
                .into_iter()
                .map(std::thread::ScopedJoinHandle::join)
                .collect()
        });
        let mut out = Vec::new();
        for part in found {
            match part {
                Ok(part) => out.extend(part?),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        Ok(out)
    }

    /// All evidence, one pair after the other in the order of pairs, each as
    /// [`pair`](Snapshot::pair) gives it; from the pair `from` on, up to and without `until`.
    /// Pairs without evidence are not among them.
    ///
    /// # Errors
    /// [`SnapshotError::Damaged`], here and from the iterator.
    pub fn pairs_in_order(
        &self,
        from: Option<Pair>,
        until: Option<Pair>,
    ) -> Result<PairsInOrder<'_>, SnapshotError> {
        let mut cursors: Vec<Box<dyn Cursor + '_>> = Vec::new();
        for (layer, file) in self.visible(Table::Figures) {
            cursors.push(Rows::boxed(
                file,
                &layer.hidden,
                Statement::Figure as fn(Figure) -> _,
                from,
            ));
        }
        for (layer, file) in self.visible(Table::Events) {
            cursors.push(Rows::boxed(
                file,
                &layer.hidden,
                Statement::Event as fn(Event) -> _,
                from,
            ));
        }
        for (layer, file) in self.visible(Table::Ties) {
            cursors.push(Rows::boxed(
                file,
                &layer.hidden,
                Statement::Tie as fn(Tie) -> _,
                from,
            ));
        }
        for c in &mut cursors {
            c.fill()?;
        }
        Ok(PairsInOrder { cursors, until })
    }
}

/// For each word of a dictionary, whether it passes.
fn admitted(dictionary: &arrow::array::StringArray, passes: impl Fn(&str) -> bool) -> Vec<bool> {
    dictionary.iter().map(|w| w.is_some_and(&passes)).collect()
}

fn scan_batch(
    batch: &Batch<'_>,
    filter: &FigureFilter,
    hidden: &BTreeSet<SourceId>,
    each: &mut impl FnMut(FigureRow<'_>),
) -> Result<(), String> {
    let mut c = FigureColumns::of(batch)?;
    let sources = admitted(c.source.dictionary(), |w| {
        let named = |s: &SourceId| *s.0 == *w;
        !hidden.iter().any(named) && filter.sources.as_ref().is_none_or(|l| l.iter().any(named))
    });
    let measures = admitted(c.measure.dictionary(), |w| {
        let wanted = |l: &Vec<Measure>| l.iter().any(|m| m.code() == w);
        filter.measures.as_ref().is_none_or(wanted)
    });
    let passes = |list: &[bool], key: Option<usize>| key.and_then(|k| list.get(k)) == Some(&true);
    for row in 0..batch.rows() {
        if !passes(&measures, c.measure.key(row)) || !passes(&sources, c.source.key(row)) {
            continue;
        }
        if filter.totals_only && c.product.key(row).is_some() {
            continue;
        }
        let period = c.period.maybe(row)?;
        if let Some(years) = &filter.years
            && !period
                .and_then(|p| p.year())
                .is_some_and(|y| years.contains(&y))
        {
            continue;
        }
        let source = c.source.must(row)?;
        let product = c.product.key(row);
        each(FigureRow {
            pair: c.pair.must(row)?,
            source: &source,
            measure: c.measure.must(row)?,
            from: c.from.must(row)?,
            to: c.to.must(row)?,
            reporter: c.reporter.maybe(row)?,
            product: product.map(|k| c.product.dictionary().value(k)),
            period,
            value: c.value.get(row)?,
            valuation: c.valuation.maybe(row)?,
        });
    }
    Ok(())
}

/// All evidence, one pair after the other; made by [`Snapshot::pairs_in_order`].
pub struct PairsInOrder<'a> {
    cursors: Vec<Box<dyn Cursor + 'a>>,
    until: Option<Pair>,
}

impl Iterator for PairsInOrder<'_> {
    type Item = Result<(Pair, Vec<Evidence>), SnapshotError>;

    fn next(&mut self) -> Option<Self::Item> {
        let pair = self.cursors.iter().filter_map(|c| c.pair()).min()?;
        if self.until.is_some_and(|u| pair >= u) {
            return None;
        }
        let mut out = Vec::new();
        let mut kind = None;
        let mut start = 0;
        for c in &mut self.cursors {
            if kind != Some(c.table()) {
                (kind, start) = (Some(c.table()), out.len());
            }
            let before = out.len();
            if let Err(e) = c.take(pair, &mut out) {
                self.cursors.clear();
                return Some(Err(e));
            }
            if before > start && out.len() > before {
                out[start..].sort_by(|x: &Evidence, y| x.citation.source.cmp(&y.citation.source));
            }
        }
        Some(Ok((pair, out)))
    }
}

/// A place in one table of one layer.
trait Cursor {
    /// Which table.
    fn table(&self) -> Table;
    /// The pair of the next row.
    fn pair(&self) -> Option<Pair>;
    /// Makes the next row known.
    fn fill(&mut self) -> Result<(), SnapshotError>;
    /// Moves all rows of a pair that come next into `out`.
    fn take(&mut self, pair: Pair, out: &mut Vec<Evidence>) -> Result<(), SnapshotError>;
}

struct Rows<'a, T> {
    file: &'a TableFile,
    hidden: &'a BTreeSet<SourceId>,
    wrap: fn(T) -> Statement,
    from: Option<Pair>,
    /// The row group to read next.
    group: usize,
    /// The one being read.
    reader: Option<ParquetRecordBatchReader>,
    /// The next row, and those behind it in its batch.
    next: Option<StoredRow<T>>,
    rows: std::vec::IntoIter<StoredRow<T>>,
}

impl<'a, T: 'a> Rows<'a, T>
where
    StoredRow<T>: Decode,
{
    fn boxed(
        file: &'a TableFile,
        hidden: &'a BTreeSet<SourceId>,
        wrap: fn(T) -> Statement,
        from: Option<Pair>,
    ) -> Box<dyn Cursor + 'a> {
        Box::new(Self {
            file,
            hidden,
            wrap,
            from,
            group: 0,
            reader: None,
            next: None,
            rows: Vec::new().into_iter(),
        })
    }

    /// Whether a row is handed over.
    fn counts(&self, row: &StoredRow<T>) -> bool {
        let Citation { source, .. } = &row.citation;
        self.from.is_none_or(|f| row.pair >= f) && !self.hidden.contains(source)
    }

    /// The next batch; `None` at the end.
    fn batch(&mut self) -> Result<Option<Vec<StoredRow<T>>>, SnapshotError> {
        loop {
            if let Some(reader) = &mut self.reader {
                if let Some(batch) = reader.next() {
                    let batch = batch.map_err(|e| self.file.damaged(e))?;
                    return self.file.decode(&batch).map(Some);
                }
                self.reader = None;
            }
            if self.group == self.file.groups()? {
                return Ok(None);
            }
            let group = self.group;
            self.group += 1;
            let passed = match self.from {
                Some(from) => self.file.ends_before(group, &from.to_string())?,
                None => false,
            };
            if !passed {
                self.reader = Some(self.file.scan_group(group, None)?);
            }
        }
    }
}

impl<'a, T: 'a> Cursor for Rows<'a, T>
where
    StoredRow<T>: Decode,
{
    fn table(&self) -> Table {
        self.file.table
    }

    fn pair(&self) -> Option<Pair> {
        self.next.as_ref().map(|r| r.pair)
    }

    fn fill(&mut self) -> Result<(), SnapshotError> {
        loop {
            while let Some(row) = self.rows.next() {
                if self.counts(&row) {
                    self.next = Some(row);
                    return Ok(());
                }
            }
            match self.batch()? {
                Some(rows) => self.rows = rows.into_iter(),
                None => {
                    self.next = None;
                    return Ok(());
                }
            }
        }
    }

    fn take(&mut self, pair: Pair, out: &mut Vec<Evidence>) -> Result<(), SnapshotError> {
        while let Some(row) = self.next.take_if(|r| r.pair == pair) {
            out.push(row.evidence(self.wrap));
            self.fill()?;
        }
        Ok(())
    }
}
