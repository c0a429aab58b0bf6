//! A changed type, or one that is not, in a module of its own.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Attribute, Item, Meta};

use super::change::{Retyped, mutants};
use super::origin::Origin;
use crate::entrant::{Definition, Module};

/// A type that is to be held against a schema.
#[derive(Debug)]
pub struct Trial {
    /// The case.
    pub case: usize,
    /// Its number in the case.
    pub number: usize,
    /// The name of the type that is held.
    pub held: String,
    /// The name of the type that is changed: that one, or a part of it.
    pub changed: String,
    /// The place of the schema.
    pub pointer: String,
    /// The annotations that the type leaves to those around it.
    pub left: Vec<String>,
    /// What was changed: the kind, and the change for people. `None` if nothing was, which must not be
    /// noticed.
    pub change: Option<(String, String)>,
    /// The type in it that was changed.
    pub retyped: Option<Retyped>,
    /// The text of its module.
    pub text: String,
}

/// The derived types of a module as they are, and all their mutants. A type for some of the instances of a
/// schema is changed as well, and what stands for all of them is held.
pub fn trials(module: &Module, origin: &Origin) -> Vec<Trial> {
    let mut trials = Vec::new();
    let mut seen = BTreeSet::new();
    // Where a type stands for several places, one of them tells.
    let first = module.definitions.iter().filter(|one| seen.insert(&one.name));
    for definition in first.filter(|definition| definition.is_derived) {
        let Some(held) = &definition.name else { continue };
        let of_it = |part: &&Definition| part.is_derived && part.pointer == definition.pointer;
        let parts = module.parts.iter().filter(of_it).filter_map(|part| part.name.as_ref());
        let parts = parts.filter(|part| origin.stands_in(part, held));
        for changed in std::iter::once(held).chain(parts) {
            add_all(&mut trials, module.case, (held, changed, definition), origin);
        }
    }
    trials
}

/// Adds a type as it is and its mutants, with the type that is held for it.
fn add_all(
    trials: &mut Vec<Trial>,
    case: usize,
    (held, changed, definition): (&str, &str, &Definition),
    origin: &Origin,
) {
    let Some(original) = origin.ty(changed) else { return };
    let between = origin.between(held, changed);
    let mut add = |change: Option<(String, String)>, retyped: Option<Retyped>, item: &Item| {
        trials.push(Trial {
            case,
            number: trials.len(),
            held: held.to_owned(),
            changed: changed.to_owned(),
            pointer: definition.pointer.clone(),
            left: definition.left.clone(),
            change,
            retyped,
            text: text(item, &between),
        });
    };
    add(None, None, original);
    for mutant in mutants(original) {
        add(Some((mutant.kind, mutant.what)), mutant.retyped, &mutant.item);
    }
}

/// The text of a module in the one that the type comes from. What is not in it is what it was.
fn text(item: &Item, beside: &[&Item]) -> String {
    let items = std::iter::once(item).chain(beside.iter().copied());
    let items: TokenStream = items.map(only_schema).collect();
    format!("use super::*;\n{items}\n")
}

/// An item with no derives but those that its schema needs: its own, and how it is written and what it is by
/// default, for the default values in it.
fn only_schema(item: &Item) -> TokenStream {
    let mut item = item.clone();
    let (attributes, ident) = match &mut item {
        Item::Struct(item) => (&mut item.attrs, item.ident.clone()),
        Item::Enum(item) => (&mut item.attrs, item.ident.clone()),
        _ => return item.into_token_stream(),
    };
    let is_derive = |attribute: &Attribute| attribute.path().is_ident("derive");
    let derives = attributes.iter().filter(|one| is_derive(one)).map(|one| one.to_token_stream().to_string());
    let derives = derives.collect::<String>();
    attributes.retain(|attribute| !is_derive(attribute));
    let has = |name: &str| derives.split(|c: char| !c.is_alphanumeric()).any(|word| word == name);
    let schema = has("JsonSchema").then(|| quote!(#[derive(::schemars::JsonSchema)]));
    let serialize = has("Serialize").then(|| quote!(#[derive(::serde::Serialize)]));
    // How the values of other enums are written is declared elsewhere, and is no matter here.
    let unwritten = (!has("Serialize")).then(|| {
        quote! {
            impl ::serde::Serialize for #ident {
                fn serialize<S: ::serde::Serializer>(&self, to: S) -> ::core::result::Result<S::Ok, S::Error> {
                    to.serialize_unit()
                }
            }
        }
    });
    let default = (has("Default") && has_default_variant(&item)).then(|| quote!(#[derive(Default)]));
    if default.is_none() {
        remove_default_marks(&mut item);
    }
    defaults_of_the_original(&mut item, &ident);
    quote!(#schema #serialize #default #item #unwritten)
}

fn is_default_mark(attribute: &Attribute) -> bool {
    attribute.path().is_ident("default")
}

/// Whether a variant is marked as the default, as every derived `Default` of an enum needs.
fn has_default_variant(item: &Item) -> bool {
    let Item::Enum(item) = item else { return false };
    item.variants.iter().any(|variant| variant.attrs.iter().any(is_default_mark))
}

fn remove_default_marks(item: &mut Item) {
    if let Item::Enum(item) = item {
        item.variants.iter_mut().for_each(|variant| variant.attrs.retain(|one| !is_default_mark(one)));
    }
}

/// The functions that give default values are those of the type that is not changed.
fn defaults_of_the_original(item: &mut Item, ident: &syn::Ident) {
    let Item::Struct(item) = item else { return };
    let own = format!("\"{ident}::");
    for attribute in item.fields.iter_mut().flat_map(|field| &mut field.attrs) {
        if let Meta::List(list) = &mut attribute.meta
            && list.path.is_ident("serde")
            && let Ok(tokens) = list.tokens.to_string().replace(&own, &format!("\"super::{ident}::")).parse()
        {
            list.tokens = tokens;
        }
    }
}
