//! Temporary files, and those that runs left which were killed.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "it looks for files, and removes them"
)]

use std::fs::{self, DirEntry, File};
use std::io;
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

/// What temporary files are called, with something random behind it.
const PREFIX: &str = ".isomorph-tmp-";

/// How often a file is made anew that another run took for left over before it was known to be in use.
const TRIES: usize = 16;

/// A temporary file that is known to be in use for as long as it is open. `builder` says what else there is to say of it.
pub fn temporary(builder: &mut Builder, folder: &Path) -> io::Result<NamedTempFile> {
    let mut file = builder.prefix(PREFIX).tempfile_in(folder)?;
    for _ in 0..TRIES {
        if in_use::claim(file.as_file()) && file.path().exists() {
            break;
        }
        file = builder.tempfile_in(folder)?;
    }
    Ok(file)
}

/// A file that is known to be in use, wherever it is moved, until this goes.
pub struct Claimed {
    _file: File,
}

impl Claimed {
    /// Claims a file, if there is a way to do so.
    pub fn of(path: &Path) -> Option<Self> {
        let file = File::open(path).ok()?;
        in_use::claim(&file).then_some(Self { _file: file })
    }
}

/// Removes the temporary files in a folder that nobody uses any more. They are in nobody's way, so it is no error if one stays.
pub fn clear(folder: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries.filter(is_left_over) {
        let _ = fs::remove_file(entry.path());
    }
}

fn is_left_over(entry: &DirEntry) -> bool {
    let is_ours = entry.file_name().to_str().is_some_and(|name| name.starts_with(PREFIX));
    is_ours && entry.file_type().is_ok_and(|kind| kind.is_file()) && in_use::is_none(entry)
}

/// Whoever uses a file has it locked; the system takes the lock from those that end.
#[cfg(unix)]
mod in_use {
    use std::fs::{DirEntry, File, OpenOptions};

    use rustix::fs::{FlockOperation, flock};
    use rustix::io::Errno;

    /// Whether nobody else has it. Where a file system knows no locks, another run may take it for left over: then this one
    /// says that it is gone.
    pub fn claim(file: &File) -> bool {
        flock(file, FlockOperation::NonBlockingLockExclusive) != Err(Errno::WOULDBLOCK)
    }

    pub fn is_none(entry: &DirEntry) -> bool {
        let file = OpenOptions::new().read(true).open(entry.path());
        file.is_ok_and(|file| flock(&file, FlockOperation::NonBlockingLockExclusive).is_ok())
    }
}

/// A file is used for a moment, unless its user was killed.
#[cfg(not(unix))]
mod in_use {
    use std::fs::{DirEntry, File};
    use std::time::Duration;

    /// A long moment.
    const MOMENT: Duration = Duration::from_secs(600);

    pub fn claim(_: &File) -> bool {
        true
    }

    pub fn is_none(entry: &DirEntry) -> bool {
        let modified = entry.metadata().and_then(|about| about.modified());
        modified.is_ok_and(|then| then.elapsed().is_ok_and(|since| since > MOMENT))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    #[cfg(unix)]
    use super::Claimed;
    use super::{clear, temporary};

    #[test]
    #[cfg(unix)]
    fn files_are_made_while_others_clear_the_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let is_done = std::sync::atomic::AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !is_done.load(std::sync::atomic::Ordering::Relaxed) {
                    clear(folder.path());
                }
            });
            let made: Vec<_> =
                (0..400).map(|_| temporary(&mut tempfile::Builder::new(), folder.path())).collect();
            let are_there = made.iter().all(|file| file.as_ref().is_ok_and(|file| file.path().is_file()));
            is_done.store(true, std::sync::atomic::Ordering::Relaxed);
            assert!(are_there);
        });
    }

    #[test]
    #[cfg(unix)]
    fn what_is_moved_aside_stays_until_it_is_let_go() {
        let folder = tempfile::tempdir().expect("a folder");
        let (old, aside) = (folder.path().join("model.rs"), folder.path().join(".isomorph-tmp-aside"));
        fs::write(&old, "old").expect("a file");
        let held = Claimed::of(&old);
        fs::rename(&old, &aside).expect("it is moved");
        clear(folder.path());
        assert!(aside.is_file());
        drop(held);
        clear(folder.path());
        assert!(!aside.is_file());
    }

    #[test]
    fn what_is_used_stays_and_what_is_not_goes() {
        let folder = tempfile::tempdir().expect("a folder");
        let used = temporary(&mut tempfile::Builder::new(), folder.path()).expect("a file");
        let left = folder.path().join(".isomorph-tmp-a1b2c3");
        let other = folder.path().join(".isomorph-notes");
        for path in [&left, &other] {
            fs::write(path, "half a fi").expect("a file");
        }
        clear(folder.path());
        assert!(used.path().is_file() && other.is_file());
        assert_eq!(left.is_file(), !cfg!(unix));
    }
}
