//! What is said of elements.

use std::cmp::Ordering;

use isomorph_json::Pointer;
use serde_json::{Map, Value};

use super::here::{ANYTHING, Here, Layer, nowhere};
use super::own::order;

/// The schemas of the first elements, and of the others.
struct Elements {
    first: Vec<Pointer>,
    others: Option<Pointer>,
}

impl Elements {
    fn of(at: &Pointer, schema: &Map<String, Value>) -> Self {
        let items = schema.get("items");
        let (first, others) = match (schema.get("prefixItems"), items) {
            (Some(Value::Array(tuple)), _) => (("prefixItems", tuple.len()), items.map(|_| "items")),
            (None, Some(Value::Array(tuple))) => {
                (("items", tuple.len()), schema.get("additionalItems").map(|_| "additionalItems"))
            }
            _ => (("items", 0), items.map(|_| "items")),
        };
        let first = (0..first.1).map(|index| at.join(first.0).join(index)).collect();
        Self { first, others: others.map(|keyword| at.join(keyword)) }
    }

    fn at(&self, index: usize) -> Option<&Pointer> {
        self.first.get(index).or(self.others.as_ref())
    }
}

/// Takes out of the rest of the outer schema what follows from the inner one, element by element.
pub fn settle(here: &Here, rest: &mut Map<String, Value>) {
    let (at, outer) = (here.outer_at, here.outer);
    if outer.contains_key("unevaluatedItems") {
        return;
    }
    let wanted = Elements::of(at, outer);
    if !wanted.first.is_empty() || wanted.others.is_some() {
        let most = here.layers.iter().filter_map(|(_, layer)| layer.get("maxItems")?.as_u64()).min();
        let never = |index: usize| most.is_some_and(|most| most <= index as u64);
        let layers: Vec<Elements> =
            here.layers.iter().map(|(at, layer): &Layer| Elements::of(at, layer)).collect();
        let first_hold = wanted.first.iter().enumerate().all(|(index, place)| {
            never(index)
                || here.ask.holds(&nowhere(ANYTHING), place)
                || layers.iter().filter_map(|said| said.at(index)).any(|said| here.ask.holds(said, place))
        });
        let others_hold = wanted.others.as_ref().is_none_or(|place| {
            never(wanted.first.len())
                || here.ask.holds(&nowhere(ANYTHING), place)
                || layers.iter().any(|said| {
                    said.first.iter().skip(wanted.first.len()).all(|said| here.ask.holds(said, place))
                        && (never(said.first.len().max(wanted.first.len()))
                            || said.others.as_ref().is_some_and(|said| here.ask.holds(said, place)))
                })
        });
        if first_hold && others_hold {
            for keyword in ["items", "prefixItems", "additionalItems"] {
                rest.shift_remove(keyword);
            }
        }
    }
    contained(here, rest);
}

/// What must be among the elements.
fn contained(here: &Here, rest: &mut Map<String, Value>) {
    let (at, outer) = (here.outer_at, here.outer);
    if !outer.contains_key("contains") || !are_few_enough(here) {
        return;
    }
    let least = |schema: &Map<String, Value>| schema.get("minContains").map_or(Some(1.0), Value::as_f64);
    let Some(wanted) = least(outer) else { return };
    let place = at.join("contains");
    let holds = wanted <= 0.0
        || here.layers.iter().any(|(at, layer)| {
            layer.contains_key("contains")
                && least(layer).is_some_and(|least| least >= wanted)
                && here.ask.holds(&at.join("contains"), &place)
        });
    if holds {
        rest.shift_remove("contains");
        rest.shift_remove("minContains");
        rest.shift_remove("maxContains");
    }
}

/// Whether no more are among the elements than may be: where the same are counted, or there are not so many elements.
fn are_few_enough(here: &Here) -> bool {
    let Some(most) = here.outer.get("maxContains") else { return true };
    let is_within = |layer: &Map<String, Value>, keyword: &str| {
        layer.get(keyword).is_some_and(|least| order(least, most).is_some_and(Ordering::is_le))
    };
    let counted = here.outer.get("contains");
    here.layers.iter().any(|(_, layer)| {
        let are_same =
            || layer.get("contains").zip(counted).is_some_and(|(one, other)| here.ask.same(one, other));
        is_within(layer, "maxItems") || is_within(layer, "maxContains") && are_same()
    })
}
