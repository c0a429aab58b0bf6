//! Bounds of integers that are not those of their types.

use isomorph_runtime::spelling;
use serde_json::{Map, Value};

use super::spelling::Spelling;

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

/// Whether the source writes the bounds that are said as numbers with a fraction of zero.
pub fn are_fractions(said: &Map<String, Value>, source: &Map<String, Value>) -> bool {
    let both = |keyword: &str| said.get(keyword).zip(source.get(keyword));
    let is_fraction = |(said, source): (&Value, &Value)| source.is_f64() && said.as_f64() == source.as_f64();
    let mut integers = ["minimum", "maximum"]
        .into_iter()
        .filter(|keyword| said.get(*keyword).is_some_and(|bound| bound.is_i64() || bound.is_u64()));
    let mut all = integers.by_ref().map(|keyword| both(keyword).is_some_and(is_fraction)).peekable();
    all.peek().is_some() && all.all(|is_fraction| is_fraction)
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
