//! Names every type that is written: first what was given, then documents and definitions, then what stands inside.

use std::collections::{BTreeMap, BTreeSet};

use isomorph_schema::Document;

use super::equal::classes;
use super::groups::Naming;
use super::locked::{kept, keys};
use super::places::Places;
use super::share::share;
use super::top::{called_by, top};
use super::variants::{of_literals, of_names};
use crate::model::definition::{Definition, Origin};
use crate::model::definition_id::DefinitionId;
use crate::model::form::{Form, Subschema};
use crate::names::TAKEN;

/// Names that code calls without a path, or that would be taken for something else.
const PRELUDE: &str = "AsMut AsRef BTreeMap Debug Deserialize DoubleEndedIterator Drop Eq ExactSizeIterator Extend Fn FnMut FnOnce \
     From FromIterator Into IntoIterator Iterator Ord PartialEq PartialOrd Send Sized Sync ToOwned ToString TryFrom TryInto \
     Value";

/// What is known of names from elsewhere.
#[derive(Debug, Default)]
pub struct Given {
    /// The names of types, by configuration or by the last generation.
    pub names: BTreeMap<DefinitionId, String>,
    /// What each document is called.
    pub roots: BTreeMap<usize, String>,
    /// The names of variants by the last generation.
    pub variants: BTreeMap<DefinitionId, Vec<(String, String)>>,
}

/// Names the definitions in `order` and their variants, and has one stand for all that are equal.
pub fn name(documents: &[Document], definitions: &mut [Definition], order: &[DefinitionId], given: &Given) {
    name_constants(definitions, order, given, false);
    let mut taken: BTreeSet<String> = TAKEN.iter().map(|name| (*name).to_owned()).collect();
    taken.extend(given.names.values().cloned());
    let stands_inside = inside(definitions, order);
    let is_top = |id: &&DefinitionId| match definitions[id.0].origin {
        Origin::Root | Origin::Named(_) => true,
        Origin::Referred => !stands_inside.contains(id),
        Origin::Inline => false,
    };
    let (tops, inline): (Vec<&DefinitionId>, Vec<_>) = order.iter().partition(is_top);
    let (known, others): (Vec<&DefinitionId>, Vec<_>) =
        tops.into_iter().partition(|id| given.names.contains_key(id));
    let others: Vec<_> = others.into_iter().map(|id| &definitions[id.0]).collect();
    let value_of = |definition: &Definition| value_or_null(definitions, definition, given);
    let mut top = top(documents, &called_by(&others, &value_of), &given.roots, &mut taken);
    for id in known {
        let name = &given.names[id];
        top.insert(*id, (super::words::words(name), name.clone()));
    }
    let inline: Vec<_> = inline.into_iter().copied().filter(|id| !top.contains_key(id)).collect();
    let places = Places::of(documents, definitions, &top, order);
    let variants: Vec<_> = order
        .iter()
        .filter_map(|id| match &definitions[id.0].form {
            Form::Union(union) => {
                let names = places.variants(union);
                let before = given.variants.get(id);
                let before = before.map(|before| kept(&keys(documents, union), names.clone(), before, true));
                Some((*id, before.unwrap_or(names)))
            }
            _ => None,
        })
        .collect();
    let suggestions = places.suggestions;
    for (id, variants) in variants {
        if let Form::Union(union) = &mut definitions[id.0].form {
            for (branch, name) in union.branches.iter_mut().zip(variants) {
                branch.name = name;
            }
        }
    }
    taken.extend(PRELUDE.split_whitespace().map(ToOwned::to_owned));
    let classes = classes(documents, definitions, order);
    let naming = Naming { definitions, suggestions: &suggestions, classes, given: &given.names };
    let groups = naming.groups(&inline, &taken);
    for (id, (_, name)) in &top {
        definitions[id.0].ident.clone_from(name);
    }
    for group in &groups {
        for id in &group.members {
            definitions[id.0].ident.clone_from(&group.name);
        }
    }
    name_constants(definitions, order, given, true);
    share(documents, definitions, &groups);
}

/// Names the variants of enums of constants; also by what the enums are called, if that is known.
fn name_constants(definitions: &mut [Definition], order: &[DefinitionId], given: &Given, are_called: bool) {
    for id in order {
        let definition = &definitions[id.0];
        let called = Some(definition.ident.as_str()).filter(|_| are_called);
        let variants = match &definition.form {
            Form::Names(names) => {
                let variants = of_names(definition, names, called);
                let before = given.variants.get(id);
                let before = before.map(|before| kept(names, variants.clone(), before, false));
                before.unwrap_or(variants)
            }
            Form::Literals(values) if !are_called => of_literals(definition, values),
            _ => continue,
        };
        definitions[id.0].variants = variants;
    }
}

/// The type of the value, of a definition of a value or `null`, if it has no other name: people speak of the value.
fn value_or_null(definitions: &[Definition], definition: &Definition, given: &Given) -> Option<DefinitionId> {
    let Form::Nullable(part) = &definition.form else { return None };
    let Form::Reference(value) = part.form else { return None };
    let is_its = definitions[value.0].origin == Origin::Inline && definition.origin != Origin::Root;
    (is_its && !given.names.contains_key(&value)).then_some(value)
}

/// The definitions that have a place in another of these.
fn inside(definitions: &[Definition], order: &[DefinitionId]) -> BTreeSet<DefinitionId> {
    let mut found = BTreeSet::new();
    let mut work: Vec<&Form> = order.iter().map(|id| &definitions[id.0].form).collect();
    while let Some(form) = work.pop() {
        for Subschema { location, form, .. } in form.parts() {
            work.push(form);
            if let Form::Reference(id) = form
                && definitions[id.0].location == *location
            {
                found.insert(*id);
            }
        }
    }
    found
}
