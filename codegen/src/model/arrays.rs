//! Arrays: lists and tuples.

use isomorph_schema::{Dialect, Location};
use serde_json::Value;

use super::builder::Builder;
use super::compose::Composition;
use super::composed::Composed;
use super::form::{Check, Form, Subschema};
use super::holder::Holder;
use super::layers::Layer;
use super::position::Position;
use super::scalars::{counts, whole};
use crate::error::Error;

/// What one schema says of the elements, in the words of 2020-12.
struct Items {
    /// The schemas of the first elements.
    prefix: Vec<Location>,
    /// The schema of the others.
    rest: Option<Location>,
    /// Whether there must be no others.
    closed: bool,
}

/// Tuples of more elements lack the traits of the standard library.
const LONGEST_TUPLE: usize = 12;

impl<'a> Builder<'a> {
    pub(super) fn array(
        &mut self,
        composition: &mut Composition<'a>,
        position: &Position,
    ) -> Result<Composed, Error> {
        let said: Vec<(usize, Items)> = composition
            .layers
            .all
            .iter()
            .enumerate()
            .filter_map(|(index, layer)| Some((index, items(layer)?)))
            .collect();
        let mut form = match said.first() {
            Some((layer, items)) if items.prefix.is_empty() => {
                for keyword in ["items", "additionalItems"] {
                    composition.say(*layer, keyword);
                }
                Form::List(Box::new(self.element(items.rest.clone(), position)?), Holder::List)
            }
            Some((layer, items)) if is_tuple(composition, *layer, items) => {
                for keyword in ["items", "additionalItems", "prefixItems", "minItems", "maxItems"] {
                    composition.say(*layer, keyword);
                }
                let parts = items.prefix.iter().enumerate().map(|(index, location)| {
                    self.place(&Position::new(
                        location.clone(),
                        format!("{}Item{}", position.name, index + 1),
                    ))
                });
                Form::Tuple(parts.collect::<Result<_, _>>()?)
            }
            Some((layer, items)) if self.are_alike(composition, *layer, items) => {
                // What is closed has so many elements at most, which a list does not say.
                let most = limit(&composition.layers.all[*layer], "maxItems");
                if !items.closed || most.is_some_and(|most| most <= items.prefix.len()) {
                    for keyword in ["items", "additionalItems", "prefixItems"] {
                        composition.say(*layer, keyword);
                    }
                }
                Form::List(Box::new(self.element(items.prefix.first().cloned(), position)?), Holder::List)
            }
            _ => Form::List(Box::new(self.element(None, position)?), Holder::List),
        };
        if composition.values("uniqueItems").iter().all(|(_, flag)| *flag == &Value::Bool(false)) {
            composition.say_all("uniqueItems");
        }
        if let (Form::List(element, holder), [(_, items)]) = (&mut form, said.as_slice()) {
            *holder = self.holder(composition, element, items.rest.as_ref())?;
        }
        let checks = match form {
            // An array of Rust has as many elements as it has to.
            Form::List(_, Holder::List | Holder::Set) => {
                counts(composition, [("minItems", Check::MinItems), ("maxItems", Check::MaxItems)])
            }
            _ => Vec::new(),
        };
        self.beside_parts(&mut form, composition, position)?;
        Ok(composition.done(form, checks))
    }

    /// Whether all elements that there can be are of one schema, though it is said of each.
    fn are_alike(&self, composition: &Composition<'a>, layer: usize, items: &Items) -> bool {
        let layer = &composition.layers.all[layer];
        let ends = items.closed || limit(layer, "maxItems").is_some_and(|most| most <= items.prefix.len());
        let others = items.rest.as_ref().filter(|_| !ends);
        let all: Vec<_> = items.prefix.iter().chain(others).map(|location| self.schema(location)).collect();
        let is_said = |schema: &Value| schema.as_object().is_some_and(|keywords| !keywords.is_empty());
        (ends || others.is_some())
            && all.iter().all(|schema| is_said(schema) && self.is_alike((layer, schema), (layer, all[0])))
    }

    fn element(&mut self, location: Option<Location>, position: &Position) -> Result<Subschema, Error> {
        match location {
            Some(location) => self.place(&Position::new(location, format!("{}Item", position.name))),
            None => Ok(Subschema::new(position.location.clone(), Form::Any)),
        }
    }
}

fn items(layer: &Layer) -> Option<Items> {
    let prefix_keyword = if layer.dialect == Dialect::Draft202012 { "prefixItems" } else { "items" };
    let prefix = layer.get(prefix_keyword).and_then(Value::as_array);
    let rest_keyword = match (layer.dialect, prefix) {
        (Dialect::Draft202012, _) | (_, None) => "items",
        (_, Some(_)) => "additionalItems",
    };
    let rest = layer.get(rest_keyword);
    if prefix.is_none() && rest.is_none() {
        return None;
    }
    let at = |index: usize| layer.location.join(prefix_keyword).join(index);
    Some(Items {
        prefix: (0..prefix.map_or(0, Vec::len)).map(at).collect(),
        rest: rest.map(|_| layer.location.join(rest_keyword)),
        closed: rest == Some(&Value::Bool(false)),
    })
}

/// Whether an array has exactly as many elements as there are schemas.
fn is_tuple(composition: &Composition, layer: usize, items: &Items) -> bool {
    let length = items.prefix.len();
    let layer = &composition.layers.all[layer];
    let is_closed = match limit(layer, "maxItems") {
        Some(most) => most == length,
        None => items.closed,
    };
    is_closed && limit(layer, "minItems") == Some(length) && length <= LONGEST_TUPLE
}

/// A limit of how many elements there are.
fn limit(layer: &Layer, keyword: &str) -> Option<usize> {
    layer.get(keyword).and_then(whole).and_then(|limit| usize::try_from(limit).ok())
}
