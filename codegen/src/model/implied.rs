//! A schema of an `allOf` that says all that the others of it say.

use isomorph_schema::{Types, binds};
use serde_json::{Map, Value};

use super::builder::Builder;
use super::layers::{Layer, Layers, collect};
use super::position::Position;
use super::variant_names::VARIANT_NAMES;
use crate::error::Error;

/// More schemas in one `allOf` than people write who repeat themselves: each is held against each.
const MOST: usize = 8;

/// Whether a schema lists values that another one lets pass, by their type, their length or what it lists itself; it says
/// nothing else.
pub fn lists_within(one: &Value, other: &Value) -> bool {
    const ASKED: [&str; 5] = ["type", "const", "enum", "minLength", "maxLength"];
    let Value::Object(keywords) = other else { return false };
    let says_no_more = keywords.keys().all(|keyword| ASKED.contains(&keyword.as_str()) || !binds(keyword));
    let listed = |schema: &Value| match (schema.get("const"), schema.get("enum")) {
        (Some(only), None) => Some(vec![only.clone()]),
        (None, Some(Value::Array(values))) => Some(values.clone()),
        _ => None,
    };
    let Some(few) = listed(one) else { return false };
    let many = listed(other);
    let is_list =
        ["const", "enum"].into_iter().all(|keyword| !keywords.contains_key(keyword)) || many.is_some();
    let named = other.get("type").map_or(Types::ALL, Types::named);
    let limit = |keyword, none| other.get(keyword).map_or(Some(none), Value::as_u64);
    let (Some(least), Some(most)) = (limit("minLength", 0), limit("maxLength", u64::MAX)) else {
        return false;
    };
    let is_long_enough =
        |text: &str| u64::try_from(text.chars().count()).is_ok_and(|count| (least..=most).contains(&count));
    // Of numbers it depends on the dialect what equals an integer.
    let is_among = |value: &Value| {
        !value.is_number()
            && Types::of(value).meets(named)
            && many.as_ref().is_none_or(|many| many.contains(value))
            && value.as_str().is_none_or(is_long_enough)
    };
    says_no_more && is_list && few.iter().all(is_among)
}

impl<'a> Builder<'a> {
    /// The schema of an `allOf` that says all that the others and a type beside it say, if they say nothing but what that
    /// one says as well.
    ///
    /// # Errors
    ///
    /// If a reference leads nowhere.
    pub(super) fn one_of_all(&self, own: &Layer<'a>, position: &Position) -> Result<Option<usize>, Error> {
        let count = own.get("allOf").and_then(Value::as_array).map_or(0, Vec::len);
        if count == 1 {
            return Ok(self.is_typed_by(own, 0, position)?.then_some(0));
        }
        if count > MOST {
            return Ok(None);
        }
        let at = |index| own.location.join("allOf").join(index);
        let all = (0..count).map(|index| collect(self.documents, &self.resolver, &at(index)));
        let all = all.collect::<Result<Vec<_>, _>>()?;
        for index in 0..count {
            let types = self.types_of(&at(index))?.intersection(position.types);
            if self.is_typed_by(own, index, position)? && self.says_all(&all, index, types) {
                return Ok(Some(index));
            }
        }
        Ok(None)
    }

    /// Whether a type that a schema names says no more than a schema of its `allOf`.
    fn is_typed_by(&self, own: &Layer, index: usize, position: &Position) -> Result<bool, Error> {
        let Some(named) = own.get("type").map(Types::named) else { return Ok(true) };
        let inner = own.location.join("allOf").join(index);
        Ok(self.types_of(&inner)?.intersection(position.types).minus(named).is_empty())
    }

    /// Whether the schemas of an `allOf` are said by one of them, for instances of some types.
    fn says_all(&self, all: &[Layers], index: usize, types: Types) -> bool {
        let one = &all[index];
        // What says nothing is not what the others are.
        if one.never || one.all.iter().all(|layer| layer.binding(Types::ALL).next().is_none()) {
            return false;
        }
        // What an integer is depends on the dialect.
        let is_said = |layer: &Layer| {
            one.all.iter().all(|other| other.dialect == layer.dialect) && self.is_said(layer, &one.all, types)
        };
        let others = all.iter().enumerate().filter(|(other, _)| *other != index);
        others
            .map(|(_, others)| others)
            .all(|others| !others.never && others.left_out.is_empty() && others.all.iter().all(is_said))
    }

    /// Whether what a schema says of instances of some types is said by others.
    fn is_said(&self, layer: &Layer, others: &[Layer], types: Types) -> bool {
        let mut left: Vec<_> =
            layer.binding(types).filter(|keyword| !["$ref", "allOf", "type"].contains(keyword)).collect();
        if layer.get("type").is_some_and(|named| !types.minus(Types::named(named)).is_empty())
            || !tells_no_more(layer, others)
        {
            return false;
        }
        left.retain(|keyword| !is_required(layer, keyword, others));
        left.is_empty()
            || others.iter().any(|other| left.iter().all(|keyword| self.says_too(layer, keyword, other)))
    }

    /// Whether a keyword of a schema says what it says in another. What it means may depend on those beside it.
    fn says_too(&self, layer: &Layer, keyword: &str, other: &Layer) -> bool {
        const TOGETHER: [&[&str]; 4] = [
            &["items", "prefixItems", "additionalItems"],
            &["contains", "minContains", "maxContains"],
            &["if", "then", "else"],
            &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"],
        ];
        match keyword {
            "unevaluatedItems" | "unevaluatedProperties" | "$dynamicRef" | "$recursiveRef" => false,
            "properties" | "patternProperties" => members(layer, keyword)
                .all(|(name, schema)| self.declares(other, keyword, name, (layer, schema))),
            "additionalProperties" => self.says_of_others(layer, other),
            _ => {
                let together = TOGETHER.into_iter().find(|together| together.contains(&keyword));
                let together = together.unwrap_or(std::slice::from_ref(&keyword)).iter();
                together.copied().all(|keyword| match (layer.get(keyword), other.get(keyword)) {
                    (None, None) => true,
                    (Some(said), Some(too)) => self.is_alike((layer, said), (other, too)),
                    _ => false,
                })
            }
        }
    }

    fn declares(&self, other: &Layer, keyword: &str, name: &str, said: (&Layer, &Value)) -> bool {
        let too = other.get(keyword).and_then(|all| all.get(name));
        too.is_some_and(|too| self.is_alike(said, (other, too)))
    }

    /// Whether a schema says of all properties that another does not declare what that one says of them.
    fn says_of_others(&self, layer: &Layer, other: &Layer) -> bool {
        let Some(said) = layer.get("additionalProperties") else { return false };
        let is_same = |too: &Value| self.is_alike((layer, said), (other, too));
        let is_declared =
            |keyword: &str, name: &str| layer.get(keyword).is_some_and(|all| all.get(name).is_some());
        other.get("additionalProperties").is_some_and(is_same)
            && ["properties", "patternProperties"].into_iter().all(|keyword| {
                members(other, keyword).all(|(name, schema)| is_same(schema) || is_declared(keyword, name))
            })
    }
}

/// Whether what a schema says of the type that people want, and binds nothing, is said by others.
fn tells_no_more(layer: &Layer, others: &[Layer]) -> bool {
    const TELLING: [&str; 5] =
        ["format", "contentEncoding", "contentMediaType", "contentSchema", "x-rust-type"];
    let tells = |keyword: &String| {
        TELLING.contains(&keyword.as_str())
            || VARIANT_NAMES.contains(&keyword.as_str())
            || keyword.starts_with("x-isomorph-")
    };
    let mut telling = layer.keywords.iter().filter(|(keyword, _)| tells(keyword));
    telling.all(|(keyword, said)| others.iter().any(|other| other.keywords.get(keyword) == Some(said)))
}

/// Whether all that a schema requires is required by others.
fn is_required(layer: &Layer, keyword: &str, others: &[Layer]) -> bool {
    let all = |layer: &Layer| layer.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    let known: Vec<_> = others.iter().flat_map(all).collect();
    keyword == "required" && all(layer).iter().all(|name| known.contains(name))
}

fn members<'a>(layer: &Layer<'a>, keyword: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    layer.get(keyword).and_then(Value::as_object).into_iter().flat_map(Map::iter)
}
