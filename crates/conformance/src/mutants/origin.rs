//! A generated module as its mutants need it: types and what schemars says of them, without how they are read.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::Item;

use super::arguments::arguments;

/// The items of a module.
#[derive(Debug)]
pub struct Origin {
    /// All of them, less how types are read.
    pub items: Vec<Item>,
    /// The types by name, and with each what says that its schema is carried.
    types: BTreeMap<String, Type>,
}

#[derive(Debug)]
struct Type {
    items: Vec<Item>,
    mentions: BTreeSet<String>,
    is_inline: bool,
}

/// An item; or of the modules with all but the types those that can stand beside them. What is said of the types stays in
/// a module, where they look for it.
fn unwrapped(item: Item) -> Vec<Item> {
    let Item::Mod(mut module) = item else { return vec![item] };
    let Some((brace, inner)) = module.content.take() else { return Vec::new() };
    let inner = inner.into_iter().filter(|item| !matches!(item, Item::Use(_)));
    let (entries, beside): (Vec<_>, Vec<_>) =
        inner.partition(|item| macro_name(item).as_deref() == Some("schema"));
    if entries.is_empty() {
        return beside;
    }
    let macros = [macros()].into_iter().chain(entries).collect();
    module.content = Some((brace, macros));
    [Item::Mod(module)].into_iter().chain(beside).collect()
}

/// What brings the macros of the runtime.
fn macros() -> Item {
    syn::parse_quote!(
        use isomorph_runtime::v1;
    )
}

impl Origin {
    /// Reads a module's text.
    ///
    /// # Errors
    ///
    /// If it is not Rust.
    pub fn new(text: &str) -> syn::Result<Self> {
        let mut items: Vec<_> = syn::parse_file(text)?.items.into_iter().flat_map(unwrapped).collect();
        items.push(macros());
        items.retain(|item| macro_name(item).is_none_or(|name| KEPT.contains(&name.as_str())));
        let mut types = BTreeMap::new();
        let names: BTreeSet<String> = items.iter().filter_map(name).collect();
        for item in &items {
            let Some(name) = name(item) else { continue };
            let mut of_type = vec![item.clone()];
            of_type.extend(items.iter().filter(|other| carried(other).as_ref() == Some(&name)).cloned());
            let mut words = BTreeSet::new();
            for item in &of_type {
                collect_words(item.to_token_stream(), &mut words);
            }
            let mentions = words.intersection(&names).filter(|other| **other != name).cloned().collect();
            types.insert(name, Type { is_inline: is_inline(&of_type), items: of_type, mentions });
        }
        Ok(Self { items, types })
    }

    /// A type by its name.
    pub fn ty(&self, name: &str) -> Option<&Item> {
        self.types.get(name)?.items.first()
    }

    /// What a changed type needs anew beside it, so that the schema of `held`, which is that type or holds it,
    /// is said of it: the inline types through which one of the two is held, and `held` itself. What they
    /// mention is to be the new type, and no second type of its name.
    pub fn between(&self, held: &str, changed: &str) -> Vec<&Item> {
        let leads_there = |name: &String| {
            let within = self.reach_inline(name);
            let mut all = within.iter().chain([name]);
            all.any(|inner| self.mentions(inner, held) || self.mentions(inner, changed))
        };
        let mut reached = self.reach_inline(held);
        reached.insert(held.to_owned());
        let between = reached.into_iter().filter(|name| name != changed && leads_there(name));
        between.filter_map(|name| self.types.get(&name)).flat_map(|ty| &ty.items).collect()
    }

    /// Whether a type stands in the schema of another.
    pub fn stands_in(&self, name: &str, held: &str) -> bool {
        self.reach_inline(held).contains(name)
    }

    fn mentions(&self, owner: &str, name: &str) -> bool {
        self.types.get(owner).is_some_and(|owner| owner.mentions.contains(name))
    }

    /// The inline types that a type mentions, and those that they mention, and so on.
    fn reach_inline(&self, name: &str) -> BTreeSet<String> {
        let (mut reached, mut open) = (BTreeSet::new(), vec![name.to_owned()]);
        while let Some(next) = open.pop() {
            let Some(ty) = self.types.get(&next) else { continue };
            for inner in
                ty.mentions.iter().filter(|inner| self.types.get(*inner).is_some_and(|inner| inner.is_inline))
            {
                if reached.insert(inner.clone()) {
                    open.push(inner.clone());
                }
            }
        }
        reached
    }
}

/// Of the declarations for the runtime, those that say how a type is written.
const KEPT: [&str; 2] = ["carried", "literals"];

fn name(item: &Item) -> Option<String> {
    match item {
        Item::Struct(item) => Some(item.ident.to_string()),
        Item::Enum(item) => Some(item.ident.to_string()),
        _ => None,
    }
}

fn macro_name(item: &Item) -> Option<String> {
    match item {
        Item::Macro(item) => item.mac.path.segments.last().map(|last| last.ident.to_string()),
        _ => None,
    }
}

/// The type whose schema an item says to be carried.
fn carried(item: &Item) -> Option<String> {
    match item {
        Item::Macro(found) if macro_name(item).as_deref() == Some("carried") => {
            found.mac.tokens.clone().into_iter().next().map(|first| first.to_string())
        }
        _ => None,
    }
}

/// Whether a type, with what says that its schema is carried, is written where it is mentioned.
fn is_inline(items: &[Item]) -> bool {
    let is_told = |item| arguments(item).iter().any(|one| one.of.is_empty() && one.name() == "inline");
    let is_carried_inline = |item: &Item| match item {
        // Its name and then its kind.
        Item::Macro(carried) => {
            carried.mac.tokens.clone().into_iter().nth(1).is_some_and(|kind| kind.to_string() == "inline")
        }
        _ => false,
    };
    items.iter().any(|item| is_told(item) || is_carried_inline(item))
}

/// All identifiers.
fn collect_words(tokens: TokenStream, words: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => collect_words(group.stream(), words),
            TokenTree::Ident(ident) => {
                words.insert(ident.to_string());
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TREE: &str = r#"
        #[derive(JsonSchema)] struct Tree { left: Option<TreeLeft>, leaf: Leaf, other: Other }
        #[derive(JsonSchema)] #[schemars(inline)] struct TreeLeft(Box<Tree>);
        #[derive(JsonSchema)] #[schemars(inline)] struct Leaf(String);
        #[derive(JsonSchema)] struct Other { tree: Option<Box<Tree>>, kept: Kept }
        struct Kept(Vec<Other>);
        mod schema {
            use super::*;
            isomorph_runtime::v1::schema! { tree { plain; } }
            isomorph_runtime::v1::carried! { Kept inline "Kept" from DOCUMENTS 0 "/kept" mentions Other }
        }
        mod read {
            use super::*;
            isomorph_runtime::v1::object! { Tree { 0 left: optional "left" } }
        }"#;

    fn between(held: &str, changed: &str) -> Vec<String> {
        let origin = Origin::new(TREE).expect("it is Rust");
        origin.between(held, changed).into_iter().map(|item| item.to_token_stream().to_string()).collect()
    }

    #[test]
    fn an_inline_type_that_holds_its_owner_comes_along() {
        let between = between("Tree", "Tree");
        assert_eq!(
            between.len(),
            1,
            "a type that is not inline is another definition, and a leaf holds none"
        );
        assert!(between[0].contains("struct TreeLeft"));
    }

    #[test]
    fn the_owner_of_a_changed_part_comes_along() {
        let between = between("Tree", "Leaf");
        assert_eq!(between.len(), 2);
        assert!(between[0].contains("struct Tree {"));
        assert!(between[1].contains("struct TreeLeft"), "it mentions the new owner");
    }

    #[test]
    fn a_carried_type_comes_along_with_its_schema() {
        let between = between("Other", "Other");
        assert!(between[0].contains("struct Kept"));
        assert!(between[1].contains("carried"));
    }

    #[test]
    fn how_types_are_read_is_left_out() {
        let origin = Origin::new(TREE).expect("it is Rust");
        assert_eq!(origin.items.len(), 8);
    }
}
