//! The arguments of `#[schemars(…)]` and `#[serde(…)]` on an item and in it.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::visit_mut::{VisitMut, visit_field_mut, visit_variant_mut};
use syn::{Attribute, Expr, Field, Item, Lit, Meta, MetaNameValue, Token, Variant};

/// An argument of an attribute.
#[derive(Debug, Clone)]
pub struct Argument {
    /// `schemars` or `serde`.
    pub attribute: String,
    /// The field or variant that it is an argument of; empty for the item itself.
    pub of: String,
    /// Its text.
    pub text: TokenStream,
}

impl Argument {
    /// What it is an argument for: `title`, `transform`, `rename_all`.
    pub fn name(&self) -> String {
        self.text.clone().into_iter().next().map(|first| first.to_string()).unwrap_or_default()
    }
}

/// All of them, in order.
pub fn arguments(item: &Item) -> Vec<Argument> {
    let mut arguments = Arguments::default();
    arguments.visit_item_mut(&mut item.clone());
    arguments.seen
}

/// Takes one out, by its index in [`arguments`].
pub fn drop_argument(item: &mut Item, index: usize) {
    Arguments { drop: Some(index), ..Arguments::default() }.visit_item_mut(item);
}

#[derive(Default)]
struct Arguments {
    of: String,
    seen: Vec<Argument>,
    drop: Option<usize>,
}

impl VisitMut for Arguments {
    fn visit_field_mut(&mut self, field: &mut Field) {
        // The value of a variant has no name, and what is said of it is said of the variant.
        let of = field.ident.as_ref().map_or_else(|| self.of.clone(), ToString::to_string);
        let outer = std::mem::replace(&mut self.of, of);
        visit_field_mut(self, field);
        self.of = outer;
    }

    fn visit_variant_mut(&mut self, variant: &mut Variant) {
        let outer = std::mem::replace(&mut self.of, variant.ident.to_string());
        visit_variant_mut(self, variant);
        self.of = outer;
    }

    fn visit_attribute_mut(&mut self, attribute: &mut Attribute) {
        change(attribute, |name, text| {
            let is_kept = self.drop != Some(self.seen.len());
            self.seen.push(Argument { attribute: name.to_owned(), of: self.of.clone(), text: text.clone() });
            is_kept.then_some(text)
        });
    }
}

/// Changes the name that attributes give, if they give one.
pub fn rename(attributes: &mut [Attribute]) {
    for attribute in attributes {
        change(attribute, |name, text| {
            let Ok(MetaNameValue { path, value: Expr::Lit(value), .. }) = syn::parse2(text.clone()) else {
                return Some(text);
            };
            match &value.lit {
                Lit::Str(given) if path.is_ident("rename") => {
                    let renamed = format!("{} renamed", given.value());
                    // schemars is told the JSON text of an enum's value.
                    let renamed = if name == "schemars" { format!("{renamed:?}") } else { renamed };
                    Some(quote!(rename = #renamed))
                }
                _ => Some(text),
            }
        });
    }
}

/// Puts other arguments, or none, in the place of those of an attribute for schemars.
fn change(attribute: &mut Attribute, mut to: impl FnMut(&str, TokenStream) -> Option<TokenStream>) {
    let Meta::List(list) = &mut attribute.meta else { return };
    let Some(name) = ["schemars", "serde"].into_iter().find(|name| list.path.is_ident(name)) else { return };
    let parser = Punctuated::<TokenArgument, Token![,]>::parse_terminated;
    let Ok(arguments) = parser.parse2(list.tokens.clone()) else { return };
    let arguments = arguments.into_iter().filter_map(|TokenArgument(text)| to(name, text));
    list.tokens = quote!(#(#arguments),*);
}

/// An argument of an attribute: anything up to the next comma.
struct TokenArgument(TokenStream);

impl Parse for TokenArgument {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let mut tokens = TokenStream::new();
        while !input.is_empty() && !input.peek(Token![,]) {
            tokens.extend(std::iter::once(input.parse::<TokenTree>()?));
        }
        Ok(Self(tokens))
    }
}
