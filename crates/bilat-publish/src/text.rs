//! What all formats do with text that came from outside.

use bilat_brief::documents::CitedDocument;

/// Text on one line, without the characters that would steer whatever shows it: control
/// characters, embeddings and overrides of direction, and isolates that are not in pairs.
pub(crate) fn tame(text: &str) -> String {
    let paired = isolates_are_paired(text);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{202a}'..='\u{202e}' => {}
            '\u{2066}'..='\u{2069}' if !paired => {}
            '\u{2028}' | '\u{2029}' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_whitespace() && c.is_control() => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Whether every isolate of the bidirectional algorithm is closed, and none closed unopened.
fn isolates_are_paired(text: &str) -> bool {
    let mut open = 0u32;
    for c in text.chars() {
        match c {
            '\u{2066}'..='\u{2068}' => open += 1,
            '\u{2069}' => match open.checked_sub(1) {
                Some(rest) => open = rest,
                None => return false,
            },
            _ => {}
        }
    }
    open == 0
}

/// Whether a text steers the direction that it is read in, so that its surroundings need to be
/// kept apart from it.
pub(crate) fn steers_direction(text: &str) -> bool {
    text.chars().any(|c| {
        matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    })
}

/// An address that may be linked to: of the web, and made of characters that need no guessing.
pub(crate) fn web(url: &str) -> Option<&str> {
    let plain = |b: u8| b.is_ascii_graphic() && !b"<>\"'`{}|\\^".contains(&b);
    let known = url.starts_with("https://") || url.starts_with("http://");
    (known && url.bytes().all(plain)).then_some(url)
}

/// The direction that a language is written in.
pub(crate) fn direction(language: &str) -> &'static str {
    const LEFTWARDS: [&str; 10] = ["ar", "arc", "dv", "fa", "he", "ku", "ps", "sd", "ur", "yi"];
    let first = language.split(['-', '_']).next().unwrap_or_default();
    if LEFTWARDS.contains(&first.to_ascii_lowercase().as_str()) {
        "rtl"
    } else {
        "ltr"
    }
}

/// A language tag that may stand in an attribute; "und" for anything else.
pub(crate) fn language(tag: &str) -> &str {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
    if !tag.is_empty() && tag.bytes().all(plain) {
        tag
    } else {
        "und"
    }
}

/// What the list of sources says of a document: title, publisher, day, hash; without the stops
/// at their ends.
pub(crate) fn said(document: &CitedDocument) -> Vec<String> {
    let filled = |t: &Option<String>| t.clone().filter(|t| !t.trim().is_empty());
    let parts = [
        filled(&document.title),
        filled(&document.publisher),
        document.published.map(|p| p.to_string()),
        Some(format!("SHA-256 {}", document.sha256)),
    ];
    let parts = parts.into_iter().flatten();
    parts.map(|p| p.trim_end_matches('.').to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overrides_go_and_pairs_stay() {
        assert_eq!(tame("a\u{202e}b\u{1b}[31m\nc\0"), "ab[31m c");
        assert_eq!(tame("\u{2068}x\u{2069} y"), "\u{2068}x\u{2069} y");
        assert_eq!(tame("x\u{2069}\u{2068}y"), "xy");
    }

    #[test]
    fn only_the_web_is_linked() {
        assert_eq!(
            web("https://a.example/b?c=d&e"),
            Some("https://a.example/b?c=d&e")
        );
        for bad in [
            "javascript:alert(1)",
            "//a.example",
            "https://a\"b",
            "https://a b",
            "",
        ] {
            assert_eq!(web(bad), None, "{bad}");
        }
    }

    #[test]
    fn arabic_runs_leftwards() {
        assert_eq!(
            (direction("ar-EG"), direction("en"), direction("fas")),
            ("rtl", "ltr", "ltr")
        );
        assert_eq!(language("en\" onload=\""), "und");
    }
}
