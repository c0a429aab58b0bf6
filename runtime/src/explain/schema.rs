use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

use isomorph_json::work::{LEAST, allowance, within};
use isomorph_json::{DEEPEST, Tape, TapeNode, escaped, locate, parse, span, unescaped};
use jsonschema::{ValidationError, Validator};
use referencing::{Registry, uri};
use serde_json::Value;

use super::node::Taped;
use super::problem::SchemaPlace;
use super::shell::{Place, Shell};
use crate::counted::LOOKS_OF_AN_ERROR;

/// A file of a schema.
#[derive(Debug, Clone)]
pub struct SchemaText {
    /// The URI that references in other files are resolved to.
    pub uri: String,
    /// What it is called in messages.
    pub file: String,
    /// What it holds.
    pub text: String,
    /// What it says, with whatever is needed for it to be validated against.
    pub root: Value,
}

/// A schema that instances are held against, and the text that errors point into.
#[derive(Debug)]
pub struct Schema {
    /// Says whether an instance is valid, and nothing else: the way of the many.
    verdict: Validator<Taped>,
    texts: Vec<SchemaText>,
    /// The texts as they were parsed, when an error first needed them.
    tapes: Vec<OnceLock<Option<Tape>>>,
    /// The schema itself.
    start: Place,
    /// What the base URIs of locations stand for: a file, and the pointer of a resource in it.
    bases: HashMap<String, Place>,
    /// The files as references find them, and single levels of what is in them: made when an error first needed them.
    registry: OnceLock<Option<Registry<'static>>>,
    shells: Mutex<HashMap<Place, Option<Arc<Shell>>>>,
}

/// Whether an instance is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The schema accepts it.
    Valid,
    /// The schema does not accept it.
    Invalid,
    /// It takes too much work to say.
    LimitReached,
}

impl Schema {
    /// The schema at `pointer` in the file `uri` among `texts`. `dialect` is that of the file, as a
    /// `$schema`.
    ///
    /// # Errors
    ///
    /// If a schema is not valid, or refers to what is not there.
    pub fn new(
        texts: Vec<SchemaText>,
        uri: &str,
        dialect: &str,
        pointer: &str,
    ) -> Result<Self, ValidationError<'static>> {
        let documents = texts.iter().map(|text| (text.uri.clone(), text.root.clone()));
        let verdict = isomorph_validator::validator_of::<Taped>(documents, uri, dialect, pointer)?;
        let mut bases = HashMap::new();
        for (index, text) in texts.iter().enumerate() {
            bases.insert(text.uri.clone(), (index, String::new()));
            collect_bases(&text.root, &text.uri, index, "", &mut bases);
        }
        let tapes = texts.iter().map(|_| OnceLock::new()).collect();
        let start = texts.iter().position(|text| text.uri == uri).unwrap_or_default();
        let (start, registry, shells) = ((start, pointer.to_owned()), OnceLock::new(), Mutex::default());
        Ok(Self { verdict, texts, tapes, start, bases, registry, shells })
    }

    /// Whether an instance is valid.
    pub fn verdict(&self, instance: TapeNode) -> Verdict {
        match within(allowance(instance.words()), || self.verdict.is_valid(instance)) {
            Some((true, _)) => Verdict::Valid,
            Some((false, _)) => Verdict::Invalid,
            None => Verdict::LimitReached,
        }
    }

    /// What the validator says of an instance that is not valid, if that does not take too much.
    pub(super) fn errors<'a>(&'a self, instance: TapeNode<'a>) -> Option<Vec<ValidationError<'a>>> {
        let errors = || self.verdict.iter_errors(instance).collect();
        // Two things may be wrong with every value in it.
        let wrong = 2 * LOOKS_OF_AN_ERROR * instance.words() as u64;
        within(LEAST / 8 + wrong, errors).map(|(errors, _)| errors)
    }

    /// The place of the schema itself.
    pub(super) fn start(&self) -> &Place {
        &self.start
    }

    /// What the base URIs of resources stand for.
    pub(super) fn bases(&self) -> &HashMap<String, Place> {
        &self.bases
    }

    /// One level of the schema at a place.
    pub(super) fn shell(&self, place: &Place) -> Option<Arc<Shell>> {
        if let Some(known) = self.shells.lock().ok()?.get(place) {
            return known.clone();
        }
        let shell = Shell::new(self, place.clone()).map(Arc::new);
        self.shells.lock().ok()?.insert(place.clone(), shell.clone());
        shell
    }

    /// A validator for a schema that refers to the files by their URIs, and is of the dialect of one of them.
    pub(super) fn build(&self, index: usize, schema: &Value) -> Option<Validator<Taped>> {
        let documents = || self.texts.iter().map(|text| (text.uri.clone(), text.root.clone()));
        let registry =
            self.registry.get_or_init(|| isomorph_validator::registry(documents()).ok()).as_ref()?;
        let mut schema = schema.clone();
        if let Value::Object(keywords) = &mut schema {
            keywords.entry("$schema").or_insert_with(|| self.dialect(index).into());
        }
        isomorph_validator::options::<Taped>().with_registry(registry).build(&schema).ok()
    }

    /// The dialect of a file.
    pub(super) fn dialect(&self, index: usize) -> &str {
        let dialect = self.texts.get(index).and_then(|text| text.root.get("$schema")?.as_str());
        dialect.unwrap_or("https://json-schema.org/draft/2020-12/schema")
    }

    /// The files of the schema.
    pub fn texts(&self) -> &[SchemaText] {
        &self.texts
    }

    /// The file and the pointer of the keyword that an error comes from.
    pub(super) fn keyword_location(&self, error: &ValidationError) -> Option<(usize, String)> {
        let (index, pointer) = match error.absolute_keyword_location() {
            Some(location) => {
                let (base, fragment) = location.as_str().split_once('#').unwrap_or((location.as_str(), ""));
                let (index, resource) = self.bases.get(base)?;
                (*index, format!("{resource}{}", decoded(fragment)))
            }
            // Some keywords do not say their file. If it can be this one, it is.
            None => (self.start.0, format!("{}{}", self.start.1, error.schema_path().as_str())),
        };
        self.innermost(index, pointer)
    }

    /// The innermost place around one that is there: some errors say a place inside the value of their keyword that is
    /// not.
    pub(super) fn innermost(&self, index: usize, mut pointer: String) -> Option<Place> {
        while self.subschema(index, &pointer).is_none() {
            pointer.truncate(pointer.rfind('/')?);
        }
        Some((index, pointer))
    }

    /// The schema that a pointer leads to in one of the files.
    pub(super) fn subschema(&self, index: usize, pointer: &str) -> Option<&Value> {
        self.texts.get(index)?.root.pointer(pointer)
    }

    /// Where a keyword stands in the text of its file.
    pub(super) fn place(&self, index: usize, pointer: &str) -> Option<SchemaPlace> {
        let SchemaText { file, text, .. } = self.texts.get(index)?;
        let tape = self.tapes.get(index)?.get_or_init(|| {
            let mut tape = Tape::default();
            parse(text, DEEPEST, &mut tape).ok().map(|()| tape)
        });
        let located = locate(TapeNode::root(text, tape.as_ref()?), pointer)?;
        let value = span(located.value);
        let key = located.key.map(span);
        // A keyword on one line is shown whole; of a longer one, its name.
        let whole = key.clone().map_or(value.clone(), |key| key.start..value.end);
        let is_short = !text.get(whole.clone()).unwrap_or_default().contains('\n');
        let span = match key {
            Some(key) if !is_short => key,
            None if !is_short => value.start..value.start + 1,
            _ => whole,
        };
        Some(SchemaPlace { file: file.clone(), index, pointer: pointer.to_owned(), span })
    }

    /// The schema that a local reference leads to.
    pub(super) fn followed<'a>(&'a self, index: usize, schema: &'a Value) -> &'a Value {
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

/// The pointer that a fragment of a URI stands for.
pub(super) fn decoded(fragment: &str) -> String {
    let bytes = fragment.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let escaped = fragment.get(at + 1..at + 3).filter(|_| byte == b'%');
        let escaped = escaped.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        plain.push(escaped.unwrap_or(byte));
        at += if escaped.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&plain).into_owned()
}

/// The pointer around one, and its last segment.
pub(super) fn split_last(pointer: &str) -> Option<(&str, String)> {
    let (around, last) = pointer.rsplit_once('/')?;
    Some((around, unescaped(last).into_owned()))
}
