//! Whether schemas speak of properties that are no fields of an object. These are kept, so that what schemas let in is
//! not lost, and what they ask of all properties is asked of all that there were.

use std::collections::{BTreeSet, HashSet};

use isomorph_schema::{Location, Target, binds_in, inside_keywords};
use serde_json::{Map, Value};

use super::builder::Builder;
use super::compose::Composition;
use super::layers::{Layer, required};
use crate::error::Error;

/// How many schemas are asked for one object. One of which more speak keeps everything.
const MOST_ASKED: usize = 2_000;

/// Keywords that are about all properties of an object.
const ABOUT_ALL: [&str; 5] = ["propertyNames", "minProperties", "maxProperties", "const", "enum"];

impl<'a> Builder<'a> {
    /// Whether one of the schemas that bind an object, under whatever condition, speaks of a property that is none of these
    /// by its name, by a pattern, as one of all, or as one that others do not name.
    pub(super) fn speaks_of_others(
        &self,
        composition: &Composition<'a>,
        fields: &BTreeSet<&str>,
    ) -> Result<bool, Error> {
        let is_known = |keyword: &&'static str| matches!(*keyword, "properties" | "required");
        if !composition.layers.left_out.iter().all(is_known) {
            return Ok(true);
        }
        let least = required(&composition.layers.all).len();
        let mut next: Vec<Location> =
            composition.layers.all.iter().map(|layer| layer.location.clone()).collect();
        let mut seen: HashSet<Location> = next.iter().cloned().collect();
        seen.extend(other_branches(composition));
        while let Some(location) = next.pop() {
            let Some(layer) = self.layer(&location) else { continue };
            if self.documents[location.document].is_custom || names_another(&layer, fields, least) {
                return Ok(true);
            }
            let Some(inner) = self.in_place_of(&layer)? else { return Ok(true) };
            next.extend(inner.into_iter().filter(|location| seen.insert(location.clone())));
            if seen.len() > MOST_ASKED {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The schemas that are about the same object. `None` if it is not known which.
    fn in_place_of(&self, layer: &Layer<'a>) -> Result<Option<Vec<Location>>, Error> {
        if layer.is_dynamic() {
            return Ok(None);
        }
        let inner = inside_keywords(layer.keywords, layer.dialect);
        let mut next: Vec<_> = inner
            .iter()
            .filter(|inner| inner.is_in_place() && layer.get(inner.keyword).is_some())
            .map(|inner| inner.location(&layer.location))
            .collect();
        if let Some((_, reference)) = layer.refers {
            match self.resolver.follow(&layer.location, reference)? {
                Target::Here(target) => next.push(target),
                Target::Anything => {}
                Target::MetaSchema | Target::Missing => return Ok(None),
            }
        }
        Ok(Some(next))
    }
}

/// The branches that the form says, of which those that bind the value are among the schemas: those of a `oneOf`, and what
/// depends on the value of a property. A value is of none of the others.
fn other_branches(composition: &Composition) -> Vec<Location> {
    let mut others = Vec::new();
    for (index, layer) in composition.layers.all.iter().enumerate() {
        let is_said = |keyword: &str| composition.is_said(index, keyword) && layer.get(keyword).is_some();
        if is_said("oneOf") && layer.get("anyOf").is_none() {
            let count = layer.get("oneOf").and_then(Value::as_array).map_or(0, Vec::len);
            others.extend((0..count).map(|branch| layer.location.join("oneOf").join(branch)));
        }
        if is_said("if") {
            others.extend(["if", "then", "else"].map(|keyword| layer.location.join(keyword)));
        }
    }
    others
}

/// Whether a schema speaks by itself of a property that is none of these, where so many are there at `least`.
fn names_another(layer: &Layer, fields: &BTreeSet<&str>, least: usize) -> bool {
    let lets_in = |schema: &Value| *schema != Value::Bool(false);
    let is_other = |name: &str| !fields.contains(name);
    let members = |keyword| layer.get(keyword).and_then(Value::as_object).into_iter().flatten();
    let names_other = |names: &Value| {
        names.as_array().is_some_and(|names| names.iter().filter_map(Value::as_str).any(is_other))
    };
    let for_others = ["additionalProperties", "unevaluatedProperties"];
    let depends = ["dependentRequired", "dependentSchemas", "dependencies"];
    let is_about_all =
        |keyword: &&str| layer.get(keyword).is_some_and(|value| !asks_no_more(keyword, value, least));
    ABOUT_ALL.iter().any(is_about_all)
        || for_others.into_iter().any(|keyword| layer.get(keyword).is_some_and(lets_in))
        || members("patternProperties").any(|(_, schema)| lets_in(schema))
        || members("properties").any(|(name, schema)| is_other(name) && lets_in(schema))
        || layer.get("required").is_some_and(names_other)
        || depends.into_iter().flat_map(members).any(|(name, what)| is_other(name) || names_other(what))
}

/// Whether a keyword asks for no more properties than so many.
pub fn asks_no_more(keyword: &str, value: &Value, least: usize) -> bool {
    keyword == "minProperties" && value.as_u64().is_some_and(|asked| asked <= least as u64)
}

/// Whether no property is let in but those that all of these schemas let in together: one of them is closed.
pub fn are_closed(composition: &Composition) -> bool {
    composition.layers.all.iter().any(|layer| {
        layer.get("additionalProperties") == Some(&Value::Bool(false))
            && layer.get("patternProperties").and_then(Value::as_object).is_none_or(Map::is_empty)
    })
}

/// Whether the outermost of these schemas, which sees whatever the others evaluate, closes them by `unevaluatedProperties`.
pub fn is_closed_by_rest(composition: &Composition) -> bool {
    composition.layers.all.first().is_some_and(|layer| {
        binds_in("unevaluatedProperties", layer.dialect)
            && layer.get("unevaluatedProperties") == Some(&Value::Bool(false))
    })
}
