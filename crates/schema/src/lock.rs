//! `isomorph.lock`: which documents were fetched, and which files hold them; and names that types keep. The tool writes it,
//! and nobody else.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Component, Path, PathBuf};

use serde::Deserialize;

use crate::configured_text::ConfiguredText;
use crate::disk::shown;
use crate::error::Error;
use crate::root::normal;
use crate::store::{Kind, Store};

/// The documents that were fetched, by their URIs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lock {
    /// The documents, by the URIs that schemas refer to them by.
    pub documents: BTreeMap<String, Locked>,
    /// The names that types keep.
    pub names: Vec<LockedName>,
}

/// What the type of a schema is called.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LockedName {
    /// Where the schema stands, and others that are equal: the file from the root of the schemas, and the JSON Pointer.
    pub places: Vec<String>,
    /// The types of instances that the type is for, if another is for others.
    #[serde(default)]
    pub of: Option<String>,
    /// The name.
    pub name: String,
    /// What the schema says, in so many digits that others say something else.
    pub digest: String,
    /// The names of variants, by what tells each from the others.
    #[serde(default)]
    pub variants: Vec<(String, String)>,
}

/// A document that was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locked {
    /// The file that holds it, from the lock's folder, with `/`.
    pub file: String,
    /// The SHA-256 of what it holds, its lines ended by `\n`, in hexadecimal.
    pub sha256: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    version: u32,
    #[serde(default)]
    document: Vec<Row>,
    #[serde(default, rename = "type")]
    types: Vec<LockedName>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    uri: String,
    file: String,
    sha256: String,
}

/// The version of what is written here.
const VERSION: u32 = 1;

impl Lock {
    /// What a lock is called.
    pub const NAME: &'static str = "isomorph.lock";

    /// The lock at a path; `None` if there is none.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or is none.
    pub fn read(path: &Path, store: &dyn Store) -> Result<Option<Self>, Error> {
        if store.kind(path) != Kind::File {
            return Ok(None);
        }
        let failed = |source| Error::Read { path: path.to_owned(), source };
        let bytes = store.read(path).map_err(failed)?;
        Self::parse(path, &String::from_utf8_lossy(&bytes)).map(Some)
    }

    /// The nearest lock from a folder upwards.
    pub fn nearest(folder: &Path, store: &dyn Store) -> Option<PathBuf> {
        let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let real = store.real(here)?;
        let found = real.ancestors().map(|folder| folder.join(Self::NAME));
        found.into_iter().find(|path| store.kind(path) == Kind::File).map(|path| PathBuf::from(shown(&path)))
    }

    fn parse(path: &Path, text: &str) -> Result<Self, Error> {
        let said = ConfiguredText::new(path, text.into(), &[]);
        let failed = |key: &str, message: String| said.invalid(&[key], message, Vec::new());
        let Text { version, document, types } = said.read().map_err(|error| match error {
            Error::Configuration { mut flaw } => {
                flaw.message.insert_str(0, "no lock that `isomorph` wrote: ");
                Error::Configuration { flaw }
            }
            error => error,
        })?;
        if version != VERSION {
            return Err(failed(
                "version",
                format!("is of version {version}; this is a tool for version {VERSION}"),
            ));
        }
        let mut documents = BTreeMap::new();
        for Row { uri, file, sha256 } in document {
            if !stays_inside(&file) {
                return Err(failed("document", format!("`{file}` is not in the lock's folder")));
            }
            if documents.insert(uri.clone(), Locked { file, sha256 }).is_some() {
                return Err(failed("document", format!("`{uri}` comes twice")));
            }
        }
        Ok(Self { documents, names: types })
    }

    /// The lock as it is written.
    pub fn to_text(&self) -> String {
        let mut text = format!("# Written by `isomorph`; check it in.\nversion = {VERSION}\n");
        for (uri, Locked { file, sha256 }) in &self.documents {
            let (uri, file, sha256) = (quoted(uri), quoted(file), quoted(sha256));
            _ = write!(text, "\n[[document]]\nuri = {uri}\nfile = {file}\nsha256 = {sha256}\n");
        }
        for LockedName { places, of, name, digest, variants } in &self.names {
            let places = list(&places.iter().map(|place| quoted(place)).collect::<Vec<_>>());
            let (name, digest) = (quoted(name), quoted(digest));
            _ = write!(text, "\n[[type]]\nplaces = {places}\nname = {name}\ndigest = {digest}\n");
            if let Some(of) = of {
                _ = writeln!(text, "of = {}", quoted(of));
            }
            if !variants.is_empty() {
                let variants =
                    variants.iter().map(|(what, name)| format!("[{}, {}]", quoted(what), quoted(name)));
                _ = writeln!(text, "variants = {}", list(&variants.collect::<Vec<_>>()));
            }
        }
        text
    }

    /// The files by the URIs of the documents, for a lock in this folder.
    pub fn map(&self, folder: &Path) -> BTreeMap<String, PathBuf> {
        let file = |locked: &Locked| normal(&folder.join(&locked.file));
        self.documents.iter().map(|(uri, locked)| (uri.clone(), file(locked))).collect()
    }
}

/// A list of TOML: in a line, or in one for each.
fn list(elements: &[String]) -> String {
    match elements {
        [only] => format!("[{only}]"),
        all => format!("[\n    {},\n]", all.join(",\n    ")),
    }
}

/// A string of TOML: what JSON escapes, TOML escapes so too.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7F}', "\\u007F")
}

/// Whether a path that somebody else has written is one of a file below where it is counted from, on every system.
pub fn stays_inside(file: &str) -> bool {
    let path = Path::new(file);
    !file.contains('\\') && path.components().all(|part| matches!(part, Component::Normal(_)))
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{Lock, Locked, LockedName};
    use crate::memory::Memory;

    fn parse(text: &str) -> Result<Lock, String> {
        Lock::parse(Path::new("a/isomorph.lock"), text).map_err(|error| error.to_string())
    }

    #[test]
    fn a_lock_is_read_as_it_was_written() {
        let locked = |file: &str| Locked { file: file.to_owned(), sha256: "0".repeat(64) };
        let documents =
            [("https://example.com/b", "vendor/b.json"), ("https://example.com/\"a\\\u{7F}", "c d/ü")];
        let documents = documents.map(|(uri, file)| (uri.to_owned(), locked(file))).into();
        let name = |places: &[&str], of: Option<&str>, variants: &[(&str, &str)]| LockedName {
            places: places.iter().map(|place| (*place).to_owned()).collect(),
            of: of.map(ToOwned::to_owned),
            name: "A".to_owned(),
            digest: "0".repeat(16),
            variants: variants.iter().map(|(what, name)| ((*what).to_owned(), (*name).to_owned())).collect(),
        };
        let names = vec![
            name(&["a.json#"], None, &[]),
            name(&["a.json#/\"b", "a.json#/c\u{7F}"], Some("object"), &[("a\"", "A"), ("0 1", "B")]),
        ];
        let lock = Lock { documents, names };
        assert_eq!(parse(&lock.to_text()).as_ref(), Ok(&lock));
        assert_eq!(parse(&Lock::default().to_text()), Ok(Lock::default()));
        let map = lock.map(Path::new("a/./b"));
        assert_eq!(map.get("https://example.com/b"), Some(&PathBuf::from("a/b/vendor/b.json")));
    }

    #[test]
    fn what_no_tool_wrote_is_refused() {
        let row = |uri: &str, file: &str| {
            format!("[[document]]\nuri = \"{uri}\"\nfile = \"{file}\"\nsha256 = \"0\"\n")
        };
        for (text, expected) in [
            ("version = 2".to_owned(), "1:11: is of version 2"),
            (String::new(), "1:1: no lock that `isomorph` wrote: missing field `version`"),
            ("version = 1\nnames = 1".to_owned(), "2:1: no lock that `isomorph` wrote: unknown key `names`"),
            (format!("version = 1\n{}", row("a", "../b")), "`../b` is not in the lock's folder"),
            (format!("version = 1\n{}", row("a", "/b")), "`/b` is not in the lock's folder"),
            (format!("version = 1\n{}{}", row("a", "b"), row("a", "c")), "`a` comes twice"),
        ] {
            let error = parse(&text).expect_err(&text);
            assert!(error.starts_with("a/isomorph.lock:") && error.contains(expected), "{error}");
        }
    }

    #[test]
    fn the_nearest_lock_is_the_innermost_around() {
        let store = Memory::new([("p/isomorph.lock", ""), ("p/s/in/a.json", ""), ("b.json", "")]);
        assert_eq!(Lock::nearest(Path::new("p/s/in"), &store), Some("p/isomorph.lock".into()));
        assert_eq!(Lock::nearest(Path::new("p"), &store), Some("p/isomorph.lock".into()));
        assert_eq!(Lock::nearest(Path::new("."), &store), None);
    }
}
