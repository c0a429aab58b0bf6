//! What of a schema is seen to reject a value, gathered once: of thousands of branches each is asked for every value.

use serde_json::{Map, Value};

/// What a schema requires and lists.
#[derive(Default)]
pub struct Telling<'b> {
    required: Vec<&'b str>,
    /// The values that it lists, and those that it lists of properties.
    listed: Vec<&'b [Value]>,
    members: Vec<(&'b str, &'b [Value])>,
}

impl<'b> Telling<'b> {
    /// Of the keywords of a schema.
    pub fn of(keywords: &'b Map<String, Value>) -> Self {
        if may_count_for_nothing(keywords) {
            return Self::default();
        }
        let required = keywords.get("required").and_then(Value::as_array).into_iter().flatten();
        let declared = keywords.get("properties").and_then(Value::as_object).into_iter().flatten();
        let members = declared.flat_map(|(name, schema)| {
            schema.as_object().into_iter().flat_map(lists).map(|listed| (name.as_str(), listed))
        });
        Self {
            required: required.filter_map(Value::as_str).collect(),
            listed: lists(keywords),
            members: members.collect(),
        }
    }

    /// Whether a value is seen to be rejected.
    pub fn rules_out(&self, value: &Value) -> bool {
        self.listed.iter().any(|listed| is_unlisted(listed, value))
            || value.as_object().is_some_and(|members| {
                self.required.iter().any(|name| !members.contains_key(*name))
                    || self
                        .members
                        .iter()
                        .any(|(name, listed)| members.get(*name).is_some_and(|one| is_unlisted(listed, one)))
            })
    }
}

/// Whether some dialects pass over these keywords, as they stand beside a reference.
fn may_count_for_nothing(keywords: &Map<String, Value>) -> bool {
    keywords.contains_key("$ref")
}

/// The values that a schema lists, by each keyword.
fn lists(keywords: &Map<String, Value>) -> Vec<&[Value]> {
    if may_count_for_nothing(keywords) {
        return Vec::new();
    }
    let only = keywords.get("const").map(std::slice::from_ref);
    let several = keywords.get("enum").and_then(Value::as_array).map(Vec::as_slice);
    only.into_iter().chain(several).collect()
}

fn is_unlisted(listed: &[Value], value: &Value) -> bool {
    listed.iter().all(|one| differs(one, value))
}

/// Whether two values are seen to be different: of numbers there are several ways to write the same one.
fn differs(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) if one.is_f64() || other.is_f64() => false,
        (Value::Array(_), Value::Array(_)) | (Value::Object(_), Value::Object(_)) => false,
        _ => one != other,
    }
}
