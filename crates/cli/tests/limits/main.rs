//! Generating from a hostile schema, and comparing and sampling large ones, stays within the time and the memory that are allowed for
//! it. The operating system enforces both, on the tool itself.

#![cfg(unix)]

#[allow(dead_code, reason = "only the schemas matter here")]
#[path = "../../../../codegen/tests/any_schema/case.rs"]
mod case;
#[path = "../corpora/mod.rs"]
mod corpora;
#[cfg(target_os = "linux")]
mod greatest;
#[path = "../../../../codegen/tests/any_schema/hostile.rs"]
mod hostile;
#[path = "../evolution/pairs.rs"]
mod pairs;
#[path = "../repository/mod.rs"]
mod repository;
mod shapes;

use std::fs;
use std::path::Path;
use std::process::{Command, ExitStatus};

use case::{Case, Settings};

/// Seconds of processor time.
const SECONDS: u32 = 10;
/// Address space, in KiB: 1 GiB.
const MEMORY: u32 = 1 << 20;

/// Runs the tool in a folder, with so many seconds of processor time.
fn run(folder: &Path, seconds: u32, arguments: &[&str]) -> ExitStatus {
    run_within(folder, (seconds, MEMORY), arguments)
}

/// The same, within so much address space, in KiB.
fn run_within(folder: &Path, (seconds, memory): (u32, u32), arguments: &[&str]) -> ExitStatus {
    let limits = format!("ulimit -t {seconds} && ulimit -v {memory} && exec \"$0\" \"$@\"");
    let mut command = Command::new("sh");
    command.args(["-c", &limits, env!("CARGO_BIN_EXE_isomorph")]).args(arguments).current_dir(folder);
    command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    command.status().expect("a shell")
}

#[test]
fn every_hostile_schema_ends_within_ten_seconds_and_a_gibibyte() {
    let mut schemas: Vec<(String, String)> =
        hostile::cases().into_iter().map(|case| (case.name, case.schema.to_string())).collect();
    for depth in [129, 100_000] {
        let text = format!("{}{{}}{}", r#"{"items":"#.repeat(depth), "}".repeat(depth));
        schemas.push((format!("depth {depth}"), text));
    }
    schemas.push(("a pattern too large for any engine".into(), r#"{"pattern": "a{1000000}"}"#.into()));
    let here = tempfile::tempdir().expect("a temporary folder");
    for (name, schema) in schemas {
        fs::write(here.path().join("hostile.json"), schema).expect("a file");
        let status =
            run(here.path(), SECONDS, &["generate", "--schema", "hostile.json", "--out", "hostile.rs"]);
        assert!(matches!(status.code(), Some(0 | 2)), "{name}: {status}");
    }
}

/// How large the shapes are, and how many seconds the tool is told to take for one, and may take of processor time beyond. Not optimised it is
/// slow, and reads as much as ever.
const LARGE: (usize, u32, u32) = if cfg!(debug_assertions) { (600, 1, 4) } else { (10_000, 2, 1) };

/// Holds commands to their time on every shape.
fn hold(commands: &[&[&str]]) {
    let (size, time, more) = LARGE;
    let here = tempfile::tempdir().expect("a temporary folder");
    for shape in shapes::all(size) {
        fs::write(here.path().join("old.json"), shape.old.to_string()).expect("a file");
        fs::write(here.path().join("new.json"), shape.new.to_string()).expect("a file");
        for command in commands {
            let status =
                run(here.path(), time + more, &[command, &["--time", &time.to_string()][..]].concat());
            let is_right = match status.code() {
                Some(0 | 1) => !shape.is_refused,
                code => shape.is_refused && code == Some(2),
            };
            assert!(is_right, "{}: {command:?}: {status}", shape.name);
        }
    }
}

#[test]
fn what_is_large_is_compared_in_the_time_there_is() {
    hold(&[&["diff", "old.json", "new.json", "--no-api", "--compatibility", "full", "--format", "github"]]);
}

#[test]
fn what_is_large_is_compared_in_the_time_there_is_under_an_assumption_too() {
    hold(&[&["diff", "old.json", "new.json", "--no-api", "--assume-writers-send-only-declared"]]);
}

#[test]
fn what_is_large_is_sampled_in_the_time_there_is() {
    hold(&[
        &["sample", "old.json", "-n", "30", "--coverage"],
        &["sample", "old.json", "-n", "10", "--invalid"],
    ]);
}

/// The types of both sides are made on two processors, while a third compares; where there is no time for them that is said. Each has
/// a large stack, which is reserved and not used, so that of addresses they have more.
#[test]
fn types_of_what_is_large_are_compared_in_the_time_there_is() {
    let (size, time, more) = LARGE;
    let here = tempfile::tempdir().expect("a temporary folder");
    for shape in shapes::all(size) {
        fs::write(here.path().join("old.json"), shape.old.to_string()).expect("a file");
        fs::write(here.path().join("new.json"), shape.new.to_string()).expect("a file");
        let seconds = time.to_string();
        let arguments = ["diff", "old.json", "new.json", "--time", &seconds];
        let status = run_within(here.path(), (3 * (time + more), 4 * MEMORY), &arguments);
        // Of what refers to itself there is no type.
        assert!(matches!(status.code(), Some(0..=2)), "{}: {status}", shape.name);
    }
}
