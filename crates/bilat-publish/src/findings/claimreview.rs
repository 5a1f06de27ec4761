//! What a check came to in the words of schema.org, for newsrooms and search engines.

use bilat_brief::wording::WordingError;
use bilat_model::document::{Document, Span};
use bilat_model::finding::{Beside, Finding, Outcome, Severity};
use bilat_model::told::{Figure, ItemRef};
use serde_json::{Map, Value, json};
use unicode_segmentation::UnicodeSegmentation as _;

use super::{Checked, CheckedPair, Phrases};
use crate::text::{tame, web};

/// A figure's rating on the scale of 1 (false) to 5 (true) that fact-checkers use, by the worst
/// that was found about it.
///
/// | found | rating |
/// |---|---|
/// | confirmed, and nothing against it | 5 |
/// | repeats an old figure without its date | 3 |
/// | another source says otherwise, just past rounding or comparably | 3 |
/// | the text contradicts itself in it | 2 |
/// | another source rules it out | 2 |
///
/// Never 1: that a set of figures cannot all be true does not say which of them is false. What
/// could not be held against anything has no rating, and gets no review.
fn rating(finding: &Finding) -> Option<(u8, &'static str)> {
    match (finding.outcome, finding.severity) {
        (Outcome::Confirmed, Severity::Info) => Some((5, "rating-confirmed")),
        (Outcome::Stale, _) => Some((3, "rating-stale")),
        (Outcome::Inconsistent, Severity::Error) => Some((2, "rating-inconsistent")),
        (Outcome::Contradicted, Severity::Error) => Some((2, "rating-contradicted")),
        (Outcome::Inconsistent | Outcome::Contradicted, _) => Some((3, "rating-disputed")),
        _ => None,
    }
}

/// A `ClaimReview` for each figure that was held against something, as JSON-LD.
///
/// A review says when the claim was published but not when it was reviewed: no date is known but
/// the document's.
///
/// # Errors
/// [`WordingError`] when the wording lacks a message.
pub fn claim_review(all: &[Checked], phrases: &Phrases) -> Result<String, WordingError> {
    let mut reviews = Vec::new();
    for checked in all {
        for pair in &checked.pairs {
            for (i, figure) in pair.extraction.figures.iter().enumerate() {
                reviews.extend(review(checked, pair, i, figure, phrases)?);
            }
        }
    }
    let graph = json!({ "@context": "https://schema.org", "@graph": reviews });
    // Writing values that hold strings, numbers and lists alone does not fail.
    let mut out = serde_json::to_string_pretty(&graph).unwrap_or_default();
    out.push('\n');
    // A page may take this up inside a script element.
    Ok(out
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026"))
}

fn review(
    checked: &Checked,
    pair: &CheckedPair,
    index: usize,
    figure: &Figure,
    phrases: &Phrases,
) -> Result<Option<Value>, WordingError> {
    let about = |f: &&Finding| f.involves.contains(&ItemRef::Figure(index));
    let rated: Vec<_> = pair
        .findings
        .iter()
        .filter(about)
        .filter_map(|f| rating(f).map(|r| (r, f)))
        .collect();
    let Some((stars, name)) = rated.iter().map(|(r, _)| *r).min() else {
        return Ok(None);
    };
    // What the rating rests on, and no more.
    let reasons: Vec<&Finding> = rated
        .iter()
        .filter(|(r, _)| *r == (stars, name))
        .map(|(_, f)| *f)
        .collect();
    let mut texts: Vec<String> = Vec::new();
    for f in &reasons {
        texts.push(tame(&f.message));
        texts.extend(f.arithmetic.as_deref().map(tame));
    }
    let text = texts.join("\n");
    let mut out = Map::new();
    out.insert("@type".into(), json!("ClaimReview"));
    out.insert("identifier".into(), json!(identifier(checked, figure)));
    out.insert("inLanguage".into(), json!(phrases.language()));
    out.insert(
        "author".into(),
        json!({ "@type": "Organization", "name": "bilat" }),
    );
    let told = sentence(&checked.document, figure);
    out.insert("claimReviewed".into(), json!(tame(told).trim()));
    out.insert("itemReviewed".into(), claim(checked, figure));
    out.insert(
        "reviewRating".into(),
        json!({
            "@type": "Rating",
            "ratingValue": stars,
            "bestRating": 5,
            "worstRating": 1,
            "alternateName": phrases.fixed(name)?,
            "ratingExplanation": text,
        }),
    );
    out.insert("reviewBody".into(), json!(text));
    let sources: Vec<Value> = reasons.iter().flat_map(|f| &f.beside).map(source).collect();
    if !sources.is_empty() {
        out.insert("isBasedOn".into(), json!(sources));
    }
    Ok(Some(Value::Object(out)))
}

/// Longer sentences than this are no claim that anybody reads, in bytes.
const SENTENCE: usize = 600;

/// The sentence of the text that tells a figure; the figure's own words where none is found.
fn sentence<'a>(document: &'a Document, figure: &'a Figure) -> &'a str {
    let span = figure.span;
    let block = document.blocks.iter().find(|b| b.span.contains(&span));
    let part = block.map_or("", |b| b.span.of(&document.text));
    let start = block.map_or(0, |b| b.span.start);
    let within =
        |(at, s): &(usize, &str)| Span::new(start + at, start + at + s.len()).overlaps(&span);
    // What lies far from the figure is not looked at, however long the block is.
    let from = part.floor_char_boundary(span.start.saturating_sub(start + SENTENCE));
    let to = part.floor_char_boundary(span.end.saturating_sub(start).saturating_add(SENTENCE));
    let near = part.get(from..to).unwrap_or_default();
    let all = near.split_sentence_bound_indices();
    let here: Vec<_> = all.map(|(at, s)| (at + from, s)).filter(within).collect();
    let told = match (here.first(), here.last()) {
        (Some((at, _)), Some((last, s))) => part.get(*at..last + s.len()).unwrap_or_default(),
        _ => "",
    };
    match told.len() {
        1..=SENTENCE => told,
        _ => &figure.quote,
    }
}

/// Names the words that a review is about, by the document's hash and their bytes.
fn identifier(checked: &Checked, figure: &Figure) -> String {
    format!(
        "urn:sha256:{}#bytes={}-{}",
        tame(&checked.document.sha256),
        figure.span.start,
        figure.span.end
    )
}

/// The claim, where it appears, and who makes it.
fn claim(checked: &Checked, figure: &Figure) -> Value {
    let meta = &checked.document.meta;
    let url = address(checked);
    let mut work = json!({ "@type": "CreativeWork" });
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(v) = value {
            work[name] = v;
        }
    };
    let named = |kind: &str, name: &str| json!({ "@type": kind, "name": tame(name) });
    put("url", url.map(Into::into));
    put("headline", meta.title.as_deref().map(|t| json!(tame(t))));
    put("author", meta.author.as_deref().map(|a| named("Person", a)));
    put(
        "publisher",
        meta.publisher.as_deref().map(|p| named("Organization", p)),
    );
    put("datePublished", meta.published.map(|d| json!(d)));
    let mut claim = json!({ "@type": "Claim", "text": tame(&figure.quote) });
    // Whether a person or an office speaks is not told apart; nobody named, the publisher does.
    let who = figure.attribution.as_ref().map(|a| named("Thing", &a.who));
    let publisher = meta.publisher.as_deref().map(|p| named("Organization", p));
    if let Some(author) = who.or(publisher) {
        claim["author"] = author;
    }
    if let Some(day) = meta.published {
        claim["datePublished"] = json!(day);
    }
    claim["appearance"] = work;
    claim
}

/// The document's own address, else the one that it was fetched from.
fn address(checked: &Checked) -> Option<&str> {
    let own = checked.document.meta.url.as_deref().and_then(web);
    own.or_else(|| web(&checked.name))
}

fn source(beside: &Beside) -> Value {
    let mut out = json!({
        "@type": "CreativeWork",
        "name": tame(&beside.source),
        "identifier": tame(&beside.id),
        "abstract": tame(&beside.says),
    });
    if let Some(date) = &beside.date {
        out["version"] = json!(tame(date));
    }
    out
}
