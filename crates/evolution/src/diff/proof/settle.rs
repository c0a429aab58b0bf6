//! Keyword by keyword of the outer schema: what follows from all that binds what the inner one accepts is taken out.

use isomorph_schema::{Dialect, Types, bound_by};
use serde_json::{Map, Value};

use super::here::{Here, NOTHING, nowhere};
use super::{arrays, branches, finite, objects, own};

/// Takes out of the rest of the outer schema what follows; whether nothing is left, or nothing that is left can matter.
pub fn settles(here: &Here, rest: &mut Map<String, Value>, dialect: Dialect) -> bool {
    // What speaks of other types only says nothing here.
    rest.retain(|keyword, _| {
        let bound = bound_by(keyword, dialect);
        bound == Types::NONE || bound.meets(here.ask.types())
    });
    own::settle(here, rest);
    if rest.is_empty() {
        return true;
    }
    objects::settle(here, rest);
    arrays::settle(here, rest);
    branches::settle(here, rest);
    rest.is_empty()
        || are_few_and_accepted(here)
        || branches::each_branch_holds(here)
        || here.layers.first().is_some_and(|(inner, _)| here.ask.holds_here(inner, &nowhere(NOTHING)))
}

/// Whether the inner schema accepts only a few values, all of which the outer one accepts.
fn are_few_and_accepted(here: &Here) -> bool {
    let values = finite::values(&here.layers, here.ask.types());
    values.is_some_and(|values| here.ask.accepts_all(&Value::Object(here.outer.clone()), &values))
}
