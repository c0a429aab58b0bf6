//! Schemas as they were in a revision of a git repository.

use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

use isomorph_schema::is_schema_file;
use tempfile::TempDir;

use crate::failure::Failure;

/// How it is said that there is no git.
const NO_GIT: &str = "git does not run";

/// Whether git knows a revision of this name here.
///
/// # Errors
///
/// If there is no git.
pub fn exists(revision: &str) -> Result<bool, Failure> {
    // A name that begins with a dash is an option to git.
    let asked = ["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{revision}^{{commit}}")];
    match git(&asked) {
        Ok(_) => Ok(true),
        Err(message) if message.starts_with(NO_GIT) => {
            Err(Failure::Revision { revision: revision.to_owned(), message })
        }
        Err(_) => Ok(false),
    }
}

/// What may help where a revision is not known.
pub fn help_of_shallow() -> &'static str {
    let is_shallow =
        git(&["rev-parse", "--is-shallow-repository"]).is_ok_and(|said| said.starts_with(b"true"));
    if is_shallow {
        "; this is a shallow clone: fetch its history (`git fetch --unshallow`, or `fetch-depth: 0` of actions/checkout)"
    } else {
        ""
    }
}

/// A path that is counted from the top of the repository, as seen from the current folder.
///
/// # Errors
///
/// If there is no repository here.
pub fn in_repository(path: &str) -> Result<PathBuf, Failure> {
    if let Some(path) = path.strip_prefix("./") {
        return Ok(PathBuf::from(path));
    }
    let failed = |message: String| Failure::Revision { revision: path.to_owned(), message };
    let up = git(&["rev-parse", "--show-cdup"]).map_err(failed)?;
    let seen = Path::new(String::from_utf8_lossy(&up).trim()).join(path);
    Ok(if seen.as_os_str().is_empty() { ".".into() } else { seen })
}

/// Whether a revision is there, and has nothing at a path.
pub fn lacks(revision: &str, path: &Path) -> bool {
    let is_plain = !path.to_string_lossy().contains(['*', '?', '[', '{', '#']);
    is_plain
        && exists(revision).is_ok_and(|exists| exists)
        && git(&["cat-file", "-e", &spec(revision, &from_here(path))]).is_err()
}

/// Schemas as they were in a revision.
pub struct CheckedOut {
    /// Where they are now.
    pub folder: TempDir,
    /// The paths that were asked for, there.
    pub paths: Vec<PathBuf>,
    /// The folder that references stay in, there, if one was asked for.
    pub within: Option<PathBuf>,
    /// The folders there, and as the user knows them.
    known: Vec<(PathBuf, PathBuf)>,
}

impl CheckedOut {
    /// The name of a file as the user knows it.
    pub fn shown(&self, file: &str) -> String {
        let name = |(there, known): &(PathBuf, PathBuf)| {
            Some(known.join(Path::new(file).strip_prefix(there).ok()?).to_string_lossy().replace('\\', "/"))
        };
        self.known.iter().find_map(name).unwrap_or_else(|| file.to_owned())
    }
}

/// Writes the files beside these paths, or in them and below where they are folders, or all in `within`, as they were in the
/// revision, into a folder of their own.
///
/// # Errors
///
/// If there was no such path, or git does not answer.
pub fn check_out(revision: &str, paths: &[PathBuf], within: Option<&Path>) -> Result<CheckedOut, Failure> {
    let folder = tempfile::tempdir()?;
    let mut checked_out = CheckedOut { folder, paths: Vec::new(), within: None, known: Vec::new() };
    for path in paths {
        let around = around(revision, path)?;
        let there = put(revision, &around, &mut checked_out)?;
        let inside = path.strip_prefix(&around).unwrap_or(Path::new(""));
        checked_out.paths.push(if inside.as_os_str().is_empty() { there } else { there.join(inside) });
    }
    if let Some(within) = within {
        checked_out.within = Some(put(revision, &from_here(within), &mut checked_out)?);
    }
    Ok(checked_out)
}

/// The folder that is looked at for a path: itself, or the one around a file or a glob.
fn around(revision: &str, path: &Path) -> Result<PathBuf, Failure> {
    let failed = |message: String| Failure::Revision { revision: revision.to_owned(), message };
    let kind = |path: &Path| git(&["cat-file", "-t", &spec(revision, path)]);
    let is_plain = |part: &&std::ffi::OsStr| !part.to_string_lossy().contains(['*', '?', '[', '{', '#']);
    let plain: PathBuf = path.iter().take_while(is_plain).collect();
    let is_whole = plain == path || kind(path).is_ok();
    let looked_at = if is_whole { path } else { plain.as_path() };
    let kind =
        if looked_at.as_os_str().is_empty() { b"tree".to_vec() } else { kind(looked_at).map_err(failed)? };
    if kind.starts_with(b"tree") {
        return Ok(looked_at.to_owned());
    }
    Ok(looked_at.parent().unwrap_or(Path::new("")).to_owned())
}

/// How git names a path in a revision.
fn spec(revision: &str, path: &Path) -> String {
    format!("{revision}:./{}", path.to_string_lossy().replace('\\', "/"))
}

/// Writes the schemas in a folder and below; gives where.
fn put(revision: &str, around: &Path, checked_out: &mut CheckedOut) -> Result<PathBuf, Failure> {
    let failed = |message: String| Failure::Revision { revision: revision.to_owned(), message };
    // As far apart from each other as they were.
    let parts = around.components().map(|part| match part {
        Component::Normal(part) => part.to_owned(),
        Component::ParentDir => "up".into(),
        _ => "here".into(),
    });
    let there: PathBuf = checked_out.folder.path().join(parts.collect::<PathBuf>());
    let listed = git(&["ls-tree", "-r", "-z", "--full-tree", &spec(revision, around)]).map_err(&failed)?;
    for line in String::from_utf8_lossy(&listed).split('\0') {
        // Mode, kind and hash, then the name; a link is no schema.
        let Some((what, name)) = line.split_once('\t') else { continue };
        let file = there.join(name);
        let is_hidden = name.split('/').any(|part| part.starts_with('.'));
        if !what.starts_with("100") || is_hidden || !is_schema_file(&file) || file.exists() {
            continue;
        }
        let text = git(&["show", &spec(revision, &around.join(name))]).map_err(&failed)?;
        std::fs::create_dir_all(file.parent().unwrap_or(&there))?;
        std::fs::write(file, text)?;
    }
    std::fs::create_dir_all(&there)?;
    checked_out.known.push((there.clone(), around.to_owned()));
    Ok(there)
}

/// A file as it was in a revision, if it was there.
pub fn file(revision: &str, path: &Path) -> Option<Vec<u8>> {
    git(&["show", &format!("{revision}:./{}", path.to_string_lossy().replace('\\', "/"))]).ok()
}

/// What git prints.
fn git(arguments: &[&str]) -> Result<Vec<u8>, String> {
    let output = Command::new("git").args(arguments).output().map_err(|error| match error.kind() {
        ErrorKind::NotFound => format!("{NO_GIT}: it is not installed, or not in PATH"),
        _ => format!("{NO_GIT}: {error}"),
    })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(String::from_utf8_lossy(&output.stderr).trim().to_owned())
}

/// The revision at which `other` branched off `revision`.
///
/// # Errors
///
/// If there is none.
pub fn branching_point(revision: &str, other: &str) -> Result<String, Failure> {
    let failed = |message: String| {
        let message = if message.is_empty() { "they have no commit in common".to_owned() } else { message };
        Failure::Revision { revision: revision.to_owned(), message: message + help_of_shallow() }
    };
    let found = git(&["merge-base", "--end-of-options", revision, other]).map_err(failed)?;
    Ok(String::from_utf8_lossy(&found).trim().chars().take(12).collect())
}

/// The tags of a pattern.
///
/// # Errors
///
/// If git does not answer.
pub fn tags(pattern: &str) -> Result<Vec<String>, Failure> {
    let failed = |message: String| Failure::Revision { revision: pattern.to_owned(), message };
    let listed = git(&["tag", "--list", "--", pattern]).map_err(failed)?;
    Ok(String::from_utf8_lossy(&listed).lines().map(ToOwned::to_owned).collect())
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

/// The last revisions in which paths changed, and the one that is checked out; none where git knows nothing.
pub fn of_paths(paths: &[PathBuf], most: usize) -> Vec<String> {
    let count = format!("-{most}");
    let shown: Vec<String> = paths
        .iter()
        .map(|path| path.to_string_lossy().split('#').next().unwrap_or_default().to_owned())
        .collect();
    let head = git(&["rev-parse", "--short", "HEAD"]).ok();
    let asked = ["log", &count, "--format=%h", "--"].into_iter().chain(shown.iter().map(String::as_str));
    let listed = git(&asked.collect::<Vec<_>>()).ok();
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
