//! What of a model's proposals is admitted.

use bilat_extract::Extractor;
use bilat_extract::reading::Reading;
use bilat_model::Pair;
use bilat_model::document::{Document, Span};
use bilat_model::told;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::error::plain;
use crate::stand::{Text, Why};
use crate::{Item, Proposal, Proposals, event, figure};

/// What was not admitted, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// What it was said to be; `None` for a whole answer that could not be read.
    pub item: Option<Item>,
    /// The stretch of text that the model was shown.
    pub part: Span,
    /// Why.
    pub why: String,
    /// The beginning of what was said, in one line.
    pub said: String,
}

/// What a text does tell of all that a model proposed, in the order of the text, and the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Admitted {
    /// Figures; their rule is `llm:MODEL`.
    pub figures: Vec<told::Figure>,
    /// Events.
    pub events: Vec<told::Event>,
    /// Ties.
    pub ties: Vec<told::Tie>,
    /// The rest, in the order in which it was proposed.
    pub refused: Vec<Refused>,
}

/// Judges proposals by the text alone.
///
/// Values, units, intervals, hedges, changes, quotes, persons and words are those of the text as
/// `extractor` reads it; from the model come what kind of thing it is, the direction within the
/// pair, which of the dates told nearby is the thing's own, and whether it is a target. The same
/// proposals give the same outcome.
#[must_use]
pub fn admit(
    proposals: &Proposals,
    document: &Document,
    pair: Pair,
    extractor: &Extractor,
) -> Admitted {
    let reading = Reading::new(extractor, document, pair);
    let text = Text::new(document, &reading, pair);
    let rule = format!("llm:{}", plain(&proposals.model, None));
    let mut out = Admitted::default();
    for proposal in &proposals.items {
        if let Err(why) = one(&text, proposal, &rule, &mut out) {
            out.refused.push(Refused {
                item: Some(proposal.item),
                part: proposal.part,
                why: plain(&why, None),
                said: plain(&proposal.fields.to_string(), None),
            });
        }
    }
    out.refused.extend(proposals.faults.iter().map(|f| Refused {
        item: None,
        part: f.part,
        why: f.why.clone(),
        said: String::new(),
    }));
    out.figures.sort_by_key(|f| f.span);
    out.events.sort_by_key(|e| e.span);
    out.ties.sort_by_key(|t| t.span);
    out.figures.dedup();
    out.events.dedup();
    out.ties.dedup();
    out
}

fn one(text: &Text<'_>, proposal: &Proposal, rule: &str, out: &mut Admitted) -> Result<(), Why> {
    let Value::Object(fields) = &proposal.fields else {
        return Err("it is not an object".to_owned());
    };
    let fields: &Map<String, Value> = fields;
    match proposal.item {
        Item::Figure => out
            .figures
            .push(figure::read(text, proposal.part, fields, rule)?),
        Item::Event => out
            .events
            .push(event::event(text, proposal.part, fields, rule)?),
        Item::Tie => out
            .ties
            .push(event::tie(text, proposal.part, fields, rule)?),
    }
    Ok(())
}
