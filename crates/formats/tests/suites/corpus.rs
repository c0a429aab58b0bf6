//! Where the suites are.

use std::fs;
use std::path::{Path, PathBuf};

/// The folder of a suite, if it is there.
pub fn suite(name: &str) -> Option<PathBuf> {
    let beside = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus"));
    let corpus = std::env::var_os("ISOMORPH_CORPUS").map_or_else(beside, PathBuf::from);
    let folder = corpus.join("suites").join(name);
    if !folder.is_dir() {
        println!("skipped: no suite at {}", folder.display());
        return None;
    }
    Some(folder)
}

/// The files in a folder and those below it, in order.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()) {
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}
