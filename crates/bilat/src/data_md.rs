//! DATA.md: the sources with their credits and licences, made from the cards.

use std::fmt::Write as _;

use bilat_model::source::{Card, Vintage};

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

/// The whole file.
pub(crate) fn render(cards: &[Card], vintages: &[Vintage]) -> String {
    let mut out = String::from(
        "# Data\n\n\
         The snapshot inside the program holds facts and figures from these sources, in this \
         project's own form. The code's licence does not cover them: each keeps its own. This \
         file is made from the sources' cards by `bilat snapshot build DIR --data-md DATA.md`.\n\n\
         | source | title and publisher | state | coverage | records kept | licence |\n\
         |---|---|---|---|---:|---|\n",
    );
    // Writing to a string cannot fail.
    for card in cards {
        let files: Vec<&Vintage> = vintages.iter().filter(|v| v.source == card.id).collect();
        let kept: u64 = files.iter().map(|v| v.kept).sum();
        let _ = writeln!(
            out,
            "| [{}](#{}) | {}. {} | {} | {} | {kept} | [{}]({}) |",
            card.id,
            card.id,
            cell(&card.title),
            cell(&card.publisher),
            files.first().map_or(card.vintage, |v| v.vintage),
            cell(&card.coverage),
            cell(&card.licence),
            card.licence_url
        );
    }
    for card in cards {
        let _ = write!(
            out,
            "\n## {}\n\n**{}.** {}\n\n",
            card.id, card.title, card.about
        );
        let _ = writeln!(out, "- Credit: {}", card.credit);
        let _ = writeln!(out, "- Licence: [{}]({})", card.licence, card.licence_url);
        if let Some(note) = &card.licence_note {
            let _ = writeln!(out, "- Open about the terms: {note}");
        }
        let _ = writeln!(out, "- Page: <{}>", card.homepage);
        for caveat in &card.caveats {
            let _ = writeln!(out, "- Caveat: {caveat}");
        }
        for v in vintages.iter().filter(|v| v.source == card.id) {
            let _ = writeln!(
                out,
                "- File `{}`: {} records, {} kept, {} left out, {} skipped; SHA-256 `{}`",
                v.file, v.records, v.kept, v.left_out, v.skipped, v.sha256
            );
        }
    }
    out
}
