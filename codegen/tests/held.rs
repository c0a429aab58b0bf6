//! What is made of a document that holds schemas can be told from what was there: for random schemas of each dialect, the way
//! to JSON Schema and back ends where it began.

use isomorph_runtime::held::{Holder, Rules, in_own_dialect};
use isomorph_schema::holders::{self, lift};
use serde_json::{Map, Value, json};

/// Random numbers, the same for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % end
    }

    fn one<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    fn schema(&mut self, references: &[&str], depth: usize) -> Value {
        if depth > 3 || self.below(8) == 0 {
            return json!({ "$ref": self.one(references), "nullable": true, "type": "string" });
        }
        let mut keywords = Map::new();
        for _ in 0..self.below(7) {
            let (keyword, value) = self.keyword(references, depth);
            keywords.insert(keyword.to_owned(), value);
        }
        keywords.into()
    }

    fn keyword(&mut self, references: &[&str], depth: usize) -> (&'static str, Value) {
        let types = ["string", "integer", "object", "array", "null"].map(Value::from);
        match self.below(26) {
            0..=3 => ("nullable", self.one(&[json!(true), json!(true), json!(false)]).clone()),
            4..=6 => ("type", self.one(&types).clone()),
            7 => (
                "type",
                self.one(&[
                    json!(["string", "null"]),
                    json!(["null", "string"]),
                    json!(["integer", "string"]),
                ])
                .clone(),
            ),
            8 => (
                "required",
                self.one(&[json!([]), json!(["b", "a"]), json!(["a"]), json!(["c", "a"])]).clone(),
            ),
            9 | 10 => {
                let mut property = |flag: &str| {
                    let mut schema = self.schema(references, depth + 1);
                    schema[flag] = true.into();
                    schema
                };
                (
                    "properties",
                    json!({"a": property("readOnly"), "b": property("x-b"), "metadata": property("writeOnly")}),
                )
            }
            11 => ("items", self.schema(references, depth + 1)),
            12 => ("additionalProperties", self.one(&[json!({}), json!(true), json!(false)]).clone()),
            13 => ("additionalProperties", self.schema(references, depth + 1)),
            14 => ("allOf", json!([self.schema(references, depth + 1), self.schema(references, depth + 1)])),
            15 => (*self.one(&["oneOf", "anyOf"]), json!([{"$ref": references[0]}, {"$ref": references[1]}])),
            16 => ("discriminator", json!({"propertyName": "a", "mapping": {"x": references[0]}})),
            17 => (
                *self.one(&["id", "definitions", "patternProperties", "dependencies"]),
                json!({"nullable": true, "type": "string"}),
            ),
            18 => ("id", json!("text")),
            19 => (*self.one(&["x-isomorph-required", "x-isomorph-id", "x-isomorph-selected"]), json!(["a"])),
            20 => ("example", json!({"nullable": true, "type": "string", "$ref": "#/definitions/A"})),
            21 => ("x-kubernetes-int-or-string", json!(true)),
            22 => ("x-kubernetes-preserve-unknown-fields", json!(true)),
            23 => ("x-kubernetes-embedded-resource", json!(true)),
            24 => ("x-kubernetes-list-type", self.one(&[json!("set"), json!("map")]).clone()),
            _ => ("exclusiveMinimum", json!(true)),
        }
    }
}

/// A document of each kind that holds a schema `A`, which may refer to these places.
fn documents(dice: &mut Dice) -> [Value; 4] {
    let components = [
        "#/components/schemas/A",
        "#/components/schemas/B%20b",
        "#/components/responses/C/content/a~1b/schema",
    ];
    let mut openapi = |version: &str| {
        json!({
            "openapi": version,
            "components": {
                "schemas": {"A": dice.schema(&components, 0), "B b": dice.schema(&components, 1)},
                "responses": {"C": {"content": {"a/b": {"schema": dice.schema(&components, 1)}}}}
            }
        })
    };
    let (old, new) = (openapi("3.0.3"), openapi("3.1.0"));
    let definitions = ["#/definitions/A", "#/definitions/A/properties/a"];
    let swagger = json!({"swagger": "2.0", "definitions": {"A": dice.schema(&definitions, 0)}});
    let mut version = |name: &str| json!({"name": name, "schema": {"openAPIV3Schema": dice.structural(0)}});
    let resource = json!({
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "spec": {"names": {"kind": "A"}, "versions": [version("v1"), version("v2")]}
    });
    [old, new, swagger, resource]
}

impl Dice {
    /// A schema as Kubernetes lets a definition have it: what it forbids is what the extensions say.
    fn structural(&mut self, depth: usize) -> Value {
        let mut schema = self.schema(&["#/nowhere", "#/nowhere"], depth + 1);
        forbid(&mut schema);
        schema
    }
}

fn forbid(schema: &mut Value) {
    match schema {
        Value::Object(keywords) => {
            keywords.retain(|keyword, _| !["$ref", "uniqueItems"].contains(&keyword.as_str()));
            if keywords.contains_key("x-kubernetes-int-or-string") {
                keywords.remove("type");
            }
            if keywords.contains_key("x-kubernetes-preserve-unknown-fields") {
                keywords.remove("additionalProperties");
            }
            if let Some(Value::Object(metadata)) =
                keywords.get_mut("properties").and_then(|all| all.get_mut("metadata"))
            {
                metadata.remove("additionalProperties");
            }
            keywords.values_mut().for_each(forbid);
        }
        Value::Array(elements) => elements.iter_mut().for_each(forbid),
        _ => {}
    }
}

/// What generated code says of a document; it is a constant there.
fn holder(holder: &holders::Holder, draft: u16) -> Holder {
    let leaked = |text: &str| -> &'static str { Box::leak(text.to_owned().into_boxed_str()) };
    let held: Vec<_> = holder.held.iter().map(|held| (leaked(&held.name), leaked(&held.fragment))).collect();
    let rules = match holder.rules {
        holders::Rules::Plain => Rules::Plain,
        holders::Rules::Swagger => Rules::Swagger,
        holders::Rules::OpenApi => Rules::OpenApi,
        holders::Rules::Kubernetes => Rules::Kubernetes,
    };
    Holder { rules, draft, references: &[], held: Box::leak(held.into_boxed_slice()) }
}

/// The order of a list of `type` means nothing.
fn sorted(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => {
            let mut members = members.clone();
            for (key, value) in &mut members {
                *value = sorted(value);
                if let ("type", Value::Array(names)) = (key.as_str(), value) {
                    names.sort_by_key(Value::to_string);
                }
            }
            members.into()
        }
        Value::Array(elements) => elements.iter().map(sorted).collect::<Vec<_>>().into(),
        other => other.clone(),
    }
}

#[test]
fn what_is_held_comes_back_as_it_was() {
    let mut dice = Dice(1);
    let mut compared = 0;
    for round in 0..500 {
        for document in documents(&mut dice) {
            let lifted = lift(&document, false).expect("it holds schemas").expect("it is known").remove(0);
            let (keyword, holder) = (lifted.holder.keyword, holder(&lifted.holder, lifted.dialect.number()));
            let back = in_own_dialect(&lifted.root, keyword, &holder);
            assert_eq!(back.len(), lifted.holder.held.len());
            for held in &lifted.holder.held {
                let said = back[held.pointer.as_str()].as_value();
                let source = held.pointer.find(&document).expect("it stands there");
                assert_eq!(sorted(said), sorted(source), "round {round}, {}", held.pointer);
                compared += 1;
            }
        }
    }
    assert!(compared > 2000, "{compared}");
}
