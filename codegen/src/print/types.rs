//! The types, as people read them.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Item, parse_quote};

use super::constants::Constants;
use super::rename_all::Rule;
use super::schema::Entries;
use super::traits::{AllTraits, Traits};
use super::tree::{attribute, doc, word};
use super::words::{allowance, condition, ident};
use super::{constructors, rename_all, tree};
use crate::annotate::{Annotated, Documentation, lines};
use crate::model::{Constant, Form, Model, Object, Origin, Rest};
use crate::pair::{Field, Literal, Shape, generic};
use crate::presence::Presence;
use crate::settings::{Schemars, Settings};

/// All items, with what they import.
///
/// The tree is put together as it is. To write it as tokens first and to parse those would take several times
/// as long.
///
/// # Errors
///
/// If a default or a constructor is not Rust, which would be a mistake of the generator.
pub fn types(model: &Model, items: &[Annotated], settings: &Settings) -> syn::Result<syn::File> {
    let on = condition(settings.schemars);
    let says = settings.schemars != Schemars::Never;
    let entries = Entries::of(items);
    let any_derives = items.iter().any(|item| !item.is_carried()) && says;
    let serialized = items.iter().any(|item| !matches!(item.pair.shape, Shape::Literals(_)));
    let uses: [Option<Item>; 2] = [
        any_derives.then(|| parse_quote!(#on use schemars::JsonSchema;)),
        serialized.then(|| {
            parse_quote!(
                use serde::Serialize;
            )
        }),
    ];
    let mut all: Vec<_> = uses.into_iter().flatten().collect();
    let defaults = Constants::of(model, items);
    let traits = AllTraits::of(items, &|format| settings.format_type(format));
    for item in items {
        all.push(one(item, settings.schemars, (&defaults, &entries), traits.one(item.pair.definition.id)));
        if settings.constructors {
            all.extend(syn::parse2::<syn::File>(constructors::of_item(item, &defaults))?.items);
        }
        all.extend(syn::parse2::<syn::File>(defaults.of_item(item))?.items);
    }
    Ok(syn::File { shebang: None, attrs: Vec::new(), items: all })
}

fn one(
    item: &Annotated,
    schemars: Schemars,
    (defaults, entries): (&Constants, &Entries),
    traits: Traits,
) -> Item {
    let definition = item.pair.definition;
    let mut attrs = docs(&item.documentation.lines());
    attrs.extend(item.documentation.is_deprecated.then(|| word("deprecated")));
    attrs.push(derives(item, schemars, defaults, traits));
    attrs.extend(allowance(item));
    attrs.extend(item_schema(item, schemars, entries));
    let name = ident(&definition.ident);
    let is_default =
        |index| matches!(&definition.default, Some(Constant::Variant(_, default, _)) if *default == index);
    match &item.pair.shape {
        Shape::Struct { fields, rest } => {
            let names = fields.iter().map(|field| (&field.ident, field.property.name.as_str()));
            let rule = rename_all::of_fields(names);
            attrs.extend(rule.map(|rule| rename_all(&rule)));
            let fields = fields.iter().enumerate().map(|(index, made)| {
                let name = renamed(&made.ident, &made.property.name, rule);
                field(item, (index, made), name, defaults)
            });
            let rest = rest.iter().map(|rest| {
                let attrs = vec![doc(" Every other property."), attribute("serde", quote!(flatten))];
                tree::field(attrs, rest.ident.clone(), rest.ty.clone())
            });
            // serde's derive of `Deserialize` is not used; schemars reads it here.
            let closed = matches!(definition.form, Form::Object(Object { rest: Rest::Forbidden, .. }));
            attrs.extend(closed.then(|| attribute("serde", quote!(deny_unknown_fields))));
            tree::structure(attrs, name, fields.chain(rest))
        }
        Shape::Names(variants) => {
            let rule = rename_all::of_variants(variants.iter().map(|made| (&made.ident, made.name)));
            attrs.extend(rule.map(|rule| rename_all(&rule)));
            let variants = variants.iter().enumerate().map(|(index, made)| {
                let mut attrs = variant_told(item, index);
                attrs.extend(is_default(index).then(|| word("default")));
                attrs.extend(renamed(&made.ident, made.name, rule).map(|name| attribute("serde", name)));
                tree::variant(attrs, made.ident.clone(), None)
            });
            tree::enumeration(attrs, name, variants)
        }
        Shape::Literals(variants) => {
            let variants = variants.iter().enumerate().map(|(index, made)| {
                let mut attrs = literal(item, made, schemars);
                attrs.extend(is_default(index).then(|| word("default")));
                tree::variant(attrs, made.ident.clone(), None)
            });
            tree::enumeration(attrs, name, variants)
        }
        Shape::Union { variants } => {
            attrs.push(attribute("serde", quote!(untagged)));
            let variants = variants.iter().enumerate().map(|(index, made)| {
                tree::variant(variant_told(item, index), made.ident.clone(), Some(made.value.clone()))
            });
            tree::enumeration(attrs, name, variants)
        }
        Shape::Newtype(value) => tree::newtype(attrs, name, value.clone()),
    }
}

fn derives(item: &Annotated, schemars: Schemars, defaults: &Constants, traits: Traits) -> Attribute {
    let is_derived = !item.is_carried();
    let json_schema = (is_derived && schemars == Schemars::Always).then(|| quote!(JsonSchema));
    let serialize = !matches!(item.pair.shape, Shape::Literals(_));
    let all = [
        Some(quote!(Debug)),
        Some(quote!(Clone)),
        traits.is_copy.then(|| quote!(Copy)),
        defaults.is_derived(item.pair.definition).then(|| quote!(Default)),
        Some(quote!(PartialEq)),
        traits.is_eq.then(|| quote!(Eq)),
        traits.is_partial_ord.then(|| quote!(PartialOrd)),
        (traits.is_eq && traits.is_partial_ord).then(|| quote!(Ord)),
        traits.is_eq.then(|| quote!(Hash)),
        serialize.then(|| quote!(Serialize)),
        json_schema,
    ];
    let all = all.into_iter().flatten();
    attribute("derive", quote!(#(#all),*))
}

fn docs(lines: &[String]) -> Vec<Attribute> {
    let text = |line: &String| if line.is_empty() { String::new() } else { format!(" {line}") };
    lines.iter().map(|line| doc(&text(line))).collect()
}

/// What a variant that stands for a value says of it.
fn literal(item: &Annotated, made: &Literal, schemars: Schemars) -> Vec<Attribute> {
    let is_derived = !item.is_carried();
    let text = made.value.to_string();
    match (is_derived, schemars) {
        (true, Schemars::Always) => vec![attribute("schemars", quote!(rename = #text))],
        (true, Schemars::Feature) => {
            vec![attribute("cfg_attr", quote!(feature = "schemars", schemars(rename = #text)))]
        }
        _ => docs(&lines(&format!("`{text}`"))),
    }
}

/// `derive(JsonSchema)` with what it needs to be told.
fn item_schema(item: &Annotated, schemars: Schemars, entries: &Entries) -> Option<Attribute> {
    if item.is_carried() {
        return None;
    }
    let definition = item.pair.definition;
    let mut arguments = Vec::new();
    arguments.extend((definition.origin == Origin::Inline).then(|| quote!(inline)));
    let renamed = Some(&item.schema_name).filter(|name| **name != definition.ident);
    arguments.extend(renamed.map(|name| quote!(rename = #name)));
    arguments.extend(entries.name(item).map(ident).map(|entry| quote!(transform = schema::#entry)));
    match schemars {
        Schemars::Always => (!arguments.is_empty()).then(|| attribute("schemars", quote!(#(#arguments),*))),
        Schemars::Feature => {
            let told = (!arguments.is_empty()).then(|| quote!(, schemars(#(#arguments),*)));
            Some(attribute("cfg_attr", quote!(feature = "schemars", derive(JsonSchema) #told)))
        }
        Schemars::Never => None,
    }
}

fn rename_all(rule: &Rule) -> Attribute {
    let name = rule.name;
    attribute("serde", quote!(rename_all = #name))
}

/// What serde is told of a name in JSON that no rule makes.
fn renamed(ident: &syn::Ident, name: &str, rule: Option<Rule>) -> Option<TokenStream> {
    let made = rule.map_or_else(|| rename_all::plain(ident), |rule| rule.apply(ident));
    (made != name).then(|| quote!(rename = #name))
}

fn field(
    item: &Annotated,
    (index, field): (usize, &Field),
    renamed: Option<TokenStream>,
    defaults: &Constants,
) -> syn::Field {
    let mut attrs = docs(&item.field_documentation.get(index).map(Documentation::lines).unwrap_or_default());
    attrs.extend(field_is_deprecated(item, index).then(|| word("deprecated")));
    let mut serde: Vec<_> = renamed.into_iter().collect();
    let presence = Presence::of(field.property);
    match presence {
        Presence::Required => {}
        Presence::Defaulted(constant) => match defaults.function(field, constant) {
            None => serde.push(quote!(default)),
            Some(function) => {
                let path = format!("{}::{function}", item.pair.definition.ident);
                serde.push(quote!(default = #path));
            }
        },
        Presence::Optional => serde.push(quote!(skip_serializing_if = "Option::is_none")),
    }
    attrs.extend((!serde.is_empty()).then(|| attribute("serde", quote!(#(#serde),*))));
    let value = field.value.clone();
    let ty = if presence.is_option() { generic(&["Option"], [value]) } else { value };
    tree::field(attrs, field.ident.clone(), ty)
}

fn field_is_deprecated(item: &Annotated, index: usize) -> bool {
    item.field_documentation.get(index).is_some_and(|documentation| documentation.is_deprecated)
}

/// What people are told of a variant.
fn variant_told(item: &Annotated, index: usize) -> Vec<Attribute> {
    let Some(documentation) = item.variant_documentation.get(index) else { return Vec::new() };
    let deprecated = documentation.is_deprecated.then(|| word("deprecated"));
    docs(&documentation.lines()).into_iter().chain(deprecated).collect()
}
