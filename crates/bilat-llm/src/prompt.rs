//! The question to the model. Its wording and the form of its answer are data beside this file.

use bilat_model::Pair;
use bilat_model::document::Document;
use bilat_model::evidence::EventKind;
use bilat_model::told::{FigureKind, TieKind};
use serde_json::{Value, json};

use crate::lines::Line;

const WORDS: &str = include_str!("prompt.md");
const SCHEMA: &str = include_str!("schema.json");

/// What a server is known to take; the first refusal of a part of it takes that away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Manner {
    pub(crate) schema: bool,
    pub(crate) temperature: bool,
}

/// One question.
pub(crate) struct Question {
    model: String,
    system: String,
    text: String,
}

impl Question {
    pub(crate) fn new(model: &str, document: &Document, pair: Pair, part: &[Line]) -> Self {
        // Whoever wrote the text could not know its own hash, and so cannot close the mark.
        let hash: String = document
            .sha256
            .chars()
            .filter(char::is_ascii_hexdigit)
            .take(16)
            .collect();
        let mark = format!("=====TEXT-{hash}=====");
        let published = match document.meta.published {
            Some(day) => {
                format!(" The text was published on {day}: count \"last year\" from there.")
            }
            None => String::new(),
        };
        let list = |codes: Vec<&str>| codes.join(", ");
        let system = WORDS
            .replace("{mark}", &mark)
            .replace("{a}", pair.a().code())
            .replace("{b}", pair.b().code())
            .replace("{published}", &published)
            .replace(
                "{figures}",
                &list(FigureKind::ALL.iter().map(FigureKind::code).collect()),
            )
            .replace(
                "{events}",
                &list(EventKind::ALL.iter().map(EventKind::code).collect()),
            )
            .replace(
                "{ties}",
                &list(TieKind::ALL.iter().map(TieKind::code).collect()),
            );
        let mut text = format!("{mark}\n");
        for line in part {
            let words = line
                .span
                .of(&document.text)
                .split(['\n', '\r'])
                .collect::<Vec<_>>()
                .join(" ");
            text.push_str(&format!("{}| {words}\n", line.number));
        }
        text.push_str(&mark);
        Self {
            model: model.to_owned(),
            system,
            text,
        }
    }

    /// As the protocol has it.
    pub(crate) fn body(&self, manner: Manner) -> Value {
        let mut body = json!({
            "model": self.model,
            "stream": false,
            "messages": [
                {"role": "system", "content": self.system},
                {"role": "user", "content": self.text},
            ],
        });
        if manner.temperature {
            body["temperature"] = json!(0);
        }
        if manner.schema
            && let Ok(schema) = serde_json::from_str::<Value>(SCHEMA)
        {
            body["response_format"] = json!({
                "type": "json_schema",
                "json_schema": {"name": "bilat", "strict": true, "schema": schema},
            });
        }
        body
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_is_strict_and_the_wording_names_its_fields() {
        let schema: Value = serde_json::from_str(SCHEMA).unwrap();
        for list in ["figures", "events", "ties"] {
            let item = &schema["properties"][list]["items"];
            assert_eq!(item["additionalProperties"], json!(false));
            let fields = item["properties"].as_object().unwrap();
            // Strict answers need every field, absent ones as null.
            assert_eq!(item["required"].as_array().unwrap().len(), fields.len());
            for field in fields.keys() {
                assert!(WORDS.contains(&format!("\"{field}\"")), "{field}");
            }
        }
    }
}
