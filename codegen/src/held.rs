//! The types of lists and maps by what holds their elements: a `Vec` may be a set or an array, a `String` an integer.

use syn::punctuated::Punctuated;
use syn::token::Comma;
use syn::{GenericArgument, PathArguments, Type, parse_quote};

use crate::model::{Form, Holder, Key};

/// The type of a form, where `ty` is it with lists and strings.
pub fn held(form: &Form, ty: &Type) -> Type {
    match form {
        Form::Nullable(part) if matches!(part.form, Form::Nullable(_)) => held(&part.form, ty),
        Form::Nullable(part) => with_argument(ty, &part.form),
        Form::List(part, holder) => {
            let list = with_argument(ty, &part.form);
            match (holder, last_argument(&list)) {
                (Holder::Set, Some(element)) => parse_quote!(std::collections::BTreeSet<#element>),
                (Holder::Array(length), Some(element)) => {
                    let length = proc_macro2::Literal::usize_unsuffixed(*length);
                    parse_quote!([#element; #length])
                }
                _ => list,
            }
        }
        Form::Map(part, key) => {
            let mut map = with_argument(ty, &part.form);
            if let (Key::Integer(width), Some(GenericArgument::Type(name))) =
                (key, arguments(&mut map).and_then(|all| all.first_mut()))
            {
                let key = quote::format_ident!("{}", width.name());
                *name = parse_quote!(#key);
            }
            map
        }
        Form::Tuple(parts) => match ty {
            Type::Tuple(tuple) => {
                let parts = parts.iter().zip(&tuple.elems).map(|(part, ty)| held(&part.form, ty));
                parse_quote!((#(#parts,)*))
            }
            other => other.clone(),
        },
        _ => ty.clone(),
    }
}

/// A type with its last argument as the form of that is held.
fn with_argument(ty: &Type, form: &Form) -> Type {
    let mut ty = ty.clone();
    if let Some(argument) = argument_of(&mut ty) {
        *argument = held(form, argument);
    }
    ty
}

fn last_argument(ty: &Type) -> Option<Type> {
    argument_of(&mut ty.clone()).cloned()
}

fn arguments(ty: &mut Type) -> Option<&mut Punctuated<GenericArgument, Comma>> {
    let Type::Path(path) = ty else { return None };
    match &mut path.path.segments.last_mut()?.arguments {
        PathArguments::AngleBracketed(arguments) => Some(&mut arguments.args),
        _ => None,
    }
}

fn argument_of(ty: &mut Type) -> Option<&mut Type> {
    match arguments(ty)?.last_mut()? {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    }
}
