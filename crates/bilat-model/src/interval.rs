//! What a printed number allows.
