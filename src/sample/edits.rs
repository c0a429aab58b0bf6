//! Instances that differ from another in one place.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::pattern;
use super::scalars::{of_float, of_length};

/// What schemas mention, and instances may therefore turn on.
#[derive(Debug, Default, Clone)]
pub struct Hints {
    /// Values to put somewhere.
    pub values: Vec<Value>,
    /// Lengths and counts.
    pub counts: BTreeSet<usize>,
    /// Names of properties.
    pub names: BTreeSet<String>,
}

/// How many hints of one kind are kept.
const MOST: usize = 60;
/// How many places of an instance are edited.
const PLACES: usize = 200;

impl Hints {
    /// Adds what a schema mentions, at any depth, but not what it refers to.
    pub fn add(&mut self, schema: &Value) {
        let mut work = vec![schema];
        while let Some(schema) = work.pop() {
            let Value::Object(keywords) = schema else { continue };
            keywords.iter().for_each(|(keyword, value)| self.add_keyword(keyword, value));
            work.extend(isomorph_codegen::subschemas(schema).into_iter().map(|(_, inner)| inner));
            if self.values.len() > MOST && self.names.len() > MOST {
                return;
            }
        }
    }

    fn add_keyword(&mut self, keyword: &str, value: &Value) {
        match (keyword, value) {
            ("enum" | "examples", Value::Array(values)) => self.add_values(values.iter().cloned()),
            ("const" | "default", value) => self.add_values([value.clone()]),
            ("minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf", value) => {
                let bound = value.as_f64().unwrap_or(0.0);
                self.add_values([0.0, -1.0, 1.0, 0.5, -0.5].map(|step| of_float(bound + step, false)));
            }
            (
                "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties",
                value,
            ) => {
                let count =
                    value.as_u64().and_then(|count| usize::try_from(count).ok()).unwrap_or(0).min(5000);
                self.counts.extend([count.saturating_sub(1), count, count + 1]);
            }
            ("pattern", Value::String(pattern)) => self.add_pattern(pattern),
            ("format", Value::String(format)) => {
                self.add_values(
                    super::scalars::formatted(format, &mut fastrand::Rng::with_seed(1)).map(Value::from),
                );
            }
            (
                "properties" | "dependencies" | "dependentRequired" | "dependentSchemas",
                Value::Object(by_name),
            ) => {
                self.add_names(by_name.keys().cloned());
            }
            ("required", Value::Array(names)) => {
                self.add_names(names.iter().filter_map(Value::as_str).map(str::to_owned));
            }
            ("propertyNames", Value::Object(naming)) => {
                let pattern = naming.get("pattern").and_then(Value::as_str);
                let made = pattern.and_then(|text| pattern::matching(text, &mut fastrand::Rng::with_seed(1)));
                self.add_names(made.iter().flat_map(|name| [name.clone(), format!("{name}!")]));
                self.add_names(
                    naming
                        .get("enum")
                        .and_then(Value::as_array)
                        .into_iter()
                        .flatten()
                        .filter_map(Value::as_str)
                        .map(str::to_owned),
                );
            }
            ("patternProperties", Value::Object(by_pattern)) => {
                for pattern in by_pattern.keys() {
                    self.add_names(pattern::matching(pattern, &mut fastrand::Rng::with_seed(1)));
                }
            }
            _ => {}
        }
    }

    fn add_pattern(&mut self, pattern: &str) {
        let mut random = fastrand::Rng::with_seed(1);
        for _ in 0..4 {
            let Some(text) = pattern::matching(pattern, &mut random) else { return };
            // Near misses as well.
            self.add_values([
                format!("{text}!").into(),
                format!(" {text}").into(),
                text.to_uppercase().into(),
            ]);
            self.add_values([text.into()]);
        }
        // What a pattern mentions it may forbid.
        let mentioned: BTreeSet<char> = pattern.chars().filter(char::is_ascii_alphanumeric).collect();
        self.add_values(mentioned.into_iter().take(16).map(|c| Value::from(c.to_string())));
    }

    fn add_values(&mut self, values: impl IntoIterator<Item = Value>) {
        for value in values {
            if self.values.len() <= 4 * MOST && !self.values.contains(&value) {
                self.values.push(value);
            }
        }
    }

    fn add_names(&mut self, names: impl IntoIterator<Item = String>) {
        let room = (2 * MOST).saturating_sub(self.names.len());
        self.names.extend(names.into_iter().take(room));
    }
}

/// One value of each type, and some more.
fn plain() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(0.5),
        json!(""),
        json!("x"),
        json!([]),
        json!({}),
    ]
}

/// Instances with one edit each, the nearest to the root first.
pub fn edits<'a>(instance: &'a Value, hints: &'a Hints) -> impl Iterator<Item = Value> + 'a {
    places(instance).into_iter().flat_map(move |place| {
        let found = instance.pointer(&place).map(|value| replacements(value, hints)).unwrap_or_default();
        found.into_iter().map(move |replacement| {
            let mut edited = instance.clone();
            if let Some(value) = edited.pointer_mut(&place) {
                *value = replacement;
            }
            edited
        })
    })
}

/// The places in an instance, breadth first.
fn places(instance: &Value) -> Vec<String> {
    let mut places = vec![String::new()];
    let mut next = 0;
    while let Some(place) = places.get(next).cloned() {
        next += 1;
        let inner: Vec<String> = match instance.pointer(&place) {
            Some(Value::Object(members)) => {
                members.keys().map(|name| name.replace('~', "~0").replace('/', "~1")).collect()
            }
            Some(Value::Array(elements)) => {
                (0..elements.len().min(4)).map(|index| index.to_string()).collect()
            }
            _ => Vec::new(),
        };
        places.extend(inner.into_iter().map(|name| format!("{place}/{name}")));
        if places.len() > PLACES {
            break;
        }
    }
    places
}

/// What may stand instead of a value.
fn replacements(value: &Value, hints: &Hints) -> Vec<Value> {
    let mut found = match value {
        Value::Object(members) => objects(members, hints),
        Value::Array(elements) => arrays(elements, hints),
        Value::String(text) => strings(text, hints),
        Value::Number(number) => {
            let number = number.as_f64().unwrap_or(0.0);
            let near = [1.0, -1.0, 0.5, -number - 1.0, 1e6].map(|step| of_float(number + step, false));
            // `1.0` is an integer, but was none in draft 4.
            near.into_iter().chain(serde_json::Number::from_f64(number).map(Value::Number)).collect()
        }
        _ => Vec::new(),
    };
    found.extend(plain());
    found.extend(hints.values.iter().cloned());
    found
}

fn strings(text: &str, hints: &Hints) -> Vec<Value> {
    let mut found: Vec<Value> = vec![format!("{text}x").into(), format!("!{text}").into(), "?".into()];
    found.extend(hints.counts.iter().map(|count| Value::from(of_length(text.to_owned(), *count, *count))));
    found
}

fn arrays(elements: &[Value], hints: &Hints) -> Vec<Value> {
    let mut found = Vec::new();
    let last = elements.last().cloned().unwrap_or_default();
    let extended = |value: Value| [elements, &[value]].concat().into();
    found.push(extended(last.clone()));
    if !elements.is_empty() {
        found.push(elements[1..].to_vec().into());
        found.push(elements[..elements.len() - 1].to_vec().into());
    }
    found.extend(plain().into_iter().chain(hints.values.iter().take(20).cloned()).map(extended));
    for count in hints.counts.iter().filter(|count| **count < 300) {
        let mut resized = elements.to_vec();
        resized.resize(*count, last.clone());
        found.push(resized.into());
        // Distinct ones too, where they have to be.
        let mut resized = elements.to_vec();
        let more = (elements.len()..*count).map(|index| match &last {
            Value::String(text) => format!("{text}{index}").into(),
            _ => Value::from(index),
        });
        resized.extend(more);
        found.push(resized.into());
    }
    found
}

fn objects(members: &Map<String, Value>, hints: &Hints) -> Vec<Value> {
    let mut found = Vec::new();
    for name in members.keys().take(60) {
        let mut less = members.clone();
        less.shift_remove(name);
        found.push(less.into());
    }
    let others = ["other".to_owned(), "% ".to_owned()];
    let names = hints.names.iter().chain(&others).filter(|name| !members.contains_key(*name));
    let values: Vec<_> = plain().into_iter().chain(hints.values.iter().take(20).cloned()).collect();
    for name in names.take(40) {
        for value in &values {
            let mut more = members.clone();
            more.insert(name.clone(), value.clone());
            found.push(more.into());
        }
    }
    for count in hints.counts.iter().filter(|count| **count < 100) {
        let mut more = members.clone();
        let value = members.values().next().cloned().unwrap_or_default();
        for index in more.len()..*count {
            more.insert(format!("key{index}"), value.clone());
        }
        found.push(more.into());
        found.push(
            members.iter().take(*count).map(|(k, v)| (k.clone(), v.clone())).collect::<Map<_, _>>().into(),
        );
    }
    found
}
