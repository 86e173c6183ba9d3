//! The guard against real sockets on loopback.

mod wire;

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use outbound::{Client, Limits, Origin, OutboundError, Policy, Request, SystemResolver};
use wire::{Answer, ChangingResolver, CountingResolver, Server};

fn client(url: &str) -> Client {
    let origins = Origin::parse(url).into_iter().collect();
    Client::new(Policy { origins, development: true }, Arc::new(SystemResolver)).expect("a client")
}

async fn get(server: &Server, limits: Limits) -> Result<outbound::Response, OutboundError> {
    client(&server.url("/"))
        .send(Request::get(server.url("/fhir/Patient?name=canary").parse().expect("a URL")).limits(limits))
        .await
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

fn with_length(headers: &str, body: &[u8]) -> Vec<u8> {
    let mut answer = format!("HTTP/1.1 200 OK\r\n{headers}Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    answer.extend_from_slice(body);
    answer
}

const QUICK: Limits =
    Limits { first_byte: Duration::from_millis(150), whole: Duration::from_millis(300), ..Limits::PAGE };

#[tokio::test]
async fn a_plain_answer_arrives_and_the_request_says_who_asks() {
    let server = Server::start(Answer::Bytes(with_length("ETag: W/\"2\"\r\n", b"hello"))).await;
    let answer = get(&server, Limits::default()).await.expect("an answer");
    assert_eq!((answer.status, answer.body), (StatusCode::OK, Bytes::from_static(b"hello")));
    assert_eq!(answer.headers["etag"], "W/\"2\"");
    let asked = server.asked().to_lowercase();
    assert!(asked.starts_with("get /fhir/patient?name=canary http/1.1\r\n"), "{asked}");
    assert!(asked.contains(concat!("user-agent: accord/", env!("CARGO_PKG_VERSION"), "\r\n")), "{asked}");
    assert!(asked.contains("accept-encoding: gzip\r\n"), "{asked}");
    assert!(!asked.contains("referer"), "{asked}");
}

#[tokio::test]
async fn an_error_status_is_an_answer() {
    let server = Server::start(Answer::Bytes(b"HTTP/1.1 500 Oops\r\nContent-Length: 2\r\n\r\nno".to_vec())).await;
    assert_eq!(get(&server, QUICK).await.expect("an answer").status, StatusCode::INTERNAL_SERVER_ERROR);
}

#[tokio::test]
async fn a_body_is_sent_with_its_length() {
    let server = Server::start(Answer::Bytes(with_length("", b"ok"))).await;
    let request = Request::post(server.url("/token").parse().expect("a URL"), "a=b");
    client(&server.url("/")).send(request).await.expect("an answer");
    let asked = server.asked().to_lowercase();
    assert!(asked.contains("content-length: 3\r\n") && asked.ends_with("\r\n\r\na=b"), "{asked}");
}

#[tokio::test]
async fn gzip_is_decoded() {
    let text = "{\"resourceType\":\"Bundle\"}".repeat(1000);
    let server = Server::start(Answer::Bytes(with_length("Content-Encoding: gzip\r\n", &gzip(text.as_bytes())))).await;
    let answer = get(&server, Limits::PAGE).await.expect("an answer");
    assert_eq!(answer.body, text);
    assert!(answer.headers.get("content-encoding").is_none() && answer.headers.get("content-length").is_none());
}

#[tokio::test]
async fn s12_a_gzip_bomb_is_refused() {
    let bomb = with_length("Content-Encoding: gzip\r\n", &gzip(&vec![b' '; 128 << 20]));
    assert!(bomb.len() < 200_000);
    let server = Server::start(Answer::Bytes(bomb)).await;
    assert_eq!(get(&server, Limits::PAGE).await.err(), Some(OutboundError::TooLarge));
}

#[tokio::test]
async fn s12_a_megabyte_over_the_cap_is_refused_announced_or_not() {
    let limits = Limits { body_bytes: 1 << 20, ..Limits::PAGE };
    let body = vec![b'x'; 2 << 20];
    let announced = Server::start(Answer::Bytes(with_length("", &body))).await;
    assert_eq!(get(&announced, limits).await.err(), Some(OutboundError::TooLarge));
    let mut until_closed = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".to_vec();
    until_closed.extend_from_slice(&body);
    let silent = Server::start(Answer::Bytes(until_closed)).await;
    assert_eq!(get(&silent, limits).await.err(), Some(OutboundError::TooLarge));
}

#[tokio::test]
async fn an_answer_that_ends_early_is_truncated() {
    let cut = gzip("some text that is long enough to be cut".as_bytes());
    for answer in [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this".to_vec(),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nonly this\r\n".to_vec(),
        with_length("Content-Encoding: gzip\r\n", &cut[..cut.len() - 5]),
        b"HTTP/1.1 200 OK\r\nContent-Le".to_vec(),
        b"SSH-2.0-OpenSSH_9.9\r\n".to_vec(),
        Vec::new(),
    ] {
        let server = Server::start(Answer::Bytes(answer.clone())).await;
        let refused = get(&server, Limits::PAGE).await.err();
        assert_eq!(refused, Some(OutboundError::Truncated), "{}", String::from_utf8_lossy(&answer));
    }
}

#[tokio::test]
async fn a_server_that_never_begins_is_given_up() {
    let server = Server::start(Answer::Never).await;
    let patient = Limits { whole: Duration::from_secs(20), ..QUICK };
    assert_eq!(get(&server, patient).await.err(), Some(OutboundError::TimedOut));
}

#[tokio::test]
async fn a_drip_that_never_ends_is_given_up() {
    let server = Server::start(Answer::Drip).await;
    assert_eq!(get(&server, QUICK).await.err(), Some(OutboundError::TimedOut));
}

#[tokio::test]
async fn s2_a_redirect_is_reported_and_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        let text = format!("HTTP/1.1 {status} Elsewhere\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n");
        let server = Server::start(Answer::Bytes(text.into_bytes())).await;
        let status = StatusCode::from_u16(status).expect("a status");
        assert_eq!(get(&server, QUICK).await.err(), Some(OutboundError::Redirected { status }));
        assert_eq!(server.connections.load(Ordering::SeqCst), 1);
    }
}

#[tokio::test]
async fn not_modified_is_an_answer() {
    let server = Server::start(Answer::Bytes(b"HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\n".to_vec())).await;
    assert_eq!(get(&server, QUICK).await.expect("an answer").status, StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn s2_a_foreign_origin_is_refused_without_a_packet() {
    let registered = Server::start(Answer::Bytes(with_length("", b"ok"))).await;
    let foreign = Server::start(Answer::Bytes(with_length("", b"ok"))).await;
    let request = Request::get(foreign.url("/x?code=canary").parse().expect("a URL"));
    let refused = client(&registered.url("/")).send(request).await.expect_err("a refusal");
    assert!(matches!(refused, OutboundError::NotAllowed { .. }));
    assert!(!format!("{refused} {refused:?}").contains("canary"));
    assert_eq!(foreign.connections.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn s2_loopback_is_refused_outside_development_by_literal_and_by_name() {
    let server = Server::start(Answer::Bytes(with_length("", b"ok"))).await;
    for host in ["127.0.0.1", "[::ffff:127.0.0.1]", "ehr.localhost", "localhost"] {
        let url = format!("https://{host}:{}/", server.port());
        let policy = Policy { origins: Origin::parse(&url).into_iter().collect(), development: false };
        let client = Client::new(policy, Arc::new(SystemResolver)).expect("a client");
        let refused = client.send(Request::get(url.parse().expect("a URL"))).await.err();
        assert_eq!(refused, Some(OutboundError::PrivateAddress), "{host}");
    }
    assert_eq!(server.connections.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn s2_a_name_that_leads_inside_is_refused_without_a_packet() {
    let server = Server::start(Answer::Bytes(with_length("", b"ok"))).await;
    let url = format!("https://ehr.example:{}/", server.port());
    for addresses in
        [&["127.0.0.1:0"][..], &["8.8.8.8:0", "10.0.0.1:0"], &["[fd00:ec2::254]:0"], &["169.254.169.254:0"]]
    {
        let resolver = Arc::new(CountingResolver::new(addresses));
        let policy = Policy { origins: Origin::parse(&url).into_iter().collect(), development: false };
        let client = Client::new(policy, resolver.clone()).expect("a client");
        let refused = client.send(Request::get(url.parse().expect("a URL"))).await.err();
        assert_eq!(refused, Some(OutboundError::PrivateAddress), "{addresses:?}");
        assert_eq!(resolver.asked.load(Ordering::SeqCst), 1);
    }
    assert_eq!(server.connections.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_name_under_localhost_reaches_the_port_of_its_url() {
    let server = Server::start(Answer::Bytes(with_length("", b"ok"))).await;
    let url = format!("http://valley.localhost:{}/", server.port());
    let answer = client(&url).send(Request::get(url.parse().expect("a URL"))).await.expect("an answer");
    assert_eq!(answer.body, "ok");
}

#[tokio::test]
async fn a_refused_connection_is_unreachable_and_nothing_was_sent() {
    let server = Server::start(Answer::Never).await;
    let url = server.url("/");
    server.stop().await;
    let refused = client(&url).send(Request::get(url.parse().expect("a URL"))).await.expect_err("a refusal");
    assert_eq!(refused, OutboundError::Unreachable);
    assert!(refused.nothing_was_sent());
}

#[tokio::test]
async fn a_name_that_nobody_answers_for_is_unreachable() {
    let policy = Policy { origins: Origin::parse("https://ehr.example").into_iter().collect(), development: false };
    let resolver = Arc::new(CountingResolver::silent());
    let client = Client::with_connect_limit(policy, resolver, Duration::from_millis(50)).expect("a client");
    let refused = client.send(Request::get("https://ehr.example/".parse().expect("a URL"))).await.err();
    assert_eq!(refused, Some(OutboundError::Unreachable));
}

#[tokio::test]
async fn https_speaks_tls_and_names_the_host() {
    let server = Server::start(Answer::Bytes(b"this is no TLS".to_vec())).await;
    let url = format!("https://valley.localhost:{}/", server.port());
    let refused = client(&url).send(Request::get(url.parse().expect("a URL"))).await.err();
    assert_eq!(refused, Some(OutboundError::Unreachable));
    let hello = server.asked_bytes();
    assert_eq!(&hello[..2], &[0x16, 0x03]);
    assert!(hello.windows(16).any(|part| part == b"valley.localhost"));
}

#[tokio::test]
async fn s8_nothing_of_an_address_or_a_body_shows_in_debug_output() {
    let server = Server::start(Answer::Bytes(with_length("X-Secret: canary\r\n", b"canary"))).await;
    let request = Request::post(server.url("/canary?code=canary").parse().expect("a URL"), "canary");
    let client = client(&server.url("/"));
    let mut shown = format!("{request:?} {client:?}");
    shown.push_str(&format!("{:?}", client.send(request).await));
    assert!(!shown.contains("canary"), "{shown}");
}

#[tokio::test]
async fn s2_a_name_that_changes_its_answer_gains_nothing() {
    // Checked as a permitted address and then turned inside: the connection goes to the very address that was checked.
    let server = Server::start(Answer::Bytes(with_length("Connection: close\r\n", b"ok"))).await;
    let url = format!("http://ehr.example:{}/", server.port());
    let resolver =
        Arc::new(ChangingResolver::new(&[&["127.0.0.1:0"], &["169.254.169.254:0"], &["10.0.0.1:0", "127.0.0.1:0"]]));
    let policy = Policy { origins: Origin::parse(&url).into_iter().collect(), development: true };
    let client = Client::new(policy, resolver.clone()).expect("a client");
    let ask = async || client.send(Request::get(url.parse().expect("a URL")).limits(QUICK)).await;
    assert_eq!(ask().await.expect("an answer").body, "ok");
    assert_eq!(resolver.asked.load(Ordering::SeqCst), 1, "one name, one question, one connection");
    for _ in 0..2 {
        assert_eq!(ask().await.err(), Some(OutboundError::PrivateAddress));
    }
    assert_eq!(resolver.asked.load(Ordering::SeqCst), 3);
    assert_eq!(server.connections.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn s2_the_port_that_a_resolver_names_is_not_believed() {
    let (server, other) = (
        Server::start(Answer::Bytes(with_length("", b"ok"))).await,
        Server::start(Answer::Bytes(with_length("", b"other"))).await,
    );
    let url = format!("http://ehr.example:{}/", server.port());
    let resolver = Arc::new(CountingResolver::new(&["127.0.0.1:0"]));
    let policy = Policy { origins: Origin::parse(&url).into_iter().collect(), development: true };
    let client = Client::new(policy, resolver).expect("a client");
    assert_eq!(client.send(Request::get(url.parse().expect("a URL"))).await.expect("an answer").body, "ok");
    assert_eq!(other.connections.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn s2_a_redirect_to_the_metadata_service_is_never_followed() {
    for place in [
        "http://169.254.169.254/latest/meta-data/",
        "//169.254.169.254/",
        "http://[::ffff:169.254.169.254]/",
        "http://[fd00:ec2::254]/",
        "http://metadata.google.internal/computeMetadata/v1/",
        "file:///etc/passwd",
    ] {
        let text = format!("HTTP/1.1 302 Found\r\nLocation: {place}\r\nContent-Length: 0\r\n\r\n");
        let server = Server::start(Answer::Bytes(text.into_bytes())).await;
        let resolver = Arc::new(CountingResolver::new(&["127.0.0.1:0"]));
        let url = format!("http://ehr.example:{}/", server.port());
        let policy = Policy { origins: Origin::parse(&url).into_iter().collect(), development: true };
        let client = Client::new(policy, resolver.clone()).expect("a client");
        let refused = client.send(Request::get(url.parse().expect("a URL")).limits(QUICK)).await.err();
        assert_eq!(refused, Some(OutboundError::Redirected { status: StatusCode::FOUND }), "{place}");
        assert_eq!(resolver.asked.load(Ordering::SeqCst), 1, "{place}: no other name was looked up");
        assert_eq!(server.connections.load(Ordering::SeqCst), 1, "{place}");
    }
}

#[tokio::test]
async fn s1_s2_thirty_look_alikes_of_a_registered_origin_are_refused_without_a_look_up() {
    let registered = "https://ehr.example";
    let resolver = Arc::new(CountingResolver::new(&["8.8.8.8:0"]));
    let policy = Policy { origins: Origin::parse(registered).into_iter().collect(), development: false };
    let client = Client::new(policy, resolver.clone()).expect("a client");
    let look_alikes = [
        "http://ehr.example/",
        "https://ehr.example:8443/",
        "https://ehr.example:80/",
        "https://ehr.example./",
        "https://ehr.example.evil.test/",
        "https://evil.test/ehr.example",
        "https://evil.test/?https://ehr.example",
        "https://evil.test/#https://ehr.example",
        "https://ehr.example@evil.test/",
        "https://ehr.example%40evil.test@evil.test/",
        "https://user@ehr.example/",
        "https://user:word@ehr.example/",
        "https://:@evil.test/",
        "https://www.ehr.example/",
        "https://ehrexample/",
        "https://ehr-example/",
        "https://ehr.exampl/",
        "https://ehr.examples/",
        "https://xehr.example/",
        "https://ehr..example/",
        "https://xn--hr-6lc.example/",
        "https://\u{435}hr.example/",
        "https://ehr.ex\u{430}mple/",
        "https://ehr\u{2024}example.test/",
        "https://evil.test\\@ehr.example/x",
        "https://127.0.0.1/",
        "https://0x7f.1/",
        "https://2130706433/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::1]/",
        "ftp://ehr.example/",
        "file://ehr.example/etc/passwd",
        "ws://ehr.example/",
    ];
    assert!(look_alikes.len() >= 30);
    for text in look_alikes {
        let Ok(url) = text.parse() else { continue };
        let refused = client.send(Request::get(url)).await;
        assert!(matches!(refused, Err(OutboundError::NotAllowed { .. })), "{text}: {refused:?}");
    }
    assert_eq!(resolver.asked.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn s11_a_header_that_would_split_a_request_cannot_be_made() {
    for text in ["a\r\nX-Evil: 1", "a\nb", "a\0b", "a\rb"] {
        assert!(http::HeaderValue::from_str(text).is_err(), "{text:?}");
        assert!(http::HeaderName::from_bytes(text.as_bytes()).is_err(), "{text:?}");
    }
    // In an address they are taken out or escaped before anything leaves.
    let server = Server::start(Answer::Bytes(with_length("", b"ok"))).await;
    let url = server.url("/fhir/Patient?name=a%0d%0aX-Evil:%201\r\nX-Evil: 2");
    client(&server.url("/")).send(Request::get(url.parse().expect("a URL"))).await.expect("an answer");
    assert!(!server.asked().to_lowercase().contains("\nx-evil"), "{}", server.asked());
}
