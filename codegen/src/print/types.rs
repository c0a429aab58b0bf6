//! The types, as people read them.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::Parser;
use syn::{Attribute, Item, Visibility, parse_quote};

use super::adapters::{self, Adapters};
use super::constants::Constants;
use super::constructors::Builders;
use super::declarations::is_closed;
use super::items::Items;
use super::rename_all::Rule;
use super::represented::{name_of, represented};
use super::schema::Entries;
use super::traits::{AllTraits, Traits};
use super::tree::{attribute, doc, word};
use super::words::{allowance, condition, ident};
use super::{numbers, rename_all, told, tree};
use crate::annotate::{Annotated, Documentation, lines};
use crate::imported::Import;
use crate::model::{Constant, Definition, Form, Key, Model, Object, Origin, Representation, Rest, Union};
use crate::pair::{BranchVariant, Field, Literal, RestField, Shape, Variant, VariantFields, generic};
use crate::presence::Presence;
use crate::settings::{Layout, Schemars, Settings};

/// All items, with what they import.
///
/// The tree is put together as it is. To write it as tokens first and to parse those would take several times
/// as long.
///
/// # Errors
///
/// If a default or a constructor is not Rust, which would be a mistake of the generator.
pub fn types(
    model: &Model,
    all_items: &Items,
    settings: &Settings,
    adapters: &Adapters,
) -> syn::Result<syn::File> {
    let items = all_items.own;
    let on = condition(settings.schemars);
    let says = settings.schemars != Schemars::Never;
    let entries = Entries::of(items);
    let any_derives = items.iter().any(|item| !item.is_carried()) && says;
    let serialized = items.iter().any(|item| !matches!(item.pair.shape, Shape::Literals(_)));
    let adapts = adapters::are_written_by(items, model, adapters);
    let uses: [Option<Item>; 4] = [
        adapts.then(|| {
            parse_quote!(
                use isomorph_runtime::v1::via;
            )
        }),
        numbers::import(items),
        any_derives.then(|| parse_quote!(#on use schemars::JsonSchema;)),
        serialized.then(|| {
            parse_quote!(
                use serde::Serialize;
            )
        }),
    ];
    let mut all: Vec<_> = uses.into_iter().flatten().chain(all_items.imports.iter().map(imported)).collect();
    let every = all_items.all();
    let (defaults, traits) = (Constants::of(model, &every), AllTraits::of(model, &every));
    let mut builders = Builders::beside(items);
    for item in items {
        let schemars = if item.is_carried() { Schemars::Never } else { settings.schemars };
        let closed = match settings.layout {
            Layout::Split => parse_quote!(pub(super)),
            Layout::Single | Layout::Included => Visibility::Inherited,
        };
        let derive = derived(item, settings)?;
        let attributes = attributes(&item.pair.definition.ident, settings)?;
        let parts = Parts { defaults: &defaults, adapters, schemars, derive, attributes, closed };
        all.push(one(item, settings.schemars, (&parts, &entries), traits.one(item.pair.definition.id)));
        if settings.constructors {
            all.extend(syn::parse2::<syn::File>(builders.of_item(item, &defaults))?.items);
        }
        all.extend(syn::parse2::<syn::File>(defaults.of_item(item))?.items);
    }
    Ok(syn::File { shebang: None, attrs: Vec::new(), items: all })
}

/// A type that another crate has, for the users of these as well.
fn imported(import: &Import) -> Item {
    // What is no path is refused before.
    let path = syn::parse_str::<syn::Path>(&import.path).unwrap_or_else(|_| parse_quote!(self));
    let (there, here) = (ident(&import.there), ident(&import.here));
    if there == here {
        parse_quote!(pub use #path::#there;)
    } else {
        parse_quote!(pub use #path::#there as #here;)
    }
}

/// What is known of the parts of an item.
struct Parts<'a> {
    defaults: &'a Constants<'a>,
    adapters: &'a Adapters,
    /// When schemars sees them.
    schemars: Schemars,
    /// What is derived besides, and the attributes.
    derive: Vec<syn::Path>,
    attributes: Vec<Attribute>,
    /// Who may put a value into a newtype for which not every one will do: what reads it.
    closed: Visibility,
}

impl Parts<'_> {
    /// What serde is told of how a value is written: by an adapter, where its type is not ours, or as a number.
    fn written(&self, form: &Form, ty: &syn::Type, is_option: bool) -> Option<TokenStream> {
        match self.adapters.writing(form, is_option) {
            Some(function) => Some(quote!(serialize_with = #function)),
            None => numbers::told(ty),
        }
    }

    /// The same, and what schemars is told where its type is not ours.
    fn attributes(&self, form: &Form, ty: &syn::Type) -> Vec<Attribute> {
        let serde = self.written(form, ty, false).map(|told| attribute("serde", told));
        serde.into_iter().chain(self.adapters.said(form, ty, false, self.schemars)).collect()
    }
}

fn one(item: &Annotated, schemars: Schemars, (parts, entries): (&Parts, &Entries), traits: Traits) -> Item {
    let definition = item.pair.definition;
    let mut attrs = docs(&item.documentation.lines());
    attrs.extend(item.documentation.is_deprecated.then(|| word("deprecated")));
    attrs.extend(derives(item, schemars, parts, traits));
    attrs.extend(parts.attributes.iter().cloned());
    attrs.extend(allowance(item));
    attrs.extend(item_schema(item, schemars, entries));
    let name = ident(&definition.ident);
    let is_default =
        |index| matches!(&definition.default, Some(Constant::Variant(_, default, _)) if *default == index);
    match &item.pair.shape {
        Shape::Struct { fields, rest } => {
            let names = fields.iter().map(|field| (&field.ident, field.property.name.as_str()));
            let rule = rename_all::of_fields(names);
            let mut serde = Vec::new();
            if let Form::Object(object) = &definition.form
                && let Some((property, value)) = object.tag()
            {
                let tag = &property.name;
                serde.push(quote!(tag = #tag, rename = #value));
            }
            serde.extend(rule.map(|rule| rename_all::told(&rule)));
            // serde's derive of `Deserialize` is not used; schemars reads it here.
            let closed = matches!(definition.form, Form::Object(Object { rest: Rest::Forbidden, .. }));
            serde.extend(closed.then(|| quote!(deny_unknown_fields)));
            attrs.extend((!serde.is_empty()).then(|| attribute("serde", quote!(#(#serde),*))));
            let fields = fields.iter().enumerate().map(|(index, made)| {
                let name = renamed(&made.ident, &made.property.name, rule);
                field(item, (index, made), name, parts)
            });
            let rest = rest.iter().map(|rest| rest_field(rest, object_of(definition), parts));
            tree::structure(attrs, name, fields.chain(rest))
        }
        Shape::Names(variants) => {
            let rule = rename_all::of_variants(variants.iter().map(|made| (&made.ident, made.name)));
            attrs.extend(rule.map(|rule| attribute("serde", rename_all::told(&rule))));
            let variants = variants.iter().enumerate().map(|(index, made)| {
                let mut attrs = variant_told(item, index);
                attrs.extend(is_default(index).then(|| word("default")));
                attrs.extend(renamed(&made.ident, made.name, rule).map(|name| attribute("serde", name)));
                tree::variant(attrs, made.ident.clone(), None)
            });
            tree::enumeration(attrs, name, variants.chain(unknown(item, schemars)))
        }
        Shape::Literals(variants) => {
            let variants = variants.iter().enumerate().map(|(index, made)| {
                let mut attrs = literal(item, made, schemars);
                attrs.extend(is_default(index).then(|| word("default")));
                tree::variant(attrs, made.ident.clone(), None)
            });
            tree::enumeration(attrs, name, variants.chain(unknown(item, schemars)))
        }
        Shape::Union { variants } => {
            let (representation, rule) = represented(&definition.form, variants);
            attrs.extend(representation);
            let variants = variants.iter().enumerate().flat_map(|(index, made)| {
                if made.units.is_empty() {
                    return vec![branch_variant(item, (index, made), rule, parts)];
                }
                let unit = |unit: &Variant| {
                    let mut attrs = variant_told(item, index);
                    attrs.extend(renamed(&unit.ident, unit.name, rule).map(|name| attribute("serde", name)));
                    tree::variant(attrs, unit.ident.clone(), None)
                };
                made.units.iter().map(unit).collect()
            });
            tree::enumeration(attrs, name, variants.chain(unknown(item, schemars)))
        }
        Shape::Newtype(value) if item.pair.without_shape.is_some() => {
            tree::newtype(attrs, name, (Vec::new(), parts.closed.clone(), value.clone()))
        }
        Shape::Newtype(value) => {
            let told = parts.attributes(&definition.form, value);
            let vis = if is_closed(item) { parts.closed.clone() } else { tree::public() };
            tree::newtype(attrs, name, (told, vis, value.clone()))
        }
    }
}

/// The variant for what none of the others stands for. It is no matter of the schema.
fn unknown(item: &Annotated, schemars: Schemars) -> Option<syn::Variant> {
    let name = item.pair.unknown.clone()?;
    let (told, ty): (_, syn::Type) = match &item.pair.shape {
        Shape::Names(_) => (" A string that the schema does not list.", parse_quote!(String)),
        Shape::Literals(_) => (" A value that the schema does not list.", parse_quote!(serde_json::Value)),
        _ => (" What none of the others stands for, as it was read.", parse_quote!(serde_json::Value)),
    };
    let representation = union_of(&item.pair.definition.form).map(|union| union.representation);
    let is_untagged = representation == Some(Representation::Untagged);
    let is_told_by_serde = !(matches!(item.pair.shape, Shape::Literals(_)) || is_untagged);
    let mut attrs = vec![doc(told)];
    attrs.extend(is_told_by_serde.then(|| attribute("serde", quote!(untagged))));
    // Where one variant is untagged, schemars has `anyOf` of all; so this is to be none where no other is.
    let is_alone = is_told_by_serde && representation != Some(Representation::Beside);
    let skipped = if is_alone { quote!(skip, !untagged) } else { quote!(skip) };
    attrs.extend(match schemars {
        _ if item.is_carried() => None,
        Schemars::Always => Some(attribute("schemars", skipped)),
        Schemars::Feature => Some(attribute("cfg_attr", quote!(feature = "schemars", schemars(#skipped)))),
        Schemars::Never => None,
    });
    Some(tree::variant(attrs, name, Some((Vec::new(), ty))))
}

/// The object that a struct is.
fn object_of(definition: &Definition) -> Option<&Object> {
    match &definition.form {
        Form::Object(object) => Some(object),
        _ => None,
    }
}

/// How many traits fit into a line with `JsonSchema` behind them.
const SHORT: usize = 11;

/// What a type is told to derive.
///
/// # Errors
///
/// If something of that is no path.
fn derived(item: &Annotated, settings: &Settings) -> syn::Result<Vec<syn::Path>> {
    let name = &item.pair.definition.ident;
    settings.derive.of(name).into_iter().map(syn::parse_str).collect()
}

/// The attributes of a type.
///
/// # Errors
///
/// If one is none.
fn attributes(name: &str, settings: &Settings) -> syn::Result<Vec<Attribute>> {
    let all = settings.attributes.of(name).into_iter().map(|text| Attribute::parse_outer.parse_str(text));
    Ok(all.collect::<syn::Result<Vec<_>>>()?.into_iter().flatten().collect())
}

fn derives(item: &Annotated, schemars: Schemars, parts: &Parts, traits: Traits) -> Vec<Attribute> {
    let defaults = parts.defaults;
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
        traits.is_hash.then(|| quote!(Hash)),
        serialize.then(|| quote!(Serialize)),
    ];
    let mut all: Vec<_> = all.into_iter().flatten().collect();
    // What it derives anyhow is not derived twice; and whether it has `JsonSchema`, another setting says.
    let known: Vec<_> = all.iter().map(ToString::to_string).chain(["JsonSchema".to_owned()]).collect();
    all.extend(told::others(&parts.derive, &known).into_iter().map(|path| quote!(#path)));
    if all.len() >= SHORT {
        let json_schema = json_schema.map(|json_schema| attribute("derive", json_schema));
        return std::iter::once(attribute("derive", quote!(#(#all),*))).chain(json_schema).collect();
    }
    let all = all.into_iter().chain(json_schema);
    vec![attribute("derive", quote!(#(#all),*))]
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
    // serde's tag gives the struct another name.
    let is_tagged = definition.origin != Origin::Inline
        && matches!(&definition.form, Form::Object(object) if object.tag().is_some());
    let renamed = Some(&item.schema_name).filter(|name| is_tagged || **name != definition.ident);
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

/// What serde is told of a name in JSON that no rule makes.
fn renamed(ident: &syn::Ident, name: &str, rule: Option<Rule>) -> Option<TokenStream> {
    let made = rule.map_or_else(|| rename_all::plain(ident), |rule| rule.apply(ident));
    (made != name).then(|| quote!(rename = #name))
}

fn field(
    item: &Annotated,
    (index, field): (usize, &Field),
    renamed: Option<TokenStream>,
    parts: &Parts,
) -> syn::Field {
    let mut attrs = told(item.field_documentation.get(index));
    let owner = &item.pair.definition.ident;
    attrs.extend(field_attributes(owner, field, renamed, parts));
    tree::field(attrs, field.ident.clone(), type_of(field))
}

/// What serde and schemars are told of a field.
fn field_attributes(
    owner: &str,
    field: &Field,
    renamed: Option<TokenStream>,
    parts: &Parts,
) -> Vec<Attribute> {
    let form = &field.property.schema.form;
    let mut serde: Vec<_> = renamed.into_iter().collect();
    match Presence::of(field.property) {
        Presence::Required => {}
        Presence::Defaulted(constant) => match parts.defaults.function(field, constant) {
            None => serde.push(quote!(default)),
            Some(function) => {
                let path = format!("{owner}::{function}");
                serde.push(quote!(default = #path));
            }
        },
        Presence::Optional | Presence::Null => serde.push(quote!(skip_serializing_if = "Option::is_none")),
    }
    let is_option = Presence::of(field.property).is_option();
    serde.extend(parts.written(form, &field.value, is_option));
    let serde = (!serde.is_empty()).then(|| attribute("serde", quote!(#(#serde),*)));
    let said = parts.adapters.said(form, &field.value, is_option, parts.schemars);
    serde.into_iter().chain(said).collect()
}

fn type_of(field: &Field) -> syn::Type {
    let value = field.value.clone();
    if Presence::of(field.property).is_option() { generic(&["Option"], [value]) } else { value }
}

fn rest_field(rest: &RestField, object: Option<&Object>, parts: &Parts) -> syn::Field {
    let form = match object {
        Some(Object { rest: Rest::Kept(part), .. }) => Some(Form::Map(part.clone(), Key::Text)),
        _ => None,
    };
    let written = form.as_ref().and_then(|form| parts.written(form, &rest.ty, false));
    let written = written.map(|written| quote!(, #written));
    let what = match object {
        Some(Object { has_extensions: true, .. }) => " Every property that is called `x-…`.",
        _ => " Every other property.",
    };
    let mut attrs = vec![doc(what), attribute("serde", quote!(flatten #written))];
    attrs.extend(form.and_then(|form| parts.adapters.said(&form, &rest.ty, false, parts.schemars)));
    tree::field(attrs, rest.ident.clone(), rest.ty.clone())
}

fn union_of(form: &Form) -> Option<&Union> {
    match form {
        Form::Union(union) => Some(union),
        _ => None,
    }
}

/// The variant of a branch.
fn branch_variant(
    item: &Annotated,
    (index, made): (usize, &BranchVariant),
    rule: Option<Rule>,
    parts: &Parts,
) -> syn::Variant {
    let mut attrs = variant_told(item, index);
    let mut serde: Vec<_> = union_of(&item.pair.definition.form)
        .and_then(|union| name_of(union, made))
        .and_then(|name| renamed(&made.ident, name, rule))
        .into_iter()
        .collect();
    let Some(VariantFields { object, fields, rest }) = &made.fields else {
        let is_beside = matches!(&item.pair.definition.form, Form::Union(union) if union.representation == Representation::Beside);
        serde.extend(is_beside.then(|| quote!(untagged)));
        let form = made.content.map_or(&made.branch.schema.form, |property| &property.schema.form);
        // A number is told of beside the name of the variant, an adapter with the type.
        let is_adapted = parts.adapters.writing(form, false).is_some();
        serde.extend(numbers::told(&made.value).filter(|_| !is_adapted));
        attrs.extend((!serde.is_empty()).then(|| attribute("serde", quote!(#(#serde),*))));
        let mut told = if is_adapted { parts.attributes(form, &made.value) } else { Vec::new() };
        if !is_adapted {
            told.extend(parts.adapters.said(form, &made.value, false, parts.schemars));
        }
        return tree::variant(attrs, made.ident.clone(), Some((told, made.value.clone())));
    };
    let names = fields.iter().map(|field| (&field.ident, field.property.name.as_str()));
    let rule = rename_all::of_fields(names);
    serde.extend(rule.map(|rule| rename_all::told(&rule)));
    attrs.extend((!serde.is_empty()).then(|| attribute("serde", quote!(#(#serde),*))));
    if fields.is_empty() && rest.is_none() {
        return tree::variant(attrs, made.ident.clone(), None);
    }
    let fields = fields.iter().enumerate().map(|(place, field)| {
        let documentation = item.variant_field_documentation.get(index).and_then(|all| all.get(place));
        let mut attrs = told(documentation);
        let name = renamed(&field.ident, &field.property.name, rule);
        attrs.extend(field_attributes(&item.pair.definition.ident, field, name, parts));
        tree::field(attrs, field.ident.clone(), type_of(field))
    });
    let rest = rest.iter().map(|rest| rest_field(rest, Some(object), parts));
    tree::variant_with(attrs, made.ident.clone(), fields.chain(rest))
}

/// What people are told of a field.
fn told(documentation: Option<&Documentation>) -> Vec<Attribute> {
    let mut attrs = docs(&documentation.map(Documentation::lines).unwrap_or_default());
    attrs.extend(documentation.is_some_and(|told| told.is_deprecated).then(|| word("deprecated")));
    attrs
}

/// What people are told of a variant.
fn variant_told(item: &Annotated, index: usize) -> Vec<Attribute> {
    let Some(documentation) = item.variant_documentation.get(index) else { return Vec::new() };
    let deprecated = documentation.is_deprecated.then(|| word("deprecated"));
    docs(&documentation.lines()).into_iter().chain(deprecated).collect()
}
