//! How the types are read: a declaration for each, for the macros of the runtime. They are text from the
//! start: there is nothing in them of which `syn` could say more than where it ends.

use std::fmt::Write as _;

use proc_macro2::{Span, TokenStream};

use isomorph_schema::{Dialect, Document};

use super::words::{condition, quoted};
use super::{checks, constants, documents, whole_documents};
use crate::annotate::Annotated;
use crate::model::{Branch, Form, Model, Object, Origin, Rest, Union};
use crate::pair::{BranchVariant, Field, RestField, Shape};
use crate::presence::Presence;
use crate::settings::{Schemars, Settings};

/// The declarations of all items, and the documents that they mention.
///
/// # Errors
///
/// If a check is not Rust, which would be a mistake of the generator.
pub fn declarations(model: &Model, items: &[Annotated], settings: &Settings) -> syn::Result<String> {
    let mut text = String::new();
    if !items.is_empty() {
        let _ = writeln!(text, "\nconst _: () = isomorph_runtime::v1::needs({REVISION});");
    }
    for item in items {
        text += &one(model, item)?;
    }
    let says = settings.schemars != Schemars::Never;
    let on = attribute(settings.schemars);
    for item in items.iter().filter(|item| says && item.is_carried()) {
        text += &carried(model, item, &on);
    }
    for item in items.iter().filter(|item| says && whole_documents::is_document(model, item)) {
        text += &whole_documents::document(model, items, item, &on);
    }
    if says {
        text += &whole_documents::held(model, items, &on);
    }
    let guarded = items.iter().any(Annotated::is_guarded);
    if guarded || (says && items.iter().any(Annotated::is_carried)) {
        // With the feature off, documents that are only carried are not needed.
        let documents = documents::documents(model, if guarded { "" } else { &on });
        text += &documents.map_err(|error| syn::Error::new(Span::call_site(), error))?;
    }
    Ok(text)
}

/// The revision of the runtime's declarations that generated code needs: the last one that it says something of.
const REVISION: u32 = 2;

/// When what concerns schemars is compiled, on a line of its own.
fn attribute(schemars: Schemars) -> String {
    let condition = condition(schemars);
    if condition.is_empty() { String::new() } else { "#[cfg(feature = \"schemars\")]\n".to_owned() }
}

fn one(model: &Model, item: &Annotated) -> syn::Result<String> {
    let definition = item.pair.definition;
    let name = &definition.ident;
    let (kind, declared) = match (&item.pair.shape, &definition.form) {
        (Shape::Struct { fields, rest }, Form::Object(made)) => {
            ("object", object(model, name, made, fields, rest.as_ref())?)
        }
        (Shape::Names(variants), _) => {
            let names = variants.iter().map(|variant| (&variant.ident, variant.name.to_owned()));
            ("names", fieldless(name, names))
        }
        (Shape::Literals(variants), _) => {
            let texts = variants.iter().map(|variant| (&variant.ident, variant.value.to_string()));
            ("literals", fieldless(name, texts))
        }
        (Shape::Union { variants }, Form::Union(made)) => ("union", union(name, made, variants)?),
        _ => ("newtype", newtype(item)?),
    };
    let (integers, guard) = (integers(model, item), guard(item));
    let from = from(name, &item.pair.shape)?;
    Ok(format!("\nisomorph_runtime::v1::{kind}! {{\n    {declared}{integers}{guard}\n}}\n{from}"))
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
    let told = variants.iter().zip(&texts).filter(|(_, text)| is_told(text)).map(|(variant, text)| {
        let place = if boxed(&variant.value).is_some() { " in Box" } else { "" };
        format!("{}{place}: {text},", variant.ident)
    });
    let told: Vec<_> = told.collect();
    if told.is_empty() {
        return Ok(String::new());
    }
    Ok(format!("\nisomorph_runtime::v1::from! {{\n    {name} {}\n}}\n", braced(told.into_iter())))
}

/// The type in a `Box`.
fn boxed(ty: &syn::Type) -> Option<&syn::Type> {
    let syn::Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == "Box")?;
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first() {
        Some(syn::GenericArgument::Type(inner)) => Some(inner),
        _ => None,
    }
}

/// What an integer is, where it is not the same everywhere: in draft 4 it is written as one.
fn integers(model: &Model, item: &Annotated) -> &'static str {
    let is_draft_4 = |document: &Document| document.dialect == Dialect::Draft4;
    let definition = item.pair.definition;
    if !model.documents.iter().any(is_draft_4) || !tells_integers(&definition.form) {
        return "";
    }
    if is_draft_4(&model.documents[definition.location.document]) {
        "\n    integers by_spelling"
    } else {
        "\n    integers by_value"
    }
}

fn tells_integers(form: &Form) -> bool {
    matches!(form, Form::Integer(_) | Form::Union(_))
        || form.parts().iter().any(|part| tells_integers(&part.form))
}

fn guard(item: &Annotated) -> String {
    if !item.is_guarded() {
        return String::new();
    }
    let location = &item.pair.definition.location;
    format!("\n    guard DOCUMENTS {} {}", location.document, quoted(location.pointer.as_str()))
}

fn object(
    model: &Model,
    name: &str,
    object: &Object,
    fields: &[Field],
    rest: Option<&RestField>,
) -> syn::Result<String> {
    let fields_read = fields.iter().enumerate().map(|(index, field)| {
        let presence = match Presence::of(field.property) {
            Presence::Required => "required".to_owned(),
            Presence::Defaulted(constant) => constants::function(model, field, constant)
                .map_or_else(|| "default".to_owned(), |function| format!("default({function})")),
            Presence::Optional => "optional".to_owned(),
        };
        format!("{index} {}: {presence} {},", field.ident, quoted(&field.property.name))
    });
    let others = match (&object.rest, rest) {
        (Rest::Kept(_), Some(rest)) => Some(format!("..{}", rest.ident)),
        (Rest::Forbidden, _) => None,
        _ => Some("..".to_owned()),
    };
    let body = braced(fields_read.chain(others));
    let check = check("\n    ", 4, &checks::of_object(object, fields, rest))?;
    Ok(format!("{name} {body}{check}"))
}

/// Lines in braces, inside a declaration.
fn braced(lines: impl Iterator<Item = String>) -> String {
    let lines: Vec<_> = lines.map(|line| format!("        {line}\n")).collect();
    format!("{{\n{}    }}", lines.concat())
}

fn fieldless<'a>(name: &str, variants: impl Iterator<Item = (&'a syn::Ident, String)>) -> String {
    format!("{name} {}", braced(variants.map(|(ident, text)| format!("{ident} = {},", quoted(&text)))))
}

fn union(name: &str, union: &Union, variants: &[BranchVariant]) -> syn::Result<String> {
    let kind = if union.exactly_one { "OneOf" } else { "AnyOf" };
    let tag = union.tag.as_ref().map(|tag| format!("by {} ", quoted(tag))).unwrap_or_default();
    let order = if union.order.is_sorted() {
        String::new()
    } else {
        let order: Vec<_> = union.order.iter().map(ToString::to_string).collect();
        format!("trying [{}] ", order.join(", "))
    };
    let branches = variants.iter().enumerate().map(|(index, variant)| {
        let (ident, types, tags) = (&variant.ident, variant.branch.types.names(), tags(variant.branch));
        let check = check(" ", 8, &checks::of_branch(&variant.branch.schema))?;
        Ok(format!("{index} {ident}: {}{tags}{check};", types.join(" | ")))
    });
    let branches: Vec<_> = branches.collect::<syn::Result<_>>()?;
    Ok(format!("{name}: {kind} {tag}{order}{}", braced(branches.into_iter())))
}

fn tags(branch: &Branch) -> String {
    let Some(tags) = &branch.tags else { return String::new() };
    let tags: Vec<_> = tags.iter().map(|tag| quoted(tag)).collect();
    let method = if branch.tag_required { "always_tagged" } else { "tagged" };
    format!(", {method} [{}]", tags.join(", "))
}

fn newtype(item: &Annotated) -> syn::Result<String> {
    let definition = item.pair.definition;
    let checks = checks::of_newtype(item);
    let around = match &item.pair.shape {
        // From any value there is a way already.
        Shape::Newtype(value) if definition.form != Form::Any && item.pair.without_shape.is_none() => {
            let kind = match (definition.guard.is_empty(), checks.is_empty()) {
                (false, _) => "guarded",
                (true, false) => "checked",
                (true, true) => "free",
            };
            let text = if definition.form == Form::String { " text" } else { "" };
            format!(" ({}) {kind}{text}", text_of(value)?)
        }
        _ => String::new(),
    };
    Ok(format!("{}{around}{}", definition.ident, check(" ", 4, &checks)?))
}

/// A type as people write it.
fn text_of(ty: &syn::Type) -> syn::Result<String> {
    let text = prettyplease::unparse(&syn::parse2(quote::quote!(type T = #ty;))?);
    let text: Vec<_> = text.split_whitespace().collect();
    Ok(text.join(" ").trim_start_matches("type T = ").trim_end_matches(';').to_owned())
}

/// `check |value| { … }` behind `before`, in a line that is indented by so many columns.
fn check(before: &str, indent: usize, checks: &TokenStream) -> syn::Result<String> {
    if checks.is_empty() {
        return Ok(String::new());
    }
    let text = prettyplease::unparse(&syn::parse2(quote::quote!(fn check() { #checks }))?);
    // Without the function around them; they keep their own indentation.
    let lines: Vec<_> = text.lines().map(|line| format!("{:indent$}{line}", "")).collect();
    let inner = lines.get(1..lines.len() - 1).unwrap_or_default().join("\n");
    Ok(format!("{before}check |value| {{\n{inner}\n{:indent$}}}", ""))
}

/// `JsonSchema` by a copy of the source, because the derive cannot say it.
fn carried(model: &Model, item: &Annotated, on: &str) -> String {
    let definition = item.pair.definition;
    let name = &definition.ident;
    let kind = if definition.origin == Origin::Inline { "inline" } else { "named" };
    let (schema_name, location) = (quoted(&item.schema_name), &definition.location);
    let (document, pointer) = (location.document, quoted(location.pointer.as_str()));
    let references = definition.form.references();
    let mentioned: Vec<_> = references.iter().map(|id| model.definition(*id).ident.as_str()).collect();
    let mentions = if mentioned.is_empty() { "" } else { "\n    mentions " };
    let mentioned = mentioned.join(" ");
    format!(
        "\n{on}isomorph_runtime::v1::carried! {{\n    {name} {kind} {schema_name} from DOCUMENTS {document} \
         {pointer}{mentions}{mentioned}\n}}\n"
    )
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
        generated.files.iter().map(|file| file.text.as_str()).collect()
    }

    /// The declaration of how a type is read.
    fn declaration<'t>(text: &'t str, name: &str) -> &'t str {
        let begin = text.find(&format!("! {{\n    {name}")).expect("it is declared");
        text[begin..].split("\n}").next().expect("it ends")
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
        assert!(text.contains("pub struct Mixed(pub serde_json::Value)"), "{text}");
        let alone = super::tests::text(&[("New", json!({"items": new["$defs"]["Count"]}))]);
        assert!(!alone.contains("integers"), "{alone}");
    }
}
