//! `isomorph play`: the page is served, and what takes too much ends the process that answers, not the server.

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// The tool while it serves; it ends with the test.
struct Served {
    tool: Child,
    host: String,
    path: String,
}

impl Served {
    fn new(folder: &Path, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_isomorph"));
        command.arg("play").args(arguments).current_dir(folder).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut tool = command.spawn().expect("it starts");
        let mut line = String::new();
        BufReader::new(tool.stdout.take().expect("it is piped"))
            .read_line(&mut line)
            .expect("it prints a line");
        let url = line.trim().strip_prefix("http://").expect("it prints its address");
        let (host, path) = url.split_once('/').expect("there is a token");
        Self { host: host.to_owned(), path: format!("/{path}"), tool }
    }

    fn send(&self, method: &str, path: &str, body: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.host).expect("it listens");
        let (host, length) = (&self.host, body.len());
        let head = format!(
            "{method} {}{path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nContent-Type: application/json\r\n\
             Content-Length: {length}\r\n\r\n",
            self.path
        );
        stream
            .write_all(head.as_bytes())
            .and_then(|()| stream.write_all(body.as_bytes()))
            .expect("it is taken");
        let mut response = String::new();
        stream.read_to_string(&mut response).expect("it is answered");
        let status = response.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        let body = response.split_once("\r\n\r\n").expect("a body").1.to_owned();
        (status, body)
    }

    fn ask(&self, question: &Value) -> (u16, Value) {
        let (status, body) = self.send("POST", "ask", &question.to_string());
        (status, serde_json::from_str(&body).unwrap_or(Value::String(body)))
    }

    fn is_alive(&self) -> bool {
        let (status, answer) =
            self.ask(&json!({"about": "types", "schema": {"text": "{\"title\": \"Alive\"}"}}));
        status == 200 && answer["isMade"] == true
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.tool.kill().expect("it runs until it is ended");
        self.tool.wait().expect("it ends");
    }
}

/// A schema of about so many bytes, all of which becomes types.
fn large(bytes: usize) -> String {
    let mut text = "{\"$defs\": {".to_owned();
    let mut number = 0;
    while text.len() < bytes {
        let comma = if number > 0 { "," } else { "" };
        write!(
            text,
            "{comma}\"Entry{number}\": {{\"type\": \"object\", \"properties\": {{\"kind\": {{\"enum\": [\"a\", \"b{number}\"]}}}}}}"
        )
        .expect("a string takes it");
        number += 1;
    }
    text + "}}"
}

#[test]
fn the_files_that_are_named_are_what_the_page_begins_with() {
    let here = tempfile::tempdir().expect("a folder");
    let schema = "\u{FEFF}{\"properties\": {\"line\": {\"$ref\": \"parts/line.json\"}}}";
    fs::create_dir(here.path().join("parts")).expect("a folder");
    for (file, text) in [
        ("order.json", schema),
        (
            "parts/line.json",
            "{\"title\": \"Line\", \"type\": \"object\", \"properties\": {\"n\": {\"type\": \"integer\"}}}",
        ),
        ("monday.yaml", "line: {n: x}\n"),
    ] {
        fs::write(here.path().join(file), text).expect("a file");
    }
    let served = Served::new(here.path(), &["order.json", "--instance", "monday.yaml"]);
    assert_eq!(served.send("GET", "", "").0, 200);
    let start: Value = serde_json::from_str(&served.send("GET", "start", "").1).expect("it is JSON");
    assert_eq!((&start["name"], &start["instance"]), (&json!("order.json"), &json!("line: {n: x}\n")));
    let text = start["schema"].as_str().expect("a text");
    assert!(text.starts_with('{'), "a byte order mark is no part of the text");
    let (_, types) = served.ask(&json!({"about": "types", "schema": {"text": text}}));
    assert!(types["rust"].as_str().is_some_and(|rust| rust.contains("pub struct Line")), "{types}");
    let question =
        json!({"about": "instance", "schema": {"text": text}, "instance": {"text": "line: {n: x}"}});
    assert_eq!(served.ask(&question).1["verdict"], "invalid");
}

#[test]
fn what_takes_too_long_is_ended_and_others_are_answered() {
    let here = tempfile::tempdir().expect("a folder");
    let served = Served::new(here.path(), &["--time", "1"]);
    let question = json!({"about": "types", "schema": {"text": large(4_000_000)}});
    thread::scope(|scope| {
        let slow: Vec<_> = (0..2).map(|_| scope.spawn(|| served.ask(&question))).collect();
        let begun = Instant::now();
        assert!(served.is_alive(), "another question waits for those that take too long");
        for one in slow {
            let (status, why) = one.join().expect("it is answered");
            assert_eq!((status, why), (504, json!("it takes more than 1 s, and was ended")));
        }
        assert!(begun.elapsed() < Duration::from_secs(20));
    });
    assert!(served.is_alive());
}

#[test]
fn many_questions_at_once_are_all_answered() {
    let here = tempfile::tempdir().expect("a folder");
    let served = Served::new(here.path(), &[]);
    thread::scope(|scope| {
        for number in 0..12 {
            let served = &served;
            scope.spawn(move || {
                let schema = format!("{{\"title\": \"Type{number}\", \"type\": \"object\"}}");
                let (status, types) = served.ask(&json!({"about": "types", "schema": {"text": schema}}));
                assert_eq!(status, 200, "{types}");
                assert_eq!(types["definitions"][0]["name"], format!("Type{number}"));
            });
        }
    });
}

#[test]
fn what_changed_is_proven_by_processes_of_their_own() {
    let here = tempfile::tempdir().expect("a folder");
    let served = Served::new(here.path(), &[]);
    let text = |schema: &str| json!({"text": schema});
    let question = json!({
        "about": "changes",
        "before": text("{\"type\": \"integer\", \"minimum\": 3}"),
        "schema": text("{\"anyOf\": [{\"type\": \"integer\", \"minimum\": 2}, {\"type\": \"string\"}]}"),
    });
    let (status, changes) = served.ask(&question);
    assert_eq!(status, 200, "{changes}");
    assert_eq!(changes["data"]["old_data"]["verdict"], "compatible");
    assert_eq!(changes["data"]["new_data"]["verdict"], "breaking");
    assert_eq!(changes["api"]["release"], "major", "{changes}");
}

#[test]
fn what_cannot_be_begun_with_is_told() {
    let here = tempfile::tempdir().expect("a folder");
    for arguments in [&["gone.json"][..], &["--instance", "gone.json"], &["."], &["--time", "0"]] {
        let output = Command::new(env!("CARGO_BIN_EXE_isomorph"))
            .arg("play")
            .args(arguments)
            .current_dir(here.path())
            .output()
            .expect("it runs");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_process_that_answers_ends_with_the_tool_whatever_it_is_at() {
    let here = tempfile::tempdir().expect("a folder");
    let served = Served::new(here.path(), &["--time", "60"]);
    let children = |of: u32| -> Vec<u32> {
        let text = fs::read_to_string(format!("/proc/{of}/task/{of}/children")).unwrap_or_default();
        text.split_whitespace().filter_map(|id| id.parse().ok()).collect()
    };
    let mut stream = TcpStream::connect(&served.host).expect("it listens");
    let body = json!({"about": "types", "schema": {"text": large(8_000_000)}}).to_string();
    let head = format!(
        "POST {}ask HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        served.path,
        served.host,
        body.len()
    );
    stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes())).expect("it is taken");
    thread::sleep(Duration::from_millis(300));
    let workers = children(served.tool.id());
    assert!(!workers.is_empty(), "somebody answers");
    drop(served);
    let begun = Instant::now();
    let is_there = |id: &u32| {
        fs::read_to_string(format!("/proc/{id}/cmdline")).is_ok_and(|line| line.contains("play-worker"))
    };
    while workers.iter().any(is_there) {
        assert!(begun.elapsed() < Duration::from_secs(5), "a process is left");
        thread::sleep(Duration::from_millis(20));
    }
}
