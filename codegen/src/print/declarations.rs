//! How the types are read: a declaration for each, for the macros of the runtime. They are text from the
//! start: there is nothing in them of which `syn` could say more than where it ends.

use std::fmt::Write as _;

use proc_macro2::TokenStream;

use isomorph_schema::{Dialect, Document};

use super::adapters::Adapters;
use super::conditions::Named;
use super::exact::is_exact;
use super::flow::flowed;
use super::layout::{Declaration, indented, listed};
use super::words::quoted;
use super::{checks, constants, numbers};
use crate::annotate::{Annotated, Entry, Simple, Spelling};
use crate::model::{Branch, Check, Form, Holds, Model, Object, Property, Rest, Union};
use crate::pair::{BranchVariant, Field, RestField, Shape, VariantFields};
use crate::presence::Presence;
use crate::settings::{MapType, StringType};

/// The declarations of all items, and `documents` if they mention one.
///
/// # Errors
///
/// If a check is not Rust, which would be a mistake of the generator.
pub fn declarations(
    model: &Model,
    items: &[Annotated],
    adapters: &Adapters,
    documents: &str,
) -> syn::Result<String> {
    let named = Named::of(model, items);
    let mut text = String::new();
    if !items.is_empty() {
        let mut declared = String::new();
        for item in items {
            let is_exact = is_exact(model, item.pair.definition);
            declared += &one(&Context { model, adapters, named: &named, is_exact }, item)?;
        }
        let of_numbers = if declared.contains("v1::via::Exact") { 13 } else { 0 };
        let revision = revision(model, items).max(of_numbers);
        let _ = writeln!(text, "const _: () = v1::needs({revision});\n");
        text += &adapters.declared();
        text += &named.text()?;
        text += &declared;
        let types: Vec<_> = items.iter().map(|item| item.pair.definition.ident.clone()).collect();
        text += &listed("validate", &types);
    }
    let beside: Vec<_> = numbers::beside(items).into_iter().collect();
    if !beside.is_empty() {
        let _ = writeln!(text, "v1::written_beside_numbers! {{ {} }}", beside.join(", "));
    }
    if items.iter().any(Annotated::is_guarded) {
        text += documents;
    }
    Ok(text)
}

/// The revision of the runtime's declarations that generated code needs: the last one that it says something of.
fn revision(model: &Model, items: &[Annotated]) -> u32 {
    let of_spelling = |spelling: &Spelling| match spelling {
        Spelling::ReferBy(..) => 13,
        Spelling::StandsHere(_)
        | Spelling::TagBeside(_)
        | Spelling::ListedBeside(_)
        | Spelling::Simple(
            Simple::WithIntegers
            | Simple::NullConstant
            | Simple::AllTyped
            | Simple::Listed
            | Simple::ClosedAtLast
            | Simple::Fractions,
        ) => 12,
        Spelling::ListedIn(..) | Spelling::Beside(_) => 10,
        Spelling::OneOfAll(_) => 9,
        Spelling::Mentions(_) | Spelling::Simple(Simple::TypeListed | Simple::ClosedElsewhere) => 8,
        Spelling::Selected(..) | Spelling::AlsoTyped(_) => 7,
        _ => 5,
    };
    let spellings = items.iter().filter_map(Annotated::entry).flat_map(Entry::spellings);
    let is_plain = model.map_type == MapType::default() && model.string_type == StringType::default();
    let of_types = if !is_plain || items.iter().any(|item| item.pair.unknown.is_some()) { 6 } else { 5 };
    let of_types = if items.iter().any(is_of_integers) { 11 } else { of_types };
    spellings.map(of_spelling).fold(of_types, u32::max)
}

/// Whether a number has to be written as an integer to be one of an enum's.
fn is_of_integers(item: &Annotated) -> bool {
    item.pair.definition.checks.contains(&Check::WrittenAsIntegers)
}

/// What declarations are made with.
struct Context<'a> {
    model: &'a Model,
    adapters: &'a Adapters,
    named: &'a Named<'a>,
    /// Whether the numbers of the item are kept exactly.
    is_exact: bool,
}

impl Context<'_> {
    fn reading(&self, form: &Form) -> String {
        self.adapters.reading(form, self.is_exact)
    }
}

fn one(context: &Context, item: &Annotated) -> syn::Result<String> {
    let definition = item.pair.definition;
    let name = &definition.ident;
    let mut declaration = match (&item.pair.shape, &definition.form) {
        (Shape::Struct { fields, rest }, Form::Object(made)) => {
            object(context, name, made, fields, rest.as_ref())?
        }
        (Shape::Names(variants), _) => {
            let names = variants.iter().map(|variant| (&variant.ident, variant.name.to_owned()));
            fieldless("names", &kept(item), names)
        }
        (Shape::Literals(variants), _) => {
            let texts = variants.iter().map(|variant| (&variant.ident, variant.value.to_string()));
            let integers = if is_of_integers(item) { " of integers" } else { "" };
            fieldless("literals", &format!("{}{integers}", kept(item)), texts)
        }
        (Shape::Union { variants }, Form::Union(made)) => union(context, &kept(item), made, variants)?,
        _ => newtype(context, item)?,
    };
    declaration.tail.extend(context.named.holds(item)?);
    declaration.tail.extend(integers(context.model, item).map(ToOwned::to_owned));
    declaration.tail.extend(guard(item));
    Ok(declaration.text() + &from(name, &item.pair.shape)?)
}

/// The name of an enum, and of the variant that keeps what none of the others stands for.
fn kept(item: &Annotated) -> String {
    let name = &item.pair.definition.ident;
    item.pair.unknown.as_ref().map_or_else(|| name.clone(), |unknown| format!("{name} or {unknown}"))
}

/// What a union is made from: what only one variant is around.
fn from(name: &str, shape: &Shape) -> syn::Result<String> {
    let Shape::Union { variants } = shape else { return Ok(String::new()) };
    let texts = variants.iter().map(|variant| text_of(boxed(&variant.value).unwrap_or(&variant.value)));
    let texts: Vec<_> = texts.collect::<syn::Result<_>>()?;
    // From any value there is a way already, which may refuse it.
    let is_told = |text: &&String| {
        !["()", "serde_json::Value"].contains(&text.as_str())
            && texts.iter().filter(|other| other == text).count() == 1
    };
    let is_value = |variant: &BranchVariant| variant.branch.holds == Holds::Value;
    let told = variants.iter().zip(&texts).filter(|(variant, text)| is_value(variant) && is_told(text));
    let told = told.map(|(variant, text)| {
        let place = if boxed(&variant.value).is_some() { " in Box" } else { "" };
        format!("{}{place}: {text},", variant.ident)
    });
    let told: Vec<_> = told.collect();
    if told.is_empty() {
        return Ok(String::new());
    }
    let (head, tail) = (name.to_owned(), Vec::new());
    Ok(Declaration { kind: "from", head, parts: Some(told), tail }.text())
}

/// The type in a `Box`.
fn boxed(ty: &syn::Type) -> Option<&syn::Type> {
    let syn::Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == "Box")?;
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first() {
        // A string in a box is a string.
        Some(syn::GenericArgument::Type(syn::Type::Path(inner))) if inner.path.is_ident("str") => None,
        Some(syn::GenericArgument::Type(inner)) => Some(inner),
        _ => None,
    }
}

/// What an integer is, where it is not the same everywhere: in draft 4 it is written as one.
fn integers(model: &Model, item: &Annotated) -> Option<&'static str> {
    let is_draft_4 = |document: &Document| document.dialect == Dialect::Draft4;
    let definition = item.pair.definition;
    if !model.documents.iter().any(is_draft_4) || !tells_integers(&definition.form) {
        return None;
    }
    let by_spelling = is_draft_4(&model.documents[definition.location.document]);
    Some(if by_spelling { "integers by_spelling" } else { "integers by_value" })
}

fn tells_integers(form: &Form) -> bool {
    matches!(form, Form::Integer(_) | Form::Union(_))
        || form.parts().iter().any(|part| tells_integers(&part.form))
}

fn guard(item: &Annotated) -> Option<String> {
    let location = &item.pair.definition.location;
    let text = || format!("guard DOCUMENTS {} {}", location.document, quoted(location.pointer.as_str()));
    item.is_guarded().then(text)
}

fn object(
    context: &Context,
    name: &str,
    object: &Object,
    fields: &[Field],
    rest: Option<&RestField>,
) -> syn::Result<Declaration> {
    let parts = members(context, object, fields, rest);
    let tail = check("value", &checks::of_object(context.named, object, fields, rest))?.into_iter().collect();
    let tag = tag(object).map(|tag| format!(" {tag}")).unwrap_or_default();
    Ok(Declaration { kind: "object", head: format!("{name}{tag}"), parts: Some(parts), tail })
}

/// `tag required "kind" = "cat"`, if there is a property that no field holds.
fn tag(object: &Object) -> Option<String> {
    let (property, value) = object.tag()?;
    let presence = if property.required { "required" } else { "optional" };
    Some(format!("tag {presence} {} = {}", quoted(&property.name), quoted(value)))
}

/// A line for each field, and one for the properties that are not declared.
fn members(context: &Context, object: &Object, fields: &[Field], rest: Option<&RestField>) -> Vec<String> {
    let fields_read = fields.iter().enumerate().map(|(index, field)| {
        let presence = match Presence::of(field.property) {
            Presence::Required => "required".to_owned(),
            Presence::Defaulted(constant) => constants::function(context.model, field, constant)
                .map_or_else(|| "default".to_owned(), |function| format!("default({function})")),
            Presence::Optional => "optional".to_owned(),
            Presence::Null => "null".to_owned(),
        };
        let adapter = context.reading(&field.property.schema.form);
        format!("{index} {}: {presence} {}{adapter},", field.ident, quoted(&field.property.name))
    });
    let others = match (&object.rest, rest) {
        (Rest::Kept(part), Some(rest)) => Some(format!("..{}{}", rest.ident, context.reading(&part.form))),
        (Rest::Forbidden, _) => None,
        _ => Some("..".to_owned()),
    };
    fields_read.chain(others).collect()
}

fn fieldless<'a>(
    kind: &'static str,
    name: &str,
    variants: impl Iterator<Item = (&'a syn::Ident, String)>,
) -> Declaration {
    let parts = variants.map(|(ident, text)| format!("{ident} = {},", quoted(&text))).collect();
    Declaration { kind, head: name.to_owned(), parts: Some(parts), tail: Vec::new() }
}

fn union(
    context: &Context,
    name: &str,
    union: &Union,
    variants: &[BranchVariant],
) -> syn::Result<Declaration> {
    let kind = if union.exactly_one { "OneOf" } else { "AnyOf" };
    let tag = union.tag.as_ref().map(|tag| format!(" by {}", quoted(tag))).unwrap_or_default();
    let order = if union.order.is_sorted() {
        String::new()
    } else {
        let order: Vec<_> = union.order.iter().map(ToString::to_string).collect();
        format!(" trying [{}]", order.join(", "))
    };
    let branches = variants.iter().enumerate().map(|(index, variant)| {
        if !variant.units.is_empty() {
            let units = variant.units.iter().map(|unit| format!("{} = {}", unit.ident, quoted(unit.name)));
            return Ok(format!("{index} [{}]: STRING;", units.collect::<Vec<_>>().join(", ")));
        }
        if let Some(fields) = &variant.fields {
            return with_fields(context, index, variant, fields);
        }
        if let Some(property) = variant.content {
            let check = check("value", &checks::of_content(context.named, property))?;
            let check = check.map(|check| format!(" {check}")).unwrap_or_default();
            let adapter = context.reading(&property.schema.form);
            return Ok(format!(
                "{index} {}{adapter}{}: OBJECT{check};",
                variant.ident,
                around(variant, property)
            ));
        }
        let (ident, types, tags) = (&variant.ident, variant.branch.types.names(), tags(variant.branch));
        let check = check("value", &checks::of_branch(context.named, &variant.branch.schema))?;
        let check = check.map(|check| format!(" {check}")).unwrap_or_default();
        let adapter = context.reading(&variant.branch.schema.form);
        Ok(format!("{index} {ident}{adapter}: {}{tags}{check};", types.join(" | ")))
    });
    let parts = branches.collect::<syn::Result<_>>()?;
    Ok(Declaration {
        kind: "union",
        head: format!("{name}: {kind}{tag}{order}"),
        parts: Some(parts),
        tail: Vec::new(),
    })
}

/// A variant with fields.
fn with_fields(
    context: &Context,
    index: usize,
    variant: &BranchVariant,
    fields: &VariantFields,
) -> syn::Result<String> {
    let lines = members(context, fields.object, &fields.fields, fields.rest.as_ref());
    let body = match lines.as_slice() {
        [] => "{}".to_owned(),
        [only] => format!("{{ {only} }}"),
        lines => format!("{{\n    {}\n}}", lines.join("\n    ")),
    };
    let (checked, checks) = checks::of_variant(context.named, fields, variant.content);
    let checked: Vec<_> = checked.into_iter().map(ToString::to_string).collect();
    let check = check(&checked.join(", "), &checks)?.map(|check| format!(" {check}")).unwrap_or_default();
    let around = variant.content.map(|property| around(variant, property)).unwrap_or_default();
    let tag = tag(fields.object).map(|tag| format!(" {tag}")).unwrap_or_default();
    Ok(format!("{index} {}{around}{tag} {body}: OBJECT{check};", variant.ident))
}

/// That a variant is the value of the one property of an object, beside which may be a tag.
fn around(variant: &BranchVariant, property: &Property) -> String {
    let is_open = variant.around.is_some_and(|object| object.rest != Rest::Forbidden);
    let others = if is_open { "open" } else { "closed" };
    let tag = variant.around.and_then(tag).map(|tag| format!(" {tag}")).unwrap_or_default();
    format!(" in {others} {}{tag}", quoted(&property.name))
}

fn tags(branch: &Branch) -> String {
    let Some(tags) = &branch.tags else { return String::new() };
    let tags: Vec<_> = tags.iter().map(|tag| quoted(tag)).collect();
    let method = if branch.tag_required { "always_tagged" } else { "tagged" };
    format!(", {method} [{}]", tags.join(", "))
}

fn newtype(context: &Context, item: &Annotated) -> syn::Result<Declaration> {
    let definition = item.pair.definition;
    let checks = checks::of_newtype(context.named, item);
    let around = match &item.pair.shape {
        Shape::Newtype(_) if is_any(item) && (item.is_guarded() || item.condition().is_some()) => {
            " (serde_json::Value) any".to_owned()
        }
        Shape::Newtype(value) if !is_any(item) => {
            let kind = match (item.is_guarded(), checks.is_empty() && item.condition().is_none()) {
                (true, _) => "guarded",
                (false, false) => "checked",
                (false, true) => "free",
            };
            let text = if definition.form == Form::String { " text" } else { "" };
            format!(" ({}) {kind}{text}", text_of(value)?)
        }
        _ => String::new(),
    };
    let adapter = match item.pair.without_shape {
        Some(_) => String::new(),
        None => context.reading(&definition.form),
    };
    let (head, tail) = (format!("{}{around}{adapter}", definition.ident), check("value", &checks)?);
    Ok(Declaration { kind: "newtype", head, parts: None, tail: tail.into_iter().collect() })
}

/// Whether a newtype is around any value.
fn is_any(item: &Annotated) -> bool {
    item.pair.definition.form == Form::Any || item.pair.without_shape.is_some()
}

/// Whether not every value will do for a newtype, so that nobody may put one into it unseen.
pub fn is_closed(item: &Annotated) -> bool {
    matches!(item.pair.shape, Shape::Newtype(_))
        && (item.is_guarded() || item.condition().is_some() || checks::are_made_of(item.pair.definition))
}

/// A type as people write it.
fn text_of(ty: &syn::Type) -> syn::Result<String> {
    let text = prettyplease::unparse(&syn::parse2(quote::quote!(type T = #ty;))?);
    let text: Vec<_> = text.split_whitespace().collect();
    Ok(text.join(" ").trim_start_matches("type T = ").trim_end_matches(';').to_owned())
}

/// `check |value| { … }`, in a line or in several; `values` are what is checked.
fn check(values: &str, checks: &TokenStream) -> syn::Result<Option<String>> {
    if checks.is_empty() {
        return Ok(None);
    }
    let text = prettyplease::unparse(&syn::parse2(quote::quote!(fn check() { #checks }))?);
    // Without the function around them.
    let lines: Vec<_> = text.lines().collect();
    let inner = lines.get(1..lines.len() - 1).unwrap_or_default();
    let inner: Vec<_> =
        inner.iter().map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned()).collect();
    Ok(Some(match flowed(&inner, 8).as_slice() {
        [one] => format!("check |{values}| {{ {one} }}"),
        all => format!("check |{values}| {{\n{}}}", indented(&all.join("\n"), 4)),
    }))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::Settings;
    use isomorph_schema::Source;

    /// What is written of these schemas, by the names of their files.
    fn text(schemas: &[(&str, Value)]) -> String {
        let source = |(file, schema): &(&str, Value)| Source {
            file: format!("{file}.json"),
            uri: None,
            text: schema.to_string().into_bytes(),
        };
        let sources: Vec<_> = schemas.iter().map(source).collect();
        let generated = crate::generate(&sources, &Settings::default(), "model.rs").expect("valid schemas");
        let words = generated.files.iter().flat_map(|file| file.text.split_whitespace());
        words.collect::<Vec<_>>().join(" ")
    }

    /// The declaration of how a type is read.
    fn declaration<'t>(text: &'t str, name: &str) -> &'t str {
        let text = text.split("mod read {").nth(1).expect("it says how types are read");
        let begin = text.find(&format!("! {{ {name}")).expect("it is declared");
        text[begin..].split(" } v1::").next().expect("it ends")
    }

    const DRAFT_4: &str = "http://json-schema.org/draft-04/schema#";

    #[test]
    fn what_an_integer_is_goes_by_the_dialect_of_each_document() {
        let old = json!({
            "$schema": DRAFT_4,
            "type": "object",
            "properties": {"count": {"type": "integer"}, "new": {"$ref": "New.json"}, "text": {"$ref": "#/definitions/Text"}},
            "definitions": {
                "Text": {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "number"}}},
                "Any": {"anyOf": [{"$ref": "New.json#/$defs/Count"}, {"type": "number", "minimum": 5}]}
            }
        });
        let new = json!({
            "type": "object",
            "properties": {"count": {"type": "integer"}, "old": {"$ref": "Old.json"}},
            "$defs": {"Count": {"type": "integer"}, "Mixed": {"$ref": "Old.json", "properties": {"count": {"type": "integer"}}}}
        });
        let text = text(&[("Old", old), ("New", new.clone())]);
        assert!(declaration(&text, "Old").ends_with("integers by_spelling"), "{text}");
        assert!(declaration(&text, "New").ends_with("integers by_value"), "{text}");
        assert!(declaration(&text, "Count").ends_with("integers by_value"), "{text}");
        assert!(!declaration(&text, "Text").contains("integers"), "{text}");
        // An integer of the newer dialect may be what draft 4 calls a number.
        assert!(declaration(&text, "Any").contains("0 Count: NUMBER"), "{text}");
        // What both dialects are asked about no type says.
        assert!(text.contains("pub struct Mixed(Value)"), "{text}");
        let alone = super::tests::text(&[("New", json!({"items": new["$defs"]["Count"]}))]);
        assert!(!alone.contains("integers"), "{alone}");
    }
}
