//! The rules, each by a schema and the names that it makes.

use isomorph_codegen::{Api, Generator};
use serde_json::{Value, json};

use crate::generated;

/// The names of the types, in alphabetical order.
fn types(schema: &Value) -> Vec<String> {
    let generated = generated("order.json", schema);
    let mut names: Vec<_> = generated.report.definitions.into_iter().map(|row| row.name).collect();
    names.sort();
    names
}

/// The variants of an enum.
fn variants(schema: &Value, name: &str) -> Vec<String> {
    let generated = generated("order.json", schema);
    let api = Api::of(&generated.files).expect("it is Rust");
    let item = api.item(name).unwrap_or_else(|| panic!("no {name} in {:?}", types(schema)));
    item.members.iter().map(|member| member.name.clone()).collect()
}

#[expect(clippy::needless_pass_by_value, reason = "it is written where it is used")]
fn object(properties: Value) -> Value {
    json!({"type": "object", "properties": properties})
}

#[test]
fn inline_types_are_called_by_the_shortest_name_that_is_clear() {
    let part = |name: &str| object(json!({name: {"type": "string"}, "more": {"type": "integer"}}));
    let cases = [
        (json!({"jobs": {"type": "array", "items": part("a")}}), vec!["Job", "Order"]),
        (json!({"wheels": {"type": "object", "additionalProperties": part("a")}}), vec!["Order", "Wheel"]),
        (
            json!({"stories": {"type": "array", "items": {"type": "array", "items": part("a")}}}),
            vec!["Order", "Story"],
        ),
        (json!({"type": {"enum": ["a", "b"]}}), vec!["Order", "OrderType"]),
        (json!({"job": object(json!({"strategy": part("a")}))}), vec!["Job", "JobStrategy", "Order"]),
        (
            json!({"one": object(json!({"part": part("a")})), "two": object(json!({"part": part("b")}))}),
            vec!["One", "OnePart", "Order", "Two", "TwoPart"],
        ),
        (
            json!({"run": {"title": "Check Run", "type": "object", "properties": {"a": {"type": "null"}}}}),
            vec!["CheckRun", "Order"],
        ),
        (json!({"run": {"title": "What is run when all is done", "enum": ["a", "b"]}}), vec!["Order", "Run"]),
        (json!({"accountSecretRef": part("a"), "tokenSecretRef": part("a")}), vec!["Order", "SecretRef"]),
        (json!({"default": part("a"), "option": part("b")}), vec!["Option", "Order"]),
    ];
    for (properties, expected) in cases {
        let expected: Vec<_> = expected
            .into_iter()
            .map(|name| match name {
                "Option" => vec!["OrderDefault", "OrderOption"],
                name => vec![name],
            })
            .collect();
        let mut expected = expected.concat();
        expected.sort_unstable();
        assert_eq!(types(&object(properties.clone())), expected, "{properties}");
    }
}

#[test]
fn definitions_keep_their_names_or_the_end_of_their_path() {
    let names = [
        "Pod",
        "io.k8s.api.core.v1.Node",
        "vector::secrets::Exec",
        "http://example.com/x/kafka.json",
        "1.0",
        "2fa",
        "String",
    ];
    let definitions: serde_json::Map<_, _> =
        names.iter().map(|name| ((*name).to_owned(), object(json!({*name: {"type": "string"}})))).collect();
    let schema = json!({"type": "object", "properties": {"a": {"type": "string"}}, "$defs": definitions});
    assert_eq!(types(&schema), ["Exec", "Kafka", "Node", "Order", "Order2Fa", "Pod", "StringType", "V1_0"]);
    let clash = json!({"type": "object", "properties": {"a": {"type": "string"}}, "$defs": {
        "core.v1.Pod": object(json!({"a": {"type": "string"}})), "core.v2.Pod": object(json!({"b": {"type": "string"}}))}});
    assert_eq!(types(&clash), ["Order", "V1Pod", "V2Pod"]);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "it makes the files that are read")]
fn files_of_one_name_are_told_apart_by_their_folders_and_all_of_them_give_way() {
    let named = |folders: &[&str]| {
        let here = tempfile::tempdir().expect("a temporary folder");
        for folder in folders {
            let lines = json!({"type": "array", "items": {"type": "object", "properties": {*folder: {}}}});
            let schema = json!({
                "title": "Order", "type": "object",
                "properties": {*folder: {"$ref": "#/$defs/Address"}, "lines": lines},
                "$defs": {"Address": {"type": "object", "properties": {*folder: {"type": "string"}}}}
            });
            std::fs::create_dir(here.path().join(folder)).expect("a folder");
            std::fs::write(here.path().join(folder).join("order.json"), schema.to_string()).expect("a file");
        }
        let generated = Generator::new().schema_folder(here.path()).generate("m.rs").expect("valid schemas");
        let mut names: Vec<_> = generated.report.definitions.iter().map(|row| row.name.clone()).collect();
        names.sort();
        names
    };
    let of = |folder: &str| ["Address", "Order", "OrderLine"].map(|name| format!("{folder}{name}"));
    assert_eq!(named(&["v1"]), ["Address", "Line", "Order"]);
    for folders in [&["v1", "v2"][..], &["v0", "v1", "v2"]] {
        let mut expected: Vec<_> = folders.iter().flat_map(|folder| of(&folder.to_uppercase())).collect();
        expected.sort();
        assert_eq!(named(folders), expected);
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "it makes the file that is read")]
fn a_folder_tells_nothing_of_what_one_file_says_twice() {
    let here = tempfile::tempdir().expect("a temporary folder");
    let thing = |name: &str| json!({"type": "object", "properties": {name: {"type": "string"}}});
    let schema = json!({"type": "null", "$defs": {"thing": thing("a"), "Thing": thing("b")}});
    std::fs::write(here.path().join("shop.json"), schema.to_string()).expect("a file");
    let generated = Generator::new().schema_folder(here.path()).generate("m.rs").expect("a valid schema");
    let mut names: Vec<_> = generated.report.definitions.iter().map(|row| row.name.clone()).collect();
    names.sort();
    assert_eq!(names, ["Shop", "ShopThing", "ShopThingSchema"]);
}

#[test]
fn a_definition_of_a_value_or_null_leaves_its_name_to_the_value() {
    let or_null = json!({"type": ["object", "null"], "properties": {"mode": {"type": "string"}}});
    let color = json!({"oneOf": [{"type": "null"}, {"enum": ["red", "green"]}]});
    let mut schema = object(json!({"deploy": {"$ref": "#/$defs/deployment"}}));
    schema["$defs"] = json!({"deployment": or_null, "color": color, "count": {"type": ["integer", "null"]}});
    assert_eq!(
        types(&schema),
        ["Color", "Count", "Deployment", "NullableColor", "NullableDeployment", "Order"]
    );
    schema["$defs"]["NullableDeployment"] = object(json!({"a": {"type": "string"}}));
    let names = types(&schema);
    assert!(names.contains(&"NullableOrderDeployment".to_owned()), "{names:?}");
    assert_eq!(types(&or_null), ["Order", "OrderDetails"]);
}

#[test]
fn definitions_of_generators_are_called_by_what_they_name() {
    let schema = json!({"type": "null", "$defs": {"enum:Suit": {"enum": ["a", "b"]}, "record:com.acme.User": object(json!({"a": {}})),
        "acme.v1.Child.jsonschema.json": object(json!({"b": {}})), "acme.v1.Other.schema.json": {"enum": ["c", "d"]}}});
    assert_eq!(types(&schema), ["Child", "Order", "Other", "Suit", "User"]);
}

#[test]
fn a_name_of_the_prelude_has_type_behind_it_and_nothing_of_the_file() {
    let schema = json!({"title": "Result", "type": "object", "properties": {"a": {"type": "string"}},
        "$defs": {"Err": object(json!({"b": {}})), "Option": object(json!({"c": {}}))}});
    assert_eq!(types(&schema), ["ErrType", "OptionType", "ResultType"]);
}

#[test]
fn a_document_is_called_by_a_title_of_few_words() {
    for (title, expected) in [
        ("Order Request", "OrderRequest"),
        ("GeoJSON Feature", "GeoJsonFeature"),
        ("Widget JSON Schema", "Widget"),
        ("JSON Schema", "Order"),
        ("The order of a customer", "Order"),
        ("Shipping order, with lines", "Order"),
    ] {
        let mut schema = object(json!({"a": {"type": "string"}}));
        schema["title"] = title.into();
        assert_eq!(types(&schema), [expected], "{title}");
    }
}

#[test]
fn a_definition_that_says_that_it_may_be_null_keeps_its_name() {
    let user = |more: &str| json!({"type": ["object", "null"], "properties": {"login": {"type": "string"}, more: {}}});
    let mut schema = object(json!({"user": {"$ref": "#/$defs/simple-user"}}));
    schema["$defs"] = json!({"nullable-simple-user": user("a"), "Money-nullable": user("b"), "simple-user": object(json!({"c": {}}))});
    assert_eq!(
        types(&schema),
        ["Money", "MoneyNullable", "NullableSimpleUser", "Order", "SimpleUser", "SimpleUserDetails"]
    );
}

#[test]
fn what_is_only_the_details_of_something_is_not_said_of_its_parts() {
    let parts =
        json!({"type": "object", "properties": {"use": {"enum": ["a", "b"]}, "text": {"type": "string"}}});
    let schema = json!({"type": "null", "$defs": {"HumanName": {"anyOf": [{"type": "string"}, parts]}}});
    assert_eq!(types(&schema), ["HumanName", "HumanNameDetails", "HumanNameUse", "Order"]);
}

#[test]
fn a_field_is_not_called_by_the_order_of_properties() {
    let schemas = [
        r#"{"gender": {"type": "string"}, "_gender": {"type": "string"}}"#,
        r#"{"_gender": {"type": "string"}, "gender": {"type": "string"}}"#,
    ];
    for properties in schemas {
        let schema = object(serde_json::from_str(properties).expect("JSON"));
        let text: String =
            generated("order.json", &schema).files.iter().map(|file| file.text.clone()).collect();
        let renamed = text.split("rename = \"_gender\"").nth(1).expect("a name on the wire");
        let field = renamed.split("pub ").nth(1).expect("a field");
        assert!(field.starts_with("underscore_gender: "), "{text}");
    }
}

#[test]
fn classes_are_called_by_their_ends_and_constants_without_their_enum() {
    let shape = |class: &str, property: &str| {
        json!({"type": "object", "required": ["@class"],
        "properties": {"@class": {"const": class}, property: {"type": "number"}}})
    };
    let shapes = json!({"oneOf": [shape("com.acme.Circle", "r"), shape("com.acme.UnitSquare", "s")]});
    assert_eq!(variants(&shapes, "Order"), ["Circle", "UnitSquare"]);
    let class = |name: &str| json!({"type": "object", "required": [name], "additionalProperties": false, "properties": {name: object(json!({"a": {}}))}});
    let external = json!({"oneOf": [class("com.acme.A"), class("com.acme.B")]});
    assert_eq!(variants(&external, "Order"), ["A", "B"]);
    let status = object(
        json!({"status": {"enum": ["STATUS_UNSPECIFIED", "STATUS_OPEN"]}, "state": {"enum": ["STATUS_ON", "STATUS_OFF"]}}),
    );
    assert_eq!(variants(&status, "OrderStatus"), ["Unspecified", "Open"]);
    assert_eq!(variants(&status, "OrderState"), ["StatusOn", "StatusOff"]);
    let actions =
        json!({"oneOf": [{"const": ["no-op"]}, {"const": ["create"]}, {"const": ["delete", "create"]}]});
    assert_eq!(variants(&actions, "Order"), ["NoOp", "Create", "DeleteCreate"]);
}

#[test]
fn a_branch_that_several_properties_tell_is_called_by_the_shortest_behind_its_union() {
    let branch = |names: &[&str]| {
        let properties: serde_json::Map<_, _> =
            names.iter().map(|name| ((*name).to_owned(), json!({"type": "string"}))).collect();
        json!({"type": "object", "required": names, "properties": properties})
    };
    let schema = json!({"anyOf": [branch(&["url", "width", "height", "depth", "id"]), branch(&["text"])]});
    assert_eq!(types(&schema), ["Order", "OrderUrl"]);
    assert_eq!(variants(&schema, "Order"), ["Url", "Text"]);
}

#[test]
fn a_union_joins_nothing_twice() {
    let legacy = json!({"title": "Tools", "type": "array", "items": object(json!({"name": {}}))});
    let tools = json!({"oneOf": [{"title": "Tools", "type": "object", "properties": {"a": {}}}, legacy]});
    let found = types(&object(json!({"tools": tools})));
    assert_eq!(found, ["Order", "OrderTools", "Tool", "ToolsDetails"]);
}

#[test]
fn unions_are_called_by_what_they_join() {
    let build = object(json!({"context": {"type": "string"}, "target": {"type": "string"}}));
    let cases = [
        (
            json!({"tty": {"type": ["string", "boolean"]}, "init": {"type": ["boolean", "string"]}}),
            vec!["BooleanOrString", "Order"],
        ),
        (json!({"build": {"oneOf": [{"type": "string"}, build]}}), vec!["Build", "Order", "StringOrBuild"]),
        (
            json!({"test": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}}),
            vec!["Order", "StringOrStrings"],
        ),
        (
            json!({"ports": {"type": "array", "items": {"oneOf": [{"type": "number"}, {"type": "string"}, build]}}}),
            vec!["NumberOrStringOrPort", "Order", "Port"],
        ),
    ];
    for (properties, expected) in cases {
        assert_eq!(types(&object(properties.clone())), expected, "{properties}");
    }
}

#[test]
fn variants_are_called_by_what_tells_them_apart() {
    let tagged = |kind: &str, more: &str| {
        json!({"type": "object", "required": ["kind", more],
            "properties": {"kind": {"const": kind}, more: {"type": "string"}}})
    };
    let union = |branches: Value| object(json!({"event": {"oneOf": branches}}));
    let definitions = |schema: Value| {
        let mut schema = schema;
        schema["$defs"] = json!({"NormalJob": object(json!({"a": {"type": "string"}})), "LongJob": object(json!({"b": {"type": "string"}}))});
        schema
    };
    let cases = [
        (union(json!([tagged("created", "by"), tagged("deleted", "at")])), vec!["Created", "Deleted"]),
        (
            union(json!([
                object(json!({"email": {"type": "string"}})),
                object(json!({"phone": {"type": "string"}}))
            ])),
            vec!["Email", "Phone"],
        ),
        (
            definitions(union(json!([{"$ref": "#/$defs/NormalJob"}, {"$ref": "#/$defs/LongJob"}]))),
            vec!["Normal", "Long"],
        ),
        (
            union(
                json!([{"type": "string", "title": "Short"}, {"type": "integer"}, {"type": "array", "items": {"type": "integer"}}]),
            ),
            vec!["Short", "Integer", "Array"],
        ),
        (
            union(
                json!([{"type": "array", "items": {"type": "integer"}}, {"type": "array", "items": {"type": "string"}}]),
            ),
            vec!["Integers", "Strings"],
        ),
    ];
    let untyped =
        json!({"required": ["kind"], "properties": {"kind": {"type": "string"}, "by": {"type": "string"}}});
    assert_eq!(variants(&untyped, "Order"), ["Object", "Other"]);
    for (schema, expected) in cases {
        let is_union = |name: &String| name == "Event" || name.contains("Or") && name != "Order";
        let name = types(&schema).into_iter().find(is_union);
        assert_eq!(variants(&schema, &name.expect("a union")), expected, "{schema}");
    }
}

#[test]
fn a_union_at_several_places_is_called_after_none_of_them() {
    let listed = json!({"type": ["number", "string"]});
    let checked = json!({"type": ["number", "string"], "minimum": 1});
    let schema =
        object(json!({"linux": listed, "macos": listed, "cuda": listed, "other": checked, "archs": checked}));
    let found: Vec<String> = types(&schema).into_iter().collect();
    assert_eq!(found, ["NumberOrString", "NumberOrStringValue", "Order"]);
    // Neither is at more places than the other.
    let schema = object(json!({"linux": listed, "macos": listed, "other": checked, "archs": checked}));
    let found: Vec<String> = types(&schema).into_iter().collect();
    assert_eq!(found, ["Archs", "Linux", "Macos", "Order", "Other"]);
}

#[test]
fn a_variant_is_not_called_by_the_title_of_all_nor_an_object_alone_by_a_property() {
    let days = json!({"title": "Days Until Close", "type": ["integer", "boolean"]});
    let part = json!({"oneOf": [{"type": "string"}, {"type": "object", "required": ["name"],
        "properties": {"name": {"type": "string"}, "at": {"type": "string"}}}]});
    let schema = object(json!({"days": days, "part": part}));
    assert_eq!(variants(&schema, "DaysUntilClose"), ["Boolean", "Integer"]);
    assert_eq!(variants(&schema, "StringOrPart"), ["String", "Object"]);
}

#[test]
fn a_schema_may_name_the_variants_of_its_constants() {
    let cases = [
        (json!({"enum": ["a", "b"], "x-enum-varnames": ["First", "second_one"]}), vec!["First", "SecondOne"]),
        (
            json!({"oneOf": [{"const": "a", "title": "Alpha"}, {"const": "b", "title": "The letter that is b"}]}),
            vec!["Alpha", "B"],
        ),
        (json!({"enum": ["Z", "z", "1.0", "-1"]}), vec!["Z", "LowerZ", "V1_0", "Minus1"]),
    ];
    for (letter, expected) in cases {
        let schema = object(json!({"letter": letter}));
        assert_eq!(variants(&schema, "Letter"), expected, "{schema}");
    }
}

#[test]
fn equal_schemas_are_one_type_and_what_is_said_of_their_use_stays_where_it_is() {
    let part = |description: &str| {
        json!({"type": "object", "description": description, "required": ["a"],
            "properties": {"a": {"type": "string"}, "b": {"type": "integer"}}})
    };
    let schema = object(json!({"left": part("The left one."), "right": part("The right one.")}));
    // Neither word is the other's.
    assert_eq!(types(&schema).len(), 2, "{:?}", types(&schema));
    let generated = generated("order.json", &schema);
    let text: String = generated.files.iter().map(|file| file.text.as_str()).collect();
    assert!(text.contains("/// The left one.\n    ") && text.contains("/// The right one.\n    "), "{text}");
    assert!(generated.report.definitions.iter().all(|row| row.carried_because.is_none()), "{text}");
}
