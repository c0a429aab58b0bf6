//! What the schemas say, as a whole.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use isomorph_schema::{Document, Location, Place};

use super::bare::Bare;
use super::condition::Condition;
use super::definition::Definition;
use super::definition_id::DefinitionId;
use super::form::{Check, Form};
use super::unmatched::Unmatched;
use crate::foreign::Foreign;
use crate::settings::{MapType, StringType};

/// All definitions of a set of documents.
#[derive(Debug)]
pub struct Model {
    /// The files.
    pub documents: Vec<Document>,
    /// The types to make.
    pub definitions: Vec<Definition>,
    /// Those that are no types of their own, but parts of variants.
    pub parts: BTreeSet<DefinitionId>,
    /// The order of writing: what is nobody's part first, and each before its parts.
    pub order: Vec<DefinitionId>,
    /// The documents that have no type of their own.
    pub bare: Vec<Bare>,
    /// The URIs of documents that schemas refer to and that are not here.
    pub missing: Vec<String>,
    /// Where the definitions stand that documents have by name.
    pub named: HashSet<Location>,
    /// Where references lead that stand alone or in an `allOf`, by document and text.
    pub references: HashMap<(usize, String), DefinitionId>,
    /// The definitions that schemas can refer to, each possibly at several places.
    pub at: HashMap<Location, DefinitionId>,
    /// The types that schemas name themselves, once for each that does.
    pub named_types: Vec<Foreign>,
    /// The type of maps.
    pub map_type: MapType,
    /// The type of strings.
    pub string_type: StringType,
    /// What schemas ask of any value that the conditions of definitions ask for.
    pub conditions: BTreeMap<Location, Condition>,
    /// The patterns of names, fields and variants that nothing is of.
    pub unmatched: Vec<Unmatched>,
}

impl Model {
    /// A definition.
    pub fn definition(&self, id: DefinitionId) -> &Definition {
        &self.definitions[id.0]
    }

    /// The types that a form mentions; in place of what is part of a variant, those that that mentions.
    pub fn mentioned(&self, form: &Form) -> Vec<DefinitionId> {
        let references = form.references().into_iter();
        references
            .flat_map(
                |id| if self.is_part(id) { self.mentioned(&self.definition(id).form) } else { vec![id] },
            )
            .collect()
    }

    /// Whether a definition is no type of its own, but part of a variant.
    pub fn is_part(&self, id: DefinitionId) -> bool {
        self.parts.contains(&id)
    }

    /// The definitions in the order of writing.
    pub fn in_order(&self) -> impl Iterator<Item = &Definition> {
        self.order.iter().map(|id| self.definition(*id))
    }

    /// The file and pointer of a location, for messages.
    pub fn place(&self, location: &Location) -> Place {
        self.documents[location.document].place(&location.pointer)
    }

    /// The checks on a definition and its parts, those in its variants too.
    pub fn checks<'m>(&'m self, definition: &'m Definition) -> Vec<&'m Check> {
        let references = definition.form.references().into_iter();
        let parts = references.filter(|id| self.is_part(*id)).map(|id| self.definition(id));
        let in_parts = parts.flat_map(|part| self.checks(part));
        definition.checks.iter().chain(definition.form.checks()).chain(in_parts).collect()
    }
}
