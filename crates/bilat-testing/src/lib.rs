//! Servers on this machine for tests: they do what a test tells them to, well or badly.
//!
//! Only tests depend on this crate; no part of it is shipped.

#![allow(clippy::unwrap_used)] // a server that cannot be set up fails the test that asked for it

pub mod chat;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A request as it came in.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Its number, counted from 0.
    pub n: usize,
    /// `GET`, `POST`, …
    pub method: String,
    /// What was asked for, as the first line names it.
    pub path: String,
    /// By name in lower case.
    pub headers: BTreeMap<String, String>,
    /// As long as its head says.
    pub body: String,
}

impl Seen {
    /// A header by its name in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    /// The start of the range asked for.
    #[must_use]
    pub fn from(&self) -> Option<usize> {
        let range = self.header("range")?.strip_prefix("bytes=")?;
        range.strip_suffix('-')?.parse().ok()
    }
}

/// A server that answers as long as its test runs.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Server {
    /// Answers each connection with one call of `answer`, then closes it.
    pub fn new(answer: impl Fn(&Seen, &mut TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let list = Arc::clone(&seen);
        let answer = Arc::new(answer);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (list, answer) = (Arc::clone(&list), Arc::clone(&answer));
                std::thread::spawn(move || {
                    let Ok(mut stream) = stream else { return };
                    let Some(mut request) = read(&stream) else {
                        return;
                    };
                    {
                        let mut list = list.lock().unwrap();
                        request.n = list.len();
                        list.push(request.clone());
                    }
                    answer(&request, &mut stream);
                });
            }
        });
        Self { address, seen }
    }

    /// The address of something that it has.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// All that it was asked, in order.
    #[must_use]
    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

fn read(stream: &TcpStream) -> Option<Seen> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut lines = reader.by_ref().lines();
    let first = lines.next()?.ok()?;
    let mut words = first.split(' ').map(str::to_owned);
    let (method, path) = (words.next()?, words.next()?);
    let mut headers = BTreeMap::new();
    for line in lines {
        let line = line.ok()?;
        let Some((name, value)) = line.split_once(':') else {
            break;
        };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let length = headers.get("content-length").and_then(|n| n.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).ok()?;
    Some(Seen {
        n: 0,
        method,
        path,
        headers,
        body: String::from_utf8_lossy(&body).into_owned(),
    })
}

/// Sends a head and a body as they are: the head may lie about the body. Errors are the client's
/// business, which may have hung up.
pub fn send(out: &mut TcpStream, status: &str, headers: &[&str], body: &[u8]) {
    let mut head = format!("HTTP/1.1 {status}\r\nConnection: close\r\n");
    for header in headers {
        head.push_str(header);
        head.push_str("\r\n");
    }
    head.push_str("\r\n");
    let _ = out.write_all(head.as_bytes());
    let _ = out.write_all(body);
    let _ = out.flush();
}

/// A right answer: the whole, or the rest when it is asked for with the right state.
pub fn serve(request: &Seen, out: &mut TcpStream, body: &[u8], etag: &str) {
    serve_at_most(request, out, body, etag, usize::MAX);
}

/// As [`serve`], but hangs up after some bytes of the body.
pub fn serve_at_most(request: &Seen, out: &mut TcpStream, body: &[u8], etag: &str, most: usize) {
    let tag = format!("ETag: {etag}");
    if request.header("if-none-match") == Some(etag) {
        return send(out, "304 Not Modified", &[&tag], b"");
    }
    let from = request
        .from()
        .filter(|_| request.header("if-range") == Some(etag));
    let start = from.unwrap_or(0);
    if start > body.len() || (from.is_some() && start == body.len()) {
        let range = format!("Content-Range: bytes */{}", body.len());
        return send(
            out,
            "416 Range Not Satisfiable",
            &[&range, "Content-Length: 0"],
            b"",
        );
    }
    let rest = &body[start..];
    let length = format!("Content-Length: {}", rest.len());
    let sent = &rest[..rest.len().min(most)];
    if from.is_some() {
        let range = format!(
            "Content-Range: bytes {start}-{}/{}",
            body.len() - 1,
            body.len()
        );
        send(out, "206 Partial Content", &[&tag, &length, &range], sent);
    } else {
        send(out, "200 OK", &[&tag, &length], sent);
    }
}

/// Bytes that differ from place to place, so that a wrong join is seen.
#[must_use]
pub fn bytes(n: usize) -> Vec<u8> {
    (0..n).map(|i| ((i * 2_654_435_761) >> 13) as u8).collect()
}
