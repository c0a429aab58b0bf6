//! What the derive says of enums of whose variants serde says which a value is of.

use isomorph_json::Pointer;
use serde_json::Value;

use super::derived;
use super::docs::{Documentation, Told};
use crate::model::{DefinitionId, Holds, Object, Representation, Union};
use crate::pair::{BranchVariant, Shape};

/// Where each variant is in what the derive says, and where its fields are; nothing of those around values.
pub fn places(shape: &Shape, told: &[Told]) -> Vec<(Pointer, Pointer)> {
    let variants = of_shape(shape);
    if variants.iter().all(|variant| variant.branch.holds == Holds::Value) {
        return Vec::new();
    }
    let is_listed =
        |(variant, told): &(&BranchVariant, &Told)| !variant.units.is_empty() && !told.says_something();
    // Strings of which nothing is told are in one branch.
    let less = variants.iter().zip(told).filter(is_listed).count().saturating_sub(1);
    // What serde does not tell apart may be of several.
    let is_told = |variant: &BranchVariant| match variant.branch.holds {
        Holds::Value => false,
        Holds::Fields(_) => variant.fields.as_ref().is_some_and(|fields| fields.object.tag().is_some()),
        Holds::Units(_) | Holds::Content(..) => true,
    };
    let is_unique = variants.iter().all(is_told);
    let keyword = if is_unique { "oneOf" } else { "anyOf" };
    let place = |(index, variant): (usize, &BranchVariant)| {
        let branch = Pointer::root().join(keyword).join(index.saturating_sub(less));
        let content = variant.content.map(|property| branch.join("properties").join(&property.name));
        let fields = content.unwrap_or_else(|| branch.clone());
        (branch, fields)
    };
    variants.iter().enumerate().map(place).collect()
}

/// What the derive says, where so much is told of the variants and of their fields.
pub fn of_variants<'s>(
    union: &Union,
    shape: &'s Shape<'s>,
    (told, in_variants): (&[Told], &[Vec<Documentation>]),
    mention: &dyn Fn(DefinitionId) -> Value,
) -> Value {
    let variants = of_shape(shape).iter().zip(told).enumerate();
    let told_of_fields =
        |index: usize| in_variants.get(index).into_iter().flatten().map(Documentation::told).collect();
    if let (Representation::Tagged, Some(tag)) = (union.representation, &union.tag) {
        let said = variants.filter_map(|(index, (variant, told))| {
            let object = variant.fields.as_ref().map(|fields| fields.object);
            let value = object.and_then(Object::tag).map(|(_, value)| value);
            let value = value.or(variant.branch.tags.as_deref()?.first().map(String::as_str))?;
            let said = match object {
                Some(object) => derived::Variant::Own(object, told_of_fields(index)),
                None => derived::Variant::Value(&variant.branch.schema.form),
            };
            Some((value, said, told.clone()))
        });
        return derived::of_tagged(tag, said, mention);
    }
    let said_of = |index: usize, variant: &'s BranchVariant<'s>| match (&variant.content, &variant.fields) {
        _ if !variant.units.is_empty() => derived::Variant::Units(&variant.units),
        (Some(property), Some(fields)) => {
            derived::Variant::Fields(property, fields.object, told_of_fields(index))
        }
        (Some(property), None) => derived::Variant::Content(property),
        (None, Some(fields)) => derived::Variant::Own(fields.object, told_of_fields(index)),
        _ => derived::Variant::Value(&variant.branch.schema.form),
    };
    if union.representation == Representation::Adjacent {
        let objects = variants.filter_map(|(index, (variant, told))| {
            let object = variant.around.or(variant.fields.as_ref().map(|fields| fields.object))?;
            Some((object, said_of(index, variant), told.clone()))
        });
        return derived::of_adjacent(objects, mention);
    }
    let variants = variants.map(|(index, (variant, told))| (said_of(index, variant), told.clone()));
    derived::of_external(variants, mention)
}

fn of_shape<'s, 'm>(shape: &'s Shape<'m>) -> &'s [BranchVariant<'m>] {
    match shape {
        Shape::Union { variants } => variants,
        _ => &[],
    }
}
