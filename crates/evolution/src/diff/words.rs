//! Changes of keywords in words.

use std::collections::HashSet;

use isomorph_json::Pointer;
use isomorph_schema::{Dialect, binds, binds_in};
use serde_json::Value;

use super::change::Change;

/// How much of a value is shown, and of a name.
const SHOWN: usize = 60;
const NAMED: usize = 200;

/// A value, shortened.
fn shown(value: &Value) -> String {
    // A backtick would end the code; in JSON it can be written otherwise.
    let text = value.to_string().replace('`', "\\u0060");
    if text.chars().count() <= SHOWN {
        return format!("`{text}`");
    }
    format!("`{}…`", text.chars().take(SHOWN).collect::<String>())
}

fn name(text: &str) -> String {
    let is_plain = !text.contains(|c: char| c.is_control() || c == '`');
    let cut: String = text.chars().take(NAMED).collect();
    let more = if cut.len() < text.len() { "…" } else { "" };
    if is_plain {
        format!("`{cut}{more}`")
    } else {
        format!("`{}{more}`", cut.escape_debug().to_string().replace('`', "'"))
    }
}

fn names(values: &[&Value]) -> String {
    const MOST: usize = 6;
    let text = |value: &&Value| value.as_str().map_or_else(|| shown(value), name);
    let mut told: Vec<_> = values.iter().take(MOST).map(text).collect();
    if values.len() > MOST {
        told.push(format!("{} more", values.len() - MOST));
    }
    match told.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => told.join(""),
    }
}

fn change(keyword: &str, words: String, binds: bool) -> Change {
    Change::new(Pointer::root().join(keyword), words, binds)
}

/// A schema that is `true` or `false` on a side.
pub fn whole(old: &Value, new: &Value) -> Option<Change> {
    let words = match (old, new) {
        (Value::Bool(false), _) => "nothing was allowed here, and something is now",
        (_, Value::Bool(false)) => "nothing is allowed here any more",
        (Value::Bool(true), Value::Object(keywords)) if !keywords.keys().any(|key| binds(key)) => {
            return None;
        }
        (Value::Object(keywords), Value::Bool(true)) if !keywords.keys().any(|key| binds(key)) => {
            return None;
        }
        (Value::Bool(true), Value::Object(_)) => "anything was allowed here, and no longer is",
        (Value::Object(_), Value::Bool(true)) => "anything is allowed here now",
        _ => return None,
    };
    Some(Change::new(Pointer::root(), words.to_owned(), true))
}

/// A keyword that one dialect knows and the other does not.
pub fn of_dialect(keyword: &str, new: Dialect) -> Change {
    let words = if binds_in(keyword, new) {
        format!("{keyword} counts now: the old dialect did not know it")
    } else {
        format!("{keyword} no longer counts: the new dialect does not know it")
    };
    change(keyword, words, true)
}

/// The change of one keyword, which is not a matter of the schemas inside.
pub fn keyword(
    keyword: &str,
    (old_schema, old): (&Value, Option<&Value>),
    (new_schema, new): (&Value, Option<&Value>),
) -> Vec<Change> {
    let both = (old.unwrap_or(&Value::Null), new.unwrap_or(&Value::Null));
    match keyword {
        "type" => types(old, new),
        "required" => required(both, old_schema, new_schema),
        "enum" => listed(old, new),
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "minLength" | "maxLength"
        | "minItems" | "maxItems" | "minProperties" | "maxProperties" | "minContains" | "maxContains" => {
            vec![bound(keyword, old, new)]
        }
        "additionalProperties" | "additionalItems" | "unevaluatedProperties" | "unevaluatedItems" => {
            rest(keyword, old, new).into_iter().collect()
        }
        "$ref" => vec![referred(old, new)],
        // What is inside them is looked at one by one.
        "properties" | "patternProperties" | "dependentSchemas" | "allOf" | "anyOf" | "oneOf" | "not"
        | "if" | "then" | "else" | "contains" | "propertyNames" | "prefixItems" | "contentSchema" => {
            Vec::new()
        }
        "items" | "dependencies" if !both.0.is_boolean() && !both.1.is_boolean() => {
            items(both).into_iter().collect()
        }
        "format" => vec![set("format", old, new, true)],
        _ => vec![set(keyword, old, new, binds(keyword))],
    }
}

fn set(keyword: &str, old: Option<&Value>, new: Option<&Value>, binds: bool) -> Change {
    let words = match (old, new) {
        (None, Some(new)) => format!("{keyword} {} was added", shown(new)),
        (Some(old), None) => format!("{keyword} {} was removed", shown(old)),
        (Some(Value::String(old)), Some(Value::String(new))) if !binds => {
            format!("{keyword} changed from {old:?} to {new:?}")
        }
        (old, new) => {
            let text = |value: Option<&Value>| value.map(shown).unwrap_or_default();
            format!("{keyword} changed from {} to {}", text(old), text(new))
        }
    };
    change(keyword, words, binds)
}

fn types(old: Option<&Value>, new: Option<&Value>) -> Vec<Change> {
    let list = |value: Option<&Value>| -> Vec<String> {
        match value {
            Some(Value::String(one)) => vec![one.clone()],
            Some(Value::Array(several)) => {
                several.iter().filter_map(Value::as_str).map(str::to_owned).collect()
            }
            _ => Vec::new(),
        }
    };
    let (before, after) = (list(old), list(new));
    let words = match (before.as_slice(), after.as_slice()) {
        ([], after) => format!("is only {} now, and could be of any type", after.join(" or ")),
        (before, []) => format!("may be of any type now, and was {}", before.join(" or ")),
        _ => format!("type changed from {} to {}", before.join(" or "), after.join(" or ")),
    };
    vec![change("type", words, true)]
}

fn required((old, new): (&Value, &Value), old_schema: &Value, new_schema: &Value) -> Vec<Change> {
    fn list(value: &Value) -> Vec<&str> {
        // In draft 3, and by mistake later, `required` is a boolean.
        value.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
    }
    let (before, after) = (list(old), list(new));
    let (known, known_now): (HashSet<&str>, HashSet<&str>) =
        (before.iter().copied().collect(), after.iter().copied().collect());
    let declared =
        |schema: &Value, name: &str| schema.get("properties").is_some_and(|all| all.get(name).is_some());
    let came = after.iter().filter(|name| !known.contains(**name)).map(|name| {
        let new_too = declared(new_schema, name) && !declared(old_schema, name);
        (
            name,
            if new_too {
                format!("the new {} is required", self::name(name))
            } else {
                format!("{} became required", self::name(name))
            },
        )
    });
    let went = before
        .iter()
        .filter(|name| !known_now.contains(**name))
        .map(|name| (name, format!("{} is no longer required", self::name(name))));
    came.chain(went).map(|(_, words)| change("required", words, true)).collect()
}

fn listed(old: Option<&Value>, new: Option<&Value>) -> Vec<Change> {
    let (Some(Value::Array(before)), Some(Value::Array(after))) = (old, new) else {
        return vec![set("enum", old, new, true)];
    };
    let (known, known_now): (HashSet<&Value>, HashSet<&Value>) =
        (before.iter().collect(), after.iter().collect());
    let gone: Vec<&Value> = before.iter().filter(|value| !known_now.contains(value)).collect();
    let come: Vec<&Value> = after.iter().filter(|value| !known.contains(value)).collect();
    let mut found = Vec::new();
    if !gone.is_empty() {
        found.push(change("enum", format!("{} left the enum", names(&gone)), true));
    }
    if !come.is_empty() {
        found.push(change("enum", format!("{} joined the enum", names(&come)), true));
    }
    if found.is_empty() {
        found.push(change("enum", "the order of the enum changed".to_owned(), false));
    }
    found
}

fn bound(keyword: &str, old: Option<&Value>, new: Option<&Value>) -> Change {
    let words = match (old, new) {
        (Some(old), Some(new)) => {
            let direction = match (old.as_f64(), new.as_f64()) {
                (Some(old), Some(new)) if new > old => "rose",
                (Some(_), Some(_)) => "fell",
                _ => "changed",
            };
            format!("{keyword} {direction} from {old} to {new}")
        }
        (None, Some(new)) => format!("{keyword} {new} was added"),
        (old, _) => format!("{keyword} {} was removed", old.unwrap_or(&Value::Null)),
    };
    change(keyword, words, true)
}

fn rest(keyword: &str, old: Option<&Value>, new: Option<&Value>) -> Option<Change> {
    let what = if keyword.ends_with("Items") { "further elements" } else { "other properties" };
    let is_open = |value: Option<&Value>| {
        value.is_none_or(|value| {
            value == &Value::Bool(true) || value.as_object().is_some_and(serde_json::Map::is_empty)
        })
    };
    let is_closed = |value: Option<&Value>| value == Some(&Value::Bool(false));
    let words = match (old, new) {
        (old, new) if is_open(old) && is_open(new) => {
            return Some(change(keyword, format!("{keyword} is spelled out differently"), false));
        }
        (_, new) if is_closed(new) => format!("{what} are forbidden now"),
        (old, new) if is_closed(old) && is_open(new) => format!("{what} are allowed now"),
        (old, _) if is_closed(old) => format!("{what} were forbidden, and some are allowed now"),
        (old, _) if is_open(old) => format!("{what} could be anything, and have a schema now"),
        (_, new) if is_open(new) => format!("{what} had a schema, and may be anything now"),
        _ => return None,
    };
    Some(change(keyword, words, true))
}

/// Whether all that can be said of two schemas for what is left is said by their keyword.
pub fn is_said_of_rest(keyword: &str, old: &Value, new: &Value) -> bool {
    REST.contains(&keyword)
        && (old.is_boolean() || new.is_boolean())
        && rest(keyword, Some(old), Some(new)).is_some()
}

fn referred(old: Option<&Value>, new: Option<&Value>) -> Change {
    let last = |value: &Value| {
        value.as_str().and_then(|text| text.rsplit('/').next()).unwrap_or_default().to_owned()
    };
    let words = match (old, new) {
        (Some(old), Some(new)) => format!("refers to {} instead of {}", name(&last(new)), name(&last(old))),
        (None, Some(new)) => format!("refers to {} instead of being written here", name(&last(new))),
        (old, _) => {
            format!("is written here instead of referring to {}", name(&old.map(last).unwrap_or_default()))
        }
    };
    change("$ref", words, true)
}

fn items((old, new): (&Value, &Value)) -> Option<Change> {
    let kind = |value: &Value| match value {
        Value::Array(_) => "a schema for each position",
        Value::Null => "none",
        _ => "one schema for all",
    };
    (kind(old) != kind(new) && !old.is_null() && !new.is_null())
        .then(|| change("items", format!("items changed from {} to {}", kind(old), kind(new)), true))
}

/// A subschema that is no longer there.
pub fn gone(place: &Pointer, schema: &Value, _old: &Value, new: &Value) -> Option<Change> {
    let words = match segments(place) {
        (keyword, Some(key)) => match keyword.as_str() {
            "properties" => format!("property {} was removed", name(&key)),
            "patternProperties" => format!("properties that match {} are no longer described", name(&key)),
            "anyOf" | "oneOf" | "allOf" => format!("a branch of {keyword} was removed: {}", branch(schema)),
            "dependentSchemas" | "dependencies" => {
                format!("{} brings no further demands any more", name(&key))
            }
            _ => format!("{keyword} {key} was removed"),
        },
        // Where a boolean stands now, the keyword itself is what changed.
        (keyword, None)
            if new.get(&keyword).is_some()
                || REST.contains(&keyword.as_str()) && rest(&keyword, Some(schema), None).is_some() =>
        {
            return None;
        }
        (keyword, None) => format!("{keyword} was removed"),
    };
    Some(Change::new(place.clone(), words, true))
}

const REST: [&str; 4] =
    ["additionalProperties", "additionalItems", "unevaluatedProperties", "unevaluatedItems"];

/// A subschema that was not there.
pub fn come(place: &Pointer, schema: &Value, old: &Value, new: &Value) -> Option<Change> {
    let words = match segments(place) {
        (keyword, Some(key)) => match keyword.as_str() {
            "properties" => {
                let required = new
                    .get("required")
                    .and_then(Value::as_array)
                    .is_some_and(|all| all.iter().any(|one| one == &key));
                format!(
                    "{} property {} was added",
                    if required { "required" } else { "optional" },
                    name(&key)
                )
            }
            "patternProperties" => format!("properties that match {} are described now", name(&key)),
            "anyOf" | "oneOf" | "allOf" => format!("a branch of {keyword} was added: {}", branch(schema)),
            "dependentSchemas" | "dependencies" => format!("{} brings further demands now", name(&key)),
            _ => format!("{keyword} {key} was added"),
        },
        (keyword, None)
            if old.get(&keyword).is_some()
                || REST.contains(&keyword.as_str()) && rest(&keyword, None, Some(schema)).is_some() =>
        {
            return None;
        }
        (keyword, None) => format!("{keyword} was added: {}", branch(schema)),
    };
    Some(Change::new(place.clone(), words, true))
}

fn segments(place: &Pointer) -> (String, Option<String>) {
    let mut segments = place.segments();
    (segments.next().unwrap_or_default(), segments.next())
}

/// What a branch is, in short.
fn branch(schema: &Value) -> String {
    let title = schema.get("title").and_then(Value::as_str).map(name);
    let reference =
        schema.get("$ref").and_then(Value::as_str).and_then(|text| text.rsplit('/').next()).map(name);
    title.or(reference).unwrap_or_else(|| shown(schema))
}
