//! Unions of which an `if` says which branch a value is of.

use super::condition::Condition;
use super::definition::Definition;
use super::form::{Branch, Check, Form};

/// Has each of two branches ask what tells them apart, so that a value is of the one that its schema means.
pub fn split(definition: &mut Definition) {
    let Form::Union(union) = &mut definition.form else { return };
    let is_at = |branch: &Branch, keyword: &str| branch.schema.location.pointer.last() == keyword;
    let [then, otherwise] = union.branches.as_mut_slice() else { return };
    let Some(Condition::If(three)) = &definition.condition else { return };
    let has_more =
        definition.guard.iter().any(|reason| !["if", "then", "else"].iter().any(|one| reason.is(one)));
    if !is_at(then, "then") || !is_at(otherwise, "else") || has_more {
        return;
    }
    let [condition, ..] = three.as_ref();
    let holds = |condition| Check::Holds(condition, vec!["if".to_owned()]);
    then.schema.checks.push(holds(condition.clone()));
    otherwise.schema.checks.push(holds(condition.clone().negated()));
    definition.condition = None;
    definition.guard.clear();
}
