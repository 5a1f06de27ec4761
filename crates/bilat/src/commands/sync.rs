//! `bilat sources sync`: sources downloaded from their publishers.
//!
//! Files go to `HOME/downloads/SOURCE`, where a broken download is gone on from. A mirror is laid
//! out as the folder that snapshots are built from, in which two sources may share a folder; here
//! each has one of its own. A source is put
//! to use only when all its files are there and its reader accepts them: then its tables take
//! the place of those inside the program, as one folder moved into `HOME/synced/SOURCE`.

use std::path::Path;

use bilat_analyse::Votes;
use bilat_fetch::{Limits, Progress, Request, Validators};
use bilat_model::records::Records;
use bilat_model::source::{Card, FileCard};
use bilat_model::{Period, Registry};
use bilat_sources::Source;
use serde_json::json;

use crate::args::{SyncArgs, TextFormat};
use crate::failure::Failure;
use crate::{clock, flow, home, output, standings};

/// What became of one source.
struct Outcome {
    id: &'static str,
    /// `synced`, `unchanged`, `forgotten`, `no origin` or `failed`.
    state: &'static str,
    /// The vintage in use from now on.
    vintage: Option<Period>,
    note: String,
}

pub(crate) fn run(args: &SyncArgs) -> Result<u8, Failure> {
    let home = home::required()?;
    let chosen = super::sources::chosen(&args.ids)?;
    let date = match &args.date {
        Some(d) => flow::period(d)?,
        None => clock::today()?,
    };
    let mut outcomes = Vec::new();
    if args.forget {
        // Done before anything is opened: it is also the way out when what was synced is damaged.
        for source in chosen {
            outcomes.push(forget(source, &home)?);
        }
    } else {
        let registry = flow::snapshot()?.registry()?;
        for source in chosen {
            outcomes.push(one(source, args, date, &registry, &home)?);
        }
    }
    if outcomes
        .iter()
        .any(|o| matches!(o.state, "synced" | "forgotten"))
    {
        place_again(&home)?;
    }
    report(&outcomes, args)?;
    Ok(u8::from(outcomes.iter().any(|o| o.state == "failed")))
}

fn one(
    source: &'static Source,
    args: &SyncArgs,
    date: Period,
    registry: &Registry,
    home: &Path,
) -> Result<Outcome, Failure> {
    let card = source.card()?;
    let failed = |note: String| Outcome {
        id: source.id,
        state: "failed",
        vintage: None,
        note,
    };
    if args.mirror.is_none()
        && let Some(file) = card.files.iter().find(|f| f.origin.is_none())
    {
        let why = file.no_origin.clone().unwrap_or_default();
        let note = format!("{}: {why}", file.path);
        return Ok(Outcome {
            id: source.id,
            state: "no origin",
            vintage: None,
            note,
        });
    }
    let folder = home.join("downloads").join(source.id);
    let mut changed = !home.join("synced").join(source.id).is_dir();
    let mut downloads_made = Vec::new();
    for file in &card.files {
        match download(&card, file, args, &folder) {
            Ok(d) => {
                changed |= d.changed;
                downloads_made.push(d);
            }
            Err(note) => return Ok(failed(note)),
        }
    }
    if !changed {
        return Ok(Outcome {
            id: source.id,
            state: "unchanged",
            vintage: None,
            note: String::new(),
        });
    }
    let mut records = Records::default();
    match bilat_sources::read_in(source, &folder, registry, &mut records) {
        Err(e) => return Ok(failed(format!("{e}; what was in use before stays in use"))),
        Ok(r) if !r.holds() => {
            let names: Vec<_> = r.unresolved.keys().take(5).cloned().collect();
            let mut reasons = r.unexpected.clone();
            if !names.is_empty() {
                reasons.push(format!("names that lead nowhere: {}", names.join(", ")));
            }
            return Ok(failed(format!(
                "{}; what was in use before stays in use",
                reasons.join("; ")
            )));
        }
        Ok(_) => {}
    }
    for v in &mut records.vintages {
        v.vintage = date;
    }
    bilat_snapshot::write_overlay(&records, &home.join("synced").join(source.id))?;
    downloads_made.iter().try_for_each(Download::accepted)?;
    Ok(Outcome {
        id: source.id,
        state: "synced",
        vintage: Some(date),
        note: String::new(),
    })
}

/// Downloads one file.
fn download(
    card: &Card,
    file: &FileCard,
    args: &SyncArgs,
    folder: &Path,
) -> Result<Download, String> {
    let id = &card.id;
    let url = match (&args.mirror, &file.origin) {
        (Some(base), _) => {
            let base = base.trim_end_matches('/');
            format!("{base}/{}/{}", card.folder(), file.path)
        }
        (None, Some(origin)) => origin.clone(),
        (None, None) => return Err(format!("{} has no origin", file.path)),
    };
    let target = folder.join(&file.path);
    let state = folder.join(format!("{}.state.json", file.path));
    let known: Option<State> = std::fs::read(&state)
        .ok()
        .and_then(|b| serde_json::from_slice(&b).ok());
    let mut request = Request::new(url);
    request.if_changed = known.filter(|k| k.url == request.url).map(|k| k.validators);
    let mut limits = Limits::new(file.max_bytes);
    limits.allow_loopback = args.allow_loopback;
    let bar = output::bytes_bar(&format!("{id}/{}", file.path));
    let fetched = bilat_fetch::fetch(&request, &target, &limits, &mut |p| match p {
        Progress::Bytes { bytes, total } => {
            bar.set_length(total.unwrap_or(bytes));
            bar.set_position(bytes);
        }
        Progress::Waiting { wait, reason } => {
            bar.set_message(format!(
                "{id}/{}: again in {} s: {reason}",
                file.path,
                wait.as_secs()
            ));
        }
    });
    bar.finish_and_clear();
    let fetched = fetched.map_err(|e| e.to_string())?;
    if fetched.changed {
        // Until the reader has accepted it, the file counts as new.
        let _ = std::fs::remove_file(&state);
    }
    Ok(Download {
        changed: fetched.changed,
        state: State {
            url: request.url,
            validators: fetched.validators,
        },
        file: state,
    })
}

/// What a server said of a file that is in use.
#[derive(serde::Serialize, serde::Deserialize)]
struct State {
    /// Where it was downloaded from: another address has states of its own.
    url: String,
    validators: Validators,
}

/// A file that is there, and what is to be kept of it once its reader has accepted it.
struct Download {
    changed: bool,
    state: State,
    file: std::path::PathBuf,
}

impl Download {
    fn accepted(&self) -> Result<(), Failure> {
        output::write(Some(&self.file), &serde_json::to_vec(&self.state)?)
    }
}

fn forget(source: &'static Source, home: &Path) -> Result<Outcome, Failure> {
    let mut any = false;
    for folder in [
        home.join("synced").join(source.id),
        home.join("downloads").join(source.id),
    ] {
        match std::fs::remove_dir_all(&folder) {
            Ok(()) => any = true,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
            Err(e) => {
                return Err(Failure::new(format!(
                    "cannot remove {}: {e}",
                    folder.display()
                )));
            }
        }
    }
    let state = if any { "forgotten" } else { "unchanged" };
    let vintage = Some(source.card()?.vintage);
    Ok(Outcome {
        id: source.id,
        state,
        vintage,
        note: String::new(),
    })
}

/// Computes anew where each pair stands, over the data now in use. The result lies in the last
/// layer, which is the one that holds.
fn place_again(home: &Path) -> Result<(), Failure> {
    let synced = home.join("synced");
    let Ok(entries) = std::fs::read_dir(&synced) else {
        return Ok(());
    };
    let mut layers: Vec<_> = entries
        .filter_map(|e| Some(e.ok()?.path()))
        .filter(|p| p.join(bilat_snapshot::MANIFEST).is_file())
        .collect();
    layers.sort();
    let Some(last) = layers.last() else {
        return Ok(());
    };
    let bar = output::progress(1);
    bar.set_message("placing each pair among all pairs");
    let snapshot = flow::snapshot()?;
    let votes =
        Votes::new(&snapshot.roll_calls()?, &snapshot.all_voting()?).map_err(Failure::new)?;
    let standings = standings::of_snapshot(&snapshot, &votes)?;
    bilat_snapshot::write_computed(&standings, &votes.means(), last)?;
    bar.finish_and_clear();
    Ok(())
}

fn report(outcomes: &[Outcome], args: &SyncArgs) -> Result<(), Failure> {
    let text = match args.format {
        TextFormat::Json => {
            let rows: Vec<_> = outcomes
                .iter()
                .map(|o| json!({ "source": o.id, "state": o.state, "vintage": o.vintage, "note": o.note }))
                .collect();
            serde_json::to_string_pretty(&rows)? + "\n"
        }
        TextFormat::Text => outcomes
            .iter()
            .map(|o| {
                let vintage = o.vintage.map_or(String::new(), |v| {
                    format!(", vintage {v} is used from now on")
                });
                let note = if o.note.is_empty() {
                    String::new()
                } else {
                    format!(": {}", o.note)
                };
                format!("{}: {}{vintage}{note}\n", o.id, o.state)
            })
            .collect(),
    };
    output::write(None, text.as_bytes())
}
