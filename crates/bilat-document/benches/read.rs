//! Bytes a second of each reader, on text made here.

use bilat_document::{Hints, Limits, read, skeleton};
use divan::Bencher;
use divan::counter::BytesCount;

fn main() {
    divan::main();
}

const SENTENCE: &str = "The trade turnover of the two countries rose by 5.2 per cent to 105.7 million dollars in 2023, the ministry said. ";

fn plain() -> String {
    (0..20_000)
        .map(|i| {
            if i % 4 == 3 {
                format!("{SENTENCE}\n\n")
            } else {
                SENTENCE.to_owned()
            }
        })
        .collect()
}

fn page() -> String {
    let body: String = (0..400)
        .map(|i| {
            format!("<p class=x>{i} {SENTENCE}<a href=/x>{SENTENCE}</a>&nbsp;&amp; more.</p>\n")
        })
        .collect();
    format!(
        "<!doctype html><title>Ties</title><nav><a href=/>Home</a></nav><article><h1>Ties of two</h1>{body}</article>"
    )
}

fn reading(bencher: Bencher<'_, '_>, bytes: &[u8], media_type: &str) {
    let hints = Hints {
        media_type: Some(media_type),
        ..Hints::default()
    };
    bencher
        .counter(BytesCount::new(bytes.len()))
        .bench_local(|| {
            read(divan::black_box(bytes), &hints, &Limits::default()).map(|d| d.blocks.len())
        });
}

#[divan::bench]
fn plain_text(bencher: Bencher<'_, '_>) {
    reading(bencher, plain().as_bytes(), "text/plain");
}

#[divan::bench]
fn markdown(bencher: Bencher<'_, '_>) {
    reading(bencher, plain().as_bytes(), "text/markdown");
}

#[divan::bench]
fn html(bencher: Bencher<'_, '_>) {
    reading(bencher, page().as_bytes(), "text/html");
}

#[divan::bench]
fn windows_1251(bencher: Bencher<'_, '_>) {
    let text = "Товарооборот вырос на 5,2 процента до 105,7 млн долларов. ".repeat(20_000);
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(&text);
    reading(bencher, &bytes, "text/plain; charset=windows-1251");
}

#[divan::bench]
fn skeleton_of_ascii(bencher: Bencher<'_, '_>) {
    let text = plain();
    bencher
        .counter(BytesCount::new(text.len()))
        .bench_local(|| skeleton(divan::black_box(&text)));
}

#[divan::bench]
fn skeleton_of_mixed(bencher: Bencher<'_, '_>) {
    let text = plain().replace("countries", "cоuntries — “all”");
    bencher
        .counter(BytesCount::new(text.len()))
        .bench_local(|| skeleton(divan::black_box(&text)));
}
