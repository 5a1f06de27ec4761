//! The Factbook's ways of writing shares, amounts and years.

use bilat_model::{Decimal, Period};

/// The longest text kept, in characters.
const LONGEST: usize = 200;

/// A year in brackets at the end, `… (2024 est.)`, and the text before it.
pub(super) fn dated(text: &str) -> Option<(&str, Period)> {
    let (rest, bracket) = text.trim_end().strip_suffix(')')?.rsplit_once('(')?;
    let year = bracket.strip_suffix("est.").unwrap_or(bracket).trim_end();
    match year.parse().ok()? {
        y @ Period::Year(_) => Some((rest.trim_end(), y)),
        _ => None,
    }
}

/// Partners with their percentages, and the year: `China 28%, Gambia, The 4% (2023)`. `None`
/// when the text is built otherwise.
pub(super) fn shares(text: &str) -> Option<(Vec<(&str, Decimal)>, Period)> {
    let (list, period) = dated(text)?;
    let mut out = Vec::new();
    // Names hold commas ("Gambia, The"), so the percent signs divide the list.
    for item in list.strip_suffix('%')?.split('%') {
        let item = item.trim_start_matches([',', ' ']);
        let (name, number) = item.rsplit_once(' ')?;
        let value: Decimal = number.parse().ok()?;
        let possible = value >= Decimal::ZERO && value <= Decimal::ONE_HUNDRED;
        if name.is_empty() || name.contains(['<', '>', '(']) || !possible {
            return None;
        }
        out.push((name, value.normalize()));
    }
    Some((out, period))
}

/// Whether a text holds a percentage at all.
pub(super) fn has_share(text: &str) -> bool {
    text.contains('%')
}

/// The number at the start of a text in base units: `$1.2 trillion`, `20,432,662`,
/// `1.284 million sq km`.
pub(super) fn amount(text: &str) -> Option<Decimal> {
    let text = text.trim_start();
    let text = text.strip_prefix('$').unwrap_or(text);
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.')
        .unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    let number: Decimal = number.replace(',', "").parse().ok()?;
    let scale: i64 = match rest.split_whitespace().next() {
        Some("thousand") => 1_000,
        Some("million") => 1_000_000,
        Some("billion") => 1_000_000_000,
        Some("trillion") => 1_000_000_000_000,
        _ => 1,
    };
    Some(number.checked_mul(Decimal::from(scale))?.normalize())
}

/// A text without notes behind it, of [`LONGEST`] characters at most: a longer one ends at the
/// last comma or semicolon before that stands in no bracket, with an ellipsis.
pub(super) fn short(text: &str) -> String {
    let end = ["; note", ". note", " note -", " note:"]
        .iter()
        .filter_map(|n| text.find(n))
        .min();
    let text = text[..end.unwrap_or(text.len())].trim_end_matches([';', ',', ' ']);
    let Some((limit, _)) = text.char_indices().nth(LONGEST) else {
        return text.to_owned();
    };
    let head = &text[..limit];
    let cut = outside_brackets(head).or_else(|| head.rfind(' '));
    format!("{} …", &head[..cut.unwrap_or(limit)])
}

/// The last comma or semicolon that stands in no bracket.
fn outside_brackets(text: &str) -> Option<usize> {
    let (mut depth, mut last) = (0_i32, None);
    for (i, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            ',' | ';' if depth == 0 => last = Some(i),
            _ => {}
        }
    }
    last
}
