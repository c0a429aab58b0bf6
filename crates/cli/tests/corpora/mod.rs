//! Where the schemas are that others wrote.

use std::path::PathBuf;

use super::repository::repository;

/// The corpora, where they are; without them a test says that it was skipped.
pub fn corpora() -> Option<PathBuf> {
    let beside = || repository().join("../shared/corpus");
    let corpora = std::env::var_os("ISOMORPH_CORPUS").map_or_else(beside, PathBuf::from);
    if !corpora.is_dir() {
        println!("skipped: no corpora at {}", corpora.display());
        return None;
    }
    Some(corpora)
}
