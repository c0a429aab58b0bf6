//! Whether schemas at different places say the same.

use serde_json::Value;

use super::builder::Builder;
use super::layers::Layer;

impl Builder<'_> {
    /// Whether what a keyword holds in one schema means what it means in another: the same text, read in the same dialect
    /// and, if there are references in it, from the same base.
    pub(super) fn is_alike(&self, (one, said): (&Layer, &Value), (other, too): (&Layer, &Value)) -> bool {
        std::ptr::eq(said, too)
            || (said == too
                && one.dialect == other.dialect
                && (!refers(said)
                    || self.resolver.base(&one.location) == self.resolver.base(&other.location)))
    }
}

/// Whether there is a reference in a value.
fn refers(value: &Value) -> bool {
    let mut next = vec![value];
    while let Some(value) = next.pop() {
        match value {
            Value::Object(members) => {
                if ["$ref", "$dynamicRef", "$recursiveRef"]
                    .iter()
                    .any(|keyword| members.contains_key(*keyword))
                {
                    return true;
                }
                next.extend(members.values());
            }
            Value::Array(elements) => next.extend(elements),
            _ => {}
        }
    }
    false
}
