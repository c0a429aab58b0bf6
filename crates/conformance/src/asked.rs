//! What must come back of an instance: what the schemas declare that the validator says were applied to it, and what
//! they let in.
//!
//! The validator tells which schemas were applied where, through references of every kind, branches and conditions;
//! what they say is asked of themselves. Its annotations do not tell: where `additionalProperties` is `false` or a
//! schema it makes none.

use std::collections::{BTreeMap, BTreeSet};

use isomorph_codegen::{Document, binds};
use isomorph_json::work::{parts, within};
use isomorph_json::{escaped, unescaped};
use isomorph_validator::{Counted, ValueNode, encode_references};
use jsonschema::{Evaluation, OutputUnit, Validator};
use referencing::{Registry, RegistryBuilder, SPECIFICATIONS};
use serde_json::Value;

/// The documents, to look schemas up by where the validator says that they stand.
pub struct Schemas {
    registry: Registry<'static>,
}

/// What must come back.
#[derive(Debug, Default)]
pub struct Asked {
    /// The names of properties, by the instance location of their object.
    names: BTreeMap<String, BTreeSet<String>>,
    /// Values of which some schema says something, by their instance location.
    said: BTreeSet<String>,
    /// Values that some schema lets in whatever they are.
    let_in: BTreeSet<String>,
}

impl Schemas {
    /// The schemas in these documents; `None` if they cannot be told apart.
    pub fn of(documents: &[Document]) -> Option<Self> {
        let all = documents.iter().map(|document| {
            let mut root = document.root.clone();
            encode_references(&mut root);
            if let Value::Object(keywords) = &mut root {
                keywords.entry("$schema").or_insert_with(|| document.dialect.uri().into());
            }
            (document.uri.clone(), root)
        });
        let registry = SPECIFICATIONS.extend(all).and_then(RegistryBuilder::prepare).ok()?;
        Some(Self { registry })
    }

    /// The schema at an absolute location.
    fn at(&self, location: &str) -> Option<&Value> {
        let (uri, fragment) = location.split_once('#')?;
        let resolver = self.registry.resolver(referencing::uri::from_str(uri).ok()?);
        resolver.lookup(&format!("#{fragment}")).ok().map(|found| found.contents())
    }
}

/// How often it may be looked at an instance, and at each value in it, to say what the validator does: each look that
/// comes to something is remembered with its place.
const LOOKS: u64 = 100_000;
const LOOKS_AT_EACH: u64 = 200;

/// What the validator says of an instance; `None` if that takes too much: it follows each way through a recursion anew.
pub fn evaluation(validator: &Validator<Counted>, instance: &Value) -> Option<Evaluation> {
    let limit = LOOKS.max(LOOKS_AT_EACH.saturating_mul(parts(instance) as u64));
    within(limit, || validator.evaluate(ValueNode(instance))).map(|(evaluation, _)| evaluation)
}

impl Asked {
    /// What must come back of an instance that the validator accepts.
    pub fn of(evaluation: &Evaluation, schemas: &Schemas, instance: &Value) -> Self {
        let mut asked = Self::default();
        asked.applied(schemas, instance, evaluation.root(), true);
        asked
    }

    /// The same by what the validator's annotations say alone.
    pub fn annotated(evaluation: &Evaluation) -> Self {
        let mut asked = Self::default();
        for entry in evaluation.iter_annotations() {
            let keyword = entry.schema_location.rsplit('/').next().unwrap_or_default();
            let names = entry.annotations.value().as_array().filter(|_| keyword.ends_with("roperties"));
            let names = names.into_iter().flatten().filter_map(Value::as_str).map(ToOwned::to_owned);
            asked.names.entry(entry.instance_location.as_str().to_owned()).or_default().extend(names);
        }
        asked
    }

    /// What a unit of the evaluation asks for. It is a schema's, or a keyword's.
    fn applied(&mut self, schemas: &Schemas, instance: &Value, unit: OutputUnit, is_schema: bool) {
        let at = unit.instance_location().as_str();
        if is_schema {
            self.says(schemas.at(unit.schema_location()), instance, at);
        }
        for inner in unit.children().filter(OutputUnit::valid) {
            let below = inner.instance_location().as_str();
            if below != at
                && let Some((object, name)) = below.rsplit_once('/')
            {
                self.names.entry(object.to_owned()).or_default().insert(unescaped(name).into_owned());
            }
            // Of a reference there is no unit but that of the schema where it leads.
            let keyword = inner.evaluation_path().as_str().rsplit('/').next().unwrap_or_default();
            let refers = matches!(keyword, "$ref" | "$dynamicRef" | "$recursiveRef");
            self.applied(schemas, instance, inner, !is_schema || refers);
        }
    }

    /// What a schema says of the value at a place.
    fn says(&mut self, schema: Option<&Value>, instance: &Value, at: &str) {
        /// What says nothing but what other schemas say.
        const ELSEWHERE: [&str; 9] =
            ["$ref", "$dynamicRef", "$recursiveRef", "allOf", "anyOf", "oneOf", "if", "then", "else"];
        let Some(schema) = schema else { return };
        let mut keywords = schema.as_object().into_iter().flatten().map(|(keyword, _)| keyword.as_str());
        let says = keywords.any(|keyword| binds(keyword) && !ELSEWHERE.contains(&keyword));
        if says { &mut self.said } else { &mut self.let_in }.insert(at.to_owned());
        let opens = |keyword: &str| schema.get(keyword).is_some_and(allows_all);
        if (opens("additionalProperties") || opens("unevaluatedProperties"))
            && let Some(Value::Object(members)) = instance.pointer(at)
        {
            let names = self.names.entry(at.to_owned()).or_default();
            names.extend(members.keys().cloned());
            self.let_in.extend(members.keys().map(|name| inside(at, name)));
        }
    }

    /// Whether a property of the object at a place must come back.
    pub fn must(&self, at: &str, name: &str) -> bool {
        self.names.get(at).is_some_and(|names| names.contains(name))
    }

    /// Whether all of the value at a place must come back: it is let in, and no schema says anything of it.
    pub fn is_whole(&self, at: &str) -> bool {
        self.let_in.contains(at) && !self.said.contains(at)
    }

    /// How many properties of an instance must come back.
    pub fn count(&self, instance: &Value) -> usize {
        self.count_at(instance, "", false)
    }

    fn count_at(&self, value: &Value, at: &str, whole: bool) -> usize {
        let whole = whole || self.is_whole(at);
        match value {
            Value::Object(members) => {
                let counts = members.iter().map(|(name, value)| {
                    usize::from(whole || self.must(at, name)) + self.count_at(value, &inside(at, name), whole)
                });
                counts.sum()
            }
            Value::Array(elements) => {
                let elements = elements.iter().enumerate();
                elements
                    .map(|(index, value)| self.count_at(value, &inside(at, &index.to_string()), whole))
                    .sum()
            }
            _ => 0,
        }
    }
}

fn allows_all(schema: &Value) -> bool {
    *schema == true || schema.as_object().is_some_and(serde_json::Map::is_empty)
}

/// The place of a member or element.
pub fn inside(at: &str, segment: &str) -> String {
    format!("{at}/{}", escaped(segment))
}
