//! A small world to read texts in.

use std::sync::LazyLock;

use bilat_extract::Extractor;
use bilat_model::document::{Block, BlockKind, Document, Meta, Origin, Span};
use bilat_model::evidence::{Citation, Locator};
use bilat_model::registry::{CountryInfo, CountryName, NameKind, Status, fold};
use bilat_model::source::SourceId;
use bilat_model::{Pair, Registry};

const COUNTRIES: [(&str, &str, &str, &str); 5] = [
    ("KAZ", "Kazakhstan", "Astana", "KZT"),
    ("SVN", "Slovenia", "Ljubljana", "EUR"),
    ("IND", "India", "New Delhi", "INR"),
    ("PAK", "Pakistan", "Islamabad", "PKR"),
    ("GEO", "Georgia", "Tbilisi", "GEL"),
];

fn citation() -> Citation {
    Citation {
        source: SourceId::new("made"),
        file: "made".into(),
        at: Locator::Line(1),
    }
}

/// Five countries and their names.
pub fn registry() -> Registry {
    let (mut infos, mut names) = (Vec::new(), Vec::new());
    for (code, name, capital, currency) in COUNTRIES {
        let code = code.parse().unwrap();
        infos.push(CountryInfo {
            code,
            alpha2: None,
            numeric: None,
            cow: None,
            fips: None,
            status: Status::State,
            name: name.to_owned(),
            capital: Some(capital.to_owned()),
            region: None,
            subregion: None,
            currency: Some(currency.to_owned()),
            since: None,
            until: None,
            successors: Vec::new(),
            citation: citation(),
        });
        names.push(CountryName {
            country: code,
            name: name.to_owned(),
            key: fold(name),
            language: Some("en".to_owned()),
            kind: NameKind::Short,
            since: None,
            until: None,
            citation: citation(),
        });
    }
    Registry::new(infos, names)
}

/// An extractor that knows five countries.
pub static EXTRACTOR: LazyLock<Extractor> =
    LazyLock::new(|| Extractor::new(&registry(), &[]).unwrap());

/// The pair that texts are read for.
pub fn pair() -> Pair {
    "KAZ-SVN".parse().unwrap()
}

/// A text with one block a paragraph; the first byte of each tells what part it plays.
pub fn document(text: &str) -> Document {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let kinds = [BlockKind::Paragraph, BlockKind::Headline, BlockKind::Row, BlockKind::Quote, BlockKind::Furniture];
        let kind = if line.as_bytes()[0] < 32 { kinds[line.as_bytes()[0] as usize % 5] } else { BlockKind::Paragraph };
        blocks.push(Block { span: Span::new(at, at + line.len()), kind });
        at += line.len();
    }
    Document {
        sha256: String::new(),
        bytes: text.len(),
        media_type: "text/plain".to_owned(),
        encoding: "UTF-8".to_owned(),
        meta: Meta { published: "2024-05-17".parse().ok(), ..Meta::default() },
        text: text.to_owned(),
        blocks,
        origin: Origin::Identity,
    }
}
