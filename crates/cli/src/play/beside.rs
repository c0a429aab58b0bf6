//! The files that a schema may refer to while it is changed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use isomorph_play::Beside;
use isomorph_schema::{Dialect, Disk, Files, Lock, Unresolved};

use crate::command_line::Play;

/// What lies beside a schema: the files that it refers to as it is now. Of a schema that cannot be read as it is now there is
/// nothing.
pub fn beside(schema: &Path, arguments: &Play) -> Beside {
    let mut map: BTreeMap<String, PathBuf> = locked(schema);
    map.extend(arguments.map.iter().cloned());
    let files = Files {
        schemas: vec![schema.to_owned()],
        map: map.clone(),
        within: arguments.within.clone(),
        ..Files::default()
    };
    let set = files.read(Dialect::default(), Unresolved::Accept).unwrap_or_default();
    let text = |path: &PathBuf| fs::read_to_string(path).ok().map(|text| (path.clone(), text));
    Beside {
        name: Some(schema.to_owned()),
        files: set.files().filter(|path| *path != schema).filter_map(text).collect(),
        map: map.into_iter().collect(),
        within: arguments.within.clone(),
    }
}

/// The files of what was fetched, by its URIs.
fn locked(schema: &Path) -> BTreeMap<String, PathBuf> {
    let read = || {
        let path = Lock::nearest(schema.parent().unwrap_or(Path::new("")), &Disk)?;
        let lock = Lock::read(&path, &Disk).ok().flatten()?;
        Some(lock.map(path.parent()?))
    };
    read().unwrap_or_default()
}
