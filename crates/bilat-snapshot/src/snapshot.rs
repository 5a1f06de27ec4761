//! The snapshot as the rest of the program sees it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use bilat_model::evidence::{Citation, Event, Figure, Statement, Tie};
use bilat_model::profile::{
    City, Fact, Membership, Outline, Product, Profile, RollCall, VotingRecord,
};
use bilat_model::registry::{CountryInfo, CountryName};
use bilat_model::source::{SourceId, Vintage};
use bilat_model::standing::{AgreementMean, Standing};
use bilat_model::{Country, Evidence, Pair, Registry};
use bytes::Bytes;

use crate::codec::{Decode, Point, StoredRow, VoteRow};
use crate::file::{Keys, TableFile};
use crate::manifest::{MANIFEST, Manifest};
use crate::write::read_file;
use crate::{Column, SnapshotError, Table, embedded};

/// A snapshot, with the synced sources that lie over it.
#[derive(Debug)]
pub struct Snapshot {
    /// The snapshot first; each later layer replaces the sources that it holds.
    pub(crate) layers: Vec<Layer>,
}

/// One folder of tables.
#[derive(Debug)]
pub(crate) struct Layer {
    pub(crate) tables: BTreeMap<Table, TableFile>,
    /// The list of its files as read.
    manifest: Manifest,
    /// Where it lies, for messages.
    place: Arc<str>,
    /// Sources whose rows here are replaced by a later layer.
    pub(crate) hidden: BTreeSet<SourceId>,
}

/// A table with its size and documentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableInfo {
    /// Its name in SQL.
    pub name: &'static str,
    /// What it holds and how it is sorted.
    pub doc: &'static str,
    /// Its size in bytes, all layers together.
    pub bytes: u64,
    /// Its rows, all layers together.
    pub rows: u64,
    /// Its columns.
    pub columns: &'static [Column],
}

impl Snapshot {
    /// The snapshot that the program carries. Nothing is copied or unpacked; its bytes were
    /// checked against their list when it was built.
    ///
    /// # Errors
    /// [`SnapshotError::NotEmbedded`] in a program built before a snapshot was made.
    pub fn embedded() -> Result<Self, SnapshotError> {
        let list = embedded::file(MANIFEST).ok_or(SnapshotError::NotEmbedded)?;
        let manifest = Manifest::parse(list, "this program")?;
        let layer = Layer::new(manifest, "this program", |table, _| {
            embedded::file(&table.file())
                .map(Bytes::from_static)
                .ok_or_else(|| SnapshotError::damaged(table, "this program", "its file is missing"))
        })?;
        Ok(Self {
            layers: vec![layer],
        })
    }

    /// The snapshot of a folder. Every file is compared with its hash in the list.
    ///
    /// # Errors
    /// [`SnapshotError::File`] for a file that cannot be read, [`SnapshotError::Manifest`] and
    /// [`SnapshotError::Damaged`] for what is not as it was written.
    pub fn open(dir: &Path) -> Result<Self, SnapshotError> {
        Ok(Self {
            layers: vec![Layer::open(dir)?],
        })
    }

    /// Lays a folder made by [`write_overlay`](crate::write_overlay) over the snapshot: the rows
    /// of every source in its table of vintages take the place of what was there. Tables whose
    /// rows name no source (votes, standings, means) are replaced as a whole when the folder has
    /// them.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn with_overlay(mut self, dir: &Path) -> Result<Self, SnapshotError> {
        let layer = Layer::open(dir)?;
        let vintages: Vec<Vintage> = layer.all(Table::Vintages)?;
        for below in &mut self.layers {
            below
                .hidden
                .extend(vintages.iter().map(|v| v.source.clone()));
        }
        self.layers.push(layer);
        Ok(self)
    }

    /// Compares every file with its hash in the list of its folder.
    ///
    /// # Errors
    /// [`SnapshotError::Damaged`] for the first that differs.
    pub fn verify(&self) -> Result<(), SnapshotError> {
        self.layers.iter().try_for_each(Layer::verify)
    }

    /// The tables with their sizes and columns.
    #[must_use]
    pub fn tables(&self) -> Vec<TableInfo> {
        let info = |table: &Table| {
            let entries = || {
                self.layers
                    .iter()
                    .flat_map(|l| &l.manifest.tables)
                    .filter(|e| e.table == table.name())
            };
            TableInfo {
                name: table.name(),
                doc: table.doc(),
                bytes: entries().map(|e| e.bytes).sum(),
                rows: entries().map(|e| e.rows).sum(),
                columns: table.columns(),
            }
        };
        Table::ALL.iter().map(info).collect()
    }

    /// The files of a table, the snapshot's first, each with the sources whose rows in it a later
    /// file replaces. Of tables that name no source, the last file alone holds.
    #[must_use]
    pub fn files(&self, table: Table) -> Vec<(Bytes, &BTreeSet<SourceId>)> {
        self.visible(table)
            .map(|(layer, file)| (file.bytes.clone(), &layer.hidden))
            .collect()
    }

    /// The countries and their names.
    ///
    /// # Errors
    /// [`SnapshotError::Damaged`].
    pub fn registry(&self) -> Result<Registry, SnapshotError> {
        let infos = self.rows(Table::Countries, None, |i: &CountryInfo| &i.citation)?;
        let names = self.rows(Table::Names, None, |n: &CountryName| &n.citation)?;
        Ok(Registry::new(infos, names))
    }

    /// All evidence about a pair: figures, events, ties, each in the order of its table.
    ///
    /// # Errors
    /// [`SnapshotError::Damaged`].
    pub fn pair(&self, pair: Pair) -> Result<Vec<Evidence>, SnapshotError> {
        Ok(self.pairs(pair, pair)?.remove(&pair).unwrap_or_default())
    }

    /// All evidence about each pair from `first` to `last` that has any, as
    /// [`pair`](Self::pair) gives it. Neighbours lie in the same pages, which are read once.
    ///
    /// # Errors
    /// [`SnapshotError::Damaged`].
    pub fn pairs(
        &self,
        first: Pair,
        last: Pair,
    ) -> Result<BTreeMap<Pair, Vec<Evidence>>, SnapshotError> {
        let (first, last) = (first.to_string(), last.to_string());
        let keys = Keys {
            first: &first,
            last: &last,
        };
        let mut out = BTreeMap::new();
        self.evidence_of::<Figure>(Table::Figures, keys, Statement::Figure, &mut out)?;
        self.evidence_of::<Event>(Table::Events, keys, Statement::Event, &mut out)?;
        self.evidence_of::<Tie>(Table::Ties, keys, Statement::Tie, &mut out)?;
        Ok(out)
    }

    fn evidence_of<T>(
        &self,
        table: Table,
        keys: Keys<'_>,
        wrap: impl Fn(T) -> Statement,
        out: &mut BTreeMap<Pair, Vec<Evidence>>,
    ) -> Result<(), SnapshotError>
    where
        StoredRow<T>: Decode,
    {
        let mut rows = self.rows(table, Some(keys), |r: &StoredRow<T>| &r.citation)?;
        if self.layers.len() > 1 {
            rows.sort_by(|x, y| x.citation.source.cmp(&y.citation.source));
        }
        for row in rows {
            out.entry(row.pair).or_default().push(row.evidence(&wrap));
        }
        Ok(())
    }

    /// All that is known of a country; `None` for a code that is not in the registry.
    ///
    /// # Errors
    /// [`SnapshotError::Damaged`].
    pub fn profile(&self, country: Country) -> Result<Option<Profile>, SnapshotError> {
        let key = Some(Keys::one(country.code()));
        let infos = self.rows(Table::Countries, key, |i: &CountryInfo| &i.citation)?;
        let Some(info) = infos.into_iter().next() else {
            return Ok(None);
        };
        let points = self.rows(Table::Outlines, key, |p: &Point<Citation>| &p.citation)?;
        Ok(Some(Profile {
            info,
            memberships: self.rows(Table::Memberships, key, |m: &Membership| &m.citation)?,
            facts: self.rows(Table::Facts, key, |f: &Fact| &f.citation)?,
            cities: self.rows(Table::Cities, key, |c: &City| &c.citation)?,
            outline: outline(points),
        }))
    }

    /// The cities of all countries, by country.
    ///
    /// # Errors
    /// [`SnapshotError::Damaged`].
    pub fn cities(&self) -> Result<Vec<City>, SnapshotError> {
        self.rows(Table::Cities, None, |c: &City| &c.citation)
    }

    /// The memberships of one country; none for a code that is not in the registry.
    ///
    /// # Errors
    /// [`SnapshotError::Damaged`].
    pub fn memberships_of(&self, country: Country) -> Result<Vec<Membership>, SnapshotError> {
        let key = Some(Keys::one(country.code()));
        self.rows(Table::Memberships, key, |m: &Membership| &m.citation)
    }

    /// The roll calls of the UN General Assembly, by index.
    ///
    /// # Errors
    /// [`SnapshotError::Damaged`].
    pub fn roll_calls(&self) -> Result<Vec<RollCall>, SnapshotError> {
        self.rows(Table::RollCalls, None, |c: &RollCall| &c.citation)
    }

    /// What a country did at the roll calls; without votes for one that never voted.
    ///
    /// # Errors
    /// [`SnapshotError::Damaged`].
    pub fn voting(&self, country: Country) -> Result<VotingRecord, SnapshotError> {
        let votes: Vec<VoteRow> = self.sourceless(Table::Votes, Some(Keys::one(country.code())))?;
        Ok(VotingRecord {
            country,
            votes: votes.into_iter().map(|v| (v.index, v.vote)).collect(),
        })
    }

    /// What every country did at the roll calls, by country.
    ///
    /// # Errors
    /// [`SnapshotError::Damaged`].
    pub fn all_voting(&self) -> Result<Vec<VotingRecord>, SnapshotError> {
        let mut out = Vec::<VotingRecord>::new();
        for row in self.sourceless::<VoteRow>(Table::Votes, None)? {
            match out.last_mut() {
                Some(r) if r.country == row.country => r.votes.push((row.index, row.vote)),
                _ => out.push(VotingRecord {
                    country: row.country,
                    votes: vec![(row.index, row.vote)],
                }),
            }
        }
        Ok(out)
    }

    /// The outlines of all countries, by code.
    ///
    /// # Errors
    /// [`SnapshotError::Damaged`].
    pub fn outlines(&self) -> Result<Vec<Outline>, SnapshotError> {
        let points = self.rows(Table::Outlines, None, |p: &Point<Citation>| &p.citation)?;
        let mut by_country = BTreeMap::<Country, Vec<Point<Citation>>>::new();
        for p in points {
            by_country.entry(p.country).or_default().push(p);
        }
        Ok(by_country.into_values().filter_map(outline).collect())
    }

    /// The memberships of all countries, by country.
    ///
    /// # Errors
    /// [`SnapshotError::Damaged`].
    pub fn memberships(&self) -> Result<Vec<Membership>, SnapshotError> {
        self.rows(Table::Memberships, None, |m: &Membership| &m.citation)
    }

    /// The files that were read, by source, then file.
    ///
    /// # Errors
    /// [`SnapshotError::Damaged`].
    pub fn vintages(&self) -> Result<Vec<Vintage>, SnapshotError> {
        let mut out = Vec::new();
        for (layer, file) in self.visible(Table::Vintages) {
            let rows = file.all::<Vintage>()?.into_iter();
            out.extend(rows.filter(|v| !layer.hidden.contains(&v.source)));
        }
        out.sort_by(|x, y| (&x.source, &x.file).cmp(&(&y.source, &y.file)));
        Ok(out)
    }

    /// The nomenclatures of goods.
    ///
    /// # Errors
    /// [`SnapshotError::Damaged`].
    pub fn products(&self) -> Result<Vec<Product>, SnapshotError> {
        self.rows(Table::Products, None, |p: &Product| &p.citation)
    }

    /// Where a pair stands, by indicator and period.
    ///
    /// # Errors
    /// [`SnapshotError::Damaged`].
    pub fn standings(&self, pair: Pair) -> Result<Vec<Standing>, SnapshotError> {
        self.sourceless(Table::Standings, Some(Keys::one(&pair.to_string())))
    }

    /// Where each pair from `first` to `last` stands, as [`standings`](Self::standings) gives it.
    ///
    /// # Errors
    /// [`SnapshotError::Damaged`].
    pub fn standings_of_pairs(
        &self,
        first: Pair,
        last: Pair,
    ) -> Result<BTreeMap<Pair, Vec<Standing>>, SnapshotError> {
        let (first, last) = (first.to_string(), last.to_string());
        let keys = Keys {
            first: &first,
            last: &last,
        };
        let mut out = BTreeMap::<Pair, Vec<Standing>>::new();
        for row in self.sourceless::<Standing>(Table::Standings, Some(keys))? {
            out.entry(row.pair).or_default().push(row);
        }
        Ok(out)
    }

    /// How often a country voted as the others did, by year.
    ///
    /// # Errors
    /// [`SnapshotError::Damaged`].
    pub fn agreement_means(&self, country: Country) -> Result<Vec<AgreementMean>, SnapshotError> {
        self.sourceless(Table::AgreementMeans, Some(Keys::one(country.code())))
    }

    /// The files of a table that count, with their layers.
    pub(crate) fn visible(&self, table: Table) -> impl Iterator<Item = (&Layer, &TableFile)> {
        // A table that names no source cannot be mixed: the last layer that has it holds.
        let from = if table.has_source() {
            0
        } else {
            self.layers
                .iter()
                .rposition(|l| l.tables.contains_key(&table))
                .unwrap_or(0)
        };
        self.layers[from..]
            .iter()
            .filter_map(move |l| Some((l, l.tables.get(&table)?)))
    }

    /// The rows of a table that names its sources, of some keys or all, without replaced ones.
    fn rows<T: Decode>(
        &self,
        table: Table,
        keys: Option<Keys<'_>>,
        citation: impl Fn(&T) -> &Citation,
    ) -> Result<Vec<T>, SnapshotError> {
        let mut out = Vec::new();
        for (layer, file) in self.visible(table) {
            let rows: Vec<T> = match keys {
                Some(keys) => file.of_keys(keys)?,
                None => file.all()?,
            };
            if layer.hidden.is_empty() && out.is_empty() {
                out = rows;
            } else {
                let stay = |r: &T| !layer.hidden.contains(&citation(r).source);
                out.extend(rows.into_iter().filter(stay));
            }
        }
        Ok(out)
    }

    fn sourceless<T: Decode>(
        &self,
        table: Table,
        keys: Option<Keys<'_>>,
    ) -> Result<Vec<T>, SnapshotError> {
        match (self.visible(table).last(), keys) {
            (None, _) => Ok(Vec::new()),
            (Some((_, file)), Some(keys)) => file.of_keys(keys),
            (Some((_, file)), None) => file.all(),
        }
    }
}

/// The shape that points of one country draw.
fn outline(points: Vec<Point<Citation>>) -> Option<Outline> {
    let first = points.first()?;
    let (country, citation) = (first.country, first.citation.clone());
    let mut rings = Vec::<Vec<(f32, f32)>>::new();
    let mut current = None;
    for p in points {
        if current != Some(p.ring) {
            current = Some(p.ring);
            rings.push(Vec::new());
        }
        if let Some(ring) = rings.last_mut() {
            ring.push(p.at);
        }
    }
    Some(Outline {
        country,
        rings,
        citation,
    })
}

impl Layer {
    fn new(
        manifest: Manifest,
        place: &str,
        bytes: impl Fn(Table, &Path) -> Result<Bytes, SnapshotError>,
    ) -> Result<Self, SnapshotError> {
        let place: Arc<str> = Arc::from(place);
        let mut tables = BTreeMap::new();
        for table in manifest.tables.iter().filter_map(|e| Table::of(&e.table)) {
            let bytes = bytes(table, Path::new(&table.file()))?;
            tables.insert(table, TableFile::new(table, place.clone(), bytes));
        }
        Ok(Self {
            tables,
            manifest,
            place,
            hidden: BTreeSet::new(),
        })
    }

    fn open(dir: &Path) -> Result<Self, SnapshotError> {
        let place = dir.display().to_string();
        let manifest = Manifest::parse(&read_file(&dir.join(MANIFEST))?, &place)?;
        let layer = Self::new(manifest, &place, |_, file| {
            read_file(&dir.join(file)).map(Bytes::from)
        })?;
        layer.verify()?;
        Ok(layer)
    }

    fn verify(&self) -> Result<(), SnapshotError> {
        for entry in &self.manifest.tables {
            let Some(file) = Table::of(&entry.table).and_then(|t| self.tables.get(&t)) else {
                continue; // The manifest was refused if it named an unknown table.
            };
            if let Some(reason) = entry.mismatch(&file.bytes) {
                return Err(SnapshotError::damaged(file.table, &self.place, reason));
            }
            if file.rows()? != entry.rows {
                return Err(file.damaged("its rows are not as many as MANIFEST.json says"));
            }
        }
        Ok(())
    }

    fn all<T: Decode>(&self, table: Table) -> Result<Vec<T>, SnapshotError> {
        self.tables
            .get(&table)
            .map_or_else(|| Ok(Vec::new()), TableFile::all)
    }
}
