//! What a schema asserts beside its shape, in words, for documentation.

use isomorph_schema::binds;
use serde_json::{Map, Value};

use crate::model::{Form, Reason};

/// A sentence or more on the assertions, the default and the examples of a schema; `None` if there is nothing to
/// say. Each of `guard` that no word is known for is said to be checked; what the type of `form` says is not said again.
///
/// The text is set in italics, by which [`plain_descriptions`](isomorph_runtime::spelling::plain_descriptions) knows it.
pub fn of(schema: &Value, form: &Form, guard: &[Reason]) -> Option<String> {
    let Value::Object(keywords) = schema else { return None };
    let form = match form {
        Form::Nullable(part) => &part.form,
        form => form,
    };
    let mut said = Vec::new();
    said.extend(numbers(keywords, form));
    said.extend(count(keywords, "minLength", "maxLength", "character"));
    if !matches!(form, Form::Tuple(_)) {
        said.extend(count(keywords, "minItems", "maxItems", "item"));
    }
    said.extend(count(keywords, "minProperties", "maxProperties", "property"));
    if keywords.get("uniqueItems") == Some(&Value::Bool(true)) {
        said.push("no item twice".to_owned());
    }
    said.extend(quoted(keywords, "pattern").map(|pattern| format!("matches {pattern}")));
    let named = keywords.get("format").and_then(Value::as_str);
    let format =
        quoted(keywords, "format").filter(|_| !named.is_some_and(|format| says_format(form, format)));
    said.extend(format.map(|format| format!("format {format}")));
    said.extend(others(keywords, guard));
    for (keyword, words) in
        [("readOnly", "read-only"), ("writeOnly", "write-only"), ("deprecated", "deprecated")]
    {
        if keywords.get(keyword) == Some(&Value::Bool(true)) {
            said.push(words.to_owned());
        }
    }
    let default = keywords.get("default").filter(|default| !default.is_null()).and_then(code);
    said.extend(default.map(|default| format!("default {default}")));
    said.extend(examples(keywords));
    let sentence = said.join("; ");
    let mut characters = sentence.chars();
    let first = characters.next()?;
    Some(format!("_{}{}._", first.to_uppercase(), characters.as_str()))
}

fn says_format(form: &Form, format: &str) -> bool {
    match form {
        Form::Foreign(stand_in) => stand_in.format.is_some(),
        Form::Integer(width) => width.format() == format,
        Form::Number => format == "double",
        _ => false,
    }
}

/// Whether every value of a type is inside a bound.
fn says_bound(form: &Form, keyword: &str, limit: &Value) -> bool {
    let (Form::Integer(width), Some(limit)) = (form, limit.as_number().and_then(serde_json::Number::as_i128))
    else {
        return false;
    };
    match keyword {
        "minimum" => limit <= width.least(),
        "maximum" => limit >= width.most(),
        _ => false,
    }
}

fn numbers(keywords: &Map<String, Value>, form: &Form) -> Option<String> {
    let number =
        |keyword: &str| keywords.get(keyword).filter(|limit| limit.is_number()).map(Value::to_string);
    let is_said = |keyword: &str| keywords.get(keyword).is_some_and(|limit| says_bound(form, keyword, limit));
    // In draft 4 `exclusiveMinimum` is a flag.
    let is_exclusive = |keyword: &str| keywords.get(keyword) == Some(&Value::Bool(true));
    let bound = |keyword: &str, exclusive: &str, inside: &str, outside: &str| {
        let limit = number(keyword).filter(|_| is_exclusive(exclusive) || !is_said(keyword));
        let words = if is_exclusive(exclusive) { outside } else { inside };
        let limit = limit.map(|limit| format!("{words} {limit}"));
        limit.or_else(|| number(exclusive).map(|limit| format!("{outside} {limit}")))
    };
    let parts = [
        bound("minimum", "exclusiveMinimum", "at least", "more than"),
        bound("maximum", "exclusiveMaximum", "at most", "less than"),
        number("multipleOf").map(|divisor| format!("a multiple of {divisor}")),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// `1 to 3 items`
fn count(keywords: &Map<String, Value>, least: &str, most: &str, what: &str) -> Option<String> {
    let number = |keyword: &str| keywords.get(keyword).and_then(Value::as_u64);
    let plural = |count: u64| match (count, what) {
        (1, _) => what.to_owned(),
        (_, "property") => "properties".to_owned(),
        _ => format!("{what}s"),
    };
    Some(match (number(least).filter(|least| *least > 0), number(most)) {
        (Some(least), Some(most)) if least == most => format!("exactly {least} {}", plural(least)),
        (Some(least), Some(most)) => format!("{least} to {most} {}", plural(most)),
        (Some(least), None) => format!("at least {least} {}", plural(least)),
        (None, Some(most)) => format!("at most {most} {}", plural(most)),
        (None, None) => return None,
    })
}

/// The keywords that are checked and have no words of their own.
fn others(keywords: &Map<String, Value>, guard: &[Reason]) -> Option<String> {
    const WORDED: [&str; 3] = ["uniqueItems", "pattern", "multipleOf"];
    let is_other =
        |keyword: &&str| binds(keyword) && keywords.contains_key(*keyword) && !WORDED.contains(keyword);
    let others: Vec<_> = guard
        .iter()
        .filter_map(Reason::name)
        .filter(is_other)
        .map(|keyword| format!("`{keyword}`"))
        .collect();
    (!others.is_empty()).then(|| format!("checked by {}", others.join(", ")))
}

fn examples(keywords: &Map<String, Value>) -> Option<String> {
    const MOST: usize = 3;
    let examples = keywords.get("examples")?.as_array()?;
    let shown: Vec<_> = examples.iter().filter_map(code).take(MOST).collect();
    (!shown.is_empty()).then(|| format!("for example {}", shown.join(", ")))
}

fn quoted(keywords: &Map<String, Value>, keyword: &str) -> Option<String> {
    let value = keywords.get(keyword)?;
    match value {
        Value::String(text) if matches!(keyword, "pattern" | "format") => code_of(text),
        value => code(value),
    }
}

fn code(value: &Value) -> Option<String> {
    code_of(&value.to_string())
}

/// A short text as code; `None` for one that cannot be, or is long.
fn code_of(text: &str) -> Option<String> {
    const LONGEST: usize = 60;
    let is_plain = |c: char| c != '`' && !isomorph_runtime::spelling::is_hidden(c);
    let is_short = text.chars().count() <= LONGEST;
    (is_short && !text.trim().is_empty() && text.trim() == text && text.chars().all(is_plain))
        .then(|| format!("`{text}`"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::of;
    use crate::model::{Form, Reason, Width};

    #[test]
    fn assertions_are_put_into_words() {
        let cases = [
            (json!({"type": "string"}), None),
            (json!({"minimum": 1, "exclusiveMaximum": 10}), Some("_At least 1, less than 10._")),
            (json!({"minimum": 1, "exclusiveMinimum": true}), Some("_More than 1._")),
            (json!({"minLength": 0, "maxLength": 1}), Some("_At most 1 character._")),
            (
                json!({"minItems": 2, "maxItems": 2, "uniqueItems": true}),
                Some("_Exactly 2 items; no item twice._"),
            ),
            (json!({"pattern": "^a_b$", "default": "a_b"}), Some("_Matches `^a_b$`; default `\"a_b\"`._")),
            (json!({"pattern": "a`b", "minProperties": 2}), Some("_At least 2 properties._")),
            (
                json!({"examples": [1, 2, 3, 4], "readOnly": true}),
                Some("_Read-only; for example `1`, `2`, `3`._"),
            ),
            (json!({"not": {}}), Some("_Checked by `not`._")),
        ];
        let schema = json!({"minimum": 0, "maximum": 255, "format": "uint8"});
        assert_eq!(of(&schema, &Form::Integer(Width::U8), &[]), None);
        let expected = Some("_At most 255; format `uint8`._");
        assert_eq!(of(&schema, &Form::Integer(Width::U64), &[]).as_deref(), expected);
        for (schema, expected) in cases {
            assert_eq!(of(&schema, &Form::Any, &[Reason::keyword("not")]).as_deref(), expected, "{schema}");
        }
    }
}
