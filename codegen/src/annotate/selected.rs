//! Branches that the `discriminator` of a document selects: the derive says where they lead, the source also by what.

use serde_json::{Map, Value};

use super::spelling::Spelling;

/// How a reference is written that a discriminator selects.
pub fn next(said: &Map<String, Value>, source: &Map<String, Value>) -> Option<Spelling> {
    let [_, selects] = source.get("allOf")?.as_array()?.as_slice() else { return None };
    let is_selected = selects.get("x-isomorph-selected") == Some(&Value::Bool(true));
    let is_reference = said.len() == 1 && said.contains_key("$ref");
    let (tag, schema) = selects.get("properties")?.as_object()?.iter().next()?;
    let values = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
    let values = values.filter_map(Value::as_str).map(ToOwned::to_owned).collect();
    (is_selected && is_reference).then(|| Spelling::Selected(tag.clone(), values))
}
