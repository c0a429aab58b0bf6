use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use crate::root::normal;
use crate::store::{Kind, Store};

/// Files that were handed in, by their paths.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    files: BTreeMap<PathBuf, Vec<u8>>,
}

impl Memory {
    /// These files.
    pub fn new<P: Into<PathBuf>, T: Into<Vec<u8>>>(files: impl IntoIterator<Item = (P, T)>) -> Self {
        Self { files: files.into_iter().map(|(path, text)| (normal(&path.into()), text.into())).collect() }
    }

    fn below(&self, folder: &Path) -> impl Iterator<Item = &Path> {
        let folder = normal(folder);
        self.files.keys().filter_map(move |path| path.strip_prefix(&folder).ok())
    }
}

impl Store for Memory {
    fn kind(&self, path: &Path) -> Kind {
        if self.files.contains_key(&normal(path)) {
            Kind::File
        } else if self.below(path).next().is_some() {
            Kind::Folder
        } else {
            Kind::Nothing
        }
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.files.get(&normal(path)).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn entries(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let firsts = self.below(folder).filter_map(|path| path.components().next());
        let mut entries: Vec<_> = firsts.map(|first| folder.join(first)).collect();
        entries.dedup();
        Ok(entries)
    }

    fn real(&self, path: &Path) -> Option<PathBuf> {
        (self.kind(path) != Kind::Nothing).then(|| normal(path))
    }
}
