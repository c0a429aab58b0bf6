//! From what a set refers to, to all of it: documents that are fetched may refer to others.

use std::collections::{BTreeMap, BTreeSet};

use isomorph_schema::{Dialect, Disk, Document, Locked, Set, Source, Store, Unresolved, parse_all};

use super::client::Fetched;
use super::file_names::FileNames;
use super::hash::{hash, with_plain_lines};
use super::overlay::Overlay;
use super::plan::{Plan, is_elsewhere, wanted};
use crate::failure::Failure;
use crate::say::say;

/// How many documents are fetched at once.
const MOST: usize = 2000;

/// How many bytes they may have in all: they are in memory until every one of them has come.
const LARGEST_IN_ALL: usize = 256 << 20;

/// What is there when all is fetched.
pub struct Brought {
    /// All documents that the set refers to.
    pub documents: BTreeMap<String, Locked>,
    /// Those that are to be written.
    pub new: BTreeMap<String, Vec<u8>>,
    /// Those that did not come, and why.
    pub failed: BTreeMap<String, String>,
}

/// Fetches what a set refers to, and what that refers to.
///
/// # Errors
///
/// If a schema cannot be used, or refers to what is not there and cannot be fetched, where that is an error.
pub fn bring(
    plan: &Plan,
    update: bool,
    get: &dyn Fn(&str) -> Result<Fetched, String>,
) -> Result<Brought, Failure> {
    let known = if update { BTreeMap::new() } else { plan.kept() };
    let mut bringing = Bringing::new(plan, update, known);
    let set = loop {
        let set = plan.set(&bringing.known, &bringing.store)?;
        let mut wanted = wanted(&set, plan.files.unknown.is_some());
        wanted.retain(|(uri, _)| !bringing.failed.contains_key(uri) && !bringing.known.contains_key(uri));
        if wanted.is_empty() {
            break set;
        }
        if bringing.new.len() + wanted.len() > MOST {
            return Err(Failure::Fetch(format!(
                "the schemas refer to more than {MOST} documents; `--map` some"
            )));
        }
        for (uri, place) in wanted {
            if let Err(message) = get(&uri).and_then(|fetched| bringing.take(&uri, &fetched)) {
                bringing.failed.insert(uri, format!("{message} (for {place})"));
            }
            if bringing.new.values().map(Vec::len).sum::<usize>() > LARGEST_IN_ALL {
                return Err(Failure::Fetch(format!(
                    "the documents have more than {} MB in all; `--map` some",
                    LARGEST_IN_ALL >> 20
                )));
            }
        }
    };
    bringing.done(&set)
}

struct Bringing<'a> {
    plan: &'a Plan,
    update: bool,
    known: BTreeMap<String, Locked>,
    names: FileNames,
    store: Overlay,
    new: BTreeMap<String, Vec<u8>>,
    failed: BTreeMap<String, String>,
}

impl<'a> Bringing<'a> {
    fn new(plan: &'a Plan, update: bool, known: BTreeMap<String, Locked>) -> Self {
        let mut names = FileNames::default();
        plan.lock.documents.values().for_each(|locked| names.take(&locked.file));
        let (store, new, failed) = (plan.overlay(&known), BTreeMap::new(), BTreeMap::new());
        Self { plan, update, known, names, store, new, failed }
    }

    /// Takes what came for a URI, if it can be a schema, and is what it was when it was fetched before.
    fn take(&mut self, uri: &str, fetched: &Fetched) -> Result<(), String> {
        let bytes = with_plain_lines(&fetched.bytes);
        let sha256 = hash(&bytes);
        let before = self.plan.lock.documents.get(uri);
        if before.is_some_and(|before| before.sha256 != sha256) && !self.update {
            return Err(
                "it is no longer what it was when it was fetched; `--update` takes it as it is now".into()
            );
        }
        let file = match before {
            Some(before) => before.file.clone(),
            None => self.names.of(&self.plan.vendor, uri, fetched.is_yaml),
        };
        let source = Source { file: file.clone(), uri: Some(uri.to_owned()), text: bytes };
        parse_all(std::slice::from_ref(&source), Dialect::default())
            .map_err(|error| format!("it is no schema: {error}"))?;
        say(format_args!("fetched {uri} ({} bytes)", source.text.len()));
        let path = self.plan.folder.join(&file);
        // What is on the disk may be where it is by a link; what is here is where it is said to be.
        self.store.files.insert(Disk.real(&path).unwrap_or_else(|| path.clone()), source.text.clone());
        self.store.files.insert(path, source.text.clone());
        self.known.insert(uri.to_owned(), Locked { file, sha256 });
        self.new.insert(uri.to_owned(), source.text);
        Ok(())
    }

    fn done(self, set: &Set) -> Result<Brought, Failure> {
        let refuses = self.plan.unresolved == Unresolved::Refuse;
        if refuses && !self.failed.is_empty() {
            return Err(Failure::NotFetched { failed: self.failed });
        }
        let missing: Vec<_> =
            set.missing.iter().filter(|missing| !is_elsewhere(&missing.uri)).cloned().collect();
        if refuses && !missing.is_empty() {
            return Err(isomorph_schema::Error::Missing { missing }.into());
        }
        let is_read: BTreeSet<_> = set.documents.iter().flat_map(Document::uris).collect();
        let mut documents = self.known;
        documents.retain(|uri, _| is_read.contains(uri));
        let mut new = self.new;
        new.retain(|uri, _| documents.contains_key(uri));
        Ok(Brought { documents, new, failed: self.failed })
    }
}
