//! Every schema inside a schema, to be changed.

use isomorph_json::Pointer;
use serde_json::{Map, Value};

use super::rules::Rules;
use crate::dialect::Dialect;
use crate::keywords::Holds;

/// Changes a schema and all in it, the inner ones first. Where a `$ref` stands alone, what stands beside it is none.
pub fn every(
    schema: &mut Value,
    (rules, dialect): (Rules, Dialect),
    change: &mut impl FnMut(&mut Map<String, Value>),
) {
    let Value::Object(keywords) = schema else { return };
    if !(dialect.reference_stands_alone() && keywords.contains_key("$ref")) {
        for (keyword, value) in keywords.iter_mut() {
            let mut inner = |schema: &mut Value| every(schema, (rules, dialect), change);
            match (rules.held_by(keyword, dialect), value) {
                (Holds::ByName, Value::Object(schemas)) => schemas.values_mut().for_each(inner),
                (Holds::Several | Holds::OneOrSeveral, Value::Array(schemas)) => {
                    schemas.iter_mut().for_each(inner);
                }
                (Holds::One | Holds::OneOrSeveral, value) => inner(value),
                _ => {}
            }
        }
    }
    change(keywords);
}

/// The places of the schemas one level inside a schema.
pub fn inner_schemas(schema: &Value, (rules, dialect): (Rules, Dialect)) -> Vec<Pointer> {
    let mut found = Vec::new();
    let Value::Object(keywords) = schema else { return found };
    if dialect.reference_stands_alone() && keywords.contains_key("$ref") {
        return found;
    }
    for (keyword, value) in keywords {
        let at = Pointer::root().join(keyword);
        match (rules.held_by(keyword, dialect), value) {
            (Holds::ByName, Value::Object(schemas)) => found.extend(schemas.keys().map(|name| at.join(name))),
            (Holds::Several | Holds::OneOrSeveral, Value::Array(schemas)) => {
                found.extend((0..schemas.len()).map(|index| at.join(index)));
            }
            (Holds::One | Holds::OneOrSeveral, _) => found.push(at),
            _ => {}
        }
    }
    found
}
