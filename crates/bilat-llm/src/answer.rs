//! What a model answers, taken apart without trust.

use serde_json::Value;

use bilat_model::document::Span;

use crate::{Fault, Item, Proposal, Proposals};

const LISTS: [(&str, Item); 3] = [
    ("figures", Item::Figure),
    ("events", Item::Event),
    ("ties", Item::Tie),
];

impl Proposals {
    /// Adds what a server sent for a part of the text: the body of a chat completion. What cannot
    /// be read of it, and items beyond `most`, become [`Fault`]s.
    pub fn read(&mut self, part: Span, body: &[u8], most: usize) {
        let mut fault = |why: String| self.faults.push(Fault { part, why });
        let content = match content(body) {
            Ok(content) => content,
            Err(why) => return fault(why.to_owned()),
        };
        let Some(answer) = object(&content) else {
            return fault("the answer is not a JSON object".to_owned());
        };
        let mut left = most;
        for (name, item) in LISTS {
            let list = match answer.get(name) {
                Some(Value::Array(list)) => list,
                None | Some(Value::Null) => continue,
                Some(_) => {
                    fault(format!("`{name}` is not a list"));
                    continue;
                }
            };
            if list.len() > left {
                let more = list.len() - left;
                fault(format!(
                    "{more} of `{name}` are beyond the {most} items that are taken"
                ));
            }
            let taken = list.len().min(left);
            left -= taken;
            self.items
                .extend(list[..taken].iter().map(|fields| Proposal {
                    item,
                    part,
                    fields: fields.clone(),
                }));
        }
    }
}

/// Shorter keys are no secrets: local servers take any word, which may well stand in a text.
const SECRET: usize = 8;

impl Proposals {
    /// Takes the key out of whatever a server, which knows it, may have put it into.
    pub(crate) fn hide(&mut self, key: &str) {
        let key = key.trim();
        if key.len() < SECRET {
            return;
        }
        for item in &mut self.items {
            hide(&mut item.fields, key);
        }
        for fault in &mut self.faults {
            fault.why = fault.why.replace(key, "…");
        }
    }
}

// Answers are parsed with a bound on their depth.
fn hide(value: &mut Value, key: &str) {
    match value {
        Value::String(s) => *s = s.replace(key, "…"),
        Value::Array(list) => list.iter_mut().for_each(|v| hide(v, key)),
        Value::Object(fields) => {
            let hidden = std::mem::take(fields).into_iter().map(|(name, mut v)| {
                hide(&mut v, key);
                (name.replace(key, "…"), v)
            });
            *fields = hidden.collect();
        }
        _ => {}
    }
}

/// The words of the model in a chat completion.
fn content(body: &[u8]) -> Result<String, &'static str> {
    let envelope: Value =
        serde_json::from_slice(body).map_err(|_| "the server's answer is not JSON")?;
    let choice = &envelope["choices"][0];
    if choice["finish_reason"] == "length" {
        return Err("the model's answer was cut off; ask in smaller parts");
    }
    match &choice["message"]["content"] {
        Value::String(words) => Ok(words.clone()),
        // Some servers send it in pieces.
        Value::Array(pieces) => Ok(pieces.iter().filter_map(|p| p["text"].as_str()).collect()),
        _ => Err("the server's answer holds no words of a model"),
    }
}

/// The JSON object in a model's words: all of them, or what stands in a fence or between the first
/// brace and the last.
fn object(content: &str) -> Option<serde_json::Map<String, Value>> {
    let read = |s: &str| match serde_json::from_str(s) {
        Ok(Value::Object(object)) => Some(object),
        _ => None,
    };
    read(content).or_else(|| {
        let (from, to) = (content.find('{')?, content.rfind('}')?);
        read(content.get(from..=to)?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(body: &[u8], most: usize) -> Proposals {
        let mut out = Proposals::default();
        out.read(Span::new(0, 9), body, most);
        out
    }

    fn said(content: &Value) -> Vec<u8> {
        json!({"choices": [{"message": {"content": content}}]})
            .to_string()
            .into_bytes()
    }

    #[test]
    fn an_object_is_found_in_fences_and_pieces() {
        let fenced = "Here:\n```json\n{\"figures\": [{\"kind\": \"exports\"}]}\n```\nDone.";
        assert_eq!(read(&said(&json!(fenced)), 9).items.len(), 1);
        let pieces = json!([{"type": "text", "text": "{\"ties\":"}, {"text": "[1, []]}"}]);
        assert_eq!(read(&said(&pieces), 9).items.len(), 2);
    }

    #[test]
    fn what_cannot_be_read_is_a_fault() {
        let deep = format!("{{\"figures\": {}1{}}}", "[".repeat(9000), "]".repeat(9000));
        for body in [
            b"<html>busy</html>".to_vec(),
            b"\xff\xfe".to_vec(),
            b"{}".to_vec(),
            b"[[[".repeat(50_000),
            said(&json!(null)),
            said(&json!("I cannot help with that.")),
            said(&json!("} {")),
            said(&json!("[1]")),
            said(&json!(deep)),
            said(&json!("{\"figures\": {\"a\": 1}}")),
            br#"{"choices": [{"finish_reason": "length", "message": {"content": "{}"}}]}"#.to_vec(),
        ] {
            let read = read(&body, 9);
            assert!(read.items.is_empty());
            assert_eq!(read.faults.len(), 1);
        }
    }

    #[test]
    fn items_are_counted() {
        let many = json!({"figures": vec![1; 7], "ties": vec![1; 7]}).to_string();
        let read = read(&said(&json!(many)), 9);
        assert_eq!((read.items.len(), read.faults.len()), (9, 1));
    }
}
