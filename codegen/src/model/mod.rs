//! What the schemas say, as far as Rust types can say it. Later stages read the model; none writes it.

mod absence;
mod arrays;
mod beside;
mod binding;
mod boxes;
mod build;
mod closure;
mod comparison;
mod compose;
mod constant;
mod defaults;
mod dependence;
mod dynamic;
mod exclusion;
mod form;
mod keywords;
mod layers;
mod leaves;
pub mod live;
mod loops;
mod merge;
mod objects;
mod overlap;
mod scalars;
mod shared;
mod slices;
mod spelled;
mod subschemas;
mod types;
mod undeclared;
mod unions;
mod widen;

use std::collections::{HashMap, HashSet};

use serde_json::Value;

pub use build::{build, stand_ins_for_data};
pub use constant::{Constant, ConstantObject};
pub use form::{Beside, Branch, Check, Form, Object, Property, Rest, Subschema, Union};
pub use keywords::{Holds, binds, binds_in, held_by, is_foreign};
pub use merge::difference;
pub use subschemas::{Inner, inside, inside_any};

pub use types::Types;

use crate::load::Document;
use crate::{Place, Pointer};

/// The keywords under which definitions stand.
pub const DEFINITIONS: [&str; 2] = ["$defs", "definitions"];

/// All definitions of a set of documents.
#[derive(Debug)]
pub struct Model {
    /// The files.
    pub documents: Vec<Document>,
    /// The types to make.
    pub definitions: Vec<Definition>,
    /// The order of writing: what is nobody's part first, and each before its parts.
    pub order: Vec<DefinitionId>,
    /// The URIs of documents that schemas refer to and that are not here.
    pub missing: Vec<String>,
    /// Where the definitions stand that documents have by name.
    pub named: HashSet<Location>,
    /// Where references that stand alone lead, by document and text.
    pub references: HashMap<(usize, String), DefinitionId>,
    /// The definitions that schemas can refer to, each possibly at several places.
    pub at: HashMap<Location, DefinitionId>,
}

impl Model {
    /// A definition.
    pub fn definition(&self, id: DefinitionId) -> &Definition {
        &self.definitions[id.0]
    }

    /// The definitions in the order of writing.
    pub fn in_order(&self) -> impl Iterator<Item = &Definition> {
        self.order.iter().map(|id| self.definition(*id))
    }

    /// The file and pointer of a location, for messages.
    pub fn place(&self, location: &Location) -> Place {
        self.documents[location.document].place(&location.pointer)
    }
}

/// The index of a definition in [`Model::definitions`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DefinitionId(pub usize);

/// A place in one of the documents.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Location {
    /// The index of the document in [`Model::documents`].
    pub document: usize,
    /// The place in it.
    pub pointer: Pointer,
}

impl Location {
    /// The place of the member or element `segment` inside this one.
    #[must_use]
    pub fn join(&self, segment: impl std::fmt::Display) -> Self {
        Self { document: self.document, pointer: self.pointer.join(segment) }
    }
}

/// A schema that becomes a Rust item of its own.
#[derive(Debug)]
pub struct Definition {
    /// Its place in [`Model::definitions`].
    pub id: DefinitionId,
    /// The name of the Rust type.
    pub ident: String,
    /// What other schemas call it, if they can.
    pub origin: Origin,
    /// Where it stands.
    pub location: Location,
    /// The schema, less the definitions in it.
    pub schema: Value,
    /// The types of instances that it is for, if the schema says something of others as well, and another
    /// definition, or an `Option`, stands for the whole.
    pub slice: Option<Types>,
    /// The type of its values.
    pub form: Form,
    /// What the type does not say, and is checked on the typed value.
    pub checks: Vec<Check>,
    /// The keywords that only a validator can check; none if the form and the checks say all.
    pub guard: Vec<String>,
    /// The definitions that are part of its value with nothing in between, and that contain it in turn:
    /// fields of these types are boxed.
    pub boxed: Vec<DefinitionId>,
    /// The value that Rust's `Default` gives, if the schema says one: its `default`, or the object that has nothing.
    pub default: Option<Constant>,
}

/// How a definition came to be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// It is a whole document.
    Root,
    /// It stands under `$defs` or `definitions`, by this name.
    Named(String),
    /// It stands inside another schema, and a `$ref` leads to it.
    Referred,
    /// It stands inside another schema, and was hoisted.
    Inline,
}
