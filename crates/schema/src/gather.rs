//! From what is named to all that it refers to.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use isomorph_json::Pointer;
use serde_json::Value;

use crate::dialect::Dialect;
use crate::disk::shown;
use crate::document::Document;
use crate::error::Error;
use crate::files::Files;
use crate::find::{Finder, Found};
use crate::holders::unlike;
use crate::inherit::Heirs;
use crate::live;
use crate::load::{assign_dialects, has_mark, parse};
use crate::location::Location;
use crate::lock::Lock;
use crate::missing::Missing;
use crate::misspelt::misspelt;
use crate::note::Note;
use crate::opening::{Opening, opened};
use crate::place::Place;
use crate::resolve::{Asked, Resolver};
use crate::root::{Root, around, clipped, normal, uri_of, uri_of_path};
use crate::selection::{Selection, files_and_links, is_schema_file};
use crate::set::Set;
use crate::source::Source;
use crate::unresolved::Unresolved;

/// Reads what is named, and as long as there is any, what that refers to and is there.
///
/// # Errors
///
/// If a file cannot be read, or is not what its name says, or a reference leads nowhere in a document that is here.
pub fn gather(files: &Files, dialect: Dialect) -> Result<Set, Error> {
    let selections = files.schemas.iter().map(|name| Selection::of(name, files.store.as_ref()));
    let selections = selections.collect::<Result<Vec<_>, _>>()?;
    let mut gathered =
        Gathered { files, root: root(files, &selections), set: Set::default(), known: HashMap::new() };
    gathered.sources()?;
    for selection in selections {
        gathered.selection(selection)?;
    }
    gathered.has_any()?;
    gathered.references(dialect)?;
    Ok(gathered.set)
}

/// The folder that references stay in.
fn root(files: &Files, selections: &[Selection]) -> Root {
    let store = files.store.as_ref();
    let folder = |file: &Path| file.parent().unwrap_or(Path::new("")).to_owned();
    let named: Vec<PathBuf> = selections
        .iter()
        .map(|selection| match selection {
            Selection::Folder(path) | Selection::Glob(path, _) => path.clone(),
            Selection::File(path, _) => folder(path),
        })
        .collect();
    // Paths from different places have only the real ones in common.
    let is_plain = |path: &PathBuf| path.is_relative() && !path.starts_with("..");
    let named = if named.len() < 2 || named.iter().all(is_plain) {
        named
    } else {
        named.iter().map(|path| store.real(path).unwrap_or_else(|| path.clone())).collect()
    };
    Root::new(files.within.as_deref().unwrap_or(&around(&named)), store)
}

struct Gathered<'a> {
    files: &'a Files,
    root: Root,
    set: Set,
    /// The documents by the files that they were read from: the first of each.
    known: HashMap<PathBuf, usize>,
}

impl Gathered<'_> {
    fn sources(&mut self) -> Result<(), Error> {
        for source in &self.files.sources {
            let uri = source.uri.clone().unwrap_or_else(|| uri_of(&source.file));
            self.add(source, &uri, source.uri.is_some(), None, true)?;
        }
        Ok(())
    }

    /// Where folders were named, something in what was named has to be a schema.
    fn has_any(&self) -> Result<(), Error> {
        let mut left_out = self.set.notes.iter().filter(|note| matches!(note, Note::LeftOut { .. }));
        let is_none = self.set.documents.iter().all(|document| document.is_guest);
        match (self.set.folders.first(), left_out.next()) {
            (Some(folder), Some(first)) if is_none => {
                Err(Error::NoneIsASchema { path: folder.clone(), first: first.to_string() })
            }
            _ => Ok(()),
        }
    }

    fn selection(&mut self, selection: Selection) -> Result<(), Error> {
        let store = self.files.store.as_ref();
        match selection {
            Selection::Folder(folder) => {
                let (found, links) = files_and_links(&folder, store, &is_schema_file)?;
                let left_out = links.iter().map(|link| Note::LeftOut {
                    file: shown(link),
                    message: "it is a link out of the folder, or to nothing".to_owned(),
                });
                self.set.notes.extend(left_out);
                if found.is_empty() {
                    return Err(Error::NoSchema { path: folder });
                }
                self.set.folders.push(folder);
                found.iter().try_for_each(|file| self.own(file, false).map(drop))
            }
            Selection::Glob(_, found) => found.iter().try_for_each(|file| self.own(file, false).map(drop)),
            Selection::File(file, pointer) => {
                let first = self.own(&file, true)?;
                if let Some(pointer) = pointer {
                    let selected = self.selected(first, &pointer)?;
                    self.set.selected.push(selected);
                }
                Ok(())
            }
        }
    }

    /// The schema at a place in a file, of which this is the first document.
    fn selected(&self, first: usize, in_file: &Pointer) -> Result<Location, Error> {
        let of_file = |document: &&Document| document.path == self.set.documents[first].path;
        for (index, document) in
            self.set.documents.iter().enumerate().skip(first).take_while(|(_, one)| of_file(one))
        {
            let pointer = document.locate(in_file);
            let is_whole = document.holder.is_some() && pointer == Pointer::root();
            let there = pointer.find(&document.root).filter(|_| !is_whole);
            if there.is_some_and(|schema| schema.is_object() || schema.is_boolean()) {
                return Ok(Location { document: index, pointer });
            }
        }
        Err(Error::NotASchema { place: Place::new(self.set.documents[first].file.clone(), in_file.clone()) })
    }

    /// Reads a file that was named, or that is in a folder that was; gives its first document.
    fn own(&mut self, file: &Path, is_named: bool) -> Result<usize, Error> {
        let store = self.files.store.as_ref();
        if let Some(known) = store.real(file).and_then(|real| self.known.get(&real).copied()) {
            return Ok(known);
        }
        let source = self.read(file)?;
        let inside = self.root.inside(file, store).or_else(|| self.as_named(file).filter(|_| is_named));
        let Some(path) = inside else {
            return Err(Error::NotWithin { path: file.to_owned(), within: self.root.folder.clone() });
        };
        self.add(&source, &uri_of_path(&path), false, Some(file), is_named)
    }

    /// The path of a file in a root that was chosen for it: somebody who names a link, or what is no file at all, as a shell does
    /// for `<(…)`, means it as it is named.
    fn as_named(&self, file: &Path) -> Option<String> {
        let is_chosen = self.files.within.is_none();
        let named =
            normal(file).strip_prefix(normal(&self.root.folder)).ok()?.to_string_lossy().replace('\\', "/");
        is_chosen.then_some(named)
    }

    fn read(&self, file: &Path) -> Result<Source, Error> {
        let failed = |source| Error::Read { path: file.to_owned(), source };
        let text = self.files.store.read(file).map_err(failed)?;
        Ok(Source { file: shown(file), uri: None, text })
    }

    /// Adds the documents of a file; gives the first. What is no schema is refused if the file was named, else left out: others
    /// may refer to a part of it.
    fn add(
        &mut self,
        source: &Source,
        uri: &str,
        is_guest: bool,
        file: Option<&Path>,
        is_named: bool,
    ) -> Result<usize, Error> {
        if has_mark(&source.text) {
            self.set.notes.push(Note::ByteOrderMark { file: source.file.clone() });
        }
        let first = self.set.documents.len();
        let mut documents = parse(source, uri, is_guest)?;
        for document in &mut documents {
            document.path = file.map(Path::to_owned);
        }
        let opening = self.files.opening;
        let is_any = opening.allow_any || !is_named;
        for mut document in opened(documents, Opening { allow_any: is_any, ..opening })? {
            let is_judged = !is_named && !opening.allow_any && document.holder.is_none();
            if is_judged && !document.root.is_object() && !document.root.is_boolean() {
                let message = "it is no object, and so no schema".to_owned();
                self.set.notes.push(Note::LeftOut { file: document.file, message });
                continue;
            }
            if let Some(message) = unlike(&document.root).filter(|_| is_judged) {
                document.is_guest = true;
                self.set.notes.push(Note::LeftOut { file: document.file.clone(), message });
            }
            self.set.documents.push(document);
        }
        let is_there = self.set.documents.len() > first;
        let real = file.filter(|_| is_there).and_then(|file| self.files.store.real(file));
        self.known.extend(real.map(|real| (real, first)));
        Ok(first)
    }

    /// The files of what was fetched, by its URIs.
    fn locked(&self) -> Result<BTreeMap<String, PathBuf>, Error> {
        let store = self.files.store.as_ref();
        let nearest = || Lock::nearest(&self.root.folder, store);
        let Some(path) = self.files.lock.then(nearest).flatten() else { return Ok(BTreeMap::new()) };
        let lock = Lock::read(&path, store)?.unwrap_or_default();
        Ok(lock.map(path.parent().unwrap_or(Path::new(""))))
    }

    /// Reads what is referred to, until nothing more is found.
    fn references(&mut self, dialect: Dialect) -> Result<(), Error> {
        let mut finder = Finder::new(self.files, self.root.clone(), self.locked()?);
        let mut tried = BTreeSet::new();
        let mut heirs = Heirs::default();
        loop {
            assign_dialects(&mut self.set.documents, dialect);
            if let Some(unknown) = self.files.unknown {
                assume(&mut self.set.documents, unknown);
            }
            heirs.find(&mut self.set.documents);
            let (missing, data, error) = missing(&self.set.documents)?;
            let wanted = missing.keys().cloned().chain(data).chain(self.meta_schemas());
            let wanted: Vec<String> = wanted.filter(|uri| tried.insert(uri.clone())).collect();
            finder.look_for(&wanted, &self.set.documents);
            let mut is_all = true;
            for uri in wanted {
                let by = missing.get(&uri).and_then(|asked| asked.by.first());
                is_all &= !self.find(&mut finder, &uri, by)?;
            }
            if is_all {
                self.set.missing =
                    missing.into_iter().map(|(uri, asked)| self.told(&finder, uri, &asked)).collect();
                self.set.missing.sort_by(|one, other| one.place.cmp(&other.place));
                self.set.nowhere = error;
                self.set.notes.extend(misspelt(&self.set.documents));
                return Ok(());
            }
        }
    }

    /// Takes what is found for a URI; says whether anything was.
    fn find(
        &mut self,
        finder: &mut Finder,
        uri: &str,
        by: Option<&(Location, String)>,
    ) -> Result<bool, Error> {
        let from = by.map(|(from, _)| (from, self.base(from)));
        let referrer = from.as_ref().map(|(from, base)| (&self.set.documents[from.document], base.as_str()));
        let Some(Found { file, by_name, has_own_uri }) = finder.find(uri, referrer) else { return Ok(false) };
        let known = self.files.store.real(&file).and_then(|real| self.known.get(&real).copied());
        // What leads out of the root and into it again is resolved to what another document may be called.
        let resolved = clipped(uri);
        let index = if let Some(index) = known {
            index
        } else {
            let source = self.read(&file)?;
            // What has that `$id` is found by it, wherever it is.
            let is_own = has_own_uri || resolved != uri;
            let own = self.root.inside(&file, self.files.store.as_ref()).filter(|_| is_own);
            self.add(
                &source,
                &own.map_or(uri.to_owned(), |path| uri_of_path(&path)),
                true,
                Some(&file),
                true,
            )?
        };
        let is_taken = resolved != uri
            && self
                .set
                .documents
                .iter()
                .enumerate()
                .any(|(other, one)| other != index && one.uri == resolved);
        let document = &mut self.set.documents[index];
        let is_known = document.uri == uri || document.aliases.iter().any(|alias| alias == uri);
        if !is_known && !has_own_uri && !is_taken {
            document.aliases.push(uri.to_owned());
        }
        if let (true, Some((from, _))) = (by_name, by) {
            let place = self.set.documents[from.document].place_in_text(&from.pointer.join("$ref"));
            self.set.notes.push(Note::Sibling { place, uri: uri.to_owned(), file: shown(&file) });
        }
        Ok(true)
    }

    /// The base URI of the schema at a place.
    fn base(&self, from: &Location) -> String {
        let own = || self.set.documents[from.document].uri.clone();
        let one = std::slice::from_ref(&self.set.documents[from.document]);
        let resolver = Resolver::new(one, Unresolved::Accept);
        let at = Location { document: 0, pointer: from.pointer.clone() };
        resolver.ok().and_then(|resolver| resolver.base(&at)).unwrap_or_else(own)
    }

    /// The meta-schemas that documents name and that are not known.
    fn meta_schemas(&self) -> Vec<String> {
        let named = self.set.documents.iter().filter(|document| !document.is_custom);
        let named = named.filter_map(|document| document.root.get("$schema").and_then(Value::as_str));
        named
            .filter(|uri| Dialect::of(uri).is_none())
            .map(|uri| uri.trim_end_matches('#').to_owned())
            .collect()
    }

    fn told(&self, finder: &Finder, uri: String, asked: &Asked) -> Missing {
        let (from, reference) = match asked.by.first() {
            Some((from, reference)) => (from.clone(), reference.clone()),
            None => (Location { document: 0, pointer: Pointer::root() }, uri.clone()),
        };
        let place = self.set.documents[from.document].place_in_text(&from.pointer.join("$ref"));
        let hint = finder.hint(&uri, &self.set.documents[from.document], &self.set.documents);
        Missing { uri, place, reference, more: asked.by.len().saturating_sub(1), hint }
    }
}

/// The documents that schemas refer to and that are not here; those that only data refers to; and why a reference leads
/// nowhere though its document is here, if one does.
type Wanted = (BTreeMap<String, Asked>, BTreeSet<String>, Option<Error>);

fn missing(documents: &[Document]) -> Result<Wanted, Error> {
    let resolver = Resolver::new(documents, Unresolved::Accept)?;
    let mut error = None;
    live::follow(documents, &resolver, |failed| error = error.take().or(Some(failed)));
    Ok((resolver.missing(), resolver.asked(), error))
}

/// Takes what names a dialect that is not known for one of this.
fn assume(documents: &mut [Document], unknown: Dialect) {
    for document in documents.iter_mut().filter(|document| !document.is_custom) {
        let named = document.root.get("$schema").and_then(Value::as_str);
        document.is_assumed = named.is_some_and(|uri| Dialect::of(uri).is_none());
        if document.is_assumed {
            document.dialect = unknown;
        }
    }
}
