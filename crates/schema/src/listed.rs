use serde_json::Value;

/// The values of which an instance has to be one, where keywords list them: that of `const`, else those of `enum`.
///
/// `keyword` gives the value of a keyword that counts in the schema.
pub fn listed<'v>(keyword: impl Fn(&str) -> Option<&'v Value>) -> Option<&'v [Value]> {
    match (keyword("const"), keyword("enum")) {
        (Some(only), _) => Some(std::slice::from_ref(only)),
        (None, Some(Value::Array(several))) => Some(several),
        _ => None,
    }
}

/// The one value that an instance of a schema has to be, if the schema lists only one.
pub fn only_value(schema: &Value) -> Option<&Value> {
    match listed(|keyword| schema.get(keyword))? {
        [only] => Some(only),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::listed;

    #[test]
    fn the_one_value_counts_before_the_listed_ones() {
        let of = |schema: Value| listed(|keyword| schema.get(keyword)).map(<[Value]>::to_vec);
        assert_eq!(of(json!({"const": null})), Some(vec![Value::Null]));
        assert_eq!(of(json!({"enum": [1, 2]})), Some(vec![json!(1), json!(2)]));
        assert_eq!(of(json!({"enum": [1, 2], "const": 2})), Some(vec![json!(2)]));
        assert_eq!(of(json!({"enum": []})), Some(Vec::new()));
        assert_eq!(of(json!({"type": "string"})), None);
    }
}
