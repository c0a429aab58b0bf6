//! How serde says which variant of a union a value is of: by what tells its branches apart. What stands in a branch and
//! nobody else mentions is part of its variant then, and no type of its own.

use std::collections::BTreeSet;

use isomorph_schema::Types;
use serde_json::Value;

use super::constant::Constant;
use super::definition::{Definition, Origin};
use super::definition_id::DefinitionId;
use super::form::{Branch, Form, Holds, Object, Property, Representation, Rest, Union};

/// Decides it for every union; the definitions that are parts of variants, and no types any more. `referred` says what the
/// `$ref` of a schema leads to.
pub fn mark(
    definitions: &mut [Definition],
    referred: &dyn Fn(&Definition) -> Option<DefinitionId>,
) -> BTreeSet<DefinitionId> {
    let held = Held::of(definitions);
    let mut parts = BTreeSet::new();
    let (mut decided, mut beside) = (Vec::new(), Vec::new());
    for definition in &*definitions {
        let Form::Union(union) = &definition.form else { continue };
        if let Some(all) = beside_tags(definitions, &held, union, referred) {
            parts.extend(all.iter().flat_map(|one| parts_of(one.holds)));
            beside.push((definition.id, all));
            continue;
        }
        let tagged = || tagged(definitions, &held, union).map(|holds| (Representation::Tagged, holds));
        let adjacent = adjacent(definitions, &held, union).map(|holds| (Representation::Adjacent, holds));
        if let Some((representation, holds)) = adjacent
            .or_else(tagged)
            .or_else(|| by_form(definitions, &held, union))
            .or_else(|| untagged(definitions, &held, &definition.ident, union))
        {
            parts.extend(holds.iter().flat_map(|one| parts_of(*one)));
            decided.push((definition.id, representation, holds));
        }
    }
    for (id, all) in beside {
        let Form::Union(union) = &mut definitions[id.0].form else { continue };
        union.representation = Representation::Tagged;
        for (branch, BesideTag { holds, refers }) in union.branches.iter_mut().zip(all) {
            branch.holds = holds;
            if let Some((id, value)) = refers {
                branch.schema.form = Form::Reference(id);
                (branch.tags, branch.tag_required) = (Some(vec![value]), true);
            }
        }
    }
    for (id, representation, holds) in decided {
        if let Form::Union(union) = &mut definitions[id.0].form {
            union.representation = representation;
            for (branch, holds) in union.branches.iter_mut().zip(holds) {
                branch.holds = holds;
            }
        }
    }
    parts
}

fn parts_of(holds: Holds) -> Vec<DefinitionId> {
    match holds {
        Holds::Value => Vec::new(),
        Holds::Fields(id) | Holds::Units(id) => vec![id],
        Holds::Content(id, inner) => [id].into_iter().chain(inner).collect(),
    }
}

/// What cannot be part of a variant, since something else names it.
pub struct Held {
    /// How often each definition is mentioned.
    mentions: Vec<usize>,
    /// What defaults are made of.
    in_constants: BTreeSet<DefinitionId>,
}

impl Held {
    /// What these definitions name.
    pub fn of(definitions: &[Definition]) -> Self {
        let mut mentions = vec![0; definitions.len()];
        let mut in_constants = BTreeSet::new();
        for definition in definitions {
            definition.form.references().iter().for_each(|id| mentions[id.0] += 1);
            let absent = match &definition.form {
                Form::Object(object) => object.properties.as_slice(),
                _ => &[],
            };
            let constants = absent.iter().filter_map(|property| property.when_absent.as_ref());
            in_constants.extend(constants.chain(&definition.default).flat_map(Constant::definitions));
        }
        Self { mentions, in_constants }
    }

    /// Whether a definition can be no type of its own.
    fn can_be_part(&self, definition: &Definition) -> bool {
        let is_alone = self.mentions[definition.id.0] == 1 && !self.in_constants.contains(&definition.id);
        let says_all =
            definition.guard.is_empty() && definition.default.is_none() && definition.slice.is_none();
        is_alone && says_all && definition.origin == Origin::Inline
    }
}

/// The objects of a union that serde's internal form says: each inline, with a tag of its own value.
fn tagged(definitions: &[Definition], held: &Held, union: &Union) -> Option<Vec<Holds>> {
    let tag = union.tag.as_ref()?;
    let mut objects = Vec::new();
    let mut values = BTreeSet::new();
    for branch in &union.branches {
        let Form::Reference(id) = branch.schema.form else { return None };
        let object = fields(&definitions[id.0], held).filter(|_| branch.schema.checks.is_empty())?;
        let own = object.properties.iter().find(|property| property.name == *tag)?;
        let value = own.tag.as_ref().filter(|_| own.required)?;
        if !values.insert(value) || object.fields().count() > MOST_FIELDS {
            return None;
        }
        objects.push(Holds::Fields(id));
    }
    (objects.len() > 1).then_some(objects)
}

/// A branch of a union that serde's internal form says: its own fields, or those of a type beside whose reference the tag
/// stands.
struct BesideTag {
    holds: Holds,
    refers: Option<(DefinitionId, String)>,
}

/// The branches of a union that serde's internal form says, if some of them hold a type of their own.
fn beside_tags(
    definitions: &[Definition],
    held: &Held,
    union: &Union,
    referred: &dyn Fn(&Definition) -> Option<DefinitionId>,
) -> Option<Vec<BesideTag>> {
    let tag = union.tag.as_ref()?;
    let (mut all, mut values) = (Vec::new(), BTreeSet::new());
    for branch in &union.branches {
        let Form::Reference(id) = branch.schema.form else { return None };
        let definition = &definitions[id.0];
        let Form::Object(object) = &definition.form else { return None };
        let own = object.properties.iter().find(|property| property.name == *tag)?;
        let value = own.tag.clone().filter(|_| own.required && branch.schema.checks.is_empty())?;
        let one = match fields(definition, held) {
            Some(object) if object.fields().count() <= MOST_FIELDS => {
                BesideTag { holds: Holds::Fields(id), refers: None }
            }
            _ if object.rest == Rest::Ignored => {
                let target = refers(definitions, held, definition, tag, referred)?;
                BesideTag { holds: Holds::Value, refers: Some((target, value.clone())) }
            }
            _ => return None,
        };
        if !values.insert(value) {
            return None;
        }
        all.push(one);
    }
    (all.len() > 1 && all.iter().any(|one| one.refers.is_some())).then_some(all)
}

/// The type that an object is but for its tag, by a reference beside that.
fn refers(
    definitions: &[Definition],
    held: &Held,
    definition: &Definition,
    tag: &str,
    referred: &dyn Fn(&Definition) -> Option<DefinitionId>,
) -> Option<DefinitionId> {
    const SAID: [&str; 6] = ["$ref", "type", "properties", "required", "description", "title"];
    let schema = definition.schema.as_object()?;
    let is_bare = schema.keys().all(|keyword| SAID.contains(&keyword.as_str()));
    let declares = schema.get("properties").and_then(Value::as_object)?;
    let requires = schema.get("required").and_then(Value::as_array)?;
    let is_tag = declares.keys().all(|name| name == tag) && requires.iter().all(|name| name == tag);
    let id = referred(definition).filter(|_| is_bare && is_tag && held.can_be_part(definition))?;
    let Form::Object(object) = &definitions[id.0].form else { return None };
    let is_free = definitions[id.0].guard.is_empty() && object.rest == Rest::Ignored;
    (is_free && object.properties.iter().all(|property| property.name != tag)).then_some(id)
}

/// The objects of a union that serde's adjacent form says: each inline, with a tag of its own value, and beside it nothing,
/// or one property that is called the same in all.
fn adjacent(definitions: &[Definition], held: &Held, union: &Union) -> Option<Vec<Holds>> {
    let tag = union.tag.as_ref()?;
    let (mut all, mut contents, mut closed) = (Vec::new(), Vec::new(), BTreeSet::new());
    let mut values = BTreeSet::new();
    for branch in &union.branches {
        let Form::Reference(id) = branch.schema.form else { return None };
        let object = fields(&definitions[id.0], held).filter(|_| branch.schema.checks.is_empty())?;
        let own = object.properties.iter().find(|property| property.name == *tag)?;
        if !values.insert(own.tag.as_ref().filter(|_| own.required)?) {
            return None;
        }
        closed.insert(object.rest == Rest::Forbidden);
        let others: Vec<_> = object.fields().collect();
        match others.as_slice() {
            [] => all.push(Holds::Fields(id)),
            [content] if content.required => {
                let inner = inner(definitions, held, content);
                closed.extend(inner.map(|(_, is_closed)| is_closed));
                contents.push(*content);
                all.push(Holds::Content(id, inner.map(|(inner, _)| inner)));
            }
            _ => return None,
        }
        if matches!(object.rest, Rest::Kept(_)) {
            return None;
        }
    }
    (closed.len() == 1 && are_contents(&contents)).then_some(all)
}

/// The objects of a union that nothing tells apart for serde: those that have no name but that of the union are its variants.
fn untagged(
    definitions: &[Definition],
    held: &Held,
    ident: &str,
    union: &Union,
) -> Option<(Representation, Vec<Holds>)> {
    let own = |branch: &Branch| {
        let Form::Reference(id) = branch.schema.form else { return None };
        let object = fields(&definitions[id.0], held)?;
        let is_told = branch.tags.is_some() || !branch.schema.checks.is_empty() || object.tag().is_some();
        let is_short = (1..=MOST_FIELDS_WITHOUT_TAG).contains(&object.properties.len());
        let own = &definitions[id.0].ident;
        let is_named = !own.starts_with(ident) && !own.ends_with(ident);
        (!is_told && is_short && !is_named && branch.types == Types::OBJECT).then_some((id, object))
    };
    let found: Vec<_> = union.branches.iter().map(own).collect();
    let closed: BTreeSet<_> =
        found.iter().flatten().map(|(_, object)| object.rest == Rest::Forbidden).collect();
    let holds = found.iter().map(|one| one.map_or(Holds::Value, |(id, _)| Holds::Fields(id))).collect();
    // serde closes all variants or none.
    (closed.len() == 1).then_some((Representation::Untagged, holds))
}

/// Whether properties of several objects are what these hold, and no field that all of them happen to have.
fn are_contents(all: &[&Property]) -> bool {
    const CALLED: [&str; 5] = ["content", "data", "payload", "value", "body"];
    let [first, others @ ..] = all else { return false };
    let is_called = first.name.chars().count() == 1 || CALLED.contains(&first.name.as_str());
    let are_different = others.iter().any(|other| other.schema.form != first.schema.form);
    !others.is_empty() && (is_called || are_different) && others.iter().all(|other| other.name == first.name)
}

/// The object whose fields a variant has that is the value of a property, and whether it is closed.
fn inner(definitions: &[Definition], held: &Held, property: &Property) -> Option<(DefinitionId, bool)> {
    let Form::Reference(inner) = property.schema.form else { return None };
    let object = fields(&definitions[inner.0], held).filter(|_| property.schema.checks.is_empty())?;
    let is_short = object.tag().is_none() && (1..=MOST_FIELDS).contains(&object.properties.len());
    is_short.then_some((inner, object.rest == Rest::Forbidden))
}

/// How many fields a variant has at most; an object with more is a struct.
pub const MOST_FIELDS: usize = 8;
const MOST_FIELDS_WITHOUT_TAG: usize = 4;

/// The object that a variant can have the fields of.
fn fields<'d>(definition: &'d Definition, held: &Held) -> Option<&'d Object> {
    let Form::Object(object) = &definition.form else { return None };
    // What several schemas say of it no derive says; it is better as a type of its own.
    let is_one = ["$ref", "allOf"].iter().all(|keyword| definition.said().get(*keyword).is_none());
    (held.can_be_part(definition) && is_one).then_some(object)
}

/// The branches of a union that are strings, and the objects of one property, by whose name serde tells them apart; if
/// there are others, the strings alone.
fn by_form(definitions: &[Definition], held: &Held, union: &Union) -> Option<(Representation, Vec<Holds>)> {
    let units: Vec<_> = union.branches.iter().map_while(|branch| units(definitions, held, branch)).collect();
    let others = &union.branches[units.len()..];
    if !are_listed(&units) {
        return None;
    }
    let strings = units.iter().map(|one| Holds::Units(one.id));
    let contents: Option<Vec<_>> = others.iter().map(|branch| content(definitions, held, branch)).collect();
    if let Some(contents) = contents {
        let names = units.iter().flat_map(|one| one.names).chain(contents.iter().map(|one| one.name));
        let closed: BTreeSet<_> = contents.iter().filter_map(|one| one.is_closed).collect();
        let holds: Vec<_> = strings.clone().chain(contents.iter().map(|one| one.holds)).collect();
        if are_distinct(names) && closed.len() < 2 && holds.len() > 1 && !contents.is_empty() {
            return Some((Representation::External, holds));
        }
    }
    let is_mixed = !units.is_empty() && are_distinct(units.iter().flat_map(|one| one.names));
    let holds = strings.chain(others.iter().map(|_| Holds::Value)).collect();
    is_mixed.then_some((Representation::Beside, holds))
}

/// Whether strings come as schemars has them: those of which nothing is told in one list, in front of the others.
fn are_listed(units: &[Units]) -> bool {
    let untold: Vec<_> = units.iter().take_while(|one| !one.is_told).collect();
    let others_are_told = units[untold.len()..].iter().all(|one| one.is_told);
    others_are_told && (untold.len() < 2 || untold.iter().all(|one| one.names.len() == 1))
}

fn are_distinct<'n>(mut names: impl Iterator<Item = &'n String>) -> bool {
    let mut known = BTreeSet::new();
    names.all(|name| known.insert(name))
}

/// A branch that is one of some strings.
struct Units<'d> {
    id: DefinitionId,
    names: &'d [String],
    /// Whether its author says something of it.
    is_told: bool,
}

fn units<'d>(definitions: &'d [Definition], held: &Held, branch: &Branch) -> Option<Units<'d>> {
    let Form::Reference(id) = branch.schema.form else { return None };
    let definition = &definitions[id.0];
    let Form::Names(names) = &definition.form else { return None };
    let is_told =
        ["description", "deprecated"].iter().any(|keyword| definition.schema.get(*keyword).is_some());
    let is_part = held.can_be_part(definition) && branch.schema.checks.is_empty();
    (is_part && (names.len() == 1 || !is_told)).then_some(Units { id, names, is_told })
}

/// Whether a branch is one of some strings, which may be variants of the union.
pub fn is_of_units(definitions: &[Definition], held: &Held, branch: &Branch) -> bool {
    units(definitions, held, branch).is_some()
}

/// A branch that is an object of one property.
struct Content<'d> {
    holds: Holds,
    name: &'d String,
    /// Whether the object in it that has the variant's fields is closed.
    is_closed: Option<bool>,
}

fn content<'d>(definitions: &'d [Definition], held: &Held, branch: &Branch) -> Option<Content<'d>> {
    let Form::Reference(id) = branch.schema.form else { return None };
    let object = fields(&definitions[id.0], held).filter(|_| branch.schema.checks.is_empty())?;
    let [property] = object.properties.as_slice() else { return None };
    let is_alone = object.rest == Rest::Forbidden && property.required && property.tag.is_none();
    let inner = inner(definitions, held, property);
    let holds = Holds::Content(id, inner.map(|(inner, _)| inner));
    is_alone.then_some(Content {
        holds,
        name: &property.name,
        is_closed: inner.map(|(_, is_closed)| is_closed),
    })
}
