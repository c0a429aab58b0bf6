//! Which properties other schemas evaluate, so that it is known what `unevaluatedProperties` is about.

use isomorph_schema::{Location, Types};
use serde_json::Value;

use super::asserted::{Asserted, DEEPEST};
use super::condition::{Condition, Evaluated};
use super::held::{View, Views};
use super::layers::{Layer, collect};
use crate::pattern::Linear;

impl<'a, 'f> Asserted<'_, 'a, 'f> {
    /// What `unevaluatedProperties` asks.
    pub(super) fn unevaluated(&self, layer: &Layer<'a>, view: &View<'f>) -> Option<Condition> {
        let others = self.of_members(&layer.location.join("unevaluatedProperties"), view, &|_| true)?;
        if others.is_always() {
            return Some(others);
        }
        let mut all = Vec::new();
        self.evaluated(&layer.location, view, &Condition::ALWAYS, Some(&layer.location), &mut all)?;
        Some(Condition::Unevaluated(all, Box::new(others)))
    }

    /// Adds which properties a schema evaluates when a condition holds, and those in it; of `own` all but what it says of
    /// the unevaluated.
    fn evaluated(
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
            let names = |keyword: &str| layer.get(keyword).and_then(Value::as_object).into_iter().flatten();
            let evaluates_all = layer.get("additionalProperties").is_some()
                || (layer.get("unevaluatedProperties").is_some() && own != Some(&layer.location));
            let sources = names("patternProperties").map(|(source, _)| source.as_str());
            let sources = sources.chain(evaluates_all.then_some(""));
            let patterns = sources.map(Linear::new).collect::<Option<Vec<_>>>()?;
            let names: Vec<_> = names("properties").map(|(name, _)| name.clone()).collect();
            if !names.is_empty() || !patterns.is_empty() {
                all.push(Evaluated { when: when.clone(), names, patterns });
            }
            let mut applied = self.applied(layer, view)?;
            applied.extend(applied_to_objects(layer, view)?);
            for (inner, condition) in applied {
                let when = Condition::all(vec![when.clone(), condition]);
                if when != Condition::Never {
                    self.evaluated(&inner, view, &when, None, all)?;
                }
            }
        }
        self.depth.set(self.depth.get() - 1);
        Some(())
    }

    /// The schemas in a layer that apply to the same value, and when, but for those that only apply to objects; those of `allOf`
    /// are layers.
    pub(super) fn applied(&self, layer: &Layer<'a>, view: &View<'f>) -> Option<Vec<(Location, Condition)>> {
        let mut applied = Vec::new();
        for keyword in ["anyOf", "oneOf"] {
            let count = layer.get(keyword).and_then(Value::as_array).map_or(0, Vec::len);
            for index in 0..count {
                let at = layer.location.join(keyword).join(index);
                let condition = self.schema(&at, view)?;
                applied.push((at, condition));
            }
        }
        if layer.get("if").is_some() {
            let at = |keyword: &str| layer.location.join(keyword);
            let condition = self.schema(&at("if"), view)?;
            let otherwise = condition.clone().negated();
            applied.push((at("if"), condition.clone()));
            let has = |keyword: &&str| layer.get(keyword).is_some();
            applied.extend(Some("then").filter(has).map(|then| (at(then), condition)));
            applied.extend(Some("else").filter(has).map(|keyword| (at(keyword), otherwise)));
        }
        Some(applied)
    }
}

/// Those that apply to an object that has a property.
fn applied_to_objects(layer: &Layer, view: &View) -> Option<Vec<(Location, Condition)>> {
    let mut applied = Vec::new();
    for (name, _) in layer.get("dependentSchemas").and_then(Value::as_object).into_iter().flatten() {
        Views::presence(view, name)?;
        let is_there = Condition::all(vec![
            Condition::Type(Types::OBJECT, false),
            Condition::Required(vec![name.clone()]),
        ]);
        applied.push((layer.location.join("dependentSchemas").join(name), is_there));
    }
    Some(applied)
}
