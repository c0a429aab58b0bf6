//! What the schemas say, as far as Rust types can say it. Later stages read the model; none writes it.

mod boxes;
mod build;
mod closure;
mod merge;
mod outline;
mod references;

use serde_json::Value;

pub use build::build;
pub use merge::difference;
pub use outline::{binds, inside};

use crate::load::Document;
use crate::{Place, Pointer};

/// All definitions of a set of documents.
#[derive(Debug)]
pub struct Model {
    /// The files.
    pub documents: Vec<Document>,
    /// The types to make, in the order in which they are to be written.
    pub definitions: Vec<Definition>,
    /// The order of writing: what is nobody's part first, and each before its parts.
    pub order: Vec<DefinitionId>,
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
    fn join(&self, segment: impl std::fmt::Display) -> Self {
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
    /// What it says.
    pub form: Form,
    /// The definitions that are part of its value with nothing in between, and that contain it in turn:
    /// fields of these types are boxed.
    pub boxed: Vec<DefinitionId>,
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

/// A schema at its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Subschema {
    /// Where it stands.
    pub location: Location,
    /// What it says.
    pub form: Form,
}

/// What a schema says.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// Any value.
    Any,
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number without a fraction.
    Integer,
    /// A number.
    Number,
    /// A string.
    String,
    /// A string of a format that is mapped to a Rust type.
    Format(String),
    /// One of these strings.
    Names(Vec<String>),
    /// An object of declared properties.
    Object(Object),
    /// An object of any properties.
    Map(Box<Subschema>),
    /// An array.
    List(Box<Subschema>),
    /// `null`, or a value of the other schema.
    Nullable(Box<Subschema>),
    /// A value of a definition.
    Reference(DefinitionId),
    /// What no Rust type says yet: any value, checked against the schema.
    Opaque(Opaque),
}

/// An object of declared properties.
#[derive(Debug, Clone, PartialEq)]
pub struct Object {
    /// The properties, in the order of the source.
    pub properties: Vec<Property>,
    /// Whether other properties are forbidden.
    pub closed: bool,
}

/// A declared property.
#[derive(Debug, Clone, PartialEq)]
pub struct Property {
    /// Its name in JSON.
    pub name: String,
    /// Its schema.
    pub schema: Subschema,
    /// Whether it must be there.
    pub required: bool,
    /// Whether its default is `null`.
    pub null_by_default: bool,
}

/// Why a schema has no Rust shape, and what its keywords refer to.
#[derive(Debug, Clone, PartialEq)]
pub struct Opaque {
    /// The keywords that have no shape.
    pub keywords: Vec<String>,
    /// The definitions that it refers to.
    pub references: Vec<DefinitionId>,
}

impl Form {
    /// The schemas that this one is made of, one level down.
    pub fn parts(&self) -> Vec<&Subschema> {
        match self {
            Self::Object(object) => object.properties.iter().map(|property| &property.schema).collect(),
            Self::Map(part) | Self::List(part) | Self::Nullable(part) => vec![part],
            _ => Vec::new(),
        }
    }

    /// The definitions that this schema mentions, at any depth, in order.
    pub fn references(&self) -> Vec<DefinitionId> {
        match self {
            Self::Reference(id) => vec![*id],
            Self::Opaque(opaque) => opaque.references.clone(),
            _ => self.parts().into_iter().flat_map(|part| part.form.references()).collect(),
        }
    }
}
