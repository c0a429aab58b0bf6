//! Bounds of integers that are not those of their types.

use isomorph_runtime::spelling;
use schemars::Schema;
use serde_json::{Map, Value};

use super::spelling::Spelling;

const BOUNDS: [&str; 2] = ["minimum", "maximum"];

/// The next step from the bounds of a type to those of its source.
pub fn next(said: &Map<String, Value>, source: &Map<String, Value>) -> Option<Spelling> {
    if are_fractions(said, source) {
        return None;
    }
    let format = said.get("format").and_then(Value::as_str).unwrap_or_default();
    let (least, most) = spelling::ends(format);
    let lower = changed((said, source), "minimum", least.or(Some(0)));
    let upper = changed((said, source), "maximum", most);
    let bound = |keywords: [&str; 2]| {
        let mut bounds = keywords.into_iter().filter_map(|keyword| Some((keyword, source.get(keyword)?)));
        bounds
            .find(|(_, bound)| bound.is_number())
            .map(|(keyword, bound)| (keyword.to_owned(), bound.clone()))
    };
    // What a format says is not said where the source has the format.
    let is_told = source.contains_key("format");
    if lower {
        match bound(["minimum", "exclusiveMinimum"]) {
            Some((keyword, bound)) => return Some(Spelling::Above(keyword, bound)),
            None if is_told => return Some(Spelling::Unbounded("minimum")),
            None => {}
        }
    }
    if upper && is_told {
        return Some(match bound(["maximum", "exclusiveMaximum"]) {
            Some((keyword, bound)) => Spelling::Below(keyword, bound),
            None => Spelling::Unbounded("maximum"),
        });
    }
    None
}

/// Whether the source has the bounds that the format means.
pub fn are_ranged(said: &Map<String, Value>, source: &Map<String, Value>) -> bool {
    // Whether with a fraction of zero is told afterwards.
    let is_one = |one: Option<&Value>, other: Option<&Value>| match (one, other) {
        (Some(one), Some(other)) => isomorph_runtime::same(one, other),
        (one, other) => one == other,
    };
    let differs =
        |schema: &Map<String, Value>| BOUNDS.into_iter().any(|k| !is_one(schema.get(k), source.get(k)));
    let Some(format) = said.get("format").filter(|_| differs(said)) else { return false };
    let bounds = BOUNDS.into_iter().filter_map(|k| Some((k.to_owned(), said.get(k)?.clone())));
    let alone: Map<String, Value> = bounds.chain([("format".to_owned(), format.clone())]).collect();
    let mut ranged = Schema::from(alone);
    spelling::ranged(&mut ranged);
    ranged.as_object().is_some_and(|ranged| !differs(ranged))
}

/// Whether the source writes the bounds that are said as numbers with a fraction of zero.
pub fn are_fractions(said: &Map<String, Value>, source: &Map<String, Value>) -> bool {
    let bounds = BOUNDS.into_iter().filter_map(|keyword| Some((keyword, said.get(keyword)?)));
    let integers: Vec<_> = bounds.filter(|(_, bound)| bound.is_i64() || bound.is_u64()).collect();
    let is_fraction = |(keyword, bound): &(&str, &Value)| {
        source.get(*keyword).is_some_and(|other| other.is_f64() && other.as_f64() == bound.as_f64())
    };
    !integers.is_empty() && integers.iter().all(is_fraction)
}

/// Whether a keyword says the end of the type, and the source says something else.
fn changed(
    (said, source): (&Map<String, Value>, &Map<String, Value>),
    keyword: &str,
    end: Option<i64>,
) -> bool {
    end.is_some()
        && said.get(keyword).and_then(Value::as_i64) == end
        && source.get(keyword) != said.get(keyword)
}
