//! Instances that differ from another in one place.

use std::collections::{BTreeSet, VecDeque};

use isomorph_json::{Pointer, escaped};
use serde_json::{Map, Value, json};

use super::demand::count;
use super::formats::formatted;
use super::numbers::{around, of_float};
use super::pattern;
use super::text::of_length;
use crate::reference::{definitions, referred};

/// What schemas mention, and instances may therefore turn on.
#[derive(Debug, Default, Clone)]
pub struct Hints {
    /// Values to put somewhere.
    pub values: Vec<Value>,
    /// Lengths and counts.
    pub counts: BTreeSet<usize>,
    /// Those of which no edit makes as much.
    pub large: BTreeSet<usize>,
    /// Names of properties, those nearest to the root first.
    pub names: Vec<String>,
}

/// How many hints of one kind are kept.
const MOST: usize = 60;
/// How much an edit makes of one thing.
const EDITED: usize = 5000;
/// Beyond this there is no instance that is so large; and of how many such counts there are some.
const LARGEST: usize = 300_000;
const MOST_LARGE: usize = 8;
/// How many places of an instance are edited.
const PLACES: usize = 200;

impl Hints {
    /// What the schema of a bundle mentions, and what it refers to.
    pub fn of(bundle: &Value) -> Self {
        let mut hints = Self::default();
        hints.walk(bundle, definitions(bundle));
        hints
    }

    /// Adds what a schema mentions, at any depth, but not what it refers to.
    pub fn add(&mut self, schema: &Value) {
        self.walk(schema, None);
    }

    /// Adds the properties that lead to a place.
    pub fn add_place(&mut self, place: &Pointer) {
        let mut segments = place.segments();
        while let Some(segment) = segments.next() {
            if segment == "properties" {
                self.add_names(segments.next());
            }
        }
    }

    /// Breadth first, so that what is near comes first.
    fn walk(&mut self, schema: &Value, definitions: Option<&Map<String, Value>>) {
        let mut work = VecDeque::from([schema]);
        let mut reached = BTreeSet::new();
        while let Some(schema) = work.pop_front() {
            let Value::Object(keywords) = schema else { continue };
            keywords.iter().for_each(|(keyword, value)| self.add_keyword(keyword, value));
            work.extend(isomorph_schema::subschemas(schema).into_iter().map(|(_, inner)| inner));
            let target = definitions.and_then(|definitions| referred(keywords, definitions));
            work.extend(target.filter(|target| reached.insert(std::ptr::from_ref(*target).addr())));
            if self.values.len() > MOST && self.names.len() > MOST {
                return;
            }
        }
    }

    /// Adds a count that is too large for edits, which make as much as this.
    fn add_large(&mut self, said: usize, edited: usize) {
        if (edited..LARGEST).contains(&said) && self.large.len() < MOST_LARGE {
            self.large.extend([said.saturating_sub(1), said, said + 1]);
        }
    }

    fn add_keyword(&mut self, keyword: &str, value: &Value) {
        match (keyword, value) {
            ("enum" | "examples", Value::Array(values)) => self.add_values(values.iter().cloned()),
            ("const" | "default", value) => self.add_values([value.clone()]),
            ("minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum", value) => {
                self.add_values(around(value));
            }
            ("multipleOf", value) => {
                let step = value.as_f64().unwrap_or(1.0);
                self.add_values([step, 1.5 * step, step + 1.0].map(|number| of_float(number, false)));
            }
            (
                "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties",
                value,
            ) => {
                // `2.0` is a count as well.
                let said = value.as_f64().map_or(0, count);
                let count = said.min(EDITED);
                self.counts.extend([count.saturating_sub(1), count, count + 1]);
                self.add_large(said, EDITED);
            }
            // An edit makes many of what is there already; these have to be of a kind.
            ("minContains" | "maxContains", value) => {
                self.add_large(value.as_f64().map_or(0, count), 1);
            }
            ("pattern", Value::String(pattern)) => self.add_pattern(pattern),
            ("format", Value::String(format)) => {
                self.add_values(formatted(format, &mut fastrand::Rng::with_seed(1)).map(Value::from));
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
        for name in names {
            if self.names.len() < 2 * MOST && !self.names.contains(&name) {
                self.names.push(name);
            }
        }
    }
}

/// One value of each type, and some more.
pub fn plain() -> Vec<Value> {
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
        let found = instance.pointer(&place).map(|value| replacements(value, hints));
        found.into_iter().flatten().map(move |replacement| {
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
            Some(Value::Object(members)) => members.keys().map(|name| escaped(name).into_owned()).collect(),
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
fn replacements<'a>(value: &'a Value, hints: &'a Hints) -> Box<dyn Iterator<Item = Value> + 'a> {
    let others = plain().into_iter().chain(hints.values.iter().cloned());
    match value {
        Value::Object(members) => Box::new(objects(members, hints).chain(others)),
        Value::Array(elements) => Box::new(arrays(elements, hints).into_iter().chain(others)),
        Value::String(text) => Box::new(strings(text, hints).into_iter().chain(others)),
        Value::Number(number) => {
            let number = number.as_f64().unwrap_or(0.0);
            let near = [1.0, -1.0, 0.5, -number - 1.0, 1e6].map(|step| of_float(number + step, false));
            // `1.0` is an integer, but was none in draft 4.
            let float = serde_json::Number::from_f64(number).map(Value::Number);
            Box::new(near.into_iter().chain(float).chain(others))
        }
        _ => Box::new(others),
    }
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

/// Objects that differ in one property, or in how many there are. They may be large, so each is made when it is
/// asked for.
fn objects<'a>(members: &'a Map<String, Value>, hints: &'a Hints) -> impl Iterator<Item = Value> + 'a {
    let less = members.keys().take(60).map(|name| {
        let mut less = members.clone();
        less.shift_remove(name);
        less.into()
    });
    let others = ["other".to_owned(), "% ".to_owned()];
    let names = hints.names.iter().cloned().chain(others).filter(|name| !members.contains_key(name));
    let more = names.take(40).flat_map(move |name| {
        let values = plain().into_iter().chain(hints.values.iter().take(20).cloned());
        values.map(move |value| {
            let mut more = members.clone();
            more.insert(name.clone(), value);
            more.into()
        })
    });
    let counts = hints.counts.iter().filter(|count| **count < 100);
    less.chain(more).chain(counts.flat_map(|count| of_count(members, *count)))
}

/// An object with at least, and one with at most so many properties.
fn of_count(members: &Map<String, Value>, count: usize) -> [Value; 2] {
    let mut more = members.clone();
    let value = members.values().next().cloned().unwrap_or_default();
    for index in more.len()..count {
        more.insert(format!("key{index}"), value.clone());
    }
    let fewer = members.iter().take(count).map(|(name, value)| (name.clone(), value.clone()));
    [more.into(), fewer.collect::<Map<_, _>>().into()]
}
