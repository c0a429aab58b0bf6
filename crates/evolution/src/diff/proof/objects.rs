//! What is said of properties.

use isomorph_json::Pointer;
use isomorph_schema::Types;
use serde_json::{Map, Value};

use super::here::{ANYTHING, Here, Layer, is_anything, nowhere};
use crate::language::implies;
use crate::sample::Matches;

/// Takes out of the rest of the outer schema what follows from the inner one, property by property.
pub fn settle(here: &Here, rest: &mut Map<String, Value>) {
    let (at, outer) = (here.outer_at, here.outer);
    let mut matches = Matches::default();
    if let Some(Value::Object(schemas)) = outer.get("properties") {
        for (name, schema) in schemas {
            let place = at.join("properties").join(name);
            let settled = is_anything(schema)
                || here.layers.iter().any(|layer| {
                    said_of(layer, name, &mut matches).iter().any(|said| here.ask.holds(said, &place))
                })
                || here.ask.holds(&nowhere(ANYTHING), &place);
            // The name stays declared.
            if let Some(schema) =
                rest.get_mut("properties").and_then(|all| all.get_mut(name)).filter(|_| settled)
            {
                *schema = true.into();
            }
        }
    }
    if let Some(Value::Object(schemas)) = outer.get("patternProperties") {
        for pattern in schemas.keys() {
            let place = at.join("patternProperties").join(pattern);
            let settled = here.ask.holds(&nowhere(ANYTHING), &place)
                || here.layers.iter().any(|layer| matching_hold(here, layer, pattern, &place, &mut matches));
            let all = rest.get_mut("patternProperties");
            if let Some(schema) = all.and_then(|all| all.get_mut(pattern)).filter(|_| settled) {
                *schema = true.into();
            }
        }
    }
    if let Some(others) = outer.get("additionalProperties") {
        let place = at.join("additionalProperties");
        if is_anything(others)
            || here.ask.holds(&nowhere(ANYTHING), &place)
            || here.layers.iter().any(|layer| others_hold(here, layer, outer, &place, &mut matches))
        {
            rest.shift_remove("additionalProperties");
            drop_if_open(rest, "properties");
            drop_if_open(rest, "patternProperties");
        }
    } else if !outer.contains_key("unevaluatedProperties") {
        drop_if_open(rest, "properties");
        drop_if_open(rest, "patternProperties");
    }
    if outer.contains_key("propertyNames") {
        let place = at.join("propertyNames");
        let named = here.layers.iter().filter(|(_, layer)| layer.contains_key("propertyNames"));
        if named
            .map(|(layer, _)| layer.join("propertyNames"))
            .any(|said| here.ask.holds_of(Types::STRING, &said, &place))
        {
            rest.shift_remove("propertyNames");
        }
    }
    dependents(here, rest);
}

fn drop_if_open(rest: &mut Map<String, Value>, keyword: &str) {
    let is_open = |schemas: &Map<String, Value>| schemas.values().all(|schema| schema == &Value::Bool(true));
    if rest.get(keyword).and_then(Value::as_object).is_some_and(is_open) {
        rest.shift_remove(keyword);
    }
}

fn dependents(here: &Here, rest: &mut Map<String, Value>) {
    let (at, outer) = (here.outer_at, here.outer);
    let Some(Value::Object(schemas)) = outer.get("dependentSchemas") else { return };
    let all_hold = schemas.keys().all(|name| {
        let place = at.join("dependentSchemas").join(name);
        here.layers.iter().any(|(layer, keywords)| {
            let said = keywords.get("dependentSchemas").is_some_and(|all| all.get(name).is_some());
            said && here.ask.holds_here(&layer.join("dependentSchemas").join(name), &place)
                || here.ask.holds_here(layer, &place)
        })
    });
    if all_hold {
        rest.shift_remove("dependentSchemas");
    }
}

/// The places of the schemas that a layer has for a property.
pub fn said_of((at, layer): &Layer, name: &str, matches: &mut Matches) -> Vec<Pointer> {
    let mut found = Vec::new();
    if layer.get("properties").is_some_and(|all| all.get(name).is_some()) {
        found.push(at.join("properties").join(name));
    }
    for pattern in layer.get("patternProperties").and_then(Value::as_object).into_iter().flat_map(Map::keys) {
        if matches.matches(pattern, name) {
            found.push(at.join("patternProperties").join(pattern));
        }
    }
    if found.is_empty() && layer.contains_key("additionalProperties") {
        found.push(at.join("additionalProperties"));
    }
    found
}

/// Whether all properties whose names match have values of the outer schema's.
fn matching_hold(
    here: &Here,
    (at, layer): &Layer,
    pattern: &str,
    place: &Pointer,
    matches: &mut Matches,
) -> bool {
    let by_pattern = layer.get("patternProperties").and_then(Value::as_object);
    let patterns: Vec<&String> = by_pattern.into_iter().flat_map(Map::keys).collect();
    let said = |one: &str| at.join("patternProperties").join(one);
    let is_covered = |one: &String| {
        !here.ask.is_late()
            && (*one == pattern || implies(&[pattern], 0, usize::MAX, one))
            && here.ask.holds(&said(one), place)
    };
    if patterns.iter().any(|one| is_covered(one)) {
        return true;
    }
    let declared: Vec<&String> =
        layer.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::keys).collect();
    layer.contains_key("additionalProperties")
        && here.ask.holds(&at.join("additionalProperties"), place)
        && patterns.iter().all(|one| here.ask.holds(&said(one), place))
        && declared.iter().all(|name| {
            !matches.matches(pattern, name) || here.ask.holds(&at.join("properties").join(name), place)
        })
}

/// Whether all properties that the outer schema neither declares nor has a pattern for have values of what it says of others.
fn others_hold(
    here: &Here,
    (at, layer): &Layer,
    outer: &Map<String, Value>,
    place: &Pointer,
    matches: &mut Matches,
) -> bool {
    let declared = outer.get("properties").and_then(Value::as_object);
    let by_pattern: Vec<&String> =
        outer.get("patternProperties").and_then(Value::as_object).into_iter().flat_map(Map::keys).collect();
    if !layer.contains_key("additionalProperties") || !here.ask.holds(&at.join("additionalProperties"), place)
    {
        return false;
    }
    let mut is_other = |name: &String| {
        declared.is_none_or(|declared| !declared.contains_key(name))
            && !by_pattern.iter().any(|pattern| matches.matches(pattern, name))
    };
    let names = layer.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::keys);
    let others: Vec<&String> = names.filter(|name| is_other(name)).collect();
    let patterns = layer.get("patternProperties").and_then(Value::as_object).into_iter().flat_map(Map::keys);
    others.iter().all(|name| here.ask.holds(&at.join("properties").join(name), place))
        && patterns.into_iter().all(|one| {
            let covers = |pattern: &String| pattern == one || implies(&[one], 0, usize::MAX, pattern);
            by_pattern.iter().any(|pattern| !here.ask.is_late() && covers(pattern))
                || here.ask.holds(&at.join("patternProperties").join(one), place)
        })
}
