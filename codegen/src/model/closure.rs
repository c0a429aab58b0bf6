//! In which order the definitions are written.

use std::collections::BTreeSet;

use super::{Definition, DefinitionId, Origin};

/// Documents that no other schema refers to come first; then, depth first, what each is made of.
pub fn order(definitions: &[Definition]) -> Vec<DefinitionId> {
    let parts: Vec<_> = definitions.iter().map(|definition| definition.form.references()).collect();
    let referenced: BTreeSet<_> = parts.iter().flatten().copied().collect();
    let is_first =
        |definition: &&Definition| definition.origin == Origin::Root && !referenced.contains(&definition.id);
    let first = definitions.iter().filter(is_first);
    let roots = definitions.iter().filter(|definition| definition.origin == Origin::Root);
    let all = first.chain(roots).chain(definitions).map(|definition| definition.id);
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
