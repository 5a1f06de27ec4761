//! Pages as readers see them, on small texts of our own.
#![allow(clippy::unwrap_used)]

use bilat_model::document::Span;
use bilat_wikitext::{Block, Page, Table, Text, parse, parse_inline};

fn texts(blocks: &[Block]) -> Vec<&str> {
    blocks
        .iter()
        .filter_map(|b| b.text())
        .map(|t| t.plain.as_str())
        .collect()
}

fn table(page: &Page) -> &Table {
    page.sections
        .iter()
        .flat_map(|s| &s.blocks)
        .find_map(|b| match b {
            Block::Table(t) => Some(t),
            _ => None,
        })
        .unwrap()
}

fn plain(wikitext: &str) -> String {
    parse_inline(wikitext).plain
}

#[test]
fn sections_and_their_paths() {
    let page = parse("Lead.\n\n== Relations ==\n=== Asia ===<!-- a note -->\nText.\n== End ==\n");
    let titles: Vec<_> = page
        .sections
        .iter()
        .map(|s| s.title.plain.as_str())
        .collect();
    assert_eq!(titles, ["", "Relations", "Asia", "End"]);
    assert_eq!(page.path(2), ["Relations", "Asia"]);
    assert_eq!(page.path(3), ["End"]);
    assert_eq!(texts(&page.sections[0].blocks), ["Lead."]);
    assert_eq!(texts(&page.sections[2].blocks), ["Text."]);
}

#[test]
fn emphasis_links_and_tags_leave_their_words() {
    assert_eq!(
        plain("'''Bold''' and ''slanted'' o'clock"),
        "Bold and slanted o'clock"
    );
    assert_eq!(
        plain("[[Ruritania]]n ties with [[Kingdom of Syldavia|Syldavia]]"),
        "Ruritanian ties with Syldavia"
    );
    assert_eq!(plain("[[File:Map.svg|thumb|A [[map]]]]Text"), "Text");
    assert_eq!(
        plain("[https://example.org the ministry] says"),
        "the ministry says"
    );
    assert_eq!(plain("[https://example.org] [sic]"), "[sic]");
    assert_eq!(
        plain("<small>small</small> &ndash; &#65;&nbsp;b &unknown; 1 < 2"),
        "small – A b &unknown; 1 < 2"
    );
    assert_eq!(plain("a<!-- b -->c<nowiki>[[d]]</nowiki>"), "ac[[d]]");
    assert_eq!(plain("__NOTOC__x __ y"), "x __ y");
}

#[test]
fn templates_say_what_the_file_says() {
    for (wikitext, expected) in [
        ("{{dts|1992|10|20}}", "20 October 1992"),
        ("{{dts|format=dmy|1992|October}}", "October 1992"),
        ("on {{dts|9 October 2011}}.", "on 9 October 2011."),
        ("{{Start date|1992|5|3|df=y}}", "3 May 1992"),
        ("{{#invoke:dts|main|1963|01|18}}", "18 January 1963"),
        (
            "{{flag|Ruritania|1900}} and {{Flagu|Syldavia}}",
            "Ruritania and Syldavia",
        ),
        ("{{GER}}", "GER"),
        ("{{nowrap|a {{nowrap|b}}}} c", "a b c"),
        ("{{convert|90|km|mi}} of border", "90 km of border"),
        ("x{{citation needed|date=May 2020}}{{unheard of|y}}", "x"),
        ("a{{!}}b{{snd}}c", "a|b – c"),
    ] {
        assert_eq!(plain(wikitext), expected, "{wikitext}");
    }
    let text = parse_inline("{{main|Ruritania–Syldavia relations}} {{flag|Borduria}}");
    assert_eq!(text.templates[0].name, "main");
    assert_eq!(
        text.templates[0].arguments,
        ["Ruritania–Syldavia relations"]
    );
    assert_eq!(text.templates[1].text.of(&text.plain), "Borduria");
}

#[test]
fn references_are_kept_beside_the_text() {
    let text = parse_inline(
        "Ties began.<ref name=\"min\">{{cite web|title=A|date=3 May 2012}}</ref> More.<ref name=min /> {{efn|b}}",
    );
    assert_eq!(text.plain, "Ties began. More.");
    let found: Vec<_> = text
        .references
        .iter()
        .map(|r| (r.at, r.name.as_deref(), r.date.as_deref()))
        .collect();
    assert_eq!(
        found,
        [
            (11, Some("min"), Some("3 May 2012")),
            (17, Some("min"), None),
            (17, None, None)
        ]
    );
}

#[test]
fn tables_have_rows_and_cells() {
    let page = parse(concat!(
        "{| class=\"wikitable\"\n|+ Missions\n! Country !! style=\"width:9%\"| Since\n!Notes\n",
        "|- valign=\"top\"\n|{{flag|Syldavia}}||{{dts|1992|10|20}}||See [[A|b]]\n* An embassy.\n",
        "* A [[x|consulate]] || too.\n\nLast words.\n|-\n| rowspan=2 | Borduria\n| colspan=\"2\" | none\n",
        "|-\n| 1 || 2\n|}\nAfter.",
    ));
    let table = table(&page);
    assert_eq!(table.header(), ["country", "since", "notes"]);
    assert_eq!(table.rows.len(), 4);
    let cells: Vec<_> = table.rows[1].cells.iter().map(|c| c.plain()).collect();
    assert_eq!(
        cells,
        [
            "Syldavia",
            "20 October 1992",
            "See b An embassy. A consulate || too. Last words."
        ]
    );
    let notes = &table.rows[1].cells[2].blocks;
    assert!(matches!(notes[1], Block::Item { depth: 1, .. }));
    let grid: Vec<Vec<String>> = table
        .grid()
        .iter()
        .map(|row| {
            row.iter()
                .map(|c| c.map_or(String::new(), |c| c.plain()))
                .collect()
        })
        .collect();
    assert_eq!(grid[2], ["Borduria", "none", "none"]);
    assert_eq!(grid[3], ["Borduria", "1", "2"]);
    assert_eq!(texts(&page.sections[0].blocks), ["After."]);
}

#[test]
fn a_title_over_all_columns_is_no_header() {
    let page = parse("{|\n! colspan=3 |\n|-\n!#\n!Country\n!Date\n|-\n|1\n|A\n|B\n|}");
    assert_eq!(table(&page).header(), ["#", "country", "date"]);
}

#[test]
fn a_table_inside_a_cell_is_a_block_of_it() {
    let page = parse("{|\n|a\n{|\n|b\n|}\n|c\n|}");
    let outer = table(&page);
    assert_eq!(outer.rows[0].cells.len(), 2);
    assert!(matches!(outer.rows[0].cells[0].blocks[1], Block::Table(_)));
}

#[test]
fn what_is_not_closed_is_text_and_swallows_no_rows() {
    let page =
        parse("{|\n|{{flag|Syldavia}||x\n|-\n|{{flag|Borduria}}||y\n|}\n== End ==\n[[open\nnext]]");
    let rows: Vec<_> = table(&page)
        .rows
        .iter()
        .map(|r| r.cells.last().unwrap().plain())
        .collect();
    assert_eq!(rows, ["x", "y"]);
    assert_eq!(page.sections.len(), 2);
    let unclosed = parse("{|\n|a\n== Next ==\ntext");
    assert_eq!(unclosed.sections[1].title.plain, "Next");
    assert_eq!(texts(&unclosed.sections[1].blocks), ["text"]);
}

#[test]
fn every_word_leads_back() {
    let wikitext =
        "'''On''' {{dts|1992|5|3}} [[Kingdom of Syldavia|Syldavia]] &amp; <ref>x</ref>others";
    let text: Text = parse_inline(wikitext);
    assert_eq!(text.plain, "On 3 May 1992 Syldavia & others");
    let back = |word: &str| {
        let at = text.plain.find(word).unwrap();
        text.input(Span::new(at, at + word.len()))
            .unwrap()
            .of(wikitext)
    };
    assert_eq!(back("On"), "On");
    assert_eq!(back("May"), "{{dts|1992|5|3}}");
    assert_eq!(back("ldav"), "ldav");
    assert_eq!(back("&"), "&amp;");
    assert_eq!(back("others"), "others");
    assert_eq!(text.links[0].target, "Kingdom of Syldavia");
    assert_eq!(text.links[0].text.of(&text.plain), "Syldavia");
}

#[test]
fn breaks_divide_a_cell() {
    let page = parse("{|\n|a||One.<br>Two.<br />* three\n|}");
    assert_eq!(
        texts(&table(&page).rows[0].cells[1].blocks),
        ["One.", "Two.", "* three"]
    );
}
