//! Prints what a text tells about a pair: `extract FILE --pair AAA,BBB [--published DATE]`.

use std::collections::BTreeMap;

use bilat_extract::Extractor;
use bilat_model::Pair;
use bilat_model::document::{Block, BlockKind, Document, Meta, Origin, Span};
use bilat_snapshot::Snapshot;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let mut options = BTreeMap::new();
    let mut file = None;
    let mut at = args.iter();
    while let Some(arg) = at.next() {
        match arg.as_str() {
            "check" => {}
            o if o.starts_with("--") => {
                options.insert(o.to_owned(), at.next().cloned().unwrap_or_default());
            }
            f => file = Some(f.to_owned()),
        }
    }
    let text = std::fs::read_to_string(file.ok_or("no file")?)?;
    let snapshot = Snapshot::embedded()?;
    let registry = snapshot.registry()?;
    let codes: Vec<&str> = options.get("--pair").ok_or("no pair")?.split(',').collect();
    let pair = Pair::new(codes[0].parse()?, codes[1].parse()?)?;
    let mut cities = Vec::new();
    for c in pair.both() {
        cities.extend(snapshot.profile(c)?.map(|p| p.cities).unwrap_or_default());
    }
    let extractor = Extractor::new(&registry, &cities)?;
    let mut blocks = Vec::new();
    let mut start = 0;
    for part in text.split_inclusive('\n') {
        let end = start + part.len();
        if !part.trim().is_empty() {
            let head = blocks.is_empty() && part.len() < 120 && !part.trim().contains(['.', ':']);
            blocks.push(Block {
                span: Span::new(start, end),
                kind: if head {
                    BlockKind::Headline
                } else {
                    BlockKind::Paragraph
                },
            });
        }
        start = end;
    }
    let document = Document {
        sha256: String::new(),
        bytes: text.len(),
        media_type: "text/plain".into(),
        encoding: "UTF-8".into(),
        meta: Meta {
            published: options.get("--published").map(|d| d.parse()).transpose()?,
            ..Meta::default()
        },
        text,
        blocks,
        origin: Origin::Identity,
    };
    if options.contains_key("--show") {
        let reading = bilat_extract::reading::Reading::new(&extractor, &document, pair);
        for i in 0..reading.tokens.sentences.len() {
            let scene = reading.scene(i);
            println!("# {}", reading.tokens.slice(&scene.range));
            for a in scene.amounts {
                println!(
                    "  amount  {:40} {} {}",
                    reading.tokens.slice(&a.tokens),
                    a.value(),
                    a.unit.code()
                );
            }
            for t in scene.times {
                println!(
                    "  time    {:40} {} {:?}",
                    reading.tokens.slice(&t.tokens),
                    t.value,
                    t.lead
                );
            }
            for m in scene.mentions {
                println!(
                    "  country {:40} {} {:?}",
                    reading.tokens.slice(&m.tokens),
                    m.country,
                    m.how
                );
            }
            for c in scene.cues {
                println!(
                    "  cue     {:40} {}",
                    reading.tokens.slice(&c.tokens),
                    c.rule.id
                );
            }
        }
        return Ok(());
    }
    let told = extractor.extract(&document, pair);
    let findings = bilat_check::check(&told, &document.text, &bilat_check::Known::nothing());
    let mut out = serde_json::to_value(&told)?;
    out["findings"] = serde_json::to_value(&findings)?;
    println!("{}", serde_json::to_string_pretty(&out)?);
    Ok(())
}
