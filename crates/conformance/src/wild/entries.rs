use std::path::{Path, PathBuf};

use crate::corpus;
use crate::failure::Failure;

/// Something to generate from.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What it is called: `openapi/petstore.json`.
    pub name: String,
    /// A file, or a folder of schemas.
    pub path: PathBuf,
}

/// The files of each folder of the corpus; in `folder`, the folders.
///
/// # Errors
///
/// If a folder cannot be read.
pub fn entries(folder: &Path) -> Result<Vec<Entry>, Failure> {
    let mut entries = Vec::new();
    for kind in corpus::entries(&folder.join("wild"))? {
        for path in corpus::entries(&kind)? {
            let part = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            entries.push(Entry { name: format!("{}/{}", part(&kind), part(&path)), path });
        }
    }
    Ok(entries)
}
