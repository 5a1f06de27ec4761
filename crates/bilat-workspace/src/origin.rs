//! Whether two documents are one report: copies and light rewrites.
//!
//! Texts are compared by their runs of words ("shingles"; Broder, *On the resemblance and
//! containment of documents*, 1997). What counts is the share of the shorter text's runs that the
//! longer has, so that a shortened copy is found too. A credit to the same agency in both lowers
//! what is asked for. Hashes are made without chance: the same texts give the same answer anywhere.

use std::collections::BTreeSet;

use bilat_model::document::{Block, BlockKind, Span};
use bilat_model::registry::fold;
use serde::Deserialize;

use crate::error::{Error, Trouble};

/// Runs beyond this many are not compared: what is longer is a book, and no agency's report.
const MOST_RUNS: usize = 200_000;

/// How many sampled runs of one document are kept at most.
const MOST_SAMPLES: usize = 4096;

/// How much of either end of a text is searched for credits, in bytes.
const CREDIT_REACH: usize = 700;

/// Data: how alike is one origin.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OriginRules {
    run: usize,
    sample: u64,
    copy: Share,
    credited: Share,
    shortest: Shortest,
    length: Length,
    credits: Forms,
    agencies: Agencies,
    #[allow(dead_code)] // read by the test of the rules
    example: Vec<Example>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Share {
    share: u64,
    why: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shortest {
    runs: usize,
    why: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Length {
    ratio: u64,
    why: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Forms {
    forms: Vec<String>,
    why: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Agencies {
    names: Vec<String>,
    why: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)] // read by the test of the rules
struct Example {
    text: String,
    credits: Vec<String>,
    #[serde(default)]
    why: Option<String>,
}

/// What of a text is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// Hashes of its runs of words, in order, each once.
    runs: Vec<u64>,
    /// Agencies that it credits, folded.
    agencies: BTreeSet<String>,
}

/// Why two documents have one origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneOrigin {
    /// In words.
    pub reason: String,
    /// The share of the shorter document's runs that the other has, per mille.
    pub score: u64,
}

impl OriginRules {
    /// The rules of this program.
    ///
    /// # Errors
    /// [`Trouble::Rules`] when they do not read.
    pub fn built_in() -> Result<Self, Error> {
        let rules: Self = toml::from_str(include_str!("../rules/origin.toml"))
            .map_err(|e| Trouble::Rules(e.to_string()))?;
        if rules.run == 0 || rules.sample == 0 {
            return Err(Trouble::Rules("a run and a sample are at least 1".to_owned()).into());
        }
        Ok(rules)
    }

    /// What of a text is compared: furniture and captions are left out. Linear in its length.
    #[must_use]
    pub fn fingerprint(&self, text: &str, blocks: &[Block]) -> Fingerprint {
        let whole = [Block {
            span: Span::new(0, text.len()),
            kind: BlockKind::Paragraph,
        }];
        let blocks = if blocks.is_empty() { &whole } else { blocks };
        let mut words = Vec::new();
        for block in blocks {
            if matches!(block.kind, BlockKind::Furniture | BlockKind::Caption) {
                continue;
            }
            let folded = fold(block.span.of(text));
            let left = (MOST_RUNS + self.run).saturating_sub(words.len());
            words.extend(
                folded
                    .split(' ')
                    .filter(|w| !w.is_empty())
                    .map(hash)
                    .take(left),
            );
        }
        let mut runs: Vec<u64> = words.windows(self.run).map(combine).collect();
        runs.sort_unstable();
        runs.dedup();
        Fingerprint {
            runs,
            agencies: self.agencies(text),
        }
    }

    /// The agencies that a text credits at its beginning or end, folded.
    #[must_use]
    pub fn agencies(&self, text: &str) -> BTreeSet<String> {
        let (head, tail) = ends(text);
        let mut out = BTreeSet::new();
        for name in &self.agencies.names {
            let near = [head, tail];
            if !near.iter().any(|t| t.contains(name.as_str())) {
                continue;
            }
            let credited = self.credits.forms.iter().any(|form| {
                let credit = form.replace("{}", name);
                let begun = capital(form).replace("{}", name);
                near.iter().any(|t| stands(t, &credit) || stands(t, &begun))
            });
            if credited {
                out.insert(fold(name));
            }
        }
        out
    }

    /// The sampled runs by which a text is looked up.
    #[must_use]
    pub fn sample(&self, text: &Fingerprint) -> Vec<u64> {
        let sampled = text.runs.iter().copied();
        sampled
            .filter(|h| h % self.sample == 0)
            .take(MOST_SAMPLES)
            .collect()
    }

    /// Whether two texts are one report.
    #[must_use]
    pub fn one_origin(&self, a: &Fingerprint, b: &Fingerprint) -> Option<OneOrigin> {
        let (short, long) = match a.runs.len() <= b.runs.len() {
            true => (a, b),
            false => (b, a),
        };
        let (n, m) = (short.runs.len() as u64, long.runs.len() as u64);
        if short.runs.len() < self.shortest.runs || n * 1000 < m * self.length.ratio {
            return None;
        }
        let shared = shared(&short.runs, &long.runs);
        let score = shared * 1000 / n.max(1);
        let agency = a.agencies.intersection(&b.agencies).next();
        let alike = format!(
            "{shared} of the {n} runs of {} words of the shorter text stand in the other",
            self.run
        );
        match agency {
            _ if score >= self.copy.share => Some(OneOrigin {
                reason: alike,
                score,
            }),
            Some(agency) if score >= self.credited.share => Some(OneOrigin {
                reason: format!("{alike}, and both credit {agency}"),
                score,
            }),
            _ => None,
        }
    }

    /// The reasons behind the numbers, for whoever asks why.
    #[must_use]
    pub fn reasons(&self) -> [&str; 6] {
        [
            &self.copy.why,
            &self.credited.why,
            &self.shortest.why,
            &self.length.why,
            &self.credits.why,
            &self.agencies.why,
        ]
    }
}

/// How many numbers two ordered lists have in common.
fn shared(a: &[u64], b: &[u64]) -> u64 {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                n += 1;
                i += 1;
                j += 1;
            }
        }
    }
    n
}

/// The beginning and the end of a text.
fn ends(text: &str) -> (&str, &str) {
    let (mut head, mut tail) = (
        text.len().min(CREDIT_REACH),
        text.len().saturating_sub(CREDIT_REACH),
    );
    while !text.is_char_boundary(head) {
        head -= 1;
    }
    while !text.is_char_boundary(tail) {
        tail += 1;
    }
    (&text[..head], &text[tail..])
}

/// Whether a credit stands in a text as words of its own.
fn stands(text: &str, credit: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let (first, last) = (credit.chars().next(), credit.chars().next_back());
    text.match_indices(credit).any(|(at, found)| {
        let before = text[..at].chars().next_back();
        let after = text[at + found.len()..].chars().next();
        !(letter(first) && letter(before) || letter(last) && letter(after))
    })
}

/// A form as it begins a sentence.
fn capital(form: &str) -> String {
    let mut letters = form.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// FNV-1a, 64 bits.
fn hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// One number for a run of words, spread over all 64 bits (the finaliser of SplitMix64).
fn combine(words: &[u64]) -> u64 {
    let h = words.iter().fold(0u64, |h, w| {
        h.rotate_left(17).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ w
    });
    let h = (h ^ (h >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let h = (h ^ (h >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    h ^ (h >> 31)
}

#[cfg(test)]
#[path = "origin_tests.rs"]
mod tests;
