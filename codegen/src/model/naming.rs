//! What types are called.

use std::collections::BTreeMap;

use isomorph_json::Pointer;
use isomorph_schema::{Document, Location};
use isomorph_validator::explain::near;
use serde_json::Value;

use super::builder::{Builder, Draft};
use super::called::of_document;
use super::definition::Origin;
use super::definition_id::DefinitionId;
use super::slices::is_null;
use crate::error::Error;
use crate::names::is_type_ident;

impl Builder<'_> {
    /// What each document is called: as configured, or by a title that is a name, or by its file. One that only holds
    /// schemas is none.
    pub(super) fn root_names(&self) -> Vec<(usize, String)> {
        let name = |(index, document): (usize, &Document)| {
            let configured = self.settings.root_name.clone().filter(|_| index == 0);
            (index, configured.unwrap_or_else(|| called(document)))
        };
        self.documents
            .iter()
            .enumerate()
            .filter(|(_, document)| document.holder.is_none())
            .map(name)
            .collect()
    }

    /// The names that are configured, by the drafts that they are for; `root` is the one of the root's name.
    pub(super) fn configured(&self, root: DefinitionId) -> Result<BTreeMap<DefinitionId, String>, Error> {
        let mut configured = BTreeMap::new();
        if let Some(name) = &self.settings.root_name {
            if !is_type_ident(name) {
                return Err(Error::BadName { name: name.clone() });
            }
            // Roots come first, in the order of the documents; what is selected takes the name by itself.
            if root == DefinitionId(0) && self.drafts.first().is_none_or(|draft| draft.origin != Origin::Root)
            {
                return Err(self.unused("#", name));
            }
            configured.insert(root, name.clone());
        }
        for (place, name) in self.settings.names.iter().filter(|(place, _)| place.contains('#')) {
            if !is_type_ident(name) {
                return Err(Error::BadName { name: name.clone() });
            }
            let location = self.configured_location(place);
            let is_there = |draft: &Draft| Some(&draft.position.location) == location.as_ref();
            let index = self.drafts.iter().position(is_there);
            let index = index.ok_or_else(|| self.unused(place, name))?;
            configured.insert(DefinitionId(index), name.clone());
        }
        Ok(configured)
    }

    /// Nothing is at a place, or of a name, for which something is said; with what may be meant.
    pub(super) fn unused(&self, place: &str, name: &str) -> Error {
        let meant = match place.split_once('#') {
            Some((file, pointer)) => self.meant_by_place(file, pointer),
            None => self.meant_by_name(place),
        };
        let help = meant.map(|meant| format!("did you mean `{meant}`?"));
        let help = help.unwrap_or_else(|| "correct the place".to_owned());
        Error::UnusedName { place: place.to_owned(), name: name.to_owned(), help }
    }

    /// The definition or document that may be meant by a name that is none's.
    fn meant_by_name(&self, name: &str) -> Option<String> {
        let named = self.named.iter().map(|location| location.pointer.last());
        let known: Vec<_> = named.chain(self.documents.iter().map(|one| one.stem().to_owned())).collect();
        near(name, known.iter().map(String::as_str)).into_iter().min().map(str::to_owned)
    }

    /// The place that may be meant by one that is not there: in another file, or with another word where it leads nowhere.
    fn meant_by_place(&self, file: &str, pointer: &str) -> Option<String> {
        let is_it = |one: &&Document| one.file_name() == file || one.file == file;
        let Some(document) = self.documents.iter().find(is_it) else {
            let names = self.documents.iter().map(Document::file_name);
            let meant = near(file, names).first().map(|meant| format!("{meant}#{pointer}"));
            return meant;
        };
        let segments: Vec<_> = Pointer::parse(pointer)?.segments().collect();
        let mut schema = &document.root;
        for (index, segment) in segments.iter().enumerate() {
            let inner = match schema {
                Value::Array(elements) => segment.parse().ok().and_then(|index: usize| elements.get(index)),
                _ => schema.get(segment.as_str()),
            };
            let Some(inner) = inner else {
                let keys = schema.as_object()?.keys().map(String::as_str);
                let mut meant = segments.clone();
                meant[index] = String::from(*near(segment, keys).first()?);
                let meant = meant.iter().fold(Pointer::root(), |pointer, segment| pointer.join(segment));
                return Some(format!("{file}{meant}"));
            };
            schema = inner;
        }
        None
    }

    /// The location of `FILE#POINTER`, inside the copy of the definition that the model kept. A place
    /// that is nullable stands for the part that is not `null`.
    pub(super) fn configured_location(&self, place: &str) -> Option<Location> {
        let (file, pointer) = place.split_once('#')?;
        let document = self.documents.iter().position(|d| d.file_name() == file || d.file == file)?;
        let pointer = Pointer::parse(pointer)?;
        let mut location = Location { document, pointer: self.documents[document].locate(&pointer) };
        if let Some(index) = not_null(self.schema(&location)) {
            location = location.join("anyOf").join(index);
        }
        let mut around = Some(location.pointer.clone());
        while let Some(pointer) = around {
            if let Some(id) = self.at.get(&Location { document, pointer: pointer.clone() }) {
                let kept = &self.drafts[id.0].position.location;
                let rest = location.pointer.strip_prefix(&pointer)?;
                return Some(Location { document: kept.document, pointer: kept.pointer.append(&rest) });
            }
            around = pointer.split_last().map(|(around, _)| around);
        }
        None
    }
}

/// What a document calls itself: by its title, if that is a name, else by its file; one that is called `schema` by where it is.
fn called(document: &Document) -> String {
    let text = |keyword: &str| document.root.get(keyword).and_then(Value::as_str);
    let title = text("title")
        .and_then(|title| if is_type_ident(title) { Some(title.to_owned()) } else { of_document(title) });
    if let Some(title) = title {
        return title;
    }
    let stem = document.stem();
    if !stem.eq_ignore_ascii_case("schema") {
        return stem.to_owned();
    }
    let is_name = |name: &&str| name.contains(char::is_alphabetic) && !name.eq_ignore_ascii_case("schema");
    let in_uri = text("$id").or_else(|| text("id")).and_then(|id| stem_of(id.trim_end_matches('#')));
    let folder = document.file.rsplit(['/', '\\']).nth(1);
    in_uri.filter(is_name).or(folder.filter(is_name)).unwrap_or(stem).to_owned()
}

/// `pylock` of `https://example.com/pylock.schema.json`.
fn stem_of(uri: &str) -> Option<&str> {
    let (_, path) = uri.split_once("://").unwrap_or(("", uri));
    let (_, last) = path.rsplit_once('/')?;
    let last = last.strip_suffix(".json").unwrap_or(last);
    Some(last.strip_suffix(".schema").unwrap_or(last))
}

/// The index of the branch that is not `null`, of an `anyOf` of two.
fn not_null(schema: &Value) -> Option<usize> {
    let branches = schema.get("anyOf")?.as_array()?;
    match branches.as_slice() {
        [first, second] if is_null(second) && !is_null(first) => Some(0),
        [first, second] if is_null(first) && !is_null(second) => Some(1),
        _ => None,
    }
}
