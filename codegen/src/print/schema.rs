//! Schemas that are carried, and the guards of types that have no shape.

use std::collections::BTreeMap;

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::{Map, Value};

use super::types::ident;
use crate::annotate::{Annotated, is_hidden};
use crate::model::{Model, Origin};

/// The documents, if the schema of a type is needed at run time.
pub fn documents(model: &Model, items: &[Annotated], says: bool) -> TokenStream {
    if !items.iter().any(|item| item.is_guarded() || (says && item.is_carried())) {
        return quote!();
    }
    let documents = model.documents.iter().map(|document| {
        let (uri, dialect) = (&document.uri, document.dialect.uri());
        let text = raw(&sorted(&document.root).to_string());
        quote!(isomorph_runtime::guard::Document { uri: #uri, dialect: #dialect, text: #text })
    });
    let count = Literal::usize_unsuffixed(model.documents.len());
    quote! {
        static DOCUMENTS: [isomorph_runtime::guard::Document; #count] = [#(#documents),*];
    }
}

/// A value with its keys in order: theirs in the source means nothing, and is not to show.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let members: BTreeMap<&String, &Value> = members.iter().collect();
            members.into_iter().map(|(key, value)| (key.clone(), sorted(value))).collect::<Map<_, _>>().into()
        }
        Value::Array(elements) => elements.iter().map(sorted).collect(),
        other => other.clone(),
    }
}

/// A raw string, so that people can read the JSON in it; unless there is something in it that hides.
fn raw(text: &str) -> TokenStream {
    if text.contains(is_hidden) {
        return quote!(#text);
    }
    let longest = text.split('"').map(|rest| rest.chars().take_while(|c| *c == '#').count()).max();
    let hashes = "#".repeat(longest.unwrap_or(0) + 1);
    let literal = format!("r{hashes}\"{text}\"{hashes}");
    literal.parse().unwrap_or_else(|_| quote!(#text))
}

/// `JsonSchema` by a copy of the source, if the derive cannot say it.
pub fn carried(model: &Model, item: &Annotated) -> Option<TokenStream> {
    if !item.is_carried() {
        return None;
    }
    let definition = item.pair.definition;
    let name = ident(&definition.ident);
    let document = Literal::usize_unsuffixed(definition.location.document);
    let pointer = definition.location.pointer.as_str();
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
                let schema = isomorph_runtime::guard::carried(&DOCUMENTS[#document], #pointer);
                schemars::Schema::try_from(schema).unwrap_or_default()
            }
        }
    })
}
