//! What stands before the text between two rulers: YAML or TOML that names title, date, author.

use bilat_model::document::Meta;
use jiff::civil::Date;

use crate::{Error, dateline};

/// Where a date was read: for [`Meta::published_by`].
pub(crate) const BY: &str = "front-matter";

/// Metadata out of front matter in YAML. Only plain `key: value` lines of the outermost level are
/// read: what is nested or spread over lines says nothing that is needed here.
pub(crate) fn yaml(source: &str) -> Result<Meta, Error> {
    let mut meta = Meta::default();
    for line in source.lines() {
        let top = !line.starts_with([' ', '\t', '-', '#']);
        let Some((key, value)) = line.split_once(':').filter(|_| top) else {
            continue;
        };
        let value = value.trim();
        let quoted = [('"', '"'), ('\'', '\'')].iter().find_map(|(a, b)| {
            let inner = value.strip_prefix(*a)?;
            inner.split_once(*b).map(|(v, _)| v)
        });
        let plain = || value.split_once(" #").map_or(value, |(v, _)| v).trim();
        set(&mut meta, key.trim(), quoted.unwrap_or_else(plain))?;
    }
    Ok(meta)
}

/// Metadata out of front matter in TOML; broken TOML gives none.
pub(crate) fn toml(source: &str) -> Result<Meta, Error> {
    let mut meta = Meta::default();
    let table: toml::Table = toml::from_str(source).unwrap_or_default();
    for (key, value) in &table {
        match value {
            toml::Value::String(s) => set(&mut meta, key, s)?,
            toml::Value::Datetime(d) => set(&mut meta, key, &d.to_string())?,
            _ => {}
        }
    }
    Ok(meta)
}

fn set(meta: &mut Meta, key: &str, value: &str) -> Result<(), Error> {
    if value.is_empty() || value.starts_with(['[', '{', '|', '>', '&', '*', '!']) {
        return Ok(());
    }
    let text = || Some(value.to_owned());
    match key.to_ascii_lowercase().as_str() {
        "title" | "headline" => meta.title = text(),
        "author" | "authors" | "byline" => meta.author = text(),
        "publisher" | "site" | "source" => meta.publisher = text(),
        "url" | "canonical" | "canonical_url" | "link" => meta.url = text(),
        "lang" | "language" => meta.language = text(),
        "date" | "published" | "pubdate" | "publishdate" | "published_at" | "datepublished" => {
            let day: Option<Date> = dateline::value(value)?;
            meta.published = day;
            meta.published_by = day.map(|_| BY.to_owned());
        }
        _ => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn yaml_and_toml() {
        let meta = yaml("title: \"Ties: Chad and Peru\" # x\nauthor: J. Doe # y\ndate: 2024-05-06T10:00:00Z\ntags:\n  - a\n  title: no\nlang: en").unwrap();
        assert_eq!(meta.title.as_deref(), Some("Ties: Chad and Peru"));
        assert_eq!(meta.author.as_deref(), Some("J. Doe"));
        assert_eq!(meta.published, Some(date(2024, 5, 6)));
        let meta = toml("title = 'Ties'\ndate = 2024-05-06\n[x]\ntitle = 'no'").unwrap();
        assert_eq!(
            (meta.title.as_deref(), meta.published),
            (Some("Ties"), Some(date(2024, 5, 6)))
        );
        assert_eq!(toml("= broken").unwrap(), Meta::default());
    }
}
