//! The types, as people read them.

use proc_macro2::{Span, TokenStream};
use quote::quote;

use super::constants::Constants;
use super::constructors;
use crate::annotate::{Annotated, Attributes, Documentation, SchemaSource, lines};
use crate::model::{Constant, Form, Model, Object, Rest};
use crate::pair::{Field, Shape, Variant};
use crate::presence::Presence;
use crate::{Schemars, Settings};

/// All items, with what they import.
pub fn types(model: &Model, items: &[Annotated], settings: &Settings) -> TokenStream {
    let derived: Vec<_> = items.iter().filter_map(derived_attributes).flatten().collect();
    let on = condition(settings.schemars);
    let says = settings.schemars != Schemars::Never;
    let spelled = derived.iter().any(|attributes| attributes.spells()) && says;
    let use_spelling = spelled.then(|| quote!(#on use isomorph_runtime::spelling;));
    let any_derives = items.iter().any(|item| matches!(item.schema, SchemaSource::Derived { .. })) && says;
    let use_schemars = any_derives.then(|| quote!(#on use schemars::JsonSchema;));
    let serialized = items.iter().any(|item| !matches!(item.pair.shape, Shape::Literals(_)));
    let use_serialize = serialized.then(|| {
        quote!(
            use serde::Serialize;
        )
    });
    let defaults = Constants::of(model, items);
    let items = items.iter().map(|item| {
        let constructors = settings.constructors.then(|| constructors::of_item(item, &defaults));
        let (item, defaults) = (one(item, settings.schemars, &defaults), defaults.of_item(item));
        quote!(#item #constructors #defaults)
    });
    quote! {
        #use_spelling
        #use_schemars
        #use_serialize

        #(#items)*
    }
}

/// When what concerns schemars is compiled.
pub fn condition(schemars: Schemars) -> TokenStream {
    match schemars {
        Schemars::Always | Schemars::Never => quote!(),
        Schemars::Feature => quote!(#[cfg(feature = "schemars")]),
    }
}

/// An identifier.
pub fn ident(name: &str) -> syn::Ident {
    syn::Ident::new(name, Span::call_site())
}

fn derived_attributes<'a>(item: &'a Annotated) -> Option<Vec<&'a Attributes>> {
    match &item.schema {
        SchemaSource::Derived { item, fields } => Some(std::iter::once(item).chain(fields).collect()),
        SchemaSource::Carried { .. } => None,
    }
}

fn one(item: &Annotated, schemars: Schemars, defaults: &Constants) -> TokenStream {
    let definition = item.pair.definition;
    let name = ident(&definition.ident);
    let documentation = docs(&item.documentation.lines());
    let schema = item_schema(item, schemars);
    let is_derived = matches!(item.schema, SchemaSource::Derived { .. });
    let json_schema = (is_derived && schemars == Schemars::Always).then(|| quote!(, JsonSchema));
    let default = defaults.is_derived(definition).then(|| quote!(, Default));
    let plain = quote!(#[derive(Debug, Clone #default, PartialEq, Serialize #json_schema)]);
    let (fieldless, serialize) = match &item.pair.shape {
        Shape::Literals(_) => (true, quote!()),
        Shape::Names(_) => (true, quote!(, Serialize)),
        _ => (false, quote!()),
    };
    let derives = if fieldless {
        quote!(#[derive(Debug, Clone, Copy #default, PartialEq, Eq, Hash #serialize #json_schema)])
    } else {
        plain
    };
    let marked = |index| {
        let is_default =
            matches!(&definition.default, Some(Constant::Variant(_, default, _)) if *default == index);
        is_default.then(|| quote!(#[default]))
    };
    let body = match &item.pair.shape {
        Shape::Struct { fields, rest } => {
            let fields =
                fields.iter().enumerate().map(|(index, made)| field(item, index, made, schemars, defaults));
            let rest = rest.iter().map(|rest| {
                let (name, ty) = (&rest.ident, &rest.ty);
                quote!(#[doc = " Every other property."] #[serde(flatten)] pub #name: #ty)
            });
            // serde's derive of `Deserialize` is not used; schemars reads it here.
            let closed =
                matches!(item.pair.definition.form, Form::Object(Object { rest: Rest::Forbidden, .. }));
            let deny = closed.then(|| quote!(#[serde(deny_unknown_fields)]));
            quote!(#deny pub struct #name { #(#fields,)* #(#rest,)* })
        }
        Shape::Names(variants) => {
            let rule = variants_rename_all(variants);
            let all = rule.map(|rule| quote!(#[serde(rename_all = #rule)]));
            let variants = variants.iter().enumerate().map(|(index, made)| {
                let (told, variant) = (variant_told(item, index), variant(made, rule));
                let default = marked(index);
                quote!(#told #default #variant)
            });
            quote!(#all pub enum #name { #(#variants,)* })
        }
        Shape::Literals(variants) => {
            let variants = variants.iter().enumerate().map(|(index, made)| {
                let (text, ident) = (made.value.to_string(), &made.ident);
                let rename = quote!(schemars(rename = #text));
                let told = match (is_derived, schemars) {
                    (true, Schemars::Always) => quote!(#[#rename]),
                    (true, Schemars::Feature) => quote!(#[cfg_attr(feature = "schemars", #rename)]),
                    _ => docs(&lines(&format!("`{text}`"))),
                };
                let default = marked(index);
                quote!(#told #default #ident)
            });
            quote!(pub enum #name { #(#variants,)* })
        }
        Shape::Union { variants, several } => {
            let variants = variants.iter().enumerate().map(|(index, made)| {
                let (told, ident, value) = (variant_told(item, index), &made.ident, &made.value);
                quote!(#told #ident(#value))
            });
            let several = several.iter().map(|variant| several_of(&name, variant, is_derived, schemars));
            quote!(#[serde(untagged)] pub enum #name { #(#variants,)* #(#several,)* })
        }
        Shape::Newtype(value) => quote!(pub struct #name(pub #value);),
    };
    let allowance = allowance(item);
    quote!(#documentation #derives #allowance #schema #body)
}

fn docs(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}

/// The variant for a value of several branches, of which no schema speaks.
fn several_of(name: &syn::Ident, variant: &syn::Ident, is_derived: bool, schemars: Schemars) -> TokenStream {
    let skip = match (is_derived, schemars) {
        (true, Schemars::Always) => quote!(#[schemars(skip)]),
        (true, Schemars::Feature) => quote!(#[cfg_attr(feature = "schemars", schemars(skip))]),
        _ => quote!(),
    };
    quote! {
        #[doc = " A value of several of the others, of which none keeps all of it."]
        #skip #variant(isomorph_runtime::Several<#name>)
    }
}

/// `derive(JsonSchema)` with what it needs to be told.
fn item_schema(item: &Annotated, schemars: Schemars) -> TokenStream {
    let SchemaSource::Derived { item, .. } = &item.schema else {
        return quote!();
    };
    let arguments = item.arguments();
    let told = (!arguments.is_empty()).then(|| quote!(schemars(#(#arguments),*)));
    match schemars {
        Schemars::Always => {
            let told = told.map(|told| quote!(#[#told]));
            quote!(#told)
        }
        Schemars::Feature => {
            let told = told.map(|told| quote!(, #told));
            quote!(#[cfg_attr(feature = "schemars", derive(JsonSchema) #told)])
        }
        Schemars::Never => quote!(),
    }
}

fn field_schema(item: &Annotated, index: usize, schemars: Schemars) -> TokenStream {
    let SchemaSource::Derived { fields, .. } = &item.schema else {
        return quote!();
    };
    let arguments = fields.get(index).map(Attributes::arguments).unwrap_or_default();
    if arguments.is_empty() {
        return quote!();
    }
    match schemars {
        Schemars::Always => quote!(#[schemars(#(#arguments),*)]),
        Schemars::Feature => quote!(#[cfg_attr(feature = "schemars", schemars(#(#arguments),*))]),
        Schemars::Never => quote!(),
    }
}

fn field(
    item: &Annotated,
    index: usize,
    field: &Field,
    schemars: Schemars,
    defaults: &Constants,
) -> TokenStream {
    let docs = docs(&item.field_documentation.get(index).map(Documentation::lines).unwrap_or_default());
    let (name, value) = (&field.ident, &field.value);
    let wire = &field.property.name;
    let plain = name.to_string();
    let mut serde = Vec::new();
    if plain.strip_prefix("r#").unwrap_or(&plain) != wire {
        serde.push(quote!(rename = #wire));
    }
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
    let serde = (!serde.is_empty()).then(|| quote!(#[serde(#(#serde),*)]));
    let schema = field_schema(item, index, schemars);
    let ty = if presence.is_option() { quote!(Option<#value>) } else { quote!(#value) };
    let deprecated = field_is_deprecated(item, index).then(|| quote!(#[deprecated]));
    quote!(#docs #deprecated #serde #schema pub #name: #ty)
}

fn field_is_deprecated(item: &Annotated, index: usize) -> bool {
    item.field_documentation.get(index).is_some_and(|documentation| documentation.is_deprecated)
}

/// What people are told of a variant.
fn variant_told(item: &Annotated, index: usize) -> TokenStream {
    let Some(documentation) = item.variant_documentation.get(index) else { return quote!() };
    let docs = docs(&documentation.lines());
    let deprecated = documentation.is_deprecated.then(|| quote!(#[deprecated]));
    quote!(#docs #deprecated)
}

/// What an item with deprecated fields or variants needs, to use them itself.
pub fn allowance(item: &Annotated) -> TokenStream {
    let mut members = item.field_documentation.iter().chain(&item.variant_documentation);
    let is_deprecated = members.any(|documentation| documentation.is_deprecated);
    if is_deprecated { quote!(#[allow(deprecated)]) } else { quote!() }
}

/// A rule of serde's `rename_all`: its name, and how it makes a name of a variant.
type Rule = (&'static str, fn(&str) -> String);

const RULES: [Rule; 3] = [
    ("snake_case", snake_case),
    ("lowercase", |variant| variant.to_ascii_lowercase()),
    ("UPPERCASE", |variant| variant.to_ascii_uppercase()),
];

/// As serde's `snake_case` makes it from a variant.
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

/// serde's rule that makes every name from its variant, if there is one.
fn variants_rename_all(variants: &[Variant]) -> Option<&'static str> {
    let follows = |rule: &fn(&str) -> String| variants.iter().all(|v| rule(&v.ident.to_string()) == v.name);
    let as_written = variants.iter().all(|variant| variant.ident == variant.name);
    let rule = RULES.iter().find(|(_, rule)| follows(rule) && !as_written);
    rule.map(|(name, _)| *name)
}

fn variant(variant: &Variant, rule: Option<&str>) -> TokenStream {
    let (name, ident) = (variant.name, &variant.ident);
    let renamed = rule.is_none() && ident != name;
    let rename = renamed.then(|| quote!(#[serde(rename = #name)]));
    quote!(#rename #ident)
}
