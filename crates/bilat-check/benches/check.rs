//! Times the check of an article and of a long table of figures. The answers are verified before
//! they are timed.
//!
//! Run with `cargo bench -p bilat-check`.
#![allow(clippy::unwrap_used, missing_docs)]

use bilat_check::example::Example;
use bilat_check::{Known, check};
use bilat_model::finding::Severity;
use bilat_model::told::Extraction;
use divan::{Bencher, black_box};

const ARTICLE: &str = r#"
text = "Turnover in 2024 was $105.7 million, 5.2% lower than the year before ($111.5 million). Exports more than doubled to $5.7 million. Imports fell by 8.1% to $99.9 million."
figures = [
  { kind = "trade_turnover", told = "105.7 million USD", period = "2024", change = "-5.2", on = "2023", verb = "down" },
  { kind = "trade_turnover", told = "111.5 million USD", period = "2023" },
  { kind = "exports", way = "KAZ>SVN", told = "5.7 million USD", period = "2024", change = "over 100", change_words = "more than doubled", on = "2023", verb = "up" },
  { kind = "imports", way = "SVN>KAZ", told = "99.9 million USD", period = "2024", change = "-8.1", on = "2023", verb = "down" },
]
"#;

fn article() -> (Extraction, String) {
    let example: Example = toml::from_str(ARTICLE).unwrap();
    (example.extraction().unwrap(), example.text)
}

/// The article's figures again and again, each time another ten years earlier.
fn table(times: i16) -> (Extraction, String) {
    let (one, text) = article();
    let mut all = one.clone();
    for k in 1..times {
        for f in &one.figures {
            let mut f = f.clone();
            f.period = f.period.and_then(|p| p.shift_years(-2 * k));
            f.compare_period = f.compare_period.and_then(|p| p.shift_years(-2 * k));
            all.figures.push(f);
        }
    }
    (all, text)
}

fn is_clean(told: &Extraction, text: &str) -> bool {
    let all = check(told, text, &Known::nothing());
    !all.is_empty() && all.iter().all(|f| f.severity == Severity::Info)
}

#[divan::bench]
fn one_article(b: Bencher<'_, '_>) {
    let (told, text) = article();
    assert!(is_clean(&told, &text));
    b.bench(|| check(black_box(&told), &text, &Known::nothing()));
}

#[divan::bench]
fn a_changed_digit(b: Bencher<'_, '_>) {
    let (mut told, text) = article();
    told.figures[3].interval = Some("[79850000, 79950000)".parse().unwrap());
    assert!(!is_clean(&told, &text));
    b.bench(|| check(black_box(&told), &text, &Known::nothing()));
}

#[divan::bench(args = [10, 100, 400])]
fn a_table(b: Bencher<'_, '_>, times: i16) {
    let (told, text) = table(times);
    assert!(is_clean(&told, &text));
    b.bench(|| check(black_box(&told), &text, &Known::nothing()));
}

fn main() {
    divan::main();
}
