//! Random schemas of small parts, plain or recursive, and edits of them.

use fastrand::Rng;
use serde_json::{Map, Value, json};

/// Where recursive schemas refer to.
const TARGETS: [&str; 2] = ["#/$defs/D", "#/$defs/E"];

/// A small schema of small parts, so that an instance out of a small pool often tells two of them apart.
fn schema(random: &mut Rng, depth: usize, recursive: bool) -> Value {
    let mut keywords = Map::new();
    for _ in 0..random.usize(1..=3) {
        let (keyword, value) = keyword(random, depth, recursive);
        keywords.insert(keyword.to_owned(), value);
    }
    keywords.into()
}

fn keyword(random: &mut Rng, depth: usize, recursive: bool) -> (&'static str, Value) {
    let types = ["null", "boolean", "integer", "number", "string", "array", "object"];
    let names = ["a", "b", "c", "x-1"];
    let values =
        || [json!(null), json!(0), json!(1), json!(1.5), json!("a"), json!("bb"), json!([]), json!({"a": 1})];
    let count = random.u8(0..=3);
    let inner = |random: &mut Rng| {
        if recursive && random.u8(..4) == 0 {
            json!({"$ref": TARGETS[random.usize(..2)]})
        } else if depth == 0 {
            json!({"type": types[random.usize(..types.len())]})
        } else {
            schema(random, depth - 1, recursive)
        }
    };
    let several =
        |random: &mut Rng| Value::from((0..random.usize(1..=3)).map(|_| inner(random)).collect::<Vec<_>>());
    match random.usize(..30) {
        0..=3 => ("type", types[random.usize(..types.len())].into()),
        4 => ("type", json!([types[random.usize(..3)], types[random.usize(3..7)]])),
        5 => ("enum", values().into_iter().filter(|_| random.bool()).chain([json!("a")]).collect()),
        6 => ("const", random.choice(values()).unwrap_or_default()),
        7 => {
            (["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"][random.usize(..4)], count.into())
        }
        8 => ("multipleOf", [json!(1), json!(2), json!(0.5)][random.usize(..3)].clone()),
        9 => (["minLength", "maxLength"][random.usize(..2)], count.into()),
        10 => ("pattern", ["^a", "b$", "^[ab]*$", "^[a-z]{1,3}$"][random.usize(..4)].into()),
        11 => (["minItems", "maxItems", "minProperties", "maxProperties"][random.usize(..4)], count.into()),
        12 => ("uniqueItems", true.into()),
        13..=15 => {
            let properties = names.into_iter().filter(|_| random.bool()).collect::<Vec<_>>();
            let properties = properties.into_iter().map(|name| (name.to_owned(), inner(random)));
            ("properties", properties.collect::<Map<_, _>>().into())
        }
        16 => ("required", names.into_iter().filter(|_| random.bool()).collect()),
        17 => ("additionalProperties", if random.bool() { false.into() } else { inner(random) }),
        18 => ("patternProperties", json!({["^a", "b", ".", "^x-"][random.usize(..4)]: inner(random)})),
        19 => (["items", "contains", "propertyNames", "not"][random.usize(..4)], inner(random)),
        20 => ("prefixItems", several(random)),
        21 | 22 => (["allOf", "anyOf", "oneOf"][random.usize(..3)], several(random)),
        23 => ("dependentRequired", json!({"a": ["b"]})),
        24 => ("dependentSchemas", json!({"a": inner(random)})),
        25 => ("unevaluatedProperties", if random.bool() { false.into() } else { inner(random) }),
        26 => ("unevaluatedItems", if random.bool() { false.into() } else { inner(random) }),
        27 => (["if", "then", "else"][random.usize(..3)], inner(random)),
        28 => (["minContains", "maxContains"][random.usize(..2)], count.into()),
        _ => ("$ref", json!("#/$defs/D")),
    }
}

/// A document with definitions that the schema may refer to; recursive ones refer to themselves and each other.
pub fn document(random: &mut Rng, recursive: bool) -> Value {
    let mut document = schema(random, 2, recursive);
    let definition = |random: &mut Rng| {
        let mut definition = schema(random, 1, false);
        // A schema that is itself says nothing.
        if let Value::Object(keywords) = &mut definition {
            for in_place in
                ["$ref", "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas"]
            {
                keywords.remove(in_place);
            }
            if recursive {
                let inside = json!({"$ref": TARGETS[random.usize(..2)]});
                let inside = match random.u8(..3) {
                    0 => inside,
                    1 => json!({"anyOf": [inside, {"type": "null"}]}),
                    _ => json!({"oneOf": [{"type": "integer"}, inside]}),
                };
                match random.u8(..4) {
                    0 => keywords.insert("items".into(), inside),
                    1 => keywords.insert("additionalProperties".into(), inside),
                    _ => keywords.insert("properties".into(), json!({"c": inside})),
                };
            }
        }
        definition
    };
    let (one, other) = (definition(random), definition(random));
    document["$defs"] = json!({"D": one, "E": other});
    if recursive && random.bool() {
        document["$ref"] = "#/$defs/D".into();
    }
    document
}

/// The same document with a keyword more, fewer, or another one, somewhere.
pub fn edited(document: &Value, random: &mut Rng, recursive: bool) -> Value {
    let mut edited = document.clone();
    let mut places = vec![String::new(), "/$defs/D".to_owned()];
    let mut next = 0;
    while let Some(place) = places.get(next).cloned() {
        next += 1;
        let inner = isomorph_codegen::subschemas(edited.pointer(&place).unwrap_or(&Value::Null)).into_iter();
        places.extend(inner.map(|(at, _)| format!("{place}{}", at.as_str())).collect::<Vec<_>>());
    }
    let place = random.choice(&places).cloned().unwrap_or_default();
    let (name, value) = keyword(random, 1, recursive);
    if let Some(Value::Object(keywords)) = edited.pointer_mut(&place) {
        let gone =
            random.choice(keywords.keys().filter(|name| *name != "$defs").cloned().collect::<Vec<_>>());
        if let Some(gone) = gone.filter(|_| random.bool()) {
            keywords.remove(&gone);
        }
        // In the definition it could refer to itself.
        if random.u8(..4) > 0 && name != "$ref" {
            keywords.insert(name.to_owned(), value);
        }
    }
    edited
}
