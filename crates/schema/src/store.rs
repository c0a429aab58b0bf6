//! Where files come from.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// What is at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// Nothing, or nothing that could be read.
    Nothing,
}

/// Gives files: those of a disk, or what a browser hands in.
pub trait Store: fmt::Debug + Send + Sync {
    /// What is at a path, links followed.
    fn kind(&self, path: &Path) -> Kind;

    /// What a file holds.
    ///
    /// # Errors
    ///
    /// If there is none, or it cannot be read.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// What is directly in a folder, in any order.
    ///
    /// # Errors
    ///
    /// If there is none, or it cannot be read.
    fn entries(&self, folder: &Path) -> io::Result<Vec<PathBuf>>;

    /// The one path of what is at a path: absolute, all links followed. `None` if nothing is there.
    fn real(&self, path: &Path) -> Option<PathBuf>;
}
