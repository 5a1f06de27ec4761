//! Reader of `nomenclature`: the Harmonized System of 2022 and the sections of the SITC.

use std::collections::{BTreeMap, BTreeSet};

use bilat_model::evidence::Locator;
use bilat_model::profile::Product;
use serde::Deserialize;

use crate::{Context, SourceError};

const SECTIONS: &str = "sections.csv";
const POSITIONS: &str = "harmonized-system.csv";

/// The name of the Harmonized System in [`Product::nomenclature`].
pub const HS: &str = "HS2022";
/// The name of the Standard International Trade Classification there.
pub const SITC: &str = "SITC3";

/// Reads the source's files.
///
/// # Errors
/// [`SourceError`] when a file is missing or not built as the card says.
pub fn read(context: &mut Context<'_>) -> Result<(), SourceError> {
    add_sitc(context)?;
    let mut known = read_sections(context)?;
    read_positions(context, &mut known)
}

/// The sections of the SITC, from our own file.
fn add_sitc(context: &mut Context<'_>) -> Result<(), SourceError> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Own {
        sections: BTreeMap<String, String>,
    }
    let own: Own = toml::from_str(include_str!("sitc.toml")).map_err(|e| SourceError::Data {
        source_id: context.card.id.to_string(),
        file: "sitc.toml",
        reason: e.to_string(),
    })?;
    for (code, description) in own.sections {
        let citation = context.cite(&"sitc.toml".into(), Locator::Pointer(code.clone()));
        context.records.products.push(Product {
            nomenclature: SITC.to_owned(),
            code,
            description,
            parent: None,
            level: 0,
            citation,
        });
    }
    Ok(())
}

/// The sections of the Harmonized System; gives their numbers.
fn read_sections(context: &mut Context<'_>) -> Result<BTreeSet<String>, SourceError> {
    let mut known = BTreeSet::new();
    let mut table = context.table(SECTIONS, b',')?;
    while let Some(row) = context.next(&mut table)? {
        let code = row.get("section");
        let name = context.correct(SECTIONS, code, row.get("name").trim());
        let at = Locator::Line(row.line);
        if code.is_empty() || name.is_empty() || !known.insert(code.to_owned()) {
            let reason = format!("section “{code}” stands twice or lacks its number or name");
            context.skip(&row.file, at, reason);
            continue;
        }
        context.keep(&row.file);
        let citation = context.cite(&row.file, at);
        context.records.products.push(Product {
            nomenclature: HS.to_owned(),
            code: code.to_owned(),
            description: name.into_owned(),
            parent: None,
            level: 0,
            citation,
        });
    }
    Ok(known)
}

/// Chapters, headings and subheadings. A chapter's parent is its section, which the file has in
/// a column of its own; the file's own parent of chapters is the total of all goods.
fn read_positions(
    context: &mut Context<'_>,
    known: &mut BTreeSet<String>,
) -> Result<(), SourceError> {
    let mut table = context.table(POSITIONS, b',')?;
    while let Some(row) = context.next(&mut table)? {
        let (code, level) = (row.get("hscode"), row.get("level"));
        let at = Locator::Line(row.line);
        if code == "TOTAL" {
            context.leave_out(&row.file, "the total of all goods is no position");
            continue;
        }
        let digits = u8::try_from(code.len()).unwrap_or(0);
        let is_code = code.bytes().all(|b| b.is_ascii_digit()) && matches!(digits, 2 | 4 | 6);
        if !is_code || level.parse() != Ok(digits) {
            let reason = format!("code “{code}” does not have the level “{level}”");
            context.skip(&row.file, at, reason);
            continue;
        }
        let (section, above) = (row.get("section"), row.get("parent"));
        let parent = match (digits, section) {
            (2, "TOTAL") => None, // chapter 99 stands outside the sections
            (2, _) => Some(section),
            _ => Some(above),
        };
        if let Some(p) = parent.filter(|p| !known.contains(*p)) {
            context.skip(
                &row.file,
                at,
                format!("{code} is below {p}, which is missing"),
            );
            continue;
        }
        if !known.insert(code.to_owned()) {
            context.skip(&row.file, at, format!("{code} stands twice"));
            continue;
        }
        context.keep(&row.file);
        let citation = context.cite(&row.file, at);
        context.records.products.push(Product {
            nomenclature: HS.to_owned(),
            code: code.to_owned(),
            description: row.get("description").trim().to_owned(),
            parent: parent.map(str::to_owned),
            level: digits,
            citation,
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::testing::{read_sample, source, try_read_sample};

    const SECTIONS: &[u8] =
        b"\xef\xbb\xbfsection,name\nI,live animals; animal products\nII,Plants \n";
    const HEADER: &str = "section,hscode,description,parent,level\n";

    fn positions(rows: &str) -> Vec<u8> {
        format!("{HEADER}{rows}").into_bytes()
    }

    #[test]
    fn sections_chapters_and_headings_hang_together() {
        let rows = positions(
            "I,01,Animals,TOTAL,2\nI,0101,\"Horses, asses\",01,4\nI,010121,Horses,0101,6\n\
             TOTAL,TOTAL,Total,TOTAL,5\nTOTAL,99,Not specified,TOTAL,2\n",
        );
        let files: &[(&str, &[u8])] =
            &[("sections.csv", SECTIONS), ("harmonized-system.csv", &rows)];
        let (records, report) = read_sample(source("nomenclature"), files);
        let of = |n: &str, code: &str| {
            let p = records
                .products
                .iter()
                .find(|p| p.nomenclature == n && p.code == code);
            let p = p.unwrap_or_else(|| panic!("{code} is missing"));
            (p.description.clone(), p.parent.clone(), p.level)
        };
        let some = |s: &str| Some(s.to_owned());
        assert_eq!(of("SITC3", "SITC5").0, "Chemicals and related products");
        assert_eq!(
            of("HS2022", "I"),
            ("Live animals; animal products".into(), None, 0)
        );
        assert_eq!(
            of("HS2022", "II").0,
            "Plants",
            "spaces around a name are dropped"
        );
        assert_eq!(of("HS2022", "01").1, some("I"));
        assert_eq!(
            of("HS2022", "0101"),
            ("Horses, asses".into(), some("01"), 4)
        );
        assert_eq!(of("HS2022", "010121").1, some("0101"));
        assert_eq!(of("HS2022", "99").1, None);
        assert_eq!(report.files[1].left_out, 1);
        assert!(report.skipped.is_empty());
    }

    #[test]
    fn broken_positions_are_listed() {
        let rows = positions(
            "I,01,Animals,TOTAL,2\nI,01,Animals,TOTAL,2\nI,0301,Fish,03,4\nI,1x,?,TOTAL,2\n\
             I,0102,Cattle,01,6\n",
        );
        let files: &[(&str, &[u8])] =
            &[("sections.csv", SECTIONS), ("harmonized-system.csv", &rows)];
        let (_, report) = read_sample(source("nomenclature"), files);
        let reasons: Vec<_> = report.skipped.iter().map(|s| s.reason.as_str()).collect();
        assert_eq!(
            reasons,
            [
                "01 stands twice",
                "0301 is below 03, which is missing",
                "code “1x” does not have the level “2”",
                "code “0102” does not have the level “6”",
            ]
        );
    }

    #[test]
    fn another_header_stops() {
        let files: &[(&str, &[u8])] = &[
            ("sections.csv", SECTIONS),
            ("harmonized-system.csv", b"hscode,description\n01,Animals\n"),
        ];
        let error = try_read_sample(source("nomenclature"), files).err();
        let text = error.map(|e| e.to_string()).unwrap_or_default();
        assert!(text.contains("harmonized-system.csv, line 1"), "{text}");
    }
}
