//! Which types keep their numbers exactly: those of whose numbers a verdict depends on the last digit. An integer beyond 2^53 that
//! no double is would be judged as its neighbour, so that they refuse it as beyond what they hold.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::model::{Definition, Form, Model};

/// The largest magnitude up to which every integer is a double.
const EACH: f64 = 9_007_199_254_740_992.0;
/// The least magnitude that no integer of 64 bits has.
const NONE: f64 = 18_446_744_073_709_551_616.0;
/// What holds schemas for others to refer to.
const HOLDERS: [&str; 2] = ["$defs", "definitions"];
/// How many references are followed, of chains that nobody writes.
const MOST: usize = 1_000;
const BOUNDS: [&str; 4] = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];

/// Whether a definition keeps its numbers exactly.
pub fn is_exact(model: &Model, definition: &Definition) -> bool {
    let root = &model.documents[definition.location.document].root;
    let start = root.pointer(definition.location.pointer.as_str());
    holds_numbers(&definition.form) && start.is_some_and(|schema| tells_neighbours_apart(root, schema))
}

fn holds_numbers(form: &Form) -> bool {
    // What is part of a variant is an item of its own to the model.
    matches!(form, Form::Number | Form::Object(_) | Form::Union(_))
        || form.parts().iter().any(|part| holds_numbers(&part.form))
}

/// Whether something in a schema, or in what is put together with it, tells integers apart that are one double.
fn tells_neighbours_apart(root: &Value, schema: &Value) -> bool {
    let (mut work, mut followed) = (vec![schema], HashSet::new());
    while let Some(value) = work.pop() {
        match value {
            Value::Object(members) => {
                if may_be_of_fractions(members) && members.iter().any(|(keyword, limit)| asks(keyword, limit))
                {
                    return true;
                }
                let news = composed(members).filter(|pointer| followed.insert(*pointer));
                work.extend(news.filter_map(|pointer| root.pointer(pointer)));
                if followed.len() > MOST {
                    return true;
                }
                let inner = members.iter().filter(|(keyword, _)| !HOLDERS.contains(&keyword.as_str()));
                work.extend(inner.map(|(_, value)| value));
            }
            Value::Array(elements) => work.extend(elements),
            _ => {}
        }
    }
    false
}

/// Whether what a schema says of numbers may be said of others than integers, which are held as such.
fn may_be_of_fractions(members: &Map<String, Value>) -> bool {
    members.get("type").is_none_or(|types| {
        types == "number" || types.as_array().is_some_and(|all| all.iter().any(|one| one == "number"))
    })
}

/// Where the schemas stand that an `allOf` refers to.
fn composed(members: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let all = members.get("allOf").and_then(Value::as_array).into_iter().flatten();
    all.filter_map(|one| one.get("$ref")?.as_str()?.strip_prefix('#'))
}

fn asks(keyword: &str, limit: &Value) -> bool {
    let is_each = limit.as_i64().is_some_and(|limit| limit.unsigned_abs() <= 1 << 53);
    let Some(limit) = limit.as_f64() else { return false };
    match keyword {
        // Each integer is a multiple of what goes into one.
        "multipleOf" => {
            let of_one = 1.0 / limit;
            limit > 0.0 && (of_one - of_one.round()).abs() > of_one * 4.0 * f64::EPSILON
        }
        _ => BOUNDS.contains(&keyword) && limit.abs() >= EACH && limit.abs() <= NONE && !is_each,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::tells_neighbours_apart;

    #[test]
    fn only_what_tells_integers_apart_that_are_one_double_asks_for_them_exactly() {
        let of = |schema: Value| tells_neighbours_apart(&schema, &schema);
        assert!(of(json!({"multipleOf": 2})) && of(json!({"properties": {"a": {"multipleOf": 0.3}}})));
        assert!(!of(json!({"properties": {"a": {"type": ["integer", "null"], "multipleOf": 2}}})));
        assert!(
            of(json!({"if": {"maximum": 1e17}}))
                && of(json!({"exclusiveMinimum": -9_007_199_254_740_993_i64}))
        );
        assert!(
            !of(json!({"multipleOf": 0.01}))
                && !of(json!({"multipleOf": 1}))
                && !of(json!({"multipleOf": 1e-5}))
        );
        assert!(
            !of(json!({"maximum": 9_007_199_254_740_992_i64, "minimum": -5}))
                && !of(json!({"maximum": 3.4e38}))
        );
        assert!(!of(json!({"$defs": {"A": {"multipleOf": 2}}, "properties": {"a": {"$ref": "#/$defs/A"}}})));
        assert!(of(json!({"$defs": {"A": {"multipleOf": 2}}, "allOf": [{"$ref": "#/$defs/A"}]})));
    }
}
