//! UN agreement of all pairs and years, with the votes loaded.

use std::error::Error;
use std::path::Path;

use bilat_analyse::Votes;
use bilat_analyse::agreement::AllAgreements;
use bilat_model::Pair;
use bilat_snapshot::Snapshot;
use serde_json::{Value, json};

pub(crate) fn run(dir: &Path, runs: usize) -> Result<Value, Box<dyn Error>> {
    let load = || {
        let snapshot = Snapshot::open(dir)?;
        Ok(Votes::new(
            &snapshot.roll_calls()?,
            &snapshot.all_voting()?,
        )?)
    };
    crate::timed(load, runs, |votes| Ok(votes.all_pairs_by_year()), answer)
}

fn answer(all: &AllAgreements) -> Result<Value, Box<dyn Error>> {
    let (mut rows, mut same, mut both) = (0u64, 0u64, 0u64);
    for a in all.pairs().flat_map(|(_, years)| years) {
        rows += u64::from(a.both > 0);
        same += u64::from(a.same);
        both += u64::from(a.both);
    }
    let pair: Pair = "KAZ-SVN".parse()?;
    let year = all.years().iter().position(|y| *y == 2023);
    let one = all
        .pairs()
        .find(|(p, _)| *p == pair)
        .and_then(|(_, years)| years.get(year?))
        .ok_or("there are no votes of KAZ-SVN in 2023")?;
    Ok(json!({
        "rows": rows, "same": same, "both": both,
        "kaz_svn_2023": [one.same, one.both],
    }))
}
