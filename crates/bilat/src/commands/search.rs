//! `bilat search`: words in the user's documents.

use bilat_model::document::Span;
use bilat_workspace::Hit;

use crate::args::{SearchArgs, TextFormat};
use crate::failure::Failure;
use crate::{output, workspace};

pub(crate) fn run(args: &SearchArgs) -> Result<u8, Failure> {
    let hits = workspace::read(&args.workspace)?.search(&args.words.join(" "), args.limit)?;
    let text = match args.format {
        TextFormat::Json => serde_json::to_string_pretty(&hits)? + "\n",
        TextFormat::Text if hits.is_empty() => "no document has all of these words\n".to_owned(),
        TextFormat::Text => hits.iter().map(shown).collect::<Vec<_>>().join("\n"),
    };
    output::write(None, text.as_bytes())?;
    Ok(0)
}

fn shown(hit: &Hit) -> String {
    let d = &hit.document;
    let day = d.published.map_or("undated".to_owned(), |d| d.to_string());
    let mut out = format!("{} {} ({day})\n", d.id, output::tame(&workspace::title(d)));
    for line in output::wrap(
        &output::tame(&marked(hit)),
        output::width().saturating_sub(2),
    ) {
        out.push_str(&format!("  {line}\n"));
    }
    out
}

/// The snippet with the words that were found between marks.
fn marked(hit: &Hit) -> String {
    let mut out = String::new();
    let mut at = hit.snippet.start;
    let piece = |from: usize, to: usize| {
        Span::new(from - hit.snippet.start, to - hit.snippet.start).of(&hit.text)
    };
    for mark in &hit.marks {
        out.push_str(piece(at, mark.start));
        out.push('⟦');
        out.push_str(piece(mark.start, mark.end));
        out.push('⟧');
        at = mark.end;
    }
    out.push_str(piece(at, hit.snippet.end));
    out
}
