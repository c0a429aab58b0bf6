//! Maps and strings of other types than the usual ones.
#![cfg(feature = "indexmap")]

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use indexmap::IndexMap;
use isomorph_runtime::{newtype, object};
use serde::Serialize;
use serde::de::DeserializeOwned;

#[derive(Debug, PartialEq, Serialize)]
struct Order {
    counts: HashMap<String, i64>,
    prices: IndexMap<String, f64>,
    pages: HashMap<u64, Box<str>>,
    name: Arc<str>,
    #[serde(flatten)]
    rest: IndexMap<String, bool>,
}

object! {
    Order {
        0 counts: required "counts", 1 prices: required "prices", 2 pages: required "pages", 3 name: required "name",
        ..rest
    }
    check |order| {
        isomorph_runtime::check::max_properties(&order.prices, 2)?;
        isomorph_runtime::check::min_length(&order.name, 1)?;
    }
}

#[derive(Debug, PartialEq, Serialize)]
struct Name(Box<str>);

newtype! { Name (Box<str>) free text }

fn read<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

#[test]
fn maps_and_strings_of_other_types_are_read_as_the_usual_ones() {
    let text =
        r#"{"counts":{"a":1},"prices":{"b":1.5,"a":2.0},"pages":{"7":"x"},"name":"n","y":true,"x":false}"#;
    let order: Order = read(text).expect("an order");
    assert_eq!(order.rest.keys().collect::<Vec<_>>(), ["y", "x"]);
    assert_eq!(serde_json::to_string(&order).expect("JSON"), text);
    for (wrong, why) in [
        (text.replace(r#""b":1.5"#, r#""a":1.5"#), "duplicate"),
        (text.replace(r#""b":1.5"#, r#""b":1.5,"c":1"#), "more than 2 properties"),
        (text.replace(r#""n""#, r#""""#), "1 character"),
        (text.replace(r#""7""#, r#""x""#), "integer"),
        (text.replace(r#""y":true"#, r#""x":true"#), "duplicate"),
        (text.replace(r#""x":false"#, r#""x":1"#), "expected a boolean"),
    ] {
        let error = read::<Order>(&wrong).expect_err(&wrong);
        assert!(error.contains(why), "{wrong}: {error}");
    }
    assert_eq!(read::<HashMap<u64, bool>>(r#"{"1":true}"#), Ok(HashMap::from([(1, true)])));
    assert_eq!(read::<BTreeMap<i64, bool>>(r#"{"-1":true}"#), Ok(BTreeMap::from([(-1, true)])));
    let name: Name = "a".parse().expect("a name");
    assert_eq!((name.as_str(), Name::from(Box::from("a"))), ("a", Name(Box::from("a"))));
}
