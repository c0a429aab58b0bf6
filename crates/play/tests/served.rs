//! The server: whom it answers, and what it survives.

#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests have threads and clocks")]

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::{Duration, Instant};

use isomorph_play::{Refusal, Secrets, Server, Start, Work};

const TOKEN: &str = "0123456789abcdef0123456789abcdef";

/// Answers with what was asked, or as that says.
struct Echo;

impl Work for Echo {
    fn answer(&self, asked: Vec<u8>, is_gone: &dyn Fn() -> bool) -> Result<Vec<u8>, Refusal> {
        match asked.as_slice() {
            b"no question" => Err(Refusal::NoQuestion("why".into())),
            b"too much" => Err(Refusal::Limit("of time".into())),
            b"busy" => Err(Refusal::Busy),
            b"panic" => panic!("this is a test"),
            b"until gone" => {
                let begun = Instant::now();
                while !is_gone() && begun.elapsed() < Duration::from_secs(20) {
                    thread::sleep(Duration::from_millis(5));
                }
                Err(Refusal::Busy)
            }
            _ => Ok(asked),
        }
    }
}

/// The address of a server: host and port.
fn host() -> String {
    let secrets = Secrets { token: TOKEN.into(), nonce: "n0nce".into() };
    let start = Start { schema: Some("</script>".into()), ..Start::default() };
    let server = Server::bind(0, secrets, &start, Echo).expect("a port is free");
    let host = server
        .url()
        .strip_prefix("http://")
        .expect("it is one")
        .split('/')
        .next()
        .expect("a host")
        .to_owned();
    thread::spawn(move || server.serve());
    host
}

/// Sends bytes; gives the status, and all of the response.
fn sent(host: &str, bytes: &[u8]) -> (u16, String) {
    let mut stream = TcpStream::connect(host).expect("it listens");
    stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a time");
    // The server may have answered before it took all.
    let _ = stream.write_all(bytes);
    let mut response = Vec::new();
    let _ = stream.read_to_end(&mut response);
    let response = String::from_utf8_lossy(&response).into_owned();
    let status = response.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    (status, response)
}

fn get(host: &str, path: &str) -> (u16, String) {
    sent(host, format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes())
}

fn post(host: &str, headers: &str, body: &str) -> (u16, String) {
    let length = body.len();
    let head = format!("POST /{TOKEN}/ask HTTP/1.1\r\nContent-Length: {length}\r\n{headers}\r\n\r\n");
    sent(host, [head.as_bytes(), body.as_bytes()].concat().as_slice())
}

fn own(host: &str) -> String {
    format!("Host: {host}\r\nOrigin: http://{host}\r\nContent-Type: application/json")
}

#[test]
fn the_page_is_given_with_a_policy_that_lets_it_do_nothing_else() {
    let host = host();
    let (status, page) = get(&host, &format!("/{TOKEN}/"));
    assert_eq!(status, 200);
    for words in [
        "default-src 'none'",
        "script-src 'nonce-n0nce'",
        "style-src 'nonce-n0nce'",
        "connect-src 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "nosniff",
        "no-referrer",
        "no-store",
        "<!doctype html>",
    ] {
        assert!(page.contains(words), "{words}");
    }
    // What the schema says is no part of the page.
    assert_eq!(page.matches("</script>").count(), 1);
    let (status, start) = get(&host, &format!("/{TOKEN}/start"));
    assert!(status == 200 && start.contains("application/json") && start.contains("\"switches\""), "{start}");
}

#[test]
fn whoever_does_not_know_the_address_or_is_elsewhere_is_refused() {
    let host = host();
    let port = host.rsplit(':').next().expect("a port");
    for (path, expected) in
        [("/", 404), ("/wrong/", 403), (&format!("/{}/", &TOKEN[1..]), 403), (&format!("/{TOKEN}/x"), 404)]
    {
        assert_eq!(get(&host, path).0, expected, "{path}");
    }
    let from_elsewhere =
        format!("GET /{TOKEN}/ HTTP/1.1\r\nHost: {host}\r\nSec-Fetch-Site: cross-site\r\n\r\n");
    assert_eq!(sent(&host, from_elsewhere.as_bytes()).0, 403);
    for (headers, expected) in [
        (own(&host), 200),
        (
            format!(
                "Host: localhost:{port}\r\nOrigin: http://localhost:{port}\r\nContent-Type: application/json"
            ),
            200,
        ),
        // A name that leads to this machine is no name of this server.
        (
            format!(
                "Host: evil.example:{port}\r\nOrigin: http://evil.example:{port}\r\nContent-Type: application/json"
            ),
            403,
        ),
        (format!("Host: {host}\r\nOrigin: http://evil.example\r\nContent-Type: application/json"), 403),
        (format!("Host: {host}\r\nOrigin: null\r\nContent-Type: application/json"), 403),
        (format!("Host: {host}\r\nSec-Fetch-Site: cross-site\r\nContent-Type: application/json"), 403),
        (format!("Host: {host}\r\nContent-Type: text/plain"), 415),
        ("Content-Type: application/json".to_owned(), 400),
    ] {
        assert_eq!(post(&host, &headers, "{}").0, expected, "{headers}");
    }
}

#[test]
fn what_is_too_large_or_no_request_is_refused() {
    let host = host();
    let own = own(&host);
    let claimed = format!("POST /{TOKEN}/ask HTTP/1.1\r\n{own}\r\nContent-Length: 99999999999\r\n\r\n");
    let chunked =
        format!("POST /{TOKEN}/ask HTTP/1.1\r\n{own}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    let longer = format!("POST /{TOKEN}/ask HTTP/1.1\r\n{own}\r\nContent-Length: 1\r\n\r\nabc");
    let endless = format!("GET /{TOKEN}/ HTTP/1.1\r\nHost: {host}\r\nX: {}", "x".repeat(40_000));
    for (bytes, expected) in
        [(claimed, 413), (chunked, 411), (longer, 400), (endless, 431), ("\u{1}\r\n\r\n".into(), 400)]
    {
        assert_eq!(sent(&host, bytes.as_bytes()).0, expected, "{bytes:.80}");
    }
    assert_eq!(post(&host, &own, &"x".repeat(13 << 20)).0, 413);
    let large = "x".repeat(5 << 20);
    let (status, answer) = post(&host, &own, &large);
    assert!(status == 200 && answer.ends_with(&large), "{status}");
}

#[test]
fn each_refusal_has_a_status() {
    let host = host();
    for (asked, expected) in [("no question", 400), ("too much", 504), ("busy", 503), ("{}", 200)] {
        assert_eq!(post(&host, &own(&host), asked).0, expected, "{asked}");
    }
}

#[test]
fn many_at_once_are_answered_and_none_brings_the_server_down() {
    let host = host();
    assert_eq!(post(&host, &own(&host), "panic").0, 0);
    let barrier = Arc::new(Barrier::new(16));
    let ask = |number: usize| {
        let (host, barrier) = (host.clone(), Arc::clone(&barrier));
        thread::spawn(move || {
            barrier.wait();
            let body = format!("{{\"number\": {number}}}");
            let (status, answer) = post(&host, &own(&host), &body);
            assert!(status == 200 && answer.ends_with(&body), "{number}: {status}");
        })
    };
    let asked: Vec<_> = (0..16).map(ask).collect();
    for one in asked {
        one.join().expect("it is answered");
    }
}

#[test]
fn connections_that_say_nothing_keep_nobody_out_for_long() {
    let host = host();
    let silent: Vec<_> = (0..40).map(|_| TcpStream::connect(&host).expect("it listens")).collect();
    let begun = Instant::now();
    loop {
        let (status, _) = get(&host, &format!("/{TOKEN}/"));
        assert!(status == 200 || begun.elapsed() < Duration::from_secs(25), "{status}");
        if status == 200 {
            break;
        }
        thread::sleep(Duration::from_millis(100));
    }
    drop(silent);
}

#[test]
fn work_learns_that_nobody_waits_any_more() {
    let host = host();
    let body = "until gone";
    let head = format!(
        "POST /{TOKEN}/ask HTTP/1.1\r\n{}\r\nContent-Length: {}\r\n\r\n{body}",
        own(&host),
        body.len()
    );
    let mut stream = TcpStream::connect(&host).expect("it listens");
    stream.write_all(head.as_bytes()).expect("it listens");
    thread::sleep(Duration::from_millis(100));
    stream.shutdown(Shutdown::Write).expect("it is open");
    stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a time");
    let begun = Instant::now();
    let mut response = String::new();
    stream.read_to_string(&mut response).expect("it is answered");
    assert!(response.starts_with("HTTP/1.1 503") && begun.elapsed() < Duration::from_secs(5), "{response}");
}
