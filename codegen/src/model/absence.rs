//! Where a property that is absent must stay so: around it a schema tells instances apart by which properties
//! they have, and a default that appears when a value is written again could make it another schema's, or
//! none's.

use std::collections::BTreeSet;

use super::apart::are_apart;
use super::definition::Definition;
use super::definition_id::DefinitionId;
use super::form::Form;
use super::reason::Reason;

/// The definitions whose absent properties must stay absent.
pub fn kept(definitions: &[Definition]) -> BTreeSet<DefinitionId> {
    let mut kept = BTreeSet::new();
    let mut work = Vec::new();
    for definition in definitions {
        if definition.guard.iter().any(sees_properties) {
            work.push(definition.id);
        }
        // Of `anyOf` any branch will do.
        if let Form::Union(union) = &definition.form
            && union.exactly_one
            && !are_apart(union, definitions)
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
