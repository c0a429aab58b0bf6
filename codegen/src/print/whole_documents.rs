//! The functions on the types of a document that give the whole of it.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;

use isomorph_json::Pointer;
use isomorph_schema::holders::Holder;
use isomorph_schema::{DEFINITIONS, Location};
use serde_json::Value;

use super::layout::Declaration;
use super::words::quoted;
use crate::annotate::{Annotated, Entry, Spelling, definitions_keyword};
use crate::model::{Bare, Definition, DefinitionId, Model, Origin};
use crate::names::field_ident;

/// Whether a type stands for a whole document of the schemas that were asked for.
pub fn is_document(model: &Model, item: &Annotated) -> bool {
    let definition = item.pair.definition;
    definition.origin == Origin::Root && !model.documents[definition.location.document].is_guest
}

/// The declaration for such a type.
pub fn document(model: &Model, items: &[&Annotated], item: &Annotated) -> String {
    let root = item.pair.definition;
    let (keyword, more) = declaration(model, items, root.location.document, &BTreeSet::from([root.id]));
    let head = root.ident.clone();
    Declaration { kind: "document", head, parts: None, tail: vec![format!("in {keyword}{more}")] }.text()
}

/// The declarations for documents that have no type of their own.
pub fn bare(model: &Model, items: &[&Annotated]) -> String {
    let one = |bare: &Bare| {
        let (keyword, more) = declaration(model, items, bare.document, &bare.refers.into_iter().collect());
        let head = match bare.refers {
            Some(id) => model.definition(id).ident.clone(),
            None => format!("fn {}", function(model, bare)),
        };
        let said = quoted(&model.definition(bare.root).schema.to_string());
        Declaration {
            kind: "document",
            head,
            parts: None,
            tail: vec![format!("said {said} in {keyword}{more}")],
        }
        .text()
    };
    model.bare.iter().map(one).collect()
}

/// The functions that give documents which are the schema of no type.
pub fn functions(model: &Model) -> Vec<String> {
    model.bare.iter().filter(|bare| bare.refers.is_none()).map(|bare| function(model, bare)).collect()
}

/// What such a function is called: by its document, if there are several.
fn function(model: &Model, bare: &Bare) -> String {
    let several = model.bare.iter().filter(|other| other.refers.is_none()).count() > 1;
    let stem = field_ident(model.documents[bare.document].stem());
    let stem = stem.strip_prefix("r#").unwrap_or(&stem);
    if several { format!("{}_document", stem.trim_matches('_')) } else { "schema_document".to_owned() }
}

/// The declarations for the types of documents that are no schemas and hold some.
pub fn held(model: &Model, items: &[&Annotated]) -> String {
    let documents = model.documents.iter().enumerate().filter(|(_, document)| !document.is_guest);
    let holders = documents.filter_map(|(index, document)| Some((index, document.holder.as_deref()?)));
    let holders = holders.filter(|(_, holder)| !holder.held.is_empty());
    holders.map(|(index, holder)| held_by(model, items, (index, holder))).collect()
}

fn held_by(model: &Model, items: &[&Annotated], (document, holder): (usize, &Holder)) -> String {
    let (mut places, mut own) = (String::new(), BTreeSet::new());
    for held in &holder.held {
        let at = Location { document, pointer: holder.definition(&held.name) };
        // A type that stands for the schemas of several documents says those of the first.
        let found =
            items.iter().map(|item| item.pair.definition).find(|definition| definition.location == at);
        let ident = found.map_or("_", |definition| definition.ident.as_str());
        own.extend(found.map(|definition| definition.id));
        let _ = writeln!(places, "        {ident} = {}: {},", quoted(&held.name), quoted(&held.fragment));
    }
    let are_alone = holder.held.iter().all(|held| held.is_alone);
    let rules = if are_alone { "alone" } else { holder.rules.word() };
    let draft = model.documents[document].dialect.number();
    let (keyword, more) = declaration(model, items, document, &own);
    let mut references = String::new();
    for (reference, own) in &holder.references {
        let _ = writeln!(references, "        {}: {},", quoted(reference), quoted(own));
    }
    if !references.is_empty() {
        references = format!("\n    references {{\n{references}    }}");
    }
    let head = format!("{rules} {draft} in {keyword} {{\n{places}    }}{references}");
    Declaration { kind: "held", head, parts: None, tail: vec![more] }.text()
}

/// The keyword of the definitions of a document, and what is to be said of them beside those that `said` mention.
fn declaration(
    model: &Model,
    items: &[&Annotated],
    document: usize,
    said: &BTreeSet<DefinitionId>,
) -> (String, String) {
    let keyword = definitions_keyword(model, document);
    let mut mentioned = reached(model, said.iter().copied());
    let unmentioned = unmentioned(model, items, document, &mentioned);
    mentioned.extend(reached(model, unmentioned.iter().map(|definition| definition.id)));
    add_parts(model, items, &mut mentioned);
    let mut more = String::new();
    let declared = model.documents[document].root.get(keyword).and_then(Value::as_object);
    if declared.is_some_and(serde_json::Map::is_empty) {
        more.push_str(" even empty");
    }
    if !unmentioned.is_empty() {
        let idents: Vec<_> = unmentioned.iter().map(|definition| definition.ident.as_str()).collect();
        let _ = write!(more, "\nwith [{}]", idents.join(" "));
    }
    let places = Places { model, document };
    let mentioned = items.iter().filter(|item| mentioned.contains(&item.pair.definition.id));
    let mentioned = mentioned.filter(|item| item.pair.definition.origin != Origin::Inline);
    let (mut foreign, mut elsewhere, mut less) = (Vec::new(), String::new(), String::new());
    for item in mentioned {
        let Some(place) = places.of(item.pair.definition) else {
            foreign.push(quoted(&item.schema_name));
            continue;
        };
        let name = quoted(&item.schema_name);
        let is_elsewhere = place != Pointer::root().join(keyword).join(&item.schema_name);
        if is_elsewhere && place != Pointer::root() {
            let _ = writeln!(elsewhere, "    {name}: {},", quoted(place.as_str()));
        }
        let left_out: Vec<_> = places.left_out(item.pair.definition, &place).map(quoted).collect();
        if !left_out.is_empty() {
            let _ = writeln!(less, "    {name}: {},", left_out.join(" "));
        }
    }
    if !foreign.is_empty() {
        let _ = write!(more, "\nwithout [{}]", foreign.join(" "));
    }
    for (word, lines) in [("less", less), ("elsewhere", elsewhere)] {
        if !lines.is_empty() {
            let _ = write!(more, "\n{word} {{\n{lines}}}");
        }
    }
    (quoted(keyword), more)
}

/// What definitions lead to, themselves included.
fn reached(model: &Model, from: impl IntoIterator<Item = DefinitionId>) -> BTreeSet<DefinitionId> {
    let mut reached = BTreeSet::new();
    let mut work: Vec<_> = from.into_iter().collect();
    while let Some(id) = work.pop() {
        if reached.insert(id) {
            work.extend(model.mentioned(&model.definition(id).form));
        }
    }
    reached
}

/// Adds what these definitions are put together of, which no field leads to, and what that leads to.
fn add_parts(model: &Model, items: &[&Annotated], mentioned: &mut BTreeSet<DefinitionId>) {
    let by_id: HashMap<_, _> = items.iter().map(|item| (item.pair.definition.id, *item)).collect();
    let ident = |item: &&Annotated| (item.pair.definition.ident.clone(), item.pair.definition.id);
    let by_ident: HashMap<_, _> = items.iter().map(ident).collect();
    let mut new: Vec<_> = mentioned.iter().copied().collect();
    while let Some(id) = new.pop() {
        let entry = by_id.get(&id).and_then(|item| item.entry());
        let parts =
            entry.map(Entry::spellings).unwrap_or_default().into_iter().filter_map(|spelling| {
                if let Spelling::Parts(parts) = spelling { Some(parts) } else { None }
            });
        for (ident, ..) in parts.flatten().filter_map(|part| part.refers.as_ref()) {
            let found = reached(model, by_ident.get(ident).copied());
            new.extend(found.into_iter().filter(|id| mentioned.insert(*id)));
        }
    }
}

/// The definitions of a document to which its types do not lead.
fn unmentioned<'m>(
    model: &'m Model,
    items: &[&Annotated<'m>],
    document: usize,
    mentioned: &BTreeSet<DefinitionId>,
) -> Vec<&'m Definition> {
    let find = |(_, at)| {
        let id = model.at.get(&at)?;
        items.iter().map(|item| item.pair.definition).find(|definition| definition.id == *id)
    };
    let declared = declared(model, document).filter_map(find);
    let inside = items.iter().map(|item| item.pair.definition);
    let inside = inside.filter(|one| one.origin == Origin::Referred && one.location.document == document);
    declared.chain(inside).filter(|found| !mentioned.contains(&found.id)).collect()
}

/// The definitions that a document declares: their names, and where they stand.
fn declared(model: &Model, document: usize) -> impl Iterator<Item = (&String, Location)> {
    let root = Location { document, pointer: Pointer::root() };
    DEFINITIONS.into_iter().flat_map(move |keyword| {
        let all = model.documents[document].root.get(keyword).and_then(Value::as_object);
        let at = root.join(keyword);
        let all = all.into_iter().flatten().map(move |(name, _)| (name, at.join(name)));
        all.filter(|(_, at)| model.named.contains(at))
    })
}

/// Where definitions stand in a document.
struct Places<'m> {
    model: &'m Model,
    document: usize,
}

impl Places<'_> {
    /// Where a definition stands; `None` if it is another document's alone.
    fn of(&self, definition: &Definition) -> Option<Pointer> {
        if definition.location.document == self.document {
            return Some(definition.location.pointer.clone());
        }
        let is_it = |at: &Location| self.model.at.get(at) == Some(&definition.id);
        declared(self.model, self.document).map(|(_, at)| at).find(is_it).map(|at| at.pointer)
    }

    /// The keywords of a definition that another document keeps, and that this one does not have at a place.
    fn left_out<'d>(&self, definition: &'d Definition, place: &Pointer) -> impl Iterator<Item = &'d str> {
        let here = place.find(&self.model.documents[self.document].root);
        let keywords =
            definition.schema.as_object().into_iter().flatten().map(|(keyword, _)| keyword.as_str());
        let is_shared = definition.location.document != self.document;
        keywords.filter(move |keyword| is_shared && here.is_some_and(|here| here.get(*keyword).is_none()))
    }
}
