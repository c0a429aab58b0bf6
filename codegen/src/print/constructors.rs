//! A struct made of what is required, and functions that add the rest.

use isomorph_runtime::spelling::is_hidden;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::constants::Constants;
use super::words::{allowance, ident};
use crate::annotate::Annotated;
use crate::pair::{Field, RestField, Shape};
use crate::presence::Presence;

/// The constructors of an item; nothing for one that is no struct of properties.
pub fn of_item(item: &Annotated, defaults: &Constants) -> TokenStream {
    let Shape::Struct { fields, rest } = &item.pair.shape else { return quote!() };
    let name = ident(&item.pair.definition.ident);
    let allowance = allowance(item);
    let new = new(&name.to_string(), fields, rest.as_ref(), defaults);
    let with = fields.iter().filter_map(with);
    quote!(#allowance impl #name { #new #(#with)* })
}

fn new(name: &str, fields: &[Field], rest: Option<&RestField>, defaults: &Constants) -> TokenStream {
    const MOST: usize = 7;
    let is_required = |field: &&Field| Presence::of(field.property) == Presence::Required;
    let required: Vec<_> = fields.iter().filter(is_required).collect();
    let (idents, types): (Vec<_>, Vec<_>) = required.iter().map(|field| (&field.ident, &field.value)).unzip();
    let values = fields.iter().map(|field| {
        let ident = &field.ident;
        match Presence::of(field.property) {
            Presence::Required => quote!(#ident),
            Presence::Optional => quote!(#ident: None),
            Presence::Defaulted(constant) => {
                let function = defaults.function(field, constant).map(|function| quote!(Self::#function()));
                let value = function.unwrap_or_else(|| quote!(Default::default()));
                quote!(#ident: #value)
            }
        }
    });
    let rest = rest.map(|rest| {
        let ident = &rest.ident;
        quote!(#ident: std::collections::BTreeMap::new())
    });
    let values = values.chain(rest);
    let what = if required.is_empty() { " of nothing." } else { " of what is required." };
    let docs = format!(" Makes a `{name}`{what}");
    let allowance = (required.len() > MOST).then(|| quote!(#[allow(clippy::too_many_arguments)]));
    quote! {
        #[doc = #docs]
        #allowance
        pub fn new(#(#idents: #types),*) -> Self {
            Self { #(#values),* }
        }
    }
}

fn with(field: &Field) -> Option<TokenStream> {
    let (ident, ty) = (&field.ident, &field.value);
    let name = ident.to_string();
    let name = name.strip_prefix("r#").unwrap_or(&name).trim_start_matches('_').to_owned();
    let value = match Presence::of(field.property) {
        Presence::Required => return None,
        Presence::Optional => quote!(Some(#ident)),
        Presence::Defaulted(_) => quote!(#ident),
    };
    let function = format_ident!("with_{name}");
    let docs = format!(" Sets `{}`.", field.property.name.replace(|c| c == '`' || is_hidden(c), " "));
    Some(quote! {
        #[doc = #docs]
        #[must_use]
        pub fn #function(mut self, #ident: #ty) -> Self {
            self.#ident = #value;
            self
        }
    })
}
