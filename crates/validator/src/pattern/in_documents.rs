//! The patterns of whole schemas.

use isomorph_json::{escaped, unescaped};
use serde_json::{Map, Value};

use super::engine::for_engine;
use super::fault::fault;
use crate::references::{decoded, encoded};

/// Keywords that hold values, in which a pattern is data.
pub const DATA: [&str; 5] = ["const", "enum", "default", "examples", "example"];
/// Keywords that hold schemas by names.
pub const MAPS: [&str; 6] =
    ["properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies"];

/// Writes all patterns of a schema so that the engine matches them as ECMA-262 does.
///
/// # Errors
///
/// What is wrong with the first that is none, and where.
pub fn for_engine_in(schema: &mut Value) -> Result<(), String> {
    of_schema(schema, "")
}

/// Where a place of a schema is, once its patterns are written for the engine.
pub fn pointer_for_engine(pointer: &str) -> String {
    let mut written = String::with_capacity(pointer.len());
    let mut is_pattern = false;
    for segment in pointer.split('/').skip(1) {
        written.push('/');
        if is_pattern {
            written.push_str(&escaped(&for_engine(&unescaped(segment))));
        } else {
            written.push_str(segment);
        }
        is_pattern = !is_pattern && segment == "patternProperties";
    }
    written
}

fn of_schema(schema: &mut Value, at: &str) -> Result<(), String> {
    match schema {
        Value::Array(elements) => {
            let mut elements = elements.iter_mut().enumerate();
            elements.try_for_each(|(index, element)| of_schema(element, &format!("{at}/{index}")))
        }
        Value::Object(keywords) => {
            of_keywords(keywords, at)?;
            for (keyword, value) in
                keywords.iter_mut().filter(|(keyword, _)| !DATA.contains(&keyword.as_str()))
            {
                let at = format!("{at}/{}", escaped(keyword));
                match value {
                    Value::Object(schemas) if MAPS.contains(&keyword.as_str()) => {
                        for (name, schema) in schemas {
                            of_schema(schema, &format!("{at}/{}", escaped(name)))?;
                        }
                    }
                    value => of_schema(value, &at)?,
                }
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

fn of_keywords(keywords: &mut Map<String, Value>, at: &str) -> Result<(), String> {
    let told = |pattern: &str, at: &str| {
        fault(pattern)
            .map_or(Ok(()), |fault| Err(format!("the pattern `{pattern}` at {at} is none: {fault}")))
    };
    if let Some(Value::String(reference)) = keywords.get_mut("$ref") {
        lead_to_patterns(reference);
    }
    if let Some(Value::String(pattern)) = keywords.get_mut("pattern") {
        told(pattern, &format!("{at}/pattern"))?;
        *pattern = for_engine(pattern).into_owned();
    }
    if let Some(Value::Object(schemas)) = keywords.get_mut("patternProperties") {
        for pattern in schemas.keys() {
            told(pattern, &format!("{at}/patternProperties/{}", escaped(pattern)))?;
        }
        if schemas.keys().any(|pattern| for_engine(pattern) != *pattern) {
            *schemas = renamed(std::mem::take(schemas));
        }
    }
    Ok(())
}

/// A reference through the name of a pattern leads to the name that it has now.
fn lead_to_patterns(reference: &mut String) {
    if let Some((document, fragment)) = reference.split_once('#')
        && fragment.contains("/patternProperties/")
    {
        let pointer = decoded(fragment);
        let written = pointer_for_engine(&pointer);
        if written != pointer {
            *reference = format!("{document}#{}", encoded(&written));
        }
    }
}

/// Two patterns that come to be written alike stay two.
fn renamed(schemas: Map<String, Value>) -> Map<String, Value> {
    let mut all = Map::new();
    for (pattern, schema) in schemas {
        let mut written = for_engine(&pattern).into_owned();
        while all.contains_key(&written) {
            written = format!("(?:{written})");
        }
        all.insert(written, schema);
    }
    all
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{for_engine_in, pointer_for_engine};

    #[test]
    fn patterns_are_written_anew_in_schemas_and_not_in_data() {
        let mut schema = json!({
            "properties": {"pattern": {"pattern": "[^]"}, "const": {"pattern": "[^]"}, "enum": {"items": [{"pattern": "[]"}]}},
            "patternProperties": {"\\<": {}, "<": {}},
            "const": {"pattern": "[^]"},
            "enum": [{"patternProperties": {"\\<": 1}}],
        });
        for_engine_in(&mut schema).expect("all are patterns");
        assert_eq!(
            schema,
            json!({
                "properties": {
                    "pattern": {"pattern": r"[\s\S]"},
                    "const": {"pattern": r"[\s\S]"},
                    "enum": {"items": [{"pattern": r"[^\s\S]"}]},
                },
                "patternProperties": {"<": {}, "(?:<)": {}},
                "const": {"pattern": "[^]"},
                "enum": [{"patternProperties": {"\\<": 1}}],
            })
        );
    }

    #[test]
    fn places_and_references_lead_through_the_patterns_as_they_are_written() {
        for (pointer, written) in [
            ("/patternProperties/\\<a~1/items", "/patternProperties/<a~1/items"),
            ("/patternProperties/^a/patternProperties/\\>", "/patternProperties/^a/patternProperties/>"),
            ("/properties/\\<", "/properties/\\<"),
            ("", ""),
        ] {
            assert_eq!(pointer_for_engine(pointer), written);
        }
        let mut schema =
            json!({"$ref": "a.json#/patternProperties/%5C%3Ca", "patternProperties": {"\\<a": {}}});
        for_engine_in(&mut schema).expect("it is a pattern");
        assert_eq!(
            schema,
            json!({"$ref": "a.json#/patternProperties/%3Ca", "patternProperties": {"<a": {}}})
        );
    }

    #[test]
    fn what_is_no_pattern_is_told_with_its_place() {
        let mut schema = json!({"properties": {"a/b": {"patternProperties": {"(?i)x": {}}}}});
        let told = for_engine_in(&mut schema).expect_err("it is none");
        assert!(told.contains("/properties/a~1b/patternProperties/(?i)x"), "{told}");
    }
}
