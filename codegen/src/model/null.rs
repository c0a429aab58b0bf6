//! Whether a branch of a union is the one for `null`.

use isomorph_schema::{Location, Types};
use serde_json::Value;

use super::builder::Builder;
use super::layers::{Layer, collect};

/// Unions in unions that are looked into.
const DEEPEST: usize = 4;

impl Builder<'_> {
    /// Whether a schema accepts `null`, if that is plain to see; `depth` unions stand around it. What was found is kept: many
    /// unions may refer to the same ones.
    pub(super) fn takes_null(&self, location: &Location, depth: usize) -> bool {
        if depth == DEEPEST {
            return false;
        }
        let key = (location.clone(), depth);
        if let Some(known) = self.null.borrow().get(&key) {
            return *known;
        }
        let takes = self.all_take_null(location, depth);
        self.null.borrow_mut().insert(key, takes);
        takes
    }

    fn all_take_null(&self, location: &Location, depth: usize) -> bool {
        let Ok(layers) = collect(self.documents, &self.resolver, location) else { return false };
        let all_take = |layer: &Layer| {
            layer.binding(Types::NULL).all(|keyword| self.keyword_takes_null(layer, keyword, depth))
        };
        !layers.never && layers.left_out.is_empty() && layers.all.iter().all(all_take)
    }

    fn keyword_takes_null(&self, layer: &Layer, keyword: &str, depth: usize) -> bool {
        let value = layer.get(keyword).unwrap_or(&Value::Null);
        let count = value.as_array().map_or(0, Vec::len);
        let is_taken = |index| self.takes_null(&layer.location.join(keyword).join(index), depth + 1);
        match keyword {
            "type" => Types::named(value).meets(Types::NULL),
            "enum" => value.as_array().is_some_and(|values| values.contains(&Value::Null)),
            "const" => value.is_null(),
            // They are layers.
            "$ref" | "allOf" => true,
            "anyOf" => (0..count).any(is_taken),
            "oneOf" => count == 1 && is_taken(0),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use isomorph_schema::Source;
    use serde_json::{Map, Value, json};

    use crate::settings::Settings;

    #[test]
    fn unions_that_many_unions_refer_to_are_looked_at_once() {
        // A look at each way to the last of them would be 1,000,000,000,000.
        let mut definitions = Map::new();
        for level in 0..4 {
            let next = json!({"$ref": format!("#/$defs/D{}", level + 1)});
            let union = json!({"type": "null", "anyOf": vec![next; 1000]});
            definitions.insert(format!("D{level}"), union);
        }
        definitions.insert("D4".into(), json!({"type": "null", "not": {}}));
        let schema =
            json!({"anyOf": [{"$ref": "#/$defs/D0"}, {"type": "string"}], "$defs": Value::from(definitions)});
        let source = Source { file: "a.json".into(), uri: None, text: schema.to_string().into_bytes() };
        let generated = crate::generate(&[source], &Settings::default(), "a.rs").expect("a valid schema");
        assert!(!generated.files.is_empty());
    }
}
