//! A language model as others serve it: chat completions, each answer written down beforehand.

use std::io::Write;
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::{Seen, Server, send};

/// What is done with one request.
pub type Reply = Box<dyn Fn(&Seen, &mut TcpStream) + Send + Sync>;

/// A server that gives one reply after another and, when none is left, hangs up.
#[must_use]
pub fn serve(replies: Vec<Reply>) -> Server {
    Server::new(move |seen, out| {
        if let Some(reply) = replies.get(seen.n) {
            reply(seen, out);
        }
    })
}

/// The base address of a server that speaks the protocol.
#[must_use]
pub fn base(server: &Server) -> String {
    server.url("/v1")
}

/// An answer of any status, body and further headers.
#[must_use]
pub fn http(status: &str, headers: &[&str], body: &str) -> Reply {
    let status = status.to_owned();
    let mut headers: Vec<String> = headers.iter().map(|h| (*h).to_owned()).collect();
    headers.push(format!("content-length: {}", body.len()));
    let body = body.to_owned();
    Box::new(move |_, out| {
        let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        send(out, &status, &headers, body.as_bytes());
    })
}

/// A model that says this.
#[must_use]
pub fn says(content: &str) -> Reply {
    let body = json!({"choices": [{"message": {"content": content}}]});
    let headers = ["content-type: application/json"];
    http("200 OK", &headers, &body.to_string())
}

/// A model that proposes these figures.
#[must_use]
pub fn proposes(figures: &[Value]) -> Reply {
    says(&json!({ "figures": figures }).to_string())
}

/// A server that takes the request and says nothing for longer than any test waits.
#[must_use]
pub fn stalls() -> Reply {
    Box::new(|_, _| thread::sleep(Duration::from_secs(120)))
}

/// A server that hangs up without a word.
#[must_use]
pub fn hangs_up() -> Reply {
    Box::new(|_, _| {})
}

/// An answer that goes on for ever, at once or drop by drop.
#[must_use]
pub fn without_end(pause: Option<Duration>) -> Reply {
    let piece = if pause.is_some() { 1 } else { 4096 };
    Box::new(move |_, out| {
        send(out, "200 OK", &["content-type: application/json"], b"");
        while out.write_all(&vec![b' '; piece]).is_ok() {
            pause.into_iter().for_each(thread::sleep);
        }
    })
}
