//! What a reader works with: its files, the names of countries, and where its records go.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bilat_model::evidence::{Citation, Event, Figure, Locator, Statement, Tie};
use bilat_model::source::{Card, FileCard, SourceId, Vintage};
use bilat_model::{Country, Pair, Registry};

use crate::card::{Applied, Corrections, Lookups};
use crate::input::{self, Table};
use crate::{Records, Report, Row, Skipped, Source, SourceError};

/// What a source's name for a place turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// A country.
    Country(Country),
    /// Deliberately none: a group, "not specified".
    NotACountry,
    /// Nobody knows; it is counted in the report.
    Unresolved,
}

#[derive(Default, Clone)]
struct Count {
    size: u64,
    sha256: String,
    records: u64,
    kept: u64,
    left_out: u64,
    skipped: u64,
}

/// A reader's surroundings while it reads one source.
pub struct Context<'a> {
    /// The source's card.
    pub card: &'a Card,
    /// Countries and names; empty while the source `countries` itself is read.
    pub registry: &'a Registry,
    /// Where records go that are not evidence about a pair.
    pub records: &'a mut Records,
    dir: PathBuf,
    lookups: Lookups,
    used_lookups: BTreeSet<String>,
    resolved: BTreeMap<String, Name>,
    alpha2: BTreeMap<String, Country>,
    corrections: Corrections,
    applied: Applied,
    counts: BTreeMap<Arc<str>, Count>,
    report: Report,
}

impl<'a> Context<'a> {
    pub(crate) fn new(
        source: &Source,
        card: &'a Card,
        dir: &Path,
        registry: &'a Registry,
        records: &'a mut Records,
    ) -> Result<Self, SourceError> {
        Ok(Self {
            card,
            registry,
            records,
            dir: dir.to_owned(),
            lookups: source.lookups()?,
            used_lookups: BTreeSet::new(),
            resolved: BTreeMap::new(),
            alpha2: registry
                .countries()
                .filter_map(|c| Some((c.alpha2.clone()?, c.code)))
                .collect(),
            corrections: source.corrections()?,
            applied: Applied::new(),
            counts: BTreeMap::new(),
            report: Report {
                source: card.id.clone(),
                files: Vec::new(),
                left_out: BTreeMap::new(),
                not_countries: BTreeMap::new(),
                unresolved: BTreeMap::new(),
                unused_lookups: Vec::new(),
                skipped: Vec::new(),
                unexpected: Vec::new(),
            },
        })
    }

    fn file_card(&self, path: &str) -> Result<&'a FileCard, SourceError> {
        self.card
            .files
            .iter()
            .find(|f| f.path == path)
            .ok_or_else(|| SourceError::Data {
                source_id: self.card.id.to_string(),
                file: "source.toml",
                reason: format!("it lists no file {path}"),
            })
    }

    /// A file of the card, unpacked when it ends in `.gz`, with its name for citations.
    ///
    /// # Errors
    /// [`SourceError::File`] when it cannot be read.
    pub fn bytes(&mut self, path: &str) -> Result<(Arc<str>, Vec<u8>), SourceError> {
        self.file_card(path)?;
        let bytes = input::read(&self.dir.join(path)).map_err(|e| SourceError::File {
            source_id: self.card.id.to_string(),
            file: path.to_owned(),
            reason: e.to_string(),
        })?;
        let file: Arc<str> = path.into();
        let count = self.counts.entry(Arc::clone(&file)).or_default();
        count.size = bytes.size;
        count.sha256 = bytes.sha256;
        Ok((file, bytes.data))
    }

    /// Notes size and hash of a file that is not read.
    fn fingerprint(&mut self, path: &str) -> Result<(), SourceError> {
        let (size, sha256) =
            input::fingerprint(&self.dir.join(path)).map_err(|e| SourceError::File {
                source_id: self.card.id.to_string(),
                file: path.to_owned(),
                reason: e.to_string(),
            })?;
        let count = self.counts.entry(path.into()).or_default();
        (count.size, count.sha256) = (size, sha256);
        Ok(())
    }

    /// A delimited file of the card. Its header must list the card's columns, in order, and
    /// after them none but the `other_columns` that the reader checks; a byte-order mark is
    /// passed over.
    ///
    /// # Errors
    /// [`SourceError::Structure`] when a column is missing, added or moved.
    pub fn table(&mut self, path: &str, delimiter: u8) -> Result<Table, SourceError> {
        let (file, data) = self.bytes(path)?;
        self.table_of(path, file, data, delimiter)
    }

    /// As [`table`](Self::table), of bytes unpacked by the reader (a member of an archive); the
    /// columns are those of the card's file `path`.
    ///
    /// # Errors
    /// As [`table`](Self::table).
    pub fn table_of(
        &mut self,
        path: &str,
        file: Arc<str>,
        mut data: Vec<u8>,
        delimiter: u8,
    ) -> Result<Table, SourceError> {
        if data.starts_with(b"\xef\xbb\xbf") {
            data.drain(..3);
        }
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .quoting(delimiter != b'\t')
            .flexible(true)
            .from_reader(Cursor::new(data));
        let header = reader
            .headers()
            .map_err(|e| self.structure(&file, "line 1", e.to_string()))?;
        let found: Vec<String> = header.iter().map(str::to_owned).collect();
        let card = self.file_card(path)?;
        let expected: Vec<&str> = card.columns.iter().map(|c| c.name.as_str()).collect();
        let fits = match card.other_columns {
            Some(_) => found.len() > expected.len() && found[..expected.len()] == expected,
            None => found == expected,
        };
        if !fits {
            let added: Vec<_> = found
                .iter()
                .filter(|c| !expected.contains(&c.as_str()))
                .collect();
            let missing: Vec<_> = expected
                .iter()
                .filter(|c| !found.iter().any(|f| f == *c))
                .collect();
            let reason = format!(
                "the columns are not those of the card (added: {added:?}, missing: {missing:?}); \
                 handle or ignore each in source.toml"
            );
            return Err(self.structure(&file, "line 1", reason));
        }
        Ok(Table {
            reader,
            columns: found,
            record: csv::StringRecord::new(),
            file,
        })
    }

    /// The next record of a table; `None` at the end. Records with another number of fields than
    /// the header, and text that is not UTF-8, are skipped and listed.
    ///
    /// # Errors
    /// [`SourceError::Structure`] when the file cannot be split into records at all.
    pub fn next<'t>(&mut self, table: &'t mut Table) -> Result<Option<Row<'t>>, SourceError> {
        loop {
            let more = table.reader.read_record(&mut table.record);
            let line = table.line_at(table.record.position());
            match more {
                Ok(false) => return Ok(None),
                Ok(true) if table.record.len() == table.columns.len() => break,
                Ok(true) => {
                    let n = table.record.len();
                    let reason = format!("{n} fields where the header has {}", table.columns.len());
                    self.seen(&Arc::clone(&table.file));
                    self.skip(&Arc::clone(&table.file), Locator::Line(line), reason);
                }
                Err(e) if matches!(e.kind(), csv::ErrorKind::Utf8 { .. }) => {
                    let at = Locator::Line(table.line_at(e.position()));
                    self.seen(&Arc::clone(&table.file));
                    self.skip(&Arc::clone(&table.file), at, "not UTF-8".to_owned());
                }
                Err(e) => return Err(self.structure(&table.file, "table", e.to_string())),
            }
        }
        self.seen(&Arc::clone(&table.file));
        Ok(Some(Row {
            line: table.line_at(table.record.position()),
            file: Arc::clone(&table.file),
            columns: &table.columns,
            record: &table.record,
        }))
    }

    /// An error in the build of a file, for readers of formats of their own.
    #[must_use]
    pub fn structure(&self, file: &str, place: &str, reason: impl Into<String>) -> SourceError {
        SourceError::Structure {
            source_id: self.card.id.to_string(),
            file: file.to_owned(),
            place: place.to_owned(),
            reason: reason.into(),
        }
    }

    /// What a name of this source means: its own lookups first, then the registry.
    pub fn country(&mut self, name: &str) -> Name {
        if let Some(known) = self.resolved.get(name).copied() {
            self.count_name(name, known);
            return known;
        }
        let (name_kind, from_lookups) = if let Some(c) = self.lookups.countries.get(name) {
            (Name::Country(*c), true)
        } else if self.lookups.not_countries.contains_key(name) {
            (Name::NotACountry, true)
        } else {
            (
                self.registry
                    .name(name)
                    .map_or(Name::Unresolved, Name::Country),
                false,
            )
        };
        if from_lookups {
            self.used_lookups.insert(name.to_owned());
        }
        self.resolved.insert(name.to_owned(), name_kind);
        self.count_name(name, name_kind);
        name_kind
    }

    /// Whether a name of this source is a country's, without counting it as met.
    #[must_use]
    pub fn knows(&self, name: &str) -> bool {
        self.lookups.countries.contains_key(name)
            || !self.lookups.not_countries.contains_key(name) && self.registry.name(name).is_some()
    }

    /// Whether this source's lookups say of a name that it is no country.
    #[must_use]
    pub fn is_no_country(&self, name: &str) -> bool {
        self.lookups.not_countries.contains_key(name)
    }

    fn count_name(&mut self, name: &str, kind: Name) {
        match kind {
            Name::Country(_) => {}
            Name::NotACountry => {
                let why = self
                    .lookups
                    .not_countries
                    .get(name)
                    .cloned()
                    .unwrap_or_default();
                self.report
                    .not_countries
                    .entry(name.to_owned())
                    .or_insert((why, 0))
                    .1 += 1;
            }
            Name::Unresolved => *self.report.unresolved.entry(name.to_owned()).or_default() += 1,
        }
    }

    /// What an alpha-3 code of this source means. Codes of the source's own are in its lookups.
    pub fn code(&mut self, code: &str) -> Name {
        match code.parse::<Country>() {
            Ok(c)
                if !self.lookups.countries.contains_key(code)
                    && !self.lookups.not_countries.contains_key(code)
                    && self.registry.info(c).is_some() =>
            {
                Name::Country(c)
            }
            _ => self.country_from_lookups(code),
        }
    }

    /// What an ISO 3166-1 alpha-2 code in capitals means. Codes of the source's own are in its
    /// lookups, which come first.
    pub fn alpha2(&mut self, code: &str) -> Name {
        match self.alpha2.get(code) {
            Some(c)
                if !self.lookups.countries.contains_key(code)
                    && !self.lookups.not_countries.contains_key(code) =>
            {
                Name::Country(*c)
            }
            _ => self.country_from_lookups(code),
        }
    }

    /// As [`country`](Self::country), without asking the registry's names: for codes.
    fn country_from_lookups(&mut self, code: &str) -> Name {
        let kind = match self.lookups.countries.get(code) {
            Some(c) => Name::Country(*c),
            None if self.lookups.not_countries.contains_key(code) => Name::NotACountry,
            None => Name::Unresolved,
        };
        if kind != Name::Unresolved {
            self.used_lookups.insert(code.to_owned());
        }
        self.count_name(code, kind);
        kind
    }

    /// The pair of two names, or `None` after counting why there is none: a record about a group,
    /// an unresolved name (skipped and listed), or a country with itself.
    pub fn pair(&mut self, file: &Arc<str>, at: &Locator, x: Name, y: Name) -> Option<Pair> {
        match (x, y) {
            (Name::Country(x), Name::Country(y)) => match Pair::new(x, y) {
                Ok(pair) => Some(pair),
                Err(_) => {
                    self.leave_out(file, "a country with itself");
                    None
                }
            },
            (Name::Unresolved, _) | (_, Name::Unresolved) => {
                self.skip(file, at.clone(), "a name that is not resolved".to_owned());
                None
            }
            _ => {
                self.leave_out(file, "not between two countries");
                None
            }
        }
    }

    /// Counts a record of a file as seen; [`next`](Self::next) does this by itself.
    pub fn seen(&mut self, file: &Arc<str>) {
        self.counts.entry(Arc::clone(file)).or_default().records += 1;
    }

    /// Counts a record as having given something. A record may give several pieces of evidence
    /// and is counted once: [`figure`](Self::figure) and its like do not count.
    pub fn keep(&mut self, file: &Arc<str>) {
        self.counts.entry(Arc::clone(file)).or_default().kept += 1;
    }

    /// Counts a record as left out on purpose.
    pub fn leave_out(&mut self, file: &Arc<str>, reason: &str) {
        self.counts.entry(Arc::clone(file)).or_default().left_out += 1;
        match self.report.left_out.get_mut(reason) {
            Some(n) => *n += 1,
            None => {
                self.report.left_out.insert(reason.to_owned(), 1);
            }
        }
    }

    /// Lists a record as broken.
    pub fn skip(&mut self, file: &Arc<str>, at: Locator, reason: String) {
        self.counts.entry(Arc::clone(file)).or_default().skipped += 1;
        self.report.skipped.push(Skipped {
            file: file.to_string(),
            at,
            reason,
        });
    }

    /// The corrected text of a record's field, or the text as it was. `record` names the record
    /// as `corrections.toml` does.
    pub fn correct<'t>(
        &mut self,
        file: &str,
        record: &str,
        text: &'t str,
    ) -> std::borrow::Cow<'t, str> {
        for (i, c) in self.corrections.list.iter().enumerate() {
            // Nothing written is met by nothing written only, not by every text.
            let meets = match c.was.as_str() {
                "" => text.is_empty(),
                was => text.contains(was),
            };
            if c.file == file && c.record == record && meets {
                self.applied.insert(i);
                return text.replace(&c.was, &c.becomes).into();
            }
        }
        text.into()
    }

    /// The citation of a record.
    #[must_use]
    pub fn cite(&self, file: &Arc<str>, at: Locator) -> Citation {
        Citation {
            source: self.card.id.clone(),
            file: Arc::clone(file),
            at,
        }
    }

    /// Adds a figure.
    pub fn figure(&mut self, pair: Pair, file: &Arc<str>, at: Locator, figure: Figure) {
        let citation = self.cite(file, at);
        self.records
            .evidence
            .push((pair, Statement::Figure(figure), citation));
    }

    /// Adds an event.
    pub fn event(&mut self, pair: Pair, file: &Arc<str>, at: Locator, event: Event) {
        let citation = self.cite(file, at);
        self.records
            .evidence
            .push((pair, Statement::Event(event), citation));
    }

    /// Adds a tie.
    pub fn tie(&mut self, pair: Pair, file: &Arc<str>, at: Locator, tie: Tie) {
        let citation = self.cite(file, at);
        self.records
            .evidence
            .push((pair, Statement::Tie(tie), citation));
    }

    pub(crate) fn finish(mut self) -> Result<Report, SourceError> {
        if let Some((_, c)) = self
            .corrections
            .list
            .iter()
            .enumerate()
            .find(|(i, _)| !self.applied.contains(i))
        {
            let reason = format!(
                "the correction of “{}” ({}) no longer meets its text; the source has changed: \
                 remove it from corrections.toml",
                c.was, c.reason
            );
            return Err(self.structure(&c.file, &c.record, reason));
        }
        let id: &SourceId = &self.card.id;
        for file in &self.card.files {
            if file.unread.is_some() {
                self.fingerprint(&file.path)?;
            }
            let count = self
                .counts
                .get(file.path.as_str())
                .cloned()
                .unwrap_or_default();
            let (low, high) = file.records;
            if !(low..=high).contains(&count.records) {
                self.report.unexpected.push(format!(
                    "{} has {} records where the card expects {low} to {high}",
                    file.path, count.records
                ));
            }
            let vintage = Vintage {
                source: id.clone(),
                file: file.path.clone(),
                vintage: self.card.vintage,
                bytes: count.size,
                sha256: count.sha256,
                records: count.records,
                kept: count.kept,
                left_out: count.left_out,
                skipped: count.skipped,
            };
            self.records.vintages.push(vintage.clone());
            self.report.files.push(vintage);
        }
        let all = self
            .lookups
            .countries
            .keys()
            .chain(self.lookups.not_countries.keys());
        self.report.unused_lookups = all
            .filter(|n| !self.used_lookups.contains(*n))
            .cloned()
            .collect();
        Ok(self.report)
    }
}
