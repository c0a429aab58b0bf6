//! What the generator adds to documentation, and no schema says.

use schemars::Schema;
use serde_json::Value;

/// Takes the notes out of the descriptions of a schema and of its properties: the last paragraph, if it is
/// set in italics. The generator puts into it in words what the schema says in keywords.
pub fn without_notes(schema: &mut Schema) {
    let Some(keywords) = schema.as_object_mut() else { return };
    strip(keywords);
    if let Some(Value::Object(properties)) = keywords.get_mut("properties") {
        properties.values_mut().filter_map(Value::as_object_mut).for_each(strip);
    }
}

fn strip(keywords: &mut serde_json::Map<String, Value>) {
    let Some(Value::String(description)) = keywords.get_mut("description") else { return };
    let start = description.rfind("\n\n").map_or(0, |blank| blank + 2);
    let last = &description[start..];
    if last.starts_with('_') && last.ends_with("._") {
        description.truncate(start.saturating_sub(2));
        if description.is_empty() {
            keywords.remove("description");
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::without_notes;

    #[test]
    fn notes_go_and_descriptions_stay() {
        let cases = [
            (json!({"description": "A.\n\n_At least 1._"}), json!({"description": "A."})),
            (json!({"description": "_At least 1._"}), json!({})),
            (json!({"description": "A _b._"}), json!({"description": "A _b._"})),
            (
                json!({"properties": {"a": {"description": "_A._"}, "b": true}}),
                json!({"properties": {"a": {}, "b": true}}),
            ),
        ];
        for (before, after) in cases {
            let mut schema = before.try_into().expect("a schema");
            without_notes(&mut schema);
            assert_eq!(Value::from(schema), after);
        }
    }
}
