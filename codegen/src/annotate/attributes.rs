use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::json_text::json_text;
use super::spelling::Spelling;

/// What `#[schemars(…)]` says on one item or field.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Attributes {
    /// The name of the definition, where it is not the type's.
    pub rename: Option<String>,
    /// Whether the schema stands where it is used, and not under `$defs`.
    pub inline: bool,
    /// The title.
    pub title: Option<String>,
    /// The description, where it is not the documentation.
    pub description: Option<String>,
    /// Annotations that the derive cannot know.
    pub extend: Vec<(String, Value)>,
    /// Spellings, in the order in which they work.
    pub spellings: Vec<Spelling>,
}

impl Attributes {
    /// Whether it calls a spelling.
    pub fn spells(&self) -> bool {
        !self.spellings.is_empty() || self.extend.iter().any(|(_, value)| is_long(value))
    }

    /// How many things are said.
    pub fn len(&self) -> usize {
        let texts = [&self.rename, &self.title, &self.description].into_iter().flatten().count();
        usize::from(self.inline) + texts + self.extend.len() + self.spellings.len()
    }

    /// The arguments of `#[schemars(…)]`.
    pub fn arguments(&self) -> Vec<TokenStream> {
        let mut arguments = Vec::new();
        if self.inline {
            arguments.push(quote!(inline));
        }
        arguments.extend(self.rename.iter().map(|name| quote!(rename = #name)));
        arguments.extend(self.title.iter().map(|title| quote!(title = #title)));
        arguments.extend(self.description.iter().map(|text| quote!(description = #text)));
        arguments.extend(self.extend.iter().map(|(keyword, value)| {
            if is_long(value) {
                let text = json_text(value);
                quote!(transform = spelling::extended(#keyword, #text))
            } else {
                let value = json(value);
                quote!(extend(#keyword = #value))
            }
        }));
        arguments.extend(self.spellings.iter().map(|spelling| {
            let spelling = spelling.tokens();
            quote!(transform = #spelling)
        }));
        arguments
    }
}

/// How many elements a list may have that `extend` adds.
const SHORT: usize = 6;

/// Whether a value is more than `extend` is to add: longer ones are beyond what the macro behind it takes.
fn is_long(value: &Value) -> bool {
    match value {
        Value::Array(elements) => {
            let is_scalar = |element: &Value| !element.is_array() && !element.is_object();
            elements.len() > SHORT || !elements.iter().all(is_scalar)
        }
        Value::Object(_) => true,
        _ => false,
    }
}

/// A value as `serde_json::json!` takes it.
fn json(value: &Value) -> TokenStream {
    match value {
        Value::Bool(value) => quote!(#value),
        Value::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
            // What fits in the type that a bare literal has needs none.
            (Some(number), ..) => {
                let small = i32::try_from(number).map(Literal::i32_unsuffixed);
                small.map_or_else(|_| quote!(#number), |small| quote!(#small))
            }
            (None, Some(number), _) => quote!(#number),
            (None, None, Some(number)) => {
                let number = Literal::f64_unsuffixed(number);
                quote!(#number)
            }
            _ => quote!(null),
        },
        Value::String(text) => quote!(#text),
        Value::Array(elements) => {
            let elements = elements.iter().map(json);
            quote!([#(#elements),*])
        }
        _ => quote!(null),
    }
}
