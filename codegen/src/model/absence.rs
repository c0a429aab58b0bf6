//! Where a property that is absent must stay so: around it a schema tells instances apart by which properties
//! they have, and a default that appears when a value is written again could make it another schema's, or
//! none's.

use std::collections::BTreeSet;

use isomorph_schema::Types;

use super::definition::Definition;
use super::definition_id::DefinitionId;
use super::form::{Form, Union};
use super::reason::Reason;

/// The definitions whose absent properties must stay absent.
pub fn kept(definitions: &[Definition]) -> BTreeSet<DefinitionId> {
    let mut kept = BTreeSet::new();
    let mut work = Vec::new();
    for definition in definitions {
        if definition.guard.iter().any(sees_properties) {
            work.push(definition.id);
        }
        if let Form::Union(union) = &definition.form
            && !tells_apart(union)
        {
            work.extend(definition.form.references());
        }
    }
    while let Some(id) = work.pop() {
        if kept.insert(id) {
            work.extend(definitions[id.0].form.references());
        }
    }
    kept
}

/// Whether what is left to a validator may judge an object by what is in it.
fn sees_properties(reason: &Reason) -> bool {
    const SCALAR: [&str; 3] = ["pattern", "multipleOf", "format"];
    !SCALAR.iter().any(|keyword| reason.is(keyword))
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
