//! Properties beside a union.

use serde_json::{Map, Value};

use super::spelling::Spelling;

/// The properties beside a union that the derive says in each of its branches.
pub fn next(said: &Map<String, Value>, source: &Map<String, Value>) -> Option<Spelling> {
    let union = |schema: &Map<String, Value>| {
        ["anyOf", "oneOf"].into_iter().find_map(|keyword| schema.get(keyword)?.as_array().cloned())
    };
    let properties = source.get("properties")?.as_object().filter(|_| !said.contains_key("properties"))?;
    let (branches, own) = (union(said)?, union(source)?);
    let declares =
        |branch: &Value, name: &str| branch.get("properties").and_then(|all| all.get(name)).is_some();
    let is_moved = |name: &&String| {
        branches.iter().all(|branch| declares(branch, name))
            && !own.iter().any(|branch| declares(branch, name))
    };
    let names: Vec<_> = properties.keys().filter(is_moved).cloned().collect();
    (!names.is_empty()).then_some(Spelling::Beside(names))
}
