//! What a value of a form can be, one shape at a time: an object, a map, a list or a tuple, and by which branches of
//! unions it was read.

use std::collections::{BTreeSet, HashMap, HashSet};

use isomorph_schema::Location;

use super::definition::Definition;
use super::definition_id::DefinitionId;
use super::form::{Form, Rest, Subschema};
use super::mentions::leading_to;

/// One shape of a form.
#[derive(Clone)]
pub struct Leaf<'f> {
    /// The shape.
    pub form: &'f Form,
    /// The definition that it is the form of, if it is one's.
    pub id: Option<DefinitionId>,
    /// The parts of which something may be dropped in turn, by their index.
    pub losing: Vec<(usize, &'f Form)>,
    /// The branches of unions, one inside the other, as which a value of this shape was read: each accepts it.
    pub trail: Vec<&'f Location>,
}

/// Finds the shapes of forms.
pub struct Leaves<'f> {
    definitions: &'f [Definition],
    owners: HashMap<*const Form, DefinitionId>,
    /// The definitions in whose values something may be dropped.
    losing: HashSet<DefinitionId>,
}

impl<'f> Leaves<'f> {
    /// Of the forms of these definitions.
    pub fn new(definitions: &'f [Definition]) -> Self {
        let owners = definitions.iter().map(|one| (std::ptr::from_ref(&one.form), one.id)).collect();
        Self { definitions, owners, losing: losing(definitions) }
    }

    /// Whether something may be dropped of a value.
    pub fn lose(&self, form: &Form) -> bool {
        form.references().iter().any(|id| self.losing.contains(id)) || drops(form)
    }

    /// What a form stands for, through references.
    pub fn resolved(&self, form: &'f Form) -> &'f Form {
        resolved(self.definitions, form)
    }

    /// The shapes of a form of which something may be dropped.
    pub fn of(&self, form: &'f Form) -> Vec<Leaf<'f>> {
        let (mut leaves, mut seen) = (Vec::new(), HashSet::new());
        let mut work = vec![Leaf { form, id: None, losing: Vec::new(), trail: Vec::new() }];
        while let Some(leaf) = work.pop() {
            // Where there are many ways to a shape, nothing is said of the way.
            let says_way = seen.len() < MOST_WAYS;
            let inner = |part: &'f Subschema| {
                let trail = leaf.trail.iter().copied().chain([&part.location]).filter(|_| says_way);
                Leaf { form: &part.form, id: None, losing: Vec::new(), trail: trail.collect() }
            };
            match leaf.form {
                Form::Reference(id) if seen.insert((*id, leaf.trail.clone())) => {
                    work.push(Leaf { form: &self.definitions[id.0].form, ..leaf });
                }
                Form::Nullable(part) => work.push(inner(part)),
                Form::Union(union) => {
                    work.extend(union.branches.iter().rev().map(|branch| inner(&branch.schema)));
                }
                Form::Object(_) | Form::Map(_, _) | Form::List(_, _) | Form::Tuple(_)
                    if self.lose(leaf.form) =>
                {
                    let id = self.owners.get(&std::ptr::from_ref(leaf.form)).copied();
                    let parts = leaf.form.parts().into_iter().map(|part| &part.form).enumerate();
                    let losing = parts.filter(|(_, part)| self.lose(part)).collect();
                    leaves.push(Leaf { id, losing, ..leaf });
                }
                _ => {}
            }
        }
        leaves
    }

    /// The objects that drop something, anywhere in a value.
    pub fn within(&self, form: &Form) -> BTreeSet<DefinitionId> {
        let (mut found, mut seen) = (BTreeSet::new(), BTreeSet::new());
        let mut work = form.references();
        work.extend(self.owners.get(&std::ptr::from_ref(form)));
        while let Some(id) = work.pop() {
            if seen.insert(id) {
                let form = &self.definitions[id.0].form;
                found.extend(drops(form).then_some(id));
                work.extend(form.references());
            }
        }
        found
    }
}

/// What a form stands for, through references.
pub fn resolved<'f>(definitions: &'f [Definition], form: &'f Form) -> &'f Form {
    let mut form = form;
    // References in a circle were cut.
    for _ in 0..=definitions.len() {
        let Form::Reference(id) = form else { break };
        form = &definitions[id.0].form;
    }
    form
}

/// How many ways through unions are told apart.
const MOST_WAYS: usize = 512;

fn drops(form: &Form) -> bool {
    matches!(form, Form::Object(object) if object.rest == Rest::Ignored)
}

fn losing(definitions: &[Definition]) -> HashSet<DefinitionId> {
    let are_such: Vec<_> = definitions.iter().map(|definition| drops(&definition.form)).collect();
    let leading = leading_to(definitions, &are_such);
    definitions.iter().zip(leading).filter_map(|(one, leads)| leads.then_some(one.id)).collect()
}
