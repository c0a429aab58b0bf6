//! Which properties a guard looks at, in a value and in all that it holds: whether others are there makes no difference to
//! it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use isomorph_schema::{Inner, Location, Target, inside_keywords};
use serde_json::{Map, Value};

use super::builder::Builder;
use super::definition::Definition;
use super::definition_id::DefinitionId;
use super::layers::{self, Layer};
use crate::error::Error;
use crate::pattern::Compiled;

/// How many schemas are gone through for all guards. Of what is beyond nothing is known.
const MOST: usize = 200_000;

/// What an object says of all properties that it does not name.
const OTHERS: &str = "additionalProperties";

/// How many patterns a name is held against. Of more, one may match.
const MOST_PATTERNS: usize = 64;

/// The names of properties that guards look at.
#[derive(Default)]
pub struct LookedAt {
    names: BTreeSet<String>,
    patterns: BTreeMap<String, Compiled>,
    /// What is declared beside what definitions say of all other properties.
    declared: HashMap<DefinitionId, BTreeSet<String>>,
    seen: HashSet<Location>,
}

impl LookedAt {
    /// Whether a property of this name is looked at, of a definition.
    pub fn has(&self, id: DefinitionId, name: &str) -> bool {
        let matches = |pattern: &Compiled| pattern.is_match(name) != Some(false);
        self.names.contains(name)
            || self.declared.get(&id).is_some_and(|declared| !declared.contains(name))
            || self.patterns.len() > MOST_PATTERNS
            || self.patterns.values().any(matches)
    }

    /// Adds what the guard of a definition looks at; `false` if that may be any property.
    ///
    /// # Errors
    ///
    /// If a reference leads nowhere.
    pub fn add(&mut self, builder: &Builder, definition: &Definition) -> Result<bool, Error> {
        // What is spread over a branch stands elsewhere.
        let reasons: Option<BTreeSet<&str>> = definition.guard.iter().map(|reason| reason.name()).collect();
        let Some(reasons) = reasons.filter(|_| definition.says.is_none()) else { return Ok(false) };
        let layers = layers::collect(builder.documents, &builder.resolver, &definition.location)?;
        let is_told = |keyword: &&'static str| matches!(*keyword, "properties" | "required");
        if layers.never || !layers.left_out.iter().all(is_told) {
            return Ok(false);
        }
        let mut next = Vec::new();
        let names = |layer: &Layer| -> BTreeSet<String> {
            let all = layer.get("properties").and_then(Value::as_object);
            all.into_iter().flat_map(Map::keys).cloned().collect()
        };
        for layer in &layers.all {
            if reasons.contains(OTHERS) && layer.get(OTHERS).is_some() {
                let known = self.declared.entry(definition.id).or_insert_with(|| names(layer));
                known.retain(|name| layer.get("properties").is_some_and(|all| all.get(name).is_some()));
            }
            let is_asked = |keyword: &str| keyword != OTHERS && reasons.contains(keyword);
            if !self.look(builder, layer, &is_asked, &mut next)? {
                return Ok(false);
            }
            next.extend(layer.get(OTHERS).map(|_| layer.location.join(OTHERS)));
        }
        while let Some(location) = next.pop() {
            if !self.seen.insert(location.clone()) {
                continue;
            }
            let Some(layer) = builder.layer(&location) else { continue };
            if self.seen.len() > MOST || !self.look(builder, &layer, &|_| true, &mut next)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Adds what these keywords of a schema look at, and the schemas that they lead to; `false` if that may be any property.
    fn look(
        &mut self,
        builder: &Builder,
        layer: &Layer,
        is_asked: &dyn Fn(&str) -> bool,
        next: &mut Vec<Location>,
    ) -> Result<bool, Error> {
        let asked: Vec<_> =
            layer.keywords.keys().map(String::as_str).filter(|keyword| is_asked(keyword)).collect();
        for keyword in asked.into_iter().filter(|keyword| layer.get(keyword).is_some()) {
            if builder.documents[layer.location.document].is_custom || !self.look_by(layer, keyword) {
                return Ok(false);
            }
            if keyword == "$ref"
                && let Some(reference) = layer.get(keyword).and_then(Value::as_str)
            {
                match builder.resolver.follow(&layer.location, reference)? {
                    Target::Here(target) => next.push(target),
                    Target::Anything => {}
                    Target::MetaSchema | Target::Missing => return Ok(false),
                }
            }
        }
        let inner = inside_keywords(layer.keywords, layer.dialect);
        let inner = inner.iter().filter(|inner| is_asked(inner.keyword) && !inner.is_definition());
        next.extend(inner.map(|inner: &Inner| inner.location(&layer.location)));
        Ok(true)
    }

    /// Adds the names that a keyword says; `false` if it may look at any property.
    fn look_by(&mut self, layer: &Layer, keyword: &str) -> bool {
        let Some(value) = layer.get(keyword) else { return true };
        let members = || value.as_object().into_iter().flat_map(Map::keys).cloned();
        let listed = |value: &Value| -> Vec<String> {
            value.as_array().into_iter().flatten().filter_map(Value::as_str).map(ToOwned::to_owned).collect()
        };
        match keyword {
            "properties" | "dependentSchemas" => self.names.extend(members()),
            "patternProperties" => {
                let new: Vec<_> = members().filter(|pattern| !self.patterns.contains_key(pattern)).collect();
                self.patterns
                    .extend(new.into_iter().map(|pattern| (pattern.clone(), Compiled::new(&pattern))));
            }
            "required" => self.names.extend(listed(value)),
            "dependentRequired" | "dependencies" => {
                self.names.extend(members());
                self.names.extend(value.as_object().into_iter().flat_map(Map::values).flat_map(listed));
            }
            "const" => return !has_parts(value),
            "enum" => return !value.as_array().is_some_and(|all| all.iter().any(has_parts)),
            "additionalProperties" | "unevaluatedProperties" => return *value == Value::Bool(true),
            "uniqueItems" => return *value == Value::Bool(false),
            "propertyNames" | "minProperties" | "maxProperties" | "$dynamicRef" | "$recursiveRef" => {
                return false;
            }
            _ => {}
        }
        true
    }
}

fn has_parts(value: &Value) -> bool {
    matches!(value, Value::Object(_) | Value::Array(_))
}
