//! Running git.

use std::io::{ErrorKind, Write};
use std::process::{Command, Stdio};

/// How it is said that there is no git.
const NO_GIT: &str = "git does not run";

/// What git prints, or what it says is wrong.
pub fn git(arguments: &[&str]) -> Result<Vec<u8>, String> {
    // What it says is looked at, so it says it in English.
    let output =
        Command::new("git").env("LC_ALL", "C").args(arguments).output().map_err(|error| said(&error))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(String::from_utf8_lossy(&output.stderr).trim().to_owned())
}

/// Why git can say nothing here, if that is so: it is not there, or there is no repository that it would read.
pub fn is_silent() -> Option<String> {
    git(&["rev-parse", "--git-dir"]).err()
}

/// What these objects hold, in their order: one process for all.
pub fn contents(objects: &[&str]) -> Result<Vec<Vec<u8>>, String> {
    let mut command = Command::new("git");
    command.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| said(&error))?;
    let asked = child.stdin.take();
    let lines = objects.iter().flat_map(|object| [object, "\n"]).collect::<String>();
    // It answers before it has heard everything.
    let asking = std::thread::spawn(move || asked.map(|mut asked| asked.write_all(lines.as_bytes())));
    let output = child.wait_with_output().map_err(|error| said(&error))?;
    let _ = asking.join();
    let mut rest = output.stdout.as_slice();
    let found: Option<Vec<_>> = objects.iter().map(|_| next_content(&mut rest)).collect();
    found.ok_or_else(|| "git does not have all that the revision has".to_owned())
}

/// The next object: a line of its hash, its type and its length, then what it holds and a line break.
fn next_content(rest: &mut &[u8]) -> Option<Vec<u8>> {
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let header = std::str::from_utf8(&rest[..end]).ok()?;
    let length: usize = header.rsplit(' ').next()?.parse().ok()?;
    let held = rest.get(end + 1..end + 1 + length)?.to_vec();
    *rest = rest.get(end + length + 2..)?;
    Some(held)
}

fn said(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => format!("{NO_GIT}: it is not installed, or not in PATH"),
        _ => format!("{NO_GIT}: {error}"),
    }
}
