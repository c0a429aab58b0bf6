//! How the types are read: `isomorph_runtime::Read`, and serde's `Deserialize` by way of it.

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use super::checks;
use super::schema;
use super::types::{condition, ident};
use crate::annotate::Annotated;
use crate::model::{Form, Model, Object, Rest, Union};
use crate::pair::{BranchVariant, Field, Literal, RestField, Shape, Variant};
use crate::presence::Presence;
use crate::{Schemars, Settings};

/// The implementations for all items.
pub fn reading(model: &Model, items: &[Annotated], settings: &Settings) -> TokenStream {
    let implementations = items.iter().map(one);
    let says = settings.schemars != Schemars::Never;
    let on = condition(settings.schemars);
    let carried = items.iter().filter(|_| says).filter_map(|item| schema::carried(model, item));
    let documents = schema::documents(model, items, says);
    // With the feature off, documents that are only carried are not needed.
    let on_documents = (!items.iter().any(Annotated::is_guarded) && !documents.is_empty()).then_some(&on);
    quote!(#(#implementations)* #(#on #carried)* #on_documents #documents)
}

fn one(item: &Annotated) -> TokenStream {
    let definition = item.pair.definition;
    let name = ident(&definition.ident);
    let (implementation, kind) = match (&item.pair.shape, &definition.form) {
        (Shape::Struct { fields, rest }, Form::Object(made)) => {
            (object(&name, made, fields, rest.as_ref()), quote!(object))
        }
        (Shape::Names(variants), _) => (names(&name, variants), quote!(name)),
        (Shape::Literals(variants), _) => (literals(&name, variants), quote!(literal)),
        (Shape::Union(variants), Form::Union(made)) => (union(&name, made, variants), quote!(union)),
        _ => return newtype(item, &name),
    };
    if !item.is_guarded() {
        return quote!(#implementation isomorph_runtime::readable!(#kind #name););
    }
    let read = quote::format_ident!("read_{kind}", kind = kind.to_string());
    let guarded = guarded(item, &name, &quote!(isomorph_runtime::#read(input)));
    let write = matches!(item.pair.shape, Shape::Literals(_)).then(|| {
        quote! {
            impl serde::Serialize for #name {
                fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    isomorph_runtime::write_literal(*self, serializer)
                }
            }
        }
    });
    quote!(#implementation #write #guarded)
}

fn guarded(item: &Annotated, name: &syn::Ident, read: &TokenStream) -> TokenStream {
    let location = &item.pair.definition.location;
    let document = Token::usize_unsuffixed(location.document);
    let pointer = location.pointer.as_str();
    quote! {
        impl isomorph_runtime::ReadGuarded for #name {
            fn guard() -> &'static isomorph_runtime::guard::Guard {
                static GUARD: isomorph_runtime::guard::Guard =
                    isomorph_runtime::guard::Guard::new(&DOCUMENTS, #document, #pointer);
                &GUARD
            }

            fn read_shape<I: isomorph_runtime::Input>(input: I) -> Result<Self, I::Error> {
                #read
            }
        }
        isomorph_runtime::readable!(guarded #name);
    }
}

fn newtype(item: &Annotated, name: &syn::Ident) -> TokenStream {
    if item.is_guarded() {
        return guarded(item, name, &quote!(isomorph_runtime::Read::read(input).map(Self)));
    }
    let checks = checks::of_newtype(item);
    let read = if checks.is_empty() {
        quote!(isomorph_runtime::Read::read(input).map(Self))
    } else {
        let Shape::Newtype(ty) = &item.pair.shape else { return quote!() };
        quote! {
            input.checked(|value: &#ty| {
                #checks
                Ok(())
            }).map(Self)
        }
    };
    quote! {
        impl isomorph_runtime::Read for #name {
            fn read<I: isomorph_runtime::Input>(input: I) -> Result<Self, I::Error> {
                #read
            }
        }
        isomorph_runtime::readable!(@deserialize #name);
    }
}

fn names(name: &syn::Ident, variants: &[Variant]) -> TokenStream {
    let strings = variants.iter().map(|variant| variant.name);
    let idents = variants.iter().map(|variant| &variant.ident);
    quote! {
        impl isomorph_runtime::ReadName for #name {
            const NAMES: &'static [&'static str] = &[#(#strings),*];
            const VARIANTS: &'static [Self] = &[#(Self::#idents),*];
        }
    }
}

fn literals(name: &syn::Ident, variants: &[Literal]) -> TokenStream {
    let texts = variants.iter().map(|variant| variant.value.to_string());
    let idents = variants.iter().map(|variant| &variant.ident);
    quote! {
        impl isomorph_runtime::ReadLiteral for #name {
            const TEXTS: &'static [&'static str] = &[#(#texts),*];
            const VARIANTS: &'static [Self] = &[#(Self::#idents),*];
        }
    }
}

fn union(name: &syn::Ident, union: &Union, variants: &[BranchVariant]) -> TokenStream {
    let branches = variants.iter().map(branch);
    let arms = variants.iter().enumerate().map(|(index, variant)| {
        let ident = &variant.ident;
        let pattern = if index + 1 == variants.len() {
            quote!(_)
        } else {
            let index = Token::usize_unsuffixed(index);
            quote!(#index)
        };
        let checks = checks::of_branch(&variant.branch.schema);
        if checks.is_empty() {
            return quote!(#pattern => isomorph_runtime::Read::read(input).map(Self::#ident),);
        }
        let ty = &variant.value;
        quote! {
            #pattern => input.checked(|value: &#ty| {
                #checks
                Ok(())
            }).map(Self::#ident),
        }
    });
    let tag = union.tag.as_ref().map(|tag| quote!(const TAG: Option<&'static str> = Some(#tag);));
    let exactly_one = union.exactly_one.then(|| {
        quote!(
            const EXACTLY_ONE: bool = true;
        )
    });
    quote! {
        impl isomorph_runtime::ReadUnion for #name {
            const BRANCHES: &'static [isomorph_runtime::Branch] = &[#(#branches),*];
            #tag
            #exactly_one

            fn read_branch<I: isomorph_runtime::Input>(index: usize, input: I) -> Result<Self, I::Error> {
                match index { #(#arms)* }
            }
        }
    }
}

fn branch(variant: &BranchVariant) -> TokenStream {
    let name = variant.ident.to_string();
    let types = Token::u8_unsuffixed(variant.branch.types.bits());
    let tags = variant.branch.tags.as_ref().map(|tags| quote!(.tagged(&[#(#tags),*])));
    let required = variant.branch.tag_required.then(|| quote!(.with_tag_required()));
    quote!(isomorph_runtime::Branch::new(#name, #types) #tags #required)
}

fn object(name: &syn::Ident, object: &Object, fields: &[Field], rest: Option<&RestField>) -> TokenStream {
    let properties = fields.iter().map(|field| &field.property.name);
    let local = locals(fields, rest);
    let arms = local.iter().enumerate().map(|(index, local)| {
        let index = Token::usize_unsuffixed(index);
        quote!(#index => object.value(&mut #local)?,)
    });
    let values = fields.iter().zip(&local).enumerate().map(|(index, (field, local))| {
        let ident = &field.ident;
        let index = Token::usize_unsuffixed(index);
        match Presence::of(field.property) {
            Presence::Required => quote!(#ident: object.required(#index, #local)?),
            Presence::NullByDefault => quote!(#ident: #local.flatten()),
            Presence::Optional if ident == local => quote!(#ident),
            Presence::Optional => quote!(#ident: #local),
        }
    });
    let rest_ident = rest.map(|rest| &rest.ident);
    let (next, other) = match (&object.rest, rest_ident) {
        (Rest::Kept(_), Some(rest)) => {
            (quote!(next_or_other(&mut name)), quote!(object.other(std::mem::take(&mut name), &mut #rest)?))
        }
        (Rest::Forbidden, _) => (quote!(next_declared()), quote!(object.skip()?)),
        _ => (quote!(next_property()), quote!(object.skip()?)),
    };
    let rest_value = rest_ident.map(|rest| {
        quote! {
            let mut #rest = std::collections::BTreeMap::new();
            let mut name = String::new();
        }
    });
    let rest_value = rest_value.into_iter();
    let checks = checks::of_object(object, fields, rest);
    let check = (!checks.is_empty()).then(|| {
        quote! {
            fn check(&self) -> isomorph_runtime::check::Checked {
                #checks
                Ok(())
            }
        }
    });
    quote! {
        impl isomorph_runtime::ReadObject for #name {
            const PROPERTIES: &'static [&'static str] = &[#(#properties),*];

            fn read_object<M: isomorph_runtime::Members>(
                object: &mut isomorph_runtime::Object<M>,
            ) -> Result<Self, M::Error> {
                #(let mut #local = None;)*
                #(#rest_value)*
                while let Some(property) = object.#next? {
                    match property {
                        #(#arms)*
                        _ => #other,
                    }
                }
                Ok(Self { #(#values,)* #rest_ident })
            }

            #check
        }
    }
}

/// The variables that the values are read into: called as the fields are, unless that is taken.
fn locals(fields: &[Field], rest: Option<&RestField>) -> Vec<syn::Ident> {
    const TAKEN: [&str; 3] = ["object", "property", "name"];
    let local = |field: &Field| {
        let name = field.ident.to_string();
        if TAKEN.contains(&name.as_str()) { ident(&format!("the_{name}")) } else { field.ident.clone() }
    };
    let locals: Vec<_> = fields.iter().map(local).collect();
    let unique: std::collections::BTreeSet<_> = locals.iter().chain(rest.map(|rest| &rest.ident)).collect();
    if unique.len() == locals.len() + usize::from(rest.is_some()) {
        return locals;
    }
    (0..fields.len()).map(|index| ident(&format!("value_{index}"))).collect()
}
