//! The folder that references stay in, and the URIs of the files there.

use std::path::{Component, Path, PathBuf};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::store::{Kind, Store};

/// The URI of the folder that references stay in.
const BASE: &str = "isomorph:///";

/// What the path of a URI may not hold as it is (RFC 3986, section 3.3).
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@')
    .remove(b'/');

/// The URI of a document that is referred to by its file name.
pub fn uri_of(file: &str) -> String {
    uri_of_path(file.rsplit('/').next().unwrap_or(file))
}

/// The URI of a file at a path in the root.
pub fn uri_of_path(path: &str) -> String {
    format!("{BASE}{}", utf8_percent_encode(path, PATH))
}

/// The path in the root that a URI says; `None` if it is no such URI.
pub fn path_of(uri: &str) -> Option<PathBuf> {
    let path = uri.strip_prefix(BASE)?.split(['?', '#']).next()?;
    Some(percent_decode_str(path).decode_utf8().ok()?.into_owned().into())
}

/// Where a relative reference in the document at a URI leads, if that is out of the root by its `..`.
pub fn climbs_out(base: &str, reference: &str) -> Option<String> {
    let path = base.strip_prefix(BASE)?;
    let reference = reference.split(['#', '?']).next().unwrap_or_default();
    if reference.starts_with('/') || has_scheme(reference) {
        return None;
    }
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let path = normal(&Path::new(folder).join(reference)).to_string_lossy().replace('\\', "/");
    path.starts_with("..").then(|| format!("{BASE}{path}"))
}

/// A URI as one that leads out of the root by its `..` is resolved: at the top of the root it stays there (RFC 3986, section
/// 5.2.4).
pub fn clipped(uri: &str) -> String {
    match uri.strip_prefix(BASE) {
        Some(path) => {
            let mut path = path;
            while let Some(rest) = path.strip_prefix("../") {
                path = rest;
            }
            format!("{BASE}{path}")
        }
        None => uri.to_owned(),
    }
}

/// Whether a reference begins with the scheme of a URI.
pub fn has_scheme(reference: &str) -> bool {
    let scheme = reference.split_once(':').map(|(scheme, _)| scheme).unwrap_or_default();
    scheme.len() > 1 && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

/// A folder that references stay in.
#[derive(Debug, Clone)]
pub struct Root {
    /// The folder, as the user names it; empty for the current one.
    pub folder: PathBuf,
    /// The folder, all links followed.
    real: Option<PathBuf>,
}

impl Root {
    /// The root at a folder.
    pub fn new(folder: &Path, store: &dyn Store) -> Self {
        let there = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        Self { folder: folder.to_owned(), real: store.real(there) }
    }

    /// The path of a file in the root, as URIs have it; `None` if it is outside.
    pub fn inside(&self, file: &Path, store: &dyn Store) -> Option<String> {
        let real = store.real(file)?;
        let inside = real.strip_prefix(self.real.as_ref()?).ok();
        // By its own name, if that leads there: a link within the root is called as it is called.
        let named = normal(file).strip_prefix(normal(&self.folder)).ok().map(Path::to_owned);
        let named = named.filter(|named| !named.starts_with("..") && inside.is_some());
        Some(named.as_deref().or(inside)?.to_string_lossy().replace('\\', "/"))
    }

    /// The file at a path in the root, if it is there and no link leads out of the root.
    pub fn file(&self, path: &Path, store: &dyn Store) -> Option<PathBuf> {
        let file = normal(&self.folder.join(path));
        (store.kind(&file) == Kind::File && self.inside(&file, store).is_some()).then_some(file)
    }
}

/// A path without `.` and `..`, as far as they can be told by looking.
pub fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(normal.components().next_back(), Some(Component::Normal(_))) => {
                normal.pop();
            }
            _ => normal.push(part),
        }
    }
    normal
}

/// The innermost folder around all of these.
pub fn around(folders: &[PathBuf]) -> PathBuf {
    let mut folders = folders.iter().map(|folder| normal(folder));
    let Some(mut around) = folders.next() else { return PathBuf::new() };
    for folder in folders {
        while !folder.starts_with(&around) && around.pop() {}
    }
    around
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{Root, around, climbs_out, path_of, uri_of_path};
    use crate::memory::Memory;

    #[test]
    fn a_path_is_a_uri_and_back() {
        for path in ["a.json", "in/b c%.json", "ü/$x#1?.yaml"] {
            let uri = uri_of_path(path);
            assert!(uri.is_ascii() && !uri.contains(['#', '?', ' ']), "{uri}");
            assert_eq!(path_of(&uri), Some(PathBuf::from(path)));
        }
        assert_eq!(path_of("https://example.com/a.json"), None);
    }

    #[test]
    fn a_reference_out_of_the_root_is_told() {
        for (base, reference, expected) in [
            ("isomorph:///a.json", "../b.json", Some("../b.json")),
            ("isomorph:///a.json", "in/../../b.json#/x", Some("../b.json")),
            ("isomorph:///in/a.json", "../b.json", None),
            ("isomorph:///in/a.json", ".././../../b.json", Some("../../b.json")),
            ("isomorph:///a.json", "#/a/../../..", None),
            ("https://example.com/a.json", "../b.json", None),
            ("isomorph:///a.json", "file:///../b.json", None),
        ] {
            let found = climbs_out(base, reference);
            let expected = expected.map(|path| format!("isomorph:///{path}"));
            assert_eq!(found, expected, "{base} {reference}");
        }
    }

    #[test]
    fn the_root_has_the_files_in_it_and_no_others() {
        let store = Memory::new([("s/a.json", ""), ("s/in/b.json", ""), ("c.json", "")]);
        let root = Root::new(Path::new("s"), &store);
        let file = |path: &str| root.file(Path::new(path), &store);
        assert_eq!(file("in/../a.json"), Some(PathBuf::from("s/a.json")));
        assert_eq!(file("in/b.json"), Some(PathBuf::from("s/in/b.json")));
        assert_eq!((file("../c.json"), file("in"), file("d.json")), (None, None, None));
        assert_eq!(root.inside(Path::new("s/in/b.json"), &store).as_deref(), Some("in/b.json"));
    }

    #[test]
    fn the_folder_around_all_is_the_innermost() {
        for (folders, expected) in [
            (&["a/b", "a/c/d"][..], "a"),
            (&["a/b/c", "./a/b"], "a/b"),
            (&["a", "b"], ""),
            (&["a"], "a"),
            (&[], ""),
        ] {
            let folders: Vec<_> = folders.iter().map(PathBuf::from).collect();
            assert_eq!(around(&folders), Path::new(expected));
        }
    }
}
