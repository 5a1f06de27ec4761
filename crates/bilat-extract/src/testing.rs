//! What the tests of this crate share.

use std::sync::LazyLock;

use bilat_model::Pair;
use bilat_model::document::{Block, BlockKind, Document, Meta, Origin, Span};
use bilat_snapshot::Snapshot;

use crate::Extractor;
use crate::reading::Reading;
use crate::rules::Cue;
use crate::tokens::Tokens;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| {
    let registry = Snapshot::embedded().unwrap().registry().unwrap();
    Extractor::new(&registry, &[]).unwrap()
});

/// A document of one paragraph.
pub(crate) fn document(text: &str) -> Document {
    Document {
        sha256: String::new(),
        bytes: text.len(),
        media_type: "text/plain".to_owned(),
        encoding: "UTF-8".to_owned(),
        meta: Meta::default(),
        text: text.to_owned(),
        blocks: vec![Block {
            span: Span::new(0, text.len()),
            kind: BlockKind::Paragraph,
        }],
        origin: Origin::Identity,
    }
}

/// Reads a text for a pair that it does not name and hands over its cues.
pub(crate) fn with_cues<T>(text: &str, then: impl FnOnce(&Tokens<'_>, &[Cue]) -> T) -> T {
    let document = document(text);
    let pair: Pair = "KAZ-SVN".parse().unwrap();
    let reading = Reading::new(&EXTRACTOR, &document, pair);
    then(&reading.tokens, &reading.cues)
}

/// What a text of one paragraph tells about a pair.
pub(crate) fn extract(text: &str, pair: &str, published: &str) -> bilat_model::told::Extraction {
    let mut document = document(text);
    document.meta.published = Some(published.parse().unwrap());
    EXTRACTOR.extract(&document, pair.parse().unwrap())
}
