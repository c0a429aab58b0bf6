//! Schemas as they were in a revision of a git repository.

use std::path::{Component, Path, PathBuf};

use isomorph_schema::{is_schema_file, named_start, stays_inside};
use tempfile::TempDir;

use super::git::{contents, git, is_silent};
use super::tree::{self, Entry, Kind, spec};
use crate::failure::Failure;
use crate::say::say;

/// Whether git knows a revision of this name here; not, where there is no repository.
///
/// # Errors
///
/// If git cannot say that.
pub fn exists(revision: &str) -> Result<bool, Failure> {
    // A name that begins with a dash is an option to git.
    let asked = ["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{revision}^{{commit}}")];
    if git(&asked).is_ok() {
        return Ok(true);
    }
    match is_silent() {
        // Git may not be there, or not read what belongs to somebody else.
        Some(message) if !message.contains(NO_REPOSITORY) => Err(failed(revision)(message)),
        _ => Ok(false),
    }
}

/// How git says that there is no repository.
const NO_REPOSITORY: &str = "not a git repository";

fn failed(revision: &str) -> impl Fn(String) -> Failure {
    |message| Failure::Revision { revision: revision.to_owned(), message }
}

/// What may help where a revision is not known.
pub fn help_of_shallow() -> &'static str {
    if is_silent().is_some_and(|message| message.contains(NO_REPOSITORY)) {
        return "; this folder is in no git repository";
    }
    if is_shallow() {
        "; this is a shallow clone: fetch its history (`git fetch --unshallow`, or `fetch-depth: 0` of actions/checkout)"
    } else {
        ""
    }
}

/// Whether this is a clone that does not have the whole history.
pub fn is_shallow() -> bool {
    git(&["rev-parse", "--is-shallow-repository"]).is_ok_and(|said| said.starts_with(b"true"))
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
    if Path::new(path).is_absolute() {
        return Ok(from_here(Path::new(path)));
    }
    let up = git(&["rev-parse", "--show-cdup"]).map_err(failed(path))?;
    let seen = Path::new(String::from_utf8_lossy(&up).trim()).join(path);
    Ok(if seen.as_os_str().is_empty() { ".".into() } else { seen })
}

/// Whether a revision is there, and has nothing at a path.
///
/// # Errors
///
/// If git cannot say that.
pub fn lacks(revision: &str, path: &Path) -> Result<bool, Failure> {
    if !exists(revision)? {
        return Ok(false);
    }
    let path = from_here(path);
    Ok(named_start(&path) == path && tree::real(revision, &path).map_err(failed(revision))?.is_none())
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
        if inside.as_os_str().is_empty() {
            checked_out.paths.push(there);
            continue;
        }
        put_named(revision, path, &there.join(inside))?;
        checked_out.paths.push(there.join(inside));
    }
    if let Some(within) = within {
        checked_out.within = Some(put(revision, &from_here(within), &mut checked_out)?);
    }
    Ok(checked_out)
}

/// The folder that is looked at for a path: itself, or the one around a file or a glob.
fn around(revision: &str, path: &Path) -> Result<PathBuf, Failure> {
    let plain = named_start(path);
    // A name may have what looks like a pattern.
    let real = |path: &Path| tree::real(revision, path).map_err(failed(revision));
    for looked_at in [path, plain.as_path()] {
        match real(looked_at)? {
            Some((_, Kind::Folder)) => return Ok(looked_at.to_owned()),
            Some(_) => return Ok(looked_at.parent().unwrap_or(Path::new("")).to_owned()),
            None => {}
        }
    }
    Ok(plain.parent().unwrap_or(Path::new("")).to_owned())
}

/// Writes a file that was named, where it is not there yet: what is no schema by its name, or a link out of its folder.
fn put_named(revision: &str, path: &Path, there: &Path) -> Result<(), Failure> {
    let is_there = there.exists() || named_start(path) != path;
    let real = if is_there { None } else { tree::real(revision, path).map_err(failed(revision))? };
    if let Some((real, Kind::File)) = real {
        std::fs::write(there, git(&["show", &spec(revision, &real)]).map_err(failed(revision))?)?;
    }
    Ok(())
}

/// Writes the schemas in a folder and below; gives where.
fn put(revision: &str, around: &Path, checked_out: &mut CheckedOut) -> Result<PathBuf, Failure> {
    // As far apart from each other as they were.
    let parts = around.components().map(|part| match part {
        Component::Normal(part) => part.to_owned(),
        Component::ParentDir => "up".into(),
        _ => "here".into(),
    });
    let there: PathBuf = checked_out.folder.path().join(parts.collect::<PathBuf>());
    std::fs::create_dir_all(&there)?;
    let real = tree::real(revision, around).map_err(failed(revision))?;
    let folder = real.map_or(around.to_owned(), |(real, _)| real);
    let entries = tree::below(revision, &folder).map_err(failed(revision))?;
    for entry in entries.iter().filter(|entry| entry.kind == Kind::Submodule) {
        let name = around.join(&entry.name);
        say(format_args!("{revision}: `{}` is a submodule, whose files are not compared", name.display()));
    }
    let is_wanted = |entry: &&Entry| {
        let is_hidden = entry.name.split('/').any(|part| part.starts_with('.'));
        // A name in a tree may be anything.
        !is_hidden
            && stays_inside(&entry.name)
            && is_schema_file(Path::new(&entry.name))
            && !there.join(&entry.name).exists()
    };
    let wanted: Vec<&Entry> = entries.iter().filter(is_wanted).collect();
    let (files, links): (Vec<&Entry>, Vec<&Entry>) = wanted
        .into_iter()
        .filter(|entry| matches!(entry.kind, Kind::File | Kind::Link))
        .partition(|entry| entry.kind == Kind::File);
    let objects: Vec<&str> = files.iter().chain(&links).map(|entry| entry.object.as_str()).collect();
    let mut contents = contents(&objects).map_err(failed(revision))?.into_iter();
    for (entry, text) in files.iter().zip(contents.by_ref()) {
        let file = there.join(&entry.name);
        std::fs::create_dir_all(file.parent().unwrap_or(&there))?;
        std::fs::write(file, text)?;
    }
    // A link to another schema there is the same schema; one that leads out of the folder is looked at nowhere.
    for (entry, target) in links.iter().zip(contents) {
        let target = String::from_utf8_lossy(&target).into_owned();
        let led = tree::led(Path::new(&entry.name), Path::new(&target));
        if led.is_some_and(|led| !led.starts_with("..") && there.join(led).exists()) {
            let link = there.join(&entry.name);
            std::fs::create_dir_all(link.parent().unwrap_or(&there))?;
            put_link(Path::new(&target), &link)?;
        } else {
            let name = around.join(&entry.name);
            say(format_args!(
                "{revision}: `{}` is a link out of the folder, which is not compared",
                name.display()
            ));
        }
    }
    checked_out.known.push((there.clone(), around.to_owned()));
    Ok(there)
}

#[cfg(unix)]
fn put_link(target: &Path, link: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(target, link)
}

#[cfg(not(unix))]
fn put_link(target: &Path, link: &Path) -> std::io::Result<()> {
    // Not everybody may make links there.
    std::fs::copy(link.parent().unwrap_or(Path::new("")).join(target), link).map(drop)
}

/// A file as it was in a revision, if it was there.
pub fn file(revision: &str, path: &Path) -> Option<Vec<u8>> {
    git(&["show", &format!("{revision}:./{}", path.to_string_lossy().replace('\\', "/"))]).ok()
}

/// The revision at which `other` branched off `revision`.
///
/// # Errors
///
/// If there is none.
pub fn branching_point(revision: &str, other: &str) -> Result<String, Failure> {
    let none = |message: String| {
        let message = if message.is_empty() { "they have no commit in common".to_owned() } else { message };
        failed(revision)(message + help_of_shallow())
    };
    let found = git(&["merge-base", "--end-of-options", revision, other]).map_err(none)?;
    Ok(String::from_utf8_lossy(&found).trim().chars().take(12).collect())
}

/// The tags of a pattern.
///
/// # Errors
///
/// If git does not answer.
pub fn tags(pattern: &str) -> Result<Vec<String>, Failure> {
    let listed = git(&["tag", "--list", "--", pattern]).map_err(failed(pattern))?;
    Ok(String::from_utf8_lossy(&listed).lines().map(ToOwned::to_owned).collect())
}

/// The tags of a pattern that the current revision has, if these paths are as they are in it.
pub fn tags_here(pattern: &str, paths: &[PathBuf]) -> Vec<String> {
    let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    let changed = ["status", "--porcelain", "--"].into_iter().chain(paths.iter().map(String::as_str));
    let is_as_it_is = git(&changed.collect::<Vec<_>>()).is_ok_and(|changed| changed.is_empty());
    let listed = is_as_it_is.then(|| git(&["tag", "--points-at", "HEAD", "--list", "--", pattern]));
    let listed = listed.and_then(Result::ok).unwrap_or_default();
    String::from_utf8_lossy(&listed).lines().map(ToOwned::to_owned).collect()
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
