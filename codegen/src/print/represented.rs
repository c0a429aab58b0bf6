//! How serde says which variant of an enum a value is of.

use quote::quote;
use syn::Attribute;

use super::rename_all::{self, Rule};
use super::tree::attribute;
use crate::model::{Form, Object, Representation, Rest, Union};
use crate::pair::BranchVariant;

/// How serde says which variant a value is of, and the rule by which variants are called.
pub fn represented(form: &Form, variants: &[BranchVariant]) -> (Option<Attribute>, Option<Rule>) {
    let Form::Union(union) = form else { return (None, None) };
    let mut said = Vec::new();
    match (union.representation, &union.tag) {
        (Representation::Untagged, _) => said.push(quote!(untagged)),
        (Representation::Tagged, Some(tag)) => said.push(quote!(tag = #tag)),
        (Representation::Adjacent, Some(tag)) => {
            let content = variants.iter().find_map(|made| made.content).map(|property| &property.name);
            said.push(quote!(tag = #tag, content = #content));
        }
        _ => {}
    }
    let is_untagged = union.representation == Representation::Untagged;
    let units = variants.iter().flat_map(|made| &made.units).map(|unit| (&unit.ident, unit.name));
    let others = variants.iter().filter_map(|made| Some((&made.ident, name_of(union, made)?)));
    let rule = rename_all::of_variants(units.chain(others)).filter(|_| !is_untagged);
    said.extend(rule.map(|rule| rename_all::told(&rule)));
    let around = variants.iter().filter_map(|made| made.around.filter(|object| object.tag().is_some()));
    let objects: Vec<_> = variants
        .iter()
        .filter_map(|made| made.fields.as_ref())
        .map(|fields| fields.object)
        .chain(around)
        .collect();
    let are_closed = !objects.is_empty() && objects.iter().all(|object| object.rest == Rest::Forbidden);
    said.extend(are_closed.then(|| quote!(deny_unknown_fields)));
    ((!said.is_empty()).then(|| attribute("serde", quote!(#(#said),*))), rule)
}

/// What serde calls a variant, where that matters.
pub fn name_of<'m>(union: &Union, made: &BranchVariant<'m>) -> Option<&'m str> {
    let object = made.around.or(made.fields.as_ref().map(|fields| fields.object));
    let tag = object.and_then(Object::tag).map(|(_, name)| name);
    let beside = made.branch.tags.as_deref().filter(|_| union.representation == Representation::Tagged);
    let beside = beside.and_then(|tags| tags.first()).map(String::as_str);
    tag.or(made.content.map(|property| property.name.as_str())).or(beside)
}
