//! What samples show of schemas.

use std::collections::BTreeSet;
use std::time::Duration;

use isomorph_evolution::{Clock, Coverage, Covering, Deadline, Judge, Kind, Sampler, covering};
use isomorph_json::Pointer;
use isomorph_schema::{Bundler, Dialect, Source, Unresolved, load};
use isomorph_validator::Formats;
use serde_json::{Value, json};

/// A clock that stands: samples end because nothing more is to be shown.
struct Standing;

impl Clock for Standing {
    fn now(&self) -> Duration {
        Duration::ZERO
    }
}

/// How many points of a kind 30 instances show, and how many there are; each instance is held against the schema.
fn shown(schema: &Value, kind: Kind) -> (usize, usize) {
    let source = Source { file: "a.json".into(), uri: None, text: schema.to_string().into_bytes() };
    let documents = load(&[source], Dialect::default()).expect("a schema");
    let root = Pointer::root();
    let judge = Judge::with(&documents, 0, &root, &Formats::default()).expect("a schema");
    let bundler = Bundler::new(&documents, Unresolved::Accept).expect("a schema");
    let bundle = bundler.bundle(0, &root).expect("a schema").without_foreign_keywords();
    let deadline = Deadline::after(&Standing, Duration::from_secs(1));
    let sampler = Sampler::new(&bundle.schema, &judge, 1, Some(deadline));
    let coverage = Coverage::of(&bundle.schema);
    let Covering { instances, shown, .. } = covering(&coverage, &bundle.schema, &sampler, 30, deadline);
    assert!(instances.iter().all(|instance| judge.accepts(instance)), "{instances:?}");
    coverage.tally(&shown, 30).get(&kind).map_or((0, 0), |tally| (tally.shown, tally.all))
}

#[test]
fn types_that_a_schema_around_rules_out_are_none() {
    let schema = json!({"properties": {"a": {"allOf": [
        {"type": "object"}, {"type": ["object", "null"], "enum": [{}, null], "minLength": 2}
    ]}}});
    assert_eq!(shown(&schema, Kind::Type), (1, 1));
    assert_eq!(shown(&schema, Kind::Value), (1, 1));
    assert_eq!(shown(&schema, Kind::Bound), (0, 0));
    let open = json!({"properties": {"a": {"anyOf": [{"type": "object"}, {"type": ["object", "null"]}]}}});
    assert_eq!(shown(&open, Kind::Type), (2, 2));
}

#[test]
fn of_what_leads_back_to_itself_no_type_is_ruled_out() {
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$ref": "#/definitions/a",
        "definitions": {"a": {
            "type": ["array", "string"], "items": {"$ref": "#/definitions/a", "type": "null"}
        }}
    });
    assert_eq!(shown(&schema, Kind::Type), (2, 2));
}

#[test]
fn a_list_has_as_many_values_as_it_takes() {
    let values: Vec<String> = (0..2500).map(|number| format!("v{number}")).collect();
    let list = json!({"type": "array", "items": {"enum": values}});
    assert_eq!(shown(&list, Kind::Value), (2500, 2500));
    let map = json!({"type": "object", "propertyNames": {"enum": values}});
    assert_eq!(shown(&map, Kind::Value), (2500, 2500));
}

#[test]
fn what_lies_deep_is_shown() {
    let mut schema = json!({"type": "array", "items": {"enum": (0..40).collect::<Vec<_>>()}});
    for name in ["a", "b", "c", "d", "e", "f"] {
        let inner = json!({"type": "array", "items": {"type": "object", "properties": {name: schema}}});
        schema = json!({"anyOf": [{"type": "null"}, inner]});
    }
    assert_eq!(shown(&schema, Kind::Value), (40, 40));
    assert_eq!(shown(&schema, Kind::Branch), (12, 12));
}

#[test]
fn a_branch_that_others_accept_too_is_shown_alone() {
    let one = |name: &str| json!({"type": "object", "properties": {name: {"type": "object"}}});
    let schema = json!({"type": "array", "items": {"oneOf": [one("a"), one("b"), one("c")]}});
    assert_eq!(shown(&schema, Kind::Branch), (3, 3));
}

#[test]
fn a_branch_is_chosen_that_goes_with_what_else_is_said() {
    let kinds: Vec<String> = (0..40).map(|number| format!("k{number}")).collect();
    let when = |kind: &String| json!({"if": {"properties": {"kind": {"const": kind}}}, "then": {"properties": {"of": {"required": [kind]}}}});
    let schema = json!({"type": "object", "patternProperties": {"": {
        "type": "object",
        "properties": {"kind": {"anyOf": [{"type": "string"}, {"enum": kinds}]}},
        "required": ["kind"],
        "allOf": kinds.iter().map(when).collect::<Vec<_>>()
    }}});
    assert_eq!(shown(&schema, Kind::Value), (40, 40));
    assert_eq!(shown(&schema, Kind::Branch), (42, 42));
}

#[test]
fn an_annotation_that_is_not_one_hides_no_branch() {
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "properties": {"a": {"$ref": "#/$defs/a"}},
        "$defs": {"a": {"anyOf": [{"type": "string", "examples": "x"}, {"type": "null", "title": 1}]}}
    });
    assert_eq!(shown(&schema, Kind::Branch), (2, 2));
}

#[test]
fn what_an_all_of_declares_is_evaluated_for_the_schema_around_it() {
    let kind = |kind: &str| {
        let settings = json!({"type": "object", "properties": {
            "mode": {"oneOf": [{"const": "a"}, {"const": "b"}, {"type": "null"}]},
            "size": {"type": ["integer", "null"], "minimum": 1, "maximum": 9},
            "tags": {"type": "array", "items": {"enum": ["x", "y"]}}
        }});
        json!({"allOf": [settings, {"required": ["kind"], "properties": {"kind": {"const": kind}}}]})
    };
    let schema = json!({"type": "object", "additionalProperties": {
        "allOf": [{"properties": {"id": {"type": "string"}}}, {"oneOf": [kind("c"), kind("d")]}],
        "unevaluatedProperties": false
    }});
    assert_eq!(shown(&schema, Kind::Branch), (8, 8));
    assert_eq!(shown(&schema, Kind::Bound), (4, 4));
    assert_eq!(shown(&schema, Kind::Property), (14, 14));
}

#[test]
fn of_thousands_of_branches_each_instance_shows_another() {
    let kind = |number: usize| {
        json!({"type": "object", "required": ["kind", "n"], "properties": {
            "kind": {"const": format!("k{number}")}, "n": {"type": "integer", "maximum": number}
        }})
    };
    let tagged = json!({"oneOf": (0..400).map(kind).collect::<Vec<_>>()});
    assert_eq!(shown(&tagged, Kind::Branch), (30, 400));
    let named = |number: usize| json!({"required": [format!("r{number}")]});
    let untagged = json!({"type": "object", "anyOf": (0..400).map(named).collect::<Vec<_>>()});
    let (some, all) = shown(&untagged, Kind::Branch);
    assert!(some >= 30 && all == 400, "{some} of {all}");
}

#[test]
fn a_number_is_of_a_branch_however_it_is_written() {
    let schema = json!({"oneOf": [
        {"const": 1.0}, {"enum": [2, "a"]}, {"type": "object", "required": ["a"], "properties": {"a": {"const": 1.0}}}
    ]});
    assert_eq!(shown(&schema, Kind::Branch), (3, 3));
}

/// Instances, each held against the schema.
fn instances(schema: &Value, count: usize) -> Vec<Value> {
    let source = Source { file: "a.json".into(), uri: None, text: schema.to_string().into_bytes() };
    let documents = load(&[source], Dialect::default()).expect("a schema");
    let judge = Judge::at(&documents, 0, &Pointer::root()).expect("a schema");
    let deadline = Deadline::after(&Standing, Duration::from_secs(1));
    let sampler = Sampler::new(schema, &judge, 1, Some(deadline));
    let Covering { instances, .. } = covering(&Coverage::of(schema), schema, &sampler, count, deadline);
    assert!(instances.iter().all(|instance| judge.accepts(instance)), "{instances:?}");
    instances
}

#[test]
fn elements_are_different_as_long_as_there_are_others() {
    let full = |items: Value, count: usize| json!({"type": "array", "uniqueItems": true, "minItems": count, "items": items});
    let values: Vec<usize> = (0..300).collect();
    for schema in [
        full(json!({"type": "integer", "minimum": 1, "maximum": 50}), 50),
        full(json!({"type": "number", "exclusiveMinimum": 0, "maximum": 5, "multipleOf": 0.1}), 50),
        full(json!({"type": "integer", "maximum": -3}), 100),
        full(json!({"type": "string", "pattern": "^[a-z]$"}), 20),
        full(json!({"enum": values}), 300),
    ] {
        assert_eq!(instances(&schema, 2).len(), 2, "{schema}");
    }
    let few = full(json!({"enum": [1, 2, 3]}), 3);
    assert_eq!(instances(&few, 6).len(), 6);
}

#[test]
fn a_large_bound_is_met() {
    for schema in [
        json!({"type": "array", "minItems": 5000}),
        json!({"type": "array", "minItems": 3000, "items": {"type": "object", "required": ["a"]}}),
        json!({"type": "object", "minProperties": 5000}),
    ] {
        assert_eq!(instances(&schema, 2).len(), 2, "{schema}");
    }
}

#[test]
fn what_so_many_instances_can_show_goes_by_what_excludes_each_other_inside_others() {
    let inner = |outer: usize| json!({"oneOf": (0..5).map(|inner| json!({"const": outer * 5 + inner})).collect::<Vec<_>>()});
    let schema = json!({"oneOf": (0..20).map(inner).collect::<Vec<_>>()});
    let coverage = Coverage::of(&schema);
    let possible = |schema: &Value, count: usize| {
        Coverage::of(schema).tally(&BTreeSet::new(), count)[&Kind::Branch].possible
    };
    assert_eq!(coverage.points().len(), 120);
    assert_eq!((possible(&schema, 7), possible(&schema, 1000)), (14, 120));
    let list = json!({"items": schema});
    assert_eq!(possible(&list, 7), 120);
}

#[test]
fn what_has_no_end_is_given_up() {
    let schema = json!({"type": "object", "additionalProperties": {"$ref": "#"}, "minProperties": 2});
    assert_eq!(instances(&schema, 5), Vec::<Value>::new());
}
