use serde_json::Value;

use super::{Run, folder, isomorph};

/// A schema with something of everything.
const SHOP: &str = r##"{
    "type": "object",
    "properties": {
        "id": {"type": "string", "pattern": "^[A-Z]{2}-\\d{4}$"},
        "kind": {"enum": ["a", "b", null]},
        "price": {"type": "number", "exclusiveMinimum": 0, "maximum": 10, "multipleOf": 0.5},
        "tags": {"type": "array", "items": {"type": "string", "minLength": 3}, "minItems": 2, "uniqueItems": true},
        "tree": {"$ref": "#/$defs/Tree"},
        "either": {"oneOf": [{"type": "integer", "multipleOf": 3}, {"type": "integer", "multipleOf": 5}]},
        "when": {"type": "string", "format": "date"},
        "map": {"type": "object", "patternProperties": {"^x-": {"type": "integer"}}, "additionalProperties": false, "minProperties": 1},
        "has": {"type": "array", "contains": {"const": 7}, "items": {"type": "integer"}}
    },
    "required": ["id", "kind", "price", "tags", "tree", "either", "map", "has"],
    "if": {"properties": {"kind": {"const": "a"}}},
    "then": {"required": ["when"]},
    "dependentRequired": {"when": ["note"]},
    "$defs": {"Tree": {"type": "object", "properties": {"left": {"$ref": "#/$defs/Tree"}, "leaf": {"const": true}}, "required": ["leaf"]}}
}"##;

fn lines(run: &Run) -> Vec<Value> {
    run.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn samples_satisfy_their_schema_and_are_the_same_for_the_same_seed() {
    let here = folder(&[("shop.json", SHOP)]);
    let sample = |seed: &str| isomorph(here.path(), &["sample", "shop.json", "-n", "20", "--seed", seed]);
    let run = sample("3");
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let validator = jsonschema::validator_for(&serde_json::from_str(SHOP).expect("JSON")).expect("a schema");
    let samples = lines(&run);
    assert_eq!(samples.len(), 20);
    for sample in &samples {
        assert!(validator.is_valid(sample), "{sample}");
    }
    assert_eq!(sample("3").stdout, run.stdout);
    assert_ne!(sample("4").stdout, run.stdout);
}

#[test]
fn invalid_samples_break_exactly_one_keyword_each_another_one() {
    let here = folder(&[("shop.json", SHOP)]);
    let run = isomorph(here.path(), &["sample", "shop.json", "--invalid", "-n", "12", "--time", "60"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let validator = jsonschema::validator_for(&serde_json::from_str(SHOP).expect("JSON")).expect("a schema");
    let mut keywords = Vec::new();
    for sample in lines(&run) {
        let errors: Vec<_> = validator.iter_errors(&sample).collect();
        assert_eq!(errors.len(), 1, "{sample}: {errors:?}");
        keywords.push(errors[0].schema_path().to_string());
    }
    for (line, keyword) in run.stderr.lines().zip(&keywords) {
        assert!(line.ends_with(&format!(" breaks #{keyword}")), "{line}: {keyword}");
    }
    keywords.sort();
    keywords.dedup();
    assert_eq!(keywords.len(), 12);
}

#[test]
fn a_definition_inside_a_file_is_sampled_alone() {
    let here = folder(&[("shop.json", SHOP)]);
    let run = isomorph(here.path(), &["sample", "shop.json#/$defs/Tree", "-n", "2"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(lines(&run).iter().all(|tree| tree["leaf"] == true), "{}", run.stdout);
}

#[test]
fn a_schema_that_accepts_everything_or_nothing_is_told_to() {
    let here = folder(&[
        ("never.json", r#"{"type": "integer", "minimum": 2, "maximum": 1}"#),
        ("any.json", r#"{"anyOf": [{"type": "number"}, {}], "title": "Any"}"#),
        ("few.json", r#"{"anyOf": [{"const": 1}, {"type": ["boolean"]}]}"#),
        ("certain.json", r##"{"$dynamicRef": "#a", "$defs": {"a": {"$dynamicAnchor": "a", "enum": []}}}"##),
        (
            "dynamic.json",
            r##"{"$dynamicRef": "#a", "$defs": {
                "a": {"$dynamicAnchor": "a", "enum": []}, "b": {"$id": "b", "$dynamicAnchor": "a", "enum": []}
            }}"##,
        ),
    ]);
    let run = isomorph(here.path(), &["sample", "never.json"]);
    assert_eq!((run.code, run.stdout.as_str()), (1, ""));
    assert_eq!(run.stderr, "error: never.json: accepts no instance\n");
    let run = isomorph(here.path(), &["sample", "any.json", "--invalid"]);
    assert_eq!((run.code, run.stdout.as_str()), (1, ""));
    assert_eq!(run.stderr, "error: any.json: accepts every instance, so that none breaks it\n");
    let run = isomorph(here.path(), &["sample", "few.json", "-n", "1000"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("only 3 of 1000 instances; the schema may have no more"), "{}", run.stderr);
    let run = isomorph(here.path(), &["sample", "certain.json"]);
    assert_eq!(run.stderr, "error: certain.json: accepts no instance\n");
    let run = isomorph(here.path(), &["sample", "dynamic.json"]);
    assert!(run.stderr.contains("found only 0 of 1 instances"), "nothing is claimed: {}", run.stderr);
    assert_eq!(isomorph(here.path(), &["sample", "nowhere.json"]).code, 2);
}

#[test]
fn what_only_one_keyword_speaks_of_is_broken_too() {
    for (schema, keyword) in [
        (r#"{"dependentRequired": {"a": ["b", "c"]}}"#, "/dependentRequired"),
        (r#"{"dependentSchemas": {"a": {"minProperties": 3}}}"#, "/dependentSchemas/a/minProperties"),
        (r#"{"maxProperties": 2.0}"#, "/maxProperties"),
        (r#"{"multipleOf": 0.25}"#, "/multipleOf"),
        (r#"{"unevaluatedItems": false}"#, "/unevaluatedItems"),
        (r#"{"contains": false}"#, "/contains"),
        (
            r##"{"$ref": "#/$defs/A", "$defs": {"A": {"properties": {"a": {"$ref": "#/$defs/A"}, "z": {"const": 1}}}}}"##,
            "/$defs/A/properties/z/const",
        ),
    ] {
        let here = folder(&[("one.json", schema)]);
        let run = isomorph(here.path(), &["sample", "one.json", "--invalid"]);
        assert_eq!(run.code, 0, "{schema}: {}", run.stderr);
        assert!(run.stderr.trim_end().ends_with(&format!(" breaks #{keyword}")), "{schema}: {}", run.stderr);
        let run = isomorph(here.path(), &["sample", "one.json"]);
        assert_eq!(run.code, 0, "{schema}: {}", run.stderr);
    }
}

#[test]
fn properties_that_a_not_rules_out_are_left_out() {
    let names: Vec<String> = (0..60).map(|index| format!("p{index}")).collect();
    let properties: serde_json::Map<String, Value> =
        names.iter().map(|name| (name.clone(), serde_json::json!({"type": "integer"}))).collect();
    let ruled_out: Vec<Value> =
        names.iter().step_by(2).map(|name| serde_json::json!({ "required": [name] })).collect();
    let schema = serde_json::json!({"type": "object", "properties": properties, "not": {"anyOf": ruled_out}, "minProperties": 20});
    let here = folder(&[("not.json", &schema.to_string())]);
    let run = isomorph(here.path(), &["sample", "not.json", "-n", "10", "--time", "60"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
}

#[test]
fn a_wide_and_recursive_schema_has_samples_that_are_not_endless() {
    let mut properties = serde_json::Map::new();
    for index in 0..150 {
        properties.insert(format!("inner{index}"), serde_json::json!({"$ref": "#"}));
        properties.insert(format!("text{index}"), serde_json::json!({"type": "string", "enum": ["a", "b"]}));
    }
    let schema =
        serde_json::json!({"type": "object", "properties": properties, "additionalProperties": false});
    let here = folder(&[("wide.json", &schema.to_string())]);
    for arguments in [
        &["sample", "wide.json", "-n", "10", "--time", "60"][..],
        &["sample", "wide.json", "--invalid", "-n", "10", "--time", "60"],
    ] {
        let run = isomorph(here.path(), arguments);
        assert_eq!((run.code, lines(&run).len()), (0, 10), "{}", run.stderr);
    }
}

#[test]
fn strings_are_different_ones_and_seeds_do_not_overlap() {
    let here = folder(&[("s.json", r#"{"type": "string"}"#), ("shop.json", SHOP)]);
    let mut all = Vec::new();
    for seed in ["0", "1"] {
        let run = isomorph(here.path(), &["sample", "s.json", "-n", "100", "--seed", seed]);
        let mut strings = lines(&run);
        assert_eq!((run.code, strings.len()), (0, 100), "{}", run.stderr);
        strings.sort_by_key(Value::to_string);
        strings.dedup();
        assert_eq!(strings.len(), 100);
        let run = isomorph(here.path(), &["sample", "shop.json", "-n", "6", "--seed", seed]);
        all.push(lines(&run));
    }
    assert!(all[0].iter().all(|one| !all[1].contains(one)), "{all:?}");
}

#[test]
fn samples_show_values_branches_and_bounds_and_say_so() {
    let schema = r#"{
        "type": "object",
        "properties": {
            "kind": {"enum": ["a", "b", "c", "d", "e"]},
            "count": {"type": ["integer", "null"], "minimum": 3, "maximum": 9},
            "name": {"type": "string", "minLength": 2, "maxLength": 20},
            "either": {"oneOf": [{"type": "string", "pattern": "^x"}, {"type": "number"}, {"type": "array"}]}
        },
        "required": ["kind"]
    }"#;
    let here = folder(&[("one.json", schema)]);
    let run = isomorph(here.path(), &["sample", "one.json", "-n", "12", "--coverage", "--time", "30"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    for line in ["5 of 5 values of enums", "3 of 3 branches", "4 of 4 bounds", "2 of 2 types"] {
        assert!(run.stderr.lines().any(|said| said == line), "{line}: {}", run.stderr);
    }
}

#[test]
fn what_so_many_instances_cannot_show_is_not_asked_of_them() {
    let values: Vec<String> = (0..200).map(|number| format!("v{number}")).collect();
    let schema = serde_json::json!({
        "type": "object",
        "properties": {"one": {"enum": values}, "many": {"type": "array", "items": {"enum": values}}},
        "required": ["one", "many"],
        "additionalProperties": false
    });
    let here = folder(&[("one.json", &schema.to_string())]);
    let run = isomorph(here.path(), &["sample", "one.json", "-n", "30", "--coverage", "--time", "30"]);
    let expected = "230 of 400 values of enums, of which 30 instances can show 230";
    assert!(run.stderr.lines().any(|said| said == expected), "{}", run.stderr);
}

#[test]
fn what_excludes_each_other_is_shown_by_one_instance_after_the_other() {
    let kinds = ["a", "b", "c", "d", "e", "f", "g", "h"];
    let when = |kind: &&str| {
        serde_json::json!({
            "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
            "then": {"properties": {"of": {"enum": [format!("{kind}1"), format!("{kind}2")]}}, "required": ["of"]}
        })
    };
    let only = |kind: &&str| serde_json::json!({"required": [kind]});
    let properties: serde_json::Map<String, Value> = kinds
        .iter()
        .map(|kind| ((*kind).to_owned(), serde_json::json!({"maxLength": 3, "type": "string"})))
        .collect();
    let schema = serde_json::json!({
        "type": "object",
        "properties": {
            "conditions": {"type": "array", "items": {
                "type": "object",
                "properties": {"kind": {"enum": kinds}},
                "required": ["kind"],
                "allOf": kinds.iter().map(when).collect::<Vec<_>>()
            }},
            "union": {"type": "object", "properties": properties, "oneOf": kinds.iter().map(only).collect::<Vec<_>>()}
        },
        "additionalProperties": false
    });
    let here = folder(&[("one.json", &schema.to_string())]);
    let run = isomorph(here.path(), &["sample", "one.json", "-n", "30", "--coverage", "--time", "30"]);
    for line in ["24 of 24 values of enums", "16 of 16 branches", "8 of 8 bounds"] {
        assert!(run.stderr.lines().any(|said| said == line), "{line}: {}", run.stderr);
    }
}

#[test]
fn what_holds_together_is_found() {
    for schema in [
        r#"{"type": "number", "multipleOf": 0.01, "exclusiveMinimum": 0.02, "exclusiveMaximum": 0.04}"#,
        r#"{"type": "string", "pattern": "^[A-Z][a-z]*[0-9]$", "minLength": 10}"#,
        r#"{"allOf": [{"pattern": "^a"}, {"pattern": "b$"}], "type": "string"}"#,
        r#"{"type": "array", "uniqueItems": true, "minItems": 12, "items": {"type": "integer"}}"#,
        r#"{"type": "integer", "minimum": 9223372036854775808, "maximum": 18446744073709551615}"#,
        r#"{"not": {"type": ["string", "number", "boolean", "null"]}, "minItems": 2, "minProperties": 1}"#,
    ] {
        let here = folder(&[("one.json", schema)]);
        let run = isomorph(here.path(), &["sample", "one.json"]);
        assert_eq!(run.code, 0, "{schema}: {}", run.stderr);
    }
}

#[test]
fn one_keyword_is_broken_in_each_of_its_ways() {
    let schema = r#"{"oneOf": [{"type": "integer", "minimum": 0}, {"type": "integer", "maximum": 10}, {"type": "string", "maxLength": 3000}]}"#;
    let here = folder(&[("one.json", schema)]);
    let run = isomorph(here.path(), &["sample", "one.json", "--invalid", "-n", "20", "--time", "30"]);
    let found = lines(&run);
    let is = |test: &dyn Fn(&Value) -> bool| found.iter().any(test);
    assert!(is(&|value| value.as_i64().is_some_and(|number| (0..=10).contains(&number))), "two: {found:?}");
    assert!(is(&|value| value.is_object() || value.is_null()), "none: {found:?}");
    assert!(is(&|value| value.as_str().is_some_and(|text| text.len() > 3000)), "large: {}", run.stderr);
}

#[test]
fn formats_assert_by_name() {
    let schema = r#"{"required": ["d", "u"], "type": "object", "additionalProperties": false, "properties": {
        "d": {"type": "string", "format": "date", "minLength": 1}, "u": {"type": "string", "format": "uri", "pattern": "^x$"}}}"#;
    let here = folder(&[("s.json", schema)]);
    let sample = |more: &[&str]| isomorph(here.path(), &[&["sample", "s.json", "-n", "4"], more].concat());
    let run = sample(&["--assert-formats=date"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.lines().all(|line| line.contains(r#""u":"x""#)), "{}", run.stdout);
    // `x` is no URI.
    for formats in ["--assert-formats", "--assert-formats=date,uri"] {
        let run = sample(&["--time", "1", formats]);
        assert_eq!((run.code, run.stdout.as_str()), (1, ""), "{}", run.stderr);
    }
    let run = sample(&["--assert-formats=dat"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("there is no format `dat`"), "{}", run.stderr);
}
