//! Schemas of older dialects, written in the newest.

use std::collections::{BTreeMap, BTreeSet};

use isomorph_json::Pointer;
use isomorph_schema::{Bundle, Dialect, binds_in, subschemas};
use serde_json::{Map, Value};

use super::local::{definition, is_annotation};

/// The schema in dialect 2020-12. It means the same, but for numbers such as `1.0`, which were no integers in
/// draft 4; see [`can_stand_for`].
pub fn upgrade(schema: &Value, dialect: Dialect) -> Value {
    let Value::Object(keywords) = schema else { return schema.clone() };
    let mut inner = schema.clone();
    for (at, below) in subschemas(schema) {
        if let Some(place) = inner.pointer_mut(at.as_str()) {
            *place = upgrade(below, dialect);
        }
    }
    let mut upgraded = Map::new();
    for (keyword, value) in inner.as_object_mut().into_iter().flatten() {
        let is_known = binds_in(keyword, dialect) || keyword == "format" || keyword == "$ref";
        match (keyword.as_str(), value) {
            ("$schema", _) => drop(upgraded.insert("$schema".to_owned(), Dialect::Draft202012.uri().into())),
            ("definitions" | "$defs", Value::Object(definitions)) => {
                let upgrade =
                    |(name, schema): (&String, &mut Value)| (name.clone(), upgrade(schema, dialect));
                let definitions: Map<_, _> = definitions.iter_mut().map(upgrade).collect();
                upgraded.insert("$defs".to_owned(), definitions.into());
            }
            ("$ref", Value::String(reference)) => {
                let reference = reference.replacen("#/definitions/", "#/$defs/", 1);
                upgraded.insert("$ref".to_owned(), reference.into());
            }
            _ if is_annotation(keyword, true) || !is_known => {}
            ("dependencies", Value::Object(dependencies)) => dependents(dependencies, &mut upgraded),
            ("minimum" | "maximum", bound) if dialect == Dialect::Draft4 => {
                let exclusive = if keyword == "minimum" { "exclusiveMinimum" } else { "exclusiveMaximum" };
                let is_exclusive = keywords.get(exclusive) == Some(&Value::Bool(true));
                upgraded
                    .insert(if is_exclusive { exclusive.to_owned() } else { keyword.clone() }, bound.take());
            }
            ("exclusiveMinimum" | "exclusiveMaximum", _) if dialect == Dialect::Draft4 => {}
            ("items", Value::Array(tuple)) if dialect < Dialect::Draft202012 => {
                upgraded.insert("prefixItems".to_owned(), std::mem::take(tuple).into());
            }
            ("additionalItems", rest) if dialect < Dialect::Draft202012 => {
                if keywords.get("items").is_some_and(Value::is_array) {
                    upgraded.insert("items".to_owned(), rest.take());
                }
            }
            (_, value) => drop(upgraded.insert(keyword.clone(), value.take())),
        }
    }
    upgraded.into()
}

/// `dependencies` were told apart by what stands in them.
fn dependents(dependencies: &Map<String, Value>, upgraded: &mut Map<String, Value>) {
    let (names, schemas): (Vec<_>, Vec<_>) =
        dependencies.iter().partition(|(_, value)| !value.is_object() && !value.is_boolean());
    let list =
        |value: &Value| if value.is_string() { Value::Array(vec![value.clone()]) } else { value.clone() };
    if !names.is_empty() {
        let names: Map<_, _> = names.into_iter().map(|(name, value)| (name.clone(), list(value))).collect();
        upgraded.insert("dependentRequired".to_owned(), names.into());
    }
    if !schemas.is_empty() {
        let schemas: Map<_, _> =
            schemas.into_iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        upgraded.insert("dependentSchemas".to_owned(), schemas.into());
    }
}

/// Where a schema of draft 4 stands in a question of containment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What is asked about: it may be taken to accept more.
    Inner,
    /// What shall accept it: it may be taken to accept less.
    Outer,
}

/// Whether the upgraded schema can stand for a schema in that part of a question. In draft 4 `1.0` is no
/// integer, and an upgraded schema may accept it all the same.
pub fn can_stand_for(schema: &Value, dialect: Dialect, part: Part) -> bool {
    if dialect != Dialect::Draft4 {
        return true;
    }
    let integers = Integers::of(schema);
    !integers.are_in(schema) || part == Part::Inner && !integers.are_turned(schema)
}

/// Which definitions of a schema speak of integers, or refer to what does.
struct Integers<'s>(BTreeSet<&'s str>);

impl<'s> Integers<'s> {
    fn of(root: &'s Value) -> Self {
        let mut users: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut work = Vec::new();
        for (name, schema) in root.get("definitions").and_then(Value::as_object).into_iter().flatten() {
            let texts = texts(schema);
            if texts.contains(&"integer") {
                work.push(name.as_str());
            }
            let targets = texts.into_iter().filter_map(target);
            targets.for_each(|target| users.entry(target).or_default().push(name));
        }
        let mut found = BTreeSet::new();
        while let Some(name) = work.pop() {
            if found.insert(name) {
                work.extend(users.remove(name).unwrap_or_default());
            }
        }
        Self(found)
    }

    /// Whether a part of a schema, or what it refers to, speaks of integers.
    fn are_in(&self, part: &Value) -> bool {
        let speaks = |text: &str| text == "integer" || target(text).is_some_and(|name| self.0.contains(name));
        texts(part).into_iter().any(speaks)
    }

    /// Whether somewhere in a schema more integers accepted inside may be less accepted outside.
    fn are_turned(&self, schema: &Value) -> bool {
        let mut work = vec![schema];
        while let Some(part) = work.pop() {
            match part {
                Value::Array(elements) => work.extend(elements),
                Value::Object(members) => {
                    for (keyword, value) in members {
                        // What is inside such a part is in it as well.
                        if !["not", "oneOf"].contains(&keyword.as_str()) {
                            work.push(value);
                        } else if self.are_in(value) {
                            return true;
                        }
                    }
                }
                _ => {}
            }
        }
        false
    }
}

/// The definition that a reference leads to.
fn target(reference: &str) -> Option<&str> {
    reference.strip_prefix("#/definitions/")
}

/// All texts that are values somewhere in a schema.
fn texts(part: &Value) -> Vec<&str> {
    let mut found = Vec::new();
    let mut work = vec![part];
    while let Some(part) = work.pop() {
        match part {
            Value::String(text) => found.push(text.as_str()),
            Value::Array(elements) => work.extend(elements),
            Value::Object(members) => work.extend(members.values()),
            _ => {}
        }
    }
    found
}

/// A bundle in dialect 2020-12.
pub fn bundle(bundle: &Bundle) -> Bundle {
    Bundle {
        schema: upgrade(&bundle.schema, bundle.dialect),
        dialect: Dialect::Draft202012,
        ..bundle.clone()
    }
}

/// Places of a bundle where an integer is meant, and `1.0` may stand for one unless its dialect is draft 4.
pub fn integers(bundle: &Bundle) -> Vec<Pointer> {
    const MOST: usize = 20;
    let definitions = bundle.schema.get(bundle.keyword()).and_then(Value::as_object);
    let mut work: Vec<(Pointer, &Value)> = vec![(Pointer::root(), &bundle.schema)];
    work.extend(definitions.into_iter().flatten().map(|(name, schema)| (definition(bundle, name), schema)));
    let mut found = Vec::new();
    while let Some((at, schema)) = work.pop() {
        if schema.get("type").and_then(Value::as_str) == Some("integer") {
            found.push(at.clone());
        }
        if found.len() >= MOST {
            break;
        }
        work.extend(subschemas(schema).into_iter().map(|(place, inner)| (at.append(&place), inner)));
    }
    found
}
