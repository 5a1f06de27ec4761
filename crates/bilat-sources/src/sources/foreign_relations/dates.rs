//! Dates in running text.

use bilat_model::Period;
use jiff::civil::Date;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A date at the beginning of a text, and its length: `3 May 1992`, `May 3, 1992`, `May 1992`,
/// `1992`, of a range of days the first.
pub(super) fn date(text: &str) -> Option<(Period, usize)> {
    let first = text.chars().next()?;
    if !first.is_ascii_digit() && !first.is_ascii_uppercase() {
        return None;
    }
    day_first(text)
        .or_else(|| month_first(text))
        .or_else(|| year(text).map(|(y, n)| (Period::Year(y), n)))
}

fn number(text: &str) -> Option<(i16, usize)> {
    let n = text.bytes().take(5).take_while(u8::is_ascii_digit).count();
    Some((text[..n].parse().ok()?, n))
}

/// A year: four digits that no unit, letter or digit follows.
fn year(text: &str) -> Option<(i16, usize)> {
    let (y, n) = number(text)?;
    let rest = &text[n..];
    let next = rest.chars().next();
    let glued = next.is_some_and(|c| c.is_alphanumeric())
        || rest.starts_with([',', '.']) && rest[1..].starts_with(|c: char| c.is_ascii_digit());
    (n == 4 && (1500..=2030).contains(&y) && !glued).then_some((y, n))
}

fn month(text: &str) -> Option<(i8, usize)> {
    let found = (1..).zip(MONTHS).find(|(_, m)| {
        text.get(..m.len())
            .is_some_and(|t| t.eq_ignore_ascii_case(m))
    })?;
    let n = found.1.len();
    let whole = !text[n..].starts_with(|c: char| c.is_alphanumeric());
    whole.then_some((found.0, n))
}

fn day(text: &str) -> Option<(i8, usize)> {
    let (d, mut n) = number(text)?;
    for ordinal in ["st", "nd", "rd", "th"] {
        if text[n..].starts_with(ordinal) {
            n += 2;
            break;
        }
    }
    (n <= 4 && (1..=31).contains(&d)).then_some((i8::try_from(d).ok()?, n))
}

/// Passes over the second day of a range: `–21`, ` to 21`, ` and 21`.
fn range(text: &str) -> usize {
    for joint in ["–", "-", " – ", " - ", " to ", " and ", "−"] {
        if let Some(rest) = text.strip_prefix(joint)
            && let Some((_, n)) = day(rest)
        {
            return joint.len() + n;
        }
    }
    0
}

fn day_first(text: &str) -> Option<(Period, usize)> {
    let (d, mut at) = day(text)?;
    at += range(&text[at..]);
    let gap = [" of ", " "].iter().find(|g| text[at..].starts_with(**g))?;
    at += gap.len();
    let (m, n) = month(&text[at..])?;
    at += n;
    let gap = [", ", " of ", " "]
        .iter()
        .find(|g| text[at..].starts_with(**g))?;
    at += gap.len();
    let (y, n) = year(&text[at..])?;
    Some((Period::Day(Date::new(y, m, d).ok()?), at + n))
}

fn month_first(text: &str) -> Option<(Period, usize)> {
    let (m, mut at) = month(text)?;
    let gap = [", ", " of ", " "]
        .iter()
        .find(|g| text[at..].starts_with(**g))?;
    let after = &text[at + gap.len()..];
    if let Some((y, n)) = year(after) {
        return Some((Period::Month(y, m), at + gap.len() + n));
    }
    at += gap.len();
    let (d, n) = day(&text[at..])?;
    at += n;
    at += range(&text[at..]);
    let gap = [", ", " ", ","]
        .iter()
        .find(|g| text[at..].starts_with(**g))?;
    at += gap.len();
    let (y, n) = year(&text[at..])?;
    Some((Period::Day(Date::new(y, m, d).ok()?), at + n))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::date;

    #[test]
    fn dates_in_running_text() {
        for (text, expected) in [
            ("23 December 1991.", "1991-12-23"),
            ("December 23, 1991, x", "1991-12-23"),
            ("20–21 February 2005", "2005-02-20"),
            ("February 20–21, 2005 The", "2005-02-20"),
            ("22nd of May 1910", "1910-05-22"),
            ("May 1920", "1920-05"),
            ("1963)", "1963"),
        ] {
            assert_eq!(date(text).unwrap().0.to_string(), expected, "{text}");
        }
        for text in [
            "1,963 people",
            "1963.5",
            "12 people",
            "May",
            "31 February 1990x",
            "19634",
            "1990s",
        ] {
            assert!(date(text).is_none(), "{text}");
        }
    }
}
