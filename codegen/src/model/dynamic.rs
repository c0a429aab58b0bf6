//! References whose target depends on the way that led to them.

use super::definition::Definition;
use super::reason::Reason;

/// Guards every definition that leads to such a reference: only from the outside is it known where it
/// leads.
pub fn guard(definitions: &mut [Definition]) {
    const DYNAMIC: [&str; 2] = ["$dynamicRef", "$recursiveRef"];
    let mentions: Vec<_> = definitions.iter().map(|definition| definition.form.references()).collect();
    let mut mentioned_by = vec![Vec::new(); definitions.len()];
    for (from, mentioned) in mentions.iter().enumerate() {
        for to in mentioned {
            mentioned_by[to.0].push(from);
        }
    }
    let keyword = |definition: &Definition| {
        definition.guard.iter().find_map(|found| DYNAMIC.into_iter().find(|keyword| found.is(keyword)))
    };
    let mut work: Vec<_> =
        definitions.iter().enumerate().filter_map(|(index, d)| Some((index, keyword(d)?))).collect();
    while let Some((index, keyword)) = work.pop() {
        for from in mentioned_by[index].clone() {
            let guard = &mut definitions[from].guard;
            if !guard.iter().any(|known| known.is(keyword)) {
                guard.push(Reason::keyword(keyword));
                work.push((from, keyword));
            }
        }
    }
}
