//! Doing something again whenever files change.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

/// How often the files are looked at. A handful of them is looked at in microseconds, so that waiting to be told by
/// the operating system would save nothing.
const INTERVAL: Duration = Duration::from_millis(200);

/// Files, each with when it was changed and how long it is.
type Seen = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// Waits for changes of these files and of those in these folders, and does something after each; for ever.
pub fn watch(paths: &[PathBuf], mut changed: impl FnMut()) -> ! {
    let mut before = look(paths);
    loop {
        thread::sleep(INTERVAL);
        let now = look(paths);
        if now != before {
            // A program that saves several files, or one in two steps, is given the time to end.
            thread::sleep(INTERVAL / 4);
            before = look(paths);
            changed();
        }
    }
}

fn look(paths: &[PathBuf]) -> Seen {
    let mut seen = Seen::new();
    for path in paths {
        if path.is_dir() {
            let entries = fs::read_dir(path).into_iter().flatten().flatten();
            entries.for_each(|entry| note(&entry.path(), &mut seen));
        } else {
            note(path, &mut seen);
        }
    }
    seen
}

fn note(path: &Path, seen: &mut Seen) {
    if let Ok(data) = fs::metadata(path) {
        seen.insert(path.to_owned(), (data.modified().ok(), data.len()));
    }
}
