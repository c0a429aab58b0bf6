//! The files of a schema, and the places in them.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use isomorph_json::{SourceText, escaped, span};
use jsonschema::Validator;
use referencing::{Registry, uri};
use serde_json::Value;

use super::problem::SchemaPlace;
use crate::build::{Asserts, options_for, registry};
use crate::exact::mark;
use crate::formats::Formats;
use crate::pattern::for_engine_in;
use crate::references::decoded;
use crate::taped::Taped;

/// A file of a schema.
#[derive(Debug, Clone)]
pub struct SchemaText {
    /// The URI that references in other files are resolved to.
    pub uri: String,
    /// What it is called in messages.
    pub file: String,
    /// What it holds.
    pub text: Arc<SourceText>,
    /// What it says, with whatever is needed for it to be validated against.
    pub root: Value,
    /// Where parts of the root stand in the text, if not where they stand in the root: pointers to both.
    pub moved: Vec<(String, String)>,
}

impl SchemaText {
    /// Puts numbers beside those that the root may not have all the digits of.
    #[must_use]
    pub fn with_exact_numbers(mut self) -> Self {
        let mut root = std::mem::take(&mut self.root);
        mark(&mut root, &|pointer| {
            let located = self.text.located(&self.in_text(pointer))?;
            self.text.as_json().get(span(located.value)).map(str::to_owned)
        });
        self.root = root;
        self
    }

    /// Where in the text a place of the root stands.
    fn in_text<'a>(&self, pointer: &'a str) -> Cow<'a, str> {
        let inside = self.moved.iter().find_map(|(here, there)| {
            let rest = pointer.strip_prefix(here.as_str())?;
            (rest.is_empty() || rest.starts_with('/')).then(|| format!("{there}{rest}"))
        });
        inside.map_or(Cow::Borrowed(pointer), Cow::Owned)
    }
}

/// A schema in one of the files: the index of the file, and a pointer.
pub type Place = (usize, String);

/// The files of a schema: where they say what.
#[derive(Debug)]
pub struct Files {
    texts: Vec<SchemaText>,
    /// What the base URIs of locations stand for: a file, and the pointer of a resource in it.
    bases: HashMap<String, Place>,
    /// The files as references find them, and what they assert: made when an error first needed them.
    registry: OnceLock<Option<(Registry<'static>, Asserts)>>,
    /// Which formats assert, whatever the schemas say.
    formats: Formats,
}

impl Files {
    /// The files with these texts, and whether formats assert in them all the same.
    pub fn new(texts: Vec<SchemaText>, formats: Formats) -> Self {
        let mut bases = HashMap::new();
        for (index, text) in texts.iter().enumerate() {
            bases.insert(text.uri.clone(), (index, String::new()));
            collect_bases(&text.root, &text.uri, index, "", &mut bases);
        }
        Self { texts, bases, registry: OnceLock::new(), formats }
    }

    /// What the base URIs of resources stand for.
    pub fn bases(&self) -> &HashMap<String, Place> {
        &self.bases
    }

    /// What they hold.
    pub fn texts(&self) -> &[SchemaText] {
        &self.texts
    }

    /// The place that an absolute keyword location says.
    pub fn said(&self, location: &str) -> Option<Place> {
        let (base, fragment) = location.split_once('#').unwrap_or((location, ""));
        let (index, resource) = self.bases.get(base)?;
        Some((*index, format!("{resource}{}", decoded(fragment))))
    }

    /// A validator for a schema that refers to the files by their URIs, and is of the dialect of one of them.
    pub fn build(&self, index: usize, schema: &Value) -> Option<Validator<Taped>> {
        let (registry, asserts) = self.registry.get_or_init(|| self.registered()).as_ref()?;
        let mut schema = schema.clone();
        for_engine_in(&mut schema).ok()?;
        if let Value::Object(keywords) = &mut schema {
            keywords.entry("$schema").or_insert_with(|| self.dialect(index).into());
        }
        let options = options_for::<Taped>(*asserts, &self.formats);
        options.with_registry(registry).build(&schema).ok()
    }

    /// The files as references find them, and what they assert.
    fn registered(&self) -> Option<(Registry<'static>, Asserts)> {
        let documents: Vec<_> = self.texts.iter().map(|text| (text.uri.clone(), text.root.clone())).collect();
        let asserts = Asserts::of(&documents);
        Some((registry(documents).ok()?, asserts))
    }

    /// The dialect of a file.
    pub fn dialect(&self, index: usize) -> &str {
        let dialect = self.texts.get(index).and_then(|text| text.root.get("$schema")?.as_str());
        dialect.unwrap_or("https://json-schema.org/draft/2020-12/schema")
    }

    /// The innermost place around one that is there: some errors say a place inside the value of their keyword that is
    /// not.
    pub fn innermost(&self, index: usize, mut pointer: String) -> Option<Place> {
        while self.subschema(index, &pointer).is_none() {
            pointer.truncate(pointer.rfind('/')?);
        }
        Some((index, pointer))
    }

    /// The schema that a pointer leads to in one of the files.
    pub fn subschema(&self, index: usize, pointer: &str) -> Option<&Value> {
        self.texts.get(index)?.root.pointer(pointer)
    }

    /// Whether a keyword stands in a schema, or inside one, that says that its value is only written.
    pub fn is_write_only(&self, (index, pointer): &Place) -> bool {
        let ends = pointer.match_indices('/').map(|(end, _)| end).chain([pointer.len()]);
        let said = |end| self.subschema(*index, &pointer[..end])?.get("writeOnly")?.as_bool();
        ends.filter_map(said).any(|is_said| is_said)
    }

    /// Where a keyword stands in the text of its file.
    pub fn place(&self, index: usize, pointer: &str) -> Option<SchemaPlace> {
        let schema = self.texts.get(index)?;
        let SchemaText { file, text, .. } = schema;
        let pointer = &*schema.in_text(pointer);
        let located = text.located(pointer)?;
        let value = text.origin(span(located.value));
        let key = located.key.map(|key| text.origin(span(key)));
        // A keyword on one line is shown whole; of a longer one, its name.
        let whole = key.clone().map_or(value.clone(), |key| key.start..value.end);
        let is_short = !text.text.get(whole.clone()).unwrap_or_default().contains('\n');
        let span = match key {
            Some(key) if !is_short => key,
            None if !is_short => value.start..value.start + 1,
            _ => whole,
        };
        Some(SchemaPlace { file: file.clone(), index, pointer: pointer.to_owned(), span })
    }

    /// The schema that a local reference leads to.
    pub fn followed<'a>(&'a self, index: usize, schema: &'a Value) -> &'a Value {
        let reference = schema.get("$ref").and_then(Value::as_str);
        let target = reference.and_then(|reference| match reference.split_once('#') {
            Some(("", fragment)) => self.subschema(index, &decoded(fragment)),
            Some((file, fragment)) => self.in_file(file)?.pointer(&decoded(fragment)),
            None => self.in_file(reference),
        });
        target.unwrap_or(schema)
    }

    fn in_file(&self, reference: &str) -> Option<&Value> {
        let is_meant =
            |text: &&SchemaText| text.uri.rsplit('/').next() == Some(reference) || text.uri == reference;
        self.texts.iter().find(is_meant).map(|text| &text.root)
    }
}

/// Notes the base URI of every resource in a file.
fn collect_bases(
    schema: &Value,
    base: &str,
    index: usize,
    pointer: &str,
    bases: &mut HashMap<String, (usize, String)>,
) {
    let mut own = Cow::Borrowed(base);
    if let Some(id) = ["$id", "id"].iter().find_map(|key| schema.get(key)?.as_str())
        && let Ok(around) = uri::from_str(base)
        && let Ok(resolved) = uri::resolve_against(&around.borrow(), id)
    {
        let resolved = resolved.as_str().trim_end_matches('#').to_owned();
        bases.entry(resolved.clone()).or_insert((index, pointer.to_owned()));
        own = Cow::Owned(resolved);
    }
    let mut inside = |segment: &str, value: &Value| {
        collect_bases(value, &own, index, &format!("{pointer}/{}", escaped(segment)), bases);
    };
    match schema {
        Value::Object(members) => members.iter().for_each(|(key, value)| inside(key, value)),
        Value::Array(elements) => {
            elements.iter().enumerate().for_each(|(index, value)| inside(&index.to_string(), value));
        }
        _ => {}
    }
}
