//! Schemas that are carried, and the guards of types that have no shape.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::types::ident;
use crate::annotate::{Annotated, SchemaSource};
use crate::model::{Model, Origin};

/// The name of the guard of a type.
pub fn guard_ident(item: &Annotated) -> syn::Ident {
    use heck::ToShoutySnakeCase;
    ident(&format!("{}_GUARD", item.pair.definition.ident.to_shouty_snake_case()))
}

/// The documents, once, and a guard for each type whose schema is needed at run time.
pub fn guards(model: &Model, items: &[Annotated]) -> TokenStream {
    let needed: Vec<_> = items.iter().filter(|item| item.needs_source()).collect();
    if needed.is_empty() {
        return quote!();
    }
    let documents = model.documents.iter().map(|document| {
        let (uri, dialect) = (document.uri(), document.dialect.uri());
        let text = raw(&document.root.to_string());
        quote!(isomorph_runtime::guard::Document { uri: #uri, dialect: #dialect, text: #text })
    });
    let count = Literal::usize_unsuffixed(model.documents.len());
    let guards = needed.iter().map(|item| {
        let name = guard_ident(item);
        let location = &item.pair.definition.location;
        let document = Literal::usize_unsuffixed(location.document);
        let pointer = location.pointer.as_str();
        quote! {
            pub(crate) static #name: isomorph_runtime::guard::Guard =
                isomorph_runtime::guard::Guard::new(&DOCUMENTS, #document, #pointer);
        }
    });
    quote! {
        static DOCUMENTS: [isomorph_runtime::guard::Document; #count] = [#(#documents),*];
        #(#guards)*
    }
}

/// A raw string, so that people can read the JSON in it.
fn raw(text: &str) -> TokenStream {
    let longest = text.split('"').map(|rest| rest.chars().take_while(|c| *c == '#').count()).max();
    let hashes = "#".repeat(longest.unwrap_or(0) + 1);
    let literal = format!("r{hashes}\"{text}\"{hashes}");
    literal.parse().unwrap_or_else(|_| quote!(#text))
}

/// `JsonSchema` by a copy of the source, if the derive cannot say it.
pub fn carried(model: &Model, item: &Annotated) -> Option<TokenStream> {
    let SchemaSource::Carried { .. } = item.schema else {
        return None;
    };
    let definition = item.pair.definition;
    let (name, guard) = (ident(&definition.ident), guard_ident(item));
    let schema_name = match &definition.origin {
        Origin::Named(name) => name.as_str(),
        _ => definition.ident.as_str(),
    };
    let inline = definition.origin == Origin::Inline;
    let references = definition.form.references();
    let mentioned = references.iter().map(|id| {
        let name = ident(&model.definition(*id).ident);
        quote!(generator.subschema_for::<#name>();)
    });
    let generator = if references.is_empty() { quote!(_) } else { quote!(generator) };
    Some(quote! {
        impl schemars::JsonSchema for #name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                #schema_name.into()
            }

            fn inline_schema() -> bool {
                #inline
            }

            fn json_schema(#generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                #(#mentioned)*
                schemars::Schema::try_from(#guard.schema()).unwrap_or_default()
            }
        }
    })
}
