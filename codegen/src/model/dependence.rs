//! Verdicts that depend on properties which a type drops: what was accepted must be so when it is written again, so
//! the objects that such a verdict looks at keep what they do not declare.
//!
//! Every schema is gone through beside the type of its values. A schema that accepts an instance has to accept it
//! without the dropped properties too; under `not`, beside another branch of `oneOf` and as an `if`, one that refuses
//! it has to go on refusing it.

use std::collections::{BTreeSet, HashSet};

use isomorph_schema::{Inner, Location, Target, Types, inside_keywords};
use serde_json::Value;

use super::binding::{Binding, Part};
use super::builder::Builder;
use super::definition::Definition;
use super::definition_id::DefinitionId;
use super::exclusion::Exclusion;
use super::form::{Form, Rest};
use super::layers::Layer;
use super::leaves::{Leaf, Leaves};
use super::switched::asked_of;
use crate::error::Error;

/// How often a schema is looked at for a shape. Where that is not enough, everything is kept.
const MOST_LOOKS: usize = 2_000_000;

/// What a schema says of an instance, and has to go on saying.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Verdict {
    Accepts,
    Refuses,
}

const BOTH: [Verdict; 2] = [Verdict::Accepts, Verdict::Refuses];

impl Verdict {
    fn turned(self) -> Self {
        match self {
            Self::Accepts => Self::Refuses,
            Self::Refuses => Self::Accepts,
        }
    }
}

impl Builder<'_> {
    /// The objects whose undeclared properties a verdict depends on.
    ///
    /// # Errors
    ///
    /// If a reference leads nowhere.
    pub(super) fn dependent(&self, definitions: &[Definition]) -> Result<BTreeSet<DefinitionId>, Error> {
        let mut dependence = Dependence {
            builder: self,
            leaves: Leaves::new(definitions),
            exclusion: Exclusion::new(self, definitions),
            found: BTreeSet::new(),
            seen: HashSet::new(),
            looked_at: HashSet::new(),
            work: Vec::new(),
            looks_left: MOST_LOOKS,
        };
        for definition in definitions {
            dependence.push(definition.location.clone(), &definition.form, Verdict::Accepts)?;
        }
        while let Some((location, form, verdict)) = dependence.work.pop() {
            dependence.go_through(&location, form, verdict)?;
        }
        Ok(dependence.found)
    }
}

struct Dependence<'b, 'a> {
    builder: &'b Builder<'a>,
    leaves: Leaves<'b>,
    exclusion: Exclusion<'b, 'a>,
    found: BTreeSet<DefinitionId>,
    seen: HashSet<(Location, *const Form, Verdict)>,
    looked_at: HashSet<(Location, *const Form, Verdict)>,
    work: Vec<(Location, &'b Form, Verdict)>,
    looks_left: usize,
}

impl<'b> Dependence<'b, '_> {
    fn push(&mut self, location: Location, form: &'b Form, verdict: Verdict) -> Result<(), Error> {
        if !self.leaves.lose(form) {
            return Ok(());
        }
        let location = self.referred(location)?;
        let form = self.leaves.resolved(form);
        if self.seen.insert((location.clone(), std::ptr::from_ref(form), verdict)) {
            self.work.push((location, form, verdict));
        }
        Ok(())
    }

    /// Where the schema stands that one here refers to, if it does nothing else.
    fn referred(&self, location: Location) -> Result<Location, Error> {
        let Some(layer) = self.builder.layer(&location) else { return Ok(location) };
        if let Some(reference) = layer.refers_only(Types::ALL)
            && let Target::Here(target) = self.builder.resolver.follow(&location, reference)?
        {
            return Ok(target);
        }
        Ok(location)
    }

    /// Holds a schema against each kind of value that the form stands for.
    fn go_through(&mut self, location: &Location, form: &'b Form, verdict: Verdict) -> Result<(), Error> {
        for leaf in self.leaves.of(form) {
            let mut seen = HashSet::from([(location.clone(), verdict)]);
            let mut work = vec![(location.clone(), verdict)];
            while let Some((location, verdict)) = work.pop() {
                if self.looks_left == 0 {
                    self.mark_all(form);
                    return Ok(());
                }
                let next = self.look_at(&location, &leaf, verdict)?;
                work.extend(next.into_iter().filter(|one| seen.insert(one.clone())));
            }
        }
        Ok(())
    }

    /// Looks at one schema for a value; the schemas that bind the same value, with what each has to go on saying.
    fn look_at(
        &mut self,
        location: &Location,
        leaf: &Leaf<'b>,
        verdict: Verdict,
    ) -> Result<Vec<(Location, Verdict)>, Error> {
        let Some(layer) = self.builder.layer(location) else { return Ok(Vec::new()) };
        if self.builder.documents[location.document].is_custom {
            self.mark_all(leaf.form);
            return Ok(Vec::new());
        }
        if self.exclusion.holds(location, leaf.form)?
            || self.is_another_branch(location, leaf)?
            || (verdict == Verdict::Refuses && self.exclusion.asks_for_dropped(location, leaf.form)?)
        {
            return Ok(Vec::new());
        }
        // Several ways may lead here.
        if self.looked_at.insert((location.clone(), std::ptr::from_ref(leaf.form), verdict)) {
            self.look_at_constants(&layer, leaf, verdict);
            self.look_at_parts(&layer, leaf, verdict)?;
            if is_told_apart(&layer, leaf, verdict) {
                self.found.extend(leaf.id);
            }
        }
        self.in_place(&layer, leaf, verdict)
    }

    /// Whether a schema refuses the value, whatever it drops, since it was read as a branch that another value of a property
    /// selects.
    fn is_another_branch(&self, location: &Location, leaf: &Leaf<'b>) -> Result<bool, Error> {
        for read_as in leaf.trail.iter().filter(|read_as| **read_as != location) {
            if self.exclusion.tells_from(location, read_as, leaf.form)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Goes on to the parts of the value, beside the schemas that bind them.
    fn look_at_parts(&mut self, layer: &Layer, leaf: &Leaf<'b>, verdict: Verdict) -> Result<(), Error> {
        if layer.get("uniqueItems") == Some(&Value::Bool(true)) && verdict == Verdict::Accepts {
            leaf.form.parts().into_iter().for_each(|part| self.mark_all(&part.form));
        }
        if leaf.losing.is_empty() || !Binding::binds_parts(layer) {
            return Ok(());
        }
        let mut binding = Binding::of_layer(layer);
        for (pattern, location) in binding.patterns_of_layer() {
            binding.add_pattern(pattern, location);
        }
        let mut bound = Vec::new();
        for (index, form) in &leaf.losing {
            let places = match leaf.form {
                Form::Object(object) if *index < object.properties.len() => {
                    binding.of(Part::Property(&object.properties[*index].name))
                }
                Form::Object(object) => {
                    let names = object.properties.iter().map(|property| property.name.as_str()).collect();
                    binding.of(Part::Other(&names))
                }
                Form::Map(_, _) => binding.of(Part::Other(&HashSet::new())),
                Form::Tuple(_) => binding.of(Part::Element(*index)),
                _ => binding.of(Part::Elements),
            };
            bound.extend(places.into_iter().map(|place| (place, *form)));
        }
        // How many elements `contains` accepts may be counted from above, and what it accepts is evaluated.
        let is_counted =
            ["maxContains", "unevaluatedItems"].into_iter().any(|keyword| layer.get(keyword).is_some());
        for (location, form) in bound {
            let both = is_counted && location.pointer.last() == "contains";
            for verdict in if both { &BOTH } else { std::slice::from_ref(&verdict) } {
                self.push(location.clone(), form, *verdict)?;
            }
        }
        Ok(())
    }

    fn look_at_constants(&mut self, layer: &Layer, leaf: &Leaf<'b>, verdict: Verdict) {
        let listed = layer.get("enum").and_then(Value::as_array).into_iter().flatten();
        for constant in listed.chain(layer.get("const")) {
            self.look_at_constant(constant, leaf.form, verdict);
        }
    }

    /// A value that is a constant may no longer be it, one that is none may become it.
    fn look_at_constant(&mut self, constant: &Value, form: &'b Form, verdict: Verdict) {
        let mut work = vec![(constant, form)];
        while let Some((constant, form)) = work.pop() {
            for leaf in self.leaves.of(form) {
                match (constant, leaf.form) {
                    (Value::Object(members), Form::Object(object)) => {
                        let find = |name: &str| object.properties.iter().find(|one| one.name == name);
                        let is_dropped = members.keys().any(|name| find(name).is_none());
                        if object.rest == Rest::Ignored && (is_dropped || verdict == Verdict::Refuses) {
                            self.found.extend(leaf.id);
                        }
                        let parts = members.iter().filter_map(|(name, value)| Some((value, find(name)?)));
                        work.extend(parts.map(|(value, property)| (value, &property.schema.form)));
                    }
                    (Value::Object(members), Form::Map(part, _)) => {
                        work.extend(members.values().map(|value| (value, &part.form)));
                    }
                    (Value::Array(elements), Form::List(part, _)) => {
                        work.extend(elements.iter().map(|value| (value, &part.form)));
                    }
                    (Value::Array(elements), Form::Tuple(parts)) => {
                        work.extend(elements.iter().zip(parts).map(|(value, part)| (value, &part.form)));
                    }
                    _ => {}
                }
            }
        }
    }

    /// The schemas that bind the same value, and what each has to go on saying of it.
    fn in_place(
        &mut self,
        layer: &Layer,
        leaf: &Leaf<'b>,
        verdict: Verdict,
    ) -> Result<Vec<(Location, Verdict)>, Error> {
        let mut next = Vec::new();
        if let Some((_, reference)) = layer.refers {
            match self.builder.resolver.follow(&layer.location, reference)? {
                Target::Here(target) => next.push((target, verdict)),
                Target::MetaSchema => self.mark_all(leaf.form),
                Target::Missing | Target::Anything => {}
            }
        }
        if layer.is_dynamic() {
            self.mark_all(leaf.form);
        }
        let inner = inside_keywords(layer.keywords, layer.dialect);
        let inner: Vec<_> =
            inner.iter().filter(|inner| inner.is_in_place() && layer.get(inner.keyword).is_some()).collect();
        self.looks_left = self.looks_left.saturating_sub(1 + inner.len());
        let decided = self.decided(layer, leaf.form);
        let never = match decided {
            Some(true) => "else",
            Some(false) => "then",
            None => "",
        };
        for one in inner.iter().filter(|one| one.keyword != never) {
            let location = one.location(&layer.location);
            let verdicts = verdicts(one, layer, leaf, verdict, &location);
            next.extend(verdicts.into_iter().map(|verdict| (location.clone(), verdict)));
        }
        Ok(next)
    }

    /// Whether the `if` of a schema holds to each object of a form, or to none: it asks for the value of a property that is
    /// always one of some strings there.
    fn decided(&self, layer: &Layer, form: &Form) -> Option<bool> {
        let Form::Object(object) = form else { return None };
        let (tag, values) = asked_of(layer.get("if")?)?;
        let property = object.properties.iter().find(|property| property.name == tag && property.required)?;
        let Form::Names(names) = self.leaves.resolved(&property.schema.form) else { return None };
        let is_asked_for = |name: &String| values.contains(&name.as_str());
        let first = is_asked_for(names.first()?);
        names.iter().all(|name| is_asked_for(name) == first).then_some(first)
    }

    /// Marks all objects that a value of the form may hold.
    fn mark_all(&mut self, form: &'b Form) {
        self.found.extend(self.leaves.within(form));
    }
}

/// Whether the keywords of a layer may judge the value otherwise without the properties that are dropped.
fn is_told_apart(layer: &Layer, leaf: &Leaf, verdict: Verdict) -> bool {
    let Form::Object(object) = leaf.form else { return false };
    if object.rest != Rest::Ignored {
        return false;
    }
    let drops = |name: &str| !object.properties.iter().any(|property| property.name == name);
    let names =
        |value: &Value| value.as_array().is_some_and(|all| all.iter().filter_map(Value::as_str).any(drops));
    let by_name = |keyword| layer.get(keyword).and_then(Value::as_object).into_iter().flatten();
    let dependencies = || by_name("dependencies").chain(by_name("dependentRequired"));
    match verdict {
        Verdict::Accepts => {
            let required = object.properties.iter().filter(|property| property.required).count();
            let least = layer.get("minProperties").and_then(Value::as_f64);
            #[expect(clippy::cast_precision_loss, reason = "nobody requires so many properties")]
            let counts = least.is_some_and(|least| least > required as f64);
            counts
                || layer.get("required").is_some_and(names)
                || dependencies().any(|(name, needed)| !drops(name) && names(needed))
                // What a schema that then no longer binds has evaluated would be unevaluated.
                || (layer.get("unevaluatedProperties").is_some()
                    && by_name("dependencies").chain(by_name("dependentSchemas")).any(|(name, _)| drops(name)))
        }
        Verdict::Refuses => {
            let says = |schema: &Value| says_something(schema);
            ["propertyNames", "additionalProperties", "unevaluatedProperties"]
                .into_iter()
                .any(|keyword| layer.get(keyword).is_some_and(says))
                || layer.get("maxProperties").is_some()
                || by_name("patternProperties").any(|(_, schema)| says(schema))
                || by_name("properties").any(|(name, schema)| drops(name) && says(schema))
                || dependencies().chain(by_name("dependentSchemas")).any(|(name, _)| drops(name))
        }
    }
}

/// What a schema for the same value has to go on saying.
fn verdicts(
    inner: &Inner,
    layer: &Layer,
    leaf: &Leaf,
    verdict: Verdict,
    location: &Location,
) -> Vec<Verdict> {
    let is_read_as = leaf.trail.contains(&location);
    let any_is_read_as = || {
        let base = layer.location.join(inner.keyword);
        leaf.trail.iter().any(|at| at.pointer.split_last().is_some_and(|(around, _)| around == base.pointer))
    };
    match inner.keyword {
        "not" => vec![verdict.turned()],
        "if" if ["then", "else"].into_iter().any(|keyword| layer.get(keyword).is_some()) => BOTH.to_vec(),
        "then" | "else" if layer.get("if").is_none() => Vec::new(),
        "if" => Vec::new(),
        "anyOf" if verdict == Verdict::Accepts && any_is_read_as() && !is_read_as => Vec::new(),
        "oneOf" if verdict == Verdict::Accepts && any_is_read_as() => {
            vec![if is_read_as { Verdict::Accepts } else { Verdict::Refuses }]
        }
        "oneOf" => BOTH.to_vec(),
        _ => vec![verdict],
    }
}

/// Whether a schema binds anything.
fn says_something(schema: &Value) -> bool {
    match schema {
        Value::Bool(accepts) => !accepts,
        Value::Object(keywords) => keywords.keys().any(|keyword| isomorph_schema::binds(keyword)),
        _ => false,
    }
}
