use serde_json::{Number, Value};

/// Whether two schemas say the same in the same words: whether they are equal as JSON, but for the order of keys, of
/// `required` and of a list of `type`, which the specification has as sets.
///
/// ```
/// use serde_json::json;
///
/// let cat = json!({"type": ["object", "null"], "required": ["name", "lives"]});
/// assert!(isomorph_runtime::same_schema(&cat, &json!({"required": ["lives", "name"], "type": ["null", "object"]})));
/// assert!(!isomorph_runtime::same_schema(&cat, &json!({"type": ["object", "null"], "required": ["name"]})));
/// ```
pub fn same_schema(first: &Value, second: &Value) -> bool {
    same(first, second, Holds::Schema)
}

/// What a value is to a schema.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Holds {
    /// A schema, or several.
    Schema,
    /// Schemas by name.
    Named,
    /// Strings in any order.
    Set,
    /// Any value.
    Data,
}

fn same(first: &Value, second: &Value, holds: Holds) -> bool {
    match (first, second) {
        (Value::Object(first), Value::Object(second)) => {
            first.len() == second.len()
                && first.iter().all(|(name, value)| {
                    let inner = match holds {
                        Holds::Data => Holds::Data,
                        Holds::Named => Holds::Schema,
                        _ => held(name),
                    };
                    second.get(name).is_some_and(|other| same(value, other, inner))
                })
        }
        (Value::Array(first), Value::Array(second)) => {
            first.len() == second.len()
                && if holds == Holds::Set {
                    first.iter().all(|value| count(first, value) == count(second, value))
                } else {
                    first.iter().zip(second).all(|(value, other)| same(value, other, holds))
                }
        }
        (Value::Number(first), Value::Number(second)) => is_same_number(first, second),
        _ => first == second,
    }
}

/// Whether two numbers are one in the same words. As texts, which they are where a feature of `serde_json` has it so, they may
/// be written otherwise: `1e2` and `100.0`.
fn is_same_number(first: &Number, second: &Number) -> bool {
    first == second || (first.is_f64() && second.is_f64() && first.as_f64() == second.as_f64())
}

fn count(values: &[Value], value: &Value) -> usize {
    values.iter().filter(|other| *other == value).count()
}

/// What a keyword holds.
fn held(keyword: &str) -> Holds {
    match keyword {
        "required" | "type" => Holds::Set,
        "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas"
        | "dependencies" => Holds::Named,
        "enum" | "const" | "default" | "examples" => Holds::Data,
        _ => Holds::Schema,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::same_schema;

    #[test]
    fn only_what_is_a_set_may_stand_in_another_order() {
        for (first, second, expected) in [
            (json!({"required": ["a", "b"]}), json!({"required": ["b", "a"]}), true),
            (json!({"required": ["a", "b"]}), json!({"required": ["b", "b"]}), false),
            (
                json!({"items": {"type": ["null", "array"]}}),
                json!({"items": {"type": ["array", "null"]}}),
                true,
            ),
            (json!({"enum": ["a", "b"]}), json!({"enum": ["b", "a"]}), false),
            (json!({"const": {"type": ["a", "b"]}}), json!({"const": {"type": ["b", "a"]}}), false),
            (json!({"anyOf": [{"type": "null"}, true]}), json!({"anyOf": [true, {"type": "null"}]}), false),
            (
                json!({"properties": {"default": {"required": ["a", "b"]}}}),
                json!({"properties": {"default": {"required": ["b", "a"]}}}),
                true,
            ),
        ] {
            assert_eq!(same_schema(&first, &second), expected, "{first} {second}");
        }
    }
}
