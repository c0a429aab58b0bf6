//! Branches that the `discriminator` of a document selects: the derive says where they lead, the source also by what.

use serde_json::{Map, Value};

use super::spelling::Spelling;
use crate::model::Selected;

/// How a reference is written that a discriminator selects.
pub fn next(said: &Map<String, Value>, source: &Map<String, Value>) -> Option<Spelling> {
    let Selected { tag, values } = Selected::of(source)?;
    let is_reference = said.len() == 1 && said.contains_key("$ref");
    let values = values.into_iter().filter_map(Value::as_str).map(ToOwned::to_owned).collect();
    is_reference.then(|| Spelling::Selected(tag.to_owned(), values))
}
