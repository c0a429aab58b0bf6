//! From a value and a schema to what it shows of that schema, and to the values and schemas inside.

use std::collections::HashMap;

use isomorph_json::unescaped;
use isomorph_schema::Types;
use serde_json::{Map, Value};

use super::bits::Bits;
use super::demand::count;
use super::points::{Kind, Point};

/// Where the keywords of a schema lead, by the number of the schema there, and what there is to be shown.
#[derive(Default)]
pub struct Steps<'b> {
    pub target: Option<usize>,
    /// What judges the same value in any case.
    pub all: Vec<usize>,
    /// Branches, and what each shows.
    pub branches: Vec<(usize, Option<usize>)>,
    pub condition: Option<usize>,
    /// What stands under `then` and `else`, and what each shows.
    pub sides: [Option<(usize, Option<usize>)>; 2],
    pub names: Option<usize>,
    pub contains: Option<usize>,
    /// By the name of a property.
    pub dependents: Vec<(String, usize)>,
    properties: HashMap<String, usize>,
    patterns: Vec<(String, usize)>,
    others: Vec<usize>,
    tuple: Vec<usize>,
    rest: Option<usize>,
    shows: Vec<Shows<'b>>,
}

/// What values may show.
enum Shows<'b> {
    Values(HashMap<&'b Value, usize>),
    Type(Types, usize),
    Number(f64, usize),
    Size(Sized, usize, usize),
    /// Whether a property is there, and that it is not.
    There(&'b str, usize),
    Absent(&'b str, usize),
}

#[derive(Clone, Copy)]
enum Sized {
    Text,
    Elements,
    Members,
}

impl<'b> Steps<'b> {
    /// Adds that a keyword leads to a schema, by a name or an index.
    pub fn add(&mut self, keywords: &Map<String, Value>, keyword: &str, key: Option<&str>, to: usize) {
        let name = || unescaped(key.unwrap_or_default()).into_owned();
        let is_tuple = keywords.get("items").is_some_and(Value::is_array);
        match keyword {
            "allOf" => self.all.push(to),
            "anyOf" | "oneOf" => self.branches.push((to, None)),
            "if" => self.condition = Some(to),
            "then" => self.sides[0] = Some((to, None)),
            "else" => self.sides[1] = Some((to, None)),
            "properties" => drop(self.properties.insert(name(), to)),
            "patternProperties" => self.patterns.push((name(), to)),
            "additionalProperties" | "unevaluatedProperties" => self.others.push(to),
            "propertyNames" => self.names = Some(to),
            "dependentSchemas" | "dependencies" => self.dependents.push((name(), to)),
            "contains" => self.contains = Some(to),
            "prefixItems" => self.tuple.push(to),
            "items" if is_tuple && !keywords.contains_key("prefixItems") => self.tuple.push(to),
            "items" if !is_tuple => self.rest = Some(to),
            "additionalItems" if is_tuple => self.rest = Some(to),
            "unevaluatedItems" if !keywords.contains_key("items") => self.rest = Some(to),
            _ => {}
        }
    }

    /// Adds what there is to be shown: points, by their numbers, and those of the schemas that it leads to.
    pub fn say<'p>(
        &mut self,
        keywords: &'b Map<String, Value>,
        points: impl Iterator<Item = (usize, &'p Point)>,
        point: impl Fn(usize) -> Option<usize>,
    ) {
        for (to, shown) in self.branches.iter_mut().chain(self.sides.iter_mut().flatten()) {
            *shown = point(*to);
        }
        let mut values = HashMap::new();
        for (id, said) in points {
            let (around, last) = said.at.rsplit_once('/').unwrap_or_default();
            let value = keywords.get(last);
            match (said.kind, value) {
                (Kind::Value, Some(Value::Array(listed))) => {
                    values.extend(listed.get(said.which).map(|value| (value, id)));
                }
                (Kind::Type, Some(Value::Array(names))) => {
                    self.shows.extend(names.get(said.which).map(|name| Shows::Type(Types::named(name), id)));
                }
                (Kind::Bound, Some(bound)) => self.shows.extend(bound_of(last, bound, id)),
                (Kind::Property, _) => {
                    let declared = keywords.get("properties").and_then(Value::as_object);
                    debug_assert!(around.ends_with("/properties"), "{around}");
                    let name = declared.and_then(|declared| declared.get_key_value(&*unescaped(last)));
                    let Some((name, _)) = name else { continue };
                    self.shows.push(if said.is_absent() {
                        Shows::Absent(name, id)
                    } else {
                        Shows::There(name, id)
                    });
                }
                _ => {}
            }
        }
        if !values.is_empty() {
            self.shows.push(Shows::Values(values));
        }
    }

    /// Adds what a value shows.
    pub fn show(&self, value: &Value, with_properties: bool, shown: &mut Bits) {
        let of = Types::of(value);
        let members = value.as_object();
        for shows in &self.shows {
            let id = match shows {
                Shows::Values(values) => values.get(value).copied(),
                Shows::Type(types, id) => types.meets(of).then_some(*id),
                Shows::Number(bound, id) => (value.as_f64() == Some(*bound)).then_some(*id),
                Shows::Size(sized, bound, id) => (sized.of(value) == Some(*bound)).then_some(*id),
                Shows::There(name, id) | Shows::Absent(name, id) => {
                    let is_there = members.map(|members| members.contains_key(*name));
                    let is_shown = with_properties && is_there == Some(matches!(shows, Shows::There(..)));
                    is_shown.then_some(*id)
                }
            };
            if let Some(id) = id {
                shown.set(id);
            }
        }
    }

    /// The schemas of a property; `matches` says whether a pattern does.
    pub fn property(&self, name: &str, mut matches: impl FnMut(&str, &str) -> bool) -> Vec<usize> {
        let declared = self.properties.get(name).copied();
        let by_pattern =
            self.patterns.iter().filter(|(pattern, _)| matches(pattern, name)).map(|(_, to)| *to);
        let found: Vec<usize> = declared.into_iter().chain(by_pattern).collect();
        if found.is_empty() { self.others.clone() } else { found }
    }

    /// The schema of the element at an index.
    pub fn element(&self, index: usize) -> Option<usize> {
        self.tuple.get(index).copied().or(self.rest)
    }
}

fn bound_of<'b>(keyword: &str, bound: &Value, id: usize) -> Option<Shows<'b>> {
    let sized = match keyword {
        "minimum" | "maximum" => return Some(Shows::Number(bound.as_f64()?, id)),
        "minLength" | "maxLength" => Sized::Text,
        "minItems" | "maxItems" => Sized::Elements,
        _ => Sized::Members,
    };
    Some(Shows::Size(sized, count(bound.as_f64()?), id))
}

impl Sized {
    fn of(self, value: &Value) -> Option<usize> {
        match (self, value) {
            (Self::Text, Value::String(text)) => Some(text.chars().count()),
            (Self::Elements, Value::Array(elements)) => Some(elements.len()),
            (Self::Members, Value::Object(members)) => Some(members.len()),
            _ => None,
        }
    }
}
