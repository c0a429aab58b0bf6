//! Which file is meant by a URI that no document has.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use memchr::memmem;
use percent_encoding::percent_decode_str;
use referencing::uri;
use serde_json::Value;

use crate::disk::shown;
use crate::document::Document;
use crate::files::Files;
use crate::load::parse;
use crate::mapped::{mapped, named, of_file_uri};
use crate::missing::Hint;
use crate::root::{Root, around, normal, path_of};
use crate::selection::{files_below, is_schema_file};
use crate::source::Source;
use crate::store::Kind;

/// A file that is meant.
pub struct Found {
    /// The file.
    pub file: PathBuf,
    /// Whether only its name says so.
    pub by_name: bool,
    /// Whether it has that URI by an `$id` of its own.
    pub has_own_uri: bool,
}

/// Finds files.
pub struct Finder<'a> {
    files: &'a Files,
    root: Root,
    /// The files of what was fetched, by its URIs.
    locked: BTreeMap<String, PathBuf>,
    /// The files in the root that have one of the URIs that were looked for, by an `$id`.
    identified: Vec<(String, PathBuf)>,
}

/// How many files are looked into for an `$id`, and how many bytes of them.
const LOOKED_INTO: (usize, usize) = (5000, 64 << 20);

impl<'a> Finder<'a> {
    /// For the files in a root, what is mapped, and what was fetched.
    pub fn new(files: &'a Files, root: Root, locked: BTreeMap<String, PathBuf>) -> Self {
        Self { files, root, locked, identified: Vec::new() }
    }

    /// Looks for the files in the root that have one of these URIs by an `$id`.
    pub fn look_for(&mut self, wanted: &[String], documents: &[Document]) {
        let wanted: Vec<_> =
            wanted.iter().filter(|uri| path_of(uri).is_none() && self.mapped(uri).is_none()).collect();
        let store = self.files.store.as_ref();
        let folder = if self.root.folder.as_os_str().is_empty() { Path::new(".") } else { &self.root.folder };
        if wanted.is_empty() || self.files.schemas.is_empty() {
            return;
        }
        let read: HashSet<_> = documents.iter().filter_map(|one| one.path.as_deref()).map(normal).collect();
        let is_read = |path: &Path| read.contains(&normal(path));
        let Ok(found) = files_below(folder, store, &is_schema_file) else { return };
        let mut bytes = 0;
        for file in found.into_iter().filter(|file| !is_read(file)).take(LOOKED_INTO.0) {
            let Ok(text) = store.read(&file) else { continue };
            bytes += text.len();
            if bytes > LOOKED_INTO.1 {
                return;
            }
            let said = wanted.iter().filter(|uri| memmem::find(&text, last(uri).as_bytes()).is_some());
            for uri in said {
                let source = Source { file: shown(&file), uri: None, text: text.clone() };
                let base = "isomorph:///";
                let has = parse(&source, base, true)
                    .is_ok_and(|all| all.iter().any(|one| has_id(&one.root, base, uri)));
                if has {
                    self.identified.push(((*uri).clone(), file.clone()));
                }
            }
        }
    }

    /// The file that is meant by a URI, which a reference in this document of this base URI leads to: what is mapped; what
    /// is at that path; what has that `$id`; what has that name beside the document.
    pub fn find(&self, uri: &str, referrer: Option<(&Document, &str)>) -> Option<Found> {
        let plain = |file| Found { file, by_name: false, has_own_uri: false };
        let at_its_path = || self.mapped(uri).or_else(|| self.at_path(uri)).map(plain);
        let by_id = || {
            let found = self.identified.iter().find(|(found, _)| found == uri);
            found.map(|(_, file)| Found { file: file.clone(), by_name: false, has_own_uri: true })
        };
        let by_name = || {
            let beside = || referrer.and_then(|(document, base)| self.sibling(uri, document, base));
            let file = path_of(uri)
                .and_then(|path| named(&self.root, &path, self.files.store.as_ref()))
                .or_else(beside)?;
            Some(Found { file, by_name: true, has_own_uri: false })
        };
        at_its_path().or_else(by_id).or_else(by_name)
    }

    /// What is mapped; else what was fetched.
    fn mapped(&self, uri: &str) -> Option<PathBuf> {
        mapped(uri, self.files.map.iter(), self.files.store.as_ref())
            .or_else(|| self.locked.get(uri).cloned())
    }

    /// What is at the path that a URI says: in the root, or an absolute one that leads into it.
    fn at_path(&self, uri: &str) -> Option<PathBuf> {
        let store = self.files.store.as_ref();
        let inside = |path: &Path| {
            (store.kind(path) == Kind::File && self.root.inside(path, store).is_some())
                .then(|| path.to_owned())
        };
        if let Some(path) = path_of(uri) {
            return self.root.file(&path, store).or_else(|| inside(&Path::new("/").join(path)));
        }
        inside(&of_file_uri(uri)?)
    }

    /// What has the name of a URI beside a document of the same site.
    fn sibling(&self, target: &str, document: &Document, base: &str) -> Option<PathBuf> {
        let (base, target) = (uri::from_str(base).ok()?, uri::from_str(target).ok()?);
        let site = |one: &referencing::Uri<String>| Some(site(one.authority()?.host()).to_owned());
        if site(&base)? != site(&target)? || path_of(target.as_str()).is_some() {
            return None;
        }
        let path = percent_decode_str(target.path().as_str()).decode_utf8().ok()?;
        let from = percent_decode_str(base.path().as_str()).decode_utf8().ok()?;
        let folder = document.path.as_ref()?.parent()?;
        let root = if self.root.inside(document.path.as_ref()?, self.files.store.as_ref()).is_some() {
            self.root.clone()
        } else {
            // What is mapped lies where it is mapped.
            Root::new(folder, self.files.store.as_ref())
        };
        let inside = normal(folder).strip_prefix(normal(&root.folder)).ok()?.to_owned();
        named(&root, &inside.join(relative(&from, &path)), self.files.store.as_ref())
    }

    /// What could be done so that a URI is found.
    pub fn hint(&self, uri: &str, referrer: &Document, documents: &[Document]) -> Hint {
        let store = self.files.store.as_ref();
        if let Some(path) = path_of(uri).filter(|path| path.starts_with("..")) {
            let folder = normal(&self.root.folder.join(path.parent().unwrap_or(Path::new(".."))));
            let both = [self.root.folder.clone(), folder];
            let around = if both[1].starts_with("..") { both[1].clone() } else { around(&both) };
            return Hint::Outside(Some(if around.as_os_str().is_empty() {
                ".".into()
            } else {
                shown(&around)
            }));
        }
        let absolute = path_of(uri).map(|path| Path::new("/").join(path));
        if of_file_uri(uri).is_some() || absolute.is_some_and(|path| store.kind(&path) == Kind::File) {
            return Hint::Outside(None);
        }
        let name = last(uri);
        let is_meant = |path: &&PathBuf| {
            let own = path.file_name().unwrap_or_default().to_string_lossy();
            referrer.path.as_ref() != Some(path)
                && !name.is_empty()
                && without_ending(&own) == without_ending(name)
        };
        let read = documents.iter().filter_map(|document| document.path.clone());
        let beside = store.entries(if self.root.folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            &self.root.folder
        });
        let beside = beside
            .unwrap_or_default()
            .into_iter()
            .filter(|path| is_schema_file(path) && self.root.inside(path, store).is_some());
        let mut all: Vec<PathBuf> = read.chain(beside).collect();
        all.sort();
        all.iter().find(is_meant).map_or(Hint::None, |path| Hint::Sibling(shown(path)))
    }
}

/// The name of a file without what says that it is a schema.
fn without_ending(name: &str) -> &str {
    let name = [".json", ".jsonc", ".yaml", ".yml", ".toml"]
        .iter()
        .find_map(|ending| name.strip_suffix(ending))
        .unwrap_or(name);
    name.strip_suffix(".schema").unwrap_or(name)
}

/// The last part of the path of a URI.
fn last(uri: &str) -> &str {
    uri.trim_end_matches('/').rsplit(['/', ':']).next().unwrap_or(uri)
}

/// What hosts of one owner have in common, about: the last two parts of their names.
fn site(host: &str) -> &str {
    let start = host.rmatch_indices('.').nth(1).map_or(0, |(at, _)| at + 1);
    &host[start..]
}

/// The way from one path to another.
fn relative(from: &str, to: &str) -> PathBuf {
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let folders = &from[..from.len().saturating_sub(1)];
    let common =
        folders.iter().zip(&to[..to.len().saturating_sub(1)]).take_while(|(one, other)| one == other).count();
    let up = std::iter::repeat_n("..", folders.len() - common);
    up.chain(to[common..].iter().copied()).collect()
}

/// Whether a schema, or one in it, has this URI.
fn has_id(value: &Value, base: &str, wanted: &str) -> bool {
    let mut work = vec![(value, base.to_owned())];
    while let Some((value, base)) = work.pop() {
        let mut own = base;
        if let Some(id) = ["$id", "id"].iter().find_map(|key| value.get(key)?.as_str())
            && let Ok(around) = uri::from_str(&own)
            && let Ok(resolved) = uri::resolve_against(&around.borrow(), id)
        {
            resolved.as_str().trim_end_matches('#').clone_into(&mut own);
            if own == wanted {
                return true;
            }
        }
        match value {
            Value::Object(members) => work.extend(members.values().map(|inner| (inner, own.clone()))),
            Value::Array(elements) => work.extend(elements.iter().map(|inner| (inner, own.clone()))),
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde_json::json;

    use super::{has_id, of_file_uri, relative, site};

    #[test]
    fn uris_are_taken_apart() {
        for (from, to, expected) in [
            ("/s/a.json", "/s/b.json", "b.json"),
            ("/s/a.json", "/s/in/b.json", "in/b.json"),
            ("/s/in/a.json", "/s/b.json", "../b.json"),
            ("/a", "/b", "b"),
        ] {
            assert_eq!(relative(from, to), Path::new(expected), "{from} {to}");
        }
        assert_eq!(
            (site("json.example.com"), site("example.com"), site("localhost")),
            ("example.com", "example.com", "localhost")
        );
        assert_eq!(of_file_uri("file:///a%20b/c").as_deref(), Some(Path::new("/a b/c")));
        assert_eq!(of_file_uri("https://example.com/a"), None);
    }

    #[test]
    fn identifiers_inside_are_found_by_their_bases() {
        let schema = json!({"$id": "https://example.com/a/", "$defs": {"b": {"$id": "b.json"}}});
        for (uri, expected) in [
            ("https://example.com/a/b.json", true),
            ("https://example.com/a/", true),
            ("https://example.com/b.json", false),
        ] {
            assert_eq!(has_id(&schema, "isomorph:///", uri), expected, "{uri}");
        }
    }
}
