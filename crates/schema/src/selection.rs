//! What the user names: files, folders, globs, and one schema in a file.

use std::collections::{BTreeSet, VecDeque};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};
use isomorph_formats::Format;
use isomorph_json::Pointer;
use percent_encoding::percent_decode_str;

use crate::error::Error;
use crate::store::{Kind, Store};

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// All schemas in a folder and below.
    Folder(PathBuf),
    /// A file, or with a pointer one schema in it.
    File(PathBuf, Option<Pointer>),
    /// The files that a glob matches, and the folder in which it looks for them.
    Glob(PathBuf, Vec<PathBuf>),
}

impl Selection {
    /// What a name stands for: what has that whole name, else `FILE#/POINTER`, else a glob.
    ///
    /// # Errors
    ///
    /// If a glob is none, or matches nothing, or a folder cannot be read.
    pub fn of(name: &Path, store: &dyn Store) -> Result<Self, Error> {
        match store.kind(name) {
            Kind::Folder => return Ok(Self::Folder(name.to_owned())),
            Kind::File => return Ok(Self::File(name.to_owned(), None)),
            Kind::Nothing => {}
        }
        let text = name.to_string_lossy();
        if let Some((file, fragment)) = text.rsplit_once('#')
            && let Some(pointer) = Pointer::parse(&percent_decode_str(fragment).decode_utf8_lossy())
            && store.kind(Path::new(file)) == Kind::File
        {
            return Ok(Self::File(file.into(), Some(pointer)));
        }
        if is_glob(name) {
            return glob(name, &text, store);
        }
        Ok(Self::File(name.to_owned(), None))
    }
}

/// Whether a name is to be read as a glob, where nothing has that name.
pub fn is_glob(name: &Path) -> bool {
    name.to_string_lossy().contains(['*', '?', '[', '{'])
}

/// The folders that a name begins with before a part of it is a glob: all of it where none is.
pub fn plain_start(name: &Path) -> PathBuf {
    name.iter().take_while(|part| !is_glob(Path::new(part))).collect()
}

/// The same, and before one says a place in a file.
pub fn named_start(name: &Path) -> PathBuf {
    let is_plain = |part: &&OsStr| !is_glob(Path::new(part)) && !part.to_string_lossy().contains('#');
    name.iter().take_while(is_plain).collect()
}

fn glob(name: &Path, text: &str, store: &dyn Store) -> Result<Selection, Error> {
    let failed = |message: String| Error::Glob { glob: text.to_owned(), message };
    let matcher: GlobMatcher = GlobBuilder::new(text)
        .literal_separator(true)
        .build()
        .map_err(|error| failed(error.kind().to_string()))?
        .compile_matcher();
    let folder = plain_start(name);
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { &folder };
    let found = files_below(here, store, &|path| matcher.is_match(path.strip_prefix(".").unwrap_or(path)))?;
    if found.is_empty() {
        Err(failed("no file matches it".into()))
    } else {
        Ok(Selection::Glob(folder, found))
    }
}

/// How many files of a folder are looked at.
const MOST: usize = 100_000;

/// The files in a folder and below that are wanted, in the order of their names, and at last those that only links lead to; none that
/// is hidden, and none that a link out of the folder leads to. A file has one name, whatever links there are to it.
///
/// # Errors
///
/// If the folder cannot be read.
pub fn files_below(
    folder: &Path,
    store: &dyn Store,
    is_wanted: &dyn Fn(&Path) -> bool,
) -> Result<Vec<PathBuf>, Error> {
    Ok(files_and_links(folder, store, is_wanted)?.0)
}

/// The same, and the links that would be wanted, but lead out of the folder, or to nothing.
///
/// # Errors
///
/// If the folder cannot be read.
pub fn files_and_links(
    folder: &Path,
    store: &dyn Store,
    is_wanted: &dyn Fn(&Path) -> bool,
) -> Result<(Vec<PathBuf>, Vec<PathBuf>), Error> {
    let failed = |path: &Path, source| Error::Read { path: path.to_owned(), source };
    let root = store.real(folder);
    let (mut found, mut out, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    let mut work = vec![folder.to_owned()];
    let mut links = VecDeque::new();
    while let Some((path, is_link)) =
        work.pop().map(|path| (path, false)).or_else(|| Some((links.pop_front()?, true)))
    {
        // A link back up would lead round for ever.
        let Some(real) =
            store.real(&path).filter(|real| root.as_ref().is_some_and(|root| real.starts_with(root)))
        else {
            if path != folder && is_wanted(&path) {
                out.push(path);
            }
            continue;
        };
        if !is_link && path != folder && leads_elsewhere(&path, &real, store) {
            links.push_back(path);
            continue;
        }
        match store.kind(&path) {
            Kind::Folder if seen.insert(real.clone()) => {
                let mut entries = store.entries(&path).map_err(|source| failed(&path, source))?;
                entries.retain(|entry| !is_hidden(entry));
                // The order of a folder is not the same on every machine.
                entries.sort_unstable_by(|one, other| other.cmp(one));
                work.extend(entries);
            }
            Kind::File if is_wanted(&path) && seen.insert(real.clone()) => found.push(path),
            _ => {}
        }
        if found.len() + work.len() + links.len() > MOST {
            return Err(failed(folder, std::io::Error::other(format!("more than {MOST} files are in it"))));
        }
    }
    Ok((found, out))
}

/// Whether a path is a link.
fn leads_elsewhere(path: &Path, real: &Path, store: &dyn Store) -> bool {
    let around = path.parent().and_then(|around| store.real(around));
    around.is_some_and(|around| around.join(path.file_name().unwrap_or_default()) != real)
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// Whether a file in a folder of schemas is one by its name.
pub fn is_schema_file(path: &Path) -> bool {
    // TOML is what every crate has a manifest in.
    let is_manifest = || path.file_name().is_some_and(|name| name == "Cargo.toml");
    match Format::of(path) {
        Some(Format::Json | Format::Jsonc | Format::Json5 | Format::Yaml) => true,
        Some(Format::Toml) => !is_manifest(),
        Some(Format::Ndjson) | None => false,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use isomorph_json::Pointer;

    use super::{Selection, files_below, is_schema_file};
    use crate::memory::Memory;

    fn store() -> Memory {
        let names = [
            "s/b.json",
            "s/a.yaml",
            "s/in/c.toml",
            "s/in/d.rs",
            "s/.git/e.json",
            "s/x#/y",
            "s/in/Cargo.toml",
        ];
        Memory::new(names.map(|name| (name, "")))
    }

    #[test]
    fn a_folder_is_a_tree_of_schemas_in_order() {
        let found = files_below(Path::new("s"), &store(), &is_schema_file).expect("it can be read");
        assert_eq!(found, ["s/a.yaml", "s/b.json", "s/in/c.toml"].map(Path::new));
    }

    #[test]
    fn a_name_is_a_file_a_folder_a_schema_in_a_file_or_a_glob() {
        let of = |name: &str| Selection::of(Path::new(name), &store());
        let file = |name: &str, pointer: Option<&str>| {
            Selection::File(name.into(), pointer.map(|pointer| Pointer::parse(pointer).expect("a pointer")))
        };
        for (name, expected) in [
            ("s", Selection::Folder("s".into())),
            ("s/b.json", file("s/b.json", None)),
            ("s/x#/y", file("s/x#/y", None)),
            ("s/b.json#/$defs/a~1b", file("s/b.json", Some("/$defs/a~1b"))),
            ("s/b.json#", file("s/b.json", Some(""))),
            ("s/nothing.json", file("s/nothing.json", None)),
            ("s/*.json", Selection::Glob("s".into(), vec!["s/b.json".into()])),
            (
                "s/**/*.{toml,yaml}",
                Selection::Glob(
                    "s".into(),
                    vec!["s/a.yaml".into(), "s/in/Cargo.toml".into(), "s/in/c.toml".into()],
                ),
            ),
        ] {
            assert_eq!(of(name).ok(), Some(expected), "{name}");
        }
        for (name, expected) in [("s/*.xml", "no file matches"), ("s/[", "unclosed")] {
            assert!(of(name).is_err_and(|error| error.to_string().contains(expected)), "{name}");
        }
    }
}
