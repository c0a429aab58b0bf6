//! In which order the definitions are written.

use std::collections::BTreeSet;

use isomorph_schema::Document;

use super::definition::{Definition, Origin};
use super::definition_id::DefinitionId;

/// Documents that no other schema refers to come first; then, depth first, what each is made of.
/// Of a document that is only there to be referred to, what nothing refers to is left out.
pub fn order(documents: &[Document], definitions: &[Definition]) -> Vec<DefinitionId> {
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
    let (mut order, mut seen) = (Vec::new(), BTreeSet::new());
    for start in all {
        let mut work = vec![start];
        while let Some(id) = work.pop() {
            if seen.insert(id) {
                order.push(id);
                work.extend(parts[id.0].iter().rev());
            }
        }
    }
    order
}
