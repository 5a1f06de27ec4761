//! Rows of a command's answer, written in every form that tables have.

use std::io::IsTerminal;
use std::sync::Arc;

use arrow::array::{ArrayRef, Decimal128Array, Int64Array, RecordBatch, StringArray};
use arrow::datatypes::{Field, Schema};
use arrow::util::display::{ArrayFormatter, FormatOptions};
use bilat_model::Decimal;
use bilat_model::quantity::STORED_SCALE;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::args::{TableArgs, TableFormat};
use crate::failure::Failure;
use crate::output;

/// A value of a row.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Text(String),
    Whole(i64),
    Decimal(Decimal),
    Null,
}

impl From<String> for Value {
    fn from(s: String) -> Self {
        Self::Text(s)
    }
}

impl From<&str> for Value {
    fn from(s: &str) -> Self {
        Self::Text(s.to_owned())
    }
}

impl From<u64> for Value {
    fn from(n: u64) -> Self {
        Self::Whole(i64::try_from(n).unwrap_or(i64::MAX))
    }
}

impl From<Decimal> for Value {
    fn from(d: Decimal) -> Self {
        Self::Decimal(d)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(v: Option<T>) -> Self {
        v.map_or(Self::Null, Into::into)
    }
}

/// Rows under headings.
pub(crate) struct Rows {
    columns: Vec<&'static str>,
    rows: Vec<Vec<Value>>,
}

impl Rows {
    pub(crate) fn new(columns: &[&'static str]) -> Self {
        Self {
            columns: columns.to_vec(),
            rows: Vec::new(),
        }
    }

    /// Adds a row with a value for each column.
    pub(crate) fn push(&mut self, row: Vec<Value>) {
        self.rows.push(row);
    }

    /// Writes the rows as asked for.
    pub(crate) fn write(&self, args: &TableArgs) -> Result<(), Failure> {
        write_batches(&[self.batch()?], args)
    }

    fn batch(&self) -> Result<RecordBatch, Failure> {
        let mut fields = Vec::new();
        let mut arrays: Vec<ArrayRef> = Vec::new();
        for (i, name) in self.columns.iter().enumerate() {
            let column: Vec<&Value> = self.rows.iter().filter_map(|r| r.get(i)).collect();
            let array = array(&column);
            fields.push(Field::new(*name, array.data_type().clone(), true));
            arrays.push(array);
        }
        RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).map_err(Failure::new)
    }
}

fn array(column: &[&Value]) -> ArrayRef {
    let has = |test: fn(&Value) -> bool| column.iter().any(|v| test(v));
    if has(|v| matches!(v, Value::Text(_))) || !has(|v| !matches!(v, Value::Null)) {
        let text = column.iter().map(|v| match v {
            Value::Text(s) => Some(s.clone()),
            Value::Whole(n) => Some(n.to_string()),
            Value::Decimal(d) => Some(d.to_string()),
            Value::Null => None,
        });
        return Arc::new(text.collect::<StringArray>());
    }
    if has(|v| matches!(v, Value::Decimal(_))) {
        let digits = column.iter().map(|v| match v {
            Value::Decimal(d) => Some(unscaled(*d)),
            Value::Whole(n) => Some(unscaled(Decimal::from(*n))),
            _ => None,
        });
        let array: Decimal128Array = digits.collect();
        // The type is the one of stored values; a value that it cannot hold was never stored.
        let scale = i8::try_from(STORED_SCALE).unwrap_or(6);
        let typed = array.clone().with_precision_and_scale(24, scale);
        return Arc::new(typed.unwrap_or(array));
    }
    Arc::new(
        column
            .iter()
            .map(|v| match v {
                Value::Whole(n) => Some(*n),
                _ => None,
            })
            .collect::<Int64Array>(),
    )
}

/// Millionths, which is what the column counts.
fn unscaled(d: Decimal) -> i128 {
    let mut d = d;
    d.rescale(STORED_SCALE);
    d.mantissa()
}

/// Writes record batches as asked for.
pub(crate) fn write_batches(batches: &[RecordBatch], args: &TableArgs) -> Result<(), Failure> {
    let format = match args.format {
        TableFormat::Table => {
            let to_terminal = args.output.is_none() && std::io::stdout().is_terminal();
            let width = to_terminal.then(output::full_width);
            return output::write(args.output.as_deref(), columns(batches, width)?.as_bytes());
        }
        TableFormat::Csv => bilat_lake::Format::Csv,
        TableFormat::Json => bilat_lake::Format::Json,
        TableFormat::Parquet if args.output.is_none() => {
            return Err(Failure::new("a Parquet file is not for the terminal").hint("add -o FILE"));
        }
        TableFormat::Parquet => bilat_lake::Format::Parquet,
    };
    let mut bytes = Vec::new();
    bilat_lake::write_batches(batches, format, &mut bytes)?;
    output::write(args.output.as_deref(), &bytes)
}

/// The narrowest that a column is squeezed to.
const NARROWEST: usize = 8;

/// Rows in columns, two spaces between them, numbers flush right. Of a width, the widest columns
/// give way until the rows fit; without one (a pipe) nothing is cut.
fn columns(batches: &[RecordBatch], width: Option<usize>) -> Result<String, Failure> {
    let Some(first) = batches.first() else {
        return Ok(String::new());
    };
    let schema = first.schema();
    let numeric: Vec<bool> = schema
        .fields()
        .iter()
        .map(|f| f.data_type().is_numeric())
        .collect();
    let mut rows = vec![
        schema
            .fields()
            .iter()
            .map(|f| f.name().clone())
            .collect::<Vec<_>>(),
    ];
    for batch in batches {
        let shown: Vec<_> = batch
            .columns()
            .iter()
            .map(|c| ArrayFormatter::try_new(c, &FormatOptions::default()))
            .collect::<Result<_, _>>()
            .map_err(Failure::new)?;
        for r in 0..batch.num_rows() {
            let cell = |(i, f): (usize, &ArrayFormatter<'_>)| {
                let text = f.value(r).to_string();
                if numeric[i] {
                    plain(&text)
                } else {
                    one_line(&text)
                }
            };
            rows.push(shown.iter().enumerate().map(cell).collect());
        }
    }
    let widths = fitted(&rows, width);
    let mut out = String::new();
    for (n, row) in rows.iter().enumerate() {
        let mut line = String::new();
        for (i, cell) in row.iter().enumerate() {
            let cell = cut(cell, widths[i]);
            let pad = " ".repeat(widths[i].saturating_sub(cell.width()));
            let (left, right) = if numeric[i] {
                (pad.as_str(), "")
            } else {
                ("", pad.as_str())
            };
            line.push_str(left);
            line.push_str(&cell);
            line.push_str(right);
            line.push_str("  ");
        }
        out.push_str(line.trim_end());
        out.push('\n');
        if n == 0 {
            let rules: Vec<_> = widths.iter().map(|w| "─".repeat(*w)).collect();
            out.push_str(&rules.join("  "));
            out.push('\n');
        }
    }
    Ok(out)
}

/// A number without the zeros that its column's scale adds.
fn plain(text: &str) -> String {
    match text.split_once('.') {
        Some((whole, fraction)) => {
            let fraction = fraction.trim_end_matches('0');
            if fraction.is_empty() {
                whole.to_owned()
            } else {
                format!("{whole}.{fraction}")
            }
        }
        None => text.to_owned(),
    }
}

/// Control characters would move the cursor or end the row.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

fn fitted(rows: &[Vec<String>], width: Option<usize>) -> Vec<usize> {
    let count = rows.first().map_or(0, Vec::len);
    let widest = |i: usize| rows.iter().map(|r| r[i].width()).max().unwrap_or(0);
    let mut widths: Vec<usize> = (0..count).map(widest).collect();
    let Some(width) = width else { return widths };
    let gaps = 2 * count.saturating_sub(1);
    loop {
        let sum: usize = widths.iter().sum();
        let Some(most) = widths.iter().max().copied().filter(|m| *m > NARROWEST) else {
            break;
        };
        if sum + gaps <= width {
            break;
        }
        if let Some(w) = widths.iter_mut().find(|w| **w == most) {
            *w -= 1;
        }
    }
    widths
}

/// At most so many columns, an ellipsis where something was left out.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    for c in text.chars() {
        if out.width() + c.width().unwrap_or(0) + 1 > width {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}
