//! Strings in front of the other branches of a union, as the variants of an enum have them: which branch a value is of does
//! not depend on their order.

use std::collections::HashMap;

use isomorph_schema::Types;

use super::constant::Constant;
use super::definition::Definition;
use super::definition_id::DefinitionId;
use super::form::{Branch, Form, Union};
use super::instead::{constants, each};
use super::variants::{Held, is_of_units};

/// Moves the branches that list strings to the front, in the unions that have others before them.
pub fn order(definitions: &mut [Definition]) {
    let held = Held::of(definitions);
    let moves: HashMap<DefinitionId, Vec<usize>> = definitions
        .iter()
        .filter_map(|definition| match &definition.form {
            Form::Union(union) => Some((definition.id, moved(definitions, &held, union)?)),
            _ => None,
        })
        .collect();
    if moves.is_empty() {
        return;
    }
    for definition in definitions {
        if let (Form::Union(union), Some(places)) = (&mut definition.form, moves.get(&definition.id)) {
            reorder(union, places);
        }
        let mut follow = |constant: &mut Constant| {
            if let Constant::Branch(id, index, _) = constant
                && let Some(places) = moves.get(id)
            {
                *index = places[*index];
            }
        };
        constants(&mut definition.form, &mut follow);
        if let Some(default) = &mut definition.default {
            each(default, &mut follow);
        }
    }
}

/// Where each branch goes, if some go elsewhere and strings are variants then.
fn moved(definitions: &[Definition], held: &Held, union: &Union) -> Option<Vec<usize>> {
    let are_units: Vec<bool> =
        union.branches.iter().map(|branch| is_of_units(definitions, held, branch)).collect();
    let count = are_units.iter().filter(|is_unit| **is_unit).count();
    let are_first = are_units.iter().take(count).all(|is_unit| *is_unit);
    if union.tag.is_some() || count == 0 || are_first {
        return None;
    }
    let (mut unit, mut other) = (0, count);
    let place = |is_unit: &bool| {
        let next = if *is_unit { &mut unit } else { &mut other };
        *next += 1;
        *next - 1
    };
    Some(are_units.iter().map(place).collect())
}

fn reorder(union: &mut Union, places: &[usize]) {
    let was_in_order = union.order.is_sorted();
    let mut branches: Vec<_> = places.iter().copied().zip(std::mem::take(&mut union.branches)).collect();
    // Those that were moved are in nobody's way if no other can be a string.
    let meets = |branch: &Branch| branch.types.meets(Types::STRING);
    let texts: Vec<usize> =
        branches.iter().filter(|(_, branch)| meets(branch)).map(|(place, _)| *place).collect();
    let are_apart = texts.is_sorted() && texts.iter().all(|place| *place < texts.len());
    branches.sort_by_key(|(place, _)| *place);
    union.branches = branches.into_iter().map(|(_, branch)| branch).collect();
    union.order.iter_mut().for_each(|index| *index = places[*index]);
    if was_in_order && are_apart {
        union.order.sort_unstable();
    }
}
