use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use super::arguments::Arguments;
use super::once;

/// How often files are looked at. Asking each for its time works on every file system, also on those that
/// tell nobody of changes.
const INTERVAL: Duration = Duration::from_millis(300);

/// Checks again whenever an instance or a schema changes, comes or goes, until it is interrupted.
pub fn watch(arguments: &Arguments, stop: &Arc<AtomicBool>) -> ExitCode {
    let mut code = 2;
    while !stop.load(Ordering::Relaxed) {
        let files = match once(arguments, stop) {
            Ok((summary, files)) => {
                code = summary.exit_code();
                files
            }
            // A schema is broken for a moment while it is edited; what was named is still looked at.
            Err(error) => {
                eprintln!("error: {error}");
                arguments.schema.iter().map(PathBuf::from).chain(arguments.inputs.iter().cloned()).collect()
            }
        };
        if stop.load(Ordering::Relaxed) {
            break;
        }
        eprintln!("watching {} files; interrupt to end", files.len());
        wait_for_change(arguments, &files, stop);
    }
    ExitCode::from(code)
}

fn wait_for_change(arguments: &Arguments, files: &[PathBuf], stop: &AtomicBool) {
    let folders = arguments.inputs.iter().filter(|input| input.is_dir()).cloned();
    let watched: Vec<PathBuf> = files.iter().cloned().chain(folders).collect();
    let before = times(&watched);
    while !stop.load(Ordering::Relaxed) && times(&watched) == before {
        std::thread::sleep(INTERVAL);
    }
}

/// When each file was changed, and how large it is; `None` for one that is not there.
fn times(files: &[PathBuf]) -> BTreeMap<&PathBuf, Option<(SystemTime, u64)>> {
    let time = |path: &PathBuf| {
        let metadata = path.metadata().ok()?;
        Some((metadata.modified().ok()?, metadata.len()))
    };
    files.iter().map(|path| (path, time(path))).collect()
}
