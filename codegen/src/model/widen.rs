//! A type that does not keep what other schemas declare of its values gives way to one that does. What it no longer
//! says is guarded already: two schemas that bind a part are more than a form can say (`beside.rs`).

use super::overlap::Overlap;
use super::{Definition, Form, Subschema};

/// Makes every part keep what all schemas that bind it declare.
pub fn widen(definitions: &mut [Definition]) {
    let wider: Vec<_> = definitions.iter().map(|definition| wider(definitions, &definition.form)).collect();
    for (definition, wider) in definitions.iter_mut().zip(wider) {
        definition.form = wider.unwrap_or_else(|| definition.form.clone());
    }
}

/// The form that keeps all, if this one does not.
fn wider(definitions: &[Definition], form: &Form) -> Option<Form> {
    if let Form::Union(union) = form
        && !keeps(definitions, form, &union.also)
    {
        return Some(Form::Any);
    }
    let parts: Vec<_> = form.parts().into_iter().map(|part| wider_part(definitions, part)).collect();
    parts.iter().any(Option::is_some).then(|| {
        let mut form = form.clone();
        for (part, wider) in form.parts_mut().into_iter().zip(parts) {
            *part = wider.unwrap_or_else(|| part.clone());
        }
        form
    })
}

fn wider_part(definitions: &[Definition], part: &Subschema) -> Option<Subschema> {
    if keeps(definitions, &part.form, &part.also) {
        let form = wider(definitions, &part.form)?;
        return Some(Subschema { form, ..part.clone() });
    }
    let mut others = part.also.iter();
    let widest =
        others.find(|one| keeps(definitions, &one.form, &part.also) && keeps(definitions, &one.form, [part]));
    Some(widest.cloned().unwrap_or_else(|| Subschema::new(part.location.clone(), Form::Any)))
}

fn keeps<'s>(
    definitions: &[Definition],
    form: &Form,
    others: impl IntoIterator<Item = &'s Subschema>,
) -> bool {
    others.into_iter().all(|other| Overlap::declared(definitions).keeps(form, &other.form))
}
