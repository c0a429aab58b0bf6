//! Temporary files, and those that runs left which were killed.

#![expect(clippy::disallowed_methods, reason = "it looks for files, and removes them")]

use std::fs::{self, DirEntry};
use std::io;
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

/// What temporary files are called, with something random behind it.
const PREFIX: &str = ".isomorph-tmp-";

/// A temporary file that is known to be in use for as long as it is open. `builder` says what else there is to say of it.
pub fn temporary(builder: &mut Builder, folder: &Path) -> io::Result<NamedTempFile> {
    let file = builder.prefix(PREFIX).tempfile_in(folder)?;
    in_use::claim(&file);
    Ok(file)
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
    use std::fs::{DirEntry, OpenOptions};

    use rustix::fs::{FlockOperation, flock};
    use tempfile::NamedTempFile;

    pub fn claim(file: &NamedTempFile) {
        // Where a file system knows no locks, another run may take it for left over: then this one says that it is gone.
        let _ = flock(file, FlockOperation::NonBlockingLockExclusive);
    }

    pub fn is_none(entry: &DirEntry) -> bool {
        let file = OpenOptions::new().read(true).open(entry.path());
        file.is_ok_and(|file| flock(&file, FlockOperation::NonBlockingLockExclusive).is_ok())
    }
}

/// A file is used for a moment, unless its user was killed.
#[cfg(not(unix))]
mod in_use {
    use std::fs::DirEntry;
    use std::time::Duration;

    use tempfile::NamedTempFile;

    /// A long moment.
    const MOMENT: Duration = Duration::from_secs(600);

    pub fn claim(_: &NamedTempFile) {}

    pub fn is_none(entry: &DirEntry) -> bool {
        let modified = entry.metadata().and_then(|about| about.modified());
        modified.is_ok_and(|then| then.elapsed().is_ok_and(|since| since > MOMENT))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{clear, temporary};

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
