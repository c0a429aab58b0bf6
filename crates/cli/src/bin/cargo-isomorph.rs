//! `cargo isomorph …`: what cargo runs for a command of that name. It runs the tool that stands beside it.

use std::ffi::OsString;
use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let tool = std::env::current_exe().map(|own| own.with_file_name("isomorph"));
    let status = tool.and_then(|tool| Command::new(tool).args(arguments()).status());
    match status.map(|status| status.code()) {
        Ok(Some(code)) => ExitCode::from(u8::try_from(code).unwrap_or(2)),
        Ok(None) => ExitCode::from(2),
        Err(error) => {
            eprintln!("error: cannot run `isomorph`, which belongs beside `cargo-isomorph`: {error}");
            ExitCode::from(2)
        }
    }
}

/// Cargo puts the name of the command in front.
fn arguments() -> impl Iterator<Item = OsString> {
    let all = std::env::args_os().skip(1);
    all.enumerate()
        .filter(|(index, argument)| *index > 0 || argument != "isomorph")
        .map(|(_, argument)| argument)
}
