//! Overlapping spans as stretches that do not overlap.

use bilat_model::document::Span;

/// A stretch of text under the same spans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Segment {
    pub(super) span: Span,
    /// Which spans cover it, by their place in the list; rising.
    pub(super) under: Vec<usize>,
    /// Which spans end with it.
    pub(super) ends: Vec<usize>,
}

/// A stretch cut wherever a span begins or ends. The segments together are the whole, in order;
/// none is empty, unless the whole is.
///
/// Spans must lie on character boundaries; what of them lies outside the whole is left out. An
/// empty span covers nothing and gives no segment.
pub(super) fn segments(whole: Span, spans: &[Span]) -> Vec<Segment> {
    // Position, ends before starts, which span.
    let mut turns: Vec<(usize, bool, usize)> = Vec::new();
    for (i, span) in spans.iter().enumerate() {
        let start = span.start.max(whole.start);
        let end = span.end.min(whole.end);
        if start < end {
            turns.push((start, true, i));
            turns.push((end, false, i));
        }
    }
    turns.sort_unstable();
    let mut out: Vec<Segment> = Vec::new();
    let mut open = std::collections::BTreeSet::new();
    let mut at = whole.start;
    for (place, begins, i) in turns {
        if place > at {
            out.push(Segment {
                span: Span::new(at, place),
                under: open.iter().copied().collect(),
                ends: Vec::new(),
            });
            at = place;
        }
        if begins {
            open.insert(i);
        } else {
            open.remove(&i);
            if let Some(last) = out.last_mut() {
                last.ends.push(i);
            }
        }
    }
    if at < whole.end {
        out.push(Segment {
            span: Span::new(at, whole.end),
            under: Vec::new(),
            ends: Vec::new(),
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn overlaps_are_cut() {
        let spans = [Span::new(2, 6), Span::new(4, 8), Span::new(4, 4)];
        let all = segments(Span::new(0, 10), &spans);
        let shown: Vec<_> = all
            .iter()
            .map(|s| (s.span.start, s.span.end, s.under.clone(), s.ends.clone()))
            .collect();
        assert_eq!(
            shown,
            [
                (0, 2, vec![], vec![]),
                (2, 4, vec![0], vec![]),
                (4, 6, vec![0, 1], vec![0]),
                (6, 8, vec![1], vec![1]),
                (8, 10, vec![], vec![]),
            ]
        );
    }

    proptest! {
        #[test]
        fn segments_are_the_whole_and_under_what_covers_them(
            len in 0usize..60,
            ends in prop::collection::vec((0usize..70, 0usize..70), 0..8),
        ) {
            let spans: Vec<Span> = ends.iter().map(|(a, b)| Span::new(*a, *b)).collect();
            let all = segments(Span::new(0, len), &spans);
            let mut at = 0;
            for s in &all {
                prop_assert_eq!(s.span.start, at);
                prop_assert!(s.span.end > at);
                for b in s.span.start..s.span.end {
                    let under: Vec<usize> = (0..spans.len())
                        .filter(|i| spans[*i].start <= b && b < spans[*i].end)
                        .collect();
                    prop_assert_eq!(&under, &s.under);
                }
                at = s.span.end;
            }
            prop_assert_eq!(at, len);
        }
    }
}
