//! Why an endpoint could not be asked.

use std::time::Duration;

/// Why an endpoint could not be asked. No message holds the key.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The address is none that is asked.
    #[error("“{base}” is not an endpoint's address: {reason}; give one such as https://host/v1")]
    Address {
        /// As it was given.
        base: String,
        /// What is wrong.
        reason: &'static str,
    },
    /// The key cannot be sent.
    #[error("the key for {host} holds characters that a header cannot; copy it again")]
    Key {
        /// To whom.
        host: String,
    },
    /// No answer came.
    #[error("{host} cannot be asked, {attempts} attempts: {reason}; check address and network")]
    Unreachable {
        /// Who was asked.
        host: String,
        /// How often.
        attempts: u32,
        /// What happened last.
        reason: String,
    },
    /// The answer did not come in time.
    #[error("{host} gave no whole answer within {} s; try a smaller model", .limit.as_secs_f64())]
    Silent {
        /// Who was asked.
        host: String,
        /// How long.
        limit: Duration,
    },
    /// The server asks to be left alone for longer than is waited.
    #[error("{host} asks to wait {} s; try again later", .pause.as_secs())]
    Busy {
        /// Who was asked.
        host: String,
        /// How long.
        pause: Duration,
    },
    /// The server refuses.
    #[error("{host} answers {status}: {said}; check address, key and the model's name")]
    Status {
        /// Who was asked.
        host: String,
        /// The HTTP status.
        status: u16,
        /// The beginning of its words.
        said: String,
    },
    /// The server sends elsewhere; the text and the key are not sent on.
    #[error("{host} sends on to “{to}”; if that is meant, give it as the address")]
    Redirect {
        /// Who was asked.
        host: String,
        /// Where to.
        to: String,
    },
    /// The document is too long.
    #[error("the text takes {parts} questions, more than the limit of {limit}; split the document")]
    TooLong {
        /// How many it takes.
        parts: usize,
        /// How many are asked.
        limit: usize,
    },
}

/// Words of a server, safe to print: one line, short, without the key should it echo that.
pub(crate) fn plain(said: &str, key: Option<&str>) -> String {
    let mut said = said.to_owned();
    if let Some(key) = key.filter(|k| !k.is_empty()) {
        said = said.replace(key, "…");
    }
    let invisible = bilat_extract::tokens::is_invisible;
    let line = said.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars()
        .filter(|c| !c.is_control() && !invisible(*c))
        .take(200)
        .collect()
}
