//! What a language model proposed beside the rules, and what became of it.

use bilat_brief::wording::{Args, WordingError};
use bilat_model::Pair;
use bilat_model::document::Span;
use serde::Serialize;

use super::Phrases;

/// What a language model proposed about one pair, and what became of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Proposed {
    /// The model's name.
    pub model: String,
    /// How many items it proposed.
    pub proposed: usize,
    /// How many of them the text was found to tell.
    pub admitted: usize,
    /// How many of these the rules had not read.
    pub new: usize,
    /// The others, and the answers that could not be read.
    pub refused: Vec<Refused>,
    /// Why there are no proposals; the rules' reading then stands alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unanswered: Option<String>,
}

/// A proposal that was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// `figure`, `event` or `tie`; `None` for an answer that could not be read.
    pub item: Option<String>,
    /// The stretch of text that the model was shown.
    pub part: Span,
    /// Why.
    pub why: String,
    /// The beginning of what was said, in one line.
    pub said: String,
}

impl Phrases {
    /// In a line: how many were proposed, and what became of them.
    ///
    /// # Errors
    /// [`WordingError`] when the wording lacks a message.
    pub fn proposed(&self, pair: Pair, proposed: &Proposed) -> Result<String, WordingError> {
        let args = Args::new()
            .text("pair", pair.to_string())
            .text("model", &*proposed.model);
        if let Some(why) = &proposed.unanswered {
            return self.say("proposed-unanswered", &args.text("why", &**why));
        }
        let unread = proposed.refused.iter().filter(|r| r.item.is_none()).count();
        let known = proposed.admitted.saturating_sub(proposed.new);
        let mut parts = vec![
            self.count("count-new", proposed.new)?,
            self.count("count-known", known)?,
            self.count("count-refused", proposed.refused.len() - unread)?,
        ];
        if unread > 0 {
            parts.push(self.count("count-unread", unread)?);
        }
        let args = args
            .text("items", self.count("count-proposals", proposed.proposed)?)
            .text("parts", parts.join(", "));
        self.say("proposed", &args)
    }
}
