//! Visa rules by passport and destination.

use bilat_model::Period;
use bilat_model::evidence::{Locator, Tie, TieDetails, TieKind, VisaRule};

use crate::{Context, SourceError};

const FILE: &str = "passport-index-tidy-iso3.csv";

/// A cell of the source: the rule and the days of stay, or why there is none.
fn requirement(text: &str) -> Result<Option<(VisaRule, Option<u16>)>, String> {
    let rule = match text {
        "-1" => return Ok(None),
        "visa free" => VisaRule::Free,
        "visa on arrival" => VisaRule::OnArrival,
        "e-visa" => VisaRule::Electronic,
        "eta" => VisaRule::Authorisation,
        "visa required" => VisaRule::Required,
        "no admission" => VisaRule::Refused,
        days => {
            return match days.parse::<u16>() {
                Ok(n) if (1..=366).contains(&n) => Ok(Some((VisaRule::Free, Some(n)))),
                _ => Err(format!("“{days}” is no requirement known")),
            };
        }
    };
    Ok(Some((rule, None)))
}

/// What a rule is called in the tie.
fn words(rule: VisaRule, days: Option<u16>) -> String {
    match (rule, days) {
        (VisaRule::Free, Some(n)) => format!("no visa for {n} days"),
        (VisaRule::Free, None) => "no visa".to_owned(),
        (VisaRule::OnArrival, _) => "visa on arrival".to_owned(),
        (VisaRule::Electronic, _) => "electronic visa".to_owned(),
        (VisaRule::Authorisation, _) => "electronic travel authorisation".to_owned(),
        (VisaRule::Required, _) => "visa required".to_owned(),
        (VisaRule::Refused, _) => "no admission".to_owned(),
    }
}

/// Reads the source's files.
///
/// # Errors
/// [`SourceError`] when a file is missing or not built as the card says.
pub fn read(context: &mut Context<'_>) -> Result<(), SourceError> {
    let as_of: Period = context.card.vintage;
    let mut table = context.table(FILE, b',')?;
    while let Some(row) = context.next(&mut table)? {
        let at = Locator::Line(row.line);
        let file = row.file.clone();
        let (from, to) = (row.get("Passport"), row.get("Destination"));
        let rule = match requirement(row.get("Requirement")) {
            Ok(rule) => rule,
            Err(why) => {
                context.skip(&file, at, why);
                continue;
            }
        };
        let (x, y) = (context.code(from), context.code(to));
        let Some(pair) = context.pair(&file, &at, x, y) else {
            continue;
        };
        let (crate::Name::Country(from), crate::Name::Country(to), Some((rule, days))) =
            (x, y, rule)
        else {
            context.skip(&file, at, "-1 stands between two countries".to_owned());
            continue;
        };
        let tie = Tie {
            kind: TieKind::VisaRegime,
            from,
            to,
            what: words(rule, days),
            since: None,
            until: None,
            as_of: Some(as_of),
            details: TieDetails::Visa { rule, days },
        };
        context.tie(pair, &file, at, tie);
        context.keep(&file);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
