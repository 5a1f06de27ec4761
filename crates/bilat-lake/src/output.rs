//! Answers as text or Parquet.

use std::io::Write;

use arrow::record_batch::RecordBatch;
use arrow::util::pretty::pretty_format_batches;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use crate::LakeError;

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A drawn table, for reading.
    Table,
    /// Comma-separated values with a header.
    Csv,
    /// A JSON array of objects; missing values are left out.
    Json,
    /// Parquet, compressed with zstd.
    Parquet,
}

/// Writes batches of one answer. No batches give no output, as nothing is known of the columns;
/// [`Lake::query`](crate::Lake::query) always gives one.
///
/// # Errors
/// [`LakeError::Output`].
pub fn write_batches(
    batches: &[RecordBatch],
    format: Format,
    out: &mut (impl Write + Send),
) -> Result<(), LakeError> {
    let Some(first) = batches.first() else {
        return Ok(());
    };
    match format {
        Format::Table => {
            let text = pretty_format_batches(batches).map_err(output)?;
            writeln!(out, "{text}").map_err(output)
        }
        Format::Csv => {
            let mut writer = arrow::csv::WriterBuilder::new()
                .with_header(true)
                .build(out);
            batches
                .iter()
                .try_for_each(|b| writer.write(b).map_err(output))
        }
        Format::Json => {
            let mut writer = arrow::json::ArrayWriter::new(&mut *out);
            for batch in batches {
                writer.write(batch).map_err(output)?;
            }
            writer.finish().map_err(output)?;
            writeln!(out).map_err(output)
        }
        Format::Parquet => {
            let properties = WriterProperties::builder()
                .set_created_by("bilat".to_owned())
                .set_compression(Compression::ZSTD(ZstdLevel::default()))
                .build();
            let mut writer =
                ArrowWriter::try_new(out, first.schema(), Some(properties)).map_err(output)?;
            for batch in batches {
                writer.write(batch).map_err(output)?;
            }
            writer.close().map_err(output)?;
            Ok(())
        }
    }
}

fn output(e: impl std::fmt::Display) -> LakeError {
    LakeError::Output(e.to_string())
}
