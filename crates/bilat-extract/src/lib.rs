//! What a document tells about a pair: figures, events and ties, each with an exact span.
