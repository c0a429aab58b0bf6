//! Where the references of a bundle lead.

use serde_json::{Map, Value};

/// The definitions of a bundle, by name.
pub fn definitions(bundle: &Value) -> Option<&Map<String, Value>> {
    ["$defs", "definitions"].iter().find_map(|keyword| bundle.get(keyword)?.as_object())
}

/// The name of the definition that a reference leads to.
pub fn name_of(reference: &str) -> Option<&str> {
    reference.strip_prefix("#/$defs/").or_else(|| reference.strip_prefix("#/definitions/"))
}

/// What the `$ref` among the keywords of a schema leads to.
pub fn referred<'a>(keywords: &Map<String, Value>, definitions: &'a Map<String, Value>) -> Option<&'a Value> {
    definitions.get(name_of(keywords.get("$ref")?.as_str()?)?)
}
