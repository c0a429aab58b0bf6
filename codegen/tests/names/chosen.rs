//! Names that settings choose: of types, fields and variants, by place or by pattern.

use std::collections::BTreeMap;

use isomorph_codegen::{Api, ApiItem, Settings, Source, generate};
use serde_json::{Value, json};

fn schema() -> Value {
    json!({
        "title": "Order", "type": "object",
        "properties": {
            "type": {"enum": ["in-store", "on line"]},
            "ship": {"$ref": "#/$defs/ApiAddress"},
            "bill": {"$ref": "#/$defs/ApiAddress"},
            "first": {"type": "object", "properties": {"type": {"type": "string"}, "n": {"type": "integer"}}},
            "second": {"type": "object", "properties": {"type": {"type": "string"}, "n": {"type": "integer"}}},
            "third": {"type": "object", "properties": {"type": {"type": "string"}, "m": {"type": "integer"}}},
            "payment": {"oneOf": [
                {"type": "object", "properties": {"kind": {"const": "c"}, "number": {"type": "string"}}, "required": ["kind"]},
                {"type": "object", "properties": {"kind": {"const": "b"}, "iban": {"type": "string"}}, "required": ["kind"]}
            ]},
            "either": {"anyOf": [{"type": "string"}, {"type": "integer"}]}
        },
        "$defs": {"ApiAddress": {"type": "object", "properties": {"street": {"type": "string"}, "street_": {"type": "string"}}}}
    })
}

type Said<'a> = &'a [(&'a str, &'a str)];

fn api(names: Said, fields: Said, variants: Said) -> Result<Api, String> {
    let table = |said: Said| -> BTreeMap<String, String> {
        said.iter().map(|(place, name)| ((*place).to_owned(), (*name).to_owned())).collect()
    };
    let mut settings = Settings::default();
    settings.names = table(names);
    settings.fields = table(fields);
    settings.variants = table(variants);
    let source = Source { file: "order.json".to_owned(), uri: None, text: schema().to_string().into_bytes() };
    let generated = generate(&[source], &settings, "model.rs").map_err(|error| error.to_string())?;
    Api::of(&generated.files).map_err(|error| error.to_string())
}

fn members(item: Option<&ApiItem>) -> Vec<&str> {
    item.map(|item| item.members.iter().map(|member| member.name.as_str()).collect()).unwrap_or_default()
}

#[test]
fn types_are_called_as_patterns_of_their_names_say_and_equal_ones_may_share_a_name() {
    let api = api(
        &[
            ("Api*", "*"),
            ("order.json#/properties/first", "Part"),
            ("order.json#/properties/second", "Part"),
            ("order.json#/properties/third", "Other"),
        ],
        &[],
        &[],
    )
    .expect("names that can be");
    let order = api.item("Order").expect("the root");
    let types: Vec<_> = order.members.iter().map(|member| member.ty.as_str()).collect();
    assert_eq!(
        types[1..6],
        ["Option<Address>", "Option<Address>", "Option<Part>", "Option<Part>", "Option<Other>"]
    );
}

#[test]
fn fields_and_variants_are_called_by_place_or_by_pattern() {
    let api = api(
        &[],
        &[("*.type", "kind"), ("order.json#/properties/ship", "ship_to"), ("ApiAddress.street_", "street")],
        &[
            ("order.json#/properties/type/enum/1", "Web"),
            ("order.json#/properties/payment/oneOf/0", "Card"),
            ("*.B", "Bank"),
            ("order.json#/properties/either/anyOf/1", "String"),
        ],
    )
    .expect("names that can be");
    assert_eq!(members(api.item("Order"))[..3], ["kind", "ship_to", "bill"]);
    assert_eq!(members(api.item("ApiAddress")), ["street2", "street"]);
    assert_eq!(members(api.item("OrderType")), ["InStore", "Web"]);
    assert_eq!(members(api.item("Payment")), ["Card", "Bank"]);
    // What would have been called so gives way.
    assert_eq!(members(api.item("IntegerOrString")), ["String2", "String"]);
}

#[test]
fn what_cannot_be_called_so_is_told() {
    let cases: [(Said, Said, Said, &str); 9] = [
        (&[("Api*", "*-x")], &[], &[], "`Address-x` cannot name a type"),
        (&[("Api*", "Order")], &[], &[], "calls two types `Order` whose schemas are not equal"),
        (
            &[("order.json#/properties/first", "Part"), ("order.json#/properties/third", "Part")],
            &[],
            &[],
            "two schemas `Part` that are not equal; one is order.json",
        ),
        (&[], &[("*.type", "a b")], &[], "`a b`, in `Order`, is no identifier"),
        (&[], &[("ApiAddress.*", "a")], &[], "two members of `ApiAddress` are to be called `a`"),
        (&[], &[("street", "a")], &[], "`street` is neither FILE#POINTER nor TYPE.NAME"),
        (
            &[],
            &[("order.json#/properties/none", "a")],
            &[],
            "`order.json#/properties/none`, where no type is made",
        ),
        (&[], &[], &[("OrderType.*", "Self")], "`Self`, in `OrderType`, is no identifier"),
        (
            &[],
            &[],
            &[("order.json#/properties/type/enum/7", "A")],
            "`order.json#/properties/type/enum/7`, where no type",
        ),
    ];
    for (names, fields, variants, expected) in cases {
        let error = api(names, fields, variants).expect_err(expected);
        assert!(error.contains(expected), "{expected}: {error}");
    }
}
