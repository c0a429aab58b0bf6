//! A type that does not keep what other schemas declare of its values gives way to one that does, where that binds them
//! all; else the objects in it keep what they do not declare. What a type no longer says is guarded already: two schemas
//! that bind a part are more than a form can say (`beside.rs`).

use std::collections::BTreeSet;

use super::comparison::Comparison;
use super::definition::Definition;
use super::definition_id::DefinitionId;
use super::form::{Beside, Form, Subschema};

/// Takes the type of another schema that binds a part, where it keeps what all declare.
pub fn widen(definitions: &mut [Definition]) {
    let mut comparison = Comparison::declared(definitions);
    let wider: Vec<_> =
        definitions.iter().map(|definition| wider(&mut comparison, &definition.form)).collect();
    for (definition, wider) in definitions.iter_mut().zip(wider) {
        definition.form = wider.unwrap_or_else(|| definition.form.clone());
    }
}

/// The objects that lack what another schema declares of their values.
pub fn lacking(definitions: &[Definition]) -> BTreeSet<DefinitionId> {
    let mut comparison = Comparison::declared(definitions);
    for definition in definitions {
        let mut work = vec![&definition.form];
        while let Some(form) = work.pop() {
            if let Form::Union(union) = form {
                union.also.iter().for_each(|other| comparison.open(form, &other.schema.form));
            }
            for part in form.parts() {
                part.also.iter().for_each(|other| comparison.open(&part.form, &other.schema.form));
                work.push(&part.form);
            }
        }
    }
    comparison.into_open()
}

/// The form that keeps all, if this one does not.
fn wider<'f>(comparison: &mut Comparison<'f>, form: &'f Form) -> Option<Form> {
    let parts: Vec<_> = form.parts().into_iter().map(|part| wider_part(comparison, part)).collect();
    parts.iter().any(Option::is_some).then(|| {
        let mut form = form.clone();
        for (part, wider) in form.parts_mut().into_iter().zip(parts) {
            *part = wider.unwrap_or_else(|| part.clone());
        }
        form
    })
}

fn wider_part<'f>(comparison: &mut Comparison<'f>, part: &'f Subschema) -> Option<Subschema> {
    if keep(comparison, &part.form, &part.also) {
        let form = wider(comparison, &part.form)?;
        return Some(Subschema { form, ..part.clone() });
    }
    let mut others = part.also.iter().filter(|other| other.binds_all).map(|other| &other.schema);
    let widest = others
        .find(|one| keep(comparison, &one.form, &part.also) && comparison.keeps(&one.form, &part.form))?;
    Some(Subschema { also: part.also.clone(), ..widest.clone() })
}

fn keep<'f>(comparison: &mut Comparison<'f>, form: &'f Form, others: &'f [Beside]) -> bool {
    others.iter().all(|other| comparison.keeps(form, &other.schema.form))
}
