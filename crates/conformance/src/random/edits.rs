//! What can be taken out of a schema, or of an instance, so that something smaller is left.

use isomorph_json::{escaped, unescaped};
use serde_json::{Value, json};

/// A change at a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Edit {
    /// A JSON Pointer.
    place: String,
    /// What is put there; if nothing is, what is there goes.
    instead: Option<Value>,
}

/// Keywords whose schemas can stand for the schema around them.
const INNER: [&str; 5] = ["allOf", "anyOf", "oneOf", "not", "if"];

/// All small changes of a schema, in the order of its text.
pub fn of_schema(schema: &Value) -> Vec<Edit> {
    let mut edits = Vec::new();
    collect(schema, schema, "", &mut edits);
    edits
}

/// All small changes of an instance.
pub fn of_instance(instance: &Value) -> Vec<Edit> {
    let mut edits = Vec::new();
    collect_values(instance, "", &mut edits);
    edits
}

fn collect(root: &Value, schema: &Value, place: &str, edits: &mut Vec<Edit>) {
    match schema {
        Value::Object(keywords) => {
            for (keyword, said) in keywords {
                let inner = format!("{place}/{}", escaped(keyword));
                edits.push(Edit { place: inner.clone(), instead: None });
                if said.as_object().is_some_and(|said| !said.is_empty()) {
                    edits.push(Edit { place: inner.clone(), instead: Some(json!({})) });
                }
                if INNER.contains(&keyword.as_str()) {
                    let schemas = said.as_array().map_or(std::slice::from_ref(said), Vec::as_slice);
                    let hoisted =
                        |schema: &Value| Edit { place: place.to_owned(), instead: Some(schema.clone()) };
                    edits.extend(schemas.iter().filter(|_| !place.is_empty()).map(hoisted));
                }
                if keyword == "$ref"
                    && let Some(target) = said.as_str().and_then(|to| root.pointer(to.strip_prefix('#')?))
                    && target != root
                {
                    edits.push(Edit { place: place.to_owned(), instead: Some(target.clone()) });
                }
                collect(root, said, &inner, edits);
            }
        }
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                let inner = format!("{place}/{index}");
                edits.push(Edit { place: inner.clone(), instead: None });
                collect(root, element, &inner, edits);
            }
        }
        _ => {}
    }
}

fn collect_values(value: &Value, place: &str, edits: &mut Vec<Edit>) {
    let inner = |key: &str| format!("{place}/{}", escaped(key));
    let mut both = |key: &str, part: &Value| {
        edits.push(Edit { place: inner(key), instead: None });
        edits.push(Edit { place: place.to_owned(), instead: Some(part.clone()) });
        if !part.is_null() {
            edits.push(Edit { place: inner(key), instead: Some(json!(null)) });
        }
        collect_values(part, &inner(key), edits);
    };
    match value {
        Value::Object(members) => members.iter().for_each(|(name, member)| both(name, member)),
        Value::Array(elements) => {
            elements.iter().enumerate().for_each(|(index, element)| both(&index.to_string(), element));
        }
        _ => {}
    }
}

/// What is left after these edits, of which those that come later in the text are made first.
pub fn edited(value: &Value, edits: &[Edit]) -> Value {
    let mut value = value.clone();
    edits.iter().rev().for_each(|edit| apply(&mut value, edit));
    value
}

fn apply(value: &mut Value, edit: &Edit) {
    if let Some(instead) = &edit.instead {
        if let Some(there) = value.pointer_mut(&edit.place) {
            there.clone_from(instead);
        }
        return;
    }
    let Some((around, last)) = edit.place.rsplit_once('/') else { return };
    match value.pointer_mut(around) {
        Some(Value::Object(members)) => {
            members.shift_remove(&*unescaped(last));
        }
        Some(Value::Array(elements)) => {
            if let Some(index) = last.parse().ok().filter(|index| *index < elements.len()) {
                elements.remove(index);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{edited, of_instance, of_schema};

    #[test]
    fn every_keyword_can_go_and_all_of_them_at_once() {
        let schema = json!({"type": "object", "anyOf": [{"required": ["a"]}, {"minProperties": 1}]});
        let edits = of_schema(&schema);
        assert!(
            edits.iter().any(|edit| edited(&schema, std::slice::from_ref(edit)) == json!({"type": "object"}))
        );
        assert_eq!(edited(&schema, &edits), json!({}));
    }

    #[test]
    fn a_part_can_stand_for_the_instance() {
        let instance = json!({"a": [1]});
        let smaller: Vec<_> =
            of_instance(&instance).into_iter().map(|edit| edited(&instance, &[edit])).collect();
        assert!(smaller.contains(&json!([1])) && smaller.contains(&json!({})), "{smaller:?}");
    }
}
