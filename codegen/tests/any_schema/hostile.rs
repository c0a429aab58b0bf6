//! Schemas that are too large, too deep or too odd for a file.

use serde_json::{Map, Value, json};

use super::{Case, Settings};

fn case(name: &str, schema: Value, valid: &[Value], invalid: &[Value]) -> Case {
    Case {
        name: name.into(),
        schema,
        held: None,
        given_back: None,
        beside: std::collections::BTreeMap::new(),
        valid: valid.to_vec(),
        invalid: invalid.to_vec(),
        written: Vec::new(),
        accepted: Vec::new(),
        refused: Vec::new(),
        narrower: Vec::new(),
        wider: Vec::new(),
        settings: Settings::default(),
        uses: Vec::new(),
    }
}

/// The cases.
pub fn cases() -> Vec<Case> {
    vec![
        many_names(),
        many_patterns(),
        doublings(),
        product(),
        long_description(),
        long_annotations(),
        case(
            "a pattern that backtracks",
            json!({"type": "string", "pattern": "^(a|a)*$"}),
            &[json!("a".repeat(40))],
            &[json!(format!("{}b", "a".repeat(40)))],
        ),
        case(
            "a pattern that backtracks, against a long near-match",
            json!({"type": "string", "pattern": "^(a+)+$"}),
            &[json!("a".repeat(100_000))],
            &[json!(format!("{}!", "a".repeat(100_000)))],
        ),
        case(
            "a pattern that looks around, against a long near-match",
            json!({"type": "string", "pattern": "^(?!b)(a+)+$"}),
            &[json!("aaa")],
            &[json!(format!("{}!", "a".repeat(100_000))), json!("ba")],
        ),
        case(
            "bounds beyond 64 bits",
            json!({"type": "integer", "maximum": 36_893_488_147_419_103_233.0, "minimum": -1.0e300}),
            &[json!(i64::MAX), json!(-0.0), json!(0)],
            &[json!(0.5)],
        ),
        overlapping("anyOf"),
        overlapping("oneOf"),
        guarded("oneOf", &["tag", "in", "leaf"], &json!({"minProperties": 1})),
        guarded("oneOf", &["leaf", "in", "tag"], &json!({"not": {"required": ["other"]}})),
        guarded(
            "oneOf",
            &["in", "leaf", "tag"],
            &json!({"if": {"required": ["other"]}, "then": {"required": ["leaf"]}}),
        ),
        guarded(
            "oneOf",
            &["in", "tag", "leaf"],
            &json!({"allOf": [{"minProperties": 1}, {"maxProperties": 3}]}),
        ),
        through_a_guard(),
        case(
            "deep",
            (0..80).fold(json!({"type": "integer"}), |inner, _| json!({"type": "array", "items": inner})),
            &[(0..80).fold(json!(1), |inner, _| json!([inner]))],
            &[(0..80).fold(json!("1"), |inner, _| json!([inner]))],
        ),
    ]
}

/// Values of which two branches are possible, inside each other: were each tried for its own sake, each would double
/// the work.
fn overlapping(keyword: &str) -> Case {
    let branch = |own: &str, other: &str| {
        let properties = json!({"in": {"$ref": "#"}, own: {"type": "integer"}, other: true});
        json!({"type": "object", "properties": properties, "required": [own]})
    };
    let nested = |inmost: Value, more: Value| {
        (0..60).fold(inmost, |inner, _| {
            let mut object = more.clone();
            object["in"] = inner;
            object
        })
    };
    let schema = json!({keyword: [branch("y", "z"), branch("z", "y")]});
    // The first branch is refused by what comes after all that is inside.
    let late = json!({"y": "1", "z": 1});
    let valid = [nested(json!({"y": 1}), json!({"z": 1})), nested(json!({"y": 1}), late.clone())];
    let invalid = [nested(json!({}), json!({"z": 1})), nested(json!({"in": 1, "z": 1}), late)];
    case(&format!("branches of {keyword} that overlap"), schema, &valid, &invalid)
}

/// A recursive union of guarded objects, whose innermost value is wrong.
fn guarded(keyword: &str, names: &[&str], guard: &Value) -> Case {
    let branch = |tag: &str| {
        let property = |name: &&str| {
            let schema = match *name {
                "tag" => json!({"const": tag}),
                "in" => json!({"$ref": "#"}),
                _ => json!({"type": "string"}),
            };
            (name.to_string(), schema)
        };
        let properties: Map<_, _> = names.iter().map(property).collect();
        let mut schema = json!({"type": "object", "properties": properties, "required": ["tag"]});
        schema.as_object_mut().expect("an object").extend(guard.as_object().cloned().unwrap_or_default());
        schema
    };
    let tagged = |mut object: Value| {
        object["tag"] = json!("b");
        object
    };
    let deep = |depth: usize, leaf: Value| {
        (0..depth).fold(tagged(json!({"leaf": leaf})), |inner, _| tagged(json!({"in": inner})))
    };
    let schema = json!({keyword: [branch("a"), branch("b")]});
    let name = format!("branches of {keyword} that are guarded: {} {guard}", names.join(", "));
    case(&name, schema, &[deep(2, json!("x"))], &[deep(20, json!(5)), deep(110, json!(5))])
}

/// Values of which two branches are possible, inside each other, with a union that types tell apart and a guard between.
fn through_a_guard() -> Case {
    let branch = |own: &str| json!({"type": "object", "properties": {"in": {"$ref": "#/$defs/between"}, own: {"type": "integer"}}});
    let schema = json!({
        "$defs": {
            "between": {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/guarded"}]},
            "guarded": {"type": "object", "properties": {"on": {"$ref": "#"}}, "required": ["on"], "minProperties": 1}
        },
        "anyOf": [branch("y"), branch("z")]
    });
    let deep = |depth: usize, inmost: Value| (0..depth).fold(inmost, |inner, _| json!({"in": {"on": inner}}));
    let wrong = json!({"y": "1", "z": "1"});
    case(
        "branches that overlap, with guards between",
        schema,
        &[deep(50, json!({"y": 1}))],
        &[deep(50, wrong)],
    )
}

fn many_names() -> Case {
    let names: Vec<_> = (0..10_000).map(|number| format!("name {number}")).collect();
    case(
        "10,000 names",
        json!({"enum": names}),
        &[json!("name 0"), json!("name 9999")],
        &[json!("name 10000")],
    )
}

/// As many patterns as properties, none of which the other keywords leave alone.
fn many_patterns() -> Case {
    let properties: Map<_, _> =
        (0..500).map(|number| (format!("a{number}"), json!({"type": "integer"}))).collect();
    let patterns: Map<_, _> =
        (0..500).map(|number| (format!("^(a|b){number}$"), json!({"minimum": number}))).collect();
    case(
        "500 properties beside as many patterns",
        json!({"properties": properties, "patternProperties": patterns, "additionalProperties": false}),
        &[json!({"a0": 0, "b499": 499, "a7": 8})],
        &[json!({"a7": 6}), json!({"b499": 498}), json!({"a500": 1})],
    )
}

/// Thirty definitions, each two of the next.
fn doublings() -> Case {
    let mut definitions = Map::new();
    for level in 0..30 {
        let next = json!({"$ref": format!("#/$defs/level{}", level + 1)});
        definitions
            .insert(format!("level{level}"), json!({"properties": {"a": next, "b": next}, "type": "object"}));
    }
    definitions.insert("level30".into(), json!({"type": "integer"}));
    let schema = json!({"$defs": definitions, "$ref": "#/$defs/level0"});
    case("thirty doublings", schema, &[json!({"a": {"b": {}}})], &[json!({"a": {"b": 1}}), json!(1)])
}

/// `allOf` of eight `anyOf`, each of two.
fn product() -> Case {
    let either = |index: usize| {
        let (a, b) = (format!("a{index}"), format!("b{index}"));
        json!({"anyOf": [
            {"properties": {a.as_str(): {"type": "integer"}}, "required": [a.as_str()]},
            {"properties": {b.as_str(): {"type": "string"}}, "required": [b.as_str()]},
        ]})
    };
    let all: Vec<_> = (0..8).map(either).collect();
    let valid: Map<_, _> = (0..8).map(|index| (format!("a{index}"), json!(index))).collect();
    let invalid: Map<_, _> = (0..7).map(|index| (format!("a{index}"), json!(index))).collect();
    case(
        "a product of unions",
        json!({"type": "object", "allOf": all}),
        &[Value::Object(valid)],
        &[Value::Object(invalid), json!(1)],
    )
}

fn long_description() -> Case {
    let text = "word ".repeat(200_000);
    case(
        "a megabyte of text",
        json!({"type": "integer", "description": text.trim()}),
        &[json!(1)],
        &[json!("1")],
    )
}

/// More than the macros behind schemars' attributes take.
fn long_annotations() -> Case {
    let examples: Vec<_> = (0..300).map(|number| format!("example {number}")).collect();
    let schema = json!({
        "type": "object",
        "properties": {"a": {"type": "integer", "examples": [3_000_000_000_u64, -5_000_000_000_i64]}},
        "examples": examples,
        "x-big": u64::MAX,
        "x-negative": -5_000_000_000_i64,
    });
    case("long annotations", schema, &[json!({"a": 1})], &[json!({"a": "1"})])
}
