//! The schemas of OpenAPI and Swagger documents.

use isomorph_json::Pointer;
use serde_json::Value;

use super::found::{Found, members};

/// The schemas that the document names.
pub fn named(root: &Value) -> Vec<Found> {
    let at = Pointer::root();
    let places = [at.join("components").join("schemas"), at.join("definitions")];
    let is_swagger = root.get("swagger").is_some();
    let all = members(root, &places[usize::from(is_swagger)]);
    all.into_iter().map(|(name, at, _)| Found::named(name, at)).collect()
}
