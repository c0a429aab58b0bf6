//! Properties beside a union.

use schemars::Schema;
use serde_json::{Map, Value};

use super::spelling::Spelling;

/// The properties beside a union that the derive says in each of its branches.
pub fn next(said: &Map<String, Value>, source: &Map<String, Value>) -> Option<Spelling> {
    let union = |schema: &Map<String, Value>| {
        ["anyOf", "oneOf"].into_iter().find_map(|keyword| schema.get(keyword)?.as_array().cloned())
    };
    if said.contains_key("properties") {
        return tag(said, source);
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
    if names.is_empty() { tag(said, source) } else { Some(Spelling::Beside(names)) }
}

/// A property beside a union that tells its branches apart, of which the derive says nothing there.
fn tag(said: &Map<String, Value>, source: &Map<String, Value>) -> Option<Spelling> {
    let is_new = |name: &&String| said.get("properties").and_then(|all| all.get(*name)).is_none();
    let declares = |(name, property): (&String, &Value)| {
        let lists = property.get("enum").is_some();
        let spelling = if lists { Spelling::ListedBeside } else { Spelling::TagBeside };
        let spelling = spelling(name.clone());
        let mut schema = Schema::from(said.clone());
        spelling.apply(&mut schema);
        (schema.as_object() != Some(said)).then_some(spelling)
    };
    let properties = source.get("properties")?.as_object()?.iter();
    properties.filter(|(name, _)| is_new(name)).find_map(declares)
}
