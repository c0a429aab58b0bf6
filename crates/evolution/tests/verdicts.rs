//! The library by itself: two schemas, and what is said of them.

use std::cell::Cell;
use std::time::Duration;

use isomorph_evolution::{Canonical, Clock, Options, Report, Silent, Unbounded, Verdict, Version, compare};
use isomorph_schema::{Dialect, Document, Source, load};
use serde_json::{Value, json};

/// A clock that goes on by so much whenever it is looked at.
struct Ticking {
    now: Cell<Duration>,
    tick: Duration,
}

impl Ticking {
    fn by(tick: Duration) -> Self {
        Self { now: Cell::new(Duration::ZERO), tick }
    }
}

impl Clock for Ticking {
    fn now(&self) -> Duration {
        self.now.set(self.now.get() + self.tick);
        self.now.get()
    }
}

fn documents(schema: &Value) -> Vec<Document> {
    let source = Source { file: "A.json".into(), uri: None, text: schema.to_string().into_bytes() };
    load(&[source], Dialect::default()).expect("a schema")
}

fn report(old: &Value, new: &Value, canonical: &dyn Canonical, tick: Duration) -> Report {
    let (old, new) = (documents(old), documents(new));
    let (old, new) = (
        Version { label: "old", documents: &old, selected: &[] },
        Version { label: "new", documents: &new, selected: &[] },
    );
    let options = Options::new(Duration::from_secs(10));
    compare(&old, &new, &options, canonical, &Ticking::by(tick)).expect("they can be compared")
}

/// Holds the verdicts on old data under the new schema, and on new data under the old one.
fn check(old: &Value, new: &Value, expected: [Verdict; 2]) {
    let data = report(old, new, &Unbounded, Duration::ZERO).data;
    assert_eq!([data.old_data.verdict, data.new_data.verdict], expected, "{old} → {new}");
}

const COMPATIBLE: Verdict = Verdict::Compatible;
const BREAKING: Verdict = Verdict::Breaking;

#[test]
fn a_wider_schema_breaks_only_who_reads_by_the_old_one() {
    check(&json!({"maxLength": 2}), &json!({"maxLength": 3}), [COMPATIBLE, BREAKING]);
    check(&json!({"type": "integer"}), &json!({"type": ["integer", "null"]}), [COMPATIBLE, BREAKING]);
    check(&json!({"enum": [1, 2]}), &json!({"enum": [2, 3]}), [BREAKING, BREAKING]);
    check(&json!({"title": "a"}), &json!({"title": "b"}), [COMPATIBLE, COMPATIBLE]);
}

fn report_of_divisors() -> Report {
    report(&json!({"multipleOf": 2}), &json!({"multipleOf": 4}), &Silent, Duration::ZERO)
}

#[test]
fn what_breaks_is_shown_by_an_instance() {
    let report = report(&json!({"maxLength": 3}), &json!({"maxLength": 2}), &Unbounded, Duration::ZERO);
    let witness = report.data.old_data.witness.expect("a witness");
    assert_eq!(witness.as_str().map(|text| text.chars().count()), Some(3), "{witness}");
    assert_eq!(report.definitions[0].changes[0].changes[0].keyword, "/maxLength");
    let divided = report_of_divisors().data.old_data;
    assert_eq!(divided.error.as_deref(), Some("2 is not a multiple of 4"), "{divided:?}");
}

#[test]
fn without_canonical_forms_a_bound_is_proven_and_a_step_is_not_and_breaks_are_found_all_the_same() {
    let verdicts = |old: Value, new: Value| {
        let data = report(&old, &new, &Silent, Duration::ZERO).data;
        [data.old_data.verdict, data.new_data.verdict]
    };
    assert_eq!(verdicts(json!({"maximum": 2}), json!({"maximum": 3})), [COMPATIBLE, BREAKING]);
    assert_eq!(verdicts(json!({"multipleOf": 4}), json!({"multipleOf": 2})), [COMPATIBLE, BREAKING]);
    let both = json!({"allOf": [{"multipleOf": 4}, {"multipleOf": 6}]});
    assert_eq!(verdicts(both, json!({"multipleOf": 12})), [Verdict::Unproven, COMPATIBLE]);
}

/// Pairs that are proven, and broken the other way round, by nobody's canonical forms.
#[test]
fn what_is_regular_is_proven_keyword_by_keyword() {
    let tree = |leaf: Value| {
        json!({"$ref": "#/$defs/T", "$defs": {"T": {"type": "object", "properties": {"v": leaf,
            "l": {"anyOf": [{"$ref": "#/$defs/T"}, {"type": "null"}]}}}}})
    };
    for (narrow, wide) in [
        (json!({"pattern": "^[a-z]{1,32}$"}), json!({"pattern": "^[a-z]{1,63}$"})),
        (json!({"type": "string", "pattern": "^(a|b)$"}), json!({"type": "string", "pattern": "^(a|b|c)$"})),
        (json!({"pattern": "^a*$", "maxLength": 3}), json!({"pattern": "^a{0,4}$"})),
        (json!({"pattern": "^(?!a)[ab]$"}), json!({"pattern": "^(a|b)$"})),
        (json!({"multipleOf": 10}), json!({"multipleOf": 2.5})),
        (json!({"type": "integer"}), json!({"type": "number", "multipleOf": 0.5})),
        (
            json!({"additionalProperties": {"type": "integer"}}),
            json!({"properties": {"a": {"type": "number"}}, "additionalProperties": {"type": "integer"}}),
        ),
        (
            json!({"patternProperties": {"^a": {"maximum": 1}}, "additionalProperties": false}),
            json!({"patternProperties": {"^(a|b)": {"maximum": 2}}, "additionalProperties": false}),
        ),
        (
            json!({"properties": {"a": {"enum": [1, 2]}}, "additionalProperties": false}),
            json!({"additionalProperties": {"type": "integer"}}),
        ),
        (json!({"prefixItems": [{"maximum": 1}], "items": false}), json!({"items": {"maximum": 2}})),
        (json!({"minimum": 0, "maximum": i64::MAX}), json!({"minimum": 0, "maximum": u64::MAX})),
        (json!({"enum": [1, 2]}), json!({"type": "integer", "minimum": 1})),
        (json!({"const": "a"}), json!({"oneOf": [{"type": "integer"}, {"const": "a"}]})),
        (json!({"type": "boolean"}), json!({"anyOf": [{"const": true}, {"const": false}, {"const": 3}]})),
        (json!({"not": {"type": "string"}}), json!({"not": {"type": "string", "minLength": 1}})),
        (tree(json!({"type": "integer"})), tree(json!({"type": "number"}))),
        // Unrolled once.
        (
            json!({"$ref": "#/$defs/L", "$defs": {"L": {"properties": {"n": {"properties": {"n": {"$ref": "#/$defs/L"}, "x": {"maximum": 1}}}}}}}),
            json!({"$ref": "#/$defs/L", "$defs": {"L": {"properties": {"n": {"$ref": "#/$defs/L"}}}}}),
        ),
        // Nothing has an end.
        (
            json!({"type": "object", "additionalProperties": {"$ref": "#"}, "minProperties": 2}),
            json!({"type": "string"}),
        ),
    ] {
        let data = report(&narrow, &wide, &Silent, Duration::ZERO).data;
        assert_eq!(data.old_data.verdict, COMPATIBLE, "{narrow} → {wide}: {:?}", data.old_data);
        assert_eq!(data.new_data.verdict, BREAKING, "{wide} → {narrow}: {:?}", data.new_data);
    }
}

/// Every keyword against none: broken by an instance, and proven the other way round.
#[test]
fn a_constraint_against_none_is_always_broken() {
    let inner = [
        json!({"type": "string"}),
        json!({"maximum": 3}),
        json!({"pattern": "^a"}),
        json!({"required": ["a"]}),
        json!({"properties": {"x-1": {"type": "integer"}}}),
        json!({"items": {"not": {}}}),
        json!({"enum": [1]}),
        json!(false),
    ];
    let mut constraints = Vec::new();
    for schema in &inner {
        for keyword in
            ["additionalProperties", "unevaluatedProperties", "items", "unevaluatedItems", "contains"]
        {
            constraints.push(json!({keyword: schema}));
        }
        constraints.push(json!({"patternProperties": {"^x-[0-9]+$": schema}}));
        constraints.push(json!({"properties": {"a": {"unevaluatedProperties": schema}}}));
        constraints.push(json!({"additionalProperties": {"additionalProperties": schema}}));
        constraints.push(json!({"prefixItems": [{}, schema]}));
    }
    for names in [json!({"maxLength": 2}), json!({"pattern": "^a"}), json!({"enum": ["a"]}), json!(false)] {
        constraints.push(json!({"propertyNames": names}));
    }
    for schema in [json!({"type": "string"}), json!({"required": ["b"]}), json!(false)] {
        constraints.push(json!({"dependentSchemas": {"a": schema}}));
        constraints.push(json!({"if": {"type": "object"}, "then": schema}));
        constraints.push(json!({"allOf": [{"not": {"not": schema}}]}));
    }
    for constraint in constraints {
        let data = report(&json!({}), &constraint, &Silent, Duration::ZERO).data;
        assert_eq!(
            [data.old_data.verdict, data.new_data.verdict],
            [BREAKING, COMPATIBLE],
            "{constraint}: {data:?}"
        );
    }
}

#[test]
fn when_time_is_over_nothing_is_looked_for() {
    let late = Duration::from_secs(100);
    let data = report(&json!({"maximum": 3}), &json!({"maximum": 2}), &Silent, late).data;
    assert_eq!((data.old_data.verdict, data.old_data.tried), (Verdict::Unproven, Some(0)));
}

#[test]
fn verdicts_are_in_order() {
    assert!(Verdict::Compatible < Verdict::Unproven && Verdict::Unproven < Verdict::Breaking);
}

#[test]
fn what_is_said_in_another_way_is_told_as_that() {
    let told = |old: Value, new: Value| {
        let report = report(&old, &new, &Silent, Duration::ZERO);
        let changes = report.definitions.iter().flat_map(|one| &one.changes).flat_map(|place| &place.changes);
        changes.map(|change| change.change.clone()).collect::<Vec<_>>()
    };
    let property = |schema: Value| json!({"properties": {"a": schema}});
    assert_eq!(
        told(
            property(json!({"type": "string"})),
            property(json!({"anyOf": [{"type": "string"}, {"type": "null"}]}))
        ),
        ["became a branch of anyOf, beside null"]
    );
    assert_eq!(
        told(
            property(json!({"oneOf": [{"type": "string"}, {"type": "null"}]})),
            property(json!({"type": "string"}))
        ),
        ["was a branch of oneOf, beside null, and is alone now"]
    );
    let said = told(json!({"enum": ["a", "b".repeat(10_000)]}), json!({"enum": ["a"]}));
    assert!(said.iter().all(|words| words.chars().count() < 300), "{said:?}");
    let draft_7 =
        json!({"$schema": "http://json-schema.org/draft-07/schema#", "items": [{"type": "string"}]});
    let newest = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "prefixItems": [{"type": "string"}]
    });
    let said = told(draft_7, newest);
    assert!(said.contains(&"items is called prefixItems now".to_owned()), "{said:?}");
    assert!(!said.iter().any(|words| words.contains("added") || words.contains("removed")), "{said:?}");
}

#[test]
fn a_recursion_is_proven_only_if_all_that_it_rests_on_is() {
    let tree = |leaf: &str| {
        let child = json!({"oneOf": [{"type": leaf}, {"$ref": "#/$defs/D"}]});
        json!({"$ref": "#/$defs/D", "$defs": {"D": {"properties": {"c": child}}}})
    };
    // Whatever is no object is of the second branch, so that a fraction was of one and is of two.
    let data = report(&tree("integer"), &tree("number"), &Unbounded, Duration::ZERO).data;
    assert_eq!(data.old_data.witness.as_deref(), Some(&json!({"c": 0.5})));
    assert_ne!(data.new_data.verdict, BREAKING);
    let list = |end: Value| {
        json!({"$ref": "#/$defs/L", "$defs": {"L": {
            "type": "object", "properties": {"next": {"anyOf": [{"$ref": "#/$defs/L"}, end]}}, "required": ["next"]
        }}})
    };
    check(&list(json!({"type": "null"})), &list(json!({"type": ["null", "string"]})), [COMPATIBLE, BREAKING]);
}

#[test]
fn a_recursion_that_accepts_everything_contains_whatever_there_is() {
    let recursive = |end: &Value| {
        json!({"$ref": "#/$defs/d", "$defs": {"d": {
            "properties": {"c": {"anyOf": [{"$ref": "#/$defs/d"}, end]}},
            "items": {"anyOf": [{"$ref": "#/$defs/d"}, end]}
        }}})
    };
    let open = recursive(&json!({"type": "null"}));
    check(&json!({"maxProperties": 2}), &open, [COMPATIBLE, BREAKING]);
    let closed = json!({"$ref": "#/$defs/d", "$defs": {"d": {
        "type": "object", "properties": {"c": {"anyOf": [{"$ref": "#/$defs/d"}, {"type": "null"}]}}
    }}});
    check(&json!({"type": "object"}), &closed, [BREAKING, COMPATIBLE]);
}

#[test]
fn what_breaks_beside_conditions_of_which_one_has_to_hold_is_found() {
    let when = |kind: &str, stage: &str| json!({"if": {"properties": {"kind": {"const": kind}}}, "then": {"properties": {"stage": {"enum": [stage]}}}});
    let schema = |most: Value| {
        json!({
            "type": "object", "required": ["of", "deep"],
            "properties": {
                "of": {
                    "type": "object", "required": ["kind", "stage"],
                    "properties": {"kind": {"enum": ["a", "b"]}, "stage": {"type": "string"}},
                    "allOf": [when("a", "x"), when("b", "y")]
                },
                "deep": {"type": "object", "required": ["list"], "properties": {"list": {
                    "type": "array", "minItems": 1, "items": {"type": "object", "required": ["id"], "properties": {"id": most}}
                }}}
            }
        })
    };
    let (wide, narrow) = (json!({"type": "string"}), json!({"type": "string", "maxLength": 17}));
    check(&schema(narrow), &schema(wide), [COMPATIBLE, BREAKING]);
}

#[test]
fn branches_of_other_types_are_held_apart_in_a_recursion() {
    let schema = |kind: Value, items: Value| {
        let mut items = items;
        items["oneOf"] = json!([{"type": "integer"}, {"$ref": "#/$defs/d"}]);
        json!({"$ref": "#/$defs/d", "$defs": {"d": {
            "type": ["array", "object"], "items": items, "properties": {"kind": kind, "next": {"oneOf": [{"type": "null"}, {"$ref": "#/$defs/d"}]}}
        }}})
    };
    let any = schema(json!({"enum": ["a", "b"]}), json!({}));
    check(&any, &schema(json!({"enum": ["a"]}), json!({})), [BREAKING, COMPATIBLE]);
    check(&any, &schema(json!({"enum": ["a", "b"]}), json!({"type": "array"})), [BREAKING, COMPATIBLE]);
    // What is of another branch by its type may become one of this branch.
    let refused = |also: Value| json!({"oneOf": [{"type": "integer"}, {"required": ["a"], "type": also}]});
    check(&refused(json!("object")), &refused(json!(["object", "integer"])), [BREAKING, COMPATIBLE]);
}

#[test]
fn what_breaks_a_large_count_is_found() {
    let broken = |old: &Value, new: &Value| {
        let data = report(old, new, &Unbounded, Duration::from_millis(2)).data;
        assert_eq!([data.old_data.verdict, data.new_data.verdict], [BREAKING, COMPATIBLE], "{old} → {new}");
    };
    for keyword in ["maxItems", "maxProperties", "maxLength"] {
        let root = |count: usize| json!({keyword: count});
        broken(&root(7_001), &root(7_000));
    }
    let inside =
        |count: usize| json!({"type": "object", "required": ["a"], "properties": {"a": {"maxItems": count}}});
    broken(&inside(6_001), &inside(6_000));
}

#[test]
fn what_breaks_a_tree_of_operators_is_found() {
    let tree = |keyword: &str, operators: Value| {
        let branch = json!({
            "type": "object", "required": ["op", "l", "r"],
            "properties": {"op": {"enum": operators}, "l": {"$ref": "#/$defs/T"}, "r": {"$ref": "#/$defs/T"}}
        });
        json!({"$ref": "#/$defs/T", "$defs": {"T": {keyword: [{"type": "integer"}, branch]}}})
    };
    for keyword in ["oneOf", "anyOf"] {
        let (few, many) = (tree(keyword, json!(["+"])), tree(keyword, json!(["+", "-"])));
        let data = report(&few, &many, &Silent, Duration::from_micros(100)).data;
        assert_eq!([data.old_data.verdict, data.new_data.verdict], [COMPATIBLE, BREAKING], "{keyword}");
    }
}

#[test]
fn definitions_that_are_called_defs_now_are_the_same() {
    let of = |keyword: &str, one: &str| json!({"$ref": format!("#/{keyword}/a"), keyword: {"a": {"type": one}, "b": {"type": "null"}}});
    let found = report(&of("definitions", "string"), &of("$defs", "string"), &Unbounded, Duration::ZERO);
    assert_eq!((found.added, found.removed), (vec![], vec![]));
    assert_eq!(found.renamed, [("A.json#/definitions".to_owned(), "A.json#/$defs".to_owned())]);
    check(&of("definitions", "string"), &of("$defs", "integer"), [BREAKING, BREAKING]);
}

#[test]
fn values_that_are_listed_otherwise_need_no_canonical_form() {
    let holds = |old: &Value, new: &Value| {
        assert_eq!(
            report(old, new, &Silent, Duration::ZERO).data.old_data.verdict,
            COMPATIBLE,
            "{old} → {new}"
        );
    };
    let of = |kind: Value, size: usize| {
        json!({"oneOf": [
            {"type": "object", "required": ["kind"], "properties": {"kind": kind, "more": {"maxLength": size}}}, {"type": "null"}
        ]})
    };
    holds(&of(json!({"enum": ["a"]}), 3), &of(json!({"const": "a"}), 4));
    holds(&of(json!({"const": "a"}), 3), &of(json!({"enum": ["b", "a"]}), 4));
    holds(&of(json!({"enum": ["a", "b"]}), 3), &of(json!({"enum": ["c", "b", "a"]}), 3));
}

#[test]
fn a_dynamic_reference_that_nothing_overrides_is_one_like_any_other() {
    let tree = |reference: Value, leaf: &str| {
        let mut tree = json!({"$dynamicAnchor": "n", "type": "object", "properties": {
            "c": {"type": "array"}, "v": {"type": leaf}
        }});
        tree["properties"]["c"]["items"] = reference;
        tree
    };
    let (dynamic, plain) = (json!({"$dynamicRef": "#n"}), json!({"$ref": "#"}));
    check(&tree(dynamic.clone(), "integer"), &tree(dynamic.clone(), "number"), [COMPATIBLE, BREAKING]);
    check(&tree(dynamic.clone(), "integer"), &tree(plain, "integer"), [COMPATIBLE, COMPATIBLE]);
    // What another schema overrides leads elsewhere.
    let overridden = |leaf: &str| {
        let mut around = json!({"$ref": "tree", "$defs": {
            "n": {"$dynamicAnchor": "n", "type": "string"}, "tree": tree(dynamic.clone(), leaf)
        }});
        around["$defs"]["tree"]["$id"] = "tree".into();
        around
    };
    let data = report(&overridden("integer"), &overridden("number"), &Unbounded, Duration::ZERO).data;
    assert_ne!(data.old_data.verdict, BREAKING);
    let recursive = |leaf: &str| {
        json!({"$schema": "https://json-schema.org/draft/2019-09/schema", "$recursiveAnchor": true,
            "properties": {"c": {"$recursiveRef": "#"}, "v": {"type": leaf}}})
    };
    check(&recursive("integer"), &recursive("number"), [COMPATIBLE, BREAKING]);
}

#[test]
fn what_breaks_a_large_count_of_what_is_contained_is_found() {
    let of = |keyword: &str, count: usize| json!({"type": "array", "contains": {"const": 1}, keyword: count});
    for (wide, narrow) in [(101, 100), (5_001, 5_000), (60_001, 60_000)] {
        check(&of("maxContains", wide), &of("maxContains", narrow), [BREAKING, COMPATIBLE]);
        check(&of("minContains", narrow), &of("minContains", wide), [BREAKING, COMPATIBLE]);
    }
    let repeated = |count: usize| json!({"pattern": format!("^a{{1,{count}}}$")});
    check(&repeated(5_000), &repeated(4_999), [BREAKING, COMPATIBLE]);
}

#[test]
fn what_a_pattern_says_of_lengths_and_values_is_proven() {
    let string = |pattern: &str| json!({"type": "string", "pattern": pattern});
    for (narrow, wide, back) in [
        (string("^(a|b)$"), json!({"enum": ["a", "b"]}), COMPATIBLE),
        (string("^(a|b)$"), json!({"enum": ["a", "b", 1]}), BREAKING),
        (string("^a{3}$"), json!({"type": "string", "pattern": "^a{3}$", "maxLength": 3}), COMPATIBLE),
        (string("^a{3,5}$"), json!({"type": "string", "minLength": 3, "maxLength": 5}), BREAKING),
    ] {
        let data = report(&narrow, &wide, &Silent, Duration::ZERO).data;
        assert_eq!([data.old_data.verdict, data.new_data.verdict], [COMPATIBLE, back], "{narrow} → {wide}");
    }
    let data = report(&string("^a*$"), &json!({"enum": ["", "a"]}), &Silent, Duration::ZERO).data;
    assert_eq!(data.old_data.verdict, BREAKING);
}

#[test]
fn no_place_says_that_nothing_breaks_where_the_whole_breaks() {
    let when = |k: Value| {
        let mut schema = json!({"if": {"properties": {}}, "then": {"required": ["x"]}});
        schema["if"]["properties"]["k"] = k;
        schema
    };
    for (old, new) in [
        (when(json!({"const": "a"})), when(json!({"enum": ["a", "b"]}))),
        (
            json!({"unevaluatedProperties": {"type": "string"}, "properties": {"a": {}}}),
            json!({"unevaluatedProperties": {"type": "string"}, "properties": {"a": {}, "b": {}}}),
        ),
        (
            json!({"additionalProperties": {"type": "string"}, "properties": {"a": {}}}),
            json!({"additionalProperties": {"type": "string"}, "properties": {"a": {}, "b": {}}}),
        ),
        (
            json!({"items": {"type": "string"}, "prefixItems": [{}]}),
            json!({"items": {"type": "string"}, "prefixItems": [{}, {}]}),
        ),
        (
            json!({"oneOf": [{"type": "integer"}, {"const": 0.5}]}),
            json!({"oneOf": [{"type": "number"}, {"const": 0.5}]}),
        ),
    ] {
        let found = report(&old, &new, &Unbounded, Duration::ZERO);
        let places: Vec<_> = found.definitions.iter().flat_map(|one| &one.changes).collect();
        let told = |data: &isomorph_evolution::Data| [data.old_data.verdict, data.new_data.verdict];
        for (index, whole) in told(&found.data).into_iter().enumerate() {
            let said = places.iter().filter_map(|place| place.data.as_ref().or(place.around.as_ref()));
            let said: Vec<_> = said.map(|data| told(data)[index]).collect();
            assert!(whole != BREAKING || said.contains(&BREAKING), "{old} → {new}: {places:?}");
        }
    }
}

/// The verdicts on schemas as they are written: what is read of them is the same.
#[test]
fn whole_numbers_that_are_read_as_others_are_compared_as_they_are_written() {
    let documents = |text: &str| {
        let source = Source { file: "A.json".into(), uri: None, text: text.as_bytes().to_vec() };
        load(&[source], Dialect::default()).expect("a schema")
    };
    let verdicts = |old: &str, new: &str| {
        let (old, new) = (documents(old), documents(new));
        let (old, new) = (
            Version { label: "old", documents: &old, selected: &[] },
            Version { label: "new", documents: &new, selected: &[] },
        );
        let options = Options::new(Duration::from_secs(10));
        let found = compare(&old, &new, &options, &Unbounded, &Ticking::by(Duration::ZERO))
            .expect("they can be compared");
        [found.data.old_data.verdict, found.data.new_data.verdict]
    };
    let one = r#"{"const": 123456789012345678901234567890}"#;
    assert_eq!(verdicts(one, r#"{"const": 123456789012345678901234567891}"#), [BREAKING; 2]);
    assert_eq!(
        verdicts(r#"{"minimum": -9223372036854775809}"#, r#"{"minimum": -9223372036854775808}"#),
        [BREAKING, COMPATIBLE]
    );
    assert_eq!(verdicts(one, one), [COMPATIBLE; 2]);
    // What else is said does not matter.
    let titled = r#"{"title": "a", "const": 123456789012345678901234567890}"#;
    assert_eq!(verdicts(one, titled), [COMPATIBLE; 2]);
    assert_eq!(
        verdicts(r#"{"maximum": 18446744073709551616}"#, r#"{"maximum": 36893488147419103232}"#),
        [COMPATIBLE, BREAKING]
    );
    assert_eq!(
        verdicts(r#"{"maximum": 100000000000000000000}"#, r#"{"maximum": 200000000000000000000}"#),
        [COMPATIBLE, BREAKING]
    );
    assert_eq!(verdicts(r#"{"maximum": 1e30}"#, r#"{"maximum": 1e31}"#), [COMPATIBLE, BREAKING]);
}
