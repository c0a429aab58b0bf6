use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use isomorph_schema::{Disk, Kind, Store};

/// The files of the machine, and before them those that are not written yet.
#[derive(Debug, Clone, Default)]
pub struct Overlay {
    pub files: BTreeMap<PathBuf, Vec<u8>>,
    /// Files of the machine that are passed over: they are to be written anew.
    stale: BTreeSet<PathBuf>,
}

impl Overlay {
    /// Passes over a file of the machine, by each of its names.
    pub fn pass_over(&mut self, path: PathBuf) {
        self.stale.extend(Disk.real(&path));
        self.stale.insert(path);
    }

    fn is_stale(&self, path: &Path) -> bool {
        self.stale.contains(path) && !self.files.contains_key(path)
    }
}

impl Store for Overlay {
    fn kind(&self, path: &Path) -> Kind {
        match self.files.contains_key(path) {
            true => Kind::File,
            false if self.is_stale(path) => Kind::Nothing,
            false => Disk.kind(path),
        }
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        if self.is_stale(path) {
            return Err(io::ErrorKind::NotFound.into());
        }
        self.files.get(path).cloned().map_or_else(|| Disk.read(path), Ok)
    }

    fn entries(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let mut entries = Disk.entries(folder)?;
        entries.retain(|path| !self.is_stale(path));
        Ok(entries)
    }

    fn real(&self, path: &Path) -> Option<PathBuf> {
        match self.files.contains_key(path) {
            true => Some(path.to_owned()),
            false if self.is_stale(path) => None,
            false => Disk.real(path),
        }
    }
}
