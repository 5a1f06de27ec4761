//! The list of titles and the list of issues, joined to the votes.

use std::collections::BTreeMap;

use bilat_model::evidence::Locator;

use super::{CLASSIFIED_UNTIL, Read};
use crate::{Context, SourceError};

const TITLES: &str = "un_roll_calls_1946-2019.csv.gz";
const ISSUES: &str = "un_roll_call_issues.csv";

/// What the list of titles adds to a roll call.
#[derive(Default)]
pub(super) struct Title {
    pub(super) session: Option<u16>,
    pub(super) symbol: Option<String>,
    pub(super) text: Option<String>,
}

/// Titles by number and date; a title without its roll call is listed.
pub(super) fn titles(
    context: &mut Context<'_>,
    read: &[Read],
) -> Result<BTreeMap<(u32, String), Title>, SourceError> {
    let known: BTreeMap<_, _> = read
        .iter()
        .map(|r| ((r.rcid, r.day.as_str()), ()))
        .collect();
    let mut titles = BTreeMap::new();
    let mut table = context.table(TITLES, b',')?;
    while let Some(row) = context.next(&mut table)? {
        let at = Locator::Line(row.line);
        let (rcid, day) = (row.get("rcid"), row.get("date"));
        let key = rcid
            .parse::<u32>()
            .ok()
            .filter(|r| known.contains_key(&(*r, day)));
        let Some(rcid) = key else {
            let reason = format!("the votes have no roll call {rcid} of {day}");
            context.skip(&row.file, at, reason);
            continue;
        };
        let session = row.get("session");
        let title = Title {
            session: session.strip_suffix(".0").unwrap_or(session).parse().ok(),
            symbol: some(row.get("unres")),
            text: some(row.get("short")).or_else(|| some(row.get("descr"))),
        };
        if titles.insert((rcid, day.to_owned()), title).is_some() {
            context.skip(&row.file, at, format!("a second title of {rcid} of {day}"));
        } else {
            context.keep(&row.file);
        }
    }
    Ok(titles)
}

fn some(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty() && text != "NA").then(|| text.to_owned())
}

/// The list of issues repeats the flags of the votes; a row that does not is listed.
pub(super) fn compare_issues(context: &mut Context<'_>, read: &[Read]) -> Result<(), SourceError> {
    // The list names a roll call by its number alone. It ends where classification ends, before
    // any number was used a second time.
    let flags: BTreeMap<u32, _> = read
        .iter()
        .filter(|r| r.date.last().year() <= CLASSIFIED_UNTIL)
        .map(|r| (r.rcid, r.issues))
        .collect();
    let mut table = context.table(ISSUES, b',')?;
    while let Some(row) = context.next(&mut table)? {
        let (rcid, code) = (row.get("rcid"), row.get("short_name"));
        let known = rcid.parse().ok().and_then(|r: u32| flags.get(&r));
        if known.is_some_and(|f| f.has(code)) {
            context.keep(&row.file);
        } else {
            let reason = format!("the votes do not flag roll call {rcid} as {code}");
            context.skip(&row.file, Locator::Line(row.line), reason);
        }
    }
    Ok(())
}
