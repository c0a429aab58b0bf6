//! The tool as people use it: the built binary, its output and its exit codes.

mod book;
mod book_blocks;
#[path = "../corpora/mod.rs"]
mod corpora;
mod diff;
mod documentation;
mod documents;
#[cfg(feature = "fetch")]
mod fetch;
mod from_typify;
mod generate;
mod generate_settings;
mod init;
mod init_corpora;
mod references;
mod refused;
mod report;
#[path = "../repository/mod.rs"]
mod repository;
mod sample;
mod settings;
mod sources;
mod survived;
#[path = "../tool/mod.rs"]
mod tool;
mod versions;
mod watch;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use tool::{Run, folder};

/// Runs the tool in `folder`.
fn isomorph(folder: &Path, arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_isomorph"));
    command.current_dir(folder).args(arguments).output().expect("the tool starts").into()
}

/// Runs the tool in `folder`, with something on its standard input.
fn isomorph_with(folder: &Path, arguments: &[&str], text: &str) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_isomorph"));
    command.current_dir(folder).args(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = command.spawn().expect("the tool starts");
    let mut stdin = running.stdin.take().expect("it is piped");
    // What is refused before it is read is not read to its end.
    _ = stdin.write_all(text.as_bytes());
    drop(stdin);
    running.wait_with_output().expect("it ends").into()
}

fn read(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn help_shows_examples() {
    let here = folder(&[]);
    for command in ["", "generate", "report", "validate", "sample", "diff", "schema", "init", "fetch"] {
        let arguments: Vec<_> = [command, "--help"].into_iter().filter(|word| !word.is_empty()).collect();
        let run = isomorph(here.path(), &arguments);
        assert_eq!(run.code, 0);
        assert!(run.stdout.contains("Examples:"), "{arguments:?}: {}", run.stdout);
    }
}

#[test]
fn an_unknown_argument_could_not_run() {
    let here = folder(&[]);
    let run = isomorph(here.path(), &["generate", "--nonsense"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("--nonsense"), "{}", run.stderr);
    assert_eq!(isomorph(here.path(), &[]).code, 2);
}

#[test]
fn nobody_has_to_listen_to_what_is_said() {
    let here = folder(&[("any.json", "{}")]);
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let status = Command::new(env!("CARGO_BIN_EXE_isomorph"))
        .current_dir(here.path())
        .args(["sample", "any.json", "--invalid"])
        .stderr(writer)
        .status()
        .expect("the tool starts");
    assert_eq!(status.code(), Some(1));
}
