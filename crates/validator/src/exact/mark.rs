//! Numbers of which a schema in memory may not have all the digits: the keyword with its value as it is written is put beside
//! the one that has it.

use std::borrow::Cow;

use isomorph_json::{escaped, unescaped};
use serde_json::{Map, Number, Value};

use crate::pattern::{DATA, MAPS};

/// Keywords whose value is a number that numbers are held against.
pub const BOUNDS: [&str; 4] = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];
/// Keywords whose values instances have to equal.
pub const VALUES: [&str; 2] = ["const", "enum"];
/// The keyword that numbers are divided by. It has no other judge than ours, which looks for the digits beside it.
pub const DIVISOR: &str = "multipleOf";

/// What is put in front of a keyword.
const PREFIX: &str = "exactly:";

/// The keyword beside another that has its value as it is written.
pub fn marked(keyword: &str) -> String {
    format!("{PREFIX}{keyword}")
}

/// Where a place stands for whoever wrote the schema.
pub fn unmarked(pointer: &str) -> Cow<'_, str> {
    match pointer.rsplit_once('/') {
        Some((around, last)) => match unescaped(last).strip_prefix(PREFIX) {
            Some(keyword) => Cow::Owned(format!("{around}/{keyword}")),
            None => Cow::Borrowed(pointer),
        },
        None => Cow::Borrowed(pointer.strip_prefix(PREFIX).unwrap_or(pointer)),
    }
}

/// Puts them into a schema. `written` says what stands at a pointer, as it is written.
pub fn mark(schema: &mut Value, written: &impl Fn(&str) -> Option<String>) {
    of_schema(schema, "", written);
}

fn of_schema(schema: &mut Value, at: &str, written: &impl Fn(&str) -> Option<String>) {
    match schema {
        Value::Array(elements) => {
            for (index, element) in elements.iter_mut().enumerate() {
                of_schema(element, &format!("{at}/{index}"), written);
            }
        }
        Value::Object(keywords) => {
            of_keywords(keywords, at, written);
            for (keyword, value) in keywords.iter_mut() {
                let at = || format!("{at}/{}", escaped(keyword));
                match value {
                    _ if DATA.contains(&keyword.as_str()) => {}
                    Value::Object(schemas) if MAPS.contains(&keyword.as_str()) => {
                        for (name, schema) in schemas {
                            of_schema(schema, &format!("{}/{}", at(), escaped(name)), written);
                        }
                    }
                    Value::Array(_) | Value::Object(_) => of_schema(value, &at(), written),
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

fn of_keywords(keywords: &mut Map<String, Value>, at: &str, written: &impl Fn(&str) -> Option<String>) {
    for keyword in BOUNDS.into_iter().chain([DIVISOR]).chain(VALUES) {
        let needs = |value: &Value| match value {
            Value::Number(number) => may_have_more_digits(number),
            other => VALUES.contains(&keyword) && has_such_a_number(other),
        };
        if keywords.get(keyword).is_some_and(needs)
            && let Some(text) = written(&format!("{at}/{keyword}"))
        {
            put(keywords, keyword, text);
        }
    }
}

/// Puts one beside its keyword. That has accepted all that this may accept, but for a bound that is outside itself: there it
/// stands alone.
fn put(keywords: &mut Map<String, Value>, keyword: &str, text: String) {
    let outside = match keyword {
        "minimum" | "exclusiveMinimum" => "exclusiveMinimum",
        "maximum" | "exclusiveMaximum" => "exclusiveMaximum",
        _ => "",
    };
    // In draft 4 this says it of the other keyword.
    let is_said = keywords.get(outside).and_then(Value::as_bool) == Some(true);
    if is_said {
        keywords.insert(outside.to_owned(), false.into());
    } else if outside == keyword {
        keywords.remove(keyword);
    }
    keywords.insert(marked(if is_said { outside } else { keyword }), text.into());
}

/// Whether a number is not told from its neighbours by a double: it has more digits than one tells apart.
fn may_have_more_digits(number: &Number) -> bool {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let digits = || number.to_string().bytes().filter(u8::is_ascii_digit).count();
    number.as_f64().is_none_or(|double| double.abs() >= EXACT) || number.is_f64() && digits() > 15
}

/// Whether there is such a number in a value.
fn has_such_a_number(value: &Value) -> bool {
    match value {
        Value::Number(number) => may_have_more_digits(number),
        Value::Array(elements) => elements.iter().any(has_such_a_number),
        Value::Object(members) => members.values().any(has_such_a_number),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{mark, unmarked};

    #[test]
    fn only_keywords_whose_numbers_need_it_are_marked() {
        let mut schema = json!({
            "maximum": 1.844_674_407_370_955_2e19,
            "minimum": 0.5,
            "properties": {"const": {"const": [9_007_199_254_740_993_u64]}, "maximum": {"enum": [1, "a"]}},
            "default": {"maximum": 1e30},
        });
        mark(&mut schema, &|pointer| Some(format!("what {pointer} says")));
        assert_eq!(schema["exactly:maximum"], "what /maximum says");
        assert_eq!(schema["properties"]["const"]["exactly:const"], "what /properties/const/const says");
        assert_eq!(schema["default"], json!({"maximum": 1e30}));
        assert_eq!(schema["properties"]["maximum"], json!({"enum": [1, "a"]}));
        assert_eq!(schema.as_object().map(serde_json::Map::len), Some(5));
    }

    #[test]
    fn a_bound_that_is_outside_itself_stands_alone() {
        let marked = |mut schema: Value| {
            mark(&mut schema, &|_| Some("2e20".to_owned()));
            schema
        };
        let schema = marked(json!({"exclusiveMaximum": 2e20}));
        assert_eq!(schema, json!({"exactly:exclusiveMaximum": "2e20"}));
        let schema = marked(json!({"minimum": 2e20, "exclusiveMinimum": true}));
        let expected =
            json!({"minimum": 2e20, "exclusiveMinimum": false, "exactly:exclusiveMinimum": "2e20"});
        assert_eq!(schema, expected);
    }

    #[test]
    fn a_mark_stands_where_its_keyword_does() {
        assert_eq!(unmarked("/items/exactly:maximum"), "/items/maximum");
        assert_eq!(unmarked("/items/maximum"), "/items/maximum");
        assert_eq!(unmarked("exactly:enum"), "enum");
    }
}
