//! Bounds of integers that are not those of their types.

use isomorph_runtime::spelling;
use serde_json::{Map, Value};

use super::spelling::Spelling;

/// The next step from the bounds of a type to those of its source.
pub fn next(said: &Map<String, Value>, source: &Map<String, Value>) -> Option<Spelling> {
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
