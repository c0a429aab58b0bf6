//! How the types are read: `isomorph_runtime::Read`, and serde's `Deserialize` by way of it.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::schema::guard_ident;
use super::types::{ident, is_closed};
use crate::annotate::Annotated;
use crate::model::Model;
use crate::pair::{Field, Shape, Variant};
use crate::presence::Presence;

/// The implementations for all items.
pub fn reading(_model: &Model, items: &[Annotated]) -> TokenStream {
    let implementations = items.iter().map(one);
    quote!(#(#implementations)*)
}

fn one(item: &Annotated) -> TokenStream {
    let name = ident(&item.pair.definition.ident);
    match &item.pair.shape {
        Shape::Struct(fields) => object(&name, fields, is_closed(&item.pair.definition.form)),
        Shape::Enum(variants) => names(&name, variants),
        Shape::Newtype(_) => quote! {
            impl isomorph_runtime::Read for #name {
                fn read<I: isomorph_runtime::Input>(input: I) -> Result<Self, I::Error> {
                    isomorph_runtime::Read::read(input).map(Self)
                }
            }
            isomorph_runtime::readable!(@deserialize #name);
        },
        Shape::Value { .. } => {
            let guard = guard_ident(item);
            quote! {
                impl isomorph_runtime::Read for #name {
                    fn read<I: isomorph_runtime::Input>(input: I) -> Result<Self, I::Error> {
                        input.value(|value| #guard.check(&value).map(|()| Self(value)))
                    }
                }
                isomorph_runtime::readable!(@deserialize #name);
            }
        }
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
        isomorph_runtime::readable!(name #name);
    }
}

fn object(name: &syn::Ident, fields: &[Field], closed: bool) -> TokenStream {
    let properties = fields.iter().map(|field| &field.property.name);
    let local = locals(fields);
    let next = if closed { quote!(next_declared) } else { quote!(next_property) };
    let arms = local.iter().enumerate().map(|(index, local)| {
        let index = Literal::usize_unsuffixed(index);
        quote!(#index => object.value(&mut #local)?,)
    });
    let values = fields.iter().zip(&local).enumerate().map(|(index, (field, local))| {
        let ident = &field.ident;
        let index = Literal::usize_unsuffixed(index);
        match Presence::of(field.property) {
            Presence::Required => quote!(#ident: object.required(#index, #local)?),
            Presence::NullByDefault => quote!(#ident: #local.flatten()),
            Presence::Optional if ident == local => quote!(#ident),
            Presence::Optional => quote!(#ident: #local),
        }
    });
    let declarations = local.iter().map(|local| quote!(let mut #local = None;));
    quote! {
        impl isomorph_runtime::ReadObject for #name {
            const PROPERTIES: &'static [&'static str] = &[#(#properties),*];

            fn read_object<M: isomorph_runtime::Members>(
                mut object: isomorph_runtime::Object<M>,
            ) -> Result<Self, M::Error> {
                #(#declarations)*
                while let Some(property) = object.#next()? {
                    match property {
                        #(#arms)*
                        _ => object.skip()?,
                    }
                }
                Ok(Self { #(#values),* })
            }
        }
        isomorph_runtime::readable!(object #name);
    }
}

/// The variables that the values are read into: called as the fields are, unless that is taken.
fn locals(fields: &[Field]) -> Vec<syn::Ident> {
    let local = |field: &Field| {
        let name = field.ident.to_string();
        if name == "object" || name == "property" {
            ident(&format!("the_{name}"))
        } else {
            field.ident.clone()
        }
    };
    let mut locals: Vec<_> = fields.iter().map(local).collect();
    let unique: std::collections::BTreeSet<_> = locals.iter().collect();
    if unique.len() < locals.len() {
        locals = (0..fields.len()).map(|index| ident(&format!("value_{index}"))).collect();
    }
    locals
}
