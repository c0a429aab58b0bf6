use std::path::PathBuf;

/// A file of the crate.
pub struct CrateFile {
    pub path: PathBuf,
    pub text: Vec<u8>,
}

impl CrateFile {
    pub fn new(path: impl Into<PathBuf>, text: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), text: text.into() }
    }
}
