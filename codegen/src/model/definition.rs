//! A schema that becomes a type.

use isomorph_schema::{Location, Types};
use serde_json::Value;

use super::condition::Condition;
use super::constant::Constant;
use super::definition_id::DefinitionId;
use super::form::{Check, Form};
use super::reason::Reason;

/// A schema that becomes a Rust item of its own.
#[derive(Debug)]
pub struct Definition {
    /// Its place in [`Model::definitions`](super::definitions::Model::definitions).
    pub id: DefinitionId,
    /// The name of the Rust type.
    pub ident: String,
    /// The names of the variants of an enum of strings.
    pub variants: Vec<String>,
    /// The other places that it stands for: their schemas are equal but for what is said of their use.
    pub places: Vec<Location>,
    /// The keywords by which one of its places says something of its use that not all say: they are its owners' to say.
    pub left_to_places: Vec<String>,
    /// What other schemas call it, if they can.
    pub origin: Origin,
    /// Where it stands.
    pub location: Location,
    /// The schema, less the definitions in it.
    pub schema: Value,
    /// What its type says, if that is more than the schema at its place: what stands beside a union is of its branches too.
    pub says: Option<Value>,
    /// The types of instances that it is for, if the schema says something of others as well, and another
    /// definition, or an `Option`, stands for the whole.
    pub slice: Option<Types>,
    /// The type of its values.
    pub form: Form,
    /// What the type does not say, and is checked on the typed value.
    pub checks: Vec<Check>,
    /// What neither the form nor the checks say; nothing if they say all.
    pub guard: Vec<Reason>,
    /// The same, as a condition on the typed value, where that is enough to tell. Otherwise it is left to a validator.
    pub condition: Option<Condition>,
    /// The definitions that are part of its value with nothing in between, and that contain it in turn:
    /// fields of these types are boxed.
    pub boxed: Vec<DefinitionId>,
    /// Whether a variant keeps what none of the others stands for.
    pub keeps_unknown: bool,
    /// The value that Rust's `Default` gives, if the schema says one: its `default`, or the object that has nothing.
    pub default: Option<Constant>,
}

impl Definition {
    /// What its type is to say.
    pub fn said(&self) -> &Value {
        self.says.as_ref().unwrap_or(&self.schema)
    }

    /// Whether only a validator can tell what the type is to accept.
    pub fn needs_validator(&self) -> bool {
        !self.guard.is_empty() && self.condition.is_none()
    }
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
