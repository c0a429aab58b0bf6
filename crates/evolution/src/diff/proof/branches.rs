//! What is composed of other schemas.

use isomorph_json::Pointer;
use serde_json::{Map, Value};

use super::here::{ANYTHING, Here, nowhere};

/// Takes out of the rest of the outer schema the branches that follow from the inner one as a whole.
pub fn settle(here: &Here, rest: &mut Map<String, Value>) {
    let (at, outer) = (here.outer_at, here.outer);
    if let Some(Value::Array(branches)) = outer.get("allOf") {
        let place = at.join("allOf");
        if (0..branches.len()).all(|index| follows(here, &place.join(index))) {
            rest.shift_remove("allOf");
        }
    }
    if let Some(Value::Array(branches)) = outer.get("anyOf") {
        let place = at.join("anyOf");
        if (0..branches.len()).any(|index| follows(here, &place.join(index))) {
            rest.shift_remove("anyOf");
        }
    }
    if here.outer_target.as_ref().is_some_and(|target| follows(here, target)) {
        rest.shift_remove("$ref");
    }
    let follows_or_is_absent =
        |keyword: &str| !outer.contains_key(keyword) || follows(here, &at.join(keyword));
    if outer.contains_key("if") && follows_or_is_absent("then") && follows_or_is_absent("else") {
        for keyword in ["if", "then", "else"] {
            rest.shift_remove(keyword);
        }
    }
    if outer.contains_key("not") {
        let refused = here.layers.iter().filter(|(_, layer)| layer.contains_key("not"));
        if refused
            .map(|(layer, _)| layer.join("not"))
            .any(|refused| here.ask.holds_back(&at.join("not"), &refused))
        {
            rest.shift_remove("not");
        }
    }
}

/// Whether what stands at a place is accepted by the schema there because a layer of the inner one is.
fn follows(here: &Here, place: &Pointer) -> bool {
    here.layers.iter().any(|(layer, _)| here.ask.holds_here(layer, place))
        // Where nothing is said, whatever there may be has to be accepted.
        || here.layers.is_empty() && here.ask.holds_here(&nowhere(ANYTHING), place)
}

/// Whether each branch of a layer of the inner schema is contained in the whole outer one.
pub fn each_branch_holds(here: &Here) -> bool {
    let at = here.outer_at;
    here.layers.iter().any(|(layer, keywords)| {
        ["anyOf", "oneOf"].iter().any(|keyword| {
            let Some(Value::Array(branches)) = keywords.get(*keyword) else { return false };
            let place = layer.join(keyword);
            (0..branches.len()).all(|index| here.ask.holds_here(&place.join(index), at))
        })
    })
}
