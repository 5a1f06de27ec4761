//! All four formats of one brief as they are read, and what hostile text must not do.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use bilat_brief::brief::{Block, Sentence};
use bilat_publish::{TerminalOptions, html, json, markdown, terminal};
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr as _;

const PLAIN: TerminalOptions = TerminalOptions {
    width: 80,
    colour: false,
};

#[test]
fn as_they_are_read() {
    let b = common::brief();
    insta::assert_snapshot!("terminal_80", terminal(&b, &PLAIN));
    let narrow = TerminalOptions {
        width: 44,
        colour: true,
    };
    insta::assert_snapshot!("terminal_44_colour", terminal(&b, &narrow));
    insta::assert_snapshot!("markdown", markdown(&b));
    insta::assert_snapshot!("html", html(&b));
    insta::assert_snapshot!("json", json(&b));
}

#[test]
fn documents_stand_after_the_sources_and_are_cited() {
    let b = common::documented();
    let hash = "0b7152c1f2d5a1f9".repeat(4);
    let shown = terminal(&b, &PLAIN);
    assert!(shown.contains("2024.[3]"), "{shown}");
    let words: Vec<&str> = shown.split_whitespace().collect();
    let line = format!(
        "[3] What links the two. Agencia Río. 2025-05-12. SHA-256 {hash}. https://news.example/two"
    );
    assert!(words.join(" ").contains(&line), "{shown}");
    let md = markdown(&b);
    let line = format!(
        "[^3]: What links the two. Agencia Río. 2025-05-12. SHA-256 {hash}. <https://news.example/two>"
    );
    assert!(md.contains("2024.[^3]") && md.contains(&line), "{md}");
    let page = html(&b);
    assert!(
        page.contains("<li id=\"source-3\" value=\"3\"><cite><a href=\"https://news.example/two\"")
    );
    assert!(page.contains("aria-label=\"3: What links the two\""));
    let data: serde_json::Value = serde_json::from_str(&json(&b)).unwrap();
    let cited = &data["documents"][0]["cited"][0];
    assert_eq!(cited["quote"], "$5.7 million");
    assert_eq!(cited["span"]["start"], 10);
    // Without documents nothing is said of them.
    assert!(!json(&common::brief()).contains("\"documents\""));
}

fn widest(text: &str) -> usize {
    text.lines().map(|l| l.width()).max().unwrap_or(0)
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for brief in [common::brief(), common::hostile()] {
        for width in 40..=200 {
            let text = terminal(
                &brief,
                &TerminalOptions {
                    width,
                    colour: false,
                },
            );
            let w = text.lines().find(|l| l.width() > width);
            assert!(w.is_none(), "{width}: {w:?}");
        }
    }
}

#[test]
fn colour_changes_nothing_but_escapes() {
    let b = common::brief();
    let coloured = terminal(
        &b,
        &TerminalOptions {
            width: 80,
            colour: true,
        },
    );
    let mut plain = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        plain.push_str(before);
        rest = after.split_once('m').unwrap().1;
    }
    plain.push_str(rest);
    assert_eq!(plain, terminal(&b, &PLAIN));
}

#[test]
fn hostile_text_does_not_steer_the_terminal() {
    let text = terminal(&common::hostile(), &PLAIN);
    assert!(
        text.chars().all(|c| c == '\n' || !c.is_control()),
        "{text:?}"
    );
    assert!(!text.contains('\u{202e}') && !text.contains('\u{2067}'));
}

#[test]
fn hostile_text_is_no_markdown() {
    let text = markdown(&common::hostile());
    let bare = |what: &str| {
        text.match_indices(what)
            .any(|(i, _)| !text[..i].ends_with('\\'))
    };
    for what in [
        "<script", "<img", "[x]", "{{", "{7", "`code", "*b*", "_i_", "://evil", "@b", "<%",
    ] {
        assert!(!bare(what), "{what}");
    }
    // Footnotes are the brief's own.
    assert!(!text.contains("example [^1]"));
    assert_eq!(text.lines().filter(|l| l.starts_with("# ")).count(), 1);
    assert!(!text.contains("](<javascript") && !text.contains("(javascript:alert(1))\n"));
}

/// An element with its attributes, as the page has them.
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
}

impl Element {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|a| a.0 == name)
            .map(|a| a.1.as_str())
    }
}

/// Reads a page as XML after closing its void elements; fails when it is not well-formed.
fn elements(page: &str) -> Vec<Element> {
    use quick_xml::events::Event;
    let body = page.strip_prefix("<!DOCTYPE html>\n").unwrap();
    let closed: String = body
        .split_inclusive('\n')
        .map(|l| {
            if l.starts_with("<meta ") {
                l.replace(">\n", "/>\n")
            } else {
                l.replace("&nbsp;", "&#160;")
            }
        })
        .collect();
    let mut reader = quick_xml::Reader::from_str(&closed);
    let mut out: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    loop {
        let event = reader.read_event().unwrap();
        match &event {
            Event::Start(e) | Event::Empty(e) => {
                let attributes = e
                    .attributes()
                    .map(|a| {
                        let a = a.unwrap();
                        (
                            a.key.as_ref().to_string(),
                            a.normalized_value(quick_xml::XmlVersion::Implicit1_0)
                                .unwrap()
                                .into_owned(),
                        )
                    })
                    .collect();
                out.push(Element {
                    name: e.name().as_ref().to_string(),
                    attributes,
                    text: String::new(),
                });
                if matches!(event, Event::Start(_)) {
                    open.push(out.len() - 1);
                }
            }
            Event::Text(t) => {
                for i in &open {
                    out[*i].text += t;
                }
            }
            Event::End(_) => {
                open.pop().unwrap();
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty());
    out
}

#[test]
fn pages_are_well_formed_and_accessible() {
    for b in [common::brief(), common::hostile()] {
        let all = elements(&html(&b));
        let named = |n: &str| all.iter().filter(|e| e.name == n).collect::<Vec<_>>();
        assert_eq!(named("h1").len(), 1);
        assert_eq!(named("main").len(), 1);
        assert_eq!((named("header").len(), named("footer").len()), (1, 1));
        assert!(
            named("h3").is_empty(),
            "headings go down one step at a time"
        );
        let root = &all[0];
        assert!(root.get("lang").is_some_and(|l| !l.contains(' ')));
        assert_eq!(root.get("dir"), Some("ltr"));
        // Ids stand once; whatever is referred to is there.
        let mut ids: Vec<&str> = all.iter().filter_map(|e| e.get("id")).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "an id stands twice");
        for e in &all {
            let local = e.get("href").and_then(|h| h.strip_prefix('#'));
            let labels = ["aria-labelledby", "aria-describedby"]
                .iter()
                .filter_map(|a| e.get(a));
            for id in local
                .into_iter()
                .chain(labels.flat_map(str::split_whitespace))
            {
                assert!(ids.binary_search(&id).is_ok(), "{} leads nowhere", id);
            }
        }
        for e in named("svg") {
            assert_eq!(e.get("role"), Some("img"));
        }
        for e in named("th") {
            assert!(e.get("scope").is_some());
        }
        for e in named("div") {
            assert!(e.get("tabindex").is_some() && e.get("aria-label").is_some());
        }
        let sentences: Vec<&Sentence> = b.sentences().collect();
        let spans = all
            .iter()
            .filter(|e| e.name == "span" && e.get("class") == Some("s"));
        assert_eq!(spans.count(), sentences.len());
    }
}

#[test]
fn hostile_text_is_no_html() {
    let page = html(&common::hostile());
    let all = elements(&page);
    let scripts: Vec<_> = all.iter().filter(|e| e.name == "script").collect();
    assert_eq!(scripts.len(), 1);
    assert_eq!(scripts[0].get("type"), Some("application/ld+json"));
    assert!(all.iter().all(|e| e.name != "img"));
    for e in &all {
        for (name, value) in &e.attributes {
            assert!(!name.starts_with("on"), "{name}={value}");
            assert_ne!(name, "style", "the policy forbids it");
            if name == "href" {
                let safe = value.starts_with('#') || value.starts_with("https://");
                assert!(safe && !value.contains('"'), "{value}");
            }
        }
    }
    for c in ['\u{202e}', '\u{2067}', '\u{1b}', '\u{7}'] {
        assert!(!page.contains(c));
    }
    assert!(!page.contains("{{"));
    assert!(page.contains("<bdi>"));
    let data = page
        .split_once("ld+json\">")
        .unwrap()
        .1
        .split_once("</script>")
        .unwrap()
        .0;
    let data: serde_json::Value = serde_json::from_str(data).unwrap();
    assert_eq!(data["@type"], "Article");
}

#[test]
fn the_policy_admits_the_style_and_nothing_else() {
    let page = html(&common::brief());
    assert!(page.contains("default-src &#39;none&#39;; style-src &#39;sha256-"));
    assert!(!page.contains("unsafe-inline") && !page.contains(" style=\""));
    for request in ["<link", "@import", "url(", "<iframe", "src="] {
        assert!(!page.contains(request), "{request}");
    }
}

#[test]
fn a_page_in_arabic_runs_leftwards() {
    let mut b = common::brief();
    b.language = "ar".to_owned();
    assert!(html(&b).contains("<html lang=\"ar\" dir=\"rtl\">"));
}

#[test]
fn the_same_brief_gives_the_same_bytes() {
    let (a, b) = (common::brief(), common::brief());
    assert_eq!(html(&a), html(&b));
    assert_eq!(json(&a), json(&b));
}

#[test]
fn an_empty_brief_is_published() {
    let mut b = common::brief();
    b.sections.clear();
    b.sources.clear();
    elements(&html(&b));
    assert!(markdown(&b).starts_with("# Kazakhstan and Slovenia\n"));
    assert!(terminal(&b, &PLAIN).starts_with("Kazakhstan and Slovenia\n"));
    assert!(widest(&terminal(&b, &PLAIN)) <= 80);
}

proptest! {
    #[test]
    fn any_text_stays_text(text in ".{0,200}", width in 40usize..120) {
        let mut b = common::brief();
        b.title = text.clone();
        for block in b.sections.iter_mut().flat_map(|s| &mut s.blocks) {
            match block {
                Block::Paragraph { sentences } => sentences[0].text = text.clone(),
                Block::Table(t) => t.rows[0][1].text = text.clone(),
                Block::Chart(c) => c.title = text.clone(),
            }
        }
        elements(&html(&b));
        let shown = terminal(&b, &TerminalOptions { width, colour: false });
        for l in shown.lines() {
            prop_assert!(l.width() <= width, "{} > {width}: {l:?}", l.width());
        }
        let rows = markdown(&b).lines().filter(|l| l.starts_with("| Turnover |")).count();
        prop_assert_eq!(rows, 1);
    }
}

/// Writes the pages for looking at.
#[test]
#[ignore = "writes files to look at"]
fn gallery() {
    let out = concat!(env!("CARGO_TARGET_TMPDIR"), "/pages");
    std::fs::create_dir_all(out).unwrap();
    std::fs::write(format!("{out}/brief.html"), html(&common::brief())).unwrap();
    std::fs::write(format!("{out}/hostile.html"), html(&common::hostile())).unwrap();
    std::fs::write(format!("{out}/brief.json"), json(&common::brief())).unwrap();
}
