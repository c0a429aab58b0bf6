use isomorph_json::Pointer;
use isomorph_schema::Types;
use serde_json::Value;

/// Says what is proven of schemas of two bundles: of the outer one, that it accepts whatever the inner one does.
pub trait Ask {
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
    fn holds_back(&self, outer: &Pointer, inner: &Pointer) -> bool {
        self.holds_back_of(Types::ALL, outer, inner)
    }

    /// The same of instances of these types.
    fn holds_back_of(&self, types: Types, outer: &Pointer, inner: &Pointer) -> bool;

    /// Whether there is no time to look any further.
    fn is_late(&self) -> bool;

    /// Whether two schemas say the same, and so does all that they refer to.
    fn same(&self, inner: &Value, outer: &Value) -> bool;

    /// Whether no instance is of two of these schemas of the outer bundle.
    fn are_disjoint(&self, outer: &[Value]) -> bool;

    /// Whether a schema of the outer bundle accepts all of these values.
    fn accepts_all(&self, outer: &Value, values: &[Value]) -> bool;
}
