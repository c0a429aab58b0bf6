//! What a run of `fetch` is about: schemas, their lock, and the folder of what is fetched.

use std::collections::BTreeMap;
use std::env;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use isomorph_schema::{Configuration, Dialect, Disk, Files, Lock, Locked, Set, Unresolved};

use super::hash::hash_of_document;
use super::overlay::Overlay;
use crate::command_line::Fetch;
use crate::failure::Failure;
use crate::schemas::{files, is_stdin};

/// Where documents are brought if nobody says.
const VENDOR: &str = "vendor";

/// What a run is about.
pub struct Plan {
    /// The schemas, without what was fetched.
    pub files: Files,
    pub dialect: Dialect,
    pub unresolved: Unresolved,
    /// The folder of the lock.
    pub folder: PathBuf,
    /// The lock as it is.
    pub lock: Lock,
    /// The folder of what is fetched, from that of the lock.
    pub vendor: String,
}

impl Plan {
    /// What arguments, and where they name no schema, configurations ask for.
    ///
    /// # Errors
    ///
    /// If a configuration or a lock cannot be read, or what is fetched would not stay in the lock's folder.
    pub fn all(arguments: &Fetch) -> Result<Vec<Self>, Failure> {
        if !arguments.schema.is_empty() {
            return Ok(vec![Self::named(arguments)?]);
        }
        let here = env::current_dir()?;
        let found = Configuration::nearest(&here)?;
        if found.is_empty() {
            return Err(Failure::NoConfiguration { folder: here });
        }
        if found.iter().any(|configuration| configuration.text().is_later()) {
            let several =
                "modules of one package share `isomorph.lock`; say `--schema` with all of their schemas";
            return Err(Failure::Fetch(several.to_owned()));
        }
        found.iter().map(|configuration| Self::configured(arguments, configuration)).collect()
    }

    fn named(arguments: &Fetch) -> Result<Self, Failure> {
        if arguments.schema.iter().any(|name| is_stdin(name)) {
            return Err(Failure::Fetch("`fetch` takes files; `-` is none".to_owned()));
        }
        let references = &arguments.references;
        let files = Files { lock: false, ..files(&arguments.schema, references)? };
        let here = env::current_dir()?;
        let folder = references.within.clone().or_else(|| folder_of(&files)).unwrap_or_default();
        let path = Lock::nearest(&folder, &Disk).unwrap_or_else(|| {
            let is_here = folder.canonicalize().is_ok_and(|real| real.starts_with(&here));
            let around = if is_here || folder.as_os_str().is_empty() { PathBuf::new() } else { folder };
            around.join(Lock::NAME)
        });
        let dialect = references.dialect.unwrap_or_default();
        Self::new(files, dialect, references.unresolved, &path, arguments.vendor.as_deref())
    }

    fn configured(arguments: &Fetch, configuration: &Configuration) -> Result<Self, Failure> {
        let map = configuration.map.clone();
        let files = Files { map, lock: false, ..configuration.files()? };
        let vendor = arguments.vendor.as_ref().or(configuration.vendor.as_ref());
        let unresolved = match arguments.references.unresolved {
            Unresolved::Refuse => configuration.unresolved,
            said => said,
        };
        Self::new(files, configuration.dialect, unresolved, &configuration.lock(), vendor.map(String::as_str))
    }

    fn new(
        files: Files,
        dialect: Dialect,
        unresolved: Unresolved,
        lock: &Path,
        vendor: Option<&str>,
    ) -> Result<Self, Failure> {
        let vendor = vendor.unwrap_or(VENDOR).trim_end_matches('/').trim_start_matches("./").to_owned();
        let is_inside = Path::new(&vendor).components().all(|part| matches!(part, Component::Normal(_)));
        if vendor.is_empty() || !is_inside {
            return Err(Failure::Fetch(format!("`{vendor}` must be a folder below that of {}", Lock::NAME)));
        }
        let folder = lock.parent().unwrap_or(Path::new("")).to_owned();
        let lock = Lock::read(lock, &Disk)?.unwrap_or_default();
        Ok(Self { files, dialect, unresolved, folder, lock, vendor })
    }

    /// Where the lock is.
    pub fn lock_path(&self) -> PathBuf {
        self.folder.join(Lock::NAME)
    }

    /// What of the lock is there as it was fetched.
    pub fn kept(&self) -> BTreeMap<String, Locked> {
        let is_there = |locked: &Locked| {
            std::fs::read(self.folder.join(&locked.file))
                .is_ok_and(|bytes| hash_of_document(&bytes) == locked.sha256)
        };
        let kept = self.lock.documents.iter().filter(|(_, locked)| is_there(locked));
        kept.map(|(uri, locked)| (uri.clone(), locked.clone())).collect()
    }

    /// The files as they are when all but these documents are to be fetched again: what is no longer as it was fetched would
    /// be found by its name as well, beside a document that refers to it.
    pub fn overlay(&self, known: &BTreeMap<String, Locked>) -> Overlay {
        let mut overlay = Overlay::default();
        let stale = self.lock.documents.iter().filter(|(uri, _)| !known.contains_key(*uri));
        stale.for_each(|(_, locked)| overlay.pass_over(self.folder.join(&locked.file)));
        overlay
    }

    /// The schemas, and what they refer to of these documents.
    ///
    /// # Errors
    ///
    /// If one cannot be read, or is not what its name says.
    pub fn set(&self, known: &BTreeMap<String, Locked>, store: &Overlay) -> Result<Set, Failure> {
        let mut files = self.files.clone();
        files.store = Arc::new(store.clone());
        for (uri, file) in (Lock { documents: known.clone(), names: Vec::new() }).map(&self.folder) {
            files.map.entry(uri).or_insert(file);
        }
        Ok(files.read(self.dialect, Unresolved::Accept)?)
    }
}

/// The folder of the first schema.
fn folder_of(files: &Files) -> Option<PathBuf> {
    let name = files.schemas.first()?;
    if name.is_dir() { Some(name.clone()) } else { name.parent().map(Path::to_owned) }
}

/// The documents that a set refers to and that could be fetched, each with the first place that does.
pub fn wanted(set: &Set, takes_any_dialect: bool) -> Vec<(String, String)> {
    let missing = set.missing.iter().map(|missing| (missing.uri.clone(), missing.place.to_string()));
    let named = set.documents.iter().filter(|document| !document.is_custom && !takes_any_dialect);
    let meta_schemas = named.filter_map(|document| {
        let uri = document.root.get("$schema")?.as_str()?;
        // What that site has and is not known is too old.
        let is_known = Dialect::of(uri).is_some() || uri.contains("//json-schema.org/");
        let uri = uri.trim_end_matches('#').to_owned();
        (!is_known).then(|| (uri, format!("{}, whose `$schema` it is", document.file)))
    });
    let mut wanted: Vec<_> = missing.chain(meta_schemas).filter(|(uri, _)| is_elsewhere(uri)).collect();
    wanted.sort();
    wanted.dedup_by(|one, other| one.0 == other.0);
    wanted
}

/// Whether a URI is of what could be fetched.
pub fn is_elsewhere(uri: &str) -> bool {
    uri.starts_with("https://") || uri.starts_with("http://")
}
