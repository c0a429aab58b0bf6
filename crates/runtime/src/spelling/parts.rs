//! Objects that the source puts together of parts.

use std::cell::RefCell;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Number, Value, json};

use super::null::admits_null;

/// A schema of an `allOf`, and what it says of an object.
#[derive(Debug, Clone, Copy)]
pub struct OnePart<'a> {
    /// Where it leads, if it does not stand here.
    pub refers: Option<Elsewhere<'a>>,
    /// The properties that it declares.
    pub declares: &'a [&'a str],
    /// The properties that it requires.
    pub requires: &'a [&'a str],
}

/// A schema that stands elsewhere.
#[derive(Debug, Clone, Copy)]
pub struct Elsewhere<'a> {
    /// The reference to it.
    pub reference: &'a str,
    /// The digest of what the type says of its properties.
    pub digest: u64,
    /// Has a generator know it, which no field does.
    pub mention: Mention,
}

/// Has a generator know a type.
pub type Mention = fn(&mut SchemaGenerator);

/// Puts an object together of parts, as the source does: properties move into the schemas of an `allOf`, and those that
/// another schema declares become a reference to it.
///
/// That is done only if the type has all these properties, and says of those that become a reference what it said when
/// this was written, which a digest tells. Otherwise all stays as it is.
pub fn parts(all: &[OnePart]) -> impl FnMut(&mut Schema) {
    move |schema| {
        let Some(keywords) = schema.as_object_mut() else { return };
        let Some(made) = all.iter().map(|part| made(keywords, part)).collect::<Option<Vec<_>>>() else {
            return;
        };
        leave(keywords, "properties", |name| all.iter().any(|part| part.declares.contains(&name)));
        leave(keywords, "required", |name| all.iter().any(|part| part.requires.contains(&name)));
        keywords.insert("allOf".to_owned(), made.into());
    }
}

thread_local! {
    /// What was referred to, as long as somebody asks.
    static MENTIONED: RefCell<Option<Vec<Mention>>> = const { RefCell::new(None) };
}

/// Has a generator know a type.
pub fn mention<T: JsonSchema>(generator: &mut SchemaGenerator) {
    generator.subschema_for::<T>();
}

/// `{"allOf": [{"$ref": …}], "additionalProperties": false}` → the same without `additionalProperties`, where a schema of the
/// `allOf` says it. A type that is open says so then, and not what the source does.
pub fn closed_elsewhere(schema: &mut Schema) {
    let refers = |all: &[Value]| all.iter().any(|one| one.get("$ref").is_some());
    if !schema.get("allOf").and_then(Value::as_array).is_some_and(|all| refers(all)) {
        return;
    }
    match schema.get("additionalProperties") {
        Some(Value::Bool(false)) => drop(schema.remove("additionalProperties")),
        Some(_) => {}
        None => drop(schema.insert("additionalProperties".into(), true.into())),
    }
}

/// `{"properties": …, "additionalProperties": false}` → `{"properties": …, "unevaluatedProperties": false}`, which sees what
/// other schemas evaluate too. A type that is open stays so.
pub fn closed_at_last(schema: &mut Schema) {
    if schema.get("additionalProperties") == Some(&Value::Bool(false)) {
        schema.remove("additionalProperties");
        schema.insert("unevaluatedProperties".into(), false.into());
    }
}

/// Has the generator that asks know types which only what an entry says refers to.
pub fn mentions(all: &[Mention]) -> impl FnMut(&mut Schema) {
    move |_| MENTIONED.with_borrow_mut(|mentioned| mentioned.iter_mut().for_each(|known| known.extend(all)))
}

/// What `say` says with a generator, which then knows what became a reference too.
pub(crate) fn with_parts<S>(
    generator: &mut SchemaGenerator,
    say: impl FnOnce(&mut SchemaGenerator) -> S,
) -> S {
    let around = MENTIONED.replace(Some(Vec::new()));
    let said = say(generator);
    while let Some(mention) = MENTIONED.with_borrow_mut(|all| all.as_mut().and_then(Vec::pop)) {
        mention(generator);
    }
    MENTIONED.set(around);
    said
}

/// A part, if the type has all of it.
fn made(keywords: &Map<String, Value>, part: &OnePart) -> Option<Value> {
    let properties = keywords.get("properties").and_then(Value::as_object);
    let mut declared = Map::new();
    for name in part.declares {
        declared.insert((*name).to_owned(), properties?.get(*name)?.clone());
    }
    if let Some(Elsewhere { reference, digest, mention }) = part.refers {
        let is_same = parts_digest(keywords, part.declares) == digest;
        is_same.then(|| MENTIONED.with_borrow_mut(|all| all.iter_mut().for_each(|all| all.push(mention))));
        return is_same.then(|| json!({"$ref": reference}));
    }
    let listed = keywords.get("required").and_then(Value::as_array);
    let is_required = |name: &&&str| {
        let is_listed = listed.is_some_and(|names| names.iter().any(|listed| listed == **name));
        // What may be null the derive does not list.
        let property = properties.and_then(|all| all.get(**name));
        is_listed
            || property.is_some_and(|property| admits_null(property) && property.get("default").is_none())
    };
    let required: Vec<_> = part.requires.iter().filter(is_required).collect();
    if part.declares.is_empty() && part.requires.is_empty() {
        return Some(json!({}));
    }
    let mut made = json!({"type": "object"});
    if !declared.is_empty() {
        made["properties"] = declared.into();
    }
    if !required.is_empty() {
        made["required"] = json!(required);
    }
    Some(made)
}

/// Takes out of a keyword what is in a part.
fn leave(keywords: &mut Map<String, Value>, keyword: &str, is_in_part: impl Fn(&str) -> bool) {
    let is_empty = match keywords.get_mut(keyword) {
        Some(Value::Object(properties)) => {
            properties.retain(|name, _| !is_in_part(name));
            properties.is_empty()
        }
        Some(Value::Array(names)) => {
            names.retain(|name| !name.as_str().is_some_and(&is_in_part));
            names.is_empty()
        }
        _ => false,
    };
    if is_empty {
        keywords.remove(keyword);
    }
}

/// A number that tells what a schema says of these properties: whether they are required, and their schemas.
pub fn parts_digest(keywords: &Map<String, Value>, names: &[&str]) -> u64 {
    let required = keywords.get("required").and_then(Value::as_array);
    let mut digest = Digest::new();
    for name in names {
        let is_required = required.is_some_and(|all| all.iter().any(|required| required == name));
        digest.text(name);
        digest.text(if is_required { "required" } else { "optional" });
        digest.value(&keywords.get("properties").and_then(|all| all.get(*name)).cloned().unwrap_or_default());
    }
    digest.0
}

/// Fowler, Noll and Vo's hash (1a). It is to notice a change, not to withstand who wants to go unnoticed.
struct Digest(u64);

impl Digest {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn text(&mut self, text: &str) {
        // No text of another length is the beginning of it.
        for byte in text.len().to_le_bytes().iter().chain(text.as_bytes()) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// Elements in whatever order.
    fn set(&mut self, elements: &[Value]) {
        let mut each: Vec<_> = elements
            .iter()
            .map(|element| {
                let mut alone = Self::new();
                alone.value(element);
                alone.0
            })
            .collect();
        each.sort_unstable();
        self.text("[");
        for one in each {
            self.text(&one.to_string());
        }
        self.text("]");
    }

    /// In whatever order keys are kept. References are told by where they end: how they begin is the document's.
    fn value(&mut self, value: &Value) {
        match value {
            Value::Object(members) => {
                let mut members: Vec<_> = members.iter().collect();
                members.sort_by_key(|(name, _)| *name);
                self.text("{");
                for (name, value) in members {
                    self.text(name);
                    match value {
                        Value::String(reference) if name == "$ref" => {
                            self.text(reference.rsplit('/').next().unwrap_or_default());
                        }
                        Value::Array(elements) if SETS.contains(&name.as_str()) => self.set(elements),
                        value => self.value(value),
                    }
                }
                self.text("}");
            }
            Value::Array(elements) => {
                self.text("[");
                for element in elements {
                    self.value(element);
                }
                self.text("]");
            }
            Value::Number(number) => match whole(number) {
                Some(whole) => self.text(&whole.to_string()),
                None => self.text(&number.to_string()),
            },
            scalar => self.text(&scalar.to_string()),
        }
    }
}

/// The keywords whose elements a derive may list in another order than the source.
const SETS: [&str; 3] = ["type", "enum", "required"];

/// A number that a type writes with a fraction of nothing: its source may not.
#[allow(clippy::cast_possible_truncation, reason = "it is small")]
fn whole(number: &Number) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let value = number.as_f64().filter(|value| number.is_f64() && value.fract() == 0.0)?;
    (value.abs() < EXACT).then_some(value as i64)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Elsewhere, OnePart, parts, parts_digest};

    fn said() -> Value {
        json!({
            "type": "object",
            "properties": {"a": {"$ref": "#/$defs/A"}, "b": {"type": ["string", "null"]}, "c": true, "d": {"type": "string"}},
            "required": ["a", "d"],
            "title": "T",
        })
    }

    fn put_together(mut said: Value, digest: u64) -> Value {
        let refers = Some(Elsewhere { reference: "#/$defs/Base", digest, mention: |_| () });
        let all = [
            OnePart { refers, declares: &["a", "b"], requires: &["a"] },
            OnePart { refers: None, declares: &["c"], requires: &["c", "d", "b"] },
        ];
        parts(&all)((&mut said).try_into().expect("a schema"));
        said
    }

    #[test]
    fn properties_move_into_parts_and_what_another_schema_declares_becomes_a_reference() {
        let digest = parts_digest(said().as_object().expect("an object"), &["a", "b"]);
        let expected = json!({
            "type": "object",
            "title": "T",
            "allOf": [
                {"$ref": "#/$defs/Base"},
                {"type": "object", "properties": {"c": true}, "required": ["d", "b"]},
            ],
            "properties": {"d": {"type": "string"}},
        });
        assert_eq!(put_together(said(), digest), expected);
    }

    #[test]
    fn what_a_derive_may_write_otherwise_is_the_same() {
        let of =
            |a: Value| parts_digest(json!({ "properties": { "a": a } }).as_object().expect("one"), &["a"]);
        for (one, other) in [
            (json!({"type": ["string", "null"]}), json!({"type": ["null", "string"]})),
            (json!({"enum": [1, "a"], "default": 60}), json!({"default": 60.0, "enum": ["a", 1]})),
        ] {
            assert_eq!(of(one.clone()), of(other), "{one}");
        }
        for (one, other) in [
            (json!({"type": ["string", "null"]}), json!({"type": ["string"]})),
            (json!({"default": [1, 2]}), json!({"default": [2, 1]})),
            (json!({"default": 60.5}), json!({"default": 60})),
        ] {
            assert_ne!(of(one.clone()), of(other), "{one}");
        }
    }

    #[test]
    fn a_type_that_changed_stays_as_it_is() {
        let digest = parts_digest(said().as_object().expect("an object"), &["a", "b"]);
        let changes: [fn(&mut Value); 5] = [
            |said| said["properties"]["b"] = json!({"type": ["integer", "null"]}),
            |said| said["properties"]["a"] = json!({"$ref": "#/$defs/B"}),
            |said| said["required"] = json!(["d"]),
            |said| said["properties"]["a"]["description"] = json!("other words"),
            |said| drop(said["properties"].as_object_mut().expect("an object").remove("c")),
        ];
        for change in changes {
            let mut other = said();
            change(&mut other);
            assert_eq!(put_together(other.clone(), digest), other);
        }
    }
}
