use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

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
        let is_long = |(_, value): &(String, Value)| value.is_array() || value.is_object();
        !self.spellings.is_empty() || self.extend.iter().any(is_long)
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
        arguments.extend(self.extend.iter().map(|(keyword, value)| match value {
            // Longer ones are beyond what the macro behind `extend` takes.
            Value::Array(_) | Value::Object(_) => {
                let text = value.to_string();
                quote!(transform = spelling::extended(#keyword, #text))
            }
            scalar => {
                let scalar = json(scalar);
                quote!(extend(#keyword = #scalar))
            }
        }));
        arguments.extend(self.spellings.iter().map(|spelling| {
            let spelling = spelling.tokens();
            quote!(transform = #spelling)
        }));
        arguments
    }
}

/// A scalar as `serde_json::json!` takes it.
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
            (None, None, Some(number)) => quote!(#number),
            _ => quote!(null),
        },
        Value::String(text) => quote!(#text),
        _ => quote!(null),
    }
}
