//! Reader of `remittances`: a matrix of senders (rows) and receivers (columns).

use std::io::Cursor;
use std::sync::Arc;

use bilat_model::Period;
use bilat_model::evidence::{Figure, Locator, Measure};
use bilat_model::quantity::parse_scaled;
use calamine::{Data, Range, Reader, Xlsx};

use crate::{Context, Name, SourceError, cell_name};

#[cfg(test)]
mod tests;

const FILE: &str = "WB_Bilateral_Remittance_Estimates_2017.xlsx";
const SHEET: &str = "Bilateral_Remittances_2017";
/// The corner says which way the matrix runs; it must, since nothing else does.
const CORNER: &str = "receiving (across) / sending (down)";
/// The row of the receivers' names, counted from 0.
const HEADER: usize = 1;
const YEAR: i16 = 2017;
/// Values lie in millions of dollars.
const SCALE: u32 = 1_000_000;

/// Reads the source's files.
///
/// # Errors
/// [`SourceError`] when a file is missing or not built as the card says.
pub fn read(context: &mut Context<'_>) -> Result<(), SourceError> {
    let (file, bytes) = context.bytes(FILE)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes))
        .map_err(|e| context.structure(&file, "workbook", e.to_string()))?;
    let sheet = book
        .worksheet_range(SHEET)
        .map_err(|e| context.structure(&file, SHEET, e.to_string()))?;
    // A range begins at the first used cell; citations count from A1.
    if sheet.start() != Some((0, 0)) || text(&sheet, HEADER, 0) != CORNER {
        let corner = cell_name(SHEET, HEADER, 0);
        let reason = format!("it does not say “{CORNER}”, so senders and receivers are not known");
        return Err(context.structure(&file, &corner, reason));
    }
    let mut receivers = Vec::new();
    for column in 1..sheet.width() {
        let name = text(&sheet, HEADER, column);
        if !name.is_empty() {
            receivers.push((column, context.country(name)));
        }
    }
    // An empty name ends the matrix; notes follow.
    for row in HEADER + 1..sheet.height() {
        let name = text(&sheet, row, 0);
        if name.is_empty() {
            break;
        }
        let sender = context.country(name);
        for (column, receiver) in &receivers {
            cell(context, &file, &sheet, (row, *column), sender, *receiver);
        }
    }
    Ok(())
}

fn text(sheet: &Range<Data>, row: usize, column: usize) -> &str {
    match sheet.get((row, column)) {
        Some(Data::String(s)) => s.trim(),
        _ => "",
    }
}

fn cell(
    context: &mut Context<'_>,
    file: &Arc<str>,
    sheet: &Range<Data>,
    (row, column): (usize, usize),
    sender: Name,
    receiver: Name,
) {
    context.seen(file);
    let at = Locator::Pointer(cell_name(SHEET, row, column));
    let Some(pair) = context.pair(file, &at, sender, receiver) else {
        return;
    };
    let number = match sheet.get((row, column)) {
        None | Some(Data::Empty) => {
            context.leave_out(file, "an empty cell");
            return;
        }
        // Printed for four pairs of states at odds, such as India and Pakistan.
        Some(Data::String(s)) if s.trim() == "-" => {
            context.leave_out(file, "a dash: the estimate assumes that nothing is sent");
            return;
        }
        // The shortest text that means this number: what the workbook prints.
        Some(Data::Float(f)) => f.to_string(),
        Some(Data::Int(i)) => i.to_string(),
        Some(other) => {
            context.skip(file, at, format!("“{other}” is not a number"));
            return;
        }
    };
    match (parse_scaled(&number, SCALE), sender, receiver) {
        (Ok(v), _, _) if v.is_zero() => {
            context.leave_out(file, "an estimate of zero: no migrants known");
        }
        (Ok(v), _, _) if v.is_sign_negative() => {
            context.skip(file, at, format!("money sent is below zero: {number}"));
        }
        (Ok(value), Name::Country(from), Name::Country(to)) => {
            let figure = Figure {
                measure: Measure::Remittances,
                from,
                to,
                reporter: None,
                product: None,
                period: Some(Period::Year(YEAR)),
                value,
                valuation: None,
            };
            context.keep(file);
            context.figure(pair, file, at, figure);
        }
        (Ok(_), _, _) => {}
        (Err(e), _, _) => context.skip(file, at, e.to_string()),
    }
}
