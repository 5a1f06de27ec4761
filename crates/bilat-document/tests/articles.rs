//! The day of publication in labelled texts that lie beside the repository.

use std::path::PathBuf;

use bilat_document::{Hints, Limits, read};
use bilat_model::document::{BlockKind, Origin};

#[allow(clippy::disallowed_methods)] // a test is told where its data lies
fn folder() -> PathBuf {
    let given = std::env::var_os("BILAT_ARTICLES").map(PathBuf::from);
    given.unwrap_or_else(|| {
        PathBuf::from(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../../shared/articles"
        ))
    })
}

#[test]
#[ignore = "needs the data folder"]
fn datelines_give_the_day_of_the_label() {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder().join("dev"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    paths.sort();
    let texts = paths
        .iter()
        .filter(|p| p.extension().is_some_and(|e| e == "txt"));
    let (mut dated, mut undated) = (0, 0);
    for path in texts {
        let label = std::fs::read_to_string(path.with_extension("json")).unwrap();
        let label: serde_json::Value = serde_json::from_str(&label).unwrap();
        let bytes = std::fs::read(path).unwrap();
        let document = read(&bytes, &Hints::default(), &Limits::default()).unwrap();
        assert_eq!(document.text.as_bytes(), bytes);
        assert_eq!(document.origin, Origin::Identity);
        match document.meta.published {
            Some(day) => {
                assert_eq!(
                    Some(day.to_string().as_str()),
                    label["published"].as_str(),
                    "{}",
                    path.display()
                );
                dated += 1;
            }
            None => undated += 1,
        }
    }
    // Two have no date, and one tells its day only as the last of the meeting it reports.
    assert_eq!((dated, undated), (9, 3));
}

#[test]
#[ignore = "needs the data folder"]
fn a_page_as_copied_keeps_its_text_and_drops_its_furniture() {
    let bytes = std::fs::read(folder().join("kazakhstan-slovenia.txt")).unwrap();
    let document = read(&bytes, &Hints::default(), &Limits::default()).unwrap();
    let of = |kind: BlockKind| -> Vec<&str> {
        document
            .blocks
            .iter()
            .filter(|b| b.kind == kind)
            .map(|b| b.span.of(&document.text))
            .collect()
    };
    assert_eq!(
        of(BlockKind::Headline),
        ["History and partnership: What connects Kazakhstan and Slovenia"]
    );
    assert_eq!(of(BlockKind::Furniture), ["Most popular", "See All"]);
    assert_eq!(
        of(BlockKind::Heading),
        [
            "Political cooperation",
            "Joint ventures and business forum",
            "$36 million in investments into Kazakhstan",
            "Shared historical memory",
            "Cultural ties",
        ]
    );
    assert_eq!(of(BlockKind::Caption).len(), 10);
    let paragraphs = of(BlockKind::Paragraph);
    assert!(
        paragraphs
            .iter()
            .any(|p| p.starts_with("Earlier, Kazinform"))
    );
    assert_eq!(document.meta.published, None);
}
