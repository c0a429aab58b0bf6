//! How many elements other schemas evaluate, so that it is known what `unevaluatedItems` is about.

use isomorph_schema::{Dialect, Types};
use serde_json::Value;

use super::asserted::Asserted;
use super::condition::Condition;
use super::held::View;
use super::layers::Layer;

/// The first elements that a schema evaluates: so many, or all.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Extent {
    First(usize),
    All,
}

/// How many elements are counted off in all of a condition.
const MOST: usize = 4096;

/// None of them.
const NONE: Extent = Extent::First(0);

/// How many are evaluated where a condition holds.
type Evaluated = (Condition, Extent);

impl<'a, 'f> Asserted<'_, 'a, 'f> {
    /// What `unevaluatedItems` asks. The more are evaluated the less is asked, so that it is enough if one of the schemas that
    /// hold leaves none that will not do.
    pub(super) fn unevaluated_items(&self, layer: &Layer<'a>, view: &View<'f>) -> Option<Condition> {
        let elements = self.views.elements(view, None)?;
        let others = self.schema(&layer.location.join("unevaluatedItems"), &elements)?;
        if others.is_always() {
            return Some(others);
        }
        let (own, mut all) = (&layer.location, vec![(Condition::ALWAYS, NONE)]);
        self.go_through_applied(own, (view, Types::ARRAY), &Condition::ALWAYS, &mut |layer, when| {
            let evaluates_rest = layer.get("unevaluatedItems").is_some() && *own != layer.location;
            let extent = if evaluates_rest { Extent::All } else { extent(layer)? };
            all.extend((extent > NONE).then(|| (when.clone(), extent)));
            Some(())
        })?;
        let certain = all.iter().filter(|(when, _)| when.is_always()).map(|(_, extent)| *extent).max();
        all.retain(|(when, extent)| match certain {
            Some(certain) if when.is_always() => *extent == certain,
            certain => Some(*extent) > certain,
        });
        all.dedup();
        let first = |(_, extent): &Evaluated| if let Extent::First(count) = extent { *count } else { 0 };
        // Each is said anew, however often the same list is referred to.
        if all.iter().map(first).sum::<usize>() > MOST {
            return None;
        }
        let asks = |(when, extent): Evaluated| match extent {
            Extent::All => when,
            Extent::First(count) => {
                let beyond = Condition::Items(vec![Condition::ALWAYS; count], Box::new(others.clone()));
                Condition::all(vec![when, beyond])
            }
        };
        Some(Condition::any(all.into_iter().map(asks).collect()))
    }
}

/// The elements that a layer evaluates by itself. Which ones `contains` does in 2020-12, their number does not tell.
fn extent(layer: &Layer) -> Option<Extent> {
    let is_2020 = layer.dialect == Dialect::Draft202012;
    if is_2020 && layer.get("contains").is_some() {
        return None;
    }
    let first = layer.get(if is_2020 { "prefixItems" } else { "items" }).and_then(Value::as_array);
    let rest = if is_2020 || first.is_none() { "items" } else { "additionalItems" };
    if layer.get(rest).is_some() {
        return Some(Extent::All);
    }
    Some(first.map_or(NONE, |first| Extent::First(first.len())))
}
