//! Where a property that is absent must stay so: around it a schema tells instances apart by which properties
//! they have, and a default that appears when a value is written again could make it another schema's, or
//! none's.

use std::collections::BTreeSet;

use super::types::Types;
use super::{Branch, Definition, DefinitionId, Form, Object, Property, Rest, Union};

/// The definitions whose absent properties must stay absent.
pub fn kept(definitions: &[Definition]) -> BTreeSet<DefinitionId> {
    let mut kept = BTreeSet::new();
    let mut work = Vec::new();
    let appearing = with_defaults(definitions);
    for definition in definitions {
        if definition.guard.iter().any(|keyword| sees_properties(keyword)) {
            work.push(definition.id);
        }
        if let Form::Union(union) = &definition.form {
            if tells_apart(union) {
                work.extend(seen_by_others(definitions, union, &appearing));
            } else {
                work.extend(definition.form.references());
            }
        }
    }
    while let Some(id) = work.pop() {
        if kept.insert(id) {
            work.extend(definitions[id.0].form.references());
        }
    }
    kept
}

/// Whether a keyword may judge an object by what is in it.
fn sees_properties(keyword: &str) -> bool {
    const SCALAR: [&str; 3] = ["pattern", "multipleOf", "format"];
    !SCALAR.contains(&keyword)
}

/// Whether a value that is one branch's stays so, whatever appears in it. Of `anyOf` any branch will do.
fn tells_apart(union: &Union) -> bool {
    let is_tagged = union.tag.is_some();
    let mut seen = Types::NONE;
    !union.exactly_one
        || union.branches.iter().all(|branch| {
            let is_apart = !seen.meets(branch.types) || (is_tagged && branch.tag_required);
            seen = seen.union(branch.types);
            is_apart
        })
}

/// Of a union that holds values of several branches: those in which something may appear that another branch
/// does not let pass.
fn seen_by_others(
    definitions: &[Definition],
    union: &Union,
    appearing: &BTreeSet<DefinitionId>,
) -> Vec<DefinitionId> {
    let object = |branch: &Branch| match &branch.schema.form {
        Form::Reference(id) => match &definitions[id.0].form {
            Form::Object(object) => Some((&definitions[id.0], object)),
            _ => None,
        },
        _ => None,
    };
    let lets_pass = |judge: &Branch, made: &Object| match object(judge) {
        Some((judge, object)) => judge.guard.is_empty() && stays_valid(object, made, appearing),
        None => !judge.types.meets(Types::OBJECT) || judge.schema.form == Form::Any,
    };
    let is_seen = |(id, made): &(DefinitionId, &Object)| {
        let is_other = |branch: &Branch| branch.schema.form != Form::Reference(*id);
        union.branches.iter().any(|judge| is_other(judge) && !lets_pass(judge, made))
    };
    let made = union.branches.iter().filter(|_| union.several).filter_map(object);
    let made = made.map(|(definition, object)| (definition.id, object));
    made.filter(is_seen).map(|(id, _)| id).collect()
}

/// Whether an object of both stays one of `judge` when the defaults of `made` appear in it.
fn stays_valid(judge: &Object, made: &Object, appearing: &BTreeSet<DefinitionId>) -> bool {
    let is_open = match &judge.rest {
        Rest::Ignored => true,
        Rest::Forbidden => false,
        Rest::Kept(part) => part.form == Form::Any && part.checks.is_empty(),
    };
    let is_changed = |property: &Property| {
        may_appear(property) || property.schema.form.references().iter().any(|part| appearing.contains(part))
    };
    made.properties.iter().filter(|property| is_changed(property)).all(|property| {
        match judge.properties.iter().find(|other| other.name == property.name) {
            Some(other) => other.schema.form == property.schema.form && other.default == property.default,
            None => is_open || !may_appear(property),
        }
    })
}

/// The definitions in whose values, or in parts of them, a default may appear.
fn with_defaults(definitions: &[Definition]) -> BTreeSet<DefinitionId> {
    let mut found = BTreeSet::new();
    loop {
        let before = found.len();
        // What is part of others mostly comes after them.
        for definition in definitions.iter().rev() {
            let is_one = match &definition.form {
                Form::Object(object) => object.properties.iter().any(may_appear),
                _ => false,
            };
            if is_one || definition.form.references().iter().any(|part| found.contains(part)) {
                found.insert(definition.id);
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

fn may_appear(property: &Property) -> bool {
    property.default.is_some() && !property.required
}
