//! Where a property that is absent must stay so: around it a schema tells instances apart by which properties
//! they have, and a default that appears when a value is written again could make it another schema's, or
//! none's.

use std::collections::BTreeSet;

use isomorph_schema::Types;

use super::definition::Definition;
use super::definition_id::DefinitionId;
use super::form::{Branch, Form, Object, Property, Rest, Subschema, Union};
use super::reason::Reason;

/// The definitions whose absent properties must stay absent.
pub fn kept(definitions: &[Definition]) -> BTreeSet<DefinitionId> {
    let mut kept = BTreeSet::new();
    let mut work = Vec::new();
    let with_defaults = with_defaults(definitions);
    for definition in definitions {
        if definition.guard.iter().any(sees_properties) {
            work.push(definition.id);
        }
        if let Form::Union(union) = &definition.form {
            if tells_apart(union) {
                work.extend(seen_by_others(definitions, union, &with_defaults));
            } else {
                work.extend(definition.form.references());
            }
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

/// Whether a value that is one branch's stays so, whatever appears in it. Of `anyOf` any branch will do.
fn tells_apart(union: &Union) -> bool {
    let is_tagged = union.tag.is_some();
    let mut seen = Types::NONE;
    !union.exactly_one
        || union.branches.iter().all(|branch| {
            let is_apart = !seen.meets(branch.types) || (is_tagged && branch.tag_required);
            seen = seen.union(branch.types);
            is_apart
        })
}

/// Of a union that holds values of several branches: what the branches lead to whose defaults could make a value none
/// of another branch that holds it too.
fn seen_by_others(
    definitions: &[Definition],
    union: &Union,
    with_defaults: &BTreeSet<DefinitionId>,
) -> Vec<DefinitionId> {
    if !union.several {
        return Vec::new();
    }
    let judges = Judges { definitions, with_defaults };
    let is_seen = |made: &&Branch| {
        let mut others = union.branches.iter().filter(|judge| judge.schema.location != made.schema.location);
        others.any(|judge| {
            judge.types.meets(made.types) && !judges.accept(&judge.schema, &made.schema, DEEPEST)
        })
    };
    let seen = union.branches.iter().filter(is_seen);
    seen.flat_map(|branch| branch.schema.form.references()).collect()
}

/// How deep schemas are compared; beyond, nothing is taken for granted.
const DEEPEST: usize = 8;

struct Judges<'a> {
    definitions: &'a [Definition],
    with_defaults: &'a BTreeSet<DefinitionId>,
}

impl Judges<'_> {
    /// Whether a value of both schemas stays one of `judge` when the defaults of `made` appear in it.
    fn accept(&self, judge: &Subschema, made: &Subschema, depth: usize) -> bool {
        judge.checks.is_empty() && self.accept_form(&judge.form, &made.form, depth)
    }

    fn accept_form(&self, judge: &Form, made: &Form, depth: usize) -> bool {
        let leads_to_defaults = made.references().iter().any(|id| self.with_defaults.contains(id));
        if !leads_to_defaults || judge == made || *judge == Form::Any {
            return true;
        }
        match (judge, made) {
            _ if depth == 0 => false,
            (Form::Reference(judge), Form::Reference(made)) => {
                let (judge, made) = (&self.definitions[judge.0], &self.definitions[made.0]);
                let is_free = judge.guard.is_empty() && judge.checks.is_empty();
                is_free
                    && match (&judge.form, &made.form) {
                        (Form::Object(judge), Form::Object(made)) => {
                            object_accepts_defaults_of(judge, made, self.with_defaults)
                        }
                        (judge, made) => self.accept_form(judge, made, depth - 1),
                    }
            }
            (Form::List(judge), Form::List(made)) | (Form::Map(judge), Form::Map(made)) => {
                self.accept(judge, made, depth - 1)
            }
            _ => false,
        }
    }
}

fn object_accepts_defaults_of(judge: &Object, made: &Object, with_defaults: &BTreeSet<DefinitionId>) -> bool {
    let is_open = match &judge.rest {
        Rest::Ignored => true,
        Rest::Forbidden => false,
        Rest::Kept(part) => part.form == Form::Any && part.checks.is_empty(),
    };
    let is_changed = |property: &Property| {
        let mut parts = property.schema.form.references().into_iter();
        may_appear(property) || parts.any(|part| with_defaults.contains(&part))
    };
    made.properties.iter().filter(|property| is_changed(property)).all(|property| {
        match judge.properties.iter().find(|other| other.name == property.name) {
            Some(other) => {
                let (same, own) = (&other.schema, &property.schema);
                same.form == own.form
                    && same.checks == own.checks
                    && other.default == property.default
                    && other.required == property.required
            }
            None => is_open || !may_appear(property),
        }
    })
}

/// The definitions in whose values, or in parts of them, a default may appear.
fn with_defaults(definitions: &[Definition]) -> BTreeSet<DefinitionId> {
    let mut found = BTreeSet::new();
    loop {
        let before = found.len();
        // What is part of others mostly comes after them.
        for definition in definitions.iter().rev() {
            let is_one = match &definition.form {
                Form::Object(object) => object.properties.iter().any(may_appear),
                _ => false,
            };
            if is_one || definition.form.references().iter().any(|part| found.contains(part)) {
                found.insert(definition.id);
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

fn may_appear(property: &Property) -> bool {
    property.default.is_some() && !property.required
}
