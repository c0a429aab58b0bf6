//! The function on the type of a document that gives the whole of it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::Value;

use super::declarations::quoted;
use crate::Pointer;
use crate::annotate::{Annotated, definitions_keyword};
use crate::model::{DEFINITIONS, Definition, DefinitionId, Location, Model, Origin};

/// Whether a type stands for a whole document of the schemas that were asked for.
pub fn is_document(model: &Model, item: &Annotated) -> bool {
    let definition = item.pair.definition;
    definition.origin == Origin::Root && !model.documents[definition.location.document].is_guest
}

/// The declaration for such a type.
pub fn document(model: &Model, items: &[Annotated], item: &Annotated, on: &str) -> String {
    let root = item.pair.definition;
    let keyword = definitions_keyword(model, root.location.document);
    let mut mentioned = reached(model, [root.id]);
    let unmentioned = unmentioned(model, items, root, &mentioned);
    mentioned.extend(reached(model, unmentioned.iter().map(|definition| definition.id)));
    let mut more = String::new();
    let declared = model.documents[root.location.document].root.get(keyword).and_then(Value::as_object);
    if declared.is_some_and(serde_json::Map::is_empty) {
        more.push_str(" even empty");
    }
    if !unmentioned.is_empty() {
        let idents: Vec<_> = unmentioned.iter().map(|definition| definition.ident.as_str()).collect();
        let _ = write!(more, "\n    with [{}]", idents.join(" "));
    }
    let mentioned = items.iter().filter(|item| mentioned.contains(&item.pair.definition.id));
    let foreign = mentioned.clone().filter(|item| is_foreign(model, root, item));
    let foreign: Vec<_> = foreign.map(|item| quoted(&item.schema_name)).collect();
    if !foreign.is_empty() {
        let _ = write!(more, "\n    without [{}]", foreign.join(" "));
    }
    let elsewhere: Vec<_> = mentioned.filter_map(|item| elsewhere(root, keyword, item)).collect();
    if !elsewhere.is_empty() {
        let lines =
            elsewhere.iter().map(|(name, place)| format!("        {}: {},\n", quoted(name), quoted(place)));
        let _ = write!(more, "\n    elsewhere {{\n{}    }}", lines.collect::<String>());
    }
    format!("\n{on}isomorph_runtime::document! {{\n    {} in {}{more}\n}}\n", root.ident, quoted(keyword))
}

/// What definitions lead to, themselves included.
fn reached(model: &Model, from: impl IntoIterator<Item = DefinitionId>) -> BTreeSet<DefinitionId> {
    let mut reached = BTreeSet::new();
    let mut work: Vec<_> = from.into_iter().collect();
    while let Some(id) = work.pop() {
        if reached.insert(id) {
            work.extend(model.definition(id).form.references());
        }
    }
    reached
}

/// The definitions of a document to which its types do not lead.
fn unmentioned<'m>(
    model: &'m Model,
    items: &[Annotated<'m>],
    root: &Definition,
    mentioned: &BTreeSet<DefinitionId>,
) -> Vec<&'m Definition> {
    let document = root.location.document;
    let find = |(keyword, name): (&str, &String)| {
        let here = Location { document, pointer: Pointer::root() }.join(keyword).join(name);
        let definitions = items.iter().map(|item| item.pair.definition);
        let mut called = definitions
            .filter(|definition| matches!(&definition.origin, Origin::Named(known) if known == name));
        let first = called.next();
        first.filter(|first| first.location == here).or_else(|| {
            called
                .find(|definition| definition.location == here)
                .or(first.filter(|first| first.location.document != document))
        })
    };
    let declared = declared(model, document).filter_map(find);
    let inside = items.iter().map(|item| item.pair.definition);
    let inside = inside.filter(|one| one.origin == Origin::Referred && one.location.document == document);
    declared.chain(inside).filter(|found| !mentioned.contains(&found.id)).collect()
}

/// Whether a definition is another document's alone.
fn is_foreign(model: &Model, root: &Definition, item: &Annotated) -> bool {
    let (definition, document) = (item.pair.definition, root.location.document);
    let is_shared = declared(model, document).any(|(_, name)| *name == item.schema_name);
    definition.location.document != document && definition.origin != Origin::Inline && !is_shared
}

/// The definitions that a document declares, with their keywords.
fn declared(model: &Model, document: usize) -> impl Iterator<Item = (&'static str, &String)> {
    DEFINITIONS.into_iter().flat_map(move |keyword| {
        let all = model.documents[document].root.get(keyword).and_then(Value::as_object);
        let at = Location { document, pointer: Pointer::root().join(keyword) };
        let all = all.into_iter().flat_map(|all| all.keys());
        all.filter(move |name| model.named.contains(&at.join(name))).map(move |name| (keyword, name))
    })
}

/// What schemars calls a definition that the document keeps in another place than under its keyword, and the place.
fn elsewhere<'a>(root: &Definition, keyword: &str, item: &'a Annotated) -> Option<(&'a str, &'a str)> {
    let definition = item.pair.definition;
    let location = &definition.location;
    let is_elsewhere = match &definition.origin {
        Origin::Referred => true,
        Origin::Named(name) => location.pointer != Pointer::root().join(keyword).join(name),
        _ => false,
    };
    let is_here = location.document == root.location.document;
    (is_here && is_elsewhere).then(|| (item.schema_name.as_str(), location.pointer.as_str()))
}
