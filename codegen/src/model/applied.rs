//! The schemas that apply to the same value as a schema does, and when.

use isomorph_schema::{Location, Types};
use serde_json::Value;

use super::asserted::{Asserted, DEEPEST};
use super::condition::Condition;
use super::held::{View, Views};
use super::layers::{Layer, collect};

/// What is done with each schema and the condition under which it applies; `None` where that cannot be told.
type Visit<'v, 'a> = dyn FnMut(&Layer<'a>, &Condition) -> Option<()> + 'v;

impl<'a, 'f> Asserted<'_, 'a, 'f> {
    /// Goes through a schema and all that apply to the same value, if that is of these types.
    pub(super) fn go_through_applied(
        &self,
        location: &Location,
        (view, types): (&View<'f>, Types),
        when: &Condition,
        visit: &mut Visit<'_, 'a>,
    ) -> Option<()> {
        let layers = collect(self.builder.documents, &self.builder.resolver, location).ok()?;
        if !layers.left_out.is_empty() || self.left.get() == 0 || self.depth.get() == DEEPEST {
            return None;
        }
        self.left.set(self.left.get() - 1);
        self.depth.set(self.depth.get() + 1);
        let gone_through = layers.all.iter().try_for_each(|layer| {
            visit(layer, when)?;
            let mut applied = self.applied(layer, view)?;
            if types.meets(Types::OBJECT) {
                applied.extend(applied_to_objects(layer, view)?);
            }
            applied.into_iter().try_for_each(|(inner, condition)| {
                let when = Condition::all(vec![when.clone(), condition]);
                let is_possible = when != Condition::Never;
                if is_possible {
                    self.go_through_applied(&inner, (view, types), &when, visit)
                } else {
                    Some(())
                }
            })
        });
        self.depth.set(self.depth.get() - 1);
        gone_through
    }

    /// The schemas in a layer that apply to the same value, and when, but for those that only apply to objects; those of `allOf`
    /// are layers.
    fn applied(&self, layer: &Layer<'a>, view: &View<'f>) -> Option<Vec<(Location, Condition)>> {
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
