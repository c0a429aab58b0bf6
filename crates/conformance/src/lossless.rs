//! Whether what was read comes back: every declared property, and nothing but defaults besides.

use std::collections::BTreeMap;

use isomorph_codegen::Document;
use isomorph_json::Pointer;
use isomorph_schema::validator_of;
use isomorph_validator::Counted;
use jsonschema::Validator;
use serde_json::Value;

use crate::asked::{Asked, Schemas, evaluation, inside};

/// What a schema says of the properties of instances.
pub struct Declared {
    judge: Option<(Validator<Counted>, Schemas)>,
    /// The defaults of all properties of a name, wherever they are declared.
    defaults: BTreeMap<String, Vec<Value>>,
}

/// What came back of an instance.
#[derive(Debug, Default)]
pub struct Back {
    /// The first place where what was written is not what was read.
    pub lost: Option<String>,
    /// How many properties had to come back.
    pub asked: usize,
    /// How many the validator's annotations alone would have asked for.
    pub annotated: usize,
    /// Whether those came back.
    pub annotated_kept: bool,
    /// Whether it takes too much to say what had to.
    pub is_beyond_limit: bool,
}

impl Declared {
    /// What the first of these documents says; the others are there for its references.
    pub fn of(documents: &[Document]) -> Self {
        let mut defaults = BTreeMap::new();
        for document in documents {
            collect_defaults(&document.root, &mut defaults);
        }
        let is_there = !documents.is_empty();
        let validator = is_there.then(|| validator_of(documents, 0, &Pointer::root()).ok()).flatten();
        Self { judge: validator.zip(Schemas::of(documents)), defaults }
    }

    /// The first place where what was written is not what was read.
    ///
    /// A property comes back if a schema declares it there, has a schema for it, or lets it in explicitly. Without a validator
    /// every property must.
    #[cfg(test)]
    pub fn lost(&self, read: &Value, written: &Value) -> Option<String> {
        self.back(read, written).lost
    }

    /// What came back of an instance, of what had to.
    pub fn back(&self, read: &Value, written: &Value) -> Back {
        let Some((validator, schemas)) = &self.judge else {
            let lost = self.lost_at(None, read, written, "");
            return Back { annotated_kept: lost.is_none(), lost, ..Back::default() };
        };
        let Some(evaluation) = evaluation(validator, read) else {
            return Back { is_beyond_limit: true, ..Back::default() };
        };
        let asked = Asked::of(&evaluation, schemas, read);
        let annotated = Asked::annotated(&evaluation);
        Back {
            is_beyond_limit: false,
            lost: self.lost_at(Some(&asked), read, written, ""),
            asked: asked.count(read),
            annotated: annotated.count(read),
            annotated_kept: self.lost_at(Some(&annotated), read, written, "").is_none(),
        }
    }

    fn lost_at(&self, asked: Option<&Asked>, read: &Value, written: &Value, at: &str) -> Option<String> {
        let asked = asked.filter(|asked| !asked.is_whole(at));
        let inside = |segment: &str| inside(at, segment);
        match (read, written) {
            (Value::Object(read), Value::Object(written)) => {
                let must = |name: &String| asked.is_none_or(|asked| asked.must(at, name));
                let in_read = read.iter().find_map(|(name, value)| match written.get(name) {
                    Some(back) => self.lost_at(asked, value, back, &inside(name)),
                    None => must(name).then(|| format!("{} is gone", inside(name))),
                });
                let appears = |(name, value): &(&String, &Value)| {
                    !read.contains_key(*name) && !self.is_default(name, value)
                };
                in_read.or_else(|| {
                    let (name, _) = written.iter().find(appears)?;
                    Some(format!("{} appears", inside(name)))
                })
            }
            (Value::Array(read), Value::Array(written)) if read.len() == written.len() => {
                let mut both = read.iter().zip(written).enumerate();
                both.find_map(|(index, (a, b))| self.lost_at(asked, a, b, &inside(&index.to_string())))
            }
            (Value::Number(a), Value::Number(b)) if a == b || a.as_f64() == b.as_f64() => None,
            _ if read == written => None,
            _ => Some(format!("{at} became {written}")),
        }
    }

    /// Whether a value is the default of a property of that name, with the defaults that appear in it.
    fn is_default(&self, name: &str, value: &Value) -> bool {
        let defaults = self.defaults.get(name).into_iter().flatten();
        defaults.into_iter().any(|default| self.lost_at(None, default, value, "").is_none())
    }
}

fn collect_defaults(schema: &Value, defaults: &mut BTreeMap<String, Vec<Value>>) {
    match schema {
        Value::Object(members) => {
            let properties = members.get("properties").and_then(Value::as_object);
            for (name, schema) in properties.into_iter().flatten() {
                if let Some(default) = schema.get("default") {
                    defaults.entry(name.clone()).or_default().push(default.clone());
                }
            }
            members.values().for_each(|inner| collect_defaults(inner, defaults));
        }
        Value::Array(elements) => elements.iter().for_each(|inner| collect_defaults(inner, defaults)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use isomorph_codegen::{Generator, Source};
    use serde_json::{Value, json};

    use super::Declared;

    fn declared(schema: &Value) -> Declared {
        let text = schema.to_string().into_bytes();
        let mut generator = Generator::new();
        generator.source(Source { file: "schema.json".into(), uri: None, text });
        Declared::of(&generator.documents().expect("a schema"))
    }

    /// Schemas with an object `{"a": {"b": 1}}` or so that they accept, and the places in it that must come back.
    fn cases() -> Vec<(Value, Value, Vec<&'static str>)> {
        let a = || json!({"properties": {"a": true}});
        vec![
            (a(), json!({"a": 1, "b": 1}), vec!["/a"]),
            (json!({"properties": {"a": {}}, "additionalProperties": false}), json!({"a": 1}), vec!["/a"]),
            (
                json!({"properties": {"a": {"additionalProperties": {"type": "integer"}}}}),
                json!({"a": {"x": 1}}),
                vec!["/a", "/a/x"],
            ),
            (json!({"additionalProperties": true}), json!({"a": {"b": 1}}), vec!["/a", "/a/b"]),
            (
                json!({"additionalProperties": {}, "properties": {"a": {"type": "object"}}}),
                json!({"a": {"b": 1}, "c": [{"d": 1}]}),
                vec!["/a", "/c", "/c/0/d"],
            ),
            (
                json!({"unevaluatedProperties": {}, "allOf": [a()]}),
                json!({"a": 1, "b": {"c": 1}}),
                vec!["/a", "/b", "/b/c"],
            ),
            (json!({"unevaluatedProperties": {"type": "integer"}}), json!({"a": 1}), vec!["/a"]),
            (
                json!({"patternProperties": {"^a": {}}, "additionalProperties": false}),
                json!({"a": 1}),
                vec!["/a"],
            ),
            (json!({"patternProperties": {"^a": {}}}), json!({"a": 1, "b": 1}), vec!["/a"]),
            (
                json!({"anyOf": [a(), {"properties": {"b": {"type": "string"}}}]}),
                json!({"a": 1, "b": 1}),
                vec!["/a"],
            ),
            (
                json!({"oneOf": [a(), {"required": ["z"], "properties": {"b": {}}}]}),
                json!({"a": 1, "b": 1}),
                vec!["/a"],
            ),
            (
                json!({"if": a(), "then": {"properties": {"b": {}}}, "else": {"properties": {"c": {}}}}),
                json!({"a": 1, "b": 1, "c": 1}),
                vec!["/a", "/b"],
            ),
            (
                json!({"if": {"required": ["z"]}, "else": {"properties": {"c": {}}}}),
                json!({"b": 1, "c": 1}),
                vec!["/c"],
            ),
            (json!({"not": {"required": ["z"], "properties": {"a": {}}}}), json!({"a": 1}), vec![]),
            (
                json!({"dependentSchemas": {"a": {"properties": {"b": {}}}, "z": {"properties": {"c": {}}}}}),
                json!({"a": 1, "b": 1, "c": 1}),
                vec!["/b"],
            ),
            (
                json!({"items": {"properties": {"a": {}}, "additionalProperties": false}}),
                json!([{"a": 1}]),
                vec!["/0/a"],
            ),
            (
                json!({"$ref": "inner#/$defs/x", "$defs": {"i": {"$id": "inner", "$defs": {"x": {"additionalProperties": true}}}}}),
                json!({"a": 1}),
                vec!["/a"],
            ),
            (
                json!({"$dynamicRef": "#x", "$defs": {"y": {"$dynamicAnchor": "x", "properties": {"a": {"$dynamicRef": "#x"}}, "additionalProperties": false}}}),
                json!({"a": {"a": {}}}),
                vec!["/a", "/a/a"],
            ),
            (
                json!({"properties": {"a~/b": {"properties": {"c": {}}, "additionalProperties": false}}}),
                json!({"a~/b": {"c": 1}}),
                vec!["/a~0~1b", "/a~0~1b/c"],
            ),
        ]
    }

    #[test]
    fn what_the_schemas_declare_and_let_in_must_come_back_and_nothing_else() {
        for (schema, instance, must) in cases() {
            let declared = declared(&schema);
            let asked = declared.back(&instance, &instance);
            assert_eq!((asked.lost, asked.asked), (None, must.len()), "{schema}");
            for place in must {
                let (around, name) = place.rsplit_once('/').expect("a place in it");
                let name = &*isomorph_json::unescaped(name);
                let mut written = instance.clone();
                let object = written.pointer_mut(around).and_then(Value::as_object_mut).expect("an object");
                object.remove(name);
                assert_eq!(declared.lost(&instance, &written), Some(format!("{place} is gone")), "{schema}");
            }
        }
    }

    #[test]
    fn a_recursion_that_doubles_with_every_level_is_not_asked_to_its_end() {
        let twice = json!({"$ref": "#/$defs/Node"});
        let schema = json!({
            "$ref": "#/$defs/Node",
            "$defs": {"Node": {"allOf": [{"properties": {"a": twice}}, {"properties": {"a": twice}}]}},
        });
        let nested = |depth| (0..depth).fold(json!({}), |inner, _| json!({ "a": inner }));
        let declared = declared(&schema);
        assert!(!declared.back(&nested(3), &nested(3)).is_beyond_limit);
        assert!(declared.back(&nested(40), &nested(40)).is_beyond_limit);
    }
}
