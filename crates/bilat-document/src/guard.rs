//! A wall around other people's parsers of hostile bytes.
//!
//! They run in a thread with a stack of its own; when one panics, that is an error with the
//! panic's words, and nothing is printed.

use std::any::Any;
use std::panic;
use std::sync::Once;
use std::thread;

/// The thread's name tells the panic hook to keep silent.
const NAME: &str = "bilat-guarded";

/// Bytes of stack: an order of magnitude above what the deepest input that is let in takes.
const STACK: usize = 64 << 20;

/// Runs a parser; its panic, or that it could not be started, as words.
pub(crate) fn run<T: Send>(parse: impl FnOnce() -> T + Send) -> Result<T, String> {
    static SILENCE: Once = Once::new();
    SILENCE.call_once(|| {
        // All other panics are told as before.
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if thread::current().name() != Some(NAME) {
                before(info);
            }
        }));
    });
    thread::scope(|scope| {
        let builder = thread::Builder::new()
            .name(NAME.to_owned())
            .stack_size(STACK);
        let handle = builder
            .spawn_scoped(scope, parse)
            .map_err(|e| e.to_string())?;
        handle.join().map_err(|payload| words(payload.as_ref()))
    })
}

fn words(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(|s| (*s).to_owned());
    let text = text.or_else(|| payload.downcast_ref::<String>().cloned());
    let text = text.unwrap_or_else(|| "the parser stopped".to_owned());
    // One line, and no more of the file's own bytes than help to find the place.
    let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    plain.take(200).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_panic_is_words() {
        assert_eq!(super::run(|| 5), Ok(5));
        assert_eq!(
            super::run(|| -> i32 { panic!("no {}", "page") }),
            Err("no page".to_owned())
        );
    }
}
