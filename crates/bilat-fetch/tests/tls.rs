//! Secure connections: what is not trusted is not downloaded from.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;

use bilat_fetch::{FetchError, Request, fetch};
use bilat_testing::{Server, serve};
use common::limits;
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// A server whose certificate nobody has signed. Returns its port.
fn untrusted() -> u16 {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key.into())
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = StreamOwned::new(connection, stream.unwrap());
            let mut request = [0; 1024];
            // The client hangs up during the handshake; were it to ask, it would get an answer.
            if stream.read(&mut request).is_ok_and(|n| n > 0) {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno");
            }
        }
    });
    port
}

#[test]
fn a_certificate_that_nobody_trusts_is_refused() {
    let url = format!("https://localhost:{}/a", untrusted());
    let dir = tempfile::tempdir().unwrap();
    let (limits, waits) = limits(100);
    let e = fetch(
        &Request::new(url),
        &dir.path().join("file"),
        &limits,
        &mut |_| (),
    )
    .unwrap_err();
    assert!(matches!(e, FetchError::Tls { .. }), "{e}");
    assert!(e.to_string().contains("UnknownIssuer"), "{e}");
    assert!(
        waits.lock().unwrap().is_empty(),
        "asking again does not help"
    );
}

#[test]
fn a_server_that_speaks_no_tls_is_refused() {
    let server = Server::new(|r, out| serve(r, out, b"here", "\"1\""));
    let url = format!("https://{}/a", server.address);
    let dir = tempfile::tempdir().unwrap();
    let (mut limits, _) = limits(100);
    limits.retries = 0;
    let e = fetch(
        &Request::new(url),
        &dir.path().join("file"),
        &limits,
        &mut |_| (),
    )
    .unwrap_err();
    assert!(
        matches!(e, FetchError::Tls { .. } | FetchError::Network { .. }),
        "{e}"
    );
    assert!(!dir.path().join("file").exists());
}
