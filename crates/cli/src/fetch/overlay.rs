use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use isomorph_schema::{Disk, Kind, Store};

/// The files of the machine, and before them those that are not written yet.
#[derive(Debug, Clone, Default)]
pub struct Overlay {
    pub files: BTreeMap<PathBuf, Vec<u8>>,
}

impl Store for Overlay {
    fn kind(&self, path: &Path) -> Kind {
        if self.files.contains_key(path) { Kind::File } else { Disk.kind(path) }
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.files.get(path).cloned().map_or_else(|| Disk.read(path), Ok)
    }

    fn entries(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        Disk.entries(folder)
    }

    fn real(&self, path: &Path) -> Option<PathBuf> {
        if self.files.contains_key(path) { Some(path.to_owned()) } else { Disk.real(path) }
    }
}
