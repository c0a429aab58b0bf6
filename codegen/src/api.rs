//! The public Rust API of generated text.

use quote::ToTokens;
use syn::{Attribute, Fields, Item, Meta, Visibility};

use crate::error::Error;
use crate::print::File;

/// The public items of generated files, in the order of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Api {
    /// The items.
    pub items: Vec<ApiItem>,
}

/// A public type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiItem {
    /// Its name.
    pub name: String,
    /// `struct`, `tuple struct` or `enum`.
    pub kind: &'static str,
    /// The traits that it derives, in every configuration of the crate.
    pub derives: Vec<String>,
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

impl Api {
    /// Reads the API out of generated files.
    ///
    /// # Errors
    ///
    /// If a file is not Rust.
    pub fn of(files: &[File]) -> Result<Self, Error> {
        let mut items = Vec::new();
        for file in files {
            let failed =
                |error: syn::Error| Error::Print { place: file.name.clone(), message: error.to_string() };
            let parsed = syn::parse_file(&file.text).map_err(failed)?;
            items.extend(parsed.items.iter().flat_map(exported).filter_map(item));
        }
        Ok(Self { items })
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
        members,
        docs: docs(attributes),
        is_non_exhaustive: has(attributes, "non_exhaustive"),
        is_deprecated: has(attributes, "deprecated"),
    })
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
    let held = match &variant.fields {
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
            pub enum Kind { A, B(Thing) }
            struct Hidden;
            pub struct One(pub i64);";
        let api = Api::of(&[File { name: "a.rs".into(), text: text.into() }]).unwrap();
        let names: Vec<_> = api.items.iter().map(|item| (item.name.as_str(), item.kind)).collect();
        assert_eq!(names, [("Thing", "struct"), ("Kind", "enum"), ("One", "tuple struct")]);
        let thing = api.item("Thing").unwrap();
        assert_eq!((thing.docs.as_str(), thing.derives.join(" ")), (" A thing.", "Debug Clone".to_owned()));
        let members: Vec<_> =
            thing.members.iter().map(|member| (member.name.as_str(), member.ty.as_str())).collect();
        assert_eq!(members, [("a", "Option<Vec<String>>")]);
        assert_eq!(api.item("Kind").unwrap().members[1].ty, "(Thing)");
    }
}
