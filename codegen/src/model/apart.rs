//! Whether a value that is one branch's can be no other branch's, whatever optional properties appear in it or go.

use std::collections::HashSet;

use isomorph_schema::Types;

use super::definition::Definition;
use super::form::{Branch, Form, Object, Rest, Union};
use super::leaves::{Leaves, resolved};

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

/// The branches that may take for theirs what was another's when it was read: it stands behind them, and drops what they
/// refuse.
pub fn taking<'u>(union: &'u Union, definitions: &[Definition], leaves: &Leaves) -> Vec<&'u Branch> {
    let in_order: Vec<_> = union.order.iter().filter_map(|index| union.branches.get(*index)).collect();
    let are_paired = in_order.len() <= MOST_PAIRED;
    let meet = |one: &Branch, other: &Branch| {
        let (first, second) =
            (object(&one.schema.form, definitions), object(&other.schema.form, definitions));
        let forbid = |first: Option<&Object>, second| first.zip(second).is_some_and(|(a, b)| forbids(a, b));
        one.types.intersection(other.types).meets(Types::OBJECT.union(Types::ARRAY))
            && !have_tags_of_their_own(&[one, other])
            && !forbid(first, second)
            && !forbid(second, first)
    };
    let is_before = |(index, one): &(usize, &&Branch)| {
        let mut others = in_order[index + 1..].iter().filter(|other| leaves.lose(&other.schema.form));
        others.any(|other| !are_paired || meet(one, other))
    };
    in_order.iter().enumerate().filter(is_before).map(|(_, branch)| *branch).collect()
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
