use isomorph_json::Pointer;
use isomorph_schema::Types;
use serde_json::{Map, Value};

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
pub trait Here {
    /// The inner schema, and what else binds whatever it accepts: what it refers to, and what it is composed of.
    fn layers(&self) -> &[Layer<'_>];

    /// The outer schema, and where it stands.
    fn outer(&self) -> (&Pointer, &Map<String, Value>);

    /// The types that instances can have here.
    fn types(&self) -> Types;

    /// Whether the schema at `outer` accepts whatever the one at `inner` does of this same instance.
    fn holds_here(&self, inner: &Pointer, outer: &Pointer) -> bool;

    /// Whether the schema at `outer` accepts whatever the one at `inner` does, for parts of the instance of these types.
    fn holds_of(&self, types: Types, inner: &Pointer, outer: &Pointer) -> bool;

    /// The same for parts of any type.
    fn holds(&self, inner: &Pointer, outer: &Pointer) -> bool {
        self.holds_of(Types::ALL, inner, outer)
    }

    /// Whether the schema at `inner` accepts whatever the one at `outer` does.
    fn holds_back(&self, outer: &Pointer, inner: &Pointer) -> bool;

    /// Where the `$ref` of the outer schema leads.
    fn outer_target(&self) -> Option<Pointer>;
}

/// Whether a schema accepts everything, and is seen to.
pub fn is_anything(schema: &Value) -> bool {
    schema == &Value::Bool(true) || schema.as_object().is_some_and(Map::is_empty)
}
