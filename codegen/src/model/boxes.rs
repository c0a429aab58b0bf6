//! Which fields have to be boxed, so that a type does not contain itself by value.

use std::collections::BTreeSet;

use super::definition::Definition;
use super::definition_id::DefinitionId;
use super::form::Form;

/// The definitions that are part of a value of `form`, with no array, map or box in between.
fn held_by_value(
    definitions: &[Definition],
    parts: &BTreeSet<DefinitionId>,
    form: &Form,
) -> Vec<DefinitionId> {
    let held = |form: &Form| held_by_value(definitions, parts, form);
    match form {
        Form::Reference(id) if parts.contains(id) => held(&definitions[id.0].form),
        Form::Reference(id) => vec![*id],
        Form::Map(_, _) | Form::List(_, _) => Vec::new(),
        Form::Object(object) => object.fields().flat_map(|property| held(&property.schema.form)).collect(),
        _ => form.parts().into_iter().flat_map(|part| held(&part.form)).collect(),
    }
}

/// For every definition, the ones that it is to hold in a box: those that hold it in turn, and those that
/// are so large that a value of a few of them would not fit on a stack.
pub fn boxed(definitions: &[Definition], parts: &BTreeSet<DefinitionId>) -> Vec<Vec<DefinitionId>> {
    let mut boxed = cyclic(definitions, parts);
    of_parts(definitions, parts, &mut boxed);
    let mut sizes = Sizes { definitions, boxed: &boxed, known: vec![None; definitions.len()] };
    for definition in definitions {
        sizes.of(definition.id);
    }
    let large: Vec<bool> = sizes.known.iter().map(|size| size.is_some_and(|size| size > LARGEST)).collect();
    for (definition, boxed) in definitions.iter().zip(&mut boxed) {
        let held = held_by_value(definitions, parts, &definition.form).into_iter().filter(|id| large[id.0]);
        boxed.extend(held.collect::<BTreeSet<_>>());
    }
    of_parts(definitions, parts, &mut boxed);
    boxed
}

/// What a part of a variant holds is what the enum holds.
fn of_parts(definitions: &[Definition], parts: &BTreeSet<DefinitionId>, boxed: &mut [Vec<DefinitionId>]) {
    for definition in definitions.iter().filter(|definition| !parts.contains(&definition.id)) {
        let mut work = definition.form.references();
        while let Some(id) = work.pop() {
            if parts.contains(&id) {
                boxed[id.0].clone_from(&boxed[definition.id.0].clone());
                work.extend(definitions[id.0].form.references());
            }
        }
    }
}

/// How many bytes a value may have before it is boxed where it is held.
const LARGEST: usize = 4096;

/// About how many bytes a value of each definition has.
struct Sizes<'a> {
    definitions: &'a [Definition],
    boxed: &'a [Vec<DefinitionId>],
    known: Vec<Option<usize>>,
}

impl Sizes<'_> {
    fn of(&mut self, id: DefinitionId) -> usize {
        const WORD: usize = size_of::<usize>();
        if let Some(size) = self.known[id.0] {
            return size;
        }
        // Where it is still open it contains itself, in a box.
        self.known[id.0] = Some(WORD);
        let size = self.of_form(id, &self.definitions[id.0].form);
        self.known[id.0] = Some(size);
        size
    }

    fn of_form(&mut self, owner: DefinitionId, form: &Form) -> usize {
        const WORD: usize = size_of::<usize>();
        match form {
            Form::Reference(id) if self.boxed[owner.0].contains(id) => WORD,
            Form::Reference(id) => match self.of(*id) {
                size if size > LARGEST => WORD,
                size => size,
            },
            Form::Object(_) | Form::Tuple(_) | Form::Nullable(_) => {
                WORD + form.parts().into_iter().map(|part| self.of_form(owner, &part.form)).sum::<usize>()
            }
            Form::Union(_) => {
                WORD + form.parts().into_iter().map(|part| self.of_form(owner, &part.form)).max().unwrap_or(0)
            }
            _ => 4 * WORD,
        }
    }
}

/// For every definition, some that it holds by value and that hold it: so many that no circle is left. Where a variant is in
/// a circle that holds a struct, the variant has the box: a box in it is in nobody's way, and keeps the enum small.
fn cyclic(definitions: &[Definition], parts: &BTreeSet<DefinitionId>) -> Vec<Vec<DefinitionId>> {
    let mut holds: Vec<_> =
        definitions.iter().map(|definition| held_by_value(definitions, parts, &definition.form)).collect();
    let mut boxed = vec![Vec::new(); definitions.len()];
    let is_union = |id: usize| matches!(definitions[id].form, Form::Union(_));
    cut(&mut holds, &mut boxed, &|from, to| is_union(from) && !is_union(to));
    cut(&mut holds, &mut boxed, &|_, _| true);
    boxed
}

/// Boxes what is held in a circle, where that is `wanted`.
fn cut(
    holds: &mut [Vec<DefinitionId>],
    boxed: &mut [Vec<DefinitionId>],
    wanted: &dyn Fn(usize, usize) -> bool,
) {
    let component = components(holds);
    for (from, held) in holds.iter_mut().enumerate() {
        let is_cut = |to: &DefinitionId| component[from] == component[to.0] && wanted(from, to.0);
        boxed[from].extend(held.iter().copied().filter(is_cut));
        held.retain(|to| !is_cut(to));
    }
}

/// The strongly connected component of each definition: those that reach each other.
/// Tarjan, "Depth-first search and linear graph algorithms", 1972; without recursion.
fn components(edges: &[Vec<DefinitionId>]) -> Vec<usize> {
    const UNSEEN: usize = usize::MAX;
    let (mut index, mut low) = (vec![UNSEEN; edges.len()], vec![0; edges.len()]);
    let (mut component, mut stack, mut on_stack) = (vec![UNSEEN; edges.len()], vec![], BTreeSet::new());
    let mut clock = 0;
    for root in 0..edges.len() {
        let mut work = if index[root] == UNSEEN { vec![(root, 0)] } else { vec![] };
        while let Some((node, edge)) = work.pop() {
            if edge == 0 {
                (index[node], low[node]) = (clock, clock);
                clock += 1;
                stack.push(node);
                on_stack.insert(node);
            } else {
                let DefinitionId(child) = edges[node][edge - 1];
                if on_stack.contains(&child) {
                    low[node] = low[node].min(low[child]);
                }
            }
            if let Some(DefinitionId(child)) = edges[node].get(edge) {
                work.push((node, edge + 1));
                if index[*child] == UNSEEN {
                    work.push((*child, 0));
                }
            } else if low[node] == index[node] {
                while let Some(member) = stack.pop() {
                    on_stack.remove(&member);
                    component[member] = node;
                    if member == node {
                        break;
                    }
                }
            }
        }
    }
    component
}

#[cfg(test)]
mod tests {
    use super::{DefinitionId, components};

    #[test]
    fn components_are_the_sets_that_reach_each_other() {
        let edges = |list: &[&[usize]]| -> Vec<Vec<DefinitionId>> {
            list.iter().map(|to| to.iter().copied().map(DefinitionId).collect()).collect()
        };
        let found = components(&edges(&[&[1], &[2], &[0, 3], &[4], &[]]));
        assert!(found[0] == found[1] && found[1] == found[2]);
        assert!(found[3] != found[0] && found[3] != found[4]);
        let chain = components(&edges(&[&[1, 2], &[2], &[]]));
        assert!(chain[0] != chain[1] && chain[1] != chain[2] && chain[0] != chain[2]);
        let deep: Vec<Vec<DefinitionId>> = (1..=100_000).map(|to| vec![DefinitionId(to % 100_000)]).collect();
        assert!(components(&deep).iter().all(|c| *c == 0));
    }
}
