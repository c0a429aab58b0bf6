//! The schemas of documents: what is reached from a whole document, or from a definition of it, by the keywords of its
//! dialect and by references. What stands elsewhere (under a keyword of another dialect, in an example, beside a `$ref`
//! that stands alone) is data, until a reference leads to it.

use std::collections::{HashSet, VecDeque};
use std::hash::BuildHasher;

use isomorph_json::Pointer;
use serde_json::Value;

use crate::document::Document;
use crate::error::Error;
use crate::keywords::DEFINITIONS;
use crate::location::Location;
use crate::resolve::{Resolver, Target};
use crate::subschemas::inside;
use crate::ways::Ways;

/// A schema in force.
#[derive(Debug)]
pub struct Live<'a> {
    /// Where it stands.
    pub location: Location,
    /// The schema.
    pub schema: &'a Value,
    /// Where its `$ref` leads, if to a schema in one of the documents.
    pub target: Option<Location>,
}

/// Finds every schema in force, in the order of the documents; what only references lead to comes last.
///
/// # Errors
///
/// If a reference leads nowhere.
pub fn find<'a>(documents: &'a [Document], resolver: &Resolver) -> Result<Vec<Live<'a>>, Error> {
    let mut error = None;
    let found = find_all(documents, resolver, &mut |failed| error = error.take().or(Some(failed)));
    error.map_or(Ok(found), Err)
}

/// Follows the references of every schema in force, and tells of each that leads nowhere.
pub fn follow(documents: &[Document], resolver: &Resolver, mut failed: impl FnMut(Error)) {
    each(documents, resolver, &mut failed, |_, _, _| {});
}

/// Finds every schema in force, and tells of every reference that leads nowhere.
fn find_all<'a>(
    documents: &'a [Document],
    resolver: &Resolver,
    failed: &mut dyn FnMut(Error),
) -> Vec<Live<'a>> {
    let mut found = Vec::new();
    each(documents, resolver, failed, |location, schema, target| {
        found.push(Live { location: location(), schema, target });
    });
    found
}

/// Goes to every schema in force: hands on where it stands, itself, and where its `$ref` leads.
fn each<'a>(
    documents: &'a [Document],
    resolver: &Resolver,
    failed: &mut dyn FnMut(Error),
    mut found: impl FnMut(&dyn Fn() -> Location, &'a Value, Option<Location>),
) {
    let (mut seen, mut starts) = (HashSet::new(), VecDeque::new());
    for (document, Document { root, .. }) in documents.iter().enumerate() {
        let location = Location { document, pointer: Pointer::root() };
        let own = definitions_of(root, &location);
        starts.push_back((location, root));
        starts.extend(own);
    }
    while let Some((start, schema)) = starts.pop_front() {
        let dialect = documents[start.document].dialect;
        let mut ways = Ways::default();
        let mut work = vec![(ways.start(start), schema)];
        while let Some((way, schema)) = work.pop() {
            if !seen.insert(std::ptr::from_ref(schema)) {
                continue;
            }
            let inner = inside(schema, dialect).into_iter().rev();
            work.extend(inner.map(|inner| (ways.inside(way, &inner), inner.schema)));
            let reference = schema.get("$ref").and_then(Value::as_str);
            let followed = reference.map(|reference| resolver.follow(&ways.location(way), reference));
            let target = match followed {
                Some(Ok(Target::Here(target))) => Some(target),
                Some(Err(error)) => {
                    failed(error);
                    None
                }
                _ => None,
            };
            let there = target.as_ref().and_then(|target| {
                Some((target.clone(), target.pointer.find(&documents[target.document].root)?))
            });
            starts.extend(there);
            found(&|| ways.location(way), schema, target);
        }
    }
}

/// The definitions of a whole document that is a `$ref` which stands alone. By the letter it has none; but it is where
/// everybody writes them.
fn definitions_of<'a>(root: &'a Value, at: &Location) -> Vec<(Location, &'a Value)> {
    let all = root.get("$ref").and_then(|_| root.get("definitions")).and_then(Value::as_object);
    let all = all.into_iter().flatten().filter(|(_, schema)| schema.is_object() || schema.is_boolean());
    let at = at.join("definitions");
    all.map(|(name, schema)| (at.join(name), schema)).collect()
}

/// The definitions of a document by name, in its order: those among `live`, which has the addresses of schemas.
pub fn named(
    documents: &[Document],
    document: usize,
    live: &HashSet<*const Value, impl BuildHasher>,
) -> Vec<(String, Location)> {
    let root = Location { document, pointer: Pointer::root() };
    let mut found = Vec::new();
    for keyword in DEFINITIONS {
        let definitions = documents[document].root.get(keyword).and_then(Value::as_object);
        for (name, schema) in definitions.into_iter().flatten() {
            if live.contains(&std::ptr::from_ref(schema)) {
                found.push((name.clone(), root.join(keyword).join(name)));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::find;
    use crate::opening::load;
    use crate::resolve::Resolver;
    use crate::source::Source;
    use crate::{Dialect, Error, Unresolved};

    /// The places of the schemas in force.
    fn places(dialect: Dialect, mut schema: Value) -> Result<Vec<String>, Error> {
        schema["$schema"] = dialect.uri().into();
        let source = Source { file: "a.json".into(), uri: None, text: schema.to_string().into_bytes() };
        let documents = load(&[source], Dialect::default())?;
        let resolver = Resolver::new(&documents, Unresolved::Refuse)?;
        let found = find(&documents, &resolver)?;
        Ok(found.into_iter().map(|one| one.location.pointer.as_str().to_owned()).collect())
    }

    use Dialect::{Draft4, Draft6, Draft7, Draft201909, Draft202012};

    const ALL: [Dialect; 5] = [Draft4, Draft6, Draft7, Draft201909, Draft202012];

    #[test]
    fn a_keyword_holds_schemas_in_the_dialects_that_have_it_and_in_no_other() {
        let nowhere = json!({"$ref": "#/nowhere"});
        let by_name = json!({"a": {"$ref": "#/nowhere"}});
        for (keyword, value, dialects) in [
            ("$defs", &by_name, &ALL[3..]),
            ("definitions", &by_name, &ALL[..]),
            ("dependencies", &by_name, &ALL[..]),
            ("dependentSchemas", &by_name, &ALL[3..]),
            ("properties", &by_name, &ALL[..]),
            ("patternProperties", &by_name, &ALL[..]),
            ("additionalProperties", &nowhere, &ALL[..]),
            ("unevaluatedProperties", &nowhere, &ALL[3..]),
            ("propertyNames", &nowhere, &ALL[1..]),
            ("items", &nowhere, &ALL[..]),
            ("items", &json!([{"$ref": "#/nowhere"}]), &ALL[..4]),
            ("additionalItems", &nowhere, &ALL[..4]),
            ("unevaluatedItems", &nowhere, &ALL[3..]),
            ("prefixItems", &json!([{"$ref": "#/nowhere"}]), &ALL[4..]),
            ("contains", &nowhere, &ALL[1..]),
            ("contentSchema", &nowhere, &ALL[3..]),
            ("if", &nowhere, &ALL[2..]),
            ("then", &nowhere, &ALL[2..]),
            ("else", &nowhere, &ALL[2..]),
            ("not", &nowhere, &ALL[..]),
            ("allOf", &json!([{"$ref": "#/nowhere"}]), &ALL[..]),
            ("extends", &nowhere, &[]),
            ("const", &nowhere, &[]),
            ("default", &nowhere, &[]),
            ("examples", &json!([{"$ref": "#/nowhere"}]), &[]),
        ] {
            for dialect in ALL {
                let mut schema = json!({});
                schema[keyword] = value.clone();
                let found = places(dialect, schema);
                // In 2020-12 an array under `items` is no schema to begin with.
                let is_refused = keyword == "items" && value.is_array() && dialect == Draft202012;
                assert_eq!(
                    found.is_err(),
                    dialects.contains(&dialect) || is_refused,
                    "{keyword} {dialect:?}"
                );
            }
        }
    }

    #[test]
    fn what_a_reference_leads_to_is_a_schema_wherever_it_stands() {
        let schema = json!({
            "properties": {"a": {"$ref": "#/$defs/A"}},
            "$defs": {"A": {"items": {"$ref": "#/x-more/b"}}, "Unused": {"$ref": "#/nowhere"}},
            "x-more": {"b": {"type": "null"}}
        });
        let found = places(Draft7, schema.clone()).unwrap();
        assert_eq!(found, ["", "/properties/a", "/$defs/A", "/$defs/A/items", "/x-more/b"]);
        let error = places(Draft202012, schema).unwrap_err();
        assert!(error.to_string().contains("/$defs/Unused"), "{error}");
    }

    #[test]
    fn beside_a_reference_that_stands_alone_there_are_no_schemas_but_the_definitions_of_the_document() {
        let schema = json!({
            "$ref": "#/definitions/A",
            "items": {"$ref": "#/nowhere"},
            "definitions": {"A": {"not": {"$ref": "#/definitions/B", "not": {"$ref": "#/nowhere"}}}, "B": {}, "C": {}}
        });
        let found = places(Draft7, schema).unwrap();
        assert_eq!(found, ["", "/definitions/A", "/definitions/A/not", "/definitions/B", "/definitions/C"]);
    }
}
