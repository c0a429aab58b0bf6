//! New files in place of old ones, so that none of either ever stands beside one of the other: whoever is killed in between leaves
//! files that are missing, which a compiler sees, and not two that do not belong together.

#![expect(clippy::disallowed_methods, reason = "it moves files")]

use std::fs;
use std::io;
use std::path::Path;

use tempfile::{Builder, NamedTempFile, TempPath};

use crate::error::Error;
use crate::leftovers::{self, Claimed};

/// What is done to one file.
enum Step<'p> {
    /// The old one goes, and is kept until all is done.
    Aside(&'p Path),
    /// The new one comes, in place of what is there.
    Put(NamedTempFile, &'p Path),
}

/// Puts new files where they belong, and takes away those of which nothing is left. Where one cannot be, all old ones are there again.
///
/// # Errors
///
/// If a file cannot be moved.
pub fn swap<'p>(
    folder: &'p Path,
    new: Vec<(NamedTempFile, &'p Path)>,
    gone: &[&'p Path],
) -> Result<(), Error> {
    let mut swapping = Swapping { folder, aside: Vec::new(), put: Vec::new() };
    for step in steps(new, gone) {
        let (Step::Aside(path) | Step::Put(_, path)) = step;
        if let Err(source) = swapping.take(step) {
            swapping.undo();
            return Err(Error::Write { path: path.to_owned(), source });
        }
    }
    Ok(())
}

/// All old files go before the first new one comes. One alone is replaced at once.
fn steps<'p>(new: Vec<(NamedTempFile, &'p Path)>, gone: &[&'p Path]) -> Vec<Step<'p>> {
    let is_one = new.len() + gone.len() == 1 && gone.is_empty();
    let old: Vec<&Path> = new.iter().map(|(_, path)| *path).chain(gone.iter().copied()).collect();
    let old = old.into_iter().filter(|path| !is_one && path.exists());
    let put = new.into_iter().map(|(file, path)| Step::Put(file, path));
    old.map(Step::Aside).chain(put).collect()
}

struct Swapping<'p> {
    folder: &'p Path,
    /// What was moved, from where, and that it is in use.
    aside: Vec<(TempPath, &'p Path, Option<Claimed>)>,
    put: Vec<&'p Path>,
}

impl<'p> Swapping<'p> {
    fn take(&mut self, step: Step<'p>) -> io::Result<()> {
        match step {
            Step::Aside(path) => {
                let place = leftovers::temporary(&mut Builder::new(), self.folder)?.into_temp_path();
                let held = Claimed::of(path);
                fs::rename(path, &place)?;
                self.aside.push((place, path, held));
            }
            Step::Put(file, path) => {
                file.persist(path)?;
                self.put.push(path);
            }
        }
        Ok(())
    }

    fn undo(self) {
        // What cannot be undone is left: the first error is the one to tell.
        for path in self.put {
            let _ = fs::remove_file(path);
        }
        for (place, path, _held) in self.aside {
            if fs::rename(&place, path).is_err() {
                // It is the only copy.
                let _ = place.keep();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write;
    use std::path::{Path, PathBuf};

    use tempfile::{NamedTempFile, TempDir};

    use super::{Swapping, steps, swap};
    use crate::leftovers::temporary;

    const NAMES: [&str; 4] = ["model.rs", "schema.rs", "read.rs", "documents.rs"];

    /// A folder with the first three of the files, and all their paths.
    fn folder() -> (TempDir, Vec<PathBuf>) {
        let folder = tempfile::tempdir().expect("a folder");
        let paths: Vec<_> = NAMES.iter().map(|name| folder.path().join(name)).collect();
        paths[..3].iter().for_each(|path| fs::write(path, "old").expect("a file"));
        (folder, paths)
    }

    fn new<'p>(folder: &Path, paths: &[&'p PathBuf]) -> Vec<(NamedTempFile, &'p Path)> {
        let file = |path: &&'p PathBuf| {
            let mut file = temporary(&mut tempfile::Builder::new(), folder).expect("a file");
            file.write_all(b"new").expect("room");
            (file, path.as_path())
        };
        paths.iter().map(file).collect()
    }

    fn found(paths: &[PathBuf]) -> Vec<Option<String>> {
        paths.iter().map(|path| fs::read_to_string(path).ok()).collect()
    }

    #[test]
    fn after_no_step_an_old_file_stands_beside_a_new_one() {
        for count in 0.. {
            let (folder, paths) = folder();
            // One is as it was, one is new, and one goes.
            let written = [&paths[0], &paths[1], &paths[3]];
            let gone = [paths[2].as_path()];
            let steps = steps(new(folder.path(), &written), &gone);
            let is_all = count > steps.len();
            let mut swapping = Swapping { folder: folder.path(), aside: Vec::new(), put: Vec::new() };
            steps.into_iter().take(count).for_each(|step| swapping.take(step).expect("it can be moved"));
            let found = found(&paths);
            let has = |text: &str| found.iter().flatten().any(|one| one == text);
            assert!(!has("old") || !has("new"), "{count} steps: {found:?}");
            if is_all {
                assert_eq!(found.iter().flatten().collect::<Vec<_>>(), ["new"; 3], "{found:?}");
                return;
            }
        }
    }

    #[test]
    fn one_file_alone_is_never_missing() {
        let (folder, paths) = folder();
        assert_eq!(steps(new(folder.path(), &[&paths[0]]), &[]).len(), 1);
    }

    #[test]
    fn where_one_cannot_be_put_all_are_as_they_were() {
        let (folder, mut paths) = folder();
        paths[3] = folder.path().join("missing").join("documents.rs");
        let written = [&paths[0], &paths[3], &paths[2]];
        assert!(swap(folder.path(), new(folder.path(), &written), &[&paths[1]]).is_err());
        let old = || Some("old".to_owned());
        assert_eq!(found(&paths), [old(), old(), old(), None]);
        let count = fs::read_dir(folder.path()).expect("a folder").count();
        assert_eq!(count, 3, "nothing else is left");
    }
}
