//! Words around numbers, by what they do: `words.toml`, compiled in.

crate::lists::word_lists! {
    "amount/words.toml":
    counting,
    flows,
    multiples,
    numbered,
    people,
}
