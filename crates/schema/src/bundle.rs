//! A schema with all that it refers to, in one document.

use std::collections::{BTreeMap, HashMap, HashSet};

use isomorph_json::Pointer;
use serde_json::{Map, Value};

use crate::dialect::Dialect;
use crate::document::Document;
use crate::error::Error;
use crate::keywords::{DEFINITIONS, binds, is_foreign};
use crate::live;
use crate::location::Location;
use crate::place::Place;
use crate::resolve::{Resolver, Target};
use crate::subschemas::{Inner, Key, inside, inside_any};
use crate::unresolved::Unresolved;

/// A schema that refers to nothing outside itself. Every `$ref` in it is `#/$defs/NAME` (`#/definitions/NAME`
/// before draft 2019-09), or leads to a meta-schema, which every validator knows.
#[derive(Debug, Clone, PartialEq)]
pub struct Bundle {
    /// The schema, with a `$schema` that says its dialect. What it refers to comes last.
    pub schema: Value,
    /// The dialect.
    pub dialect: Dialect,
    /// Where the schema stands.
    pub root: Place,
    /// Where it stands in the document as that was read, which is elsewhere if the file only holds it.
    pub at: Pointer,
    /// Where each definition stands, by its name in the bundle.
    pub places: BTreeMap<String, Place>,
    /// Whether it may mean something else than its sources: it has dynamic references, or comes from documents
    /// of several dialects.
    pub is_approximate: bool,
}

impl Bundle {
    /// The keyword that holds the definitions.
    pub fn keyword(&self) -> &'static str {
        keyword(self.dialect)
    }

    /// The bundle without the keywords that are some in other dialects, but not in its own: they mean nothing, and
    /// what stands there is no schema.
    #[must_use]
    pub fn without_foreign_keywords(mut self) -> Self {
        remove_foreign(&mut self.schema, self.dialect);
        self
    }
}

fn remove_foreign(schema: &mut Value, dialect: Dialect) {
    if let Value::Object(keywords) = schema {
        keywords.retain(|keyword, _| !is_foreign(keyword, dialect));
    }
    let inner: Vec<_> = inside(schema, dialect).iter().map(Inner::place).collect();
    for place in inner {
        if let Some(schema) = schema.pointer_mut(place.as_str()) {
            remove_foreign(schema, dialect);
        }
    }
}

fn keyword(dialect: Dialect) -> &'static str {
    if dialect.reference_stands_alone() { "definitions" } else { "$defs" }
}

/// Makes bundles of the schemas in some documents.
pub struct Bundler<'a> {
    documents: &'a [Document],
    resolver: Resolver<'a>,
}

impl<'a> Bundler<'a> {
    /// Prepares `documents`.
    ///
    /// # Errors
    ///
    /// If an identifier is no URI.
    pub fn new(documents: &'a [Document], unresolved: Unresolved) -> Result<Self, Error> {
        let resolver = Resolver::new(documents, unresolved)?;
        Ok(Self { documents, resolver })
    }

    /// Bundles the schema at `pointer` in the document of this index.
    ///
    /// # Errors
    ///
    /// If there is no schema, or a reference leads nowhere.
    pub fn bundle(&self, index: usize, pointer: &Pointer) -> Result<Bundle, Error> {
        let document = &self.documents[index];
        let root = Location { document: index, pointer: pointer.clone() };
        let mut work = Work::new(self, document.dialect);
        let schema = document.root.pointer(pointer.as_str()).ok_or_else(|| self.nothing_at(&root))?;
        let mut schema = work.rewrite(&root, schema)?;
        let definitions = work.definitions()?;
        if let Some(name) = work.names.get(&root) {
            schema = serde_json::json!({ "$ref": format!("#/{}/{name}", keyword(document.dialect)) });
        }
        Ok(work.bundle(schema, definitions, root))
    }

    /// Bundles several schemas of documents of one dialect: each is a definition, whose name is given as well, and the schema itself
    /// says nothing. The work is linear in what they are and refer to, however much of that they share.
    ///
    /// # Errors
    ///
    /// If one is not there, or a reference leads nowhere.
    pub fn bundle_all(&self, dialect: Dialect, schemas: &[Location]) -> Result<(Bundle, Vec<String>), Error> {
        let mut work = Work::new(self, dialect);
        let mut names = Vec::new();
        for location in schemas {
            self.schema(location).ok_or_else(|| self.nothing_at(location))?;
            names.push(work.name_of(location));
        }
        let definitions = work.definitions()?;
        let root = schemas.first().cloned();
        let root = root.unwrap_or_else(|| Location { document: 0, pointer: Pointer::root() });
        Ok((work.bundle(true.into(), definitions, root), names))
    }

    fn nothing_at(&self, location: &Location) -> Error {
        let place = self.documents[location.document].place_in_text(&location.pointer);
        Error::invalid_schema(place, "nothing stands there".to_owned())
    }

    /// The definitions that each document has by name, in its order.
    ///
    /// # Errors
    ///
    /// If a reference leads nowhere.
    pub fn definitions(&self) -> Result<Vec<Vec<Pointer>>, Error> {
        let live = live::find(self.documents, &self.resolver)?;
        let schemas: HashSet<_> = live.iter().map(|one| std::ptr::from_ref(one.schema)).collect();
        let of = |document| live::named(self.documents, document, &schemas).into_iter();
        let all = (0..self.documents.len()).map(|document| of(document).map(|(_, at)| at.pointer).collect());
        Ok(all.collect())
    }

    fn schema(&self, location: &Location) -> Option<&Value> {
        self.documents[location.document].root.pointer(location.pointer.as_str())
    }
}

/// The schema with its `$schema` first and its definitions last.
fn complete(schema: Value, dialect: Dialect, definitions: Map<String, Value>) -> Value {
    let mut whole = Map::new();
    whole.insert("$schema".to_owned(), dialect.uri().into());
    match schema {
        Value::Object(keywords) => whole.extend(keywords),
        // `true` and `{}` mean the same, and so do `false` and `{"not": {}}`.
        Value::Bool(false) => drop(whole.insert("not".to_owned(), Value::Object(Map::new()))),
        _ => {}
    }
    if !definitions.is_empty() {
        whole.insert(keyword(dialect).to_owned(), definitions.into());
    }
    Value::Object(whole)
}

struct Work<'a, 'd> {
    bundler: &'a Bundler<'d>,
    dialect: Dialect,
    names: HashMap<Location, String>,
    taken: BTreeMap<String, Location>,
    /// How many definitions would have a name.
    alike: HashMap<String, usize>,
    waiting: Vec<(String, Location)>,
    is_approximate: bool,
}

impl<'a, 'd> Work<'a, 'd> {
    fn new(bundler: &'a Bundler<'d>, dialect: Dialect) -> Self {
        Self {
            bundler,
            dialect,
            names: HashMap::new(),
            taken: BTreeMap::new(),
            alike: HashMap::new(),
            waiting: Vec::new(),
            is_approximate: false,
        }
    }

    /// What was referred to, and what that refers to.
    fn definitions(&mut self) -> Result<Map<String, Value>, Error> {
        let mut definitions = Map::new();
        while let Some((name, location)) = self.waiting.pop() {
            let target = self.bundler.schema(&location);
            let target = target.map_or(Ok(true.into()), |target| self.rewrite(&location, target))?;
            definitions.insert(name, target);
        }
        definitions.sort_keys();
        Ok(definitions)
    }

    fn bundle(self, schema: Value, definitions: Map<String, Value>, root: Location) -> Bundle {
        let documents = self.bundler.documents;
        let place = |location: &Location| documents[location.document].place(&location.pointer);
        Bundle {
            schema: complete(schema, self.dialect, definitions),
            dialect: self.dialect,
            root: place(&root),
            places: self.taken.iter().map(|(name, location)| (name.clone(), place(location))).collect(),
            at: root.pointer,
            is_approximate: self.is_approximate,
        }
    }

    fn rewrite(&mut self, at: &Location, schema: &Value) -> Result<Value, Error> {
        /// What says where a schema is, which a bundle says anew.
        const PLACES: [&str; 8] = [
            "$schema",
            "$id",
            "$anchor",
            "$dynamicAnchor",
            "$recursiveAnchor",
            "$defs",
            "definitions",
            "$vocabulary",
        ];
        let Value::Object(keywords) = schema else { return Ok(schema.clone()) };
        let dynamic = ["$dynamicRef", "$recursiveRef"].iter().filter(|key| keywords.contains_key(**key));
        let certain = self.bundler.resolver.certain(keywords, self.dialect);
        self.is_approximate |= dynamic.count() > usize::from(certain.is_some());
        let mut rewritten = keywords.clone();
        rewritten.retain(|key, value| !(PLACES.contains(&key.as_str()) || key == "id" && value.is_string()));
        if let Some(Value::String(reference)) = keywords.get("$ref") {
            let reference = self.refer(at, reference)?;
            if self.dialect.reference_stands_alone() {
                return Ok(serde_json::json!({ "$ref": reference }));
            }
            rewritten.insert("$ref".to_owned(), reference.into());
        }
        if let Some((keyword, reference)) = certain {
            // What leads nowhere is for validators to refuse.
            match self.refer(at, reference) {
                Ok(reference) => {
                    rewritten.shift_remove(keyword);
                    rewritten.insert("$ref".to_owned(), reference.into());
                }
                Err(_) => self.is_approximate = true,
            }
        }
        let dialect = self.bundler.documents[at.document].dialect;
        for inner in inside(schema, dialect).into_iter().filter(|inner| !inner.is_definition()) {
            let below = self.rewrite(&inner.location(at), inner.schema)?;
            let place = rewritten.get_mut(inner.keyword).and_then(|place| match &inner.key {
                None => Some(place),
                Some(Key::Name(name)) => place.get_mut(*name),
                Some(Key::Index(index)) => place.get_mut(*index),
            });
            if let Some(place) = place {
                *place = below;
            }
        }
        Ok(rewritten.into())
    }

    fn refer(&mut self, at: &Location, reference: &str) -> Result<String, Error> {
        let keyword = keyword(self.dialect);
        let target = match self.bundler.resolver.follow(at, reference)? {
            Target::Here(target) => target,
            Target::MetaSchema => return Ok(reference.to_owned()),
            Target::Missing | Target::Anything => {
                self.is_approximate = true;
                return Ok(format!("#/{keyword}/{}", self.stand_in()));
            }
        };
        Ok(format!("#/{keyword}/{}", self.name_of(&target)))
    }

    /// The name of a definition, which is made if there is none yet.
    fn name_of(&mut self, target: &Location) -> String {
        if let Some(name) = self.names.get(target) {
            return name.clone();
        }
        let is_foreign = self.bundler.documents[target.document].dialect != self.dialect;
        // What stands for a document that is not here says the same in every dialect.
        self.is_approximate |= is_foreign && self.bundler.schema(target).is_some_and(says_something);
        self.take(target)
    }

    /// The definition that stands for documents that are not here, and accepts anything.
    fn stand_in(&mut self) -> String {
        let nowhere = Location { document: 0, pointer: Pointer::root().join("not here") };
        if let Some(name) = self.names.get(&nowhere) { name.clone() } else { self.take(&nowhere) }
    }

    fn take(&mut self, target: &Location) -> String {
        let name = self.name(target);
        self.names.insert(target.clone(), name.clone());
        self.taken.insert(name.clone(), target.clone());
        self.waiting.push((name.clone(), target.clone()));
        name
    }

    /// A name that needs no encoding in a reference.
    fn name(&mut self, target: &Location) -> String {
        let file = self.bundler.documents[target.document].file_name();
        let stem = file.split('.').next().unwrap_or(file);
        let segments: Vec<_> = target.pointer.segments().collect();
        let wanted = match segments.as_slice() {
            [] => stem.to_owned(),
            [.., around, last] if DEFINITIONS.contains(&around.as_str()) => last.clone(),
            _ => segments.join("_"),
        };
        let plain = |c: char| if c.is_ascii_alphanumeric() || "_-.".contains(c) { c } else { '_' };
        let wanted: String = wanted.chars().map(plain).collect();
        let number = self.alike.entry(wanted.clone()).or_insert(1);
        let mut name = wanted.clone();
        while self.taken.contains_key(&name) {
            *number += 1;
            name = format!("{wanted}_{number}");
        }
        name
    }
}

/// Whether a schema is more than `{}` or `{"not": {}}`.
fn says_something(schema: &Value) -> bool {
    let is_nothing = |(keyword, value): (&String, &Value)| {
        !binds(keyword) || keyword == "not" && value.as_object().is_some_and(Map::is_empty)
    };
    schema.as_object().is_some_and(|keywords| !keywords.iter().all(is_nothing))
}

/// The schemas one level inside a schema, each with where it stands in there; not those that are only there
/// to be referred to. The schema is one of a bundle [without foreign keywords](Bundle::without_foreign_keywords).
pub fn subschemas(schema: &Value) -> Vec<(Pointer, &Value)> {
    let below = inside_any(schema).into_iter().filter(|inner| !inner.is_definition());
    below.map(|inner| (inner.place(), inner.schema)).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Bundler;
    use crate::location::Location;
    use crate::opening::load;
    use crate::source::Source;
    use isomorph_json::Pointer;

    use crate::{Dialect, Unresolved};

    #[test]
    fn a_bundle_refers_to_nothing_outside_itself() {
        let source = |file: &str, text: serde_json::Value| Source {
            file: file.to_owned(),
            uri: None,
            text: text.to_string().into_bytes(),
        };
        let a = json!({
            "$id": "https://example.com/a.json",
            "properties": {"b": {"$ref": "isomorph:///b.json#/$defs/B"}, "self": {"$ref": "#"}},
            "examples": [{"$ref": "data"}]
        });
        let b =
            json!({"$defs": {"B": {"items": {"$ref": "#here"}}, "C": {"$anchor": "here", "type": "null"}}});
        let documents = load(&[source("a.json", a), source("b.json", b)], Dialect::default()).unwrap();
        let bundle =
            Bundler::new(&documents, Unresolved::Refuse).unwrap().bundle(0, &Pointer::root()).unwrap();
        let expected = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$ref": "#/$defs/a",
            "$defs": {
                "a": {
                    "properties": {"b": {"$ref": "#/$defs/B"}, "self": {"$ref": "#/$defs/a"}},
                    "examples": [{"$ref": "data"}]
                },
                "B": {"items": {"$ref": "#/$defs/C"}},
                "C": {"type": "null"}
            }
        });
        assert_eq!(bundle.schema, expected);
        assert_eq!(bundle.places["C"].to_string(), "b.json#/$defs/C");
        assert!(!bundle.is_approximate);
    }

    #[test]
    fn several_schemas_are_bundled_as_definitions_of_what_says_nothing() {
        let schema = json!({"$defs": {
            "a": {"properties": {"b": {"$ref": "#/$defs/b"}}}, "b": {"items": {"$ref": "#/$defs/a"}}, "c": true
        }});
        let source = Source { file: "s.json".into(), uri: None, text: schema.to_string().into_bytes() };
        let documents = load(&[source], Dialect::default()).unwrap();
        let bundler = Bundler::new(&documents, Unresolved::Refuse).unwrap();
        let at = |name: &str| Location { document: 0, pointer: Pointer::root().join("$defs").join(name) };
        let (bundle, names) = bundler.bundle_all(Dialect::default(), &[at("b"), at("c")]).unwrap();
        assert_eq!(names, ["b", "c"]);
        let expected =
            json!({"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": schema["$defs"]});
        assert_eq!(bundle.schema, expected);
        assert!(bundler.bundle_all(Dialect::default(), &[at("d")]).is_err());
    }

    #[test]
    fn keywords_of_other_dialects_are_left_as_they_are_or_left_out() {
        let schema = serde_json::json!({
            "$schema": "http://json-schema.org/draft-07/schema#",
            "properties": {"a": {"prefixItems": [{"$ref": "#/nowhere"}]}, "b": {"$ref": "#/$defs/B"}},
            "$defs": {"B": {"type": "null"}, "C": {"$ref": "#/nowhere"}},
            "unevaluatedItems": {"$ref": "#/nowhere"},
            "enum": [{"prefixItems": 1}]
        });
        let source = Source { file: "a.json".into(), uri: None, text: schema.to_string().into_bytes() };
        let documents = load(&[source], Dialect::default()).unwrap();
        let bundler = Bundler::new(&documents, Unresolved::Refuse).unwrap();
        let bundle = bundler.bundle(0, &Pointer::root()).unwrap();
        let nowhere = json!({"$ref": "#/nowhere"});
        assert_eq!(bundle.schema["unevaluatedItems"], nowhere);
        assert_eq!(bundle.schema["properties"]["a"]["prefixItems"], json!([nowhere]));
        let expected = json!({
            "$schema": "http://json-schema.org/draft-07/schema#",
            "properties": {"a": {}, "b": {"$ref": "#/definitions/B"}},
            "enum": [{"prefixItems": 1}],
            "definitions": {"B": {"type": "null"}}
        });
        assert_eq!(bundle.without_foreign_keywords().schema, expected);
        let names: Vec<_> = bundler.definitions().unwrap().concat();
        assert_eq!(names, [Pointer::root().join("$defs").join("B")]);
    }
}
