//! typify makes the Rust shape of one lowered definition. No other file imports typify.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use serde_json::{Map, Value, json};
use syn::Item;
use typify::{TypeSpace, TypeSpaceSettings};

use crate::lower::{ITEM, Lowered, format_name, reference_name};

/// typify, and what it has made. Under neutral names many definitions are the same, and it is asked once.
#[derive(Default)]
pub struct Shapes {
    made: HashMap<(String, Vec<String>), Result<Item, String>>,
}

impl Shapes {
    /// The struct or enum that typify makes of `lowered`, as it writes it. `formats` gives the Rust type
    /// of each format that is mentioned.
    ///
    /// # Errors
    ///
    /// What typify said, if it made no such item or panicked.
    pub fn shape(&mut self, lowered: &Lowered, formats: Vec<String>) -> Result<Item, String> {
        let made = self.made.entry((lowered.schema.to_string(), formats));
        let made = made.or_insert_with_key(|(_, formats)| {
            // The last resort: nothing is known to panic on what `lower` makes.
            let made = catch_unwind(AssertUnwindSafe(|| run(lowered, formats)));
            made.unwrap_or_else(|_| Err("typify panicked".to_owned()))
        });
        made.clone()
    }
}

fn run(lowered: &Lowered, formats: &[String]) -> Result<Item, String> {
    let mut settings = TypeSpaceSettings::default();
    settings.with_map_type("::std::collections::BTreeMap".to_owned());
    let mut definitions = Map::new();
    definitions.insert(ITEM.into(), lowered.schema.clone());
    for name in (0..lowered.references.len()).map(reference_name) {
        settings.with_replacement(&name, &name, std::iter::empty());
        definitions.insert(name, true.into());
    }
    for (index, path) in formats.iter().enumerate() {
        let schema = json!({"type": "string", "format": format_name(index)});
        let schema = serde_json::from_value(schema).map_err(|error| error.to_string())?;
        settings.with_conversion(schema, path, std::iter::empty());
    }
    let root: Value = json!({"definitions": definitions});
    let root = serde_json::from_value(root).map_err(|error| error.to_string())?;
    let mut space = TypeSpace::new(&settings);
    space.add_root_schema(root).map_err(|error| error.to_string())?;
    let item = item(space.to_stream()).ok_or_else(|| "typify made no type".to_owned())?;
    syn::parse2(item).map_err(|error| error.to_string())
}

/// The tokens of the item, from `struct` or `enum` on. typify writes much besides, which would take longer
/// to parse than all the rest.
fn item(tokens: TokenStream) -> Option<TokenStream> {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_kind = matches!(&token, TokenTree::Ident(ident) if ident == "struct" || ident == "enum");
        if is_kind && matches!(tokens.peek(), Some(TokenTree::Ident(ident)) if ident == ITEM) {
            let mut item = TokenStream::from(token);
            for token in tokens.by_ref() {
                let is_last = match &token {
                    TokenTree::Punct(punct) => punct.as_char() == ';',
                    TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
                    _ => false,
                };
                item.extend([token]);
                if is_last {
                    return Some(item);
                }
            }
        }
    }
    None
}
