//! `isomorph fetch`, against a server on this machine.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;

use super::{Run, folder, isomorph, read};

/// What is answered, by the paths that are asked for: the status, further headers, and the body.
type Answers = BTreeMap<String, (u16, String, String)>;

/// A server that goes on as long as the test does.
struct Server {
    address: String,
    answers: Arc<Mutex<Answers>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("it has one"));
        let (answers, asked) = (Arc::<Mutex<Answers>>::default(), Arc::<Mutex<Vec<_>>>::default());
        let (shown, heard) = (Arc::clone(&answers), Arc::clone(&asked));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                answer(stream, &shown, &heard);
            }
        });
        Self { address, answers, asked }
    }

    fn has(&self, path: &str, body: &str) -> &Self {
        self.answers_with(path, 200, "Content-Type: application/json\r\n", body)
    }

    fn answers_with(&self, path: &str, status: u16, headers: &str, body: &str) -> &Self {
        let here = |text: &str| text.replace("HERE", &self.address);
        let answer = (status, here(headers), here(body));
        self.answers.lock().expect("nobody panicked").insert(path.to_owned(), answer);
        self
    }

    /// The paths that were asked for since the last time.
    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().expect("nobody panicked"))
    }

    fn uri(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    fn host(&self) -> String {
        self.address.trim_start_matches("http://").replace(':', "_")
    }
}

fn answer(mut stream: TcpStream, answers: &Mutex<Answers>, asked: &Mutex<Vec<String>>) {
    let mut lines = BufReader::new(stream.try_clone().expect("it can be")).lines().map_while(Result::ok);
    let Some(first) = lines.next() else { return };
    // What is not read would end the connection early.
    lines.take_while(|line| !line.is_empty()).for_each(drop);
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let found = answers.lock().expect("nobody panicked").get(&path).cloned();
    asked.lock().expect("nobody panicked").push(path);
    let (status, headers, body) = found.unwrap_or((404, String::new(), String::new()));
    _ = write!(stream, "HTTP/1.1 {status} x\r\n{headers}Connection: close\r\n\r\n{body}");
}

fn fetch(folder: &Path, more: &[&str]) -> Run {
    isomorph(folder, &[&["fetch", "--schema", "s", "--allow-local"], more].concat())
}

fn refers_to(uri: &str) -> String {
    format!(r#"{{"properties": {{"a": {{"$ref": "{uri}"}}}}}}"#)
}

#[test]
fn all_that_a_set_refers_to_is_fetched_and_every_command_reads_it_there() {
    let server = Server::new();
    server
        .has("/a.json", r#"{"$defs": {"x": {"$ref": "in/b"}}}"#)
        .answers_with("/in/b", 200, "Content-Type: application/yaml\r\n", "$ref: ../c.json?v=1#/c\r\n")
        .has("/c.json?v=1", r#"{"c": {"type": "integer"}}"#);
    let here =
        folder(&[("s/own.json", &refers_to(&server.uri("/a.json#/$defs/x"))), ("bad.json", r#"{"a": "x"}"#)]);
    let validate = || isomorph(here.path(), &["validate", "--schema", "s/own.json", "bad.json"]);
    let before = validate();
    assert_eq!(before.code, 2);
    assert!(before.stderr.contains(", or run `isomorph fetch`"), "{}", before.stderr);

    let run = fetch(here.path(), &["--dry-run"]);
    assert_eq!((run.code, server.asked().len()), (0, 0), "{}", run.stderr);
    let expected = format!("{} (for s/own.json:1:31 (#/properties/a/$ref))\n", server.uri("/a.json"));
    assert_eq!(run.stdout, expected);

    let run = fetch(here.path(), &[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(server.asked(), ["/a.json", "/in/b", "/c.json?v=1"]);
    assert_eq!(read(&here, &format!("vendor/{}/in/b.yaml", server.host())), "$ref: ../c.json?v=1#/c\n");
    let lock = read(&here, "isomorph.lock");
    assert_eq!(lock.matches("[[document]]").count(), 3, "{lock}");
    assert_eq!(validate().code, 1);
    let run = isomorph(here.path(), &["generate", "--schema", "s"]);
    assert!(run.stdout.contains("pub a: Option<"), "{}{}", run.stdout, run.stderr);

    assert_eq!(fetch(here.path(), &[]).code, 0);
    assert_eq!((server.asked().len(), read(&here, "isomorph.lock")), (0, lock));
}

#[test]
fn a_manifest_says_the_folder_and_its_lock_lies_beside_it() {
    let server = Server::new();
    server.has("/a.json", r#"{"type": "string"}"#);
    let manifest = "[package]\nname = \"a\"\n[package.metadata.isomorph]\nschema = \"s\"\nout = \"src\"\nvendor = \"far\"\n";
    let here = folder(&[("p/Cargo.toml", manifest), ("p/s/own.json", &refers_to(&server.uri("/a.json")))]);
    let crate_folder = here.path().join("p/s");
    let run = isomorph(&crate_folder, &["fetch", "--allow-local"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(here.path().join(format!("p/far/{}/a.json", server.host())).is_file());
    let run = isomorph(&crate_folder, &["generate"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(read(&here, "p/src/model.rs").contains("pub a: Option<"), "{}", read(&here, "p/src/model.rs"));
    assert!(!run.stderr.contains("fetched"), "{}", run.stderr);
    let file = format!("p/far/{}/a.json", server.host());
    fs::write(here.path().join(&file), "{\"type\": \"integer\"}").expect("it can be written");
    let run = isomorph(&crate_folder, &["generate"]);
    let told = format!(
        "a.json: is not what was fetched from {}; `isomorph fetch` brings that again",
        server.uri("/a.json")
    );
    assert!(run.code == 0 && run.stderr.contains(&told), "{}", run.stderr);
}

#[test]
fn what_was_edited_is_fetched_again_where_only_a_fetched_document_refers_to_it_too() {
    let server = Server::new();
    server.has("/a.json", r#"{"properties": {"b": {"$ref": "b.json"}}}"#).has("/b.json", "{}");
    let here = folder(&[("s/own.json", &refers_to(&server.uri("/a.json")))]);
    assert_eq!(fetch(here.path(), &[]).code, 0);
    server.asked();
    let file = format!("vendor/{}/b.json", server.host());
    fs::write(here.path().join(&file), "{ \"type\": \"integer\" }").expect("it can be written");
    assert_eq!(fetch(here.path(), &["--locked"]).code, 1);
    let run = fetch(here.path(), &[]);
    assert_eq!((run.code, server.asked()), (0, vec!["/b.json".to_owned()]), "{}{}", run.stdout, run.stderr);
    assert_eq!(read(&here, &file), "{}");
    assert_eq!(fetch(here.path(), &["--locked"]).code, 0);
    assert_eq!(fetch(here.path(), &["--update"]).code, 0);
    assert_eq!(server.asked(), ["/a.json", "/b.json"]);
}

#[test]
fn what_is_locked_is_there_and_as_it_was_fetched() {
    let server = Server::new();
    server.has("/a.json", "{\n}").has("/b.json", "{}");
    let here = folder(&[("s/own.json", &refers_to(&server.uri("/a.json")))]);
    let locked = || fetch(here.path(), &["--locked"]);
    assert_eq!(locked().code, 1);
    assert_eq!(fetch(here.path(), &[]).code, 0);
    let file = format!("vendor/{}/a.json", server.host());
    let told = |expected: &str| {
        let run = locked();
        assert_eq!(run.code, 1, "{expected}");
        assert!(run.stdout.contains(expected), "{expected}: {}", run.stdout);
    };
    let write = |name: &str, text: &str| fs::write(here.path().join(name), text).expect("it can be written");

    // Line ends are a matter of the checkout.
    write(&file, "{\r\n}");
    assert_eq!(locked().code, 0);
    write(&file, "{ }");
    told("a.json: is not what was fetched from http://");
    fs::remove_file(here.path().join(&file)).expect("it is there");
    told("a.json: cannot read what was fetched");
    server.asked();
    assert_eq!((fetch(here.path(), &[]).code, locked().code), (0, 0));
    assert_eq!(server.asked(), ["/a.json"]);

    write("s/other.json", &refers_to(&server.uri("/b.json")));
    told("refers to http://");
    assert_eq!((fetch(here.path(), &[]).code, locked().code), (0, 0));
    fs::remove_file(here.path().join("s/other.json")).expect("it is there");
    told("isomorph.lock: nothing refers to http://");
    assert_eq!((fetch(here.path(), &[]).code, locked().code), (0, 0));
    assert!(!here.path().join(file.replace("a.json", "b.json")).exists());
}

#[test]
fn what_changed_elsewhere_is_taken_only_if_that_is_asked_for() {
    let server = Server::new();
    server.has("/a.json", "{}");
    let here = folder(&[("s/own.json", &refers_to(&server.uri("/a.json")))]);
    assert_eq!(fetch(here.path(), &[]).code, 0);
    server.has("/a.json", r#"{"type": "null"}"#);
    let file = format!("vendor/{}/a.json", server.host());
    fs::remove_file(here.path().join(&file)).expect("it is there");
    let run = fetch(here.path(), &[]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("no longer what it was when it was fetched"), "{}", run.stderr);
    assert!(!here.path().join(&file).exists());
    assert_eq!(fetch(here.path(), &["--update"]).code, 0);
    assert_eq!(read(&here, &file), r#"{"type": "null"}"#);
    assert_eq!(fetch(here.path(), &["--locked"]).code, 0);
}

#[test]
fn what_does_not_come_is_told_and_nothing_is_written() {
    let server = Server::new();
    let large = "x".repeat(33 << 20);
    server
        .has("/good", "{}")
        .answers_with("/moved", 302, "Location: /good\r\n", "")
        .answers_with("/round", 302, "Location: HERE/round\r\n", "")
        .answers_with("/scheme", 301, "Location: https://127.0.0.1/good\r\n", "")
        .answers_with("/file", 301, "Location: file:///etc/passwd\r\n", "")
        .answers_with("/page", 200, "Content-Type: text/html\r\n", "<html>")
        .has("/large", &large)
        .has("/twice", r#"{"a": 1, "a": 2}"#);
    for (path, expected) in [
        ("/gone", "the server answers 404"),
        ("/round", "it is redirected more than 5 times"),
        ("/scheme", "it is redirected to another scheme, https://127.0.0.1/good"),
        ("/file", "it is redirected to another scheme, file:///etc/passwd"),
        ("/page", "it is no schema"),
        ("/large", "it is larger than 32 MB"),
        ("/twice", "the key `a` comes twice"),
    ] {
        let refers = format!(
            r#"{{"allOf": [{}, {}]}}"#,
            refers_to(&server.uri(path)),
            refers_to(&server.uri("/moved"))
        );
        let here = folder(&[("s/own.json", &refers)]);
        let run = fetch(here.path(), &[]);
        assert_eq!(run.code, 2, "{path}");
        assert!(
            run.stderr.contains(expected) && run.stderr.contains("nothing is written"),
            "{path}: {}",
            run.stderr
        );
        assert!(
            !here.path().join("vendor").exists() && !here.path().join("isomorph.lock").exists(),
            "{path}"
        );
        let run = fetch(here.path(), &["--unresolved", "reject"]);
        assert_eq!(run.code, 0, "{path}: {}", run.stderr);
        assert_eq!(read(&here, "isomorph.lock").matches("[[document]]").count(), 1, "{path}");
    }
}

#[test]
fn nobody_of_this_machine_or_its_network_is_asked_unless_that_is_allowed() {
    let server = Server::new();
    server.has("/a.json", "{}");
    let port = server.address.rsplit(':').next().unwrap_or_default();
    for host in ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433", "0x7f.1"] {
        let here = folder(&[("s/own.json", &refers_to(&format!("http://{host}:{port}/a.json")))]);
        let run = isomorph(here.path(), &["fetch", "--schema", "s"]);
        assert_eq!(run.code, 2, "{host}");
        assert!(run.stderr.contains("say `--allow-local`"), "{host}: {}", run.stderr);
    }
    assert_eq!(server.asked(), [""; 0]);
}

#[test]
fn only_what_was_fetched_is_written_over() {
    let server = Server::new();
    server.has("/a.json", "{}");
    let file = format!("vendor/{}/a.json", server.host());
    let here = folder(&[("s/own.json", &refers_to(&server.uri("/a.json"))), (&file, "mine")]);
    let run = fetch(here.path(), &[]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("the file there was not fetched"), "{}", run.stderr);
    assert_eq!(read(&here, &file), "mine");
    for vendor in ["../out", "/out", "."] {
        let run = fetch(here.path(), &["--vendor", vendor]);
        assert_eq!(run.code, 2, "{vendor}");
        assert!(run.stderr.contains("must be a folder below"), "{}", run.stderr);
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    let server = Server::new();
    server.has("/a.json", "{}");
    let elsewhere = folder(&[]);
    let here = folder(&[("s/own.json", &refers_to(&server.uri("/a.json")))]);
    std::os::unix::fs::symlink(elsewhere.path(), here.path().join("vendor")).expect("a link");
    let run = fetch(here.path(), &[]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("a symbolic link is there"), "{}", run.stderr);
    assert!(!here.path().join("isomorph.lock").exists());
}
