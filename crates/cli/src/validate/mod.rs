//! `isomorph validate`: are instances what their schema says, and where are they not?
//!
//! `isomorph-check` knows; here is what only a command line has: when to begin and to stop, colours and progress.

mod as_schema;
mod configured;
mod once;
mod progress;
mod watch;

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::command_line::Validate;
use crate::failure::Failure;

/// Checks instances; again and again if it is told to watch.
pub fn run(arguments: &Validate) -> Result<ExitCode, Failure> {
    if arguments.as_schema {
        return as_schema::as_schemas(arguments);
    }
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    // Without a handler an interrupt ends the run without a summary, which is no reason not to run. The
    // second interrupt does so in any case.
    _ = ctrlc::set_handler(move || {
        if flag.swap(true, Ordering::Relaxed) {
            std::process::exit(2);
        }
    });
    if arguments.watch {
        return Ok(watch::watch(arguments, &stop));
    }
    once::once(arguments, &stop).map(|done| done.exit_code())
}
