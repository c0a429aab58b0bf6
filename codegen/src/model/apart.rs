//! Whether a value that is one branch's can be no other branch's, whatever optional properties appear in it or go.

use std::collections::HashSet;

use isomorph_schema::Types;

use super::definition::Definition;
use super::form::{Branch, Form, Object, Rest, Union};
use super::leaves::resolved;

/// Branches that their types and the tag do not tell apart are looked at by pairs.
const MOST_PAIRED: usize = 100;

/// Whether no value is of two branches of a union: each has JSON types of its own, or values of the tag, or it requires
/// what the others forbid.
pub fn are_apart(union: &Union, definitions: &[Definition]) -> bool {
    let mut seen = Types::NONE;
    let mut shared = Types::NONE;
    for branch in &union.branches {
        shared = shared.union(seen.intersection(branch.types));
        seen = seen.union(branch.types);
    }
    if !shared.minus(Types::OBJECT).is_empty() {
        return false;
    }
    let objects: Vec<_> = union.branches.iter().filter(|branch| branch.types.meets(Types::OBJECT)).collect();
    shared.is_empty() || have_tags_of_their_own(&objects) || forbid_each_other(&objects, definitions)
}

/// One may do without its tag: what lacks it is of no other.
fn have_tags_of_their_own(branches: &[&Branch]) -> bool {
    let mut seen = HashSet::new();
    let mut values = branches.iter().filter_map(|branch| branch.tags.as_ref()).flatten();
    let are_optional = branches.iter().filter(|branch| !branch.tag_required).count();
    are_optional <= 1
        && branches.iter().all(|branch| branch.tags.is_some())
        && values.all(|value| seen.insert(value))
}

fn forbid_each_other(branches: &[&Branch], definitions: &[Definition]) -> bool {
    let objects: Option<Vec<_>> =
        branches.iter().map(|branch| object(&branch.schema.form, definitions)).collect();
    let Some(objects) = objects.filter(|objects| objects.len() <= MOST_PAIRED) else { return false };
    let pairs = objects
        .iter()
        .enumerate()
        .flat_map(|(index, one)| objects[..index].iter().map(move |other| (one, other)));
    pairs.into_iter().all(|(one, other)| forbids(one, other) || forbids(other, one))
}

/// Whether an object may not have what another must.
fn forbids(one: &Object, other: &Object) -> bool {
    let declares = |name: &str| one.properties.iter().any(|property| property.name == name);
    one.rest == Rest::Forbidden
        && other.properties.iter().any(|property| property.required && !declares(&property.name))
}

/// The object that a form is, or refers to.
fn object<'d>(form: &'d Form, definitions: &'d [Definition]) -> Option<&'d Object> {
    match resolved(definitions, form) {
        Form::Object(object) => Some(object),
        _ => None,
    }
}
