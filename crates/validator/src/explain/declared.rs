use serde_json::{Map, Value};

use super::files::Files;
use crate::build::judges_by_pattern;

/// How far references and branches are followed.
const DEPTH: usize = 8;

/// The properties that a schema declares, itself or by what it applies to the same instance.
pub fn properties_around<'a>(files: &'a Files, file: usize, around: &'a Value) -> Vec<(&'a str, &'a Value)> {
    let mut found = Vec::new();
    collect(files, file, around, DEPTH, &mut found);
    found
}

fn collect<'a>(
    files: &'a Files,
    file: usize,
    around: &'a Value,
    depth: usize,
    found: &mut Vec<(&'a str, &'a Value)>,
) {
    if depth == 0 {
        return;
    }
    for (name, property) in around.get("properties").and_then(Value::as_object).into_iter().flatten() {
        if found.iter().all(|(known, _)| known != name) {
            found.push((name, property));
        }
    }
    for inner in beside(files, file, around) {
        collect(files, file, inner, depth - 1, found);
    }
}

/// The schemas that a schema applies to the same instance.
fn beside<'a>(files: &'a Files, file: usize, around: &'a Value) -> Vec<&'a Value> {
    let lists = ["allOf", "anyOf", "oneOf"].iter().filter_map(|key| around.get(key)?.as_array()).flatten();
    let branches = ["then", "else", "if"].iter().filter_map(|key| around.get(key));
    let dependent =
        ["dependentSchemas", "dependencies"].iter().filter_map(|key| around.get(key)?.as_object());
    let followed = files.followed(file, around);
    let followed = (!std::ptr::eq(followed, around)).then_some(followed);
    lists.chain(branches).chain(dependent.flat_map(Map::values)).chain(followed).collect()
}

/// Whether a schema says something of a property without naming it: by a pattern, or of all that it does not name. Unless
/// something else is wrong it has evaluated it.
pub fn says_more_of(files: &Files, file: usize, around: &Value, name: &str) -> bool {
    let patterns = |schema: &Value| {
        let all = schema.get("patternProperties").and_then(Value::as_object).into_iter().flatten();
        all.into_iter()
            .any(|(pattern, _)| judges_by_pattern(pattern).is_some_and(|judge| judge.is_valid(&name.into())))
    };
    any_beside(files, file, around, DEPTH, &|schema| {
        schema.get("additionalProperties").is_some_and(|rest| *rest != false) || patterns(schema)
    })
}

/// Whether a schema says something of the element of this index.
pub fn says_of_element(files: &Files, file: usize, around: &Value, index: usize) -> bool {
    any_beside(files, file, around, DEPTH, &|schema| {
        let lists = ["prefixItems", "items"].iter().filter_map(|key| schema.get(key));
        let says = |one: &Value| one.as_array().map_or(*one != false, |all| index < all.len());
        lists.clone().any(says)
            || lists.count() > 0 && schema.get("additionalItems").is_some_and(|rest| *rest != false)
    })
}

fn any_beside(
    files: &Files,
    file: usize,
    around: &Value,
    depth: usize,
    says: &impl Fn(&Value) -> bool,
) -> bool {
    says(around)
        || depth > 0
            && beside(files, file, around)
                .into_iter()
                .any(|inner| any_beside(files, file, inner, depth - 1, says))
}
