//! Amounts: numbers with their scale and unit, as print has them.
//!
//! "$105.7 million", "1,3 mld USD", "U$S 3,000 million", "Rs 12,000 crore", "half a billion euros",
//! "two dozen", "5-7 percent". A number keeps the digits it was printed with, since they tell how
//! far it was rounded. Whether a bare number counts something is decided by who reads it.

mod lexicon;
mod numeral;
mod settle;
mod words;

use std::ops::Range;

use bilat_model::Decimal;

pub use lexicon::{BadLexicon, Lexicon, Unit};
use numeral::Numeral;
pub use settle::settle;

use crate::tokens::{Kind, Tokens};

/// A number with its scale and unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    /// Its tokens, sign and unit included.
    pub tokens: Range<usize>,
    /// The tokens of the number alone, scale words included.
    pub number: Range<usize>,
    /// The digits as [`bilat_model::interval::Interval::printed`] reads them.
    pub digits: String,
    /// What they are told in: one million for "5.7 million".
    pub scale: Decimal,
    /// The upper end of a range: digits and scale.
    pub upper: Option<(String, Decimal)>,
    /// What it is a number of.
    pub unit: Unit,
    /// Whether it was written in words ("two", "a hundred").
    pub words: bool,
}

impl Amount {
    /// Digits times scale.
    #[must_use]
    pub fn value(&self) -> Decimal {
        value(&self.digits, self.scale)
    }

    /// The upper end's value.
    #[must_use]
    pub fn max(&self) -> Option<Decimal> {
        self.upper.as_ref().map(|(d, s)| value(d, *s))
    }

    /// Whether it is money.
    #[must_use]
    pub fn is_money(&self) -> bool {
        matches!(self.unit, Unit::Currency(_))
    }

    /// Whether it is in per cent.
    #[must_use]
    pub fn is_percent(&self) -> bool {
        self.unit == Unit::Other("percent")
    }
}

fn value(digits: &str, scale: Decimal) -> Decimal {
    Decimal::from_str_exact(&digits.replace([',', ' '], ""))
        .ok()
        .and_then(|d| d.checked_mul(scale))
        .map_or(Decimal::ZERO, |d| d.normalize())
}

/// Every amount in a text, in order and without overlap. `masked` says which tokens are something
/// else: dates, names with numbers in them.
#[must_use]
pub fn find(tokens: &Tokens<'_>, lexicon: &Lexicon, masked: &dyn Fn(usize) -> bool) -> Vec<Amount> {
    let commas = decimal_commas(tokens);
    let mut out = Vec::new();
    for sentence in &tokens.sentences {
        let reader = Reader {
            tokens,
            lexicon,
            masked,
            end: sentence.tokens.end,
            commas,
        };
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            match reader.amount(at) {
                Some(amount) => {
                    at = amount.tokens.end.max(at + 1);
                    out.push(amount);
                }
                None => at += 1,
            }
        }
    }
    out
}

/// Whether the text writes decimal commas: some number has a comma that cannot set thousands
/// apart, and none has a decimal point.
fn decimal_commas(tokens: &Tokens<'_>) -> bool {
    let (mut commas, mut points) = (false, false);
    for (i, token) in tokens.tokens.iter().enumerate() {
        if token.kind == Kind::Number {
            let raw = tokens.raw(i);
            commas |= raw
                .split_once(',')
                .is_some_and(|(_, f)| f.len() != 3 && f.bytes().all(|b| b.is_ascii_digit()));
            points |= raw
                .split_once('.')
                .is_some_and(|(_, f)| f.len() != 3 && f.bytes().all(|b| b.is_ascii_digit()));
        }
    }
    commas && !points
}

/// "2.4-fold" is a multiple.
fn is_fold(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.raw(at).eq_ignore_ascii_case("fold")
}

struct Reader<'a> {
    tokens: &'a Tokens<'a>,
    lexicon: &'a Lexicon,
    masked: &'a dyn Fn(usize) -> bool,
    end: usize,
    commas: bool,
}

impl Reader<'_> {
    /// The amount that begins at a token: with its sign, or with its number.
    fn amount(&self, at: usize) -> Option<Amount> {
        let token = &self.tokens.tokens[at];
        if token.kind != Kind::Number && !self.lexicon.can_begin(token.word) || (self.masked)(at) {
            return None;
        }
        if let Some((percent, end)) = numeral::fraction(self.tokens, self.lexicon, at, self.end) {
            return Some(Amount {
                tokens: at..end,
                number: at..end,
                digits: percent.to_owned(),
                scale: Decimal::ONE,
                upper: None,
                unit: Unit::Other("percent"),
                words: true,
            });
        }
        let before = self.lexicon.sign(self.tokens, at, self.end);
        let start = before.as_ref().map_or(at, |(_, end)| *end);
        let first = self.number(start, before.is_some())?;
        let first = self.compound(first, before.is_some());
        let mut amount = self.with_unit(at, before.map(|(u, _)| u), first)?;
        self.thousands(&mut amount);
        self.range(&mut amount);
        // "two-way", "18-member": a number bound to a word is part of an adjective.
        let bound = amount.unit == Unit::Count
            && self
                .tokens
                .tokens
                .get(amount.tokens.end)
                .is_some_and(|t| t.is('-') && !t.spaced)
            && self
                .tokens
                .tokens
                .get(amount.tokens.end + 1)
                .is_some_and(|t| t.kind == Kind::Word && !t.spaced);
        let fold = is_fold(self.tokens, amount.tokens.end + 1);
        (!bound || fold).then_some(amount)
    }

    /// "91.000 Peruvians", "2.400 million dollars": a point before three digits sets thousands apart
    /// where so many decimals would say nothing.
    fn thousands(&self, amount: &mut Amount) {
        let Some((whole, rest)) = amount.digits.split_once('.') else {
            return;
        };
        let point = rest.len() == 3 && whole.len() <= 3 && whole != "0" && !amount.words;
        let round = rest.ends_with("00");
        let tells = match &amount.unit {
            Unit::Count if amount.scale == Decimal::ONE => {
                !self.lexicon.multiplies(self.tokens, amount.tokens.end)
            }
            Unit::Currency(_) if amount.scale == Decimal::ONE => true,
            Unit::Currency(_) => round && amount.scale == Decimal::from(1_000_000),
            Unit::Other("percent" | "percentage_point") => false,
            _ => round && amount.scale == Decimal::ONE,
        };
        if point && tells {
            amount.digits = format!("{whole}{rest}");
        }
    }

    /// "1 billion 287.4 million": one number in two scales.
    fn compound(&self, first: Numeral, money: bool) -> Numeral {
        let goes_on = first.scale >= Decimal::from(1_000_000) && !first.words;
        let second = match goes_on {
            true => self.number(first.end, money),
            false => None,
        };
        let fits = |n: &Numeral| {
            n.scaled && n.scale < first.scale && value(&n.digits, n.scale) < first.scale
        };
        let Some(second) = second.filter(fits) else {
            return first;
        };
        let sum = value(&first.digits, first.scale)
            .checked_div(second.scale)
            .and_then(|d| d.checked_add(Decimal::from_str_exact(&second.digits).ok()?));
        match sum {
            Some(sum) => Numeral {
                end: second.end,
                digits: sum.to_string(),
                scale: second.scale,
                ..first
            },
            None => first,
        }
    }

    fn number(&self, at: usize, money: bool) -> Option<Numeral> {
        if at >= self.end || (self.masked)(at) || self.in_a_name(at) {
            return None;
        }
        numeral::read(self.tokens, self.lexicon, at, self.end, money, self.commas)
    }

    /// Digits that are part of a name: "G-20", "COVID-19", "[1]", "№ 5".
    fn in_a_name(&self, at: usize) -> bool {
        let token = &self.tokens.tokens[at];
        if token.kind != Kind::Number {
            return false;
        }
        let Some(before) = at.checked_sub(1).map(|i| &self.tokens.tokens[i]) else {
            return false;
        };
        let glued = !token.spaced;
        let compound = before.is('-')
            && glued
            && !before.spaced
            && at >= 2
            && self.tokens.tokens[at - 2].kind == Kind::Word
            && !self.lexicon.is_scale(self.tokens.tokens[at - 2].word);
        let after = self.tokens.tokens.get(at + 1);
        let footnote = before.is('[') && after.is_some_and(|t| t.is(']'));
        compound
            || footnote
            || before.is('#')
            || before.is('№')
            || self.lexicon.is_numbered(before.word)
    }

    fn with_unit(&self, at: usize, before: Option<Unit>, number: Numeral) -> Option<Amount> {
        let tokens = self.tokens;
        let mut end = number.end;
        // A hyphen binds number and unit: "25-percent".
        let joined = |e: usize| {
            tokens.tokens.get(e).is_some_and(|t| t.is('-') && !t.spaced) && e + 1 < self.end
        };
        let unit_at = if joined(end) { end + 1 } else { end };
        let after = self
            .lexicon
            .unit(tokens, unit_at, self.end, number.scaled || before.is_some());
        let unit = match (before, after) {
            (Some(sign), Some((unit, e))) if unit == sign || matches!(unit, Unit::Currency(_)) => {
                // "$300 million US", "US$ 3 billion (USD)": the more telling of two signs.
                end = e;
                if sign == Unit::Currency("USD") {
                    unit
                } else {
                    sign
                }
            }
            (Some(sign), _) => sign,
            (None, Some((unit, e))) => {
                end = e;
                unit
            }
            (None, None) => Unit::Count,
        };
        // "26.9 p.c. of exports": the full stop of the abbreviation, where the sentence goes on.
        let more = |i: usize| {
            tokens
                .tokens
                .get(i)
                .is_some_and(|t| i < self.end && !t.capital && t.kind != Kind::Number)
        };
        if unit == Unit::Other("percent")
            && tokens
                .tokens
                .get(end)
                .is_some_and(|t| t.is('.') && !t.spaced)
            && tokens.raw(end - 1).eq_ignore_ascii_case("p.c")
            && more(end + 1)
        {
            end += 1;
        }
        Some(Amount {
            tokens: at..end,
            number: number.start..number.end,
            digits: number.digits,
            scale: number.scale,
            upper: None,
            unit,
            words: number.words,
        })
    }

    /// Reads on where a range goes on: "5-7 percent", "30 to 40", "between 1.2 and 1.5 billion".
    fn range(&self, amount: &mut Amount) {
        let tokens = self.tokens;
        let at = amount.tokens.end;
        let Some(link) = tokens.tokens.get(at).filter(|_| at < self.end) else {
            return;
        };
        let before = amount
            .tokens
            .start
            .checked_sub(1)
            .map(|i| tokens.tokens[i].word);
        let said = |w: Option<crate::tokens::Word>, list: &[crate::tokens::Word]| {
            w.is_some_and(|w| list.contains(&w))
        };
        let linked = link.is('-') && !(link.spaced && amount.words)
            || link.word == self.lexicon.to && !said(before, &self.lexicon.from)
            || link.word == self.lexicon.or
            || link.word == self.lexicon.and && said(before, &self.lexicon.between);
        if !linked {
            return;
        }
        let sign = self.lexicon.sign(tokens, at + 1, self.end);
        let start = sign.as_ref().map_or(at + 1, |(_, e)| *e);
        let Some(second) = self.number(start, sign.is_some() || amount.is_money()) else {
            return;
        };
        let Some(mut second) = self.with_unit(at + 1, sign.map(|(u, _)| u), second) else {
            return;
        };
        self.thousands(&mut second);
        let bare = amount.unit == Unit::Count;
        // "Advanced 11.7 percent to 28.25 billion" is no range.
        if amount.is_percent() && second.scale > Decimal::ONE {
            return;
        }
        if !bare && second.unit != amount.unit && second.unit != Unit::Count {
            return;
        }
        // The first takes the scale of the second where it has none: "30-40 million".
        let scale = if amount.scale == Decimal::ONE {
            second.scale
        } else {
            amount.scale
        };
        let lower = value(&amount.digits, scale);
        if lower >= second.value()
            || second.words
                && link.word == self.lexicon.or
                && second.unit == Unit::Count
                && lower + Decimal::ONE != second.value()
        {
            return;
        }
        amount.scale = scale;
        if bare {
            amount.unit = second.unit.clone();
        }
        amount.upper = Some((second.digits, second.scale));
        amount.tokens.end = second.tokens.end;
        amount.number.end = second.number.end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::Vocabulary;
    use bilat_model::document::{Block, BlockKind, Span};

    fn read(text: &str) -> Vec<String> {
        let mut vocabulary = Vocabulary::default();
        let lexicon = Lexicon::new(&mut vocabulary).unwrap();
        let block = Block {
            span: Span::new(0, text.len()),
            kind: BlockKind::Paragraph,
        };
        let tokens = Tokens::new(text, &[block], &vocabulary);
        find(&tokens, &lexicon, &|_| false)
            .iter()
            .map(|a| {
                let max = a.max().map_or(String::new(), |m| format!("..{m}"));
                format!("{}{max} {}", a.value(), a.unit.code())
            })
            .collect()
    }

    #[test]
    fn money_in_every_notation() {
        for (text, found) in [
            ("$105.7 million", "105700000 USD"),
            ("USD 293.7 mln", "293700000 USD"),
            ("1,3 mld USD", "1300000000 USD"),
            ("US$ 2.4bn", "2400000000 USD"),
            ("€747m", "747000000 EUR"),
            ("300m euros", "300000000 EUR"),
            ("U$S 3,000 million", "3000000000 USD"),
            ("Rs 12,000 crore", "120000000000 INR"),
            ("Rs. 500 million", "500000000 INR"),
            ("1 trillion yen", "1000000000000 JPY"),
            ("A$ 1.2 billion", "1200000000 AUD"),
            ("R$ 5 bln", "5000000000 BRL"),
            ("12 345,6 million roubles", "12345600000 RUB"),
            ("CHF 1'300'000", "1300000 CHF"),
            ("1’250 million francs", "1250000000 CHF"),
            ("half a billion dollars", "500000000 USD"),
            ("one and a half billion euros", "1500000000 EUR"),
            ("a million dollars", "1000000 USD"),
            ("1.4 bln US dollars", "1400000000 USD"),
            ("$30-40 million", "30000000..40000000 USD"),
            (
                "between 1.2 and 1.5 billion euros",
                "1200000000..1500000000 EUR",
            ),
            ("10.5 billion U.S. dollars", "10500000000 USD"),
            ("KZT 1.2 trillion", "1200000000000 KZT"),
            ("3 thousand million pesos", "3000000000 MXN"),
            ("$1 million", "1000000 USD"),
            ("1.250.000 euros", "1250000 EUR"),
        ] {
            assert_eq!(read(text), [found], "{text}");
        }
    }

    #[test]
    fn counts_shares_and_words() {
        for (text, found) in [
            ("57.6 p.c", "57.6 percent"),
            ("25-percent rise", "25 percent"),
            ("5-7 percent", "5..7 percent"),
            ("(+49.4% more)", "49.4 percent"),
            ("3 lakh tonnes", "300000 tonne"),
            ("two dozen firms", "24 count"),
            ("a hundred firms", "100 count"),
            ("a hundred and twenty firms", "120 count"),
            ("twenty-five firms", "25 count"),
            ("450 thousand tourists", "450000 count"),
            ("30 to 40 such projects", "30..40 count"),
            ("80,000 Maldivians", "80000 count"),
            ("2.3 percentage points", "2.3 percentage_point"),
        ] {
            assert_eq!(read(text), [found], "{text}");
        }
        assert_eq!(read("from six to ten flights"), ["6 count", "10 count"]);
        assert_eq!(
            read("the G20, COVID-19, resolution 1325 and one million[1]"),
            ["1000000 count"]
        );
    }
}
