//! What stands at a path in a revision: files and folders, links, and submodules, whose files the revision does not have.

use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

use super::git::git;

/// What a folder has in a revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub kind: Kind,
    /// The object of it.
    pub object: String,
    /// Its path from the folder.
    pub name: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    File,
    Folder,
    Link,
    Submodule,
}

/// How many links may lead to links.
const LINKS: usize = 16;

/// How git names a path in a revision.
pub fn spec(revision: &str, path: &Path) -> String {
    format!("{revision}:./{}", slashed(path))
}

fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// Everything in a folder and below, as far as it is no folder.
///
/// # Errors
///
/// If there is no such folder, or git does not answer.
pub fn below(revision: &str, folder: &Path) -> Result<Vec<Entry>, String> {
    entries(&git(&["ls-tree", "-r", "-z", "--full-tree", &spec(revision, folder)])?)
}

fn entries(listed: &[u8]) -> Result<Vec<Entry>, String> {
    let listed = String::from_utf8_lossy(listed);
    let lines = listed.split('\0').filter(|line| !line.is_empty());
    lines.map(|line| entry(line).ok_or_else(|| format!("git says `{line}`"))).collect()
}

/// Mode, type and object, then the name.
fn entry(line: &str) -> Option<Entry> {
    let (what, name) = line.split_once('\t')?;
    let mut what = what.split(' ');
    let (mode, _, object) = (what.next()?, what.next()?, what.next()?);
    let kind = match mode {
        "120000" => Kind::Link,
        "160000" => Kind::Submodule,
        "040000" => Kind::Folder,
        _ => Kind::File,
    };
    Some(Entry { kind, object: object.to_owned(), name: name.to_owned() })
}

/// What a path leads to in a revision, links followed; `None` if that is nothing.
///
/// # Errors
///
/// If it leads into a submodule, out of the repository, or round in a circle; or if git does not answer.
pub fn real(revision: &str, path: &Path) -> Result<Option<(PathBuf, Kind)>, String> {
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        if path.iter().all(|part| part == OsStr::new("..") || part == OsStr::new(".")) {
            return Ok(Some((path, Kind::Folder)));
        }
        let Some((at, kind)) = first_that_is_no_folder(revision, &path)? else { return Ok(None) };
        let rest = path.strip_prefix(&at).unwrap_or(Path::new(""));
        let is_whole = rest.as_os_str().is_empty();
        match kind {
            Kind::Submodule => {
                let at = at.display();
                return Err(format!(
                    "`{at}` is a submodule: its files are in a repository of its own, which can be compared in there"
                ));
            }
            Kind::Link => {
                let target = git(&["cat-file", "blob", &spec(revision, &at)])?;
                let target = String::from_utf8_lossy(&target).into_owned();
                let led = led(&at, Path::new(&target)).ok_or_else(|| {
                    format!("`{}` is a link out of the repository, to `{target}`", at.display())
                })?;
                // To join nothing would make a folder of it.
                path = if is_whole { led } else { led.join(rest) };
            }
            Kind::File if !is_whole => return Ok(None),
            Kind::File | Kind::Folder => return Ok(Some((path, kind))),
        }
    }
    Err(format!("`{}` is a link that leads to nothing", path.display()))
}

/// The first part of a path that is no folder, or the whole of it; `None` if it is not there.
fn first_that_is_no_folder(revision: &str, path: &Path) -> Result<Option<(PathBuf, Kind)>, String> {
    let mut at = PathBuf::new();
    for part in path.components() {
        at.push(part);
        if !matches!(part, Component::Normal(_)) {
            continue;
        }
        let around = at.parent().unwrap_or(Path::new(""));
        let name = part.as_os_str().to_string_lossy();
        let Ok(listed) = git(&["ls-tree", "-z", "--full-tree", &spec(revision, around)]) else {
            return Ok(None);
        };
        match entries(&listed)?.into_iter().find(|entry| entry.name == name) {
            Some(Entry { kind: Kind::Folder, .. }) => {}
            Some(Entry { kind, .. }) => return Ok(Some((at, kind))),
            None => return Ok(None),
        }
    }
    Ok(Some((at, Kind::Folder)))
}

/// Where a link leads, from where it stands; `None` if it says so from the root of the file system.
pub fn led(link: &Path, target: &Path) -> Option<PathBuf> {
    if target.is_absolute() {
        return None;
    }
    let mut led = link.parent().unwrap_or(Path::new("")).to_owned();
    for part in target.components() {
        match part {
            Component::Normal(part) => led.push(part),
            Component::ParentDir if led.file_name().is_some() => {
                led.pop();
            }
            Component::ParentDir => led.push(".."),
            _ => {}
        }
    }
    Some(led)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::led;

    #[test]
    fn a_link_leads_from_where_it_stands() {
        for (link, target, expected) in [
            ("a/b", "c", Some("a/c")),
            ("a/b", "../c/./d", Some("c/d")),
            ("b", "../c", Some("../c")),
            ("../b", "../c", Some("../../c")),
            ("b", "/c", None),
        ] {
            assert_eq!(
                led(Path::new(link), Path::new(target)).as_deref(),
                expected.map(Path::new),
                "{target}"
            );
        }
    }
}
