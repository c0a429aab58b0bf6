//! Enums that keep what none of their variants stands for, where settings say so.

use std::collections::BTreeSet;

use isomorph_schema::Types;

use super::definition::Definition;
use super::definition_id::DefinitionId;
use super::form::{Form, Holds, Union};
use crate::settings::{Settings, UnknownVariants};

/// Marks them. A constant stays one, and what a validator checks is what the schema says.
pub fn keep(definitions: &mut [Definition], parts: &BTreeSet<DefinitionId>, settings: &Settings) {
    if settings.unknown_variants == UnknownVariants::Refuse {
        return;
    }
    for definition in definitions.iter_mut().filter(|definition| !parts.contains(&definition.id)) {
        let may_be_unknown = match &definition.form {
            Form::Names(names) => names.len() > 1,
            Form::Literals(values) => values.len() > 1,
            Form::Union(union) => !is_of_everything(union),
            _ => false,
        };
        definition.keeps_unknown = may_be_unknown && !definition.needs_validator();
    }
}

/// Whether the JSON type of each value says which branch it is of.
fn is_of_everything(union: &Union) -> bool {
    let mut left = Types::ALL;
    let mut are_apart = true;
    for branch in &union.branches {
        are_apart &=
            branch.types.minus(left).is_empty() && branch.tags.is_none() && branch.holds == Holds::Value;
        left = left.minus(branch.types);
    }
    are_apart && left.is_empty()
}
