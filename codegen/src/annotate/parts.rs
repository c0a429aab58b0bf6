//! Objects that the source puts together of several schemas: which of its properties are of which.

use std::collections::BTreeSet;

use isomorph_runtime::spelling::parts_digest;
use serde_json::{Map, Value};

use super::spelling::OnePart;
use crate::model::{Definition, DefinitionId, Form, Model, Object, Union};
use isomorph_schema::Types;

/// The schemas of the `allOf` of a definition, if it is an object that they put together; `said` is what the derive says
/// of it. What is in none of them is its own.
pub fn of_definition<'m>(model: &'m Model, definition: &'m Definition, said: &Value) -> Option<Vec<OnePart>> {
    let source = definition.said().as_object()?;
    let all = source.get("allOf")?.as_array()?;
    let Form::Object(_) = &definition.form else { return None };
    // What is the only one may say all, and then stands inside as it is.
    let is_alone = |only: &Map<String, Value>| {
        !only.contains_key("$ref") && !["properties", "required"].iter().any(|own| source.contains_key(*own))
    };
    if let [Value::Object(only)] = all.as_slice()
        && is_alone(only)
    {
        return None;
    }
    let mut taken: BTreeSet<&str> = declared(source).map(String::as_str).collect();
    let here = all.iter().filter_map(Value::as_object).filter(|one| !one.contains_key("$ref"));
    taken.extend(here.flat_map(declared).map(String::as_str));
    let said = said.as_object()?;
    let parts: Option<Vec<_>> =
        all.iter().map(|one| part(model, definition, (one.as_object()?, said), &mut taken)).collect();
    // What only asserts something of an object puts none together.
    let is_part =
        |one: &OnePart| one.refers.is_some() || !(one.declares.is_empty() && one.requires.is_empty());
    parts.filter(|parts| parts.iter().any(is_part))
}

fn part<'m>(
    model: &'m Model,
    definition: &'m Definition,
    (one, said): (&'m Map<String, Value>, &Map<String, Value>),
    taken: &mut BTreeSet<&'m str>,
) -> Option<OnePart> {
    let owned = |names: Vec<&str>| names.into_iter().map(ToOwned::to_owned).collect();
    let Some(reference) = one.get("$ref") else {
        let required = one.get("required").and_then(Value::as_array).into_iter().flatten();
        return Some(OnePart {
            refers: None,
            declares: declared(one).cloned().collect(),
            requires: required.filter_map(Value::as_str).map(ToOwned::to_owned).collect(),
        });
    };
    let (ident, object) = target(model, definition, reference.as_str()?)?;
    let declares: Vec<_> = object.properties.iter().map(|property| property.name.as_str()).collect();
    let declares: Vec<_> = declares.into_iter().filter(|name| taken.insert(name)).collect();
    let requires = object.properties.iter().filter(|property| property.required);
    let digest = parts_digest(said, &declares);
    Some(OnePart {
        refers: Some((ident, reference.as_str()?.to_owned(), digest)),
        requires: owned(requires.map(|property| property.name.as_str()).collect()),
        declares: owned(declares),
    })
}

/// The type that a reference leads to, in the same document, and the object that it is.
fn target<'m>(model: &'m Model, definition: &Definition, reference: &str) -> Option<(String, &'m Object)> {
    let document = definition.location.document;
    let mut id = model.references.get(&(document, reference.to_owned()))?;
    let ident = model.definition(*id).ident.clone();
    // An alias of an alias is one of something.
    for _ in 0..model.definitions.len() {
        let found = model.definition(*id);
        match &found.form {
            // What is not made cannot be mentioned.
            _ if found.location.document != document || !model.order.contains(id) => return None,
            Form::Object(object) if !object.properties.is_empty() => return Some((ident, object)),
            Form::Reference(next) => id = next,
            // What says nothing of other types.
            Form::Union(union) => id = objects(found, union)?,
            _ => return None,
        }
    }
    None
}

/// The definition of the objects among values of a schema that says what those have, and names no type.
fn objects<'m>(definition: &Definition, union: &'m Union) -> Option<&'m DefinitionId> {
    let mut branches = union.branches.iter().filter(|branch| branch.schema.location == definition.location);
    let objects = branches.find(|branch| branch.types == Types::OBJECT)?;
    match &objects.schema.form {
        Form::Reference(id) => Some(id),
        _ => None,
    }
}

fn declared(schema: &Map<String, Value>) -> impl Iterator<Item = &String> {
    schema.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::keys)
}
