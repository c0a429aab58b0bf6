//! The files that URIs say, or are mapped to.

use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;

use crate::root::{Root, normal, path_of};
use crate::store::Store;

/// The file that a URI is mapped to: by itself, or by the longest of the beginnings (they end in `/`) that are mapped to
/// folders, if it is there.
pub fn mapped<'m>(
    uri: &str,
    map: impl Iterator<Item = (&'m String, &'m PathBuf)> + Clone,
    store: &dyn Store,
) -> Option<PathBuf> {
    let exact = |(key, _): &(&String, &PathBuf)| {
        *key == uri || path_of(uri).is_some_and(|path| path == Path::new(key))
    };
    if let Some((_, file)) = map.clone().find(exact) {
        return Some(file.clone());
    }
    let prefixes = map.filter(|(key, _)| key.ends_with('/') && uri.starts_with(key.as_str()));
    let (prefix, folder) = prefixes.max_by_key(|(key, _)| key.len())?;
    let rest = percent_decode_str(&uri[prefix.len()..]).decode_utf8().ok()?;
    named(&Root::new(folder, store), Path::new(rest.as_ref()), store)
}

/// The file of that name in a root, or where the name has no ending of a schema, with one.
pub fn named(root: &Root, path: &Path, store: &dyn Store) -> Option<PathBuf> {
    if normal(path).starts_with("..") {
        return None;
    }
    let with = |ending: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        root.file(Path::new(&name), store)
    };
    root.file(path, store)
        .or_else(|| [".json", ".schema.json", ".yaml", ".yml", ".schema.yaml"].into_iter().find_map(with))
}

/// The file that a `file:` URI says (RFC 8089); `None` for other URIs, and for files of other hosts.
pub fn of_file_uri(uri: &str) -> Option<PathBuf> {
    let path = uri.strip_prefix("file:")?;
    let path = path.strip_prefix("//localhost").or_else(|| path.strip_prefix("//")).unwrap_or(path);
    let path = percent_decode_str(path).decode_utf8().ok()?;
    path.starts_with('/').then(|| path.into_owned().into())
}
