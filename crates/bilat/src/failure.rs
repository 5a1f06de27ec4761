//! What a command says when it cannot work: what happened, and what to do.

use std::fmt::Display;

use anstyle::{AnsiColor, Style};

/// An error on its way to the terminal.
#[derive(Debug)]
pub(crate) struct Failure {
    /// What happened and where.
    pub(crate) message: String,
    /// What to do, if anything is known to help.
    pub(crate) hint: Option<String>,
    /// The exit status.
    pub(crate) status: u8,
}

impl Failure {
    /// The command could not work.
    pub(crate) fn new(message: impl Display) -> Self {
        Self {
            message: message.to_string(),
            hint: None,
            status: 2,
        }
    }

    /// With something to do about it.
    #[must_use]
    pub(crate) fn hint(mut self, hint: impl Display) -> Self {
        self.hint = Some(hint.to_string());
        self
    }

    /// Writes it to standard error.
    pub(crate) fn report(&self) {
        let red = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
        let dim = Style::new().bold();
        anstream::eprintln!("{red}error{red:#}: {}", self.message);
        if let Some(hint) = &self.hint {
            anstream::eprintln!("{dim}hint{dim:#}: {hint}");
        }
    }
}

/// Writes to standard error what is good to know although the command has worked.
pub(crate) fn note(text: &str) {
    let bold = Style::new().bold();
    anstream::eprintln!("{bold}note{bold:#}: {text}");
}

macro_rules! from_error {
    ($($type:ty),+ $(,)?) => {
        $(impl From<$type> for Failure {
            fn from(e: $type) -> Self {
                Self::new(e)
            }
        })+
    };
}

from_error!(
    bilat_brief::ComposeError,
    bilat_brief::wording::WordingError,
    bilat_sources::SourceError,
    bilat_snapshot::SnapshotError,
    bilat_lake::LakeError,
    bilat_workspace::Error,
    serde_json::Error,
);
