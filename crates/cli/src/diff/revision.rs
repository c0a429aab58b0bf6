//! Schemas as they were in a revision of a git repository.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::failure::Failure;

/// Whether git knows a revision of this name here.
pub fn exists(revision: &str) -> bool {
    // A name that begins with a dash is an option to git.
    let asked = ["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{revision}^{{commit}}")];
    git(&asked).is_ok()
}

/// Writes the files beside `path`, or in it if it is a folder, as they were in the revision, into a folder of their own.
/// Gives the folder, and where `path` is in it.
///
/// # Errors
///
/// If there was no such path, or git does not answer.
pub fn check_out(revision: &str, path: &Path) -> Result<(TempDir, PathBuf), Failure> {
    let failed = |message: String| Failure::Revision { revision: revision.to_owned(), message };
    let shown = path.to_string_lossy().replace('\\', "/");
    let kind = git(&["cat-file", "-t", &format!("{revision}:./{shown}")]).map_err(&failed)?;
    let is_folder = kind.starts_with(b"tree");
    let around = if is_folder { path } else { path.parent().unwrap_or(Path::new("")) };
    let around_shown = around.to_string_lossy().replace('\\', "/");
    let tree = format!("{revision}:./{around_shown}");
    let listed = git(&["ls-tree", "-z", "--full-tree", "--name-only", &tree]).map_err(&failed)?;
    let folder = tempfile::tempdir()?;
    for name in String::from_utf8_lossy(&listed).split('\0').filter(|name| is_schema(name)) {
        let separator = if around_shown.is_empty() || around_shown.ends_with('/') { "" } else { "/" };
        let text =
            git(&["show", &format!("{revision}:./{around_shown}{separator}{name}")]).map_err(&failed)?;
        std::fs::write(folder.path().join(name), text)?;
    }
    let place = match path.file_name() {
        Some(name) if !is_folder => folder.path().join(name),
        _ => folder.path().to_owned(),
    };
    Ok((folder, place))
}

/// A file as it was in a revision, if it was there.
pub fn file(revision: &str, path: &Path) -> Option<Vec<u8>> {
    git(&["show", &format!("{revision}:./{}", path.to_string_lossy().replace('\\', "/"))]).ok()
}

fn is_schema(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}

/// What git prints.
fn git(arguments: &[&str]) -> Result<Vec<u8>, String> {
    let output = Command::new("git").args(arguments).output().map_err(|error| format!("git: {error}"))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(String::from_utf8_lossy(&output.stderr).trim().to_owned())
}

/// The revision at which what is here branched off another.
///
/// # Errors
///
/// If there is none.
pub fn branching_point(revision: &str) -> Result<String, Failure> {
    let failed = |message: String| Failure::Revision { revision: revision.to_owned(), message };
    let found = git(&["merge-base", "--end-of-options", revision, "HEAD"]).map_err(failed)?;
    Ok(String::from_utf8_lossy(&found).trim().chars().take(12).collect())
}

/// A path as seen from the current folder, which git counts from.
pub fn from_here(path: &Path) -> PathBuf {
    let Ok(here) = std::env::current_dir() else { return path.to_owned() };
    let mut up = PathBuf::new();
    for folder in here.ancestors() {
        if let Ok(inside) = path.strip_prefix(folder) {
            let seen = up.join(inside);
            return if seen.as_os_str().is_empty() { ".".into() } else { seen };
        }
        up.push("..");
    }
    path.to_owned()
}

/// The last revisions in which a path changed, and the one that is checked out; none where git knows nothing.
pub fn of_path(path: &Path, most: usize) -> Vec<String> {
    let (count, shown) = (format!("-{most}"), path.to_string_lossy().into_owned());
    let head = git(&["rev-parse", "--short", "HEAD"]).ok();
    let listed = git(&["log", &count, "--format=%h", "--", &shown]).ok();
    let text = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).into_owned();
    let mut revisions: Vec<String> = Vec::new();
    for revision in head
        .iter()
        .chain(&listed)
        .flat_map(|bytes| text(bytes).lines().map(str::to_owned).collect::<Vec<_>>())
    {
        if !revisions.contains(&revision) {
            revisions.push(revision);
        }
    }
    revisions
}
