//! Objects: structs and maps.

use std::collections::BTreeSet;

use isomorph_schema::{Location, Types};
use serde_json::{Map, Value};

use super::builder::Builder;
use super::compose::Composition;
use super::composed::Composed;
use super::form::{Check, Form, Object, Property, Rest, Subschema};
use super::holder::Key;
use super::implied::lists_within;
use super::kept_as;
use super::layers::Layer;
use super::others::{are_closed, asks_no_more, is_closed_by_rest};
use super::position::Position;
use super::scalars::counts;
use crate::error::Error;
use crate::names::type_ident;
use crate::pattern::matches_all;
use crate::settings::Undeclared;

impl<'a> Builder<'a> {
    pub(super) fn object(
        &mut self,
        composition: &mut Composition<'a>,
        position: &Position,
    ) -> Result<Composed, Error> {
        let properties = self.properties(composition, position)?;
        let fields: BTreeSet<&str> = properties.iter().map(|property| property.name.as_str()).collect();
        let rest = self.rest(composition, position, &fields)?;
        let key = if properties.is_empty() { kept_as::key(composition, self.settings) } else { Key::Text };
        let has_extensions = matches!(&rest, Rest::Kept(part) if are_extensions(composition, part));
        let mut form = match (properties.is_empty(), rest) {
            (true, Rest::Kept(values)) => Form::Map(values, key),
            (true, Rest::Ignored) => Form::Map(Box::new(unsaid(position)), key),
            (_, rest) => Form::Object(Object { properties, rest, has_extensions }),
        };
        let checks = match form {
            Form::Map(_, _) => counts(
                composition,
                [("minProperties", Check::MinProperties), ("maxProperties", Check::MaxProperties)],
            ),
            _ => Vec::new(),
        };
        self.beside_parts(&mut form, composition, position)?;
        Ok(composition.done(form, checks))
    }

    /// The properties that are declared or required, in the order of the source.
    fn properties(
        &mut self,
        composition: &mut Composition<'a>,
        position: &Position,
    ) -> Result<Vec<Property>, Error> {
        let declared = declared(composition);
        let required = required(composition);
        let mut properties = Vec::new();
        for (name, places) in &declared {
            let (layer, schema) = best(places);
            let is_forbidden = schema == &Value::Bool(false);
            let at = |index: usize| &composition.layers.all[index];
            if is_forbidden
                || places.iter().any(|(other, said)| {
                    !self.is_alike((at(*other), said), (at(layer), schema)) && !lists_within(schema, said)
                })
            {
                composition.layers.left_out.insert("properties");
            }
            if is_forbidden {
                if required.contains(name) {
                    composition.layers.left_out.insert("required");
                }
                continue;
            }
            let location = composition.layers.all[layer].location.join("properties").join(name);
            let name_of_type = format!("{}{}", position.name, type_ident(name));
            properties.push(Property {
                name: (*name).to_owned(),
                schema: self.place(&Position::new(location, name_of_type))?,
                required: required.contains(name),
                default: schema.get("default").cloned(),
                when_absent: None,
                is_null_absent: false,
                called: None,
                tag: None,
            });
        }
        let undeclared = required.iter().filter(|name| !declared.iter().any(|(known, _)| known == *name));
        properties.extend(undeclared.map(|name| Property {
            name: (*name).to_owned(),
            schema: anything(position),
            required: true,
            default: None,
            when_absent: None,
            is_null_absent: false,
            called: None,
            tag: None,
        }));
        composition.say_all("properties");
        composition.say_all("required");
        for (layer, asked) in composition.values("minProperties") {
            if asks_no_more("minProperties", asked, required.len()) {
                composition.say(layer, "minProperties");
            }
        }
        Ok(properties)
    }

    /// Properties that may be anything.
    fn others(&self, position: &Position) -> Rest {
        match self.settings.undeclared {
            Undeclared::Ignore => Rest::Ignored,
            Undeclared::Keep => Rest::Kept(Box::new(unsaid(position))),
        }
    }

    /// What the other properties may be.
    fn rest(
        &mut self,
        composition: &mut Composition<'a>,
        position: &Position,
        fields: &BTreeSet<&str>,
    ) -> Result<Rest, Error> {
        let speaks_of_others = self.speaks_of_others(composition, fields)?;
        if !speaks_of_others && is_closed_by_rest(composition) {
            let declared: BTreeSet<_> = declared(composition).into_iter().map(|(name, _)| name).collect();
            if required(composition).iter().all(|name| declared.contains(name)) {
                composition.say(0, "unevaluatedProperties");
            }
            return Ok(Rest::Forbidden);
        }
        let rest = self.said_of_others(composition, position)?;
        // What is let in under a condition is kept, as what is let in always.
        let is_lost = rest == Rest::Ignored && speaks_of_others;
        Ok(if is_lost { Rest::Kept(Box::new(unsaid(position))) } else { rest })
    }

    /// What is said of the other properties by what always binds.
    fn said_of_others(
        &mut self,
        composition: &mut Composition<'a>,
        position: &Position,
    ) -> Result<Rest, Error> {
        let lets_in = |keyword| composition.values(keyword).iter().any(|(_, schema)| allows_anything(schema));
        let is_explicit = ["additionalProperties", "unevaluatedProperties"].into_iter().any(lets_in);
        let others =
            if is_explicit { Rest::Kept(Box::new(anything(position))) } else { self.others(position) };
        let structured = structured(composition);
        for (index, layer) in &structured {
            if layer.get("additionalProperties").is_some_and(allows_anything) {
                composition.say(*index, "additionalProperties");
            }
        }
        match structured.as_slice() {
            [(index, layer)] => self.said_by_one(composition, position, (*index, layer), others),
            _ if are_closed(composition) => Ok(Rest::Forbidden),
            several if several.iter().any(|(_, layer)| has_patterns(layer)) => {
                Ok(Rest::Kept(Box::new(anything(position))))
            }
            _ => Ok(others),
        }
    }

    /// What one schema says of the other properties, if no other says anything of properties.
    fn said_by_one(
        &mut self,
        composition: &mut Composition<'a>,
        position: &Position,
        (index, layer): (usize, &Layer<'a>),
        others: Rest,
    ) -> Result<Rest, Error> {
        let patterns = layer.get("patternProperties").and_then(Value::as_object);
        let mut patterns: Vec<_> = patterns.into_iter().flatten().collect();
        let additional = layer.get("additionalProperties");
        // Names may match or not, where that makes no difference.
        let is_no_difference = layer.get("properties").is_none()
            && patterns.iter().all(|(_, values)| Some(*values) == additional);
        if is_no_difference {
            patterns.clear();
            composition.say(index, "patternProperties");
        }
        let at = |keyword: &str| layer.location.join(keyword);
        let kept = |location: Location| Position::new(location, format!("{}Value", position.name));
        if let [(pattern, _)] = patterns.as_slice()
            && declared(composition).is_empty()
            && required(composition).is_empty()
            && matches_all(pattern)
        {
            composition.say(index, "patternProperties");
            // No property is left for it.
            composition.say(index, "additionalProperties");
            return Ok(Rest::Kept(Box::new(self.place(&kept(at("patternProperties").join(pattern)))?)));
        }
        let closed = additional == Some(&Value::Bool(false));
        let open = additional.is_none_or(allows_anything);
        let declares_all = required(composition).iter().all(|name| {
            layer.get("properties").and_then(Value::as_object).is_some_and(|all| all.contains_key(*name))
        });
        if declares_all && !open && patterns.is_empty() {
            composition.say(index, "additionalProperties");
        }
        Ok(match patterns.as_slice() {
            [] if open => others,
            [] if closed => Rest::Forbidden,
            [] => Rest::Kept(Box::new(self.place(&kept(at("additionalProperties")))?)),
            [(pattern, _)] if closed => {
                Rest::Kept(Box::new(self.place(&kept(at("patternProperties").join(pattern)))?))
            }
            _ => Rest::Kept(Box::new(anything(position))),
        })
    }
}

/// The schemas that say something of properties, each with its index.
fn structured<'a>(composition: &Composition<'a>) -> Vec<(usize, Layer<'a>)> {
    let keywords = ["properties", "patternProperties", "additionalProperties"];
    let all = composition.layers.all.iter().enumerate();
    all.filter(|(_, layer)| keywords.iter().any(|keyword| layer.get(keyword).is_some()))
        .map(|(index, layer)| (index, layer.clone()))
        .collect()
}

/// Whether the schema of the others is that of the properties that a pattern calls `x-…`.
fn are_extensions(composition: &Composition, others: &Subschema) -> bool {
    let is_such = |pattern: &String| {
        pattern.strip_prefix("^x-").is_some_and(|end| end.chars().all(|one| ".*+$".contains(one)))
    };
    composition.values("patternProperties").into_iter().any(|(layer, patterns)| {
        let at = composition.layers.all[layer].location.join("patternProperties");
        let patterns = patterns.as_object().into_iter().flat_map(Map::keys);
        patterns.filter(|pattern| is_such(pattern)).any(|pattern| at.join(pattern) == others.location)
    })
}

/// A schema that allows anything.
fn anything(position: &Position) -> Subschema {
    Subschema::new(position.location.clone(), Form::Any)
}

/// What no schema speaks of.
fn unsaid(position: &Position) -> Subschema {
    Subschema::unsaid(position.location.clone())
}

fn has_patterns(layer: &Layer) -> bool {
    let patterns = layer.get("patternProperties").and_then(Value::as_object);
    patterns.is_some_and(|patterns| !patterns.is_empty())
}

fn allows_anything(schema: &Value) -> bool {
    match schema {
        Value::Bool(allows) => *allows,
        Value::Object(keywords) => keywords.is_empty(),
        _ => false,
    }
}

/// Every declared property, with the layers that declare it and how.
fn declared<'a>(composition: &Composition<'a>) -> Vec<(&'a str, Vec<(usize, &'a Value)>)> {
    let mut declared: Vec<(&str, Vec<(usize, &Value)>)> = Vec::new();
    let mut index = std::collections::HashMap::new();
    for (layer, properties) in composition.values("properties") {
        for (name, schema) in properties.as_object().into_iter().flatten() {
            let at = *index.entry(name.as_str()).or_insert_with(|| {
                declared.push((name, Vec::new()));
                declared.len() - 1
            });
            declared[at].1.push((layer, schema));
        }
    }
    declared
}

fn required<'a>(composition: &Composition<'a>) -> Vec<&'a str> {
    let lists = composition.values("required");
    let mut names = Vec::new();
    for name in lists.iter().filter_map(|(_, list)| list.as_array()).flatten().filter_map(Value::as_str) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Of several schemas for one property, the one that says most about its type. Any of them would do: the
/// property satisfies them all.
fn best<'a>(places: &[(usize, &'a Value)]) -> (usize, &'a Value) {
    const TELLING: [(&str, usize); 9] = [
        // It is one of what another lists, whatever else that says.
        ("const", 32),
        ("enum", 16),
        ("$ref", 2),
        ("type", 1),
        ("properties", 1),
        ("items", 1),
        ("oneOf", 1),
        ("anyOf", 1),
        ("allOf", 1),
    ];
    // A list of all types tells nothing, nor that elements may be anything.
    let tells = |schema: &Value, keyword: &str| {
        schema.get(keyword).is_some_and(|value| match keyword {
            "type" => Types::named(value) != Types::ALL,
            "items" => !allows_anything(value),
            _ => true,
        })
    };
    let score = |schema: &Value| -> usize {
        TELLING.iter().filter(|(keyword, _)| tells(schema, keyword)).map(|(_, weight)| weight).sum()
    };
    let mut best = places[0];
    for place in &places[1..] {
        if score(place.1) > score(best.1) {
            best = *place;
        }
    }
    best
}
