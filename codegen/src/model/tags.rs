//! Constants that no field holds. A property that is always the same string is the tag of its struct: it is written,
//! must be read, and nobody has to set it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::constant::Constant;
use super::definition::{Definition, Origin};
use super::definition_id::DefinitionId;
use super::form::{Form, Property};

/// Finds one constant of each object: the one by which a union tells it from others, else one that is another string in
/// most other objects.
pub fn mark(definitions: &mut [Definition]) {
    let told_apart_by = told_apart_by(definitions);
    let constants: Vec<_> = definitions.iter().map(|one| constants(definitions, one)).collect();
    let mut values: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (_, name, text) in constants.iter().flatten() {
        values.entry(name.clone()).or_default().insert(text.clone());
    }
    for (definition, constants) in definitions.iter_mut().zip(constants) {
        let wanted = told_apart_by.get(&definition.id);
        let rank = |name: &String| (Some(name) == wanted, values[name].len(), Reverse(name.clone()));
        let tag = constants.into_iter().max_by_key(|(_, name, _)| rank(name));
        if let (Form::Object(object), Some((index, _, text))) = (&mut definition.form, tag) {
            object.properties[index].tag = Some(text);
        }
    }
}

/// The properties of an object that are always the same string: their index, their name, and the string.
fn constants(definitions: &[Definition], definition: &Definition) -> Vec<(usize, String, String)> {
    let Form::Object(object) = &definition.form else { return Vec::new() };
    let properties = object.properties.iter().enumerate();
    properties
        .filter_map(|(index, property)| {
            Some((index, property.name.clone(), constant(definitions, property)?))
        })
        .collect()
}

/// The string that a property always is; where it may be absent it has to be its default.
fn constant(definitions: &[Definition], property: &Property) -> Option<String> {
    let Form::Reference(id) = property.schema.form else { return None };
    let definition = &definitions[id.0];
    let Form::Names(names) = &definition.form else { return None };
    let [only] = names.as_slice() else { return None };
    let is_meant = |constant: &Constant| matches!(constant, Constant::Variant(of, 0, _) if *of == id);
    let is_there = property.required || property.when_absent.as_ref().is_some_and(is_meant);
    let says_all = definition.guard.is_empty() && property.schema.also.is_empty();
    (is_there && says_all && definition.origin == Origin::Inline).then(|| only.clone())
}

/// The property by which a union tells each object from others.
fn told_apart_by(definitions: &[Definition]) -> BTreeMap<DefinitionId, String> {
    let mut told = BTreeMap::new();
    for definition in definitions {
        let Form::Union(union) = &definition.form else { continue };
        for branch in &union.branches {
            if let (Form::Reference(id), Some(tag)) = (&branch.schema.form, &union.tag) {
                told.entry(*id).or_insert_with(|| tag.clone());
            }
        }
    }
    told
}
