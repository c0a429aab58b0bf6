//! Schemas as they were in a revision of a git repository.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::failure::Failure;
use crate::say::say;

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

/// Writes the files beside `path`, or in it if it is a folder, as they were in the revision, into a folder of their own.
/// Gives the folder, and where `path` is in it; nowhere, if there was no such path.
///
/// # Errors
///
/// If `path` was no file and no folder, or git does not answer.
pub fn check_out(revision: &str, path: &Path) -> Result<(TempDir, Option<PathBuf>), Failure> {
    let failed = |message: String| Failure::Revision { revision: revision.to_owned(), message };
    let folder = tempfile::tempdir()?;
    let path = from_here(path);
    let shown = path.to_string_lossy().replace('\\', "/");
    let shown = shown.trim_end_matches('/');
    let (around, name) = match shown.rsplit_once('/') {
        _ if shown == "." || shown.ends_with("..") => (shown, ""),
        Some((around, name)) => (around, name),
        None => ("", shown),
    };
    let Some(entry) = entry(revision, around, name).map_err(&failed)? else { return Ok((folder, None)) };
    let files = match entry.kind() {
        Kind::Folder => shown,
        Kind::File => around,
        kind => return Err(failed(format!("{shown} is {} there", kind.words()))),
    };
    for inside in tree(revision, files, entry.kind() == Kind::Folder).map_err(&failed)? {
        let kind = inside.kind();
        if [Kind::Link, Kind::Module].contains(&kind) && entry.kind() == Kind::Folder {
            say(format_args!("note: {}: {} in {revision}, and passed over", inside.name, kind.words()));
        } else if kind == Kind::File && is_schema(&inside.name) {
            let text = git(&["cat-file", "blob", &inside.object]).map_err(&failed)?;
            let to = folder.path().join(&inside.name);
            std::fs::create_dir_all(to.parent().unwrap_or(folder.path()))?;
            std::fs::write(to, text)?;
        }
    }
    let place =
        if entry.kind() == Kind::Folder { folder.path().to_owned() } else { folder.path().join(name) };
    Ok((folder, Some(place)))
}

/// What a revision has at a path.
#[derive(Debug, Clone)]
struct Entry {
    mode: String,
    object: String,
    name: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Folder,
    Link,
    Module,
}

impl Kind {
    fn words(self) -> &'static str {
        match self {
            Self::File => "a file",
            Self::Folder => "a folder",
            Self::Link => "a symbolic link",
            Self::Module => "a submodule",
        }
    }
}

impl Entry {
    fn kind(&self) -> Kind {
        match self.mode.as_str() {
            "040000" => Kind::Folder,
            "120000" => Kind::Link,
            "160000" => Kind::Module,
            _ => Kind::File,
        }
    }
}

/// What is at a name in a folder; the folder itself where there is no name.
fn entry(revision: &str, around: &str, name: &str) -> Result<Option<Entry>, String> {
    let whole = || Entry { mode: "040000".to_owned(), object: String::new(), name: String::new() };
    let object = format!("{revision}:./{around}");
    let is_there = git(&["cat-file", "-e", &object]);
    if let Err(message) = is_there {
        // Whether the path is not there, or the revision, or git.
        return if exists(revision).is_ok_and(|exists| exists)
            && !message.starts_with(NO_GIT)
            && !message.contains("outside repository")
        {
            Ok(None)
        } else {
            Err(message)
        };
    }
    if name.is_empty() {
        return Ok(Some(whole()));
    }
    Ok(tree(revision, around, false)?.into_iter().find(|entry| entry.name == name))
}

/// What is in a folder; with what is in the folders in it, if that is asked for.
fn tree(revision: &str, folder: &str, deep: bool) -> Result<Vec<Entry>, String> {
    let tree = format!("{revision}:./{folder}");
    let mut asked = vec!["ls-tree", "-z", "--full-tree"];
    if deep {
        asked.push("-r");
    }
    asked.push(&tree);
    let listed = git(&asked)?;
    let listed = String::from_utf8_lossy(&listed).into_owned();
    let entry = |line: &str| {
        let (about, name) = line.split_once('\t')?;
        let mut about = about.split(' ');
        let (mode, _, object) = (about.next()?, about.next()?, about.next()?);
        Some(Entry { mode: mode.to_owned(), object: object.to_owned(), name: name.to_owned() })
    };
    Ok(listed.split('\0').filter_map(entry).collect())
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

/// A path as seen from the current folder, which git counts from.
pub fn from_here(path: &Path) -> PathBuf {
    if path.is_relative() {
        return path.to_owned();
    }
    let here = std::env::current_dir().and_then(std::fs::canonicalize);
    let Ok(here) = here else { return path.to_owned() };
    let known = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let path = known.as_path();
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
