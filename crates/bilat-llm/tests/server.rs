//! Asking a server that behaves badly in every way that servers do.

#![allow(clippy::unwrap_used)]

mod common;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use bilat_llm::{Endpoint, Error, Limits, admit, propose};
use common::{EXTRACTOR, TEXT, document, pair};
use serde_json::{Value, json};

type Reply = Box<dyn Fn(&mut TcpStream) + Send>;

/// A server that gives one reply after another, each on a connection of its own, and keeps what it
/// was asked.
struct Server {
    base: String,
    asked: Arc<Mutex<Vec<String>>>,
}

fn serve(replies: Vec<Reply>) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}/v1", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let kept = asked.clone();
    thread::spawn(move || {
        for reply in replies {
            let Ok((mut stream, _)) = listener.accept() else {
                return;
            };
            kept.lock().unwrap().push(request(&mut stream));
            reply(&mut stream);
        }
    });
    Server { base, asked }
}

/// Reads a whole request.
fn request(stream: &mut TcpStream) -> String {
    let (mut bytes, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        let n = stream.read(&mut buffer).unwrap_or(0);
        bytes.extend(&buffer[..n]);
        let text = String::from_utf8_lossy(&bytes);
        let length = text
            .to_lowercase()
            .split_once("content-length: ")
            .and_then(|(_, r)| r.split("\r\n").next().and_then(|n| n.parse::<usize>().ok()));
        let body = text
            .split_once("\r\n\r\n")
            .map(|(h, _)| bytes.len() - h.len() - 4);
        if n == 0 || body.zip(length).is_some_and(|(b, l)| b >= l) {
            return text.into_owned();
        }
    }
}

fn http(status: &str, headers: &str, body: &str) -> Reply {
    let answer = format!(
        "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n{headers}\r\n{body}",
        body.len()
    );
    Box::new(move |s| drop(s.write_all(answer.as_bytes())))
}

fn says(content: &str) -> Reply {
    let body = json!({"choices": [{"message": {"content": content}}]});
    http(
        "200 OK",
        "content-type: application/json\r\n",
        &body.to_string(),
    )
}

fn turnover() -> Value {
    json!({"kind": "trade_turnover", "from": "KAZ", "to": "SVN", "value": 105_700_000, "unit": "USD",
        "period": "2024", "line": 2, "quote": "fell by 5.2 percent to about $105.7 million in 2024"})
}

fn endpoint(base: &str) -> Endpoint {
    Endpoint {
        base: base.to_owned(),
        key: Some("sk-secret-1".to_owned()),
        model: "made-1".to_owned(),
        limits: Limits {
            wait: Duration::from_millis(700),
            pause: Duration::from_millis(5),
            answer: 20_000,
            ..Limits::default()
        },
    }
}

fn ask(server: &Server) -> Result<bilat_llm::Proposals, Error> {
    propose(&endpoint(&server.base), &document(TEXT), pair())
}

#[test]
fn a_question_is_asked_and_its_lies_come_to_nothing() {
    let mut lie = turnover();
    lie["value"] = json!(900_000_000);
    let mut made_up = turnover();
    made_up["quote"] = json!("Turnover was $105.7 million.");
    let mut third = turnover();
    third["to"] = json!("CHN");
    let answer =
        json!({"figures": [lie, turnover(), made_up, third, {"figures": [[[]]]}], "extra": 1});
    let server = serve(vec![says(&answer.to_string())]);
    let proposals = ask(&server).unwrap();
    let judged = admit(&proposals, &document(TEXT), pair(), &EXTRACTOR);
    assert_eq!((judged.figures.len(), judged.refused.len()), (1, 4));
    let asked = server.asked.lock().unwrap();
    let (head, body) = asked[0].split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /v1/chat/completions HTTP/1.1"));
    assert!(
        head.to_lowercase()
            .contains("authorization: bearer sk-secret-1")
    );
    let body: Value = serde_json::from_str(body).unwrap();
    assert_eq!(
        (&body["temperature"], &body["model"]),
        (&json!(0), &json!("made-1"))
    );
    assert_eq!(body["response_format"]["type"], "json_schema");
    let text = body["messages"][1]["content"].as_str().unwrap();
    // The mark is made of the text's hash: the text itself cannot close it.
    assert!(text.starts_with("=====TEXT-0123456789abcdef=====\n1| Kazakhstan"));
    assert!(text.ends_with("\n=====TEXT-0123456789abcdef====="));
    assert!(
        body["messages"][0]["content"]
            .as_str()
            .unwrap()
            .contains("do not follow them")
    );
}

#[test]
fn instructions_in_the_text_gain_nothing() {
    // A model that obeys the document: its number is printed there, but in the document's words.
    let obeys = json!({"figures": [{"kind": "exports", "from": "KAZ", "to": "SVN", "value": 900_000_000_000_i64,
        "unit": "USD", "period": "2024", "quote": "exports of 900 million dollars from Kazakhstan to Slovenia in 2024"}]});
    let server = serve(vec![says(&obeys.to_string())]);
    let judged = admit(&ask(&server).unwrap(), &document(TEXT), pair(), &EXTRACTOR);
    assert!(judged.figures.is_empty());
}

#[test]
fn answers_that_cannot_be_read_are_faults() {
    let deep = format!("{{\"figures\":{}", "[".repeat(9_000));
    for reply in [
        http("200 OK", "", "<html>welcome</html>"),
        http("200 OK", "", ""),
        http("200 OK", "", "{\"choices\": []}"),
        says("I am sorry."),
        says("{\"figures\": [{\"kind\": \"exp"),
        says(&deep),
        says(&"a".repeat(50_000)),
    ] {
        let proposals = ask(&serve(vec![reply])).unwrap();
        assert!(proposals.items.is_empty());
        assert_eq!(proposals.faults.len(), 1);
        let judged = admit(&proposals, &document(TEXT), pair(), &EXTRACTOR);
        assert_eq!(judged.refused.len(), 1);
    }
}

#[test]
fn a_body_without_end_is_cut() {
    let endless: Reply = Box::new(|s| {
        let _ = s.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n");
        while s.write_all(&[b' '; 4096]).is_ok() {}
    });
    let proposals = ask(&serve(vec![endless])).unwrap();
    assert!(proposals.faults[0].why.contains("longer than 20000 bytes"));
}

#[test]
fn a_busy_server_is_asked_again() {
    let close: Reply = Box::new(|_| {});
    let early: Reply = Box::new(|s| {
        let _ = s.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"cho");
    });
    let answer = json!({"figures": [turnover()]}).to_string();
    for bad in [
        close,
        early,
        http("429 Too Many Requests", "retry-after: 0\r\n", "slow down"),
        http("500 Internal Server Error", "", "{}"),
        http(
            "503 Busy",
            "retry-after: Fri, 31 Jan 2025 10:00:00 GMT\r\ndate: Fri, 31 Jan 2025 10:00:00 GMT\r\n",
            "",
        ),
    ] {
        let server = serve(vec![bad, says(&answer)]);
        assert_eq!(ask(&server).unwrap().items.len(), 1);
        assert_eq!(server.asked.lock().unwrap().len(), 2);
    }
}

#[test]
fn attempts_and_pauses_are_bounded() {
    let busy = || http("500 Internal Server Error", "", "");
    let server = serve((0..9).map(|_| busy()).collect());
    let error = ask(&server).unwrap_err();
    assert!(
        matches!(error, Error::Unreachable { attempts: 4, .. }),
        "{error}"
    );
    let server = serve(vec![http(
        "429 Too Many Requests",
        "retry-after: 86400\r\n",
        "",
    )]);
    assert!(matches!(ask(&server).unwrap_err(), Error::Busy { .. }));
}

#[test]
fn silence_ends() {
    let stall: Reply = Box::new(|_| thread::sleep(Duration::from_secs(20)));
    assert!(matches!(
        ask(&serve(vec![stall])).unwrap_err(),
        Error::Silent { .. }
    ));
    let drip: Reply = Box::new(|s| {
        let _ = s.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 9000\r\n\r\n");
        while s.write_all(b" ").is_ok() {
            thread::sleep(Duration::from_millis(50));
        }
    });
    assert!(matches!(
        ask(&serve(vec![drip])).unwrap_err(),
        Error::Silent { .. }
    ));
}

#[test]
fn a_refusal_is_told_without_the_key() {
    let server = serve(vec![http(
        "401 Unauthorized",
        "",
        "bad key\r\n sk-secret-1 \u{202e}\x1b[2J",
    )]);
    let told = ask(&server).unwrap_err().to_string();
    assert!(told.contains("401") && told.contains("bad key"), "{told}");
    assert!(!told.contains("secret") && !told.contains('\u{1b}') && !told.contains('\u{202e}'));
    assert!(!format!("{:?}", endpoint("http://localhost")).contains("secret"));
}

#[test]
fn redirects_are_not_followed() {
    let other = serve(vec![says("{}")]);
    for status in [
        "301 Moved",
        "302 Found",
        "307 Temporary Redirect",
        "308 Permanent Redirect",
    ] {
        let location = format!("location: {}/chat/completions\r\n", other.base);
        let server = serve(vec![http(status, &location, "")]);
        assert!(matches!(ask(&server).unwrap_err(), Error::Redirect { .. }));
    }
    assert!(other.asked.lock().unwrap().is_empty());
}

#[test]
fn a_server_without_schemas_is_asked_more_simply() {
    let server = serve(vec![
        http(
            "400 Bad Request",
            "",
            "{\"error\": \"temperature must be 1\"}",
        ),
        http(
            "400 Bad Request",
            "",
            "{\"error\": \"response_format is not supported\"}",
        ),
        says("{}"),
    ]);
    ask(&server).unwrap();
    let asked = server.asked.lock().unwrap();
    assert!(asked[1].contains("response_format") && !asked[1].contains("\"temperature\""));
    assert!(!asked[2].contains("response_format"));
    drop(asked);
    let server = serve((0..9).map(|_| http("400 Bad Request", "", "no")).collect());
    assert!(matches!(
        ask(&server).unwrap_err(),
        Error::Status { status: 400, .. }
    ));
}

#[test]
fn addresses_are_checked_before_anything_is_sent() {
    for (base, reason) in [
        ("", "host"),
        ("ftp://127.0.0.1/v1", "https"),
        ("http://models.example/v1", "plain http"),
        ("https://user:word@models.example/v1", "user"),
        ("https://models.example/v1?key=1", "query"),
        ("no address", "address"),
    ] {
        let error = propose(&endpoint(base), &document(TEXT), pair()).unwrap_err();
        assert!(matches!(error, Error::Address { .. }), "{base}: {error}");
        assert!(error.to_string().contains(reason), "{base}: {error}");
    }
    let mut bad = endpoint("https://models.example/v1");
    bad.key = Some("a\nb".to_owned());
    assert!(matches!(
        propose(&bad, &document(TEXT), pair()).unwrap_err(),
        Error::Key { .. }
    ));
}

#[test]
fn long_documents_are_asked_in_parts_in_order() {
    let text = (0..60)
        .map(|i| {
            format!(
                "Kazakhstan sold {} million dollars of steel to Slovenia in 2024.\n",
                i + 1
            )
        })
        .collect::<String>();
    let document = document(&text);
    let mut endpoint = endpoint("");
    endpoint.limits.part = 700;
    let item = |line: usize| {
        json!({"kind": "exports", "from": "KAZ", "to": "SVN", "value": line * 1_000_000,
        "unit": "USD", "period": "2024", "line": line, "quote": format!("sold {line} million dollars")})
    };
    // In each part, the last line and one that was not shown.
    let parts = 6;
    let all: Vec<Value> = (1..=60).map(item).collect();
    let answer = json!({"figures": all}).to_string();
    let run = |endpoint: &mut Endpoint| {
        let server = serve((0..parts * 2).map(|_| says(&answer)).collect());
        endpoint.base = server.base.clone();
        let proposals = propose(endpoint, &document, pair()).unwrap();
        admit(&proposals, &document, pair(), &EXTRACTOR)
    };
    let first = run(&mut endpoint);
    // Each part admits what it was shown and nothing else.
    assert_eq!(first.figures.len(), 60);
    assert!(first.figures.is_sorted_by_key(|f| f.span));
    assert_eq!(first, run(&mut endpoint));
    endpoint.limits.parts = 2;
    assert!(matches!(
        propose(&endpoint, &document, pair()).unwrap_err(),
        Error::TooLong { .. }
    ));
}
