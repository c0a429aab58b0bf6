//! One schema of a bundle, by itself.

use isomorph_json::Pointer;
use isomorph_schema::{Bundle, Dialect, subschemas};
use isomorph_validator::Formats;
use serde_json::{Map, Value};

use crate::reference::{alone, alone_within};

/// What stands at `pointer` in a bundle.
pub fn at<'a>(bundle: &'a Bundle, pointer: &Pointer) -> Option<&'a Value> {
    bundle.schema.pointer(pointer.as_str())
}

/// The name of the definition that a schema's `$ref` leads to.
pub fn reference<'a>(bundle: &Bundle, schema: &'a Value) -> Option<&'a str> {
    name_of(bundle, schema.get("$ref")?)
}

/// The name of the definition that the value of a `$ref` leads to.
pub fn name_of<'a>(bundle: &Bundle, reference: &'a Value) -> Option<&'a str> {
    let prefix = format!("#/{}/", bundle.keyword());
    reference.as_str()?.strip_prefix(prefix.as_str())
}

/// The place of a definition in its bundle.
pub fn definition(bundle: &Bundle, name: &str) -> Pointer {
    Pointer::root().join(bundle.keyword()).join(name)
}

/// Whether a keyword binds no instance. `format` does where it is asserted.
pub fn is_annotation(keyword: &str, assert_formats: bool) -> bool {
    !(isomorph_schema::binds(keyword) || keyword == "format" && assert_formats)
}

/// The schema less what binds no instance, at every level; what is left empty is `true`.
pub fn without_annotations(schema: &Value, formats: &Formats) -> Value {
    let Value::Object(keywords) = schema else { return schema.clone() };
    let is_kept = |keyword: &str| ["$schema", "$defs", "definitions"].contains(&keyword);
    let mut kept: Map<String, Value> = keywords
        .iter()
        .filter(|(keyword, value)| {
            let asserts = value.as_str().is_some_and(|name| formats.asserts(name));
            is_kept(keyword) || !is_annotation(keyword, asserts)
        })
        .map(|(keyword, value)| (keyword.clone(), value.clone()))
        .collect();
    for keyword in ["$defs", "definitions"] {
        let definitions = kept.get_mut(keyword).and_then(Value::as_object_mut).into_iter();
        for definition in definitions.flat_map(Map::values_mut) {
            *definition = without_annotations(definition, formats);
        }
    }
    let mut kept = Value::Object(kept);
    for (at, inner) in subschemas(schema) {
        if let Some(place) = kept.pointer_mut(at.as_str()) {
            *place = without_annotations(inner, formats);
        }
    }
    if kept.as_object().is_some_and(Map::is_empty) { true.into() } else { kept }
}

/// A bundle without annotations, in which nothing is called unevaluated that is only undeclared.
pub fn bare(bundle: &Bundle, formats: &Formats) -> Bundle {
    let mut schema = without_annotations(&bundle.schema, formats);
    if bundle.dialect == Dialect::Draft202012 && !bundle.is_approximate {
        let definitions = schema.get_mut("$defs").and_then(Value::as_object_mut).into_iter();
        definitions.flat_map(Map::values_mut).for_each(undeclared);
        undeclared(&mut schema);
    }
    Bundle { schema, ..bundle.clone() }
}

/// Says `additionalProperties` for `unevaluatedProperties`, and `items` for `unevaluatedItems`, where no schema beside could
/// have evaluated anything.
fn undeclared(schema: &mut Value) {
    const BESIDE: [&str; 8] =
        ["$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "if", "dependentSchemas", "contains"];
    let below: Vec<_> = subschemas(schema).into_iter().map(|(at, _)| at).collect();
    for at in below {
        schema.pointer_mut(at.as_str()).into_iter().for_each(undeclared);
    }
    let Value::Object(keywords) = schema else { return };
    for (keyword, plain) in [("unevaluatedProperties", "additionalProperties"), ("unevaluatedItems", "items")]
    {
        let is_alone = !BESIDE.iter().any(|beside| keywords.contains_key(*beside));
        if keywords.contains_key(plain) {
            // All were evaluated.
            keywords.shift_remove(keyword);
        } else if is_alone && let Some(said) = keywords.shift_remove(keyword) {
            keywords.insert(plain.to_owned(), said);
        }
    }
}

/// A schema that stands in a bundle, with what it refers to, as a document of its own.
pub fn complete(bundle: &Bundle, schema: &Value) -> Value {
    alone(&bundle.schema, schema)
}

/// The same, unless that would be longer, as text.
pub fn complete_within(bundle: &Bundle, schema: &Value, longest: usize) -> Option<Value> {
    alone_within(&bundle.schema, schema, &mut longest.clone())
}
