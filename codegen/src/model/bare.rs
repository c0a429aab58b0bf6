//! Documents that have no type of their own: of some nothing is said but definitions, and of others but which of them they are.

use std::collections::BTreeSet;

use isomorph_schema::Document;
use serde_json::{Map, Value};

use super::definition::{Definition, Origin};
use super::definition_id::DefinitionId;
use super::form::Form;

/// A document without a type of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bare {
    /// Its index.
    pub document: usize,
    /// Its schema as a definition, which becomes no type.
    pub root: DefinitionId,
    /// The definition that it is, if it is one.
    pub refers: Option<DefinitionId>,
}

/// Finds them among the definitions in `order`; what is not `free` has a name that somebody gave it.
pub fn find(
    documents: &[Document],
    definitions: &[Definition],
    order: &[DefinitionId],
    is_free: &dyn Fn(DefinitionId) -> bool,
) -> Vec<Bare> {
    let mentioned: BTreeSet<_> = definitions.iter().flat_map(|one| one.form.references()).collect();
    let roots = order.iter().map(|id| &definitions[id.0]).filter(|one| one.origin == Origin::Root);
    let free = roots.filter(|one| is_free(one.id) && !mentioned.contains(&one.id) && says_nothing(one));
    let mut found: Vec<Bare> = Vec::new();
    for root in free {
        let document = root.location.document;
        let refers = match root.form {
            Form::Reference(id) => Some(id),
            _ => None,
        };
        let is_taken = found.iter().any(|known| refers.is_some() && known.refers == refers);
        let is_said =
            refers.is_none_or(|id| is_free(id) && stands_for(definitions, id, document) && !is_taken);
        let has_others =
            order.iter().any(|id| *id != root.id && definitions[id.0].location.document == document);
        if is_said
            && has_others
            && !documents[document].is_guest
            && !leads_to_whole(&documents[document].root)
        {
            found.push(Bare { document, root: root.id, refers });
        }
    }
    found
}

/// Whether nothing is said of a document for people or for instances, but for what it refers to.
fn says_nothing(root: &Definition) -> bool {
    const OF_PEOPLE: [&str; 4] = ["description", "markdownDescription", "default", "deprecated"];
    let is_plain = matches!(root.form, Form::Any | Form::Reference(_))
        && root.guard.is_empty()
        && root.checks.is_empty();
    let is_told = OF_PEOPLE.iter().any(|keyword| root.schema.get(*keyword).is_some());
    is_plain && !is_told && root.default.is_none() && root.schema.is_object()
}

/// Whether a definition can stand for its whole document.
fn stands_for(definitions: &[Definition], id: DefinitionId, document: usize) -> bool {
    let definition = &definitions[id.0];
    definition.location.document == document && matches!(definition.origin, Origin::Named(_))
}

/// Whether a reference may lead to the whole of a document.
fn leads_to_whole(schema: &Value) -> bool {
    const REFER: [&str; 3] = ["$ref", "$dynamicRef", "$recursiveRef"];
    let is_such = |(keyword, value): (&String, &Value)| {
        let is_whole = |text: &str| !text.contains("#/");
        (REFER.contains(&keyword.as_str()) && value.as_str().is_some_and(is_whole)) || leads_to_whole(value)
    };
    match schema {
        Value::Object(keywords) => Map::iter(keywords).any(is_such),
        Value::Array(elements) => elements.iter().any(leads_to_whole),
        _ => false,
    }
}
