//! The part of a line that a terminal has room for, around the words that matter.

use bilat_model::document::Span;
use unicode_width::UnicodeWidthChar as _;

use super::place::Index;

/// A line's cut with the marked words in it.
pub(super) struct View {
    /// What is shown: one line, with nothing in it that steers a terminal.
    pub(super) shown: String,
    /// What is marked: a stretch of bytes of `shown`, and which mark it belongs to.
    pub(super) marks: Vec<(Span, usize)>,
    /// Where the first of the marks stands in the text.
    pub(super) at: Span,
}

/// A mark's part within one line.
#[derive(Clone, Copy)]
struct Part {
    span: Span,
    line: usize,
    mark: usize,
}

/// What stands where something is left out.
const CUT: char = '…';

/// The lines that hold these marks, each cut to `width` columns around them. What lies further
/// apart than that comes in views of its own, in the order of the text.
pub(super) fn views(index: &Index<'_>, text: &str, marks: &[Span], width: usize) -> Vec<View> {
    let width = width.max(24);
    let mut parts: Vec<Part> = marks
        .iter()
        .enumerate()
        .flat_map(|(mark, span)| by_line(index, *span, mark))
        .collect();
    parts.sort_by_key(|p| (p.span.start, p.span.end, p.mark));
    let mut groups: Vec<Vec<Part>> = Vec::new();
    for part in parts {
        match groups.last_mut() {
            Some(group) if fits(text, group, &part, width) => group.push(part),
            _ => groups.push(vec![part]),
        }
    }
    groups.iter().map(|g| view(index, text, g, width)).collect()
}

/// The first and the last line of a mark; what runs over more is shown by its ends.
fn by_line(index: &Index<'_>, span: Span, mark: usize) -> Vec<Part> {
    let span = index.clamp(span);
    let (first, last) = (index.line_of(span.start), index.line_of(span.end));
    let part = |line: usize| {
        let whole = index.line(line);
        let start = span.start.clamp(whole.start, whole.end);
        Part {
            span: Span::new(start, span.end.clamp(start, whole.end)),
            line,
            mark,
        }
    };
    // A span that ends with a line feed does not reach into the next line.
    let last = if span.end > span.start && index.line(last).start == span.end && last > first {
        last - 1
    } else {
        last
    };
    let ends = if first == last {
        vec![part(first)]
    } else {
        vec![part(first), part(last)]
    };
    let blank = |p: &Part| p.span.start == p.span.end;
    let some = ends.iter().any(|p| !blank(p));
    ends.into_iter().filter(|p| !some || !blank(p)).collect()
}

fn fits(text: &str, group: &[Part], next: &Part, width: usize) -> bool {
    let (Some(first), Some(last)) = (group.first(), group.iter().map(|p| p.span.end).max()) else {
        return false;
    };
    // Room is left for a few words around, so that a mark does not stand bare.
    let room = width - width / 4;
    first.line == next.line
        && columns(text, first.span.start, last.max(next.span.end), room).is_some()
}

/// The columns of a stretch, when they are no more than `most`.
fn columns(text: &str, start: usize, end: usize, most: usize) -> Option<usize> {
    let mut used = 0;
    // A character that takes no column counts a little, so that no run of them is endless.
    let mut bare = 0;
    for c in text.get(start..end)?.chars() {
        let w = shown(c).map_or(0, |c| c.width().unwrap_or(0));
        used += w;
        bare += usize::from(w == 0);
        if used > most || bare > 4 * most {
            return None;
        }
    }
    Some(used)
}

fn view(index: &Index<'_>, text: &str, group: &[Part], width: usize) -> View {
    let line = group.first().map_or(0, |p| p.line);
    let at = group.first().map_or(Span::new(0, 0), |p| p.span);
    let whole = index.line(line);
    let end = group.iter().map(|p| p.span.end).max().unwrap_or(at.end);
    // The marks themselves, or their two ends when they are too long for the width.
    let room = width.saturating_sub(5);
    let used = columns(text, at.start, end, room).unwrap_or(room);
    let spare = room - used;
    let wide_left = reach_back(text, whole.start, at.start, spare * 2 / 5);
    let left = columns(text, wide_left, at.start, spare).unwrap_or(0);
    let wide_right = reach_on(text, end, whole.end, spare - left);
    let from = word_start(text, whole.start, wide_left, at.start);
    let to = word_end(text, whole.end, end, wide_right);
    let gap = match columns(text, at.start, end, room) {
        Some(_) => None,
        // The cut takes three columns of its own, and falls between words where there are any.
        None => {
            let half = (used - 2) / 2;
            let a = reach_on(text, at.start, end, half);
            let b = reach_back(text, a, end, half);
            let a = word_end(text, end, at.start, a);
            (a < b).then(|| Span::new(a, word_start(text, a, b, end)))
        }
    };
    let mut out = Drawn::default();
    if from > whole.start {
        out.cut();
        out.shown.push(' ');
    }
    match gap {
        None => out.copy(text, from, to),
        Some(gap) => {
            out.copy(text, from, gap.start);
            out.shown.push(' ');
            out.cut();
            out.shown.push(' ');
            out.copy(text, gap.end, to);
        }
    }
    let marks = group
        .iter()
        .map(|p| {
            let start = out.find(p.span.start);
            (Span::new(start, out.find(p.span.end)), p.mark)
        })
        .collect();
    if to < whole.end {
        out.shown.push(' ');
        out.cut();
    }
    View {
        shown: out.shown,
        marks,
        at,
    }
}

/// What is shown, and where each character of the text went.
#[derive(Default)]
struct Drawn {
    shown: String,
    /// Bytes of the text with the bytes of what is shown, rising in both.
    places: Vec<(usize, usize)>,
}

impl Drawn {
    fn cut(&mut self) {
        self.shown.push(CUT);
    }

    fn copy(&mut self, text: &str, start: usize, end: usize) {
        for (i, c) in text.get(start..end).unwrap_or_default().char_indices() {
            self.places.push((start + i, self.shown.len()));
            self.shown.extend(shown(c));
        }
        self.places.push((end.max(start), self.shown.len()));
    }

    /// Where a byte of the text is shown; for one that is left out, where it would be.
    fn find(&self, at: usize) -> usize {
        let i = self.places.partition_point(|(from, _)| *from < at);
        let place = self.places.get(i).or(self.places.last());
        place.map_or(0, |(_, to)| *to)
    }
}

/// The start of the stretch before `end` that is at most `most` columns wide.
fn reach_back(text: &str, start: usize, end: usize, most: usize) -> usize {
    let mut used = 0;
    let before = text.get(start..end).unwrap_or_default();
    let mut at = end;
    for (n, (i, c)) in before.char_indices().rev().enumerate() {
        used += shown(c).map_or(0, |c| c.width().unwrap_or(0));
        if used > most || n > 4 * most {
            break;
        }
        at = start + i;
    }
    at
}

/// The end of the stretch from `start` that is at most `most` columns wide.
fn reach_on(text: &str, start: usize, end: usize, most: usize) -> usize {
    let mut used = 0;
    let mut at = start;
    for (n, c) in text.get(start..end).unwrap_or_default().chars().enumerate() {
        used += shown(c).map_or(0, |c| c.width().unwrap_or(0));
        if used > most || n > 4 * most {
            break;
        }
        at += c.len_utf8();
    }
    at
}

/// The start of the first whole word from `wide` on, when there is one before `at`.
fn word_start(text: &str, line: usize, wide: usize, at: usize) -> usize {
    if wide == line {
        return wide;
    }
    let part = text.get(wide..at).unwrap_or_default();
    part.find(char::is_whitespace).map_or(wide, |i| {
        let rest = part.get(i..).unwrap_or_default();
        at - rest.trim_start().len()
    })
}

/// The end of the last whole word before `wide`, when there is one after `at`.
fn word_end(text: &str, line: usize, at: usize, wide: usize) -> usize {
    if wide == line {
        return wide;
    }
    let part = text.get(at..wide).unwrap_or_default();
    part.rfind(char::is_whitespace).map_or(wide, |i| {
        at + part.get(..i).unwrap_or_default().trim_end().len()
    })
}

/// A character as a terminal may be given it: itself, a picture of it, or nothing.
fn shown(c: char) -> Option<char> {
    match c {
        '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)),
        '\u{7f}' => Some('\u{2421}'),
        '\u{80}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => Some(char::REPLACEMENT_CHARACTER),
        // What turns the direction of reading would also turn the marks below.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some(char::REPLACEMENT_CHARACTER),
        '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{feff}' => None,
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn drawn(text: &str, marks: &[Span], width: usize) -> Vec<(String, Vec<String>)> {
        let index = Index::new(text);
        views(&index, text, marks, width)
            .into_iter()
            .map(|v| {
                let marks = v.marks.iter().map(|m| m.0.of(&v.shown).to_owned());
                (v.shown.clone(), marks.collect())
            })
            .collect()
    }

    fn span_of(text: &str, part: &str) -> Span {
        let at = text.find(part).unwrap();
        Span::new(at, at + part.len())
    }

    #[test]
    fn a_long_line_is_cut_at_words() {
        let text = format!(
            "{} it was $5.7 million then {}",
            "word ".repeat(90),
            "and so on ".repeat(90)
        );
        let cut = drawn(&text, &[span_of(&text, "$5.7 million")], 50);
        assert_eq!(
            cut,
            [(
                "… it was $5.7 million then and so on and …".to_owned(),
                vec!["$5.7 million".to_owned()]
            )]
        );
    }

    #[test]
    fn what_lies_far_apart_is_shown_apart() {
        let text = format!("one {} two", "x ".repeat(100));
        let cut = drawn(&text, &[span_of(&text, "two"), span_of(&text, "one")], 40);
        let marks: Vec<_> = cut.iter().map(|c| c.1.concat()).collect();
        assert_eq!(marks, ["one", "two"]);
    }

    #[test]
    fn a_mark_over_lines_is_shown_by_its_ends() {
        let text = "so a\nb\nc d\n";
        assert_eq!(
            drawn(text, &[Span::new(3, 8)], 40),
            [
                ("so a".to_owned(), vec!["a".to_owned()]),
                ("c d".to_owned(), vec!["c".to_owned()])
            ]
        );
        // Up to and with the line feed.
        assert_eq!(drawn(text, &[Span::new(3, 5)], 40).len(), 1);
    }

    #[test]
    fn a_mark_wider_than_the_line_loses_its_middle() {
        let text = "abcdefghij".repeat(20);
        let cut = drawn(&text, &[Span::new(0, text.len())], 30);
        assert_eq!(cut[0].0, "abcdefghija … jabcdefghij");
        assert_eq!(cut[0].1[0], cut[0].0);
    }

    #[test]
    fn nothing_steers_the_terminal() {
        let text = "a\tb\u{1b}[2J\u{9b}\u{202e}c\u{200f}d\r\n";
        let cut = drawn(text, &[Span::new(0, 1)], 40);
        assert_eq!(cut[0].0, "a b␛[2J��cd");
    }

    proptest! {
        #[test]
        fn any_marks_are_drawn_within_the_width(
            text in "([a-z ]{0,40}|[\u{301}\u{1b}\n\r\t\u{202e}漢💶é ]{0,12}|x{60}){0,30}",
            ends in prop::collection::vec((0usize..900, 0usize..900), 0..6),
            width in 24usize..120,
        ) {
            let marks: Vec<Span> = ends.iter().map(|(a, b)| Span::new(*a, *b)).collect();
            let index = Index::new(&text);
            let all = views(&index, &text, &marks, width);
            let mut last = 0;
            for v in &all {
                prop_assert!(v.shown.chars().all(|c| !c.is_control()));
                let wide: usize = v.shown.chars().map(|c| c.width().unwrap_or(0)).sum();
                prop_assert!(wide <= width, "{} > {width}: {:?}", wide, v.shown);
                for (m, _) in &v.marks {
                    prop_assert!(v.shown.get(m.start..m.end).is_some());
                }
                prop_assert!(v.at.start >= last);
                last = v.at.start;
            }
            for mark in 0..marks.len() {
                prop_assert!(all.iter().any(|v| v.marks.iter().any(|m| m.1 == mark)));
            }
        }
    }
}
