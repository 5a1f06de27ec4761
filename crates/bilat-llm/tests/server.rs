//! Asking a server that behaves badly in every way that servers do.

#![allow(clippy::unwrap_used)]

mod common;

use std::time::Duration;

use bilat_llm::{Endpoint, Error, Limits, admit, propose};
use bilat_testing::chat::{
    Reply, base, hangs_up, http, proposes, says, serve, stalls, without_end,
};
use bilat_testing::{Server, send};
use common::{EXTRACTOR, TEXT, document, pair};
use serde_json::{Value, json};

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
    propose(&endpoint(&base(server)), &document(TEXT), pair())
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
    let asked = &server.seen()[0];
    assert_eq!(
        (asked.method.as_str(), asked.path.as_str()),
        ("POST", "/v1/chat/completions")
    );
    assert_eq!(asked.header("authorization"), Some("Bearer sk-secret-1"));
    let body: Value = serde_json::from_str(&asked.body).unwrap();
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
        http("200 OK", &[], "<html>welcome</html>"),
        http("200 OK", &[], ""),
        http("200 OK", &[], "{\"choices\": []}"),
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
    let proposals = ask(&serve(vec![without_end(None)])).unwrap();
    assert!(proposals.faults[0].why.contains("longer than 20000 bytes"));
}

#[test]
fn a_busy_server_is_asked_again() {
    let early: Reply = Box::new(|_, out| send(out, "200 OK", &["content-length: 500"], b"{\"cho"));
    let dated = [
        "retry-after: Fri, 31 Jan 2025 10:00:00 GMT",
        "date: Fri, 31 Jan 2025 10:00:00 GMT",
    ];
    for bad in [
        hangs_up(),
        early,
        http("429 Too Many Requests", &["retry-after: 0"], "slow down"),
        http("500 Internal Server Error", &[], "{}"),
        http("503 Busy", &dated, ""),
    ] {
        let server = serve(vec![bad, proposes(&[turnover()])]);
        assert_eq!(ask(&server).unwrap().items.len(), 1);
        assert_eq!(server.seen().len(), 2);
    }
}

#[test]
fn attempts_and_pauses_are_bounded() {
    let busy = || http("500 Internal Server Error", &[], "");
    let server = serve((0..9).map(|_| busy()).collect());
    let error = ask(&server).unwrap_err();
    assert!(
        matches!(error, Error::Unreachable { attempts: 4, .. }),
        "{error}"
    );
    let server = serve(vec![http(
        "429 Too Many Requests",
        &["retry-after: 86400"],
        "",
    )]);
    assert!(matches!(ask(&server).unwrap_err(), Error::Busy { .. }));
}

#[test]
fn silence_ends() {
    for silent in [stalls(), without_end(Some(Duration::from_millis(50)))] {
        let error = ask(&serve(vec![silent])).unwrap_err();
        assert!(matches!(error, Error::Silent { .. }), "{error}");
    }
}

#[test]
fn a_refusal_is_told_without_the_key() {
    let server = serve(vec![http(
        "401 Unauthorized",
        &[],
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
        let location = format!("location: {}/chat/completions", base(&other));
        let server = serve(vec![http(status, &[&location], "")]);
        assert!(matches!(ask(&server).unwrap_err(), Error::Redirect { .. }));
    }
    assert!(other.seen().is_empty());
}

#[test]
fn a_server_without_schemas_is_asked_more_simply() {
    let server = serve(vec![
        http(
            "400 Bad Request",
            &[],
            "{\"error\": \"temperature must be 1\"}",
        ),
        http(
            "400 Bad Request",
            &[],
            "{\"error\": \"response_format is not supported\"}",
        ),
        says("{}"),
    ]);
    ask(&server).unwrap();
    let asked = server.seen();
    let has = |n: usize, word: &str| asked[n].body.contains(word);
    assert!(has(1, "response_format") && !has(1, "\"temperature\""));
    assert!(!has(2, "response_format"));
    let server = serve((0..9).map(|_| http("400 Bad Request", &[], "no")).collect());
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
        endpoint.base = base(&server);
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

#[test]
fn a_model_that_knows_the_key_cannot_have_it_printed() {
    let mut told = turnover();
    told["kind"] = json!("sk-secret-1");
    told["sk-secret-1"] = json!(["sk-secret-1"]);
    let server = serve(vec![proposes(&[told])]);
    let proposals = ask(&server).unwrap();
    let judged = admit(&proposals, &document(TEXT), pair(), &EXTRACTOR);
    assert_eq!(judged.refused.len(), 1);
    let printed = format!("{proposals:?}{judged:?}");
    assert!(!printed.contains("secret"), "{printed}");
}

#[test]
fn an_endpoint_that_cannot_be_asked_is_known_before() {
    assert!(endpoint("http://127.0.0.1:1/v1").check().is_ok());
    assert!(endpoint("http://models.example/v1").check().is_err());
}
