//! Numbers are written without a fraction where they have none: who holds them tells serde.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{GenericArgument, Item, PathArguments, Type, parse_quote};

use crate::annotate::Annotated;
use crate::pair::{Field, RestField, Shape};

/// What serde is told of a field or a variant of this type.
pub fn told(ty: &Type) -> Option<TokenStream> {
    is_told(ty).then(|| quote!(serialize_with = "write_numbers"))
}

/// What is imported for that, if any of these types is told so.
pub fn import(items: &[Annotated]) -> Option<Item> {
    let is_needed = items.iter().flat_map(held).any(is_told);
    is_needed.then(|| {
        parse_quote!(
            use isomorph_runtime::v1::write_numbers;
        )
    })
}

/// The types of this module that stand beside numbers in tuples.
pub fn beside(items: &[Annotated]) -> BTreeSet<String> {
    let paths = items.iter().flat_map(held).filter(|ty| is_told(ty)).flat_map(paths);
    let own = paths.filter(|path| !KNOWN.contains(&path.as_str()));
    own.collect()
}

/// Types that can be written beside numbers, or around them.
const KNOWN: [&str; 25] = [
    "f32",
    "f64",
    "bool",
    "i8",
    "u8",
    "i16",
    "u16",
    "i32",
    "u32",
    "i64",
    "u64",
    "isize",
    "usize",
    "String",
    "Vec",
    "Option",
    "Box",
    "str",
    "std::sync::Arc",
    "std::collections::BTreeMap",
    "std::collections::HashMap",
    "indexmap::IndexMap",
    "std::path::PathBuf",
    "serde_json::Value",
    "serde_json::Number",
];

fn is_told(ty: &Type) -> bool {
    let paths = paths(ty);
    // How a type is written that is neither of this module nor known, only its crate can say.
    let is_written = |path: &String| KNOWN.contains(&path.as_str()) || !path.contains("::");
    paths.iter().any(|path| path == "f64" || path == "f32") && paths.iter().all(is_written)
}

/// The paths in a type.
fn paths(ty: &Type) -> Vec<String> {
    match ty {
        Type::Path(ty) => {
            let names: Vec<_> = ty.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            let arguments = ty.path.segments.last().map(|last| &last.arguments);
            let mut found = vec![names.join("::")];
            if let Some(PathArguments::AngleBracketed(arguments)) = arguments {
                let types = arguments.args.iter().filter_map(|argument| match argument {
                    GenericArgument::Type(ty) => Some(ty),
                    _ => None,
                });
                found.extend(types.flat_map(paths));
            }
            found
        }
        Type::Tuple(tuple) => tuple.elems.iter().flat_map(paths).collect(),
        Type::Array(array) => paths(&array.elem),
        _ => Vec::new(),
    }
}

/// The types of what an item holds.
fn held<'i>(item: &'i Annotated) -> Vec<&'i Type> {
    let of_fields = |fields: &'i [Field], rest: &'i Option<RestField>| -> Vec<&'i Type> {
        fields.iter().map(|field| &field.value).chain(rest.iter().map(|rest| &rest.ty)).collect()
    };
    match &item.pair.shape {
        Shape::Struct { fields, rest } => of_fields(fields, rest),
        Shape::Newtype(value) => vec![value],
        Shape::Union { variants } => variants
            .iter()
            .flat_map(|variant| match &variant.fields {
                Some(fields) => of_fields(&fields.fields, &fields.rest),
                None => vec![&variant.value],
            })
            .collect(),
        Shape::Names(_) | Shape::Literals(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::is_told;

    #[test]
    fn types_that_hold_numbers_are_told_unless_something_beside_them_is_not_known() {
        for (ty, expected) in [
            ("f64", true),
            ("Vec<Option<f64>>", true),
            ("std::collections::BTreeMap<String, f64>", true),
            ("(Cat, f64)", true),
            ("Vec<f32>", true),
            ("i64", false),
            ("Vec<Cat>", false),
            ("(uuid::Uuid, f64)", false),
            ("serde_json::Value", false),
        ] {
            let ty = syn::parse_str(ty).expect("a type");
            assert_eq!(is_told(&ty), expected);
        }
    }
}
