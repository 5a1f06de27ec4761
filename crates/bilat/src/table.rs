//! Rows of a command's answer, written in every form that tables have.

use std::sync::Arc;

use arrow::array::{ArrayRef, Decimal128Array, Int64Array, RecordBatch, StringArray};
use arrow::datatypes::{Field, Schema};
use bilat_model::Decimal;
use bilat_model::quantity::STORED_SCALE;

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
        TableFormat::Table => bilat_lake::Format::Table,
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
