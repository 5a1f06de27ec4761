//! The words that rules, names and lexicons use, each with its number.

use std::collections::BTreeSet;

/// A word that some rule, name or lexicon uses; [`Word::NONE`] for all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word(pub u32);

impl Word {
    /// A word that nobody asked for.
    pub const NONE: Self = Self(0);
}

/// All words that rules, names and lexicons use, folded.
///
/// Each word of a text is looked up here, so this is a table by hash: open addressing, at most half
/// full. The order of its slots is never seen, a word's number is that of its making.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// All words, one after the other.
    text: String,
    /// Where each word ends in `text`; the first is the word of number 1.
    ends: Vec<usize>,
    /// A power of two of slots: the hash and the number of a word, 0 for none.
    slots: Vec<(u32, u32)>,
    /// Letters that are cut off a number which they touch: "Dh" of "Dh11.4".
    signs: BTreeSet<Box<str>>,
}

impl Vocabulary {
    /// The word for a folded text, made if it is new.
    pub fn add(&mut self, folded: &str) -> Word {
        if (self.ends.len() + 1) * 2 > self.slots.len() {
            self.grow();
        }
        let hash = hash(folded.as_bytes());
        let (slot, word) = self.find(hash, folded);
        if word != Word::NONE {
            return word;
        }
        self.text.push_str(folded);
        self.ends.push(self.text.len());
        let word = Word(self.ends.len() as u32);
        self.slots[slot] = (hash, word.0);
        word
    }

    /// The word for a folded text.
    #[must_use]
    pub fn get(&self, folded: &str) -> Word {
        match self.slots.is_empty() {
            true => Word::NONE,
            false => self.find(hash(folded.as_bytes()), folded).1,
        }
    }

    /// Makes some letters, folded, a sign of money where they touch a number behind them.
    pub fn add_sign(&mut self, letters: &str) {
        self.signs.insert(letters.into());
    }

    /// Whether letters, folded, are such a sign.
    pub(super) fn is_sign(&self, letters: &str) -> bool {
        self.signs.contains(letters)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The slot of a text, and its word or [`Word::NONE`] where the slot is free. There is always
    /// a free slot.
    fn find(&self, hash: u32, folded: &str) -> (usize, Word) {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let (h, number) = self.slots[at];
            if number == 0 || h == hash && self.text_of(number) == folded.as_bytes() {
                return (at, Word(number));
            }
            at = (at + 1) & mask;
        }
    }

    fn text_of(&self, number: u32) -> &[u8] {
        let at = number as usize - 1;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text.as_bytes()[start..self.ends[at]]
    }

    fn grow(&mut self) {
        let mask = (self.slots.len() * 2).max(1024) - 1;
        let mut slots = vec![(0, 0); mask + 1];
        for (hash, number) in self.slots.drain(..).filter(|(_, number)| *number != 0) {
            let mut at = hash as usize & mask;
            while slots[at].1 != 0 {
                at = (at + 1) & mask;
            }
            slots[at] = (hash, number);
        }
        self.slots = slots;
    }
}

/// Eight bytes at a time, multiplied and folded. What is looked up comes from outside, but what is
/// in the table does not: the longest way through it is fixed when it is made.
fn hash(bytes: &[u8]) -> u32 {
    const BY: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut state = bytes.len() as u64;
    let mut mix = |word: u64| {
        state = (state ^ word).wrapping_mul(BY);
        state ^= state >> 29;
    };
    let (chunks, rest) = bytes.as_chunks::<8>();
    chunks.iter().for_each(|c| mix(u64::from_le_bytes(*c)));
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    mix(u64::from_le_bytes(last));
    (state ^ state >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_numbered_in_the_order_of_their_making() {
        let mut vocabulary = Vocabulary::default();
        assert_eq!(vocabulary.get("trade"), Word::NONE);
        let all: Vec<String> = (0..5000).map(|i| format!("word{i}")).collect();
        for (i, word) in all.iter().enumerate() {
            assert_eq!(vocabulary.add(word), Word(i as u32 + 1));
        }
        for (i, word) in all.iter().enumerate() {
            assert_eq!(vocabulary.get(word), Word(i as u32 + 1));
            assert_eq!(vocabulary.add(word), Word(i as u32 + 1));
        }
        assert_eq!(vocabulary.len(), 5000);
        assert_eq!(vocabulary.get("word"), Word::NONE);
        assert_eq!(vocabulary.get(""), Word::NONE);
        assert_eq!(vocabulary.add(""), Word(5001));
        assert_eq!(vocabulary.get(""), Word(5001));
    }
}
