//! The clock of this machine. It is asked here alone, and only for what the user does not date:
//! when something was downloaded or added.

use bilat_model::Period;
use jiff::civil::Date;

use crate::failure::Failure;

/// The point in time.
#[allow(clippy::disallowed_methods)] // the edge of the program
fn now() -> Result<jiff::Timestamp, Failure> {
    jiff::Timestamp::try_from(std::time::SystemTime::now()).map_err(Failure::new)
}

/// The day, in UTC.
pub(crate) fn today() -> Result<Period, Failure> {
    Ok(Period::Day(now()?.to_zoned(jiff::tz::TimeZone::UTC).date()))
}

/// A point in time as the user gives it, a day being its beginning in UTC; else now.
pub(crate) fn at(given: Option<&str>) -> Result<String, Failure> {
    let Some(text) = given else {
        return Ok(now()?.to_string());
    };
    if let Ok(day) = text.parse::<Date>()
        && !text.contains(['T', 't', ' '])
    {
        return Ok(format!("{day}T00:00:00Z"));
    }
    let time: jiff::Timestamp = text.parse().map_err(|_| {
        Failure::new(format!("“{text}” is not a time"))
            .hint("give it as 2026-01-31 or as 2026-01-31T12:00:00Z")
    })?;
    Ok(time.to_string())
}

/// The last second before a day, in UTC.
pub(crate) fn before(day: Date) -> Result<String, Failure> {
    let last = day.yesterday().map_err(Failure::new)?;
    Ok(format!("{last}T23:59:59Z"))
}
