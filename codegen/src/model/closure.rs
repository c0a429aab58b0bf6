//! In which order the definitions are written.

use std::collections::BTreeSet;

use isomorph_schema::Document;

use super::definition::{Definition, Origin};
use super::definition_id::DefinitionId;

/// Documents that no other schema refers to come first; then, depth first, what each is made of.
/// Of a document that is only there to be referred to, what nothing refers to is left out; and if some are selected,
/// whatever they do not need.
pub fn order(
    documents: &[Document],
    definitions: &[Definition],
    selected: &[DefinitionId],
) -> Vec<DefinitionId> {
    let is_guest = |definition: &&Definition| documents[definition.location.document].is_guest;
    let parts: Vec<_> = definitions.iter().map(|definition| definition.form.references()).collect();
    let referenced: BTreeSet<_> = parts.iter().flatten().copied().collect();
    let is_first =
        |definition: &&Definition| definition.origin == Origin::Root && !referenced.contains(&definition.id);
    let own: Vec<_> = definitions.iter().filter(|definition| !is_guest(definition)).collect();
    let first = own.iter().copied().filter(is_first);
    let roots = own.iter().copied().filter(|definition| definition.origin == Origin::Root);
    // What is inline and nobody's part was replaced by something else.
    let named = own.iter().copied().filter(|definition| definition.origin != Origin::Inline);
    let all = first.chain(roots).chain(named).map(|definition| definition.id);
    let all: Vec<_> = if selected.is_empty() { all.collect() } else { selected.to_vec() };
    let reached = reached(&parts, &all);
    // What stands in several follows them all.
    let is_inline = |id: DefinitionId| definitions[id.0].origin == Origin::Inline;
    let mut owners = vec![0_usize; definitions.len()];
    for id in &reached {
        let inside: BTreeSet<_> = parts[id.0].iter().copied().filter(|part| is_inline(*part)).collect();
        for part in inside {
            owners[part.0] += 1;
        }
    }
    let (mut order, mut seen) = (Vec::new(), BTreeSet::new());
    for start in all {
        let mut work = vec![start];
        while let Some(id) = work.pop() {
            if (is_inline(id) && owners[id.0] > 0) || !seen.insert(id) {
                continue;
            }
            order.push(id);
            let inside: BTreeSet<_> = parts[id.0].iter().copied().filter(|part| is_inline(*part)).collect();
            for part in inside {
                owners[part.0] -= 1;
            }
            work.extend(parts[id.0].iter().rev());
        }
    }
    order
}

/// What is part of these, or of their parts.
fn reached(parts: &[Vec<DefinitionId>], from: &[DefinitionId]) -> BTreeSet<DefinitionId> {
    let mut reached = BTreeSet::new();
    let mut work = from.to_vec();
    while let Some(id) = work.pop() {
        if reached.insert(id) {
            work.extend(&parts[id.0]);
        }
    }
    reached
}
