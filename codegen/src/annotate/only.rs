//! The only schema of a list that says something, where the derive says it without the list.

use serde_json::{Map, Value};

use super::spelling::{Simple, Spelling};
use super::structure::has_shape;

/// The `allOf` that the source writes of one schema that says something, and others that say nothing of a value's shape.
pub fn of_all(said: &Map<String, Value>, source: &Map<String, Value>) -> Option<Spelling> {
    let all = source.get("allOf")?.as_array()?.as_slice();
    let mut telling = all.iter().enumerate().filter(|(_, schema)| has_shape(schema));
    let (Some((index, _)), None) = (telling.next(), telling.next()) else { return None };
    // What the source says of the parts beside the list is not in it.
    let is_beside = |keyword: &&str| said.contains_key(*keyword) && source.contains_key(*keyword);
    if ["properties", "items", "prefixItems", "enum", "const"].iter().any(is_beside) {
        return None;
    }
    match all {
        _ if said.contains_key("allOf") => None,
        [_] => Some(Simple::AllOf.into()),
        _ => Some(Spelling::OneOfAll([index, all.len()])),
    }
}

/// The union of one schema that the source writes.
pub fn of_union(said: &Map<String, Value>, source: &Map<String, Value>) -> Option<Spelling> {
    let is_alone = |keyword: &&str| {
        let only = source.get(*keyword).and_then(Value::as_array).filter(|all| all.len() == 1);
        !said.contains_key(*keyword) && only.is_some_and(|all| has_shape(&all[0]))
    };
    ["oneOf", "anyOf"].into_iter().find(is_alone).map(Spelling::AloneIn)
}
