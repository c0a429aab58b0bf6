use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use isomorph_schema::Configuration;

use super::once::once;
use crate::command_line::Validate;
use crate::configuration::configuration_files;
use crate::say::say;
use crate::schemas::folder_of;
use crate::watch::{Bell, inside, times};

/// How long a change is left alone, so that a file is not read while it is half written.
const SETTLE: Duration = Duration::from_millis(50);
/// How far the times of files may be behind the clock.
const COARSE: Duration = Duration::from_millis(20);

/// Checks again whenever an instance or a schema changes, comes or goes, until it is interrupted.
pub fn watch(arguments: &Validate, stop: &Arc<AtomicBool>) -> ExitCode {
    let mut code = ExitCode::from(2);
    while !stop.load(Ordering::Relaxed) {
        let start = SystemTime::now();
        let (mut files, is_broken) = match once(arguments, stop) {
            Ok(done) => {
                code = done.exit_code();
                let is_unfinished = done.is_unfinished();
                (done.files, is_unfinished)
            }
            // A schema is broken for a moment while it is edited.
            Err(failure) => {
                say(format_args!("{}", failure.told()));
                (arguments.inputs.clone(), true)
            }
        };
        files.extend(said_in(arguments));
        if is_broken {
            files.extend(schemas(arguments).iter().flat_map(|folder| inside(folder)));
        }
        files.sort_unstable();
        files.dedup();
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let count = files.iter().filter(|path| !path.is_dir()).count();
        say(format_args!("watching {count} files; interrupt to end"));
        wait_for_change(&files, start, stop);
    }
    code
}

/// The files that say what is checked, and those that may: the configurations, and what problems are known.
fn said_in(arguments: &Validate) -> Vec<PathBuf> {
    let configured = if arguments.schema.is_empty() { configuration_files() } else { Vec::new() };
    configured.into_iter().chain(arguments.baseline.clone()).collect()
}

/// The folders of the schemas that are named: where one cannot be read, the fault may be in any that it refers to.
fn schemas(arguments: &Validate) -> Vec<PathBuf> {
    if !arguments.schema.is_empty() {
        let named = arguments.schema.iter().map(|name| folder_of(Path::new(name)));
        return named.chain(arguments.references.map.iter().map(|(_, file)| file.clone())).collect();
    }
    let found = env::current_dir().ok().and_then(|here| Configuration::nearest(&here).ok());
    let found = found.unwrap_or_default();
    found.iter().flat_map(|one| one.schemas.iter().map(|name| folder_of(name))).collect()
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
