//! The public Rust API of generated text.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenTree;
use quote::ToTokens;
use syn::{Attribute, Fields, Item, Meta, Visibility};

use crate::error::Error;
use crate::print::File;

/// The public items of generated files, in the order of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Api {
    /// The items.
    pub items: Vec<ApiItem>,
    /// The features of the crate that some of it asks for.
    pub features: BTreeSet<String>,
}

/// A public type.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApiItem {
    /// Its name.
    pub name: String,
    /// `struct`, `tuple struct`, `enum`, or `name` where it is called otherwise in a module.
    pub kind: &'static str,
    /// The traits that it derives, in every configuration of the crate.
    pub derives: Vec<String>,
    /// The traits that it implements otherwise: by hand, and by the macros of the runtime where it depends on the schema.
    pub impls: Vec<String>,
    /// Its public functions, each with its signature as the type.
    pub functions: Vec<ApiMember>,
    /// Its fields or variants.
    pub members: Vec<ApiMember>,
    /// Its documentation.
    pub docs: String,
    /// Whether it may get more members without harm.
    pub is_non_exhaustive: bool,
    /// Whether it is `#[deprecated]`.
    pub is_deprecated: bool,
}

/// A public field, or a variant.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApiMember {
    /// Its name; of a tuple's field, its number.
    pub name: String,
    /// Its type, or what a variant holds; empty if that is nothing.
    pub ty: String,
    /// Its documentation.
    pub docs: String,
    /// Whether it is `#[deprecated]`.
    pub is_deprecated: bool,
}

impl ApiItem {
    /// A name for a type that has another.
    fn named(name: String) -> Self {
        Self {
            name,
            kind: "name",
            derives: Vec::new(),
            impls: Vec::new(),
            functions: Vec::new(),
            members: Vec::new(),
            docs: String::new(),
            is_non_exhaustive: false,
            is_deprecated: false,
        }
    }
}

impl Api {
    /// Reads the API out of generated files.
    ///
    /// # Errors
    ///
    /// If a file is not Rust.
    pub fn of(files: &[File]) -> Result<Self, Error> {
        let (mut items, mut implementations): (Vec<ApiItem>, Vec<Implementation>) = (Vec::new(), Vec::new());
        let mut features = BTreeSet::new();
        for file in files {
            let failed =
                |error: syn::Error| Error::Print { place: file.name.clone(), message: error.to_string() };
            let parsed = syn::parse_file(&file.text).map_err(failed)?;
            items.extend(parsed.items.iter().flat_map(exported).filter_map(item));
            features.extend(parsed.items.iter().flat_map(attributes).filter_map(feature));
            names_in(&parsed.items, "", &mut items);
            let all = parsed.items.iter().flat_map(exported);
            implementations.extend(all.filter_map(implementation));
        }
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        for (index, item) in items.iter().enumerate() {
            places.entry(item.name.clone()).or_insert(index);
        }
        for Implementation { name, traits, functions } in implementations {
            if let Some(item) = places.get(&name).and_then(|index| items.get_mut(*index)) {
                item.impls.extend(traits);
                item.functions.extend(functions);
            }
        }
        Ok(Self { items, features })
    }

    /// The item of this name.
    pub fn item(&self, name: &str) -> Option<&ApiItem> {
        self.items.iter().find(|item| item.name == name)
    }
}

/// An item, or those of the module that a file with deprecated types puts all of them in.
fn exported(item: &Item) -> &[Item] {
    match item {
        Item::Mod(syn::ItemMod { content: Some((_, inner)), .. }) => inner,
        item => std::slice::from_ref(item),
    }
}

/// The attributes of what may ask for a feature.
fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Struct(syn::ItemStruct { attrs, .. })
        | Item::Enum(syn::ItemEnum { attrs, .. })
        | Item::Use(syn::ItemUse { attrs, .. })
        | Item::Mod(syn::ItemMod { attrs, .. }) => attrs,
        _ => &[],
    }
}

/// The feature that an attribute asks for.
fn feature(attribute: &Attribute) -> Option<String> {
    let is_conditional = attribute.path().is_ident("cfg") || attribute.path().is_ident("cfg_attr");
    let Meta::List(list) = &attribute.meta else { return None };
    let mut tokens = list.tokens.clone().into_iter();
    let is_asked = matches!(tokens.next(), Some(TokenTree::Ident(first)) if first == "feature");
    let name = tokens.nth(1).filter(|_| is_conditional && is_asked)?;
    syn::parse2::<syn::LitStr>(name.into()).ok().map(|name| name.value())
}

/// What public modules call types.
fn names_in(all: &[Item], path: &str, found: &mut Vec<ApiItem>) {
    for one in all {
        match one {
            Item::Mod(syn::ItemMod { ident, vis, content: Some((_, inner)), .. }) => {
                // The types of what is included are in a module that nobody sees.
                let is_public = matches!(vis, Visibility::Public(_));
                let path = if is_public { format!("{path}{ident}::") } else { path.to_owned() };
                names_in(inner, &path, found);
            }
            Item::Use(syn::ItemUse { vis: Visibility::Public(_), tree, .. })
                if !path.is_empty() || is_of_another_crate(tree) =>
            {
                found.extend(name(tree).map(|name| ApiItem::named(format!("{path}{name}"))));
            }
            _ => {}
        }
    }
}

/// Whether a path begins with a crate, and not with a module of what is generated.
fn is_of_another_crate(tree: &syn::UseTree) -> bool {
    let syn::UseTree::Path(path) = tree else { return false };
    !["self", "super", "schema", "types"].iter().any(|inner| path.ident == inner)
}

/// What the last part of a path is called.
fn name(tree: &syn::UseTree) -> Option<&syn::Ident> {
    match tree {
        syn::UseTree::Path(path) => name(&path.tree),
        syn::UseTree::Name(last) => Some(&last.ident),
        syn::UseTree::Rename(last) => Some(&last.rename),
        _ => None,
    }
}

fn item(item: &Item) -> Option<ApiItem> {
    let (name, attributes, visibility) = match item {
        Item::Struct(item) => (&item.ident, &item.attrs, &item.vis),
        Item::Enum(item) => (&item.ident, &item.attrs, &item.vis),
        _ => return None,
    };
    let (kind, members) = match item {
        Item::Struct(item) if matches!(item.fields, Fields::Unnamed(_)) => {
            ("tuple struct", fields(&item.fields))
        }
        Item::Struct(item) => ("struct", fields(&item.fields)),
        Item::Enum(item) => ("enum", item.variants.iter().map(variant).collect()),
        _ => return None,
    };
    matches!(visibility, Visibility::Public(_)).then(|| ApiItem {
        name: name.to_string(),
        kind,
        derives: derives(attributes),
        impls: Vec::new(),
        functions: Vec::new(),
        members,
        docs: docs(attributes),
        is_non_exhaustive: has(attributes, "non_exhaustive"),
        is_deprecated: has(attributes, "deprecated"),
    })
}

/// What something beside a type adds to it.
struct Implementation {
    name: String,
    traits: Vec<String>,
    functions: Vec<ApiMember>,
}

/// What an `impl` adds to a type, or a macro that reads it.
fn implementation(item: &Item) -> Option<Implementation> {
    match item {
        Item::Impl(item) => {
            let syn::Type::Path(path) = &*item.self_ty else { return None };
            let name = path.path.segments.last()?.ident.to_string();
            let traits = item.trait_.iter().map(|(_, path, _)| text(path)).collect();
            let functions = if item.trait_.is_some() { Vec::new() } else { functions(item) };
            Some(Implementation { name, traits, functions })
        }
        Item::Macro(item) => declared(&item.mac),
        _ => None,
    }
}

fn functions(item: &syn::ItemImpl) -> Vec<ApiMember> {
    let public = item.items.iter().filter_map(|item| match item {
        syn::ImplItem::Fn(function) if matches!(function.vis, Visibility::Public(_)) => Some(function),
        _ => None,
    });
    let member = |function: &syn::ImplItemFn| ApiMember {
        name: function.sig.ident.to_string(),
        ty: text(&function.sig),
        docs: docs(&function.attrs),
        is_deprecated: has(&function.attrs, "deprecated"),
    };
    public.map(member).collect()
}

/// What the macros of the runtime add to a type, as far as it depends on the schema: see `conversions.rs` there.
fn declared(declaration: &syn::Macro) -> Option<Implementation> {
    let called = declaration.path.segments.last()?.ident.to_string();
    let mut tokens = declaration.tokens.clone().into_iter();
    let name = tokens.next()?.to_string();
    let mut traits = Vec::new();
    let mut is_text = called == "names";
    let is_copy = is_text && matches!(tokens.clone().next(), Some(TokenTree::Group(_)));
    if called == "newtype"
        && let Some(TokenTree::Group(group)) = tokens.next()
    {
        let inner = text(&group.stream());
        let kind = tokens.next()?.to_string();
        traits.push(format!("{}<{inner}>", if kind == "free" { "From" } else { "TryFrom" }));
        traits.push(format!("Into<{inner}>"));
        is_text = tokens.next().is_some_and(|word| word.to_string() == "text");
    }
    if is_text {
        traits.extend(["FromStr", "TryFrom<&str>", "Display", "AsRef<str>"].map(str::to_owned));
    }
    let as_str = ApiMember {
        name: "as_str".to_owned(),
        ty: if is_copy { "(self)" } else { "(&self)" }.to_owned(),
        docs: String::new(),
        is_deprecated: false,
    };
    Some(Implementation { name, traits, functions: if is_text { vec![as_str] } else { Vec::new() } })
}

fn has(attributes: &[syn::Attribute], name: &str) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident(name))
}

fn fields(fields: &Fields) -> Vec<ApiMember> {
    let public = fields.iter().enumerate().filter(|(_, field)| matches!(field.vis, Visibility::Public(_)));
    let member = |(index, field): (usize, &syn::Field)| ApiMember {
        name: field.ident.as_ref().map_or_else(|| index.to_string(), ToString::to_string),
        ty: text(&field.ty),
        docs: docs(&field.attrs),
        is_deprecated: has(&field.attrs, "deprecated"),
    };
    public.map(member).collect()
}

fn variant(variant: &syn::Variant) -> ApiMember {
    let mut fields = variant.fields.clone();
    // How serde and schemars see them is no matter of types.
    fields.iter_mut().for_each(|field| field.attrs.clear());
    let held = match &fields {
        Fields::Unit => String::new(),
        fields => text(fields),
    };
    ApiMember {
        name: variant.ident.to_string(),
        ty: held,
        docs: docs(&variant.attrs),
        is_deprecated: has(&variant.attrs, "deprecated"),
    }
}

/// Tokens as people write them.
fn text(tokens: &impl ToTokens) -> String {
    let mut text = tokens.to_token_stream().to_string();
    for (spaced, plain) in [(" < ", "<"), (" >", ">"), (" :: ", "::"), (" ,", ","), ("( ", "("), (" )", ")")]
    {
        text = text.replace(spaced, plain);
    }
    text
}

fn derives(attributes: &[Attribute]) -> Vec<String> {
    let mut names = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
        let Meta::List(list) = &attribute.meta else { continue };
        names.extend(list.tokens.to_string().split(',').map(|name| name.trim().to_owned()));
    }
    names
}

fn docs(attributes: &[Attribute]) -> String {
    let mut lines = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("doc")) {
        if let Meta::NameValue(meta) = &attribute.meta
            && let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(line), .. }) = &meta.value
        {
            lines.push(line.value());
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::Api;
    use crate::File;

    #[test]
    fn what_is_public_is_read_out_of_the_text() {
        let text = "
            /// A thing.
            #[derive(Debug, Clone)]
            pub struct Thing { pub a: Option<Vec<String>>, b: i64 }
            #[derive(Debug)]
            pub enum Kind { A, B(#[serde(with = \"b\")] Thing) }
            struct Hidden;
            impl Default for Thing { fn default() -> Self { todo!() } }
            impl Thing { pub fn new(a: i64) -> Self { todo!() } fn hidden() {} pub(crate) fn own() {} }
            isomorph_runtime::v1::newtype! { One (i64) checked check |value| {} }
            isomorph_runtime::v1::newtype! { Name (String) free text }
            pub struct One(pub i64);
            pub struct Name(pub String);";
        let api = Api::of(&[File { name: "a.rs".into(), text: text.into() }]).unwrap();
        let names: Vec<_> = api.items.iter().map(|item| (item.name.as_str(), item.kind)).collect();
        let expected =
            [("Thing", "struct"), ("Kind", "enum"), ("One", "tuple struct"), ("Name", "tuple struct")];
        assert_eq!(names, expected);
        let traits = |name: &str| api.item(name).unwrap().impls.join(" ");
        assert_eq!(traits("Thing"), "Default");
        assert_eq!(traits("One"), "TryFrom<i64> Into<i64>");
        assert_eq!(traits("Name"), "From<String> Into<String> FromStr TryFrom<&str> Display AsRef<str>");
        let functions: Vec<_> =
            api.item("Thing").unwrap().functions.iter().map(|one| one.ty.as_str()).collect();
        assert_eq!(functions, ["fn new (a : i64) -> Self"]);
        let thing = api.item("Thing").unwrap();
        assert_eq!((thing.docs.as_str(), thing.derives.join(" ")), (" A thing.", "Debug Clone".to_owned()));
        let members: Vec<_> =
            thing.members.iter().map(|member| (member.name.as_str(), member.ty.as_str())).collect();
        assert_eq!(members, [("a", "Option<Vec<String>>")]);
        assert_eq!(api.item("Kind").unwrap().members[1].ty, "(Thing)");
    }
}
