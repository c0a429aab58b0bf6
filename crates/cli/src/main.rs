//! `isomorph`: JSON Schemas in, Rust types out that are the schema.

mod bounded;
mod canonical;
mod command_line;
mod configuration;
mod diff;
mod documentation;
mod failure;
#[cfg(feature = "fetch")]
mod fetch;
mod generate;
mod init;
mod play;
mod report;
mod sample;
mod say;
mod schema;
mod schemas;
mod shortened;
mod stopwatch;
mod stream;
mod validate;
mod watch;
mod whole_file;

use std::process::ExitCode;

use clap::Parser;

use command_line::{Arguments, Command};

/// In bytes. Schemas and instances are walked by recursion; how deep they may be is limited when they are read, and
/// only what is used of the stack is ever real memory.
const STACK: usize = 256 << 20;

fn main() -> ExitCode {
    let command = Arguments::parse().command;
    let result = stacker::grow(STACK, || match command {
        Command::Generate(arguments) => generate::run(&arguments),
        Command::Report(arguments) => report::run(&arguments),
        Command::Validate(arguments) => validate::run(&arguments),
        Command::Completions(arguments) => documentation::completions(&arguments),
        Command::Man(arguments) => documentation::man(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Sample(arguments) => sample::run(&arguments),
        #[cfg(feature = "fetch")]
        Command::Fetch(arguments) => fetch::run(&arguments),
        Command::Play(arguments) => play::run(&arguments),
        Command::PlayWorker => play::work(),
        Command::Canonical => canonical::run(),
    });
    result.unwrap_or_else(|failure| {
        if !failure.is_closed_pipe() {
            say::say(format_args!("{}", failure.told()));
        }
        ExitCode::from(2)
    })
}
