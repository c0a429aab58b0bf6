//! What enums list, where the source writes it otherwise than the derive.

use isomorph_runtime::spelling;
use isomorph_schema::only_value;
use schemars::Schema;
use serde_json::{Map, Value};

use super::spelling::{Simple, Spelling};

/// Whether the first branch lists strings that the source has in a branch each.
pub fn lists_strings(said: &Map<String, Value>, source: &Map<String, Value>) -> bool {
    fn branches(schema: &Map<String, Value>) -> Option<&Vec<Value>> {
        ["oneOf", "anyOf"].into_iter().find_map(|keyword| schema.get(keyword)?.as_array())
    }
    let (Some(said), Some(source)) = (branches(said), branches(source)) else { return false };
    let listed = said.first().and_then(|first| first.get("enum")?.as_array()).map_or(0, Vec::len);
    listed > 1 && source.len() == said.len() + listed - 1
}

/// The schemas of a union in which the source has the values of an enum, in their order.
pub fn in_branches(said: &Map<String, Value>, source: &Map<String, Value>) -> Option<Spelling> {
    let listed = said.get("enum")?.as_array()?.len();
    let size = |branch: &Value| match (branch.get("const"), branch.get("enum")) {
        (Some(_), None) => Some(1),
        (None, Some(Value::Array(values))) => Some(values.len()),
        _ => None,
    };
    let sizes = |keyword: &&'static str| {
        let branches = source.get(*keyword)?.as_array()?;
        let sizes: Vec<usize> = branches.iter().map(size).collect::<Option<_>>()?;
        (sizes.iter().sum::<usize>() == listed).then_some(sizes)
    };
    if ["enum", "const"].into_iter().any(|keyword| source.contains_key(keyword)) {
        return None;
    }
    let mut found = ["oneOf", "anyOf"].into_iter().filter_map(|keyword| Some((keyword, sizes(&keyword)?)));
    found.next().map(|(keyword, sizes)| Spelling::ListedIn(keyword, sizes))
}

/// Values of an enum that its type rules out, and that no type holds.
pub fn ruled_out(said: &Map<String, Value>, source: &Map<String, Value>) -> Option<Spelling> {
    let (found, wanted) = (said.get("enum")?.as_array()?, source.get("enum")?.as_array()?);
    let named = said.get("type").filter(|named| source.get("type") == Some(*named))?;
    let missing: Vec<_> = wanted.iter().filter(|value| !found.contains(value)).cloned().collect();
    let all_are = !missing.is_empty() && missing.iter().all(|value| spelling::is_ruled_out(value, named));
    all_are.then(|| Spelling::RuledOut(missing))
}

/// Types that the source names beside values of which none is of them.
pub fn also_typed(said: &Map<String, Value>, source: &Map<String, Value>) -> Option<Spelling> {
    if ![said, source].iter().all(|schema| schema.contains_key("enum") || schema.contains_key("const")) {
        return None;
    }
    let own = names(said);
    let named = source.get("type")?.as_array()?.iter().filter_map(Value::as_str);
    let others: Vec<_> = named.filter(|name| !own.contains(name)).map(ToOwned::to_owned).collect();
    (!others.is_empty()).then_some(Spelling::AlsoTyped(others))
}

/// Whether the source has the only type in a list.
pub fn lists_one_type(said: &Map<String, Value>, source: &Map<String, Value>) -> bool {
    let only = source.get("type").and_then(Value::as_array).map(Vec::as_slice);
    matches!((said.get("type"), only), (Some(said), Some([only])) if said == only)
}

/// Whether the source names integers beside the numbers that they are.
pub fn has_integers_too(said: &Map<String, Value>, source: &Map<String, Value>) -> bool {
    let (said, source) = (names(said), names(source));
    said.contains(&"number")
        && !said.contains(&"integer")
        && source.contains(&"number")
        && source.contains(&"integer")
}

/// The types of what is listed, which the source says besides.
pub fn typed(said: &Map<String, Value>, source: &Map<String, Value>) -> Option<Spelling> {
    let is_listed = said.contains_key("enum") || said.contains_key("const");
    if !is_listed || said.contains_key("type") || !source.contains_key("type") {
        return None;
    }
    let mut of_one = Schema::from(said.clone());
    spelling::typed(&mut of_one);
    Some(if of_one.get("type").is_some() { Simple::Typed.into() } else { Simple::AllTyped.into() })
}

/// Whether the source has `null` as a constant.
pub fn is_null_constant(said: &Map<String, Value>, source: &Map<String, Value>) -> bool {
    let is_listed = said.contains_key("enum") || said.contains_key("const");
    !is_listed
        && names(said) == ["null"]
        && only_value(&Value::Object(source.clone())).is_some_and(Value::is_null)
}

/// Whether integers are listed that the source calls numbers.
pub fn is_numeric(said: &Map<String, Value>, source: &Map<String, Value>) -> bool {
    let is = |schema: &Map<String, Value>, name: &str| schema.get("type").is_some_and(|found| found == name);
    is(said, "integer") && is(source, "number") && (said.contains_key("enum") || said.contains_key("const"))
}

/// The types that a schema names.
fn names(schema: &Map<String, Value>) -> Vec<&str> {
    match schema.get("type") {
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(name)) => vec![name],
        _ => Vec::new(),
    }
}

/// Whether the source lists strings of which something is told elsewhere.
pub fn lists_what_is_told(said: &Map<String, Value>, source: &Map<String, Value>) -> bool {
    let is_list = source.contains_key("enum") && !source.contains_key("oneOf") && !said.contains_key("enum");
    let mut listed = Schema::from(said.clone());
    if is_list {
        spelling::listed(&mut listed);
    }
    is_list && listed.get("enum").is_some()
}
