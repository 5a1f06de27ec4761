//! DataFusion's errors in words that help.

use std::collections::BTreeSet;

use datafusion::common::{Column, SchemaError};
use datafusion::error::DataFusionError;

use crate::LakeError;

/// What went wrong, with what may have been meant. `tables` are the names that exist.
pub(crate) fn explain(error: &DataFusionError, tables: &[String], limit: usize) -> LakeError {
    let root = error.find_root();
    match root {
        DataFusionError::ResourcesExhausted(_) => LakeError::Memory { limit },
        DataFusionError::SchemaError(e, _) => schema(e),
        DataFusionError::SQL(e, _) => LakeError::Query {
            message: format!("the query does not read as SQL: {e}"),
            hint: Some(
                "the columns \"from\" and \"to\" are SQL's own words and stand in double quotes"
                    .to_owned(),
            ),
        },
        other => {
            let message = other.strip_backtrace();
            if refused(&message) {
                return LakeError::ReadOnly;
            }
            let missing = missing_table(&message);
            LakeError::Query {
                hint: missing.as_ref().map(|name| did_you_mean(name, tables)),
                message: missing.map_or_else(
                    || first_line(&message),
                    |name| format!("there is no table “{name}”"),
                ),
            }
        }
    }
}

/// Whether the statement was refused for what it would do.
fn refused(message: &str) -> bool {
    [
        "DDL not supported",
        "DML not supported",
        "Statement not supported",
    ]
    .iter()
    .any(|r| message.contains(r))
}

/// The name in "table 'datafusion.public.x' not found".
fn missing_table(message: &str) -> Option<String> {
    let rest = message.split_once("table '")?.1;
    let (name, rest) = rest.split_once('\'')?;
    rest.trim_start().starts_with("not found").then(|| {
        let name = name.rsplit('.').next().unwrap_or(name);
        name.to_owned()
    })
}

fn schema(error: &SchemaError) -> LakeError {
    match error {
        SchemaError::FieldNotFound {
            field,
            valid_fields,
        } => {
            let names: BTreeSet<String> = valid_fields.iter().map(|c| c.name.clone()).collect();
            let names: Vec<String> = names.into_iter().collect();
            LakeError::Query {
                message: format!("there is no column “{}”", plain(field)),
                hint: Some(did_you_mean(&field.name, &names)),
            }
        }
        SchemaError::AmbiguousReference { field } => LakeError::Query {
            message: format!("the column “{}” stands in several tables", field.name),
            hint: Some(format!("write the table before it: table.{}", field.name)),
        },
        other => LakeError::Query {
            message: other.to_string(),
            hint: Some("give one of the columns another name with AS".to_owned()),
        },
    }
}

fn plain(column: &Column) -> String {
    match &column.relation {
        Some(table) => format!("{}.{}", table.table(), column.name),
        None => column.name.clone(),
    }
}

/// The nearest names, or all of them.
fn did_you_mean(name: &str, names: &[String]) -> String {
    let name = name.to_lowercase();
    let reach = (name.len() / 3).clamp(1, 3);
    let mut near: Vec<(usize, &str)> = names
        .iter()
        .map(|n| {
            // One name within the other is as good as one slip.
            let part = n.contains(&name) || name.contains(n.as_str());
            let distance = strsim::damerau_levenshtein(&name, n);
            (if part { distance.min(1) } else { distance }, n.as_str())
        })
        .filter(|(d, _)| *d <= reach)
        .collect();
    near.sort_unstable();
    let near: Vec<&str> = near.into_iter().map(|(_, n)| n).take(3).collect();
    if near.is_empty() {
        format!("there are {}", names.join(", "))
    } else {
        format!("did you mean {}?", near.join(" or "))
    }
}

fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or_default().to_owned()
}
