//! What the text around decides of amounts: which of several currencies a word means, and that a bare
//! "27.9 billion" behind "38.4 billion francs" is money too.

use bilat_model::Decimal;

use super::{Amount, Lexicon, Unit};
use crate::tokens::{Kind, Tokens};

/// Settles the units of amounts, in order. `own` gives the currency of the country named at a token,
/// or without one those of the pair.
pub fn settle<'c>(
    tokens: &Tokens<'_>,
    lexicon: &Lexicon,
    amounts: &mut [Amount],
    own: &dyn Fn(Option<usize>) -> Vec<&'c str>,
) {
    let settling = Settling {
        tokens,
        lexicon,
        own,
    };
    for amount in amounts.iter_mut() {
        settling.elsewhere(amount);
    }
    share_units(tokens, amounts);
    settling.series(amounts);
    let mut last: Option<(Unit, usize)> = None;
    for amount in amounts {
        // "104 million inhabitants and Kenya 54 million": what was counted last is no money.
        if amount.unit == Unit::Count && lexicon.is_people(tokens, amount.tokens.end) {
            last = None;
            continue;
        }
        let money = settling.francs(amount) || settling.letter(amount) || settling.shared(amount);
        if money {
            last = Some((amount.unit.clone(), amount.tokens.end));
        } else if let Some((unit, at)) = &last
            && settling.goes_on(amount, *at)
        {
            amount.unit = unit.clone();
        }
    }
}

struct Settling<'s, 't, 'c> {
    tokens: &'s Tokens<'t>,
    lexicon: &'s Lexicon,
    own: &'s dyn Fn(Option<usize>) -> Vec<&'c str>,
}

impl Settling<'_, '_, '_> {
    /// "A 5 million sum" in a text that is not on Uzbekistan is none of its money.
    fn elsewhere(&self, amount: &mut Amount) {
        let Unit::Currency(code) = amount.unit else {
            return;
        };
        let last = amount.tokens.end - 1;
        let behind = last >= amount.number.end;
        if behind && self.is_elsewhere(last, code) && !self.named(amount) {
            amount.unit = Unit::Count;
            amount.tokens.end = last;
        }
    }

    /// Whether a word is a currency only in texts on other countries.
    fn is_elsewhere(&self, at: usize, code: &str) -> bool {
        let word = self.tokens.tokens[at].word;
        self.lexicon.is_local(word) && !(self.own)(None).contains(&code)
    }

    /// Whether the last two words together name the unit: "Guinean francs", but not "CFA francs",
    /// which are of two areas.
    fn named(&self, amount: &Amount) -> bool {
        let end = amount.tokens.end;
        let before = end.checked_sub(2).filter(|i| *i >= amount.number.end);
        let whole = before.and_then(|i| self.lexicon.unit(self.tokens, i, end, true));
        whole.is_some_and(|(unit, stop)| stop == end && unit == amount.unit)
            && amount.unit != Unit::Currency("XOF")
    }

    /// "48.6 billion Guinean francs": the country says which francs.
    fn francs(&self, amount: &mut Amount) -> bool {
        let named = amount.tokens.end;
        let shared = |i: &usize| {
            let token = self.tokens.tokens.get(*i);
            token.is_some_and(|t| self.lexicon.is_shared(t.word))
        };
        if amount.unit == Unit::Count
            && let [code] = (self.own)(Some(named))[..]
            && let Some(at) = (named + 1..named + 4).find(shared)
        {
            amount.unit = Unit::Currency(self.lexicon.code(code));
            amount.tokens.end = at + 1;
            return true;
        }
        false
    }

    /// "P412 million" in a text on Botswana.
    fn letter(&self, amount: &mut Amount) -> bool {
        if amount.unit == Unit::Count
            && amount.number.start == amount.tokens.start
            && let Some(at) = amount.tokens.start.checked_sub(1)
            && (!self.tokens.tokens[amount.tokens.start].spaced || self.tokens.raw(at).len() > 1)
            && let Some(code) = self.lexicon.letter(self.tokens.raw(at), &(self.own)(None))
        {
            amount.unit = Unit::Currency(code);
            amount.tokens.start = at;
            return true;
        }
        false
    }

    /// Which of the currencies that share a word or sign is meant; whether it is money at all.
    fn shared(&self, amount: &mut Amount) -> bool {
        let Unit::Currency(code) = amount.unit else {
            return false;
        };
        let end = amount.tokens.end;
        let word = self.tokens.tokens[end - 1].word;
        let before = end.checked_sub(2).filter(|i| *i >= amount.number.end);
        let said = before.map(|i| (self.own)(Some(i))).unwrap_or_default();
        let told = !said.is_empty();
        let mut by = if told { said } else { (self.own)(None) };
        // "Rs 43,130 crore" are of a country that counts in crores.
        if amount.scale == Decimal::from(10_000_000) || amount.scale == Decimal::from(100_000) {
            by.retain(|c| matches!(*c, "INR" | "PKR" | "NPR" | "BDT"));
        }
        let plain = !matches!(code, "USD" | "EUR" | "GBP") && !self.named(amount);
        if let Some(code) = self.lexicon.shared(word, &by).filter(|_| plain || told) {
            amount.unit = Unit::Currency(code);
        }
        if matches!(code, "INR" | "KES" | "MXN" | "EGP")
            && let Some(code) = self.lexicon.shared_code(code, &by)
        {
            amount.unit = Unit::Currency(code);
        }
        true
    }

    /// Whether a bare number of millions goes on with the money told at `last`.
    fn goes_on(&self, amount: &Amount, last: usize) -> bool {
        let million = Decimal::from(1_000_000);
        let end = amount.tokens.end;
        let flow =
            || !(self.own)(Some(end)).is_empty() && self.lexicon.is_flow(self.tokens, end + 1);
        amount.unit == Unit::Count
            && amount.scale >= million
            && (!amount.words || amount.scale > million)
            && amount.tokens.start - last < 60
            && !self.lexicon.is_counted(self.tokens, amount.tokens.start)
            && (!counts_something(self.tokens, end) || flow())
    }

    /// "Exports, in millions of dirhams: 1 702,4 in 2019; 1 986,1 in 2020": the unit of the bare
    /// numbers that follow in the sentence.
    fn series(&self, amounts: &mut [Amount]) {
        let mut next = 0;
        for sentence in &self.tokens.sentences {
            let range = &sentence.tokens;
            let first = next;
            next += amounts[first..].partition_point(|a| a.tokens.start < range.end);
            let told = range
                .clone()
                .find_map(|i| self.unit_of_series(i, range.end));
            let Some((scale, unit, end)) = told else {
                continue;
            };
            let bare = |a: &&mut Amount| {
                a.tokens.start >= end
                    && a.unit == Unit::Count
                    && a.scale == Decimal::ONE
                    && !a.words
            };
            for amount in amounts[first..next].iter_mut().filter(bare) {
                amount.scale = scale;
                amount.unit = unit.clone();
            }
        }
    }

    /// "In millions of dirhams": scale and unit, and where the words end.
    fn unit_of_series(&self, at: usize, end: usize) -> Option<(Decimal, Unit, usize)> {
        let word = |i: usize| self.tokens.tokens.get(i).filter(|_| i < end);
        if !self.tokens.raw(at).eq_ignore_ascii_case("in") {
            return None;
        }
        let scale = self.lexicon.scale(word(at + 1)?.word, false)?;
        let of = usize::from(word(at + 2)?.word == self.lexicon.of);
        let (unit, stop) = self.lexicon.unit(self.tokens, at + 2 + of, end, true)?;
        let Unit::Currency(code) = unit else {
            return Some((scale, unit, stop));
        };
        if self.is_elsewhere(stop - 1, code) {
            return None;
        }
        let shared = self.lexicon.shared(word(stop - 1)?.word, &(self.own)(None));
        Some((scale, Unit::Currency(shared.unwrap_or(code)), stop))
    }
}

/// "From 1 billion to 1.5 billion euros": the currency told with the second is that of the first.
fn share_units(tokens: &Tokens<'_>, amounts: &mut [Amount]) {
    let million = Decimal::from(1_000_000);
    for i in (1..amounts.len()).rev() {
        let (head, tail) = amounts.split_at_mut(i);
        let (Some(first), Some(second)) = (head.last_mut(), tail.first()) else {
            continue;
        };
        let gap = first.tokens.end..second.tokens.start;
        let joined = gap.len() == 1
            && ["to", "and", "or"].contains(&tokens.raw(gap.start).to_ascii_lowercase().as_str());
        // "From 50 to 100 million euros": the scale word too.
        let bare = first.scale == Decimal::ONE
            && second.scale >= million
            && first.number.len() == 1
            && first.unit == Unit::Count
            && tokens.raw(gap.start).eq_ignore_ascii_case("to")
            && first.tokens.start > 0
            && tokens
                .raw(first.tokens.start - 1)
                .eq_ignore_ascii_case("from");
        if joined && bare && matches!(second.unit, Unit::Currency(_)) {
            first.scale = second.scale;
            first.unit = second.unit.clone();
        } else if joined
            && first.unit == Unit::Count
            && first.scale >= million
            && matches!(second.unit, Unit::Currency(_))
        {
            first.unit = second.unit.clone();
        }
    }
}

/// Whether a plain noun follows that a number may count: "3 million tourists".
fn counts_something(tokens: &Tokens<'_>, at: usize) -> bool {
    let Some(next) = tokens.tokens.get(at) else {
        return false;
    };
    let raw = tokens.raw(at);
    next.kind == Kind::Word
        && next.spaced
        && raw.len() > 4
        && raw.ends_with('s')
        && !raw.eq_ignore_ascii_case("versus")
        || next.kind == Kind::Word && next.capital
}

#[cfg(test)]
mod tests {
    use bilat_model::document::{Block, BlockKind, Span};

    use super::*;
    use crate::tokens::Vocabulary;

    /// The amounts of a text on countries with these currencies.
    fn read(text: &str, own: &[&'static str]) -> Vec<String> {
        let mut vocabulary = Vocabulary::default();
        let lexicon = Lexicon::new(&mut vocabulary).expect("the lexicon is sound");
        let block = Block {
            span: Span::new(0, text.len()),
            kind: BlockKind::Paragraph,
        };
        let tokens = Tokens::new(text, &[block], &vocabulary);
        let mut amounts = super::super::find(&tokens, &lexicon, &|_| false);
        settle(&tokens, &lexicon, &mut amounts, &|at| match at {
            Some(_) => Vec::new(),
            None => own.to_vec(),
        });
        let told = |a: &Amount| format!("{} {}", a.value(), a.unit.code());
        amounts.iter().map(told).collect()
    }

    #[test]
    fn a_word_of_other_meanings_is_money_only_where_it_is_used() {
        for (text, own, found) in [
            ("5 million sum", "UZS", "5000000 UZS"),
            ("a 5 million sum", "PLN", "5000000 count"),
            ("5 million uzbek sums", "PLN", "5000000 UZS"),
            ("300 million marks", "BAM", "300000000 BAM"),
            ("300 million marks", "EUR", "300000000 count"),
            ("300 million German marks", "EUR", "300000000 DEM"),
            ("rose 5 million real", "BRL", "5000000 BRL"),
            ("rose 5 million real", "EUR", "5000000 count"),
            ("5 million Brazilian real", "EUR", "5000000 BRL"),
        ] {
            assert_eq!(read(text, &[own]), [found], "{text}");
        }
    }

    #[test]
    fn a_heading_tells_the_unit_of_a_series() {
        for (text, own, found) in [
            (
                "In millions of dirhams: 1702 in all",
                "MAD",
                "1702000000 MAD",
            ),
            ("In millions of marks: 1702 in all", "BAM", "1702000000 BAM"),
            ("In millions of marks: 1702 in all", "EUR", "1702 count"),
        ] {
            assert_eq!(
                read(text, &[own]).last().map(String::as_str),
                Some(found),
                "{text}"
            );
        }
    }
}
