//! Generated files and the ones on disk.

#![expect(clippy::disallowed_methods, reason = "it replaces files, and compares them")]

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::leftovers;
use crate::print::{File, MARK};
use crate::swap::swap;

/// A file that is not as the generator would write it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// The file.
    pub path: PathBuf,
    /// What it holds; `None` if it is not there.
    pub found: Option<String>,
    /// What it should hold; `None` if it should not be there.
    pub expected: Option<String>,
}

/// The files in `folder` that differ from `files`: changed, missing, or left over from another run.
///
/// # Errors
///
/// If a file that is there cannot be read.
pub fn differences(folder: &Path, files: &[File]) -> Result<Vec<Difference>, Error> {
    let mut differences = Vec::new();
    for file in files {
        differences.extend(difference(&folder.join(&file.name), &file.text)?);
    }
    differences.extend(left_over(folder, files)?);
    Ok(differences)
}

/// How a file differs from a text, if it does.
///
/// # Errors
///
/// If it cannot be read.
pub fn difference(path: &Path, text: &str) -> Result<Option<Difference>, Error> {
    let found = read_if_there(path)?;
    let is_same = found.as_ref().is_some_and(|found| is_same(found, text));
    let different = || Difference { path: path.to_owned(), found, expected: Some(text.to_owned()) };
    Ok((!is_same).then(different))
}

/// Writes a lock, which was read before.
///
/// # Errors
///
/// If it cannot be written, or is a symbolic link.
pub fn replace_lock(difference: &Difference) -> Result<(), Error> {
    let Difference { path, expected: Some(text), .. } = difference else { return Ok(()) };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let failed = |error: tempfile::PersistError| Error::Write { path: path.clone(), source: error.error };
    temporary(folder, path, text)?.persist(path).map(drop).map_err(failed)
}

/// Whether a file is as expected, but for the line ends that a checkout may have made of it.
fn is_same(found: &str, expected: &str) -> bool {
    found == expected || found.contains("\r\n") && found.replace("\r\n", "\n") == expected
}

/// Writes what differs, and removes files left over from another run.
///
/// # Errors
///
/// If a file cannot be written, or is a symbolic link.
pub fn write(folder: &Path, files: &[File]) -> Result<Vec<Difference>, Error> {
    let differences = differences(folder, files)?;
    replace(folder, &differences)?;
    Ok(differences)
}

/// Writes what differs, and nothing else.
///
/// # Errors
///
/// If a file cannot be written, or is a symbolic link.
pub fn write_only(folder: &Path, files: &[File]) -> Result<Vec<Difference>, Error> {
    let mut differences = differences(folder, files)?;
    differences.retain(|difference| difference.expected.is_some());
    replace(folder, &differences)?;
    Ok(differences)
}

/// Writes all files to temporary ones first, then puts these in place of the old ones with nothing in between, so that a file is
/// never half written. What a run left that was killed goes, and so do files of which nothing is left.
fn replace(folder: &Path, differences: &[Difference]) -> Result<(), Error> {
    fs::create_dir_all(folder).map_err(|source| Error::Write { path: folder.to_owned(), source })?;
    leftovers::clear(folder);
    let (mut ready, mut gone) = (Vec::new(), Vec::new());
    for Difference { path, expected, .. } in differences {
        match expected {
            Some(text) => ready.push((prepare(folder, path, text)?, path.as_path())),
            None => gone.push(path.as_path()),
        }
    }
    swap(folder, ready, &gone)
}

fn prepare(folder: &Path, path: &Path, text: &str) -> Result<tempfile::NamedTempFile, Error> {
    let failed = |source| Error::Write { path: path.to_owned(), source };
    is_no_link(path)?;
    if let Some(found) = read_if_there(path)?
        && !found.is_empty()
        && !found.starts_with(MARK)
    {
        return Err(failed(io::Error::other("the file there was not generated; remove it, or name another")));
    }
    temporary(folder, path, text)
}

fn is_no_link(path: &Path) -> Result<(), Error> {
    let reason = "it is a symbolic link; remove it, or name the file that it leads to";
    let link = || Error::Write { path: path.to_owned(), source: io::Error::other(reason) };
    if path.is_symlink() { Err(link()) } else { Ok(()) }
}

/// A file that is to replace the one at a path.
fn temporary(folder: &Path, path: &Path, text: &str) -> Result<tempfile::NamedTempFile, Error> {
    let failed = |source| Error::Write { path: path.to_owned(), source };
    is_no_link(path)?;
    let mut temporary = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As `File::create` makes it: less what the umask takes.
        temporary.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut temporary = leftovers::temporary(&mut temporary, folder).map_err(failed)?;
    temporary.write_all(text.as_bytes()).map_err(failed)?;
    Ok(temporary)
}

/// The text of a file; `None` if there is none.
///
/// # Errors
///
/// If it cannot be read.
pub fn read_if_there(path: &Path) -> Result<Option<String>, Error> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(_) if path.is_dir() => {
            let source = io::Error::other("it is a folder, and a file is to be there; move it away");
            Err(Error::Read { path: path.to_owned(), source })
        }
        Err(source) => Err(Error::Read { path: path.to_owned(), source }),
    }
}

/// Files that carry the generator's mark and that it would not write now.
fn left_over(folder: &Path, files: &[File]) -> Result<Vec<Difference>, Error> {
    let failed = |source| Error::Read { path: folder.to_owned(), source };
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(failed(source)),
    };
    let mut paths = Vec::new();
    for entry in entries {
        paths.push(entry.map_err(failed)?.path());
    }
    paths.sort();
    let expected = |path: &Path| files.iter().any(|file| path.file_name().is_some_and(|n| *n == *file.name));
    let mut left_over = Vec::new();
    for path in paths
        .into_iter()
        .filter(|path| path.extension().is_some_and(|e| e == "rs") && !expected(path) && !path.is_dir())
    {
        let found = read_if_there(&path)?.filter(|text| text.starts_with(MARK));
        left_over.extend(found.map(|text| Difference { path, found: Some(text), expected: None }));
    }
    Ok(left_over)
}
