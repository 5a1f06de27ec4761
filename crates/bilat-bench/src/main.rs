//! Times what `benches/run` measures inside the process.
//!
//! usage: `bilat-bench un_agreement|turnover SNAPSHOT RUNS`
//! or `bilat-bench reading TEXTS STAGE KILOBYTES RUNS` or `bilat-bench found TEXTS RUNS`
//!
//! Prints one line of JSON: the answer, how long loading took, and how long each run took, on the
//! clock and, where the system tells, on the core of its own thread. What is computed, and what an
//! answer holds, stands at the head of the programs in `benches/peers`, and for reading in
//! `reading.rs`.

mod reading;
mod turnover;
mod un_agreement;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use serde_json::{Value, json};

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match run(&args) {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(e) => {
            eprintln!("error: {e}");
            ExitCode::from(2)
        }
    }
}

fn run(args: &[String]) -> Result<Value, Box<dyn Error>> {
    if let [name, texts, stage, kilobytes, runs] = args
        && name == "reading"
    {
        let (kilobytes, runs) = (kilobytes.parse()?, runs.parse()?);
        return reading::run(Path::new(texts), stage, kilobytes, runs);
    }
    let [name, snapshot, runs] = args else {
        return Err("usage: bilat-bench un_agreement|turnover SNAPSHOT RUNS, bilat-bench reading TEXTS STAGE KILOBYTES RUNS, or bilat-bench found TEXTS RUNS".into());
    };
    let (snapshot, runs) = (Path::new(snapshot), runs.parse()?);
    match name.as_str() {
        "un_agreement" => un_agreement::run(snapshot, runs),
        "turnover" => turnover::run(snapshot, runs),
        "found" => reading::found(snapshot, runs),
        _ => Err(format!("there is no benchmark {name}").into()),
    }
}

/// Runs `work` as often as asked, and tells its last result, how long `load` took and each run.
fn timed<L, T>(
    load: impl FnOnce() -> Result<L, Box<dyn Error>>,
    runs: usize,
    work: impl Fn(&L) -> Result<T, Box<dyn Error>>,
    answer: impl FnOnce(&T) -> Result<Value, Box<dyn Error>>,
) -> Result<Value, Box<dyn Error>> {
    timed_with(load, runs, work, |_, made| answer(made))
}

/// As [`timed`], where the answer needs what was loaded, too.
fn timed_with<L, T>(
    load: impl FnOnce() -> Result<L, Box<dyn Error>>,
    runs: usize,
    work: impl Fn(&L) -> Result<T, Box<dyn Error>>,
    answer: impl FnOnce(&L, &T) -> Result<Value, Box<dyn Error>>,
) -> Result<Value, Box<dyn Error>> {
    let (loaded, load_seconds) = clocked(load)?;
    let (mut seconds, mut core) = (Vec::with_capacity(runs), Vec::with_capacity(runs));
    let mut last = None;
    for _ in 0..runs {
        drop(last.take());
        let begun = core_seconds();
        let (result, s) = clocked(|| work(&loaded))?;
        seconds.push(s);
        core.extend(begun.zip(core_seconds()).map(|(from, to)| to - from));
        last = Some(result);
    }
    let last = last.ok_or("at least one run is needed")?;
    Ok(json!({
        "answer": answer(&loaded, &last)?, "load": load_seconds, "seconds": seconds, "core": core,
    }))
}

/// How long a core has worked for this thread, where the system tells: what others do on the machine
/// does not count.
fn core_seconds() -> Option<f64> {
    let said = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: u64 = said.split_whitespace().next()?.parse().ok()?;
    Some(nanoseconds as f64 / 1e9)
}

/// Timing is what this program is for.
#[allow(clippy::disallowed_methods)]
fn clocked<T>(
    work: impl FnOnce() -> Result<T, Box<dyn Error>>,
) -> Result<(T, f64), Box<dyn Error>> {
    let begun = Instant::now();
    let result = work()?;
    Ok((result, begun.elapsed().as_secs_f64()))
}
