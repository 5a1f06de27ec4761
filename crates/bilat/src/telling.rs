//! A piece of a document's evidence with its surroundings: the document, the words, the sentence
//! that they stand in, the rules that read them, and who else tells the same.

use bilat_model::document::{Document, Span};
use bilat_model::evidence::{EventDetails, Statement, TieDetails};
use bilat_model::told::Attribution;
use bilat_model::{Evidence, EvidenceId};
use bilat_workspace::{DocumentInfo, Workspace};
use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;

use crate::failure::Failure;
use crate::{output, record, workspace};

/// The words of a document that a piece of evidence rests on.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Telling {
    document: DocumentInfo,
    /// Bytes of the text.
    pub(crate) span: Span,
    /// Bytes of the file, where the format has them.
    #[serde(skip_serializing_if = "Option::is_none")]
    input_span: Option<Span>,
    pub(crate) quote: String,
    /// The sentence in three parts: before the quote, the quote, after it.
    sentence: [String; 3],
    #[serde(skip_serializing_if = "Option::is_none")]
    attribution: Option<Attribution>,
    rules: Vec<String>,
    /// Who else tells the same event.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<AlsoTold>,
    /// How many origins stand behind all tellings.
    origins: usize,
}

/// Another telling of the event.
#[derive(Clone, Debug, Serialize)]
struct AlsoTold {
    id: EvidenceId,
    document: String,
    title: String,
    says: String,
}

/// A piece of evidence of a document by its name; `None` when there is none of that name.
pub(crate) fn of(
    workspace: &Workspace,
    id: &EvidenceId,
) -> Result<Option<(Evidence, Telling)>, Failure> {
    let Some((evidence, info)) = workspace.by_id(id)? else {
        return Ok(None);
    };
    let document = workspace.read(&info.id)?;
    let Some((span, quote)) = evidence.statement.quoted() else {
        return Ok(None);
    };
    let whole = sentence(&document, span);
    let part = |from, to| Span::new(from, to).of(&document.text).to_owned();
    let (attribution, rules) = source(&evidence.statement);
    let (also, origins) = also(workspace, &evidence)?;
    let telling = Telling {
        span,
        input_span: document.input_span(span),
        quote: quote.to_owned(),
        sentence: [
            part(whole.start, span.start),
            part(span.start, span.end),
            part(span.end, whole.end),
        ],
        attribution,
        rules,
        also,
        origins,
        document: info,
    };
    Ok(Some((evidence, telling)))
}

/// The sentences that hold a span, within its block.
fn sentence(document: &Document, span: Span) -> Span {
    let whole = Span::new(0, document.text.len());
    let block = document.blocks.iter().find(|b| b.span.contains(&span));
    let block = block.map_or(whole, |b| b.span);
    let text = block.of(&document.text);
    let sentences = text.split_sentence_bound_indices().map(|(at, s)| {
        let start = block.start + at;
        Span::new(start, start + s.trim_end().len())
    });
    sentences
        .filter(|s| s.overlaps(&span))
        .fold(span, |all, s| all.hull(&s))
}

fn source(statement: &Statement) -> (Option<Attribution>, Vec<String>) {
    match statement {
        Statement::Told(f) => (f.attribution.clone(), f.rules.clone()),
        Statement::Event(e) => match &e.details {
            EventDetails::Told(t) => (t.attribution.clone(), t.rules.clone()),
            _ => (None, Vec::new()),
        },
        Statement::Tie(t) => match &t.details {
            TieDetails::Told(t) => (t.attribution.clone(), t.rules.clone()),
            _ => (None, Vec::new()),
        },
        Statement::Figure(_) => (None, Vec::new()),
    }
}

fn also(workspace: &Workspace, evidence: &Evidence) -> Result<(Vec<AlsoTold>, usize), Failure> {
    let told = workspace.evidence(evidence.pair, None)?;
    let has = |i: &&bilat_workspace::Item| {
        i.evidence.id == evidence.id || i.also.iter().any(|a| a.evidence.id == evidence.id)
    };
    // A document that was removed or replaced stands by itself.
    let Some(item) = told.items.iter().find(has) else {
        return Ok((Vec::new(), 1));
    };
    let others = item.also.iter().map(|a| (&a.evidence, &a.document));
    let all = std::iter::once((&item.evidence, &item.document)).chain(others);
    let also = all
        .filter(|(e, _)| e.id != evidence.id)
        .map(|(e, document)| {
            let info = told.documents.iter().find(|d| d.id == *document);
            AlsoTold {
                id: e.id.clone(),
                document: document.clone(),
                title: info.map(workspace::title).unwrap_or_default(),
                says: record::statement(&e.statement),
            }
        });
    Ok((also.collect(), item.origins))
}

impl Telling {
    /// For people, a name and its value at a time.
    pub(crate) fn fields(&self, field: &mut impl FnMut(&str, &str)) {
        let d = &self.document;
        let [before, quote, after] = &self.sentence;
        field("reads", &output::tame(&format!("{before}⟦{quote}⟧{after}")));
        let mut place = format!("bytes {}–{} of its text", self.span.start, self.span.end);
        match self.input_span {
            Some(s) if s != self.span => {
                place.push_str(&format!(", {}–{} of the file", s.start, s.end));
            }
            _ => {}
        }
        field("place", &place);
        if let Some(a) = &self.attribution {
            let own = if a.quoted { ", in own words" } else { "" };
            field("according", &output::tame(&format!("to {}{own}", a.who)));
        }
        field("rules", &self.rules.join(", "));
        field(
            "document",
            &output::tame(&format!("{} ({})", workspace::title(d), d.id)),
        );
        let day = d.published.map(|p| p.to_string());
        field("published", &day.unwrap_or_else(|| "not stated".to_owned()));
        field(
            "address",
            &output::tame(d.url.as_deref().unwrap_or_default()),
        );
        if let Some(s) = d.seen.first() {
            field("met", &output::tame(&format!("{} at {}", s.from, s.at)));
        }
        field("file", &format!("{} bytes, SHA-256 {}", d.bytes, d.sha256));
        if d.removed {
            field("state", "removed; `bilat undo` may bring it back");
        }
        if let Some(by) = &d.superseded_by {
            field(
                "state",
                &format!("replaced by {by}, a later state of the page"),
            );
        }
        for a in &self.also {
            let says = format!("{} ({}): {}", a.title, a.document, a.says);
            field("also told", &output::tame(&says));
            field("", &a.id.0);
        }
        if !self.also.is_empty() {
            let origins = output::count(self.origins, "origin", "origins");
            field("origins", &format!("{origins} behind all tellings"));
        }
    }
}
