//! What was read of a document: text, parts, metadata and evidence, checked before it is kept.

use bilat_model::document::{Block, Document, Meta, Origin, Span};
use bilat_model::told::{self, Extraction};
use bilat_model::{Pair, told_evidence};
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::pack;

/// A reading in the form of the archive; its digest is taken over this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reading {
    /// The program that read, with its version.
    pub(crate) program: String,
    pub(crate) meta: Meta,
    /// The text, when it is not the bytes themselves.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) text: Option<String>,
    pub(crate) blocks: Vec<Block>,
    pub(crate) origin: Origin,
    /// By pair, each once.
    pub(crate) told: Vec<Extraction>,
}

impl Reading {
    /// Takes a reading over, if it fits its document and itself.
    pub(crate) fn of(
        bytes: &[u8],
        document: &Document,
        told: &[Extraction],
        program: &str,
    ) -> Result<Self, Error> {
        let same = bytes == document.text.as_bytes();
        if document.origin == Origin::Identity && !same {
            return Err(Error::unfit("the text is said to be the bytes and is not"));
        }
        let mut told = told.to_vec();
        told.sort_by_key(|t| t.pair);
        let reading = Self {
            program: program.to_owned(),
            meta: document.meta.clone(),
            text: (!same).then(|| document.text.clone()),
            blocks: document.blocks.clone(),
            origin: document.origin.clone(),
            told,
        };
        reading.check(&document.text).map_err(Error::unfit)?;
        Ok(reading)
    }

    /// Spans on character boundaries, quotes equal to the text, each pair once and in order: in
    /// another, what is brought back would have another digest.
    pub(crate) fn check(&self, text: &str) -> Result<(), String> {
        if let Some(bad) = self.blocks.iter().find(|b| !fits(text, b.span)) {
            return Err(format!("a block at {:?} is not in the text", bad.span));
        }
        for two in self.told.windows(2) {
            if two[0].pair == two[1].pair {
                return Err(format!("{} is told of twice", two[0].pair));
            }
            if two[0].pair > two[1].pair {
                let (a, b) = (two[0].pair, two[1].pair);
                return Err(format!("{a} stands before {b}, which is not their order"));
            }
        }
        for told in &self.told {
            for (span, quote) in quotes(told) {
                if !fits(text, span) || span.of(text) != quote {
                    return Err(format!("the quote “{quote}” does not stand at {span:?}"));
                }
            }
        }
        Ok(())
    }

    /// SHA-256 of the archive's form, hexadecimal.
    pub(crate) fn digest(&self) -> Result<String, Error> {
        let mut hash = Hashing(Sha256::new());
        serde_json::to_writer(&mut hash, self).map_err(|e| Error::unfit(e.to_string()))?;
        Ok(pack::hex(&hash.0.finalize()))
    }

    /// Keeps it. The names of the evidence are made of the document's hash.
    pub(crate) fn store(
        &self,
        db: &Connection,
        document: i64,
        sha256: &str,
        (at, current): (&str, bool),
        text: &str,
    ) -> Result<i64, Error> {
        let m = &self.meta;
        let packed = self.text.as_ref().map(|t| pack::pack(t.as_bytes()));
        db.execute(
            "INSERT INTO reading (document, digest, program, at, title, author, publisher,
                published, published_by, language, meta_url, text, text_size, blocks, origin,
                current)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
            params![
                document,
                self.digest()?,
                self.program,
                at,
                m.title,
                m.author,
                m.publisher,
                m.published.map(|d| d.to_string()),
                m.published_by,
                m.language,
                m.url,
                packed.transpose()?,
                text.len(),
                json(&self.blocks)?,
                json(&self.origin)?,
                current,
            ],
        )?;
        let id = db.last_insert_rowid();
        for told in &self.told {
            db.execute(
                "INSERT INTO told (reading, pair, published, constraints) VALUES (?1, ?2, ?3, ?4)",
                params![
                    id,
                    told.pair.to_string(),
                    told.published.map(|d| d.to_string()),
                    json(&told.constraints)?
                ],
            )?;
            store_evidence(db, id, sha256, told)?;
        }
        Ok(id)
    }

    /// Brings it back.
    pub(crate) fn load(db: &Connection, reading: i64) -> Result<Self, Error> {
        let mut out = db.query_row(
            "SELECT program, title, author, publisher, published, published_by, language, meta_url,
                text, text_size, blocks, origin FROM reading WHERE id = ?1",
            [reading],
            |r| {
                let meta = (
                    r.get::<_, Option<String>>(1)?,
                    r.get::<_, Option<String>>(2)?,
                    r.get::<_, Option<String>>(3)?,
                    r.get::<_, Option<String>>(4)?,
                    r.get::<_, Option<String>>(5)?,
                    r.get::<_, Option<String>>(6)?,
                    r.get::<_, Option<String>>(7)?,
                );
                let text = (r.get::<_, Option<Vec<u8>>>(8)?, r.get::<_, usize>(9)?);
                Ok((r.get::<_, String>(0)?, meta, text, r.get::<_, String>(10)?, r.get::<_, String>(11)?))
            },
        )
        .map_err(Error::from)
        .and_then(|(program, meta, (packed, size), blocks, origin)| {
            let (title, author, publisher, published, published_by, language, url) = meta;
            Ok(Self {
                program,
                meta: Meta {
                    title,
                    author,
                    publisher,
                    url,
                    published: published.as_deref().map(date).transpose()?,
                    published_by,
                    language,
                },
                text: packed.map(|p| pack::unpack_text(&p, size)).transpose()?,
                blocks: parsed(&blocks)?,
                origin: parsed(&origin)?,
                told: Vec::new(),
            })
        })?;
        let mut q = db.prepare_cached(
            "SELECT pair, published, constraints FROM told WHERE reading = ?1 ORDER BY pair",
        )?;
        let mut rows = q.query([reading])?;
        while let Some(r) = rows.next()? {
            let pair: String = r.get(0)?;
            let pair = pair.parse().map_err(|e| Error::damaged(format!("{e}")))?;
            out.told.push(load_told(
                db,
                reading,
                pair,
                r.get(1)?,
                &r.get::<_, String>(2)?,
            )?);
        }
        Ok(out)
    }
}

/// What a reading tells of one pair.
pub(crate) fn load_told(
    db: &Connection,
    reading: i64,
    pair: Pair,
    published: Option<String>,
    constraints: &str,
) -> Result<Extraction, Error> {
    let mut told = Extraction {
        pair,
        published: published.as_deref().map(date).transpose()?,
        figures: Vec::new(),
        events: Vec::new(),
        ties: Vec::new(),
        constraints: parsed(constraints)?,
    };
    let mut q = db.prepare_cached(
        "SELECT type, original FROM evidence WHERE reading = ?1 AND pair = ?2 ORDER BY id",
    )?;
    let mut rows = q.query(params![reading, pair.to_string()])?;
    while let Some(r) = rows.next()? {
        let original: String = r.get(1)?;
        match r.get_ref(0)?.as_str().unwrap_or_default() {
            "figure" => told.figures.push(parsed(&original)?),
            "event" => told.events.push(parsed(&original)?),
            _ => told.ties.push(parsed(&original)?),
        }
    }
    Ok(told)
}

/// The columns that SQL may ask for, beside the original.
struct Flat<'a> {
    kind: &'static str,
    from: Option<String>,
    to: Option<String>,
    date: Option<String>,
    value: Option<String>,
    unit: Option<&'a str>,
    what: Option<&'a str>,
    original: String,
}

fn store_evidence(
    db: &Connection,
    reading: i64,
    sha256: &str,
    told: &Extraction,
) -> Result<(), Error> {
    let figures = told.figures.iter().map(|f| ("figure", flat_figure(f)));
    let events = told.events.iter().map(|e| ("event", flat_event(e)));
    let ties = told.ties.iter().map(|t| ("tie", flat_tie(t)));
    let mut insert = db.prepare_cached(
        "INSERT INTO evidence (reading, name, pair, type, kind, \"from\", \"to\", date, value,
            unit, what, span_start, span_end, original)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    )?;
    // Both lists are made in the same order.
    let named = told_evidence::of(sha256, told);
    for (e, (what, flat)) in named.iter().zip(figures.chain(events).chain(ties)) {
        let flat = flat?;
        let span = e.statement.quoted().map_or(Span::new(0, 0), |(s, _)| s);
        insert.execute(params![
            reading,
            e.id.0,
            told.pair.to_string(),
            what,
            flat.kind,
            flat.from,
            flat.to,
            flat.date,
            flat.value,
            flat.unit,
            flat.what,
            span.start,
            span.end,
            flat.original
        ])?;
    }
    Ok(())
}

fn flat_figure(f: &told::Figure) -> Result<Flat<'_>, Error> {
    Ok(Flat {
        kind: f.kind.code(),
        from: Some(f.from.to_string()),
        to: Some(f.to.to_string()),
        date: f.period.map(|p| p.to_string()),
        value: f.value.map(|v| v.normalize().to_string()),
        unit: Some(&f.unit),
        what: f.product.as_deref(),
        original: json(f)?,
    })
}

fn flat_event(e: &told::Event) -> Result<Flat<'_>, Error> {
    Ok(Flat {
        kind: e.kind.code(),
        from: None,
        to: e.host.map(|h| h.to_string()),
        date: e.date.map(|d| d.to_string()),
        value: None,
        unit: None,
        what: Some(&e.what),
        original: json(e)?,
    })
}

fn flat_tie(t: &told::Tie) -> Result<Flat<'_>, Error> {
    Ok(Flat {
        kind: t.kind.code(),
        from: t.participants.first().map(|c| c.to_string()),
        to: t.participants.get(1).map(|c| c.to_string()),
        date: t.since.map(|d| d.to_string()),
        value: None,
        unit: None,
        what: Some(&t.what),
        original: json(t)?,
    })
}

fn quotes(told: &Extraction) -> impl Iterator<Item = (Span, &str)> {
    let figures = told.figures.iter().map(|f| (f.span, f.quote.as_str()));
    let events = told.events.iter().map(|e| (e.span, e.quote.as_str()));
    let ties = told.ties.iter().map(|t| (t.span, t.quote.as_str()));
    figures.chain(events).chain(ties)
}

fn fits(text: &str, span: Span) -> bool {
    text.get(span.start..span.end).is_some()
}

pub(crate) fn json<T: Serialize>(value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|e| Error::unfit(e.to_string()))
}

/// JSON that the workspace itself wrote.
pub(crate) fn parsed<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|e| Error::damaged(format!("a row does not read: {e}")))
}

pub(crate) fn date(text: &str) -> Result<jiff::civil::Date, Error> {
    text.parse()
        .map_err(|_| Error::damaged(format!("“{text}” is not a date")))
}

struct Hashing(Sha256);

impl std::io::Write for Hashing {
    fn write(&mut self, buf: &[u8]) -> std::io::Result<usize> {
        self.0.update(buf);
        Ok(buf.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
