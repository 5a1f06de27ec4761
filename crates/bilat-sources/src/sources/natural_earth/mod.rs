//! Reader of `natural_earth`: the outlines of countries.
//!
//! The column `ISO_A3` is “-99” for France, Norway and Kosovo; the codes are taken from
//! `ADM0_A3`, and where those are Natural Earth's own, from the lookups.

use std::collections::BTreeSet;
use std::sync::Arc;

use bilat_model::evidence::Locator;
use bilat_model::profile::Outline;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{Context, Name, SourceError};

const FILE: &str = "ne_110m_admin_0_countries.json";

/// A ring as it lies in the file: longitude, latitude.
type RawRing = Vec<(f64, f64)>;

#[derive(Deserialize)]
struct Collection {
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    properties: Map<String, Value>,
    geometry: Geometry,
}

#[derive(Deserialize)]
#[serde(tag = "type", content = "coordinates")]
enum Geometry {
    Polygon(Vec<RawRing>),
    MultiPolygon(Vec<Vec<RawRing>>),
}

/// Reads the source's files.
///
/// # Errors
/// [`SourceError`] when a file is missing or not built as the card says.
pub fn read(context: &mut Context<'_>) -> Result<(), SourceError> {
    let (file, data) = context.bytes(FILE)?;
    let collection: Collection = serde_json::from_slice(&data)
        .map_err(|e| context.structure(FILE, &format!("line {}", e.line()), e.to_string()))?;
    let mut seen = BTreeSet::new();
    for (i, feature) in collection.features.iter().enumerate() {
        check_properties(context, i, &feature.properties)?;
        context.seen(&file);
        let at = Locator::Pointer(format!("/features/{i}"));
        let code = feature.properties["ADM0_A3"].as_str().unwrap_or_default();
        let country = match context.code(code) {
            Name::Country(c) => c,
            Name::NotACountry => {
                context.leave_out(&file, "no country of the register");
                continue;
            }
            Name::Unresolved => {
                context.skip(&file, at, format!("nobody has the code “{code}”"));
                continue;
            }
        };
        if !seen.insert(country) {
            context.skip(&file, at, format!("{country} stands twice"));
            continue;
        }
        match rings(&feature.geometry) {
            Ok(rings) => add(context, &file, country, rings, at),
            Err(reason) => context.skip(&file, at, reason),
        }
    }
    Ok(())
}

fn add(
    context: &mut Context<'_>,
    file: &Arc<str>,
    country: bilat_model::Country,
    rings: Vec<Vec<(f32, f32)>>,
    at: Locator,
) {
    context.keep(file);
    let citation = context.cite(file, at);
    context.records.outlines.push(Outline {
        country,
        rings,
        citation,
    });
}

/// The properties of every feature are the card's columns.
fn check_properties(
    context: &Context<'_>,
    i: usize,
    properties: &Map<String, Value>,
) -> Result<(), SourceError> {
    let card = context.card.files.iter().find(|f| f.path == FILE);
    let columns = card.map_or(&[][..], |f| &f.columns);
    let missing = columns.iter().find(|c| !properties.contains_key(&c.name));
    let added = properties
        .keys()
        .find(|k| columns.iter().all(|c| c.name != **k));
    let reason = match (missing, added) {
        (None, None) => return Ok(()),
        (Some(c), _) => format!("the property {} is missing", c.name),
        (_, Some(k)) => format!("the property {k} is not on the card"),
    };
    Err(context.structure(FILE, &format!("/features/{i}"), reason))
}

/// All rings of a shape in one list, rounded to hundredths of a degree (about a kilometre, finer
/// than the 1:110m outlines are).
fn rings(geometry: &Geometry) -> Result<Vec<Vec<(f32, f32)>>, String> {
    let all: Vec<&RawRing> = match geometry {
        Geometry::Polygon(rings) => rings.iter().collect(),
        Geometry::MultiPolygon(polygons) => polygons.iter().flatten().collect(),
    };
    all.into_iter().map(ring).collect()
}

fn ring(raw: &RawRing) -> Result<Vec<(f32, f32)>, String> {
    if raw.len() < 4 || raw.first() != raw.last() {
        return Err(format!("a ring of {} points is not closed", raw.len()));
    }
    raw.iter()
        .map(|(lon, lat)| {
            if lon.abs() > 180.01 || lat.abs() > 90.01 {
                return Err(format!("the point {lon}, {lat} is not on the globe"));
            }
            // Hundredths of degrees are small numbers: f32 holds them to the last digit printed.
            let round = |x: f64| ((x * 100.0).round() / 100.0) as f32;
            Ok((round(*lon), round(*lat)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::{read_sample, source, try_read_sample};

    /// A feature with all properties of the card.
    fn feature(code: &str, iso: &str, geometry: Value) -> Value {
        let card = source("natural_earth").card().ok();
        let columns = card.map(|c| c.files[0].columns.clone()).unwrap_or_default();
        let mut properties: serde_json::Map<String, Value> =
            columns.into_iter().map(|c| (c.name, Value::Null)).collect();
        properties.insert("ADM0_A3".into(), code.into());
        properties.insert("ISO_A3".into(), iso.into());
        json!({"type": "Feature", "properties": properties, "geometry": geometry})
    }

    fn square(at: f64) -> Value {
        json!([[at, at], [at + 1.0, at], [at + 1.0, at + 1.0], [at, at]])
    }

    fn file(features: Vec<Value>) -> Vec<u8> {
        json!({"type": "FeatureCollection", "features": features})
            .to_string()
            .into_bytes()
    }

    const NAME: &str = super::FILE;

    #[test]
    fn codes_come_from_the_column_that_has_them() {
        let polygon = |at| json!({"type": "Polygon", "coordinates": [square(at)]});
        let many = json!({"type": "MultiPolygon",
            "coordinates": [[square(1.004), square(1.006)], [square(3.0)]]});
        let data = file(vec![
            feature("FRA", "-99", many),
            feature("KOS", "-99", polygon(1.0)),
            feature("CYN", "-99", polygon(2.0)),
            feature("SDS", "SSD", polygon(2.0)),
        ]);
        let (records, report) = read_sample(source("natural_earth"), &[(NAME, &data)]);
        let codes: Vec<_> = records.outlines.iter().map(|o| o.country.code()).collect();
        assert_eq!(codes, ["FRA", "XKX", "SSD"]);
        assert_eq!(records.outlines[0].rings.len(), 3);
        assert_eq!(records.outlines[0].rings[0][0], (1.0, 1.0));
        assert_eq!(records.outlines[0].rings[1][0], (1.01, 1.01));
        assert!(report.not_countries.contains_key("CYN"));
    }

    #[test]
    fn open_rings_and_points_off_the_globe_are_listed() {
        let open = json!({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]});
        let off = json!({"type": "Polygon", "coordinates": [square(190.0)]});
        let good = json!({"type": "Polygon", "coordinates": [square(1.0)]});
        let data = file(vec![
            feature("FRA", "", open),
            feature("NOR", "", off),
            feature("XXX", "", good.clone()),
            feature("SVN", "", good.clone()),
            feature("SVN", "", good),
        ]);
        let (records, report) = read_sample(source("natural_earth"), &[(NAME, &data)]);
        assert_eq!(records.outlines.len(), 1);
        assert_eq!(report.skipped.len(), 4);
        assert_eq!(report.unresolved.get("XXX"), Some(&1));
        assert!(!report.holds());
    }

    #[test]
    fn another_property_stops() {
        let good = json!({"type": "Polygon", "coordinates": [square(1.0)]});
        let mut f = feature("SVN", "SVN", good);
        f["properties"]["NEW"] = "?".into();
        let error = try_read_sample(source("natural_earth"), &[(NAME, &file(vec![f]))]).err();
        let text = error.map(|e| e.to_string()).unwrap_or_default();
        assert!(
            text.contains("/features/0: the property NEW is not on the card"),
            "{text}"
        );
        let error = try_read_sample(source("natural_earth"), &[(NAME, b"{")]).err();
        assert!(error.is_some_and(|e| e.to_string().contains("line 1")));
    }
}
