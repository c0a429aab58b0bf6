//! How many elements other schemas evaluate, so that it is known what `unevaluatedItems` is about.

use isomorph_schema::{Dialect, Location};
use serde_json::Value;

use super::asserted::{Asserted, DEEPEST};
use super::condition::Condition;
use super::held::View;
use super::layers::{Layer, collect};

/// The first elements that a schema evaluates: so many, or all.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Extent {
    First(usize),
    All,
}

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
        let mut all = vec![(Condition::ALWAYS, NONE)];
        self.elements_evaluated(&layer.location, view, &Condition::ALWAYS, Some(&layer.location), &mut all)?;
        let certain = all.iter().filter(|(when, _)| when.is_always()).map(|(_, extent)| *extent).max();
        all.retain(|(when, extent)| match certain {
            Some(certain) if when.is_always() => *extent == certain,
            certain => Some(*extent) > certain,
        });
        all.dedup();
        let asks = |(when, extent): Evaluated| match extent {
            Extent::All => when,
            Extent::First(count) => {
                let beyond = Condition::Items(vec![Condition::ALWAYS; count], Box::new(others.clone()));
                Condition::all(vec![when, beyond])
            }
        };
        Some(Condition::any(all.into_iter().map(asks).collect()))
    }

    /// Adds how many elements a schema evaluates when a condition holds, and those in it; of `own` all but what it says of
    /// the unevaluated.
    fn elements_evaluated(
        &self,
        location: &Location,
        view: &View<'f>,
        when: &Condition,
        own: Option<&Location>,
        all: &mut Vec<Evaluated>,
    ) -> Option<()> {
        let layers = collect(self.builder.documents, &self.builder.resolver, location).ok()?;
        if !layers.left_out.is_empty() || self.left.get() == 0 || self.depth.get() == DEEPEST {
            return None;
        }
        self.left.set(self.left.get() - 1);
        self.depth.set(self.depth.get() + 1);
        for layer in &layers.all {
            let evaluates_rest = layer.get("unevaluatedItems").is_some() && own != Some(&layer.location);
            let extent = if evaluates_rest { Extent::All } else { extent(layer)? };
            all.extend((extent > NONE).then(|| (when.clone(), extent)));
            for (inner, condition) in self.applied(layer, view)? {
                let when = Condition::all(vec![when.clone(), condition]);
                if when != Condition::Never {
                    self.elements_evaluated(&inner, view, &when, None, all)?;
                }
            }
        }
        self.depth.set(self.depth.get() - 1);
        Some(())
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
