//! Numbers that keep how they are written. In draft 4 `0` is an integer and `0.0` is none, so that a number is written as
//! it was read wherever a schema around it asks for integers.

use std::collections::BTreeSet;

use isomorph_schema::{Dialect, Document, Location, Resolver, Target, Types, inside, inside_keywords};
use serde_json::Value;

use super::definition::Definition;
use super::form::{Check, Form, Union};
use super::layers::collect;
use super::reason::Reason;
use crate::error::Error;

/// Has the numbers keep how they are written in every definition that is part of one which judges integers.
///
/// # Errors
///
/// If a reference leads nowhere.
pub fn keep(
    documents: &[Document],
    resolver: &Resolver,
    definitions: &mut [Definition],
) -> Result<(), Error> {
    if documents.iter().all(|document| document.dialect != Dialect::Draft4) {
        return Ok(());
    }
    let mut work = Vec::new();
    for definition in &*definitions {
        if asks(documents, resolver, judges(documents, resolver, definition)?)? {
            work.push(definition.id);
        }
    }
    let mut seen = BTreeSet::new();
    while let Some(id) = work.pop() {
        if seen.insert(id) {
            let definition = &mut definitions[id.0];
            work.extend(definition.form.references());
            if let Some(keyword) = equal_to_another(definition) {
                definition.form = Form::Any;
                definition.guard.push(Reason::keyword(keyword));
            }
            spell(&mut definition.form);
        }
    }
    Ok(())
}

/// The keyword that lists the values of a definition, if a value that equals one of them may be an integer where that is
/// none, or the other way round.
fn equal_to_another(definition: &Definition) -> Option<&'static str> {
    let Form::Literals(values) = &definition.form else { return None };
    // Where the type is checked there are integers only.
    let is_open = !definition.guard.iter().any(|reason| reason.is("type"))
        && !definition.checks.contains(&Check::WrittenAsIntegers);
    let is_listed = |keyword: &&str| definition.schema.get(keyword).is_some();
    let keyword = ["enum", "const"].into_iter().find(is_listed).unwrap_or("enum");
    (is_open && values.iter().any(mentions_whole_numbers)).then_some(keyword)
}

fn mentions_whole_numbers(value: &Value) -> bool {
    match value {
        Value::Array(elements) => elements.iter().any(mentions_whole_numbers),
        Value::Object(members) => members.values().any(mentions_whole_numbers),
        scalar => Types::of(scalar) == Types::INTEGER,
    }
}

fn spell(form: &mut Form) {
    if *form == Form::Number {
        *form = Form::NumberAsWritten;
    }
    form.parts_mut().into_iter().for_each(|part| spell(&mut part.form));
}

/// The schemas by which a definition judges its values once more: those that its form does not say, and the branches of
/// which exactly one is to match.
fn judges(
    documents: &[Document],
    resolver: &Resolver,
    definition: &Definition,
) -> Result<Vec<Location>, Error> {
    let is_one_of = matches!(definition.form, Form::Union(Union { exactly_one: true, .. }));
    if definition.guard.is_empty() && !is_one_of {
        return Ok(Vec::new());
    }
    let judges = |keyword: &str| {
        is_one_of && keyword == "oneOf" || definition.guard.iter().any(|reason| reason.is(keyword))
    };
    let layers = collect(documents, resolver, &definition.location)?;
    let inner = layers.all.iter().flat_map(|layer| {
        let inner = inside_keywords(layer.keywords, layer.dialect).into_iter();
        inner.filter(|inner| judges(inner.keyword)).map(|inner| inner.location(&layer.location))
    });
    Ok(inner.collect())
}

/// Whether one of these schemas, or what is inside or what they refer to, asks for integers as draft 4 has them.
fn asks(documents: &[Document], resolver: &Resolver, mut work: Vec<Location>) -> Result<bool, Error> {
    let mut seen = BTreeSet::new();
    while let Some(location) = work.pop() {
        if !seen.insert(location.clone()) {
            continue;
        }
        let Document { root, dialect, .. } = &documents[location.document];
        let schema = location.pointer.find(root).unwrap_or(&Value::Null);
        let types = schema.get("type").map_or(Types::ALL, Types::named);
        if *dialect == Dialect::Draft4 && types.meets(Types::INTEGER) && !types.meets(Types::FRACTION) {
            return Ok(true);
        }
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str)
            && let Target::Here(target) = resolver.follow(&location, reference)?
        {
            work.push(target);
        }
        work.extend(inside(schema, *dialect).iter().map(|inner| inner.location(&location)));
    }
    Ok(false)
}
