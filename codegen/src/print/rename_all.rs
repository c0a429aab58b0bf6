//! One rule for the names of all fields or variants, instead of a name for each.

use proc_macro2::TokenStream;
use quote::quote;

/// A rule of serde's `rename_all`: its name, and how it makes the name in JSON from that in Rust.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// What `rename_all` calls it.
    pub name: &'static str,
    rename: fn(&str) -> String,
}

impl Rule {
    /// The name in JSON of a field or a variant.
    pub fn apply(&self, ident: &syn::Ident) -> String {
        (self.rename)(&plain(ident))
    }
}

/// What serde is told of a rule.
pub fn told(rule: &Rule) -> TokenStream {
    let name = rule.name;
    quote!(rename_all = #name)
}

/// The name of a field or a variant as serde takes it.
pub fn plain(ident: &syn::Ident) -> String {
    let name = ident.to_string();
    name.strip_prefix("r#").map_or(name.clone(), ToOwned::to_owned)
}

const OF_FIELDS: [Rule; 4] = [
    Rule { name: "camelCase", rename: |field| uncapitalized(&pascal_case(field)) },
    Rule { name: "kebab-case", rename: |field| field.replace('_', "-") },
    Rule { name: "PascalCase", rename: pascal_case },
    Rule { name: "SCREAMING_SNAKE_CASE", rename: str::to_ascii_uppercase },
];

const OF_VARIANTS: [Rule; 6] = [
    Rule { name: "snake_case", rename: snake_case },
    Rule { name: "lowercase", rename: str::to_ascii_lowercase },
    Rule { name: "UPPERCASE", rename: str::to_ascii_uppercase },
    Rule { name: "camelCase", rename: uncapitalized },
    Rule { name: "kebab-case", rename: |variant| snake_case(variant).replace('_', "-") },
    Rule { name: "SCREAMING_SNAKE_CASE", rename: |variant| snake_case(variant).to_ascii_uppercase() },
];

/// The rule for the fields of a struct, each with its name in JSON, if one says it shorter than names do.
pub fn of_fields<'a>(fields: impl Iterator<Item = (&'a syn::Ident, &'a str)>) -> Option<Rule> {
    shortest(&fields.collect::<Vec<_>>(), &OF_FIELDS)
}

/// The rule for the variants of an enum, each with its name in JSON, if one says it shorter than names do.
pub fn of_variants<'a>(variants: impl Iterator<Item = (&'a syn::Ident, &'a str)>) -> Option<Rule> {
    shortest(&variants.collect::<Vec<_>>(), &OF_VARIANTS)
}

/// The first of the rules that leave the fewest names to be said.
fn shortest(names: &[(&syn::Ident, &str)], rules: &[Rule]) -> Option<Rule> {
    let unlike = names.iter().filter(|(ident, name)| plain(ident) != *name).count();
    // serde's rules split names at bytes, and those of nothing but `_` not at all.
    let can_be_split = |ident| plain(ident).is_ascii() && plain(ident).contains(|c| c != '_');
    if unlike < 2 || !names.iter().all(|(ident, _)| can_be_split(ident)) {
        return None;
    }
    let left = |rule: &Rule| names.iter().filter(|(ident, name)| rule.apply(ident) != *name).count();
    let best = rules.iter().map(|rule| (left(rule), *rule)).min_by_key(|(left, _)| *left);
    best.filter(|(left, _)| left + 1 < unlike).map(|(_, rule)| rule)
}

fn pascal_case(field: &str) -> String {
    let mut pascal = String::new();
    let mut begins = true;
    for c in field.chars() {
        if c != '_' {
            pascal.push(if begins { c.to_ascii_uppercase() } else { c });
        }
        begins = c == '_';
    }
    pascal
}

fn uncapitalized(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|first| first.to_ascii_lowercase().to_string() + chars.as_str()).unwrap_or_default()
}

fn snake_case(variant: &str) -> String {
    let mut snake = String::new();
    for (index, c) in variant.char_indices() {
        if index > 0 && c.is_uppercase() {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}
