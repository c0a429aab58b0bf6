//! Inline schemas that only limit the values of a type that Rust has: they are checks where they stand, and no types.

use std::collections::BTreeMap;

use isomorph_schema::Location;

use super::asserted;
use super::builder::Builder;
use super::condition::Condition;
use super::constant::Constant;
use super::definition::{Definition, Origin};
use super::definition_id::DefinitionId;
use super::form::{Check, Form, Object, Subschema};
use super::mapped;
use super::shaped;

/// How many types may lie in each other in one that is no type of its own.
const DEEPEST: usize = 3;

/// Has every inline schema stand as checks where it is referred to, if it is `free` to and a condition says what its form
/// does not; the conditions that those ask for.
pub fn dissolve(
    builder: &Builder,
    definitions: &mut [Definition],
    is_free: &dyn Fn(DefinitionId) -> bool,
) -> BTreeMap<Location, Condition> {
    let not_ours = mapped::leading(definitions);
    let is_such = |one: &Definition| is_limit(one) && !not_ours[one.id.0] && is_free(one.id);
    let (conditions, others) = asserted::conditions(builder, definitions, &is_such);
    let mut limits = BTreeMap::new();
    for (index, condition) in conditions {
        let definition = &mut definitions[index];
        let keywords: Vec<_> = definition.guard.drain(..).map(|reason| reason.to_string()).collect();
        let each = match condition {
            Condition::AllOf(all) => all,
            one => vec![one],
        };
        let held = each.into_iter().map(|one| Check::Holds(one, keywords.clone()));
        let checks = definition.checks.iter().cloned().chain(held).collect();
        limits.insert(definition.id, (definition.form.clone(), checks));
    }
    let limits = Limits(limits);
    for definition in definitions {
        limits.stand_for(&mut definition.form, &mut definition.checks);
        if let Some(default) = &mut definition.default {
            limits.unwrap(default);
        }
    }
    others
}

/// Whether a definition is nothing but a limit of what a type holds that has no name.
fn is_limit(definition: &Definition) -> bool {
    let Definition { form, guard, .. } = definition;
    let is_plain = !form.needs_item() && !matches!(form, Form::Nullable(_) | Form::Reference(_));
    // The names of a map's properties are a spelling of the schema beside it.
    let is_of_map = |keyword: &str| {
        matches!(form, Form::Map(_, _)) && ["patternProperties", "additionalProperties"].contains(&keyword)
    };
    let is_beside = |keyword: &str| shaped::stands_beside(keyword) || is_of_map(keyword);
    definition.origin == Origin::Inline
        && !guard.is_empty()
        && is_plain
        && form.depth() <= DEEPEST
        && guard.iter().all(|reason| reason.name().is_some_and(is_beside))
}

/// The forms and checks of definitions that are no types.
struct Limits(BTreeMap<DefinitionId, (Form, Vec<Check>)>);

impl Limits {
    /// Puts them where a form refers to them.
    fn inside(&self, form: &mut Form) {
        if let Form::Object(Object { properties, .. }) = form {
            properties.iter_mut().filter_map(|one| one.when_absent.as_mut()).for_each(|one| self.unwrap(one));
        }
        form.parts_mut().into_iter().for_each(|part| self.part(part));
    }

    fn part(&self, part: &mut Subschema) {
        self.stand_for(&mut part.form, &mut part.checks);
    }

    /// Puts them in the place of a form that refers to them, their checks beside it, and where its parts refer to them.
    fn stand_for(&self, form: &mut Form, checks: &mut Vec<Check>) {
        if let Form::Reference(id) = form
            && let Some((limit, its_checks)) = self.0.get(id)
        {
            *form = limit.clone();
            checks.extend(its_checks.iter().cloned());
        }
        self.inside(form);
    }

    /// Takes their names from what a value is made of.
    fn unwrap(&self, constant: &mut Constant) {
        if let Constant::Wrapped(id, inner) = constant
            && self.0.contains_key(id)
        {
            *constant = std::mem::replace(inner, Constant::Null);
            return self.unwrap(constant);
        }
        constant.parts_mut().into_iter().for_each(|part| self.unwrap(part));
    }
}
