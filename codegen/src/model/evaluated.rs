//! Which properties other schemas evaluate, so that it is known what `unevaluatedProperties` is about.

use isomorph_schema::{Location, Types};
use serde_json::Value;

use super::asserted::Asserted;
use super::condition::{Condition, Evaluated};
use super::held::View;
use super::layers::Layer;
use crate::pattern::Linear;

impl<'a, 'f> Asserted<'_, 'a, 'f> {
    /// What `unevaluatedProperties` asks.
    pub(super) fn unevaluated(&self, layer: &Layer<'a>, view: &View<'f>) -> Option<Condition> {
        let others = self.of_members(&layer.location.join("unevaluatedProperties"), view, &|_| true)?;
        if others.is_always() {
            return Some(others);
        }
        let (own, mut all) = (&layer.location, Vec::new());
        self.go_through_applied(own, (view, Types::OBJECT), &Condition::ALWAYS, &mut |layer, when| {
            let found = evaluated(layer, when, own)?;
            all.extend(Some(found).filter(|found| !found.names.is_empty() || !found.patterns.is_empty()));
            Some(())
        })?;
        Some(Condition::Unevaluated(all, Box::new(others)))
    }
}

/// The properties that a schema evaluates where a condition holds; `None` where a pattern cannot be told. Of `own` all but what
/// it says of the unevaluated.
fn evaluated(layer: &Layer, when: &Condition, own: &Location) -> Option<Evaluated> {
    let names = |keyword: &str| layer.get(keyword).and_then(Value::as_object).into_iter().flatten();
    let evaluates_all = layer.get("additionalProperties").is_some()
        || (layer.get("unevaluatedProperties").is_some() && *own != layer.location);
    let sources = names("patternProperties").map(|(source, _)| source.as_str());
    let sources = sources.chain(evaluates_all.then_some(""));
    let patterns = sources.map(Linear::new).collect::<Option<Vec<_>>>()?;
    let names = names("properties").map(|(name, _)| name.clone()).collect();
    Some(Evaluated { when: when.clone(), names, patterns })
}
