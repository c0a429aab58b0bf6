//! Schemas that accept nothing: whatever they would accept has a part that has a part, without an end, or cannot be.

use isomorph_json::Pointer;
use isomorph_schema::Types;
use serde_json::{Map, Value};

use super::here::{Here, Layer, NOTHING, nowhere};
use super::objects::said_of;
use super::own::order;
use super::strings::Strings;
use crate::sample::Matches;

/// Whether no instance satisfies all layers.
pub fn is_empty(here: &Here) -> bool {
    let nothing = nowhere(NOTHING);
    let layers = &here.layers;
    let all_empty = |place: Pointer, branches: usize| {
        (0..branches).all(|index| here.ask.holds_here(&place.join(index), &nothing))
    };
    let no_branch = layers.iter().any(|(at, layer)| {
        ["anyOf", "oneOf"].iter().any(|keyword| {
            let branches = layer.get(*keyword).and_then(Value::as_array);
            branches.is_some_and(|branches| all_empty(at.join(keyword), branches.len()))
        })
    });
    no_branch
        || here.ask.types().each().into_iter().all(|one| match one {
            Types::INTEGER | Types::FRACTION | Types::NUMBER => {
                are_crossed(layers, &["minimum", "exclusiveMinimum"], &["maximum", "exclusiveMaximum"])
            }
            Types::STRING => are_crossed(layers, &["minLength"], &["maxLength"]) || no_string(layers),
            Types::ARRAY => no_array(here, &nothing),
            Types::OBJECT => no_object(here, &nothing),
            _ => false,
        })
}

fn said<'l>(layers: &'l [Layer], keyword: &'l str) -> impl Iterator<Item = &'l Value> {
    layers.iter().filter_map(move |(_, layer)| layer.get(keyword))
}

/// Whether a lower bound is above an upper one.
fn are_crossed(layers: &[Layer], lower: &[&str], upper: &[&str]) -> bool {
    lower.iter().flat_map(|keyword| said(layers, keyword)).any(|low| {
        upper
            .iter()
            .flat_map(|keyword| said(layers, keyword))
            .any(|high| order(low, high) == Some(std::cmp::Ordering::Greater))
    })
}

fn no_string(layers: &[Layer]) -> bool {
    Strings::of(layers).is_some_and(|strings| strings.are_none())
}

fn no_array(here: &Here, nothing: &Pointer) -> bool {
    let layers = &here.layers;
    let has_one = said(layers, "minItems").filter_map(Value::as_f64).any(|least| least >= 1.0);
    are_crossed(layers, &["minItems"], &["maxItems"])
        || has_one
            && layers.iter().any(|(at, layer)| {
                let first = match (layer.get("prefixItems"), layer.get("items")) {
                    (Some(Value::Array(tuple)), _) if !tuple.is_empty() => at.join("prefixItems").join(0),
                    (None | Some(Value::Array(_)), Some(Value::Array(tuple))) if !tuple.is_empty() => {
                        at.join("items").join(0)
                    }
                    (_, Some(Value::Object(_) | Value::Bool(_))) => at.join("items"),
                    _ => return false,
                };
                here.ask.holds(&first, nothing)
            })
}

fn no_object(here: &Here, nothing: &Pointer) -> bool {
    let layers = &here.layers;
    let mut matches = Matches::default();
    let required: Vec<&str> =
        said(layers, "required").filter_map(Value::as_array).flatten().filter_map(Value::as_str).collect();
    let has_one = !required.is_empty()
        || said(layers, "minProperties").filter_map(Value::as_f64).any(|least| least >= 1.0);
    are_crossed(layers, &["minProperties"], &["maxProperties"])
        || required.iter().any(|name| no_value(here, name, nothing, &mut matches))
        || has_one && layers.iter().any(|layer| no_property(here, layer, nothing, &mut matches))
}

/// Whether there can be no property of this name.
fn no_value(here: &Here, name: &str, nothing: &Pointer, matches: &mut Matches) -> bool {
    let of = |(_, layer): &Layer| {
        layer
            .get("properties")
            .and_then(|all| all.get(name))
            .and_then(|one| one.get("type"))
            .map(Types::named)
    };
    let types = here.layers.iter().filter_map(of).fold(Types::ALL, Types::intersection);
    types.is_empty()
        || here
            .layers
            .iter()
            .any(|layer| said_of(layer, name, matches).iter().any(|said| here.ask.holds(said, nothing)))
}

/// Whether a layer lets no property in.
fn no_property(here: &Here, (at, layer): &Layer, nothing: &Pointer, matches: &mut Matches) -> bool {
    let names = |keyword: &str| {
        let names = layer.get(keyword).and_then(Value::as_object).into_iter().flat_map(Map::keys);
        names.collect::<Vec<_>>()
    };
    let by_pattern = at.join("patternProperties");
    layer.contains_key("additionalProperties")
        && here.ask.holds(&at.join("additionalProperties"), nothing)
        && names("properties").into_iter().all(|name| no_value(here, name, nothing, matches))
        && names("patternProperties")
            .into_iter()
            .all(|pattern| here.ask.holds(&by_pattern.join(pattern), nothing))
}
