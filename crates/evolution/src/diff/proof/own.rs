//! Keywords that speak for themselves: whether what one says follows from what another does.

use std::cmp::Ordering;

use isomorph_json::Decimal;
use isomorph_json::work::{LEAST, within};
use serde_json::{Map, Value};

use super::here::{Here, Layer};
use super::strings::Strings;
use crate::sample::count;

/// Keywords that are judged by nothing but their value.
const ALONE: [&str; 20] = [
    "type",
    "enum",
    "const",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "format",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "required",
    "dependentRequired",
    "contentEncoding",
];

/// Takes out of the rest of the outer schema what follows from the inner one.
pub fn settle(here: &Here, rest: &mut Map<String, Value>) {
    let outer = here.outer;
    // In draft 4 a bound is meant by what stands beside it.
    let is_draft_4 = |schema: &Map<String, Value>| {
        ["exclusiveMinimum", "exclusiveMaximum"]
            .iter()
            .any(|keyword| schema.get(*keyword).is_some_and(Value::is_boolean))
    };
    let is_meant_otherwise = is_draft_4(outer) || here.layers.iter().any(|(_, layer)| is_draft_4(layer));
    for (keyword, value) in outer {
        let is_bound = keyword.to_lowercase().ends_with("imum");
        if ALONE.contains(&keyword.as_str())
            && !(is_bound && is_meant_otherwise)
            && follows(&here.layers, keyword, value)
        {
            rest.shift_remove(keyword);
        }
    }
}

fn follows(layers: &[Layer], keyword: &str, value: &Value) -> bool {
    let said = |keyword: &'static str| layers.iter().filter_map(move |(_, layer)| layer.get(keyword));
    if layers.iter().any(|(_, layer)| layer.get(keyword) == Some(value)) {
        return true;
    }
    let least = |keyword: &'static str, more: Ordering| {
        said(keyword)
            .any(|bound| order(bound, value).is_some_and(|order| order == more || order == Ordering::Equal))
    };
    let beyond =
        |keyword: &'static str, more: Ordering| said(keyword).any(|bound| order(bound, value) == Some(more));
    match keyword {
        "type" => said("type").any(|types| are_types_of(types, value)),
        "const" | "enum" => layers.iter().any(|(_, layer)| {
            let (inner, outer) = (listed(layer), listed_by(keyword, value));
            inner.zip(outer).is_some_and(|(inner, outer)| inner.iter().all(|one| outer.contains(one)))
        }),
        "minLength" | "minItems" | "minProperties" if value == &Value::from(0) => true,
        "minLength" => {
            let fewer = value.as_f64().map(|least| count(least).saturating_sub(1));
            let none = |fewer| Strings::of(layers).is_some_and(|strings| strings.are_none_of(0, fewer));
            least("minLength", Ordering::Greater) || fewer.is_some_and(none)
        }
        "minItems" => least("minItems", Ordering::Greater),
        "minProperties" => {
            least("minProperties", Ordering::Greater)
                || said("required").filter_map(Value::as_array).any(|names| {
                    order(&names.len().into(), value).is_some_and(|order| order != Ordering::Less)
                })
        }
        "maxLength" => {
            let more = value.as_f64().map(|most| count(most).saturating_add(1));
            let none =
                |more| Strings::of(layers).is_some_and(|strings| strings.are_none_of(more, usize::MAX));
            least("maxLength", Ordering::Less) || more.is_some_and(none)
        }
        "maxItems" => least("maxItems", Ordering::Less),
        "maxProperties" => least("maxProperties", Ordering::Less),
        "minimum" => least("minimum", Ordering::Greater) || least("exclusiveMinimum", Ordering::Greater),
        "maximum" => least("maximum", Ordering::Less) || least("exclusiveMaximum", Ordering::Less),
        "exclusiveMinimum" => {
            least("exclusiveMinimum", Ordering::Greater) || beyond("minimum", Ordering::Greater)
        }
        "exclusiveMaximum" => least("exclusiveMaximum", Ordering::Less) || beyond("maximum", Ordering::Less),
        "required" => value.as_array().is_some_and(|names| {
            names
                .iter()
                .all(|name| said("required").filter_map(Value::as_array).any(|all| all.contains(name)))
        }),
        "multipleOf" => {
            let is_multiple = |number: &str| {
                let outer = value.to_string();
                let rest = || Decimal::new(number).is_multiple_of(&Decimal::new(&outer));
                within(LEAST, rest).is_some_and(|(holds, _)| holds)
            };
            said("multipleOf").any(|inner| inner.is_number() && is_multiple(&inner.to_string()))
                || said("type").any(|types| types == "integer") && is_multiple("1")
        }
        "uniqueItems" => value == &Value::Bool(false),
        "pattern" => value.as_str().is_some_and(|pattern| Strings::any(layers).match_also(pattern)),
        _ => false,
    }
}

/// The values that a schema lists.
fn listed(layer: &Map<String, Value>) -> Option<&[Value]> {
    ["const", "enum"].iter().find_map(|keyword| listed_by(keyword, layer.get(*keyword)?))
}

fn listed_by<'v>(keyword: &str, value: &'v Value) -> Option<&'v [Value]> {
    if keyword == "const" { Some(std::slice::from_ref(value)) } else { value.as_array().map(Vec::as_slice) }
}

/// Whether instances of the one list of types are of the other.
fn are_types_of(inner: &Value, outer: &Value) -> bool {
    let list = |value: &Value| -> Vec<String> {
        match value {
            Value::String(one) => vec![one.clone()],
            Value::Array(several) => several.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            _ => Vec::new(),
        }
    };
    let (inner, outer) = (list(inner), list(outer));
    let has = |name: &str| outer.iter().any(|one| one == name);
    !inner.is_empty() && inner.iter().all(|one| has(one) || one == "integer" && has("number"))
}

/// How two numbers compare; `None` if that cannot be said exactly.
pub fn order(one: &Value, other: &Value) -> Option<Ordering> {
    /// Whole numbers below this are exact.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let whole = |value: &Value| value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from));
    if let (Some(one), Some(other)) = (whole(one), whole(other)) {
        return Some(one.cmp(&other));
    }
    let exact = |value: &Value| value.as_f64().filter(|number| value.is_f64() || number.abs() < EXACT);
    exact(one)?.partial_cmp(&exact(other)?)
}
