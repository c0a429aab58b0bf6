//! Where references lead. Only documents that were given are looked at; the rules are those of the
//! `referencing` crate, which is the resolver of `jsonschema`.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use isomorph_json::Pointer;
use referencing::{Registry, ResourceRef, Retrieve, SPECIFICATIONS, Uri};
use serde_json::{Map, Value, json};

use crate::astray::meant;
use crate::dialect::Dialect;
use crate::document::Document;
use crate::error::Error;
use crate::keywords::{Holds, held_by};
use crate::location::Location;
use crate::no_uri::no_uris;
use crate::overridden::Overridden;
use crate::places::Places;
use crate::root::climbs_out;
use crate::unresolved::Unresolved;

/// Where a reference leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// To a schema in one of the documents.
    Here(Location),
    /// To a meta-schema, which every validator knows.
    MetaSchema,
    /// To a document that is not here.
    Missing,
    /// A document that is not here, and by the settings anything is right.
    Anything,
}

/// For what, and where, a document was referred to.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The fragments.
    pub fragments: BTreeSet<String>,
    /// The schemas that have the references, and what those say.
    pub by: Vec<(Location, String)>,
}

/// Follows references among documents.
pub struct Resolver<'a> {
    documents: &'a [Document],
    registry: Registry<'a>,
    /// Where everything in the documents stands; made when it is needed.
    places: OnceCell<Places<'a>>,
    /// Whether a document has identifiers inside, so that a pointer may not count from its root.
    has_inner_ids: Vec<bool>,
    recorder: Recorder,
    unresolved: Unresolved,
    /// What was referred to and is not here, by URI.
    missing: RefCell<BTreeMap<String, Asked>>,
    overridden: Overridden,
}

impl<'a> Resolver<'a> {
    /// Prepares `documents`.
    ///
    /// # Errors
    ///
    /// If an identifier is no URI.
    pub fn new(documents: &'a [Document], unresolved: Unresolved) -> Result<Self, Error> {
        let recorder = Recorder::default();
        let registry = registry(documents, recorder.clone())?;
        let places = OnceCell::new();
        let has_inner_ids = documents.iter().map(|document| has_inner_id(&document.root)).collect();
        let missing = RefCell::default();
        let overridden = Overridden::of(documents);
        Ok(Self { documents, registry, places, has_inner_ids, recorder, unresolved, missing, overridden })
    }

    /// The keyword of a schema's dynamic reference and what it says, if it leads where a `$ref` would: nothing in the documents
    /// overrides it. Then [`follow`](Self::follow) says where.
    pub fn certain<'s>(
        &self,
        keywords: &'s Map<String, Value>,
        dialect: Dialect,
    ) -> Option<(&'static str, &'s str)> {
        self.overridden.certain(keywords, dialect)
    }

    /// Follows `reference`, which stands in the schema at `from`.
    ///
    /// # Errors
    ///
    /// If nothing is there, or no schema.
    pub fn follow(&self, from: &Location, reference: &str) -> Result<Target, Error> {
        let failed = |reason: String| Error::Reference {
            place: self.documents[from.document].place_in_text(&from.pointer.join("$ref")),
            reference: reference.to_owned(),
            reason,
        };
        if let Some(target) = self.local(from, reference) {
            return Ok(Target::Here(target));
        }
        if let Some(path) = self.climbs_out(from, reference).filter(|path| !self.leads_back(path)) {
            self.note_missing(path, "", from, reference);
            return Err(failed(
                "it leads out of the folder that references stay in; say `--within FOLDER`".into(),
            ));
        }
        if self.is_missing(from, reference) {
            return match self.unresolved {
                Unresolved::Reject => Ok(Target::Missing),
                Unresolved::Accept => Ok(Target::Anything),
                Unresolved::Refuse => {
                    Err(failed("nothing is fetched, and no document here has that name or `$id`".into()))
                }
            };
        }
        let resolved = self.lookup(from, reference).map_err(|error| {
            let meant = meant(&self.documents[from.document].root, reference);
            let meant = meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
            failed(format!("{error}{meant}"))
        })?;
        let (contents, base) = resolved;
        match self.location(contents) {
            Some(location) => Ok(Target::Here(location)),
            None if contents.is_object() || contents.is_boolean() => Ok(Target::MetaSchema),
            None => Err(failed(format!("what is there is no schema ({base})"))),
        }
    }

    fn location(&self, schema: &Value) -> Option<Location> {
        self.places.get_or_init(|| Places::of(self.documents)).location(schema)
    }

    /// A pointer into the same document, where nothing can stand between.
    fn local(&self, from: &Location, reference: &str) -> Option<Location> {
        let pointer = reference.strip_prefix('#')?;
        let plain = !pointer.contains('%') && !self.has_inner_ids[from.document];
        let pointer = Pointer::parse(pointer).filter(|_| plain)?;
        let target = pointer.find(&self.documents[from.document].root)?;
        (target.is_object() || target.is_boolean()).then_some(Location { document: from.document, pointer })
    }

    /// Whether a reference leads out of the root of the files. As a URI it would lead to something at the top of it.
    /// Gives where it leads, from the root.
    fn climbs_out(&self, from: &Location, reference: &str) -> Option<String> {
        if reference.contains("..") { climbs_out(&self.base(from)?, reference) } else { None }
    }

    /// Whether what leads out of the root leads into it again, to one of the documents: `../schemas/b.json` in `schemas`.
    fn leads_back(&self, uri: &str) -> bool {
        self.documents.iter().any(|document| document.aliases.iter().any(|alias| alias == uri))
    }

    /// Whether a reference leads to a document that is not here; if so, what for is noted.
    fn is_missing(&self, from: &Location, reference: &str) -> bool {
        let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let uri = self.resolver_at(from).and_then(|resolver| {
            let base = resolver.base_uri();
            resolver.resolve_uri(&base.borrow(), file)
        });
        let Ok(uri) = uri else { return false };
        let asked = self.recorder.asked.lock().is_ok_and(|asked| asked.contains(uri.as_str()));
        // What stands below an unknown keyword nobody has asked for yet.
        let is_missing =
            asked || matches!(self.lookup(from, reference), Err(referencing::Error::Unretrievable { .. }));
        if is_missing {
            self.note_missing(uri.to_string(), fragment, from, reference);
        }
        is_missing
    }

    fn note_missing(&self, uri: String, fragment: &str, from: &Location, reference: &str) {
        let mut missing = self.missing.borrow_mut();
        let asked = missing.entry(uri).or_default();
        asked.fragments.insert(fragment.to_owned());
        asked.by.push((from.clone(), reference.to_owned()));
    }

    /// The documents that are not here, by the URIs by which the references that were followed lead to them.
    pub fn missing(&self) -> BTreeMap<String, Asked> {
        self.missing.borrow().clone()
    }

    /// The URIs of all documents that schemas or data refer to, and that are not here.
    pub fn asked(&self) -> BTreeSet<String> {
        self.recorder.asked.lock().map(|asked| asked.clone()).unwrap_or_default()
    }

    /// Documents that stand for those that are not here, and reject or accept everything.
    pub fn stand_ins(&self) -> Vec<Document> {
        let missing = self.missing.borrow();
        missing.iter().map(|(uri, asked)| stand_in(uri, &asked.fragments, self.unresolved)).collect()
    }

    /// Whether every document is here that schemas or data refer to.
    pub fn has_all(&self) -> bool {
        self.recorder.asked.lock().is_ok_and(|asked| asked.is_empty())
    }

    /// Documents that are not here and to which only data refers, once every schema has been followed: the validator
    /// asks for what stands beside a `$ref`, or in draft 4 under a keyword of a newer dialect. They say nothing.
    pub fn stand_ins_for_data(&self) -> Vec<Document> {
        if !self.documents.iter().all(|document| document.dialect.reference_stands_alone()) {
            return Vec::new();
        }
        let missing = self.missing.borrow();
        let asked = self.recorder.asked.lock().map(|asked| asked.clone()).unwrap_or_default();
        let only_data = asked.iter().filter(|uri| !missing.contains_key(*uri));
        only_data.map(|uri| stand_in(uri, &BTreeSet::new(), Unresolved::Accept)).collect()
    }

    /// The base URI of the schema at a place.
    pub fn base(&self, at: &Location) -> Option<String> {
        Some(self.resolver_at(at).ok()?.base_uri().as_str().to_owned())
    }

    fn lookup(&self, from: &Location, reference: &str) -> Result<(&Value, String), referencing::Error> {
        let (contents, resolver, _) = self.resolver_at(from)?.lookup(reference)?.into_inner();
        Ok((contents, resolver.base_uri().to_string()))
    }

    /// A resolver that knows where the schema at `from` stands.
    fn resolver_at(&self, from: &Location) -> Result<referencing::Resolver<'_>, referencing::Error> {
        let document = &self.documents[from.document];
        let mut resolver = self.registry.resolver(referencing::uri::from_str(&document.uri)?);
        for schema in schemas_on_the_way(document, &from.pointer) {
            resolver = resolver.in_subresource(ResourceRef::new(schema, document.dialect.draft()))?;
        }
        Ok(resolver)
    }
}

/// The schemas in which a pointer stands, the outermost first, as far as keywords of the dialect lead from each to the
/// next. What is beyond is none until a reference leads there, and its identifiers do not count.
fn schemas_on_the_way<'d>(document: &'d Document, pointer: &Pointer) -> Vec<&'d Value> {
    let mut schema = &document.root;
    let mut all = vec![schema];
    let mut segments = pointer.segments();
    while let Some(keyword) = segments.next() {
        let Some(value) = schema.get(&keyword) else { break };
        let holds = held_by(&keyword, document.dialect);
        let inner = match value {
            Value::Object(members) if holds == Holds::ByName => {
                segments.next().and_then(|name| members.get(&name))
            }
            Value::Array(elements) if matches!(holds, Holds::Several | Holds::OneOrSeveral) => {
                segments.next().and_then(|index| elements.get(index.parse::<usize>().ok()?))
            }
            value => Some(value).filter(|_| matches!(holds, Holds::One | Holds::OneOrSeveral)),
        };
        let Some(inner) = inner else { break };
        schema = inner;
        all.push(schema);
    }
    all
}

/// A document with a schema at each of these fragments that rejects or accepts everything.
fn stand_in(uri: &str, fragments: &BTreeSet<String>, unresolved: Unresolved) -> Document {
    let (verdict, schema) = match unresolved {
        Unresolved::Accept => ("accepted", json!({})),
        Unresolved::Reject | Unresolved::Refuse => ("rejected", json!({"not": {}})),
    };
    let comment = if fragments.is_empty() {
        "Not here, and no schema refers to it.".to_owned()
    } else {
        format!("Not here when this was generated; whatever reaches it is {verdict}.")
    };
    let mut root = json!({ "$comment": comment });
    for fragment in fragments {
        if let Some(anchor) =
            Some(fragment).filter(|fragment| !fragment.is_empty() && !fragment.starts_with('/'))
        {
            root["$defs"][anchor] = schema.clone();
            root["$defs"][anchor]["$anchor"] = anchor.as_str().into();
            continue;
        }
        let pointer = Pointer::parse(fragment).unwrap_or_default();
        let mut place = &mut root;
        for segment in pointer.segments() {
            place = &mut place[segment];
        }
        match (place, &schema) {
            (Value::Object(place), Value::Object(schema)) => place.extend(schema.clone()),
            (place, schema) => *place = schema.clone(),
        }
    }
    Document {
        file: uri.to_owned(),
        uri: uri.to_owned(),
        dialect: Dialect::default(),
        is_custom: false,
        is_assumed: false,
        is_guest: true,
        aliases: Vec::new(),
        path: None,
        root,
        holder: None,
        text: Arc::default(),
    }
}

fn registry(documents: &[Document], recorder: Recorder) -> Result<Registry<'_>, Error> {
    let failed = |error: referencing::Error| {
        Error::of_flaws(no_uris(documents))
            .unwrap_or_else(|| Error::Identifier { message: error.to_string() })
    };
    // What the specifications define is known to every validator.
    let nothing: [(&str, &Value); 0] = [];
    let mut registry = SPECIFICATIONS.extend(nothing).map_err(failed)?.retriever(recorder);
    for document in documents {
        for uri in document.uris() {
            // A dialect of somebody's own is found out by the registry, from its meta-schema.
            registry = if document.is_custom {
                registry.add(uri, &document.root)
            } else {
                registry.add(uri, ResourceRef::new(&document.root, document.dialect.draft()))
            }
            .map_err(failed)?;
        }
    }
    registry.prepare().map_err(failed)
}

/// Notes what is asked for, and fetches nothing.
#[derive(Debug, Default, Clone)]
struct Recorder {
    asked: Arc<Mutex<BTreeSet<String>>>,
}

impl Retrieve for Recorder {
    fn retrieve(&self, uri: &Uri<String>) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
        if let Ok(mut asked) = self.asked.lock() {
            asked.insert(uri.to_string());
        }
        Ok(json!({}))
    }
}

fn has_inner_id(root: &Value) -> bool {
    let mut inner: Vec<&Value> = root.as_object().into_iter().flat_map(|members| members.values()).collect();
    while let Some(value) = inner.pop() {
        match value {
            Value::Object(members) => {
                if ["$id", "id"].iter().any(|id| members.get(*id).is_some_and(Value::is_string)) {
                    return true;
                }
                inner.extend(members.values());
            }
            Value::Array(elements) => inner.extend(elements),
            _ => {}
        }
    }
    false
}
