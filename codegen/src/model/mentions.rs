//! Which definitions mention which others.

use super::definition::Definition;
use super::definition_id::DefinitionId;

/// Of each definition whether it is such, or leads to one that is: each mention is followed once, backwards.
pub fn leading_to(definitions: &[Definition], are_such: &[bool]) -> Vec<bool> {
    let mut mentioned_by = vec![Vec::new(); definitions.len()];
    for definition in definitions {
        definition.form.references().iter().for_each(|to| mentioned_by[to.0].push(definition.id));
    }
    let mut leading = vec![false; definitions.len()];
    let mut work: Vec<_> = (0..definitions.len()).map(DefinitionId).filter(|id| are_such[id.0]).collect();
    while let Some(id) = work.pop() {
        if !std::mem::replace(&mut leading[id.0], true) {
            work.extend(&mentioned_by[id.0]);
        }
    }
    leading
}
