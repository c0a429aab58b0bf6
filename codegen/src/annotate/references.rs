//! What definitions are called where they are mentioned, by schemars and by the source.

use std::collections::HashMap;

use super::derived;
use crate::model::{Definition, DefinitionId, Model, Origin};

/// What leads where.
pub struct References {
    /// What schemars writes by definition, in each document.
    canonical: Vec<Vec<String>>,
    /// The definition of each document's root.
    roots: HashMap<usize, DefinitionId>,
    /// Where the references of the source lead, by document and text.
    known: HashMap<(usize, String), DefinitionId>,
}

impl References {
    /// The references in the schemas of a model.
    pub fn of(model: &Model) -> Self {
        let of_document = |document: usize| {
            let keyword = definitions_keyword(model, document);
            let name = |definition: &Definition| match &definition.origin {
                Origin::Named(name) => derived::reference(keyword, name),
                _ => derived::reference(keyword, &definition.ident),
            };
            model.definitions.iter().map(name).collect()
        };
        let canonical = (0..model.documents.len()).map(of_document);
        let roots = model.definitions.iter().filter(|definition| definition.origin == Origin::Root);
        Self {
            canonical: canonical.collect(),
            roots: roots.map(|root| (root.location.document, root.id)).collect(),
            known: model.references.clone(),
        }
    }

    /// What schemars writes for a definition, in a document.
    pub fn canonical(&self, document: usize, id: DefinitionId) -> &str {
        let is_root = self.roots.get(&document) == Some(&id);
        self.canonical
            .get(document)
            .and_then(|all| all.get(id.0))
            .filter(|_| !is_root)
            .map_or("#", String::as_str)
    }

    /// Whether what schemars writes and what the source writes, in a document, leads to the same definition.
    pub fn same(&self, document: usize, from: &str, to: &str) -> bool {
        let target = self.known.get(&(document, to.to_owned()));
        target.is_some_and(|id| self.canonical(document, *id) == from)
    }
}

/// Where a document keeps its definitions: `$defs` or `definitions`. Those that others only refer to become part
/// of the first.
pub fn definitions_keyword(model: &Model, document: usize) -> &'static str {
    let document = if model.documents[document].is_guest { 0 } else { document };
    let root = &model.documents[document].root;
    if root.get("definitions").is_some() && root.get("$defs").is_none() { "definitions" } else { "$defs" }
}
