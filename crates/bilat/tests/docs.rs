//! The documents say what is so: examples print what they show, files that are named exist.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use std::path::Path;
use std::process::Command;

/// The documents about the code and the program.
const DOCUMENTS: [&str; 4] = [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "docs/data-files.md",
];

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

/// The commands of the README's text blocks, each with what it is shown to print.
fn examples() -> Vec<(String, String)> {
    let readme = read("README.md");
    let mut out: Vec<(String, String)> = Vec::new();
    for block in readme.split("```text\n").skip(1) {
        let block = block.split("```").next().unwrap();
        let mut inside = false;
        for line in block.lines() {
            if let Some(command) = line.strip_prefix("$ bilat ") {
                out.push((command.to_owned(), String::new()));
                inside = true;
            } else if inside {
                let (_, shown) = out.last_mut().unwrap();
                shown.push_str(line);
                shown.push('\n');
            }
        }
    }
    out
}

/// Words of a command, of which double quotes keep some together.
fn words(command: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (i, part) in command.split('"').enumerate() {
        if i % 2 == 1 {
            out.push(part.to_owned());
        } else {
            out.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    out
}

/// What the program prints in a pipe, 80 columns wide. What one example adds, the next ones find.
fn printed(words: &[String], home: &Path) -> String {
    let out = Command::new(env!("CARGO_BIN_EXE_bilat"))
        .args(words)
        .current_dir(root())
        .env("BILAT_HOME", home)
        .env_remove("BILAT_SNAPSHOT")
        .env_remove("COLUMNS")
        .output()
        .unwrap();
    String::from_utf8(out.stdout).unwrap() + &String::from_utf8(out.stderr).unwrap()
}

/// Holds an example against what is printed; `[…]` stands for what is left out.
fn holds(command: &str, shown: &str, real: &str) {
    let mut rest = real;
    for piece in shown
        .split("[…]\n")
        .map(str::trim)
        .filter(|p| !p.is_empty())
    {
        let at = rest.find(piece).unwrap_or_else(|| {
            panic!("README.md shows of `bilat {command}`:\n{piece}\nbut it prints:\n{real}")
        });
        rest = &rest[at + piece.len()..];
    }
}

#[test]
fn the_examples_of_the_readme_print_what_they_show() {
    let mut held = 0;
    let home = tempfile::tempdir().unwrap();
    for (command, shown) in examples() {
        let words = words(&command);
        // `data` stands for the folder of publishers' files.
        if words.iter().any(|w| w == "data") {
            continue;
        }
        holds(&command, &shown, &printed(&words, home.path()));
        held += 1;
    }
    assert!(held >= 9, "only {held} examples were found");
}

#[test]
#[ignore = "needs the data folder"]
fn the_examples_over_real_files_print_what_they_show() {
    let data = std::env::var("BILAT_DATA")
        .map_or_else(|_| root().join("../shared/data"), std::path::PathBuf::from);
    let mut held = 0;
    let home = tempfile::tempdir().unwrap();
    for (command, shown) in examples() {
        let mut words = words(&command);
        // A snapshot takes minutes to build without optimisation.
        if !words.iter().any(|w| w == "data") || words[0] == "snapshot" {
            continue;
        }
        for w in words.iter_mut().filter(|w| *w == "data") {
            *w = data.to_str().unwrap().to_owned();
        }
        holds(&command, &shown, &printed(&words, home.path()));
        held += 1;
    }
    assert!(held > 0, "no example was found");
}

/// Paths of this repository that a document names.
fn paths(text: &str) -> Vec<&str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || "/._-".contains(c)))
        .map(|w| w.trim_end_matches(['.', '/', '_']))
        .filter(|w| {
            ["crates/", "docs/", "benches/", "snapshot/", "scripts/"]
                .iter()
                .any(|f| w.starts_with(f))
        })
        // NAME and LANGUAGE stand for any folder.
        .filter(|w| !w.contains("NAME") && !w.contains("LANGUAGE"))
        .collect()
}

#[test]
fn files_that_are_named_exist() {
    let mut seen = 0;
    for document in DOCUMENTS {
        let text = read(document);
        for path in paths(&text) {
            assert!(root().join(path).exists(), "{document} names {path}");
            seen += 1;
        }
    }
    assert!(seen > 50, "only {seen} paths were found");
}

/// All Rust code below a folder, one text after the other.
fn code(dir: &Path, out: &mut String) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            code(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn functions_and_types_that_the_map_names_exist() {
    let mut all = String::new();
    code(&root().join("crates"), &mut all);
    let text = read("ARCHITECTURE.md");
    let quoted = text.split('`').skip(1).step_by(2);
    let names: Vec<_> = quoted
        .filter(|q| {
            let mut chars = q.chars();
            chars.all(|c| c.is_ascii_alphanumeric() || c == '_' || c == ':')
                && q.contains(|c: char| c.is_ascii_uppercase() || c == '_' || c == ':')
        })
        .filter_map(|q| q.rsplit("::").next())
        // Named because they are not there.
        .filter(|q| !q.starts_with("Hash"))
        .collect();
    assert!(names.len() > 50, "only {} names were found", names.len());
    for name in names {
        let there = [
            "fn ", "struct ", "enum ", "const ", "trait ", "type ", "mod ", "\"", "::",
        ]
        .iter()
        .any(|kind| all.contains(&format!("{kind}{name}")));
        assert!(there, "ARCHITECTURE.md names {name}");
    }
}
