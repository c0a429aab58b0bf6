//! What several files write: identifiers, texts in quotes, and the attributes that stand everywhere.

use isomorph_runtime::spelling::is_hidden;
use proc_macro2::{Literal as Token, Span, TokenStream};
use quote::quote;
use syn::Attribute;

use super::tree::attribute;
use crate::annotate::Annotated;
use crate::settings::Schemars;

/// When what concerns schemars is compiled.
pub fn condition(schemars: Schemars) -> TokenStream {
    match schemars {
        Schemars::Always | Schemars::Never => quote!(),
        Schemars::Feature => quote!(#[cfg(feature = "schemars")]),
    }
}

/// An identifier.
pub fn ident(name: &str) -> syn::Ident {
    syn::Ident::new(name, Span::call_site())
}

/// A string as Rust writes it.
pub fn quoted(text: &str) -> String {
    Token::string(text).to_string()
}

/// What an item with deprecated fields or variants needs, to use them itself.
pub fn allowance(item: &Annotated) -> Option<Attribute> {
    let in_variants = item.variant_field_documentation.iter().flatten();
    let mut members = item.field_documentation.iter().chain(&item.variant_documentation).chain(in_variants);
    let is_deprecated = members.any(|documentation| documentation.is_deprecated);
    is_deprecated.then(|| attribute("allow", quote!(deprecated)))
}

/// A raw string, so that people can read the JSON in it; unless there is something in it that hides.
pub fn raw(text: &str) -> String {
    if text.contains(|c| c != '\n' && is_hidden(c)) {
        return quoted(text);
    }
    let longest = text.split('"').map(|rest| rest.chars().take_while(|c| *c == '#').count()).max();
    let hashes = "#".repeat(longest.unwrap_or(0) + 1);
    // Rust knows no raw string with more of them.
    if hashes.len() > 255 { quoted(text) } else { format!("r{hashes}\"{text}\"{hashes}") }
}
