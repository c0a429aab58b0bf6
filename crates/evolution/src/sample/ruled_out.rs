//! What a schema cannot accept, seen without a validator: of thousands of branches few are left to be asked.

use serde_json::{Map, Value};

use super::graph::Graph;

/// How many schemas that judge the same value are looked at, one inside the other.
const NESTED: usize = 3;

impl Graph<'_> {
    /// Whether a schema is seen to reject a value, by what it requires, and by what it lists.
    pub fn rules_out(&self, node: usize, value: &Value) -> bool {
        self.rules_out_within(node, value, NESTED)
    }

    fn rules_out_within(&self, node: usize, value: &Value, nested: usize) -> bool {
        let node = &self.nodes[node];
        node.keywords.is_some_and(|keywords| rules_out(keywords, value))
            || nested > 0
                && node
                    .ways
                    .iter()
                    .filter(|way| way.is_certain)
                    .any(|way| self.rules_out_within(way.to, value, nested - 1))
    }
}

fn rules_out(keywords: &Map<String, Value>, value: &Value) -> bool {
    match value {
        Value::Array(_) => false,
        Value::Object(members) => {
            let required = keywords.get("required").and_then(Value::as_array).into_iter().flatten();
            let is_missing = |name: &Value| name.as_str().is_some_and(|name| !members.contains_key(name));
            let declared = keywords.get("properties").and_then(Value::as_object).into_iter().flatten();
            let mut listed =
                declared.filter_map(|(name, schema)| Some((schema.as_object()?, members.get(name)?)));
            required.into_iter().any(is_missing) || listed.any(|(schema, member)| is_unlisted(schema, member))
        }
        scalar => is_unlisted(keywords, scalar),
    }
}

/// Whether a value is none of those that are listed.
fn is_unlisted(keywords: &Map<String, Value>, value: &Value) -> bool {
    // Beside a reference that stands alone nothing counts.
    !keywords.contains_key("$ref")
        && (keywords.get("const").is_some_and(|only| differs(only, value))
            || keywords
                .get("enum")
                .and_then(Value::as_array)
                .is_some_and(|listed| listed.iter().all(|one| differs(one, value))))
}

/// Whether two values are seen to be different: of numbers there are several ways to write the same one.
fn differs(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) if one.is_f64() || other.is_f64() => false,
        (Value::Array(_), Value::Array(_)) | (Value::Object(_), Value::Object(_)) => false,
        _ => one != other,
    }
}
