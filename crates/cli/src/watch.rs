//! Waiting for files to change.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

use ignore::WalkBuilder;
use isomorph_schema::is_schema_file;
use notify_debouncer_mini::notify::{RecommendedWatcher, RecursiveMode};
use notify_debouncer_mini::{DebounceEventResult, Debouncer, new_debouncer};

/// How long it is to be quiet after a change: a program saves several files, or one in two steps.
const QUIET: Duration = Duration::from_millis(50);
/// When files are looked at in any case: not every file system tells of changes.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often it is asked whether to stop.
const STEP: Duration = Duration::from_millis(100);

/// When each file was changed, and how large it is; `None` for one that is not there.
pub type Times = BTreeMap<PathBuf, Option<(SystemTime, u64)>>;

/// The times of files.
pub fn times(files: impl IntoIterator<Item = PathBuf>) -> Times {
    let time = |path: &Path| {
        let metadata = path.metadata().ok()?;
        Some((metadata.modified().ok()?, metadata.len()))
    };
    files.into_iter().map(|path| (path.clone(), time(&path))).collect()
}

/// Does something, and again after each change of these files, and of those in these folders and below, for ever. Which they are is asked
/// each time: a change may be that it is others.
pub fn watch(paths: impl Fn() -> Vec<PathBuf>, mut work: impl FnMut()) -> ! {
    let go_on = AtomicBool::new(false);
    loop {
        let paths = paths();
        let look = || times(paths.iter().flat_map(|path| inside(path)));
        // What is saved while it works is seen after that.
        let before = look();
        work();
        let bell = Bell::over(before.keys());
        while look() == before {
            bell.wait(&go_on);
        }
        sleep(QUIET);
    }
}

/// A file, or what is in a folder: everything, and in the folders below the schemas. What is named in ignore files is
/// left out.
pub fn inside(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_owned()];
    }
    let walked = WalkBuilder::new(path).require_git(false).build().flatten();
    let is_meant = |path: &Path, depth: usize| depth <= 1 || path.is_dir() || is_schema_file(path);
    walked.filter(|entry| is_meant(entry.path(), entry.depth())).map(ignore::DirEntry::into_path).collect()
}

/// Rings when something happens to files.
pub struct Bell {
    /// Without one it rings by itself.
    _debouncer: Option<Debouncer<RecommendedWatcher>>,
    rings: Receiver<DebounceEventResult>,
}

impl Bell {
    /// Over the folders of these files, and those that are folders themselves.
    pub fn over<'a>(paths: impl IntoIterator<Item = &'a PathBuf>) -> Self {
        let (ring, rings) = channel();
        // Where the system cannot tell, patience is all there is.
        let mut debouncer = new_debouncer(QUIET, ring).ok();
        let mut folders: Vec<&Path> = paths.into_iter().map(|path| folder_of(path)).collect();
        folders.sort_unstable();
        folders.dedup();
        for folder in folders {
            if let Some(debouncer) = &mut debouncer {
                // A file is replaced as often as it is written, so that its folder has to be asked.
                _ = debouncer.watcher().watch(folder, RecursiveMode::NonRecursive);
            }
        }
        Self { _debouncer: debouncer, rings }
    }

    /// Waits until it rings, or it is time to look anyway, or to stop.
    pub fn wait(&self, stop: &AtomicBool) {
        let start = Instant::now();
        while !stop.load(Ordering::Relaxed) && start.elapsed() < PATIENCE {
            match self.rings.recv_timeout(STEP) {
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => sleep(STEP),
                Ok(_) => return,
            }
        }
    }
}

fn folder_of(path: &Path) -> &Path {
    if path.is_dir() {
        return path;
    }
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::atomic::AtomicBool;
    use std::time::Instant;

    use super::{Bell, PATIENCE, inside, times};

    #[test]
    fn schemas_in_folders_below_are_looked_at_and_nothing_else_there() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let put = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        };
        for (name, text) in
            [("a.rs", ""), ("parts/b.json", "{}"), ("parts/b.rs", ""), ("target/c.json", "{}")]
        {
            put(name, text);
        }
        put(".gitignore", "target");
        let look = || times(inside(folder.path()));
        let seen = look();
        let names = ["a.rs", "parts", "parts/b.json", "parts/b.rs", "target/c.json"];
        let is_seen = names.map(|name| seen.contains_key(&folder.path().join(name)));
        assert_eq!(is_seen, [true, true, true, false, false]);
        put("parts/b.json", "{ }");
        assert_ne!(look(), seen);
        let changed = look();
        put("target/c.json", "{ }");
        assert_eq!(look(), changed);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn it_rings_before_patience_ends_when_a_file_is_replaced() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("a.json");
        fs::write(&file, "{}").expect("a file");
        let bell = Bell::over([&file]);
        let start = Instant::now();
        fs::write(folder.path().join("new"), "[]").expect("a file");
        fs::rename(folder.path().join("new"), &file).expect("it is replaced");
        bell.wait(&AtomicBool::new(false));
        assert!(start.elapsed() < PATIENCE, "{:?}", start.elapsed());
    }
}
