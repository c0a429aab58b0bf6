//! From what a form does not say to a condition on the typed value, if the typed value is enough to tell by.

use std::cell::{Cell, RefCell};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use isomorph_schema::{Dialect, Location, Target, Types};
use serde_json::{Map, Value};

use super::builder::Builder;
use super::condition::Condition;
use super::definition::Definition;
use super::form::Form;
use super::held::{Presence, View, Views};
use super::layers::{Layer, collect};
use super::limits::{bound, counted, is_told, multiple_of};
use super::reason::Reason;
use super::scalars::whole;
use crate::pattern::{Compiled, Linear};

/// How many schemas the condition of a type may go through. What takes more is left to a validator.
const MOST: usize = 1_000;
/// How deep schemas may lie in each other.
pub const DEEPEST: usize = 32;

/// The conditions of definitions by their index, and those of schemas that they ask for.
pub type Conditions = (Vec<(usize, Condition)>, BTreeMap<Location, Condition>);

/// Finds the conditions of wanted definitions whose forms do not say all. What has none is left to a validator.
pub fn conditions(
    builder: &Builder,
    definitions: &[Definition],
    is_wanted: &dyn Fn(&Definition) -> bool,
) -> Conditions {
    let wanted = RefCell::default();
    let asserted = || Asserted {
        builder,
        views: Views(definitions),
        wanted: &wanted,
        left: Cell::new(MOST),
        depth: Cell::new(0),
    };
    let left = definitions.iter().enumerate().filter(|(_, one)| !one.guard.is_empty() && is_wanted(one));
    let mut found: Vec<_> =
        left.filter_map(|(index, one)| Some((index, asserted().of_definition(one)?))).collect();
    let mut others = BTreeMap::new();
    loop {
        let next = wanted.borrow_mut().pop_first();
        let Some(location) = next else { break };
        if let Entry::Vacant(free) = others.entry(location) {
            let condition = asserted().of_any(free.key());
            free.insert(condition);
        }
    }
    // What asks for what cannot be said cannot be said either.
    let mut others: BTreeMap<_, _> = others.into_iter().filter_map(|(at, one)| Some((at, one?))).collect();
    loop {
        let before = others.len();
        let known: BTreeSet<_> = others.keys().cloned().collect();
        let is_whole = |one: &Condition| one.others().into_iter().all(|other| known.contains(other));
        others.retain(|_, one| is_whole(one));
        if others.len() == before {
            found.retain(|(_, one)| is_whole(one));
            return (found, others);
        }
    }
}

/// What a schema asks of any value, and what those ask that it asks for.
#[cfg(test)]
pub fn of_any(builder: &Builder, location: &Location) -> Option<(Condition, BTreeMap<Location, Condition>)> {
    let guard = vec![Reason::TooDeep];
    let any = super::build::opaque(location.clone(), guard);
    let (mut found, others) = conditions(builder, &[any], &|_| true);
    Some((found.pop()?.1, others))
}

/// Goes through what one definition asserts.
pub struct Asserted<'b, 'a, 'f> {
    pub(super) builder: &'b Builder<'a>,
    pub(super) views: Views<'f>,
    /// The schemas that conditions ask for.
    wanted: &'b RefCell<BTreeSet<Location>>,
    /// How many schemas may still be gone through.
    pub(super) left: Cell<usize>,
    pub(super) depth: Cell<usize>,
}

impl<'a, 'f> Asserted<'_, 'a, 'f> {
    fn of_definition(&self, definition: &'f Definition) -> Option<Condition> {
        let is_dynamic = |reason: &Reason| reason.is("$dynamicRef") || reason.is("$recursiveRef");
        if definition.guard.iter().any(is_dynamic) {
            return None;
        }
        if definition.guard.contains(&Reason::Never) {
            return Some(Condition::Never);
        }
        let view = self.views.of(&definition.form)?;
        let is_opaque = definition.form == Form::Any;
        let wanted = |keyword: &str| is_opaque || definition.guard.iter().any(|reason| reason.is(keyword));
        self.layers(&definition.location, &view, &wanted)
    }

    /// What a schema that others refer to asks of any value.
    fn of_any(&self, location: &Location) -> Option<Condition> {
        match self.builder.schema(location) {
            Value::Bool(true) => Some(Condition::ALWAYS),
            Value::Bool(false) => Some(Condition::Never),
            _ => self.layers(location, &Views::any(), &|_| true),
        }
    }

    /// What all schemas that bind an instance together ask of it by the wanted keywords.
    fn layers(
        &self,
        location: &Location,
        view: &View<'f>,
        wanted: &dyn Fn(&str) -> bool,
    ) -> Option<Condition> {
        let layers = collect(self.builder.documents, &self.builder.resolver, location).ok()?;
        if layers.never {
            return Some(Condition::Never);
        }
        if !layers.left_out.is_empty() {
            return None;
        }
        let mut all = Vec::new();
        for layer in &layers.all {
            all.extend(self.layer(layer, view, wanted)?);
        }
        Some(Condition::all(all))
    }

    /// What a schema asks of the values of a part.
    pub(super) fn schema(&self, location: &Location, view: &View<'f>) -> Option<Condition> {
        match self.builder.schema(location) {
            Value::Bool(true) => return Some(Condition::ALWAYS),
            Value::Bool(false) => return Some(Condition::Never),
            _ => {}
        }
        let target = self.referred(location.clone());
        if self.views.is_of(view, &target) {
            return Some(Condition::ALWAYS);
        }
        if target != *location && view.is_any() {
            self.wanted.borrow_mut().insert(target.clone());
            return Some(Condition::Same(target));
        }
        if self.left.get() == 0 || self.depth.get() == DEEPEST {
            return None;
        }
        self.left.set(self.left.get() - 1);
        self.depth.set(self.depth.get() + 1);
        let condition = self.layers(location, view, &|_| true);
        self.depth.set(self.depth.get() - 1);
        condition
    }

    /// Where the schema stands that one here refers to, if it does nothing else.
    fn referred(&self, mut location: Location) -> Location {
        for _ in 0..DEEPEST {
            let Some(layer) = self.builder.layer(&location) else { break };
            let Some(reference) = layer.refers_only(Types::ALL) else { break };
            match self.builder.resolver.follow(&location, reference) {
                Ok(Target::Here(target)) => location = target,
                _ => break,
            }
        }
        location
    }

    fn layer(
        &self,
        layer: &Layer<'a>,
        view: &View<'f>,
        wanted: &dyn Fn(&str) -> bool,
    ) -> Option<Vec<Condition>> {
        if self.builder.documents[layer.location.document].is_custom {
            return None;
        }
        let types = self.views.types(view);
        let mut done = BTreeSet::new();
        let mut all = Vec::new();
        for keyword in layer.binding(types) {
            let family = family(keyword);
            if family.iter().any(|keyword| wanted(keyword)) && done.insert(family[0]) {
                all.push(self.keyword(layer, family[0], view)?);
            }
        }
        Some(all)
    }

    /// What a keyword asks, with those of its family.
    fn keyword(&self, layer: &Layer<'a>, keyword: &str, view: &View<'f>) -> Option<Condition> {
        let value = layer.get(keyword).unwrap_or(&Value::Null);
        let at = |keyword: &str| layer.location.join(keyword);
        let each = |keyword: &str| {
            let count = layer.get(keyword).and_then(Value::as_array).map_or(0, Vec::len);
            (0..count).map(|index| self.schema(&at(keyword).join(index), view)).collect::<Option<Vec<_>>>()
        };
        let part = |keyword: &str| match layer.get(keyword) {
            Some(_) => self.schema(&at(keyword), view),
            None => Some(Condition::ALWAYS),
        };
        Some(match keyword {
            "$ref" | "allOf" => Condition::ALWAYS,
            "type" => self.of_type(layer, Types::named(value), view)?,
            "anyOf" => Condition::any(each("anyOf")?),
            "oneOf" => Condition::one(each("oneOf")?),
            "not" => part("not")?.negated(),
            "if" if layer.get("if").is_none() => Condition::ALWAYS,
            "if" => Condition::choice(part("if")?, part("then")?, part("else")?),
            _ if !Views::is_as_written(view) => return None,
            "enum" => self.listed(value.as_array()?, view)?,
            "const" => self.listed(std::slice::from_ref(value), view)?,
            "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => bound(layer, keyword, view)?,
            "multipleOf" => multiple_of(value, view)?,
            "minLength" | "maxLength" | "minItems" | "maxItems" => counted(keyword, value)?,
            "pattern" => Condition::Pattern(Linear::new(value.as_str()?)?),
            "uniqueItems" => self.unique_items(value, view)?,
            "items" => self.items(layer, view)?,
            "contains" => self.contains(layer, view)?,
            "minProperties" | "maxProperties" => {
                Views::shows_all(view).then_some(())?;
                counted(keyword, value)?
            }
            "required" => Self::required(value.as_array()?.iter().filter_map(Value::as_str), view)?,
            "properties" => self.properties(layer, view)?,
            "propertyNames" => {
                let names = self.schema(&at("propertyNames"), &Views::name())?;
                (names.is_always() || Views::shows_all(view)).then_some(())?;
                if names.is_always() { names } else { Condition::PropertyNames(Box::new(names)) }
            }
            "dependencies" | "dependentRequired" | "dependentSchemas" => {
                self.dependent(layer, keyword, view)?
            }
            "unevaluatedProperties" | "unevaluatedItems" if allows_all(value) => Condition::ALWAYS,
            "unevaluatedProperties" => self.unevaluated(layer, view)?,
            "unevaluatedItems" => self.unevaluated_items(layer, view)?,
            _ => return None,
        })
    }

    fn of_type(&self, layer: &Layer, allowed: Types, view: &View) -> Option<Condition> {
        let own = self.views.types(view);
        let tells_integers = allowed.meets(Types::INTEGER) != allowed.meets(Types::FRACTION);
        let is_draft_4 = layer.dialect == Dialect::Draft4;
        if tells_integers && own.meets(Types::NUMBER) {
            // How a number was written is known of those alone that keep it, and of documents of one kind. What is listed
            // as an integer may have been written otherwise.
            let is_lost = |shape: &&Form| matches!(shape, Form::Number | Form::Literals(_)) && is_draft_4;
            let is_mixed =
                self.builder.documents.iter().any(|one| (one.dialect == Dialect::Draft4) != is_draft_4);
            if is_mixed || view.shapes.iter().any(is_lost) {
                return None;
            }
        }
        if own.minus(allowed).is_empty() {
            return Some(Condition::ALWAYS);
        }
        if !own.meets(allowed) {
            return Some(Condition::Never);
        }
        Some(Condition::Type(allowed, tells_integers && is_draft_4))
    }

    /// One of these values.
    fn listed(&self, values: &[Value], view: &View<'f>) -> Option<Condition> {
        let (scalars, others): (Vec<_>, Vec<_>) =
            values.iter().partition(|value| !value.is_array() && !value.is_object());
        if !scalars.is_empty() && !Views::is_as_written(view) {
            return None;
        }
        if !scalars.iter().filter_map(|value| value.as_number()).all(|number| is_told(number, view)) {
            return None;
        }
        let types = self.views.types(view);
        let is_possible = |value: &&&Value| Types::of(value).meets(types) || value.is_number();
        let scalars: Vec<Value> = scalars.iter().filter(is_possible).map(|value| (*value).clone()).collect();
        let mut all = Vec::new();
        if !scalars.is_empty() {
            all.push(Condition::Enum(scalars));
        }
        for value in others {
            all.push(match value {
                Value::Array(elements) => self.array(elements, view)?,
                Value::Object(members) => self.object(members, view)?,
                _ => return None,
            });
        }
        Some(Condition::any(all))
    }

    fn array(&self, elements: &[Value], view: &View<'f>) -> Option<Condition> {
        let count = u64::try_from(elements.len()).ok()?;
        let is = |(index, value): (usize, &Value)| {
            self.listed(std::slice::from_ref(value), &self.views.elements(view, Some(index))?)
        };
        let each = elements.iter().enumerate().map(is).collect::<Option<Vec<_>>>()?;
        Some(Condition::all(vec![
            Condition::Type(Types::ARRAY, false),
            Condition::Count("minItems", count),
            Condition::Count("maxItems", count),
            Condition::Items(each, Box::new(Condition::ALWAYS)),
        ]))
    }

    fn object(&self, members: &Map<String, Value>, view: &View<'f>) -> Option<Condition> {
        Views::shows_all(view).then_some(())?;
        let is = |(name, value): (&String, &Value)| {
            let is = self.listed(std::slice::from_ref(value), &self.views.member(view, name)?)?;
            Some((name.clone(), is))
        };
        let mut each = members.iter().map(is).collect::<Option<Vec<_>>>()?;
        each.sort_by(|a, b| a.0.cmp(&b.0));
        let count = u64::try_from(members.len()).ok()?;
        let mut all = vec![Condition::Type(Types::OBJECT, false), Condition::Count("maxProperties", count)];
        if !each.is_empty() {
            all.push(Condition::Required(members.keys().cloned().collect()));
            all.push(Condition::Properties(each, Vec::new(), Box::new(Condition::ALWAYS)));
        }
        Some(Condition::all(all))
    }

    fn unique_items(&self, value: &Value, view: &View<'f>) -> Option<Condition> {
        if value != &Value::Bool(true) {
            return Some(Condition::ALWAYS);
        }
        let elements = self.views.elements(view, None)?;
        self.views.tells_apart(&elements).then_some(Condition::UniqueItems)
    }

    fn items(&self, layer: &Layer<'a>, view: &View<'f>) -> Option<Condition> {
        let first_by = if layer.dialect == Dialect::Draft202012 { "prefixItems" } else { "items" };
        let first = layer.get(first_by).and_then(Value::as_array).map(Vec::len);
        let others_by = match first {
            Some(_) if layer.dialect != Dialect::Draft202012 => "additionalItems",
            _ => "items",
        };
        let each = (0..first.unwrap_or(0)).map(|index| {
            let elements = self.views.elements(view, Some(index))?;
            self.schema(&layer.location.join(first_by).join(index), &elements)
        });
        let each = each.collect::<Option<Vec<_>>>()?;
        let others = match layer.get(others_by) {
            Some(_) => self.schema(&layer.location.join(others_by), &self.views.elements(view, None)?)?,
            None => Condition::ALWAYS,
        };
        let is_always = others.is_always() && each.iter().all(Condition::is_always);
        Some(if is_always { Condition::ALWAYS } else { Condition::Items(each, Box::new(others)) })
    }

    fn contains(&self, layer: &Layer<'a>, view: &View<'f>) -> Option<Condition> {
        if layer.get("contains").is_none() {
            return Some(Condition::ALWAYS);
        }
        let limit = |keyword: &str| match layer.get(keyword) {
            Some(limit) => whole(limit).map(Some),
            None => Some(None),
        };
        let (least, most) = (limit("minContains")?.unwrap_or(1), limit("maxContains")?);
        let condition = self.schema(&layer.location.join("contains"), &self.views.elements(view, None)?)?;
        Some(Condition::Contains(Box::new(condition), least, most))
    }

    fn required<'n>(names: impl Iterator<Item = &'n str>, view: &View) -> Option<Condition> {
        let mut left: Vec<String> = Vec::new();
        for name in names {
            if Views::presence(view, name)? != Presence::Always && !left.iter().any(|known| known == name) {
                left.push(name.to_owned());
            }
        }
        Some(if left.is_empty() { Condition::ALWAYS } else { Condition::Required(left) })
    }

    /// What `properties`, `patternProperties` and `additionalProperties` ask.
    fn properties(&self, layer: &Layer<'a>, view: &View<'f>) -> Option<Condition> {
        let names = |keyword: &str| {
            let all = layer.get(keyword).and_then(Value::as_object).into_iter().flatten();
            all.map(|(name, _)| name.clone()).collect::<Vec<_>>()
        };
        let at = |keyword: &str| layer.location.join(keyword);
        let declared: BTreeSet<_> = names("properties").into_iter().collect();
        let mut matching = Vec::new();
        for source in names("patternProperties") {
            let pattern = Compiled::new(&source);
            let condition = self.of_members(&at("patternProperties").join(source), view, &|name| {
                // What cannot be told may be.
                pattern.is_match(name).unwrap_or(true)
            })?;
            matching.push((pattern, condition));
        }
        let others = match layer.get("additionalProperties") {
            Some(_) => self.of_members(&at("additionalProperties"), view, &|name| {
                !declared.contains(name)
                    && !matching.iter().any(|(pattern, _)| pattern.is_match(name) == Some(true))
            })?,
            None => Condition::ALWAYS,
        };
        if others.is_always() {
            matching.retain(|(_, condition)| !condition.is_always());
        }
        let linear = matching.into_iter().map(|(pattern, condition)| Some((pattern.linear?, condition)));
        let matching = linear.collect::<Option<Vec<_>>>()?;
        let mut by_name = Vec::new();
        for name in &declared {
            let location = at("properties").join(name);
            let condition = match self.views.member(view, name) {
                Some(part) => self.schema(&location, &part)?,
                // What is dropped may be anything.
                None => self.schema(&location, &Views::any()).filter(Condition::is_always)?,
            };
            if !condition.is_always() || !others.is_always() {
                by_name.push((name.clone(), condition));
            }
        }
        let is_always = by_name.is_empty() && matching.is_empty() && others.is_always();
        Some(if is_always {
            Condition::ALWAYS
        } else {
            Condition::Properties(by_name, matching, Box::new(others))
        })
    }

    /// What a schema asks of all properties of wanted names, and of those whose names are not known.
    pub(super) fn of_members(
        &self,
        location: &Location,
        view: &View<'f>,
        wanted: &dyn Fn(&str) -> bool,
    ) -> Option<Condition> {
        match self.views.members(view, wanted) {
            Some(parts) => self.schema(location, &parts),
            None => self.schema(location, &Views::any()).filter(Condition::is_always),
        }
    }

    fn dependent(&self, layer: &Layer<'a>, keyword: &str, view: &View<'f>) -> Option<Condition> {
        let mut all = Vec::new();
        for (name, value) in layer.get(keyword)?.as_object()? {
            let condition = match value {
                Value::Array(names) => Self::required(names.iter().filter_map(Value::as_str), view)?,
                // Draft 4 has it.
                Value::String(other) => Self::required(std::iter::once(other.as_str()), view)?,
                _ => self.schema(&layer.location.join(keyword).join(name), view)?,
            };
            if condition.is_always() {
                continue;
            }
            match Views::presence(view, name)? {
                Presence::Never => {}
                Presence::Always | Presence::Told => all.push((name.clone(), condition)),
            }
        }
        Some(if all.is_empty() { Condition::ALWAYS } else { Condition::Dependent(all) })
    }
}

/// The keywords that say something together, by the first of which they are gone through.
fn family(keyword: &str) -> Vec<&str> {
    const FAMILIES: [&[&str]; 4] = [
        &["properties", "patternProperties", "additionalProperties"],
        &["items", "prefixItems", "additionalItems"],
        &["contains", "minContains", "maxContains"],
        &["if", "then", "else"],
    ];
    let found = FAMILIES.into_iter().find(|family| family.contains(&keyword));
    found.map_or_else(|| vec![keyword], <[_]>::to_vec)
}

fn allows_all(schema: &Value) -> bool {
    schema == &Value::Bool(true) || schema.as_object().is_some_and(Map::is_empty)
}
