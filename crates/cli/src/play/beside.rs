//! The files that a schema may refer to while it is changed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use isomorph_play::Beside;
use isomorph_schema::{Dialect, Disk, Files, Lock, Unresolved, files_below, is_schema_file};

use crate::command_line::Play;
use crate::failure::Failure;
use crate::say::say;

/// What lies beside a schema: the files that it refers to as it is now. Of one that cannot be read as it is now, what it may refer to
/// when it is mended: the schemas in its folder, as far as that is no matter of time.
pub fn beside(schema: &Path, arguments: &Play) -> Beside {
    let mut map: BTreeMap<String, PathBuf> = locked(schema);
    map.extend(arguments.map.iter().cloned());
    let files = Files {
        schemas: vec![schema.to_owned()],
        map: map.clone(),
        within: arguments.within.clone(),
        ..Files::default()
    };
    let read = files.read(Dialect::default(), Unresolved::Accept).map(|set| set.files().cloned().collect());
    let paths: Vec<PathBuf> = read.unwrap_or_else(|_| around(schema));
    let text = |path: &PathBuf| fs::read_to_string(path).ok().map(|text| (path.clone(), text));
    Beside {
        name: Some(schema.to_owned()),
        files: paths.iter().filter(|path| *path != schema).filter_map(text).collect(),
        map: map.into_iter().collect(),
        within: arguments.within.clone(),
    }
}

/// The schemas in the folder of one, and below.
fn around(schema: &Path) -> Vec<PathBuf> {
    let folder = schema.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut found = files_below(folder, &Disk, &is_schema_file).unwrap_or_default();
    found.truncate(MOST);
    let mut size = 0;
    found.retain(|path| {
        size += path.metadata().map_or(0, |about| about.len());
        size <= LARGEST
    });
    found
}

/// How many schemas are taken along, and how large they are together, in bytes.
const MOST: usize = 1_000;
const LARGEST: u64 = 8 << 20;

/// The files of what was fetched, by its URIs; that a lock cannot be read is told.
fn locked(schema: &Path) -> BTreeMap<String, PathBuf> {
    let nearest = Lock::nearest(schema.parent().unwrap_or(Path::new("")), &Disk);
    let read = nearest.and_then(|path| match Lock::read(&path, &Disk) {
        Ok(lock) => Some(lock?.map(path.parent()?)),
        Err(error) => {
            say(format_args!("{}", Failure::Schema(error).told()));
            None
        }
    });
    read.unwrap_or_default()
}
