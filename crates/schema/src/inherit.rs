//! Files that a document which holds schemas refers to: what its references lead to there is in its dialect, if the file names
//! none. References to schemas that another document holds, also those of plain schemas, lead to the definitions that those
//! became.

use std::collections::BTreeMap;
use std::sync::Arc;

use isomorph_json::Pointer;
use referencing::uri;
use serde_json::Value;

use crate::dialect::Dialect;
use crate::document::Document;
use crate::holders::{Rules, fragment_pointer, inner_schemas, translate_one};
use crate::subschemas::inside_any;

/// A schema: the index of its document, and where it stands.
type At = (usize, Pointer);

/// The schemas that are in the dialect of a document which holds schemas, though they stand in other files.
#[derive(Debug, Default)]
pub struct Heirs {
    /// Those that were found, with what they mean.
    seen: BTreeMap<At, (Rules, Dialect)>,
}

impl Heirs {
    /// Hands the dialects of documents that hold schemas on to the files that they refer to. What was handed on before, when
    /// fewer documents were there, stays as it is.
    pub fn find(&mut self, documents: &mut [Document]) {
        if !documents.iter().any(names) {
            return;
        }
        let mut walk = Walk { seen: BTreeMap::new(), elsewhere: Vec::new() };
        for index in 0..documents.len() {
            if let Some(holder) = documents[index].holder.clone().filter(|_| names(&documents[index])) {
                let mode = (holder.rules, documents[index].dialect);
                for held in &holder.held {
                    walk.walk(documents, (index, holder.definition(&held.name)), mode);
                }
            }
        }
        for index in (0..documents.len()).filter(|index| !names(&documents[*index])) {
            walk.look_elsewhere(documents, index);
        }
        for ((index, at), reference) in walk.elsewhere {
            lead(&mut documents[index], &at, reference);
        }
        // What stands inside is translated before what is around it, which may move it.
        let mut all: Vec<_> = walk.seen.into_iter().collect();
        all.sort_by_key(|((_, at), _)| std::cmp::Reverse(at.as_str().len()));
        for ((index, at), (rules, dialect)) in all {
            let document = &mut documents[index];
            if names(document) {
                continue;
            }
            document.dialect = dialect;
            let is_new = self.seen.insert((index, at.clone()), (rules, dialect)).is_none();
            if let Some(Value::Object(keywords)) = document.root.pointer_mut(at.as_str()).filter(|_| is_new) {
                translate_one(keywords, rules, &Value::Null);
            }
        }
    }
}

/// Whether a document holds schemas by their names.
fn names(document: &Document) -> bool {
    document.holder.as_ref().is_some_and(|holder| holder.has_names())
}

struct Walk {
    /// The schemas that were found, with what they mean.
    seen: BTreeMap<At, (Rules, Dialect)>,
    /// References to what another document holds, and what they are to be.
    elsewhere: Vec<(At, String)>,
}

impl Walk {
    /// Goes through a schema, and what it leads to in files that name no dialect.
    fn walk(&mut self, documents: &[Document], start: At, mode: (Rules, Dialect)) {
        let mut work = vec![start];
        while let Some((index, at)) = work.pop() {
            let Some(schema) = at.find(&documents[index].root) else { continue };
            if self.seen.contains_key(&(index, at.clone())) {
                continue;
            }
            self.seen.insert((index, at.clone()), mode);
            let inner = inner_schemas(schema, mode);
            work.extend(inner.into_iter().map(|place| (index, at.append(&place))));
            let Some(reference) = schema.get("$ref").and_then(Value::as_str) else { continue };
            let is_local = reference.starts_with('#');
            if is_local && names(&documents[index]) {
                continue;
            }
            let Some((target, fragment)) = resolve(documents, index, reference) else { continue };
            let Some(place) = fragment_pointer(&fragment) else { continue };
            if names(&documents[target]) {
                self.elsewhere
                    .extend(moved(&documents[target], &place, reference).map(|to| ((index, at), to)));
            } else if documents[target].root.get("$schema").is_none() {
                work.push((target, place));
            }
        }
    }

    /// Goes through a document that holds no schemas by their names, for what refers to one that does.
    fn look_elsewhere(&mut self, documents: &[Document], index: usize) {
        let mut work = vec![Pointer::root()];
        while let Some(at) = work.pop() {
            let Some(schema) = at.find(&documents[index].root) else { continue };
            work.extend(inside_any(schema).into_iter().map(|inner| at.append(&inner.place())));
            let reference = schema.get("$ref").and_then(Value::as_str);
            let Some(reference) = reference.filter(|reference| !reference.starts_with('#')) else { continue };
            let to = || {
                let (target, fragment) = resolve(documents, index, reference)?;
                let there = Some(&documents[target]).filter(|there| names(there))?;
                moved(there, &fragment_pointer(&fragment)?, reference)
            };
            let at = (index, at);
            if !self.seen.contains_key(&at) {
                self.elsewhere.extend(to().map(|to| (at, to)));
            }
        }
    }
}

/// How a reference leads to what a document holds, if that became a definition.
fn moved(there: &Document, place: &Pointer, reference: &str) -> Option<String> {
    let definition = Some(there.locate(place)).filter(|definition| definition != place)?;
    let file = reference.split('#').next().unwrap_or_default();
    Some(format!("{file}#{}", isomorph_validator::encoded(definition.as_str())))
}

/// The document that a reference leads to, and the fragment.
fn resolve(documents: &[Document], from: usize, reference: &str) -> Option<(usize, String)> {
    let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    if file.is_empty() {
        return Some((from, fragment.to_owned()));
    }
    let base = uri::from_str(&documents[from].uri).ok()?;
    let target = uri::resolve_against(&base.borrow(), file).ok()?;
    let index = documents.iter().position(|document| document.uris().any(|uri| uri == target.as_str()))?;
    Some((index, fragment.to_owned()))
}

/// Lets the reference at a place lead there. A document that holds schemas remembers what it was.
fn lead(document: &mut Document, at: &Pointer, reference: String) {
    let Some(place) = document.root.pointer_mut(at.join("$ref").as_str()) else { return };
    if let (Some(holder), Value::String(own)) = (&mut document.holder, &*place) {
        Arc::make_mut(holder).references.insert(reference.clone(), own.clone());
    }
    *place = reference.into();
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::dialect::Dialect;
    use crate::document::Document;
    use crate::opening::load;
    use crate::source::Source;

    fn loaded(files: &[(&str, Value)]) -> Vec<Document> {
        let source = |(file, text): &(&str, Value)| Source {
            file: (*file).to_owned(),
            uri: None,
            text: text.to_string().into_bytes(),
        };
        load(&files.iter().map(source).collect::<Vec<_>>(), Dialect::default()).expect("they can be read")
    }

    fn api(schemas: &Value) -> Value {
        json!({"openapi": "3.0.0", "components": {"schemas": schemas}})
    }

    #[test]
    fn files_are_in_the_dialect_of_the_document_that_refers_to_them() {
        let pet = json!({"properties": {
            "age": {"type": "integer", "nullable": true},
            "owner": {"$ref": "parts.json#/owner"},
            "friend": {"$ref": "#"}
        }});
        let parts = json!({"owner": {"type": "string", "nullable": true}, "other": {"type": "string", "nullable": true}});
        let own = json!({"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "string", "nullable": true});
        let api = api(&json!({"Pet": {"$ref": "pet.json"}, "Own": {"$ref": "own.json"}}));
        let all = loaded(&[("api.json", api), ("pet.json", pet), ("parts.json", parts), ("own.json", own)]);
        assert_eq!(all[1].root["properties"]["age"]["type"], json!(["integer", "null"]));
        assert_eq!(all[2].root["owner"]["type"], json!(["string", "null"]));
        assert_eq!(all[2].root["other"]["type"], "string");
        assert_eq!(all[3].root["type"], "string");
        let dialects: Vec<_> = all.iter().map(|document| document.dialect).collect();
        assert_eq!(dialects, [Dialect::Draft4, Dialect::Draft4, Dialect::Draft4, Dialect::Draft202012]);
    }

    #[test]
    fn references_to_what_another_document_holds_lead_there() {
        let one = api(&json!({"A": {"items": {"$ref": "b.json#/components/schemas/B/items"}}}));
        let other = api(&json!({"B": {"items": {"type": "string"}}}));
        let all = loaded(&[("a.json", one), ("b.json", other)]);
        let there = "b.json#/definitions/B/items";
        assert_eq!(all[0].root["definitions"]["A"]["items"]["$ref"], there);
        let holder = all[0].holder.as_ref().expect("it holds schemas");
        assert_eq!(holder.references[there], "b.json#/components/schemas/B/items");
    }

    #[test]
    fn references_of_a_plain_schema_to_what_a_document_holds_lead_there() {
        let own = "https://json-schema.org/draft/2020-12/schema";
        let order = json!({"$schema": own, "$defs": {"pets": {"items": {"$ref": "api.json#/components/schemas/Pet"}}}});
        let other = json!({"properties": {"order": {"$ref": "order.json"}}});
        let files = [
            ("order.json", order),
            ("api.json", api(&json!({"Pet": {"type": "object"}}))),
            ("other.json", other),
        ];
        let all = loaded(&files);
        assert_eq!(all[0].root["$defs"]["pets"]["items"]["$ref"], "api.json#/definitions/Pet");
        assert_eq!(all[2].root["properties"]["order"]["$ref"], "order.json");
        assert_eq!(all[0].dialect, Dialect::Draft202012);
    }
}
