//! Tables.

use bilat_model::document::Span;

use crate::Block;

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Where it stands in the wikitext.
    pub input: Span,
    /// Its rows in order, without empty ones.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Row {
    /// Its cells in order, without those that a cell above spans.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Where its content stands in the wikitext.
    pub input: Span,
    /// Whether it is a heading.
    pub header: bool,
    /// How many rows it spans, from 1.
    pub rows: usize,
    /// How many columns it spans, from 1.
    pub columns: usize,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// The most columns and rows that a cell is believed to span.
const WIDEST: usize = 64;
const TALLEST: usize = 1000;

/// The most columns of a grid: cells that hang down many rows are repeated in each, so that a wide
/// first row would make a grid out of proportion to what was written.
const COLUMNS: usize = 256;

impl Cell {
    /// Its paragraphs and items as one line.
    #[must_use]
    pub fn plain(&self) -> String {
        let texts: Vec<&str> = self
            .blocks
            .iter()
            .filter_map(|b| b.text())
            .map(|t| t.plain.as_str())
            .collect();
        texts.join(" ")
    }
}

/// Puts what hangs down from the rows above where it belongs.
fn hang<'a>(
    hanging: &mut [(usize, Option<&'a Cell>)],
    line: &mut Vec<Option<&'a Cell>>,
    place: &mut usize,
) {
    while let Some((left, cell)) = hanging.get_mut(*place).filter(|h| h.0 > 0) {
        *left -= 1;
        line.push(*cell);
        *place += 1;
    }
}

impl Table {
    /// Which cell covers which column, by row: the spans of rows and columns resolved. Columns
    /// beyond 256 are left out.
    #[must_use]
    pub fn grid(&self) -> Vec<Vec<Option<&Cell>>> {
        let mut hanging: Vec<(usize, Option<&Cell>)> = Vec::new();
        let mut grid = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let mut line: Vec<Option<&Cell>> = Vec::new();
            let mut place = 0;
            let mut spans = Vec::new();
            for cell in &row.cells {
                hang(&mut hanging, &mut line, &mut place);
                for _ in 0..cell.columns.min(WIDEST).min(COLUMNS.saturating_sub(place)) {
                    spans.push((place, cell));
                    line.push(Some(cell));
                    place += 1;
                }
            }
            hang(&mut hanging, &mut line, &mut place);
            for (at, cell) in spans {
                if hanging.len() <= at {
                    hanging.resize(at + 1, (0, None));
                }
                hanging[at] = (cell.rows.min(TALLEST) - 1, Some(cell));
            }
            grid.push(line);
        }
        grid
    }

    /// The first row of headings as lower-case words, one a column; empty without one. A heading
    /// over all columns is a title and not meant.
    #[must_use]
    pub fn header(&self) -> Vec<String> {
        let grid = self.grid();
        let told = |c: &Option<&Cell>| c.is_some_and(|c| !c.blocks.is_empty() && c.columns < 3);
        let row = grid.iter().find(|row| {
            row.iter().flatten().all(|c| c.header) && row.iter().filter(|c| told(c)).count() > 1
        });
        let name = |c: &Option<&Cell>| c.map_or(String::new(), |c| c.plain().to_lowercase());
        row.map_or_else(Vec::new, |row| row.iter().map(name).collect())
    }
}
