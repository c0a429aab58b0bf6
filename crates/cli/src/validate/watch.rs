use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use super::once::once;
use crate::command_line::Validate;
use crate::say::say;
use crate::watch::{Bell, times};

/// How long a change is left alone, so that a file is not read while it is half written.
const SETTLE: Duration = Duration::from_millis(50);
/// How far the times of files may be behind the clock.
const COARSE: Duration = Duration::from_millis(20);

/// Checks again whenever an instance or a schema changes, comes or goes, until it is interrupted.
pub fn watch(arguments: &Validate, stop: &Arc<AtomicBool>) -> ExitCode {
    let mut code = ExitCode::from(2);
    while !stop.load(Ordering::Relaxed) {
        let start = SystemTime::now();
        let files = match once(arguments, stop) {
            Ok(done) => {
                code = done.exit_code();
                done.files
            }
            // A schema is broken for a moment while it is edited; what was named is still looked at.
            Err(error) => {
                say(format_args!("error: {error}"));
                arguments.schema.iter().map(PathBuf::from).chain(arguments.inputs.iter().cloned()).collect()
            }
        };
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let count = files.iter().filter(|path| !path.is_dir()).count();
        say(format_args!("watching {count} files; interrupt to end"));
        wait_for_change(&files, start, stop);
    }
    code
}

/// Waits until one of the files is not as it was, or has changed since `start`.
fn wait_for_change(files: &[PathBuf], start: SystemTime, stop: &AtomicBool) {
    let bell = Bell::over(files);
    let before = times(files.iter().cloned());
    let start = start.checked_sub(COARSE).unwrap_or(start);
    let mut has_changed = before.values().flatten().any(|(time, _)| *time >= start);
    while !has_changed && !stop.load(Ordering::Relaxed) {
        bell.wait(stop);
        has_changed = times(files.iter().cloned()) != before;
    }
    sleep(SETTLE);
}
