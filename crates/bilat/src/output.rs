//! Where output goes: standard output or a file, whole or not at all.

use std::io::{ErrorKind, IsTerminal, Write};
use std::path::Path;

use crate::failure::Failure;

/// The width to set text in: the terminal's, within bounds that can be read; 80 in a pipe.
#[allow(clippy::disallowed_methods)] // the edge of the program
pub(crate) fn width() -> usize {
    let columns = std::env::var("COLUMNS")
        .ok()
        .and_then(|c| c.parse::<usize>().ok());
    let terminal = || terminal_size::terminal_size().map(|(w, _)| usize::from(w.0));
    columns.or_else(terminal).unwrap_or(80).clamp(40, 100)
}

/// The terminal's whole width, for tables.
pub(crate) fn full_width() -> usize {
    terminal_size::terminal_size()
        .map_or(80, |(w, _)| usize::from(w.0))
        .max(40)
}

/// Whether colour is wanted on standard output.
#[allow(clippy::disallowed_methods)] // the edge of the program
pub(crate) fn colour() -> bool {
    let off = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    let dumb = std::env::var("TERM").is_ok_and(|t| t == "dumb");
    std::io::stdout().is_terminal() && !off && !dumb
}

/// A progress bar on standard error, for people only: in a pipe it is not drawn.
pub(crate) fn progress(steps: u64) -> indicatif::ProgressBar {
    let bar = indicatif::ProgressBar::new(steps);
    if let Ok(style) = indicatif::ProgressStyle::with_template("{bar:24} {pos}/{len} {msg}") {
        bar.set_style(style);
    }
    bar
}

/// A progress bar over bytes of a file.
pub(crate) fn bytes_bar(name: &str) -> indicatif::ProgressBar {
    let bar = indicatif::ProgressBar::new(0);
    let form = "{bar:24} {bytes}/{total_bytes} {bytes_per_sec} {msg}";
    if let Ok(style) = indicatif::ProgressStyle::with_template(form) {
        bar.set_style(style);
    }
    bar.set_message(name.to_owned());
    bar
}

/// Text in lines of at most `width` columns, broken at spaces; longer words stand alone.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let last = lines
            .last()
            .map_or(0, |l| unicode_width::UnicodeWidthStr::width(l.as_str()));
        if last > 0 && last + 1 + unicode_width::UnicodeWidthStr::width(word) > width {
            lines.push(word.to_owned());
        } else if let Some(line) = lines.last_mut() {
            if last > 0 {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

/// Writes to a file, which is replaced only when all is written, or to standard output. A reader
/// that closes the pipe is no error.
pub(crate) fn write(path: Option<&Path>, bytes: &[u8]) -> Result<(), Failure> {
    let Some(path) = path else {
        let mut out = std::io::stdout().lock();
        return match out.write_all(bytes).and_then(|()| out.flush()) {
            Err(e) if e.kind() != ErrorKind::BrokenPipe => Err(Failure::new(format!(
                "cannot write to standard output: {e}"
            ))),
            _ => Ok(()),
        };
    };
    let failed = |e: std::io::Error| {
        Failure::new(format!("cannot write {}: {e}", path.display()))
            .hint("see that the folder exists and may be written to")
    };
    let folder = path
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new()
        .prefix(".bilat-")
        .tempfile_in(folder)
        .map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    open_to_others(file.as_file()).map_err(failed)?;
    file.persist(path).map_err(|e| failed(e.error))?;
    Ok(())
}

/// A temporary file is private; what is written for the user is not.
#[cfg(unix)]
fn open_to_others(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn open_to_others(_: &std::fs::File) -> std::io::Result<()> {
    Ok(())
}

/// Text from outside on one line, without characters that would steer a terminal: controls, and
/// marks that turn the direction of reading.
pub(crate) fn tame(text: &str) -> String {
    let steers = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let plain: String = text
        .chars()
        .filter(|c| !steers(*c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A number of things: `1 figure`, `no ties`.
pub(crate) fn count(n: usize, one: &str, many: &str) -> String {
    match n {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        n => format!("{n} {many}"),
    }
}
