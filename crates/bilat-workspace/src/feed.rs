//! Feeds: RSS, Atom and JSON Feed.

use bilat_model::document::Span;
use jiff::civil::Date;
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Trouble};
use crate::store::{Workspace, time};

/// Entries beyond this many are not read: a feed is what is newest.
pub const MOST_ENTRIES: usize = 1000;

/// Bytes beyond this many make no feed.
pub const MOST_BYTES: usize = 16 << 20;

/// The longest title, link or name of an entry that is kept, in bytes.
const LONGEST: usize = 4096;

/// A feed as it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Feed {
    /// Its title.
    pub title: Option<String>,
    /// Its entries, in its order.
    pub entries: Vec<Entry>,
}

/// An entry of a feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Names it within the feed.
    pub id: String,
    /// Its title.
    pub title: Option<String>,
    /// The page it leads to, absolute.
    pub link: Option<String>,
    /// The day of its publication, in UTC, else of its last change.
    pub published: Option<Date>,
}

/// What is known of a feed from earlier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedState {
    /// Its address.
    pub url: String,
    /// Its title.
    pub title: Option<String>,
    /// The `ETag` of the last answer.
    pub etag: Option<String>,
    /// The `Last-Modified` of the last answer.
    pub last_modified: Option<String>,
    /// When it was last asked.
    pub fetched: String,
}

/// Reads a feed. `url` is its address, against which links in it are resolved.
///
/// # Errors
/// [`Trouble::Feed`] when it is none.
pub fn parse(bytes: &[u8], url: &str) -> Result<Feed, Error> {
    let bad = |reason: String| Trouble::Feed(reason);
    if bytes.len() > MOST_BYTES {
        return Err(bad(format!("it has more than {MOST_BYTES} bytes")).into());
    }
    // Entries without a name are told apart by their link, else by their title: the library would
    // draw a name by lot.
    let parser = feed_rs::parser::Builder::new()
        .base_uri(Some(url))
        .id_generator(|links, title, _| {
            let link = links.first().map(|l| l.href.clone());
            let title = title.as_ref().map(|t| t.content.clone());
            link.or(title).unwrap_or_default()
        })
        .build();
    let feed = parser.parse(bytes).map_err(|e| bad(e.to_string()))?;
    let entries = feed.entries.into_iter().take(MOST_ENTRIES).map(entry);
    Ok(Feed {
        title: feed.title.and_then(|t| line(&t.content)),
        entries: entries.filter(|e| !e.id.is_empty()).collect(),
    })
}

fn entry(e: feed_rs::model::Entry) -> Entry {
    let page = e
        .links
        .iter()
        .find(|l| l.rel.as_deref().is_none_or(|r| r == "alternate"))
        .or(e.links.first());
    let link = page.map(|l| l.href.trim().to_owned());
    let web =
        |l: &String| l.len() <= LONGEST && (l.starts_with("https://") || l.starts_with("http://"));
    let at = e.published.or(e.updated);
    let day = at.and_then(|t| jiff::Timestamp::from_second(t.timestamp()).ok());
    Entry {
        id: cut(e.id.trim()).to_owned(),
        title: e.title.and_then(|t| line(&t.content)),
        link: link.filter(web),
        published: day.map(|t| t.to_zoned(jiff::tz::TimeZone::UTC).date()),
    }
}

/// A text on one line, `None` when nothing is left.
fn line(text: &str) -> Option<String> {
    let words: Vec<_> = cut(text).split_whitespace().collect();
    let line = words.join(" ");
    (!line.is_empty()).then_some(line)
}

fn cut(text: &str) -> &str {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Span::new(0, end).of(text)
}

impl Workspace {
    /// What is known of a feed.
    ///
    /// # Errors
    /// [`Error`] of the database.
    pub fn feed(&self, url: &str) -> Result<Option<FeedState>, Error> {
        let sql = "SELECT url, title, etag, last_modified, fetched FROM feed WHERE url = ?1";
        let state = self.db.query_row(sql, [url], feed_state).optional();
        state.map_err(|e| Error::from(e).at(&self.path))
    }

    /// All feeds, by address.
    ///
    /// # Errors
    /// [`Error`] of the database.
    pub fn feeds(&self) -> Result<Vec<FeedState>, Error> {
        let sql = "SELECT url, title, etag, last_modified, fetched FROM feed ORDER BY url";
        let all = (|| {
            let mut q = self.db.prepare(sql)?;
            q.query_map([], feed_state)?.collect::<Result<_, _>>()
        })();
        all.map_err(|e| Error::from(e).at(&self.path))
    }

    /// Takes note of an answer, a 304 included.
    ///
    /// # Errors
    /// [`Error`]; also when the time is none.
    pub fn feed_fetched(&mut self, state: &FeedState) -> Result<(), Error> {
        let at = time(&state.fetched)?;
        let path = self.path.clone();
        let t = self.write().map_err(|e| e.at(&path))?;
        let kept = t.execute(
            "INSERT INTO feed (url, title, etag, last_modified, fetched) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (url) DO UPDATE SET title = coalesce(excluded.title, title),
                etag = excluded.etag, last_modified = excluded.last_modified,
                fetched = excluded.fetched",
            params![state.url, state.title, state.etag, state.last_modified, at],
        );
        kept.and_then(|_| t.commit())
            .map_err(|e| Error::from(e).at(&path))
    }

    /// The entries of a feed that have not been dealt with, in the feed's order.
    ///
    /// # Errors
    /// [`Error`] of the database.
    pub fn feed_new(&self, url: &str, feed: &Feed) -> Result<Vec<Entry>, Error> {
        let mut out: Vec<Entry> = Vec::new();
        let sql = "SELECT count(*) FROM feed_entry WHERE feed = ?1 AND entry = ?2";
        for e in &feed.entries {
            let known: i64 = self
                .db
                .query_row(sql, [url, &e.id], |r| r.get(0))
                .map_err(|x| Error::from(x).at(&self.path))?;
            if known == 0 && !out.iter().any(|o| o.id == e.id) {
                out.push(e.clone());
            }
        }
        Ok(out)
    }

    /// Takes note that an entry has been dealt with: the document that it led to, by its SHA-256,
    /// or `None` when it was passed over. An entry that failed to load is better left new.
    ///
    /// # Errors
    /// [`Error`]; the feed must be known by [`Workspace::feed_fetched`].
    pub fn feed_taken(
        &mut self,
        url: &str,
        entry: &Entry,
        document: Option<&str>,
        at: &str,
    ) -> Result<(), Error> {
        let at = time(at)?;
        if self.feed(url)?.is_none() {
            return Err(Error::unknown("feed", url).at(&self.path));
        }
        let path = self.path.clone();
        let t = self.write().map_err(|e| e.at(&path))?;
        let published = entry.published.map(|d| d.to_string());
        let kept = t.execute(
            "INSERT OR REPLACE INTO feed_entry (feed, entry, link, title, published, document, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                url,
                entry.id,
                entry.link,
                entry.title,
                published,
                document,
                at
            ],
        );
        kept.and_then(|_| t.commit())
            .map_err(|e| Error::from(e).at(&path))
    }
}

fn feed_state(r: &rusqlite::Row<'_>) -> rusqlite::Result<FeedState> {
    Ok(FeedState {
        url: r.get(0)?,
        title: r.get(1)?,
        etag: r.get(2)?,
        last_modified: r.get(3)?,
        fetched: r.get(4)?,
    })
}
