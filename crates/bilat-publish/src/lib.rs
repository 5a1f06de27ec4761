//! A brief as terminal text, Markdown, HTML and JSON
