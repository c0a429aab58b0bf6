//! Properties beside a union.

use serde_json::{Map, Value};

use super::spelling::Spelling;

/// The properties beside a union that the derive says in each of its branches.
pub fn next(said: &Map<String, Value>, source: &Map<String, Value>) -> Option<Spelling> {
    let union = |schema: &Map<String, Value>| {
        ["anyOf", "oneOf"].into_iter().find_map(|keyword| schema.get(keyword)?.as_array().cloned())
    };
    if said.contains_key("properties") {
        return None;
    }
    let listed = |schema: &Value, name: &str| {
        let names = schema.get("required").and_then(Value::as_array);
        names.is_some_and(|names| names.iter().any(|one| one == name))
    };
    let (branches, own) = (union(said)?, union(source)?);
    let declares =
        |branch: &Value, name: &str| branch.get("properties").and_then(|all| all.get(name)).is_some();
    let is_moved = |name: &&String| {
        branches.iter().all(|branch| declares(branch, name))
            && !own.iter().any(|branch| declares(branch, name))
    };
    let properties = source.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::keys);
    let mut names: Vec<_> = properties.filter(is_moved).cloned().collect();
    let required = source.get("required").and_then(Value::as_array).into_iter().flatten();
    let is_required = |name: &&str| {
        !said.contains_key("required")
            && !names.iter().any(|known| known == name)
            && branches.iter().all(|branch| declares(branch, name) && listed(branch, name))
            && !own.iter().any(|branch| listed(branch, name))
    };
    let required: Vec<_> =
        required.filter_map(Value::as_str).filter(is_required).map(str::to_owned).collect();
    names.extend(required);
    (!names.is_empty()).then_some(Spelling::Beside(names))
}
