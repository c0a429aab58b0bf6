//! Which schemas of a layer bind a part of an instance.

use std::collections::HashSet;

use isomorph_schema::{Key, Location, inside_keywords};
use isomorph_validator::judges_by_pattern;
use jsonschema::Validator;
use serde_json::Value;

use super::layers::Layer;

/// A part of an instance.
#[derive(Clone, Copy)]
pub enum Part<'n> {
    /// The property of this name.
    Property(&'n str),
    /// A property of any name but these.
    Other(&'n HashSet<&'n str>),
    /// The element at this index.
    Element(usize),
    /// Any element.
    Elements,
}

/// A layer, as what binds parts.
pub struct Binding<'l, 'a> {
    layer: &'l Layer<'a>,
    /// The patterns of names, and where their schemas stand.
    patterns: Vec<(Validator, Location)>,
}

/// Keywords for properties that are not declared.
const UNDECLARED: [&str; 2] = ["additionalProperties", "unevaluatedProperties"];
/// Keywords for elements.
const ELEMENTS: [&str; 5] = ["items", "prefixItems", "additionalItems", "contains", "unevaluatedItems"];

impl<'l, 'a> Binding<'l, 'a> {
    /// A layer, without its patterns.
    pub fn of_layer(layer: &'l Layer<'a>) -> Self {
        Self { layer, patterns: Vec::new() }
    }

    /// Whether a layer binds any part.
    pub fn binds_parts(layer: &Layer) -> bool {
        let keywords = ["properties", "patternProperties"].into_iter().chain(UNDECLARED).chain(ELEMENTS);
        keywords.into_iter().any(|keyword| layer.get(keyword).is_some())
    }

    /// The patterns of names that the layer has, and where their schemas stand.
    pub fn patterns_of_layer(&self) -> Vec<(&'a str, Location)> {
        let all = self.layer.get("patternProperties").and_then(Value::as_object);
        let at = self.layer.location.join("patternProperties");
        all.into_iter().flat_map(|all| all.keys()).map(|name| (name.as_str(), at.join(name))).collect()
    }

    /// Takes a pattern into account. One that is none matches nothing.
    pub fn add_pattern(&mut self, pattern: &str, location: Location) {
        self.patterns.extend(judges_by_pattern(pattern).map(|validator| (validator, location)));
    }

    /// The schemas of the layer that bind a part.
    pub fn of(&self, part: Part) -> Vec<Location> {
        match part {
            Part::Property(name) => self.of_property(name),
            Part::Other(names) => self.of_others(names),
            Part::Element(_) | Part::Elements => self.of_element(part),
        }
    }

    /// Whether the layer lets in a property of another name than these: it declares one, has a schema for some, or says that
    /// any may be there.
    pub fn lets_in_others(&self, names: &HashSet<&str>) -> bool {
        let declares = self
            .declared()
            .into_iter()
            .flatten()
            .any(|(name, schema)| !names.contains(name.as_str()) && schema != &Value::Bool(false));
        let patterns = self.layer.get("patternProperties").and_then(Value::as_object);
        let matches = patterns.into_iter().flatten().any(|(_, schema)| schema != &Value::Bool(false));
        let is_open =
            |keyword: &&str| self.layer.get(keyword).is_some_and(|schema| schema != &Value::Bool(false));
        declares || matches || UNDECLARED.iter().any(is_open)
    }

    fn of_property(&self, name: &str) -> Vec<Location> {
        let declared = self.declared().is_some_and(|all| all.contains_key(name));
        let own = declared.then(|| self.layer.location.join("properties").join(name));
        let undeclared = UNDECLARED.into_iter().filter(|keyword| !declared && self.has(keyword));
        let value = (!self.patterns.is_empty()).then(|| Value::from(name));
        let matches = |pattern: &Validator| value.as_ref().is_some_and(|value| pattern.is_valid(value));
        let matching = self.patterns.iter().filter(|(pattern, _)| matches(pattern));
        let undeclared = undeclared.map(|keyword| self.layer.location.join(keyword));
        own.into_iter().chain(undeclared).chain(matching.map(|(_, location)| location.clone())).collect()
    }

    fn of_others(&self, names: &HashSet<&str>) -> Vec<Location> {
        let declared = self.declared().into_iter().flat_map(|all| all.keys());
        let declared = declared.filter(|name| !names.contains(name.as_str()));
        let declared = declared.map(|name| self.layer.location.join("properties").join(name));
        let undeclared = UNDECLARED.into_iter().filter(|keyword| self.has(keyword));
        let undeclared = undeclared.map(|keyword| self.layer.location.join(keyword));
        declared.chain(undeclared).chain(self.patterns.iter().map(|(_, location)| location.clone())).collect()
    }

    fn of_element(&self, part: Part) -> Vec<Location> {
        let inner = inside_keywords(self.layer.keywords, self.layer.dialect).into_iter();
        let inner = inner.filter(|inner| ELEMENTS.contains(&inner.keyword) && self.has(inner.keyword));
        let binds = |key: Option<Key>| match (part, key) {
            (Part::Element(index), Some(key)) => key == Key::Index(index),
            _ => true,
        };
        inner.filter(|inner| binds(inner.key)).map(|inner| inner.location(&self.layer.location)).collect()
    }

    fn declared(&self) -> Option<&'a serde_json::Map<String, Value>> {
        self.layer.get("properties").and_then(Value::as_object)
    }

    fn has(&self, keyword: &str) -> bool {
        self.layer.get(keyword).is_some()
    }
}
