use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::read as read_any;

fn page(body: &str) -> String {
    format!(
        "<!doctype html><html lang=en><head><title>Ties of Chad and Peru - Example</title></head><body>{body}</body></html>"
    )
}

const STORY: &str = "<nav><a href=/>Home</a> <a href=/x>World</a></nav><main><article><h1>Ties of Chad &amp; Peru</h1>\
    <p>The trade of <b>Chad</b> and Peru rose by 5.2&nbsp;% to &#36;105.7 million in 2023, the ministry said on Monday, and it is expected to rise further.</p>\
    <p hidden>Secret words of the page</p><script>var trade = 'script words';</script>\
    <p>Exports of Chad came to 5.7 million dollars, imports to 99.9 million, as the two ministers told reporters after a meeting in Lima.</p>\
    <p style='display: none'>More secret words</p><p>They also signed an agreement on visas, the third of its kind, and named Nata&scaron;a an envoy for the coming years.</p>\
    <div aria-hidden=true>Icon words</div></article></main><aside><p>Most popular</p><ul><li><a href=1>Another story</a></ul></aside><footer>Copyright</footer>";

fn document(html: &str) -> bilat_model::document::Document {
    read_any(html.as_bytes(), &Hints::default(), &Limits::default()).unwrap()
}

/// The bytes of the page that a stretch of the text came from.
fn source<'a>(d: &bilat_model::document::Document, html: &'a str, words: &str) -> &'a str {
    let start = d
        .text
        .find(words)
        .unwrap_or_else(|| panic!("{words} in {}", d.text));
    d.input_span(Span::new(start, start + words.len()))
        .unwrap()
        .of(html)
}

#[test]
fn main_text_leads_back_to_the_page() {
    let html = page(STORY);
    let d = document(&html);
    assert_eq!(
        (d.media_type.as_str(), d.meta.language.as_deref()),
        ("text/html", Some("en"))
    );
    assert_eq!(d.blocks[0].kind, BlockKind::Headline);
    assert_eq!(d.blocks[0].span.of(&d.text), "Ties of Chad & Peru");
    assert_eq!(source(&d, &html, "Chad & Peru"), "Chad &amp; Peru");
    assert_eq!(
        source(&d, &html, "5.2\u{a0}% to $105.7 million"),
        "5.2&nbsp;% to &#36;105.7 million"
    );
    assert_eq!(source(&d, &html, "Nataša"), "Nata&scaron;a");
    assert_eq!(
        source(&d, &html, "Chad and Peru rose"),
        "Chad</b> and Peru rose"
    );
    assert_eq!(
        source(&d, &html, "5.7 million dollars"),
        "5.7 million dollars"
    );
    for hidden in ["ecret", "script", "Icon", "Another story"] {
        assert!(!d.text.contains(hidden), "{hidden}");
    }
}

#[test]
fn pages_in_older_encodings() {
    let html = page(&STORY.replace("Nata&scaron;a", "Nataša"))
        .replace("<head>", "<head><meta charset=windows-1250>");
    let (bytes, _, bad) = encoding_rs::WINDOWS_1250.encode(&html);
    assert!(!bad);
    let d = read_any(&bytes, &Hints::default(), &Limits::default()).unwrap();
    assert_eq!(d.encoding, "windows-1250");
    let start = d.text.find("Nataša an envoy").unwrap();
    let span = d
        .input_span(Span::new(start, start + "Nataša an envoy".len()))
        .unwrap();
    assert_eq!(&bytes[span.start..span.end], b"Nata\x9Aa an envoy");
}

#[test]
fn metadata_by_what_is_surest() {
    let with = |head: &str| document(&page(STORY).replace("<head>", &format!("<head>{head}"))).meta;
    let meta = with(
        "<script type='application/ld+json'>{\"@graph\":[{\"@type\":\"WebPage\"},{\"@type\":[\"NewsArticle\"],\"headline\":\"Ties\",\
        \"datePublished\":\"2024-03-02T23:00:00-05:00\",\"author\":[{\"name\":\"A. B.\"},{\"name\":\"C. D.\"}],\"publisher\":{\"name\":\"Example\"}}]}</script>\
        <meta property=article:published_time content=2024-03-05><link rel=canonical href=https://e.example/a>",
    );
    assert_eq!(meta.published, Some(date(2024, 3, 2)));
    assert_eq!(meta.published_by.as_deref(), Some("json-ld"));
    assert_eq!(
        (meta.title.as_deref(), meta.author.as_deref()),
        (Some("Ties"), Some("A. B., C. D."))
    );
    assert_eq!(
        (meta.publisher.as_deref(), meta.url.as_deref()),
        (Some("Example"), Some("https://e.example/a"))
    );
    let meta = with(
        "<meta property=og:title content='Ties &amp; more'><meta name=DC.date content='5 March 2024'>",
    );
    assert_eq!(
        (meta.published, meta.title.as_deref()),
        (Some(date(2024, 3, 5)), Some("Ties & more"))
    );
    assert_eq!(meta.published_by.as_deref(), Some("meta"));
    let meta = with(
        "<script type='application/ld+json'>{broken</script><link rel=canonical href='javascript:x'>",
    );
    assert_eq!((meta.published, meta.url), (None, None));
    let timed = document(&page(
        &STORY.replace("<h1>", "<time datetime=2024-03-07T01:00>7 March</time><h1>"),
    ));
    assert_eq!(
        (timed.meta.published, timed.meta.published_by.as_deref()),
        (Some(date(2024, 3, 7)), Some("time"))
    );
}

#[test]
fn a_dateline_is_older_than_the_page() {
    let html = page(&STORY.replace("<p>The trade", "<p>LIMA, March 1. The trade")).replace(
        "<head>",
        "<head><meta property=article:published_time content=2024-03-02>",
    );
    let meta = document(&html).meta;
    assert_eq!(
        (meta.published, meta.published_by.as_deref()),
        (Some(date(2024, 3, 1)), Some("dateline"))
    );
    let hints = Hints {
        published: Some(date(2020, 1, 1)),
        ..Hints::default()
    };
    let given = read_any(html.as_bytes(), &hints, &Limits::default())
        .unwrap()
        .meta;
    assert_eq!(
        (given.published, given.published_by.as_deref()),
        (Some(date(2020, 1, 1)), Some("argument"))
    );
}

#[test]
fn hostile_pages_are_bounded() {
    let nested = page(&format!("{}{STORY}", "<div>".repeat(100_000)));
    assert!(document(&nested).text.contains("105.7 million"));
    let bold: String = (0..20_000)
        .map(|i| format!("<b id=x{i}><i class=y{i}>"))
        .collect();
    assert!(
        document(&page(&format!("{bold}{STORY}")))
            .text
            .contains("105.7 million")
    );
    let closing = page(&format!("{STORY}{}", "</div></p></x>".repeat(50_000)));
    assert!(document(&closing).text.contains("105.7 million"));
    let attribute = page(&format!(
        "<div class=\"{}\">{STORY}</div>",
        "x ".repeat(500_000)
    ));
    assert!(document(&attribute).text.contains("105.7 million"));
    let tables = page(&format!("{}{STORY}", "<table><tr><td>".repeat(20_000)));
    assert!(document(&tables).text.contains("105.7 million"));
    for broken in [
        "<html><p title=\"",
        "<html><!--",
        "<html><script>",
        "<html>",
        "<html><p>&#x110000;&#0;&bogus;&",
    ] {
        let _ = read_any(broken.as_bytes(), &Hints::default(), &Limits::default());
    }
    let large = vec![b' '; Limits::default().html + 1];
    let hints = Hints {
        media_type: Some("text/html"),
        ..Hints::default()
    };
    let mut page = b"<html>".to_vec();
    page.extend(large);
    assert!(matches!(
        read_any(&page, &hints, &Limits::default()),
        Err(Error::TooLarge { .. })
    ));
}

proptest! {
    #[test]
    fn any_markup_keeps_the_promises(body in "([a-z ]{0,8}|<(p|div|b|td|tr|table|li|h1|script|a href='x'|p hidden)>|</(p|div|b|td|table|script)>|&amp;|&nbsp;|<!--|-->|é|Ж){0,60}") {
        let html = page(&format!("{body}{STORY}"));
        if let Ok(d) = read_any(html.as_bytes(), &Hints::default(), &Limits::default()) {
            let mut end = 0;
            for b in &d.blocks {
                prop_assert!(b.span.start >= end && d.text.get(b.span.start..b.span.end).is_some());
                end = b.span.end;
            }
            let Origin::Runs(runs) = &d.origin else { panic!() };
            let mut last = (0, 0);
            for r in runs {
                prop_assert!(r.text.start >= last.0 && r.input.start >= last.1);
                last = (r.text.end, r.input.end);
                let (text, input) = (r.text.of(&d.text), r.input.of(&html));
                prop_assert!(!text.is_empty() && !input.is_empty());
                if text.len() == input.len() {
                    prop_assert_eq!(text, input);
                } else {
                    prop_assert_eq!(text, html_escape::decode_html_entities(input));
                }
            }
        }
    }
}
