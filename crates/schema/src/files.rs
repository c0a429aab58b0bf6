//! Schemas in files, and what they refer to beside them. No other part of this crate reads files, but for
//! that which reads manifests.

#![expect(clippy::disallowed_methods, reason = "it reads files, and names them as the user does")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs};

use crate::dialect::Dialect;
use crate::error::Error;
use crate::linked::linked;
use crate::load::{Document, Source, parse_all, uri_of, validate_all};
use crate::opening::{Opening, opened};
use crate::resolve::missing;
use crate::unresolved::Unresolved;

/// Where schemas are.
#[derive(Debug, Clone, Default)]
pub struct Files {
    /// Folders: every `.json` file in them is a schema.
    pub folders: Vec<PathBuf>,
    /// Files. What they refer to beside them comes along.
    pub files: Vec<PathBuf>,
    /// Schemas that are in memory already.
    pub sources: Vec<Source>,
    /// Files of documents, by the URIs that schemas refer to them by.
    pub map: BTreeMap<String, PathBuf>,
    /// What is taken for a schema.
    pub opening: Opening,
}

impl Files {
    /// All sources, those that they refer to included, and what they hold.
    ///
    /// # Errors
    ///
    /// If a file cannot be read, or holds no JSON.
    pub fn read(&self, dialect: Dialect) -> Result<(Vec<Source>, Vec<Document>), Error> {
        let mut sources = self.sources.clone();
        for folder in &self.folders {
            sources.extend(folder_sources(folder)?);
        }
        for file in &self.files {
            sources.push(read(file)?);
        }
        let beside = self.files.first().map_or(Path::new(""), PathBuf::as_path);
        let mut asked = BTreeSet::new();
        loop {
            let documents = opened(parse_all(&sources, dialect)?, self.opening)?;
            let missing: Vec<_> =
                missing(&documents)?.into_iter().filter(|uri| asked.insert(uri.clone())).collect();
            let found = missing.iter().filter_map(|uri| Some((uri, mentioned_file(beside, uri, &self.map)?)));
            let found: Vec<_> = found.collect();
            if found.is_empty() {
                return Ok((sources, documents));
            }
            for (uri, path) in found {
                sources.push(Source { uri: Some(uri.clone()), ..read(&path)? });
            }
        }
    }

    /// What they hold, as it is validated against: with what stands for documents that are not here.
    ///
    /// # Errors
    ///
    /// If a schema cannot be read, is none, or refers to what is not there where that is an error.
    pub fn linked(&self, dialect: Dialect, unresolved: Unresolved) -> Result<Vec<Document>, Error> {
        let (_, documents) = self.read(dialect)?;
        validate_all(&documents)?;
        linked(documents, unresolved)
    }
}

fn folder_sources(folder: &Path) -> Result<Vec<Source>, Error> {
    let failed = |source| Error::Read { path: folder.to_owned(), source };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            paths.push(path);
        }
    }
    if paths.is_empty() {
        return Err(Error::NoSchema { path: folder.to_owned() });
    }
    // The order of a folder is not the same on every machine.
    paths.sort();
    paths.iter().map(|path| read(path)).collect()
}

/// The file of a document that others refer to by this URI, if there is one beside `file` or in `map`.
fn mentioned_file(file: &Path, uri: &str, map: &BTreeMap<String, PathBuf>) -> Option<PathBuf> {
    if let Some(path) = map.get(uri) {
        return Some(path.clone());
    }
    let name = uri.strip_prefix("isomorph:///")?;
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let beside = folder.read_dir().ok()?;
    let mut paths = beside.flatten().map(|entry| entry.path());
    let is_meant = |path: &PathBuf| uri_of(&path.to_string_lossy()) == format!("isomorph:///{name}");
    paths.find(|path| path.is_file() && is_meant(path) && stays_beside(file, path))
}

/// Whether `path` is in the folder of `file` even if it is a symbolic link.
fn stays_beside(file: &Path, path: &Path) -> bool {
    let folder = |path: &Path| path.canonicalize().ok()?.parent().map(Path::to_owned);
    folder(file).is_some() && folder(file) == folder(path)
}

fn read(path: &Path) -> Result<Source, Error> {
    let text = fs::read(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
    // Messages name files as the user does, who is in the current folder.
    let here = env::current_dir().unwrap_or_default();
    let file = path.strip_prefix(&here).unwrap_or(path).to_string_lossy().replace('\\', "/");
    Ok(Source { file, uri: None, text })
}
