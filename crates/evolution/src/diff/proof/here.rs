//! Two schemas at their places, as the parts of a proof see them.

use isomorph_json::Pointer;
use serde_json::{Map, Value};

use super::ask::Ask;

/// Where no schema stands: what is contained in it is nothing.
pub const NOTHING: &str = "/nothing at all";
/// Where no schema stands: it contains everything.
pub const ANYTHING: &str = "/anything at all";

/// One of these places.
pub fn nowhere(place: &str) -> Pointer {
    Pointer::parse(place).unwrap_or_default()
}

/// A schema that an instance satisfies, and where it stands.
pub type Layer<'a> = (Pointer, &'a Map<String, Value>);

/// Two schemas, of which the outer one shall accept whatever the inner one does.
pub struct Here<'h> {
    pub ask: &'h dyn Ask,
    /// The inner schema, and what else binds whatever it accepts: what it refers to, and what it is composed of.
    pub layers: Vec<Layer<'h>>,
    /// The outer schema, and where it stands.
    pub outer: &'h Map<String, Value>,
    pub outer_at: &'h Pointer,
    /// Where the `$ref` of the outer schema leads.
    pub outer_target: Option<Pointer>,
}

/// Whether a schema accepts everything, and is seen to.
pub fn is_anything(schema: &Value) -> bool {
    schema == &Value::Bool(true) || schema.as_object().is_some_and(Map::is_empty)
}
