//! Types made by the macro read, refuse and write as their schema has it.

mod order {
    isomorph_macros::types!("tests/order.json");
}

mod told {
    isomorph_macros::types!(
        ["tests/order.json"],
        formats = { address = "std::net::Ipv4Addr" },
        names = { "order.json#/$defs/Line" = "Item" },
        undeclared = "keep",
        allow - any = true,
    );
}

#[test]
fn types_are_made_where_the_macro_stands() {
    let text = r#"{"id":"a","lines":[{"sku":"b","count":1}]}"#;
    let order: order::Order = serde_json::from_str(text).expect("the schema accepts it");
    assert_eq!(serde_json::to_string(&order).expect("it is written"), text);
    assert!(serde_json::from_str::<order::Order>(r#"{"id": "a", "lines": []}"#).is_err());
    let said = order::Order::schema_document().to_value();
    let source: serde_json::Value = serde_json::from_str(include_str!("order.json")).expect("it is JSON");
    assert_eq!(said, source);
}

#[test]
fn settings_are_those_of_a_manifest() {
    let text = r#"{"id":"10.0.0.1","lines":[{"sku":"b","count":1,"more":[2]}]}"#;
    let order: told::Order = serde_json::from_str(text).expect("the schema accepts it");
    let (id, item): (std::net::Ipv4Addr, &told::Item) = (order.id, &order.lines[0]);
    assert_eq!((id.octets()[0], item.count), (10, 1));
    assert_eq!(serde_json::to_string(&order).expect("it is written"), text);
    assert!(serde_json::from_str::<told::Order>(&text.replace("10.0.0.1", "here")).is_err());
}
