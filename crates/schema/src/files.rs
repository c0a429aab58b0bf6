//! Which schemas are named, and where what they refer to may be.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::dialect::Dialect;
use crate::disk::Disk;
use crate::opening::Opening;
use crate::source::Source;
use crate::store::Store;

/// Where schemas are.
#[derive(Debug, Clone)]
pub struct Files {
    /// Files, folders (all schemas in them and below) and globs; or one schema in a file, `FILE#/POINTER`. What they
    /// refer to comes along.
    pub schemas: Vec<PathBuf>,
    /// Schemas that are in memory already.
    pub sources: Vec<Source>,
    /// Files of documents, by the URIs that schemas refer to them by; where a URI ends in `/`, the folder of all that
    /// begin with it.
    pub map: BTreeMap<String, PathBuf>,
    /// Whether what the nearest `isomorph.lock` around the schemas names is read where schemas refer to it.
    pub lock: bool,
    /// The folder that references stay in; without it the folder that is named, or that of the files.
    pub within: Option<PathBuf>,
    /// The dialect of schemas whose `$schema` is not known, if that is no error.
    pub unknown: Option<Dialect>,
    /// What is taken for a schema.
    pub opening: Opening,
    /// Where files come from.
    pub store: Arc<dyn Store>,
}

impl Default for Files {
    /// None yet, from the disk.
    fn default() -> Self {
        Self {
            schemas: Vec::new(),
            sources: Vec::new(),
            map: BTreeMap::new(),
            lock: true,
            within: None,
            unknown: None,
            opening: Opening::default(),
            store: Arc::new(Disk),
        }
    }
}
