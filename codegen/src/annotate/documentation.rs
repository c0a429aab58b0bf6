//! What people are told of types, fields and variants.

use isomorph_schema::{Location, only_value};
use serde_json::{Value, json};

use super::docs::{Documentation, lines};
use super::structure::has_shape;
use super::{described, notes};
use crate::model::{Branch, Definition, Form, Holds, Model, Origin, Property};
use crate::pair::{Field, Shape, VariantFields};

/// A schema as its author wrote it.
pub fn source<'m>(model: &'m Model, location: &Location) -> &'m Value {
    location.pointer.find(&model.documents[location.document].root).unwrap_or(&Value::Null)
}

/// What people are told of a type.
pub fn of_definition(model: &Model, definition: &Definition) -> Documentation {
    let own = text(definition.said(), "description");
    let mut names = vec![definition.ident.as_str()];
    if let Origin::Named(name) = &definition.origin {
        names.push(name);
    }
    let place = definition.location.pointer.last();
    names.push(&place);
    let description = own.or_else(|| around(model, definition));
    Documentation {
        description: description.or_else(|| besides(definition.said(), &names)),
        notes: notes::of(&definition.schema, &definition.form, &definition.guard),
        // Of a schema inside another, what is around it is deprecated.
        is_deprecated: definition.origin != Origin::Inline && is_deprecated(&definition.schema),
    }
}

/// The description of the nullable schema whose value this is: it describes the value as well. That of a property stands
/// on its field.
fn around(model: &Model, definition: &Definition) -> Option<String> {
    let (around, _) = definition.location.pointer.split_last()?;
    // What is said of one place is not said of others.
    let is_of_one = definition.origin == Origin::Inline && definition.places.is_empty();
    if is_of_one && definition.slice.is_some() && matches!(definition.form, Form::Union(_)) {
        let schema = source(model, &definition.location);
        return text(schema, "description").filter(|_| around.last() != "properties");
    }
    let (property, keyword) = around.split_last()?;
    let is_branch = is_of_one && keyword == "anyOf";
    let is_property = property.split_last().is_some_and(|(holder, _)| holder.last() == "properties");
    let root = &model.documents[definition.location.document].root;
    let schema = property.find(root).filter(|_| is_branch && !is_property)?;
    // Of several branches it describes what they are together.
    let branches = schema.get("anyOf").and_then(Value::as_array)?;
    let is_nullable = branches.len() == 2 && branches.iter().any(|branch| *branch == json!({"type": "null"}));
    text(schema, "description").filter(|_| is_nullable)
}

/// What people are told of a field.
pub fn of_field(model: &Model, field: &Field) -> Documentation {
    let source = source_of(model, field.property);
    // The type of an inline schema says it itself.
    let is_told = match &field.property.schema.form {
        Form::Reference(id) => model.definition(*id).origin != Origin::Inline,
        Form::Nullable(inner) => !matches!(inner.form, Form::Reference(_)),
        _ => true,
    };
    let besides = || besides(source, &[&field.property.name]).filter(|_| is_told);
    Documentation {
        description: text(source, "description").or_else(besides),
        notes: notes::of(source, &field.property.schema.form, &[]),
        is_deprecated: is_deprecated(source),
    }
}

/// The source of a property. One that is required and not declared has none.
fn source_of<'m>(model: &'m Model, property: &Property) -> &'m Value {
    let location = &property.schema.location;
    let is_declared = location.pointer.last() == property.name;
    let root = &model.documents[location.document].root;
    location.pointer.find(root).filter(|_| is_declared).unwrap_or(&Value::Null)
}

/// What people are told of the variants.
pub fn of_variants(model: &Model, definition: &Definition, shape: &Shape) -> Vec<Documentation> {
    // Without a shape there are no parts of variants.
    let has_shape = matches!(shape, Shape::Union { .. });
    let of_branch = |branch: &Branch| match branch.holds {
        Holds::Units(id) if has_shape => Documentation { notes: None, ..of_part(model.definition(id)) },
        Holds::Fields(id) | Holds::Content(id, _) if has_shape => of_part(model.definition(id)),
        _ => of_value(model, definition, branch),
    };
    match &definition.form {
        Form::Names(names) => of_names(model, definition, names),
        Form::Union(union) => union.branches.iter().map(of_branch).collect(),
        _ => Vec::new(),
    }
}

/// What people are told of a variant around a value: what its branch says, if no type says it.
fn of_value(model: &Model, definition: &Definition, branch: &Branch) -> Documentation {
    let schema = source(model, &branch.schema.location);
    let is_told = match &branch.schema.form {
        Form::Reference(id) => model.definition(*id).origin == Origin::Inline,
        // What is said of values of several types is said of all.
        _ => branch.schema.location == definition.location,
    };
    let description = text(schema, "description").filter(|_| !is_told);
    Documentation { description, is_deprecated: is_deprecated(schema), ..Documentation::default() }
}

/// What people are told of the fields of each variant.
pub fn of_variant_fields(model: &Model, shape: &Shape) -> Vec<Vec<Documentation>> {
    let Shape::Union { variants } = shape else { return Vec::new() };
    let of_fields =
        |fields: &VariantFields| fields.fields.iter().map(|field| of_field(model, field)).collect();
    variants.iter().map(|variant| variant.fields.as_ref().map(of_fields).unwrap_or_default()).collect()
}

/// What people are told of a schema that is part of a variant.
fn of_part(part: &Definition) -> Documentation {
    Documentation {
        description: text(part.said(), "description"),
        notes: notes::of(&part.schema, &part.form, &part.guard),
        is_deprecated: is_deprecated(&part.schema),
    }
}

/// What the source says of each string of an enum: beside the list, or in a schema of a list of such. Of texts in there
/// that documentation cannot say again, nothing.
fn of_names(model: &Model, definition: &Definition, names: &[String]) -> Vec<Documentation> {
    let described = described::values(source(model, &definition.location));
    if !described.is_empty() {
        let of_name = |name: &String| {
            let description = described.get(name.as_str()).map(|text| (*text).to_owned());
            Documentation { description, ..Documentation::default() }
        };
        return names.iter().map(of_name).collect();
    }
    let branches =
        ["oneOf", "anyOf"].into_iter().find_map(|keyword| definition.schema.get(keyword)?.as_array());
    let branches = branches.map(Vec::as_slice).unwrap_or_default();
    let is_of = |branch: &Value, name: &String| only_value(branch).is_some_and(|only| only == name);
    let of_name = |name| {
        let branch = branches.iter().find(|branch| is_of(branch, name)).unwrap_or(&Value::Null);
        let told = Documentation { description: text(branch, "description"), ..Documentation::default() };
        let description = told.as_it_is().map(ToOwned::to_owned);
        Documentation { description, is_deprecated: is_deprecated(branch), ..Documentation::default() }
    };
    names.iter().map(of_name).collect()
}

/// What a schema without a description says to people: in another keyword, in a schema of its `allOf` that says nothing
/// else, or by a title that is more than a name.
fn besides(schema: &Value, names: &[&str]) -> Option<String> {
    if schema.get("description").is_some() {
        return None;
    }
    let title = || text(schema, "title").filter(|title| names.iter().all(|name| says_more(title, name)));
    let all = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
    let mut beside = all.filter(|one| !has_shape(one)).filter_map(|one| text(one, "description"));
    let told = text(schema, "markdownDescription").or_else(|| beside.next()).or_else(title);
    told.filter(|text| !lines(text).is_empty())
}

/// Whether a title has a word that is not in a name.
fn says_more(title: &str, name: &str) -> bool {
    let letters = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let name = letters(name).to_lowercase();
    title.split_whitespace().map(|word| letters(word).to_lowercase()).any(|word| !name.contains(&word))
}

fn is_deprecated(schema: &Value) -> bool {
    schema.get("deprecated") == Some(&Value::Bool(true))
}

fn text(schema: &Value, keyword: &str) -> Option<String> {
    schema.get(keyword).and_then(Value::as_str).map(ToOwned::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::besides;

    #[test]
    fn a_title_is_told_where_nothing_else_is_and_it_says_more_than_the_name() {
        for (schema, expected) in [
            (json!({"title": "API key"}), None),
            (json!({"title": "The key of the API"}), Some("The key of the API")),
            (json!({"title": "Key", "markdownDescription": "*A* key."}), Some("*A* key.")),
            (json!({"title": "The key of the API", "description": "A key."}), None),
            (json!({"title": " "}), None),
            (json!({"title": 1}), None),
        ] {
            assert_eq!(besides(&schema, &["apiKey"]).as_deref(), expected, "{schema}");
        }
    }
}
