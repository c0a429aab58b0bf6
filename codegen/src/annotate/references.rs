//! What definitions are called where they are mentioned, by schemars and by the source.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use isomorph_json::Pointer;

use super::derived;
use super::structure::only_asserts;
use crate::model::{Definition, DefinitionId, Model, Origin};

/// What leads where.
pub struct References {
    /// What each document keeps definitions under.
    keywords: Vec<&'static str>,
    /// What schemars writes by definition, under each keyword.
    canonical: BTreeMap<&'static str, Vec<String>>,
    /// The definition of each document's root.
    roots: HashMap<usize, DefinitionId>,
    /// Where the references of the source lead, by document and text.
    known: HashMap<(usize, String), DefinitionId>,
    /// What schemars calls each definition.
    names: Vec<String>,
}

impl References {
    /// The references in the schemas of a model.
    pub fn of(model: &Model) -> Self {
        let names = names(model);
        let keywords = (0..model.documents.len()).map(|document| definitions_keyword(model, document));
        let keywords: Vec<_> = keywords.collect();
        let under = |keyword| names.iter().map(|name| derived::reference(keyword, name)).collect();
        let each: BTreeSet<_> = keywords.iter().copied().collect();
        let canonical = each.into_iter().map(|keyword| (keyword, under(keyword)));
        let roots = model.definitions.iter().filter(|definition| definition.origin == Origin::Root);
        Self {
            canonical: canonical.collect(),
            keywords,
            roots: roots.map(|root| (root.location.document, root.id)).collect(),
            known: model.references.clone(),
            names,
        }
    }

    /// What schemars calls a definition.
    pub fn name(&self, id: DefinitionId) -> &str {
        self.names.get(id.0).map_or("", String::as_str)
    }

    /// What schemars writes for a definition, in a document.
    pub fn canonical(&self, document: usize, id: DefinitionId) -> &str {
        let is_root = self.roots.get(&document) == Some(&id);
        let keyword = self.keywords.get(document);
        keyword
            .and_then(|keyword| self.canonical.get(keyword)?.get(id.0))
            .filter(|_| !is_root)
            .map_or("#", String::as_str)
    }

    /// What schemars writes for the whole of a document, which is `#` there, where it is asked for a part of it.
    pub fn other_name(&self, document: usize, from: &str) -> Option<&str> {
        let root = self.roots.get(&document).filter(|_| from == "#")?;
        self.canonical.get(self.keywords.get(document)?)?.get(root.0).map(String::as_str)
    }

    /// The type to which what the source writes leads in a document, if it is a type of that.
    pub fn target(&self, model: &Model, document: usize, to: &str) -> Option<String> {
        let id = self.known.get(&(document, to.to_owned()))?;
        let found = model.definition(*id);
        let is_type = found.location.document == document && model.order.contains(id);
        is_type.then(|| found.ident.clone())
    }

    /// The same, if its schema says of no part of a value what it is.
    pub fn asserts(&self, model: &Model, document: usize, to: &str) -> Option<String> {
        let id = self.known.get(&(document, to.to_owned()))?;
        only_asserts(&model.definition(*id).schema).then(|| self.target(model, document, to)).flatten()
    }

    /// Whether what schemars writes and what the source writes, in a document, leads to the same definition.
    pub fn same(&self, document: usize, from: &str, to: &str) -> bool {
        let target = self.known.get(&(document, to.to_owned()));
        target.is_some_and(|id| self.canonical(document, *id) == from)
    }
}

/// What schemars calls the definitions: as the schema does, or by the name of the type. Where a schema calls another
/// definition so, the type gets another name: no two have the same.
fn names(model: &Model) -> Vec<String> {
    let named = model.definitions.iter().filter_map(|definition| match &definition.origin {
        Origin::Named(name) => Some((definition, name.as_str())),
        _ => None,
    });
    // Of those that are called the same, the first; one of a document that is only there to be referred to comes last.
    let is_guest = |definition: &Definition| model.documents[definition.location.document].is_guest;
    let mut firsts: HashMap<&str, DefinitionId> = HashMap::new();
    for of_guests in [false, true] {
        for (definition, name) in named.clone().filter(|(definition, _)| is_guest(definition) == of_guests) {
            if !is_second(model, definition, name) {
                firsts.entry(name).or_insert(definition.id);
            }
        }
    }
    let given: HashSet<&str> = named.map(|(_, name)| name).collect();
    let mut taken: HashSet<String> = HashSet::new();
    let mut other = |mut name: String| {
        while given.contains(name.as_str()) || !taken.insert(name.clone()) {
            name.push_str("Type");
        }
        name
    };
    let name = |definition: &Definition| match &definition.origin {
        Origin::Named(name) if firsts.get(name.as_str()) == Some(&definition.id) => name.clone(),
        Origin::Named(name) if is_second(model, definition, name) => other(name.clone()),
        Origin::Inline => definition.ident.clone(),
        Origin::Root | Origin::Referred | Origin::Named(_) => other(definition.ident.clone()),
    };
    model.definitions.iter().map(name).collect()
}

/// Whether a document has a definition of the same name under its own keyword.
fn is_second(model: &Model, definition: &Definition, name: &str) -> bool {
    let document = definition.location.document;
    let first = Pointer::root().join(definitions_keyword(model, document)).join(name);
    definition.location.pointer != first && first.find(&model.documents[document].root).is_some()
}

/// Where a document keeps its definitions: `$defs` or `definitions`. Those that others only refer to become part
/// of the first.
pub fn definitions_keyword(model: &Model, document: usize) -> &'static str {
    let document = if model.documents[document].is_guest { 0 } else { document };
    let root = &model.documents[document].root;
    if root.get("definitions").is_some() && root.get("$defs").is_none() { "definitions" } else { "$defs" }
}
