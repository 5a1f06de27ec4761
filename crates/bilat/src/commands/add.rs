//! `bilat add`: documents of the user's own, with all that they tell.

use bilat_publish::findings::Phrases;
use serde_json::json;

use crate::adding::{Adder, Asked, Outcome};
use crate::args::{AddArgs, TextFormat};
use crate::failure::Failure;
use crate::llm::Model;
use crate::reader::{self, Reader};
use crate::{clock, flow, input, output, workspace};

/// Left-out files are named up to this many.
const NAMED: usize = 10;

pub(crate) fn run(args: &AddArgs) -> Result<u8, Failure> {
    if args.url.is_some()
        && (args.sources.len() > 1 || std::path::Path::new(&args.sources[0]).is_dir())
    {
        return Err(Failure::new("--url is of one file").hint("add the files one by one"));
    }
    let snapshot = flow::snapshot()?;
    let registry = snapshot.registry()?;
    let mut pairs = Vec::new();
    for text in &args.pair {
        let pair = flow::pair_of(&registry, text)?;
        if !pairs.contains(&pair) {
            pairs.push(pair);
        }
    }
    let asked = Asked {
        pairs,
        published: args.published.as_deref().map(flow::day).transpose()?,
        url: args.url.clone(),
        at: clock::at(args.at.at.as_deref())?,
    };
    let model = Model::of(&args.extractor)?;
    let reader = Reader::new(&snapshot, &registry)?.and(model);
    let mut workspace = workspace::write(&args.workspace, true)?;
    workspace.begin_command()?;
    let mut told = Told::new(args.format)?;
    let mut adder = Adder {
        reader: &reader,
        workspace: &mut workspace,
        visitor: input::visitor(reader::limits().bytes, args.allow_private),
        asked: &asked,
        tell: &mut |outcome| told.one(outcome),
    };
    for source in &args.sources {
        adder.source(source)?;
    }
    told.end()
}

/// What became of all, told as it comes.
struct Told {
    format: TextFormat,
    phrases: Phrases,
    rows: Vec<serde_json::Value>,
    kept: usize,
    feeds: usize,
    left_out: Vec<String>,
    failed: Vec<Failure>,
}

impl Told {
    fn new(format: TextFormat) -> Result<Self, Failure> {
        Ok(Self {
            format,
            phrases: Phrases::english()?,
            rows: Vec::new(),
            kept: 0,
            feeds: 0,
            left_out: Vec::new(),
            failed: Vec::new(),
        })
    }

    fn one(&mut self, outcome: Outcome) -> Result<(), Failure> {
        let text = match outcome {
            Outcome::Kept(kept) => {
                self.kept += 1;
                self.rows.push(serde_json::to_value(&kept)?);
                kept.text(&self.phrases)?
            }
            Outcome::Feed { name, title, new } => {
                self.feeds += 1;
                self.rows
                    .push(json!({ "feed": name, "title": title, "new": new }));
                let title = title.map_or(String::new(), |t| format!(" ({})", output::tame(&t)));
                let new = output::count(new, "page that is", "pages that are");
                format!("{name}{title}: {new} new\n")
            }
            Outcome::LeftOut(path) => {
                self.left_out.push(path.display().to_string());
                return Ok(());
            }
            Outcome::Failed(failure) => {
                self.failed.push(failure);
                return Ok(());
            }
        };
        match self.format {
            TextFormat::Text => output::write(None, text.as_bytes()),
            TextFormat::Json => Ok(()),
        }
    }

    fn end(mut self) -> Result<u8, Failure> {
        if let (0, 0, [_]) = (self.kept, self.feeds, self.failed.as_slice())
            && let Some(failure) = self.failed.pop()
        {
            return Err(failure);
        }
        if self.format == TextFormat::Json {
            let failed: Vec<_> = self.failed.iter().map(|f| &f.message).collect();
            let all = json!({
                "items": self.rows,
                "left_out": self.left_out,
                "failed": failed,
            });
            output::write(
                None,
                (serde_json::to_string_pretty(&all)? + "\n").as_bytes(),
            )?;
        } else if !self.left_out.is_empty() {
            let n = output::count(self.left_out.len(), "file is", "files are");
            let mut text = format!("{n} left out, of a kind that is not read:\n");
            for name in self.left_out.iter().take(NAMED) {
                text.push_str(&format!("  {}\n", output::tame(name)));
            }
            if self.left_out.len() > NAMED {
                text.push_str("  … (--format json names all)\n");
            }
            output::write(None, text.as_bytes())?;
        }
        for failure in &self.failed {
            failure.report();
        }
        Ok(match (self.failed.is_empty(), self.kept + self.feeds) {
            (true, _) => 0,
            (false, 0) => 2,
            (false, _) => 1,
        })
    }
}
