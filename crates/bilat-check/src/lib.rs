//! Holds figures, events and ties against each other and against what is known.
