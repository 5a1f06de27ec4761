//! The characters of a page with their places.

use pdf_extract::{MediaBox, OutputDev, OutputError, Transform};

/// A character, or several that are drawn as one.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    pub(super) text: String,
    /// Where it begins and ends, left to right, in points.
    pub(super) left: f64,
    pub(super) right: f64,
    /// Its base line, upwards.
    pub(super) base: f64,
    /// The height of its letters.
    pub(super) size: f64,
}

/// The characters of a page in the order in which they are drawn.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    pub(super) glyphs: Vec<Glyph>,
    /// The lower and the upper edge.
    pub(super) bottom: f64,
    pub(super) top: f64,
}

/// Collects them, up to a number of bytes.
pub(super) struct Collector {
    page: Page,
    /// Characters that are drawn sideways.
    turned: Vec<Glyph>,
    left: usize,
    full: bool,
}

impl Collector {
    pub(super) fn new(left: usize) -> Self {
        Self {
            page: Page::default(),
            turned: Vec::new(),
            left,
            full: false,
        }
    }

    pub(super) fn full(&self) -> bool {
        self.full
    }

    pub(super) fn left(&self) -> usize {
        self.left
    }

    /// The page. Characters across its main direction (a stamp in the margin) are left out.
    pub(super) fn page(mut self) -> Page {
        if self.turned.len() > self.page.glyphs.len() {
            let bases = self.turned.iter().map(|g| g.base);
            (self.page.bottom, self.page.top) =
                bases.fold((f64::MAX, f64::MIN), |(l, h), b| (l.min(b), h.max(b)));
            self.page.glyphs = self.turned;
        }
        self.page
    }
}

impl OutputDev for Collector {
    fn begin_page(
        &mut self,
        _: u32,
        area: &MediaBox,
        _: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        (self.page.bottom, self.page.top) = (area.lly.min(area.ury), area.ury.max(area.lly));
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        at: &Transform,
        width: f64,
        _: f64,
        size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        let text: String = text
            .chars()
            .filter(|c| !c.is_control())
            .flat_map(letters)
            .collect();
        let size = size * (at.m11 * at.m22 - at.m12 * at.m21).abs().sqrt();
        let sound = [at.m31, at.m32, size, width]
            .iter()
            .all(|n| n.is_finite() && n.abs() < 1e6);
        if text.is_empty() || !sound || size <= 0.0 {
            return Ok(());
        }
        if self.left < text.len() {
            self.full = true;
            return Err(OutputError::IoError(std::io::Error::other(
                "more text than the limit allows",
            )));
        }
        self.left -= text.len();
        let upright = at.m11.abs() >= at.m12.abs();
        // Turned pages are read along their own lines.
        let (left, base) = match (upright, at.m12 > 0.0) {
            (true, _) => (at.m31, at.m32),
            (false, true) => (at.m32, -at.m31),
            (false, false) => (-at.m32, at.m31),
        };
        let glyph = Glyph {
            text,
            left,
            right: left + width * size,
            base,
            size,
        };
        match upright {
            true => self.page.glyphs.push(glyph),
            false => self.turned.push(glyph),
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

/// The letters of a ligature.
fn letters(c: char) -> std::vec::IntoIter<char> {
    let letters: &str = match c {
        '\u{FB00}' => "ff",
        '\u{FB01}' => "fi",
        '\u{FB02}' => "fl",
        '\u{FB03}' => "ffi",
        '\u{FB04}' => "ffl",
        '\u{FB05}' | '\u{FB06}' => "st",
        c => return vec![c].into_iter(),
    };
    letters.chars().collect::<Vec<_>>().into_iter()
}
