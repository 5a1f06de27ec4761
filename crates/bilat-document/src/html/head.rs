//! What a page says of itself: JSON-LD, `meta` tags, `link`, `time`, `title`, `html lang`.

use bilat_model::document::Meta;
use jiff::civil::Date;
use serde_json::Value;

use super::markup::{Tag, Token, Tokens};
use crate::{Error, dateline};

/// Characters of a value that are kept.
const VALUE: usize = 500;
/// Things of one kind that are looked at.
const MANY: usize = 200;
/// Bytes of one JSON-LD block that is read.
const JSON: usize = 1 << 20;

/// Raw findings of the scan.
#[derive(Default)]
pub(super) struct Head {
    /// Names in lower case and contents, in order.
    metas: Vec<(String, String)>,
    json: Vec<String>,
    title: Option<String>,
    canonical: Option<String>,
    language: Option<String>,
    /// `datetime` of `time` elements, and whether they say that it is the publication's.
    times: Vec<(String, bool)>,
    /// First-level headings.
    pub(super) headings: Vec<String>,
}

impl Head {
    /// Notes what a tag says.
    pub(super) fn tag(&mut self, name: &str, tag: &Tag<'_>) {
        match name {
            "html" => {
                let language = tag.attribute("lang").or_else(|| tag.attribute("xml:lang"));
                self.language = self.language.take().or(language.map(|l| tidy(&l)));
            }
            "meta" if self.metas.len() < MANY => {
                let key = ["property", "name", "itemprop", "http-equiv"];
                let key = key.iter().find_map(|k| tag.attribute(k));
                if let (Some(key), Some(content)) = (key, tag.attribute("content")) {
                    self.metas.push((tidy(&key).to_lowercase(), tidy(&content)));
                }
            }
            "link" => {
                let canonical = tag.attribute("rel").is_some_and(|r| {
                    r.split_ascii_whitespace()
                        .any(|r| r.eq_ignore_ascii_case("canonical"))
                });
                if canonical && self.canonical.is_none() {
                    self.canonical = tag.attribute("href").and_then(|h| address(&h));
                }
            }
            "time" if self.times.len() < MANY => {
                let stated = tag
                    .attribute("itemprop")
                    .is_some_and(|p| p.eq_ignore_ascii_case("datepublished"))
                    || tag.attribute("pubdate").is_some()
                    || tag
                        .attribute("class")
                        .is_some_and(|c| c.contains("publish") || c.contains("entry-date"));
                if let Some(time) = tag.attribute("datetime") {
                    self.times.push((tidy(&time), stated));
                }
            }
            _ => {}
        }
    }

    /// Notes what an element without markup holds.
    pub(super) fn raw(&mut self, tag: &Tag<'_>, body: &str) {
        if tag.is("title") && self.title.is_none() {
            let title = tidy(&html_escape::decode_html_entities(body));
            self.title = Some(title).filter(|t| !t.is_empty());
        }
        let kind = || tag.attribute("type").unwrap_or_default();
        if tag.is("script") && body.len() <= JSON && self.json.len() < MANY {
            let data = kind()
                .trim()
                .to_ascii_lowercase()
                .starts_with("application/ld+json");
            if data {
                self.json.push(body.to_owned());
            }
        }
    }

    /// Notes a first-level heading.
    pub(super) fn heading(&mut self, text: &str) {
        let text = tidy(text);
        if !text.is_empty() && self.headings.len() < MANY {
            self.headings.push(text);
        }
    }

    fn content(&self, names: &[&str]) -> Option<String> {
        let one = |n: &&str| self.metas.iter().find(|(k, v)| k == n && !v.is_empty());
        names.iter().find_map(one).map(|(_, v)| v.clone())
    }
}

/// Single spaces, no control characters, not endless.
fn tidy(text: &str) -> String {
    let kept: String = text
        .chars()
        .filter(|c| !c.is_control() || c.is_whitespace())
        .take(2 * VALUE)
        .collect();
    let words: Vec<&str> = kept.split_whitespace().collect();
    words.join(" ").chars().take(VALUE).collect()
}

/// An address that a browser would open as a page.
fn address(text: &str) -> Option<String> {
    let text = text.trim();
    let web = text.starts_with("https://") || text.starts_with("http://");
    (web && text.len() <= 2000 && !text.contains(|c: char| c.is_whitespace() || c.is_control()))
        .then(|| text.to_owned())
}

/// `meta` names that hold the day of publication, the surest first.
const DATES: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "article.published",
    "og:published_time",
    "publication_date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "citation_publication_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "dcterms.created",
    "dc.date",
    "dc.date.created",
    "date",
    "article_date_original",
    "originalpublicationdate",
];

/// Metadata by what is surest.
pub(super) fn meta(head: &Head) -> Result<Meta, Error> {
    let linked = head
        .json
        .iter()
        .filter_map(|j| linked(j))
        .reduce(Linked::or)
        .unwrap_or_default();
    let mut meta = Meta {
        title: linked
            .title
            .or_else(|| head.content(&["og:title", "twitter:title", "dc.title", "headline"]))
            .or_else(|| head.title.clone()),
        author: linked.author.or_else(|| {
            let author = head.content(&[
                "author",
                "article:author",
                "dc.creator",
                "parsely-author",
                "byl",
            ]);
            // Often it is the address of a profile.
            author.filter(|a| address(a).is_none())
        }),
        publisher: linked
            .publisher
            .or_else(|| head.content(&["og:site_name", "dc.publisher", "publisher"])),
        url: head
            .canonical
            .clone()
            .or_else(|| head.content(&["og:url"]).and_then(|u| address(&u)))
            .or_else(|| linked.url.and_then(|u| address(&u))),
        language: head
            .language
            .clone()
            .or(linked.language)
            .or_else(|| head.content(&["content-language", "og:locale", "language"]))
            .map(|l| l.replace('_', "-"))
            .filter(|l| is_language(l)),
        published: None,
        published_by: None,
    };
    let day = match (linked.published, first_day(head)?) {
        (Some(day), _) => Some((day, "json-ld")),
        (None, Some(day)) => Some((day, "meta")),
        (None, None) => time(head)?.map(|d| (d, "time")),
    };
    if let Some((day, by)) = day {
        meta.published = Some(day);
        meta.published_by = Some(by.to_owned());
    }
    Ok(meta)
}

fn first_day(head: &Head) -> Result<Option<Date>, Error> {
    for name in DATES {
        for (_, content) in head.metas.iter().filter(|(k, _)| k == name) {
            if let Some(day) = dateline::value(content)? {
                return Ok(Some(day));
            }
        }
    }
    Ok(None)
}

/// A `time` that says it is the publication's, or the only day that all of them name.
fn time(head: &Head) -> Result<Option<Date>, Error> {
    let mut days = Vec::new();
    for (time, stated) in &head.times {
        match dateline::value(time)? {
            Some(day) if *stated => return Ok(Some(day)),
            Some(day) => days.push(day),
            None => {}
        }
    }
    let one = days.windows(2).all(|w| w[0] == w[1]);
    Ok(days.first().copied().filter(|_| one))
}

fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts
        .next()
        .is_some_and(|p| (2..=3).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphabetic()));
    first
        && parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// What JSON-LD says of an article.
#[derive(Default)]
struct Linked {
    title: Option<String>,
    author: Option<String>,
    publisher: Option<String>,
    url: Option<String>,
    language: Option<String>,
    published: Option<Date>,
}

impl Linked {
    /// What this one does not say, the other does.
    fn or(self, other: Self) -> Self {
        Self {
            title: self.title.or(other.title),
            author: self.author.or(other.author),
            publisher: self.publisher.or(other.publisher),
            url: self.url.or(other.url),
            language: self.language.or(other.language),
            published: self.published.or(other.published),
        }
    }
}

/// The first article of a JSON-LD block; broken JSON says nothing.
fn linked(json: &str) -> Option<Linked> {
    // Scripts are wrapped in comments or CDATA now and then.
    let json = json
        .trim()
        .trim_start_matches("<!--")
        .trim_start_matches("//<![CDATA[")
        .trim_start_matches("<![CDATA[");
    let json = json
        .trim()
        .trim_end_matches("-->")
        .trim_end_matches("//]]>")
        .trim_end_matches("]]>");
    let value: Value = serde_json::from_str(json.trim()).ok()?;
    article(&value, 0).map(read)
}

/// Looks through lists, `@graph` and `mainEntity`, not deeper than documents go.
fn article(value: &Value, depth: usize) -> Option<&Value> {
    if depth > 6 {
        return None;
    }
    match value {
        Value::Array(list) => list.iter().take(MANY).find_map(|v| article(v, depth + 1)),
        Value::Object(map) => {
            let named = |t: &str| {
                t.ends_with("Article")
                    || ["Report", "BlogPosting", "PressRelease", "NewsRelease"]
                        .iter()
                        .any(|n| t.ends_with(n))
            };
            let typed = match map.get("@type") {
                Some(Value::String(t)) => named(t),
                Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).any(named),
                _ => false,
            };
            if typed {
                return Some(value);
            }
            ["@graph", "mainEntity", "mainEntityOfPage"]
                .iter()
                .find_map(|k| article(map.get(*k)?, depth + 1))
        }
        _ => None,
    }
}

fn read(value: &Value) -> Linked {
    let text = |key: &str| {
        value
            .get(key)
            .and_then(Value::as_str)
            .map(plain)
            .filter(|t| !t.is_empty())
    };
    let date = |key: &str| {
        let day = value.get(key).and_then(Value::as_str)?;
        dateline::value(day).ok().flatten()
    };
    Linked {
        title: text("headline").or_else(|| text("name")),
        author: value.get("author").and_then(|a| name(a, 0)),
        publisher: value.get("publisher").and_then(|p| name(p, 0)),
        url: text("url"),
        language: text("inLanguage"),
        published: date("datePublished").or_else(|| date("dateCreated")),
    }
}

/// JSON-LD escapes as HTML does, often.
fn plain(text: &str) -> String {
    tidy(&html_escape::decode_html_entities(text))
}

/// The name of a person or an organisation, or the names of several.
fn name(value: &Value, depth: usize) -> Option<String> {
    match value {
        Value::String(s) => Some(plain(s)).filter(|s| !s.is_empty() && address(s).is_none()),
        Value::Object(map) if depth < 3 => map.get("name").and_then(|n| name(n, depth + 1)),
        Value::Array(list) if depth < 2 => {
            let names: Vec<String> = list
                .iter()
                .take(20)
                .filter_map(|v| name(v, depth + 1))
                .collect();
            (!names.is_empty()).then(|| names.join(", "))
        }
        _ => None,
    }
}

/// The encoding that the first bytes declare.
pub(super) fn charset(bytes: &[u8]) -> Option<String> {
    // Tags are ASCII in every encoding that can declare itself this way.
    let head: String = bytes
        .iter()
        .map(|b| char::from(if b.is_ascii() { *b } else { b'?' }))
        .collect();
    let declaration = head
        .trim_start()
        .strip_prefix("<?xml")
        .and_then(|r| r.split_once("?>"));
    let declared = declaration.and_then(|(d, _)| value_of(d, "encoding"));
    let tags = Tokens::new(&head).filter_map(|t| match t {
        Token::Open(tag) if tag.is("meta") => Some(tag),
        _ => None,
    });
    let mut found = tags.filter_map(|tag| {
        let direct = tag.attribute("charset").map(|c| c.into_owned());
        direct.or_else(|| value_of(&tag.attribute("content")?, "charset"))
    });
    found.next().or(declared)
}

/// The value after `key=` in some text.
fn value_of(text: &str, key: &str) -> Option<String> {
    let at = text.to_ascii_lowercase().find(key)?;
    let value = text[at + key.len()..]
        .trim_start()
        .strip_prefix('=')?
        .trim_start();
    let value = value.trim_start_matches(['"', '\'']);
    let end = value.find(|c: char| c.is_whitespace() || "\"';>".contains(c));
    Some(value[..end.unwrap_or(value.len())].to_owned())
}
