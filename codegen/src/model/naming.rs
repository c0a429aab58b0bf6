//! What types are called.

use std::collections::BTreeMap;

use isomorph_json::Pointer;
use isomorph_schema::{Document, Location};
use serde_json::Value;

use super::builder::{Builder, Draft};
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
            (index, configured.unwrap_or_else(|| called(document).to_owned()))
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
                return Err(Error::UnusedName { place: "#".to_owned(), name: name.clone() });
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
            let unused = || Error::UnusedName { place: place.clone(), name: name.clone() };
            configured.insert(DefinitionId(index.ok_or_else(unused)?), name.clone());
        }
        Ok(configured)
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
fn called(document: &Document) -> &str {
    let text = |keyword: &str| document.root.get(keyword).and_then(Value::as_str);
    if let Some(title) = text("title").filter(|title| is_type_ident(title)) {
        return title;
    }
    let stem = document.stem();
    if !stem.eq_ignore_ascii_case("schema") {
        return stem;
    }
    let is_name = |name: &&str| name.contains(char::is_alphabetic) && !name.eq_ignore_ascii_case("schema");
    let in_uri = text("$id").or_else(|| text("id")).and_then(|id| stem_of(id.trim_end_matches('#')));
    let folder = document.file.rsplit(['/', '\\']).nth(1);
    in_uri.filter(is_name).or(folder.filter(is_name)).unwrap_or(stem)
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
