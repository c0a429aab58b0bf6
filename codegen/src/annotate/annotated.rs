use super::docs::Documentation;
use super::entry::Entry;
use crate::model::Condition;
use crate::pair::Pair;

/// A definition, its item, and what is written around it.
#[derive(Debug)]
pub struct Annotated<'m> {
    /// The definition and its item.
    pub pair: Pair<'m>,
    /// What people are told of it.
    pub documentation: Documentation,
    /// What they are told of the fields.
    pub field_documentation: Vec<Documentation>,
    /// What they are told of the variants.
    pub variant_documentation: Vec<Documentation>,
    /// What they are told of the fields of each variant.
    pub variant_field_documentation: Vec<Vec<Documentation>>,
    /// What schemars calls it.
    pub schema_name: String,
    /// How the schema comes back.
    pub schema: SchemaSource,
}

impl Annotated<'_> {
    /// Whether only a validator can tell what the type is to accept.
    pub fn is_guarded(&self) -> bool {
        self.pair.without_shape.is_some() || self.pair.definition.needs_validator()
    }

    /// What the typed value is held against, if its type does not say all.
    pub fn condition(&self) -> Option<&Condition> {
        self.pair.definition.condition.as_ref().filter(|_| !self.is_guarded())
    }

    /// Whether its schema is a copy of the source.
    pub fn is_carried(&self) -> bool {
        matches!(self.schema, SchemaSource::Carried { .. })
    }

    /// What is said of it, beside what is derived.
    pub fn entry(&self) -> Option<&Entry> {
        match &self.schema {
            SchemaSource::Derived { entry } => entry.as_ref(),
            SchemaSource::Carried { .. } => None,
        }
    }
}

/// Where `JsonSchema` gets the schema of a type from.
#[derive(Debug, Clone, PartialEq)]
pub enum SchemaSource {
    /// From the derive, and what an entry says beside it.
    Derived {
        /// The entry, if there is anything to say.
        entry: Option<Entry>,
    },
    /// From a copy of the source.
    Carried {
        /// Why the derive cannot say it.
        because: String,
    },
}
