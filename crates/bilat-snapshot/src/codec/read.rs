//! Rows out of columns.

use std::str::FromStr;
use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, BooleanArray, Decimal128Array, DictionaryArray, Float32Array, Int32Array,
    Int64Array, RecordBatch, StringArray,
};
use arrow::datatypes::Int32Type;
use bilat_model::Decimal;
use bilat_model::evidence::{Citation, Locator};
use bilat_model::source::SourceId;

use crate::schema::{digits, zeros};
use crate::value;

/// A batch as the reader hands it over, with its columns by name.
pub(crate) struct Batch<'a>(pub(crate) &'a RecordBatch);

impl<'a> Batch<'a> {
    pub(crate) fn rows(&self) -> usize {
        self.0.num_rows()
    }

    fn column<T: 'static>(&self, name: &str) -> Result<&'a T, String> {
        let array: &'a ArrayRef = self
            .0
            .column_by_name(name)
            .ok_or_else(|| format!("the column {name} is missing"))?;
        array
            .as_any()
            .downcast_ref()
            .ok_or_else(|| format!("the column {name} has the type {}", array.data_type()))
    }

    /// A column of words, each parsed once for all rows that hold it.
    pub(crate) fn words<T: Clone>(
        &self,
        name: &'static str,
        parse: fn(&str) -> Result<T, String>,
    ) -> Result<Words<'a, T>, String> {
        let array = self.column::<DictionaryArray<Int32Type>>(name)?;
        let values = array
            .values()
            .as_any()
            .downcast_ref::<StringArray>()
            .ok_or_else(|| format!("the column {name} holds no text"))?;
        Ok(Words {
            name,
            keys: array.keys(),
            values,
            memo: vec![None; values.len()],
            parse,
        })
    }

    /// A column of words of a type with a text form.
    pub(crate) fn typed<T>(&self, name: &'static str) -> Result<Words<'a, T>, String>
    where
        T: FromStr + Clone,
        T::Err: std::fmt::Display,
    {
        self.words(name, |s| s.parse().map_err(|e: T::Err| e.to_string()))
    }

    pub(crate) fn text(&self, name: &str) -> Result<&'a StringArray, String> {
        self.column(name)
    }
    pub(crate) fn ints(&self, name: &str) -> Result<&'a Int32Array, String> {
        self.column(name)
    }
    pub(crate) fn longs(&self, name: &str) -> Result<&'a Int64Array, String> {
        self.column(name)
    }
    pub(crate) fn decimals(&self, name: &str) -> Result<&'a Decimal128Array, String> {
        self.column(name)
    }
    pub(crate) fn flags(&self, name: &str) -> Result<&'a BooleanArray, String> {
        self.column(name)
    }
    pub(crate) fn floats(&self, name: &str) -> Result<&'a Float32Array, String> {
        self.column(name)
    }

    /// A column of decimals in digits and zeros.
    pub(crate) fn scaled(&self, name: &str) -> Result<Scaled<'a>, String> {
        Ok(Scaled {
            digits: self.longs(&digits(name))?,
            zeros: self.ints(&zeros(name))?,
        })
    }

    /// The columns that cite.
    pub(crate) fn citations(&self) -> Result<Citations<'a>, String> {
        Ok(Citations {
            source: self.words("source", |s| Ok(SourceId::new(s)))?,
            file: self.words("file", |s| Ok(Arc::from(s)))?,
            line: self.ints("line")?,
            pointer: self.text("pointer")?,
        })
    }
}

/// A dictionary column whose distinct values are parsed when first met.
pub(crate) struct Words<'a, T> {
    name: &'static str,
    keys: &'a Int32Array,
    values: &'a StringArray,
    memo: Vec<Option<T>>,
    parse: fn(&str) -> Result<T, String>,
}

impl<T: Clone> Words<'_, T> {
    /// The place of a row's word in the dictionary; `None` when it is missing.
    pub(crate) fn key(&self, row: usize) -> Option<usize> {
        (!self.keys.is_null(row))
            .then(|| usize::try_from(self.keys.value(row)).unwrap_or(usize::MAX))
    }

    /// The distinct words.
    pub(crate) fn dictionary(&self) -> &StringArray {
        self.values
    }

    /// A word that may be missing.
    pub(crate) fn maybe(&mut self, row: usize) -> Result<Option<T>, String> {
        let Some(key) = self.key(row) else {
            return Ok(None);
        };
        let slot = self
            .memo
            .get_mut(key)
            .ok_or_else(|| format!("the column {} points past its dictionary", self.name))?;
        if slot.is_none() {
            let text = self.values.value(key);
            *slot =
                Some((self.parse)(text).map_err(|e| format!("in the column {}: {e}", self.name))?);
        }
        Ok(slot.clone())
    }

    /// A word that is there.
    pub(crate) fn must(&mut self, row: usize) -> Result<T, String> {
        let name = self.name;
        self.maybe(row)?
            .ok_or_else(|| format!("the column {name} has a gap"))
    }
}

/// Decimals by row.
pub(crate) struct Scaled<'a> {
    digits: &'a Int64Array,
    zeros: &'a Int32Array,
}

impl Scaled<'_> {
    pub(crate) fn get(&self, row: usize) -> Result<Decimal, String> {
        let (digits, zeros) = (self.digits.value(row), self.zeros.value(row));
        value::decimal(digits, zeros)
            .ok_or_else(|| format!("the value {digits} with {zeros} zeros is out of range"))
    }
}

/// Citations by row.
pub(crate) struct Citations<'a> {
    source: Words<'a, SourceId>,
    file: Words<'a, Arc<str>>,
    line: &'a Int32Array,
    pointer: &'a StringArray,
}

impl Citations<'_> {
    pub(crate) fn get(&mut self, row: usize) -> Result<Citation, String> {
        let at = if !self.line.is_null(row) {
            let line = u32::try_from(self.line.value(row));
            Locator::Line(line.map_err(|_| "a line is below zero".to_owned())?)
        } else if !self.pointer.is_null(row) {
            Locator::Pointer(self.pointer.value(row).to_owned())
        } else {
            return Err("a record has neither line nor pointer".to_owned());
        };
        Ok(Citation {
            source: self.source.must(row)?,
            file: self.file.must(row)?,
            at,
        })
    }
}

/// Plain text in a dictionary column.
pub(super) fn plain(s: &str) -> Result<String, String> {
    Ok(s.to_owned())
}

/// A text that may be missing.
pub(super) fn text_at(array: &StringArray, row: usize) -> Option<String> {
    (!array.is_null(row)).then(|| array.value(row).to_owned())
}

/// A small count that may be missing.
pub(super) fn count_at<T: TryFrom<i32>>(
    array: &Int32Array,
    row: usize,
) -> Result<Option<T>, String> {
    if array.is_null(row) {
        return Ok(None);
    }
    let n = array.value(row);
    T::try_from(n)
        .map(Some)
        .map_err(|_| format!("the number {n} is out of range"))
}

/// A small count that is there.
pub(super) fn count<T: TryFrom<i32>>(array: &Int32Array, row: usize) -> Result<T, String> {
    count_at(array, row)?.ok_or_else(|| "a number is missing".to_owned())
}

/// A large count.
pub(super) fn long<T: TryFrom<i64>>(array: &Int64Array, row: usize) -> Result<T, String> {
    let n = array.value(row);
    T::try_from(n).map_err(|_| format!("the number {n} is out of range"))
}

/// A stored decimal of a scale, without trailing zeros.
pub(super) fn decimal_of(unscaled: i128, scale: u32) -> Result<Decimal, String> {
    let whole = 10i128.pow(scale);
    if unscaled % whole == 0
        && let Ok(n) = i64::try_from(unscaled / whole)
    {
        return Ok(Decimal::from(n));
    }
    Decimal::try_from_i128_with_scale(unscaled, scale)
        .map(|d| d.normalize())
        .map_err(|e| e.to_string())
}
