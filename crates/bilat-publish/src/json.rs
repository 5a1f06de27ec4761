//! A brief as data.

use bilat_brief::brief::Brief;

/// The brief as JSON, indented, keys in the order of the fields, with a line feed at its end;
/// each sentence and cell carries what it rests on. The form is told by `docs/brief.schema.json`.
///
/// Numbers of charts that are not finite are written as `null`. Outlines of maps are left out.
#[must_use]
pub fn json(brief: &Brief) -> String {
    // Writing fails for maps whose keys are not strings alone, and a brief has no map.
    let mut out = serde_json::to_string_pretty(brief).unwrap_or_default();
    out.push('\n');
    out
}
