//! An instance made by walking the schema. Most are valid; whether one is, the validator says.

use std::collections::BTreeMap;

use isomorph_codegen::Dialect;
use serde_json::{Map, Value, json};

use super::vocabulary::Vocabulary;
use crate::random::dice::Dice;

/// How deep instances are, beyond what is required of them.
const DEPTH: usize = 5;

/// How many schemas may bind one part.
const LAYERS: usize = 24;

/// Walks a schema.
pub struct Walk<'a, 'b> {
    root: &'a Value,
    dialect: Dialect,
    /// Subschemas by their anchors and identifiers.
    targets: BTreeMap<String, &'a Value>,
    vocabulary: &'b Vocabulary,
    dice: &'b mut Dice,
}

/// The schemas that bind a part, and the properties that it needs.
#[derive(Default)]
struct Layers<'a> {
    schemas: Vec<&'a Map<String, Value>>,
    required: Vec<&'a str>,
}

impl<'a, 'b> Walk<'a, 'b> {
    pub fn new(root: &'a Value, dialect: Dialect, vocabulary: &'b Vocabulary, dice: &'b mut Dice) -> Self {
        let mut targets = BTreeMap::new();
        collect(root, &mut targets);
        Self { root, dialect, targets, vocabulary, dice }
    }

    /// An instance.
    pub fn instance(&mut self) -> Value {
        self.value(&[self.root], 0)
    }

    /// A value that all of these schemas bind.
    fn value(&mut self, schemas: &[&'a Value], depth: usize) -> Value {
        let mut layers = Layers::default();
        for schema in schemas {
            self.layer(schema, &mut layers);
        }
        if self.dice.percent(90) {
            if let Some(value) = layers.said("const").next() {
                return value.clone();
            }
            let listed: Vec<_> = layers.said("enum").filter_map(Value::as_array).collect();
            if let Some(values) = listed.first().filter(|values| !values.is_empty()) {
                let in_all = |value: &&Value| listed.iter().all(|list| list.contains(value));
                let common: Vec<_> = values.iter().filter(in_all).cloned().collect();
                return if common.is_empty() { self.dice.one(values) } else { self.dice.one(&common) };
            }
        }
        let kind = self.kind(&layers);
        match kind.as_str() {
            "object" => self.object(&layers, depth),
            "array" => self.array(&layers, depth),
            "string" => self.string(&layers),
            "integer" => self.number(&layers, true),
            "number" => self.number(&layers, false),
            "boolean" => self.dice.percent(50).into(),
            "null" => Value::Null,
            _ => self.vocabulary.value(self.dice),
        }
    }

    fn layer(&mut self, schema: &'a Value, layers: &mut Layers<'a>) {
        let Value::Object(keywords) = schema else { return };
        if layers.schemas.len() >= LAYERS {
            return;
        }
        layers.schemas.push(keywords);
        for keyword in ["$ref", "$dynamicRef", "$recursiveRef"] {
            let target = keywords.get(keyword).and_then(Value::as_str).and_then(|to| self.target(to));
            if let Some(target) = target {
                self.layer(target, layers);
            }
        }
        if self.dialect.reference_stands_alone() && keywords.contains_key("$ref") {
            return;
        }
        let names = keywords.get("required").and_then(Value::as_array);
        layers.required.extend(names.into_iter().flatten().filter_map(Value::as_str));
        for schema in keywords.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            self.layer(schema, layers);
        }
        for keyword in ["anyOf", "oneOf"] {
            let branches = keywords.get(keyword).and_then(Value::as_array).filter(|some| !some.is_empty());
            if let Some(branches) = branches {
                let taken = self.dice.below(branches.len());
                self.layer(&branches[taken], layers);
            }
        }
        let choice = if self.dice.percent(60) { ["if", "then"] } else { ["else", "else"] };
        for schema in choice.into_iter().filter_map(|keyword| keywords.get(keyword)) {
            if keywords.contains_key("if") || self.dice.percent(20) {
                self.layer(schema, layers);
            }
        }
        for keyword in ["dependentSchemas", "dependencies"] {
            for (name, schema) in keywords.get(keyword).and_then(Value::as_object).into_iter().flatten() {
                if self.dice.percent(50) {
                    layers.required.push(name);
                    self.layer(schema, layers);
                }
            }
        }
    }

    fn target(&self, reference: &str) -> Option<&'a Value> {
        if let Some(target) = self.targets.get(reference) {
            return Some(target);
        }
        let (_, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        if let Some(target) = self.targets.get(&format!("#{fragment}")) {
            return Some(target);
        }
        self.root.pointer(&fragment.replace("%25", "%"))
    }

    fn kind(&mut self, layers: &Layers) -> String {
        let said: Vec<Vec<&str>> = layers
            .said("type")
            .map(|types| match types {
                Value::String(one) => vec![one.as_str()],
                Value::Array(some) => some.iter().filter_map(Value::as_str).collect(),
                _ => Vec::new(),
            })
            .collect();
        if let Some(first) = said.first() {
            let in_all = |kind: &&&str| {
                said.iter()
                    .all(|some| some.contains(*kind) || (**kind == "integer" && some.contains(&"number")))
            };
            let common: Vec<_> = first.iter().filter(in_all).copied().collect();
            return self.dice.one(if common.is_empty() { first } else { &common }).to_owned();
        }
        let speaks = [
            ("properties", "object"),
            ("required", "object"),
            ("additionalProperties", "object"),
            ("patternProperties", "object"),
            ("minProperties", "object"),
            ("propertyNames", "object"),
            ("items", "array"),
            ("prefixItems", "array"),
            ("contains", "array"),
            ("minimum", "number"),
            ("multipleOf", "number"),
            ("minLength", "string"),
            ("pattern", "string"),
        ];
        let spoken = speaks.iter().find(|(keyword, _)| layers.said(keyword).next().is_some());
        spoken.filter(|_| self.dice.percent(92)).map_or("", |(_, kind)| kind).to_owned()
    }

    fn object(&mut self, layers: &Layers<'a>, depth: usize) -> Value {
        let mut declared: BTreeMap<&str, Vec<&'a Value>> = BTreeMap::new();
        for (name, schema) in layers.said("properties").filter_map(Value::as_object).flatten() {
            declared.entry(name).or_default().push(schema);
        }
        let rest: Vec<&Value> = layers.said("additionalProperties").collect();
        let mut members = Map::new();
        let share = self.dice.one(&[20, 60, 60, 90]);
        for (name, schemas) in &declared {
            let is_required = layers.required.contains(name);
            let is_taken =
                depth < DEPTH && self.dice.percent(share) && !schemas.iter().any(|schema| is_false(schema));
            if is_required || is_taken {
                let value = if depth < 3 * DEPTH { self.value(schemas, depth + 1) } else { json!({}) };
                members.insert((*name).to_owned(), value);
            }
        }
        for name in &layers.required {
            if !declared.contains_key(name) {
                let value = self.value(&rest, depth + 1);
                members.insert((*name).to_owned(), value);
            }
        }
        let patterns: Vec<(&String, &Value)> =
            layers.said("patternProperties").filter_map(Value::as_object).flatten().collect();
        if depth < DEPTH && !patterns.is_empty() && self.dice.percent(60) {
            let (pattern, schema) = self.dice.one(&patterns);
            let name = ["a", "b", "z", "x-1", "ab", "c"].into_iter().find(|word| matches(pattern, word));
            members.insert(name.unwrap_or("a").to_owned(), self.value(&[schema], depth + 1));
        }
        let is_closed = rest.iter().any(|schema| is_false(schema));
        let least = layers.said("minProperties").filter_map(Value::as_u64).max().unwrap_or_default();
        let wants_more =
            |members: &Map<String, Value>| u64::try_from(members.len()).unwrap_or_default() < least;
        let more = if is_closed { 4 } else { 25 };
        if wants_more(&members) || (self.dice.percent(more) && depth < DEPTH) {
            let name = self.vocabulary.name(self.dice);
            let bound: Vec<&Value> = declared.get(name.as_str()).cloned().unwrap_or(rest);
            let value = self.value(&bound, depth + 1);
            members.insert(name, value);
        }
        Value::Object(members)
    }

    fn array(&mut self, layers: &Layers<'a>, depth: usize) -> Value {
        let first: Vec<&'a Vec<Value>> = ["prefixItems", "items"]
            .iter()
            .flat_map(|name| layers.said(name))
            .filter_map(Value::as_array)
            .collect();
        let mut rest: Vec<&'a Value> = layers.said("items").filter(|items| !items.is_array()).collect();
        rest.extend(layers.said("additionalItems").filter(|_| !first.is_empty()));
        let least = layers.said("minItems").filter_map(Value::as_u64).max().unwrap_or_default();
        let least = usize::try_from(least).unwrap_or_default();
        let wanted = if depth < DEPTH { least.max(self.dice.below(4)) } else { least };
        let mut elements = Vec::new();
        for index in 0..wanted {
            let mut bound: Vec<&Value> = first.iter().filter_map(|tuple| tuple.get(index)).collect();
            if bound.is_empty() {
                bound.clone_from(&rest);
            }
            if self.dice.percent(40) {
                bound.extend(layers.said("contains"));
            }
            elements.push(self.value(&bound, depth + 1));
        }
        Value::Array(elements)
    }

    fn string(&mut self, layers: &Layers) -> Value {
        let least = layers.said("minLength").filter_map(Value::as_u64).max().unwrap_or_default();
        let pattern = layers.said("pattern").find_map(Value::as_str);
        let words = ["a", "b", "", "ab", "xyz", "12", "é", "2020-01-01T00:00:00Z"];
        let fits = |word: &&&str| {
            u64::try_from(word.chars().count()).unwrap_or_default() >= least
                && pattern.is_none_or(|pattern| matches(pattern, word))
        };
        let fitting: Vec<_> = words.iter().filter(fits).copied().collect();
        self.dice.one(if fitting.is_empty() { &words } else { &fitting }).into()
    }

    fn number(&mut self, layers: &Layers, is_whole: bool) -> Value {
        let bounds = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];
        let mut near: Vec<Value> = [0.0, 1.0, 2.0, 4.0, 5.0].map(|number: f64| json!(number)).to_vec();
        for bound in bounds.iter().flat_map(|name| layers.said(name)).filter_map(Value::as_f64) {
            near.extend([json!(bound), json!(bound + 1.0), json!(bound - 1.0)]);
        }
        if !is_whole {
            near.push(json!(1.5));
        }
        let number = self.dice.one(&near).as_f64().unwrap_or_default();
        if number.fract() == 0.0 && self.dice.percent(65) {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "it is near the small bounds of a random schema"
            )]
            return json!(number as i64);
        }
        json!(number)
    }
}

impl<'a> Layers<'a> {
    fn said(&self, keyword: &str) -> impl Iterator<Item = &'a Value> {
        self.schemas.iter().filter_map(move |keywords| keywords.get(keyword))
    }
}

fn is_false(schema: &Value) -> bool {
    *schema == Value::Bool(false)
}

/// Whether one of the patterns of random schemas matches a word. What is no such pattern matches nothing.
fn matches(pattern: &str, word: &str) -> bool {
    let is_lower = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
    match pattern {
        "^a" => word.starts_with('a'),
        "^[a-z]+$" => is_lower(word),
        "^[a-z]$" => is_lower(word) && word.len() == 1,
        "b$" => word.ends_with('b'),
        "c$" => word.ends_with('c'),
        "^$" => word.is_empty(),
        "^\\d+$" => !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()),
        "a|b" => word.contains(['a', 'b']),
        "b" => word.contains('b'),
        "z" => word.contains('z'),
        "^x-" => word.starts_with("x-"),
        _ => false,
    }
}

fn collect<'a>(schema: &'a Value, targets: &mut BTreeMap<String, &'a Value>) {
    match schema {
        Value::Object(keywords) => {
            for keyword in ["$anchor", "$dynamicAnchor"] {
                if let Some(name) = keywords.get(keyword).and_then(Value::as_str) {
                    targets.entry(format!("#{name}")).or_insert(schema);
                }
            }
            for id in ["$id", "id"].iter().filter_map(|keyword| keywords.get(*keyword)?.as_str()) {
                targets.entry(id.rsplit('/').next().unwrap_or(id).to_owned()).or_insert(schema);
            }
            keywords.values().for_each(|inner| collect(inner, targets));
        }
        Value::Array(elements) => elements.iter().for_each(|inner| collect(inner, targets)),
        _ => {}
    }
}
