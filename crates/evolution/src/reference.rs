//! Where the references of a bundle lead.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// The keywords that hold definitions: a bundle has one of them.
const DEFINITIONS: [&str; 2] = ["$defs", "definitions"];

/// The definitions of a bundle, by name.
pub fn definitions(bundle: &Value) -> Option<&Map<String, Value>> {
    DEFINITIONS.iter().find_map(|keyword| bundle.get(keyword)?.as_object())
}

/// The name of the definition that a reference leads to.
pub fn name_of(reference: &str) -> Option<&str> {
    reference.strip_prefix("#/$defs/").or_else(|| reference.strip_prefix("#/definitions/"))
}

/// What the `$ref` among the keywords of a schema leads to.
pub fn referred<'a>(keywords: &Map<String, Value>, definitions: &'a Map<String, Value>) -> Option<&'a Value> {
    definitions.get(name_of(keywords.get("$ref")?.as_str()?)?)
}

/// A schema of a bundle with the definitions that it needs, as a document of its own.
pub fn alone(bundle: &Value, schema: &Value) -> Value {
    with(bundle, schema, needed(bundle, schema, &mut |_| true).unwrap_or_default())
}

/// The same, unless that would be longer, as text, than what is left, from which it is taken.
pub fn alone_within(bundle: &Value, schema: &Value, left: &mut usize) -> Option<Value> {
    let mut take = |length| match left.checked_sub(length) {
        Some(less) => {
            *left = less;
            true
        }
        None => false,
    };
    Some(with(bundle, schema, needed(bundle, schema, &mut take)?))
}

/// The definitions that a schema needs; `None` if there may not be so much. `may_be` is told how long each part is at least.
fn needed<'b>(
    bundle: &'b Value,
    schema: &'b Value,
    may_be: &mut dyn FnMut(usize) -> bool,
) -> Option<BTreeMap<&'b str, &'b Value>> {
    let definitions = definitions(bundle);
    let mut needed: BTreeMap<&str, &Value> = BTreeMap::new();
    let mut work: Vec<&Value> = match schema {
        Value::Object(keywords) => own(keywords).map(|(_, value)| value).collect(),
        _ => Vec::new(),
    };
    let mut targets: Vec<&str> = schema.get("$ref").and_then(Value::as_str).into_iter().collect();
    loop {
        while let Some(part) = work.pop() {
            let length = match part {
                Value::Object(members) => {
                    targets.extend(members.get("$ref").and_then(Value::as_str));
                    work.extend(members.values());
                    members.keys().map(|name| name.len() + 4).sum()
                }
                Value::Array(elements) => {
                    work.extend(elements);
                    elements.len()
                }
                Value::String(text) => text.len(),
                _ => 1,
            };
            if !may_be(length) {
                return None;
            }
        }
        let Some(reference) = targets.pop() else { return Some(needed) };
        let target = name_of(reference).and_then(|name| definitions?.get_key_value(name));
        if let Some((name, target)) = target
            && needed.insert(name, target).is_none()
        {
            work.push(target);
        }
    }
}

/// A schema of a bundle with these definitions.
fn with(bundle: &Value, schema: &Value, needed: BTreeMap<&str, &Value>) -> Value {
    let mut whole = Map::new();
    whole.extend(bundle.get("$schema").map(|dialect| ("$schema".to_owned(), dialect.clone())));
    match schema {
        Value::Object(keywords) => {
            whole.extend(own(keywords).map(|(keyword, value)| (keyword.clone(), value.clone())));
        }
        Value::Bool(false) => drop(whole.insert("not".to_owned(), Map::new().into())),
        _ => {}
    }
    let keyword = DEFINITIONS.into_iter().find(|keyword| bundle.get(*keyword).is_some_and(Value::is_object));
    if let Some(keyword) = keyword.filter(|_| !needed.is_empty()) {
        let needed = needed.into_iter().map(|(name, target)| (name.to_owned(), target.clone()));
        whole.insert(keyword.to_owned(), Value::Object(needed.collect()));
    }
    whole.into()
}

/// The keywords of a schema but for those that hold definitions.
fn own(keywords: &Map<String, Value>) -> impl Iterator<Item = (&String, &Value)> {
    keywords.iter().filter(|(keyword, _)| !DEFINITIONS.contains(&keyword.as_str()))
}
