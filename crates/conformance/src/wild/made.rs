//! What an entry becomes: a module, and for each schema that has a name its type and instances.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use isomorph_codegen::{
    Bundler, Document, Formats, Generated, Generator, Pointer, Row, Schemars, Unresolved,
};
use isomorph_evolution::{Deadline, Judge, Sampler, broken};
use jsonschema::Validator;
use serde_json::Value;

use super::entries::Entry;
use crate::clock::OfThread;

/// How many instances of each kind a schema gets.
const INSTANCES: usize = 4;
/// How long to look for those of one schema.
const TIME: Duration = Duration::from_secs(3);

/// What an entry became.
pub struct Made {
    /// The text of the module.
    pub text: String,
    /// The types of its schemas.
    pub types: Vec<Type>,
    /// The types that give a whole document back, each with what they are to give: by a pointer for each schema that the
    /// document holds, or the one of all.
    pub given_back: Vec<GivenBack>,
}

/// The type of a schema.
pub struct Type {
    pub name: String,
    /// Where the schema stands.
    pub place: String,
    /// Whether its schema is derived, and not carried.
    pub is_derived: bool,
    /// Instances, and whether the validator accepts each.
    pub instances: Vec<(Value, bool)>,
}

/// A document, and a type of it.
pub struct GivenBack {
    pub name: String,
    /// Whether the document only holds the schema of the type.
    pub is_held: bool,
    /// What it has at the places of its schemas.
    pub sources: Vec<(String, Value)>,
}

/// Makes it.
///
/// # Errors
///
/// If that fails: what was said.
pub fn make(entry: &Entry) -> Result<Made, String> {
    let made = catch_unwind(AssertUnwindSafe(|| make_one(entry)));
    made.unwrap_or_else(|_| Err("panicked".to_owned()))
}

fn make_one(entry: &Entry) -> Result<Made, String> {
    let mut generator = Generator::new();
    if entry.path.is_dir() {
        generator.schema_folder(&entry.path);
    } else {
        generator.schema_file(&entry.path);
    }
    generator.formats(Formats::Annotate).schemars(Schemars::Always);
    let generated = generator.generate("module.rs").map_err(|error| error.to_string())?;
    let documents = generator.documents().map_err(|error| error.to_string())?;
    let bundler = Bundler::new(&documents, Unresolved::Accept).map_err(|error| error.to_string())?;
    let types = named(&generated, &documents).into_iter().map(|(row, document, at)| Type {
        name: row.name.clone(),
        place: row.schema.clone(),
        is_derived: row.carried_because.is_none(),
        instances: instances(&documents, &bundler, document, &at),
    });
    Ok(Made {
        types: types.collect(),
        given_back: given_back(&generated, &documents),
        text: generated.files.iter().map(|file| file.text.as_str()).collect(),
    })
}

/// The rows of schemas that have a name or are a whole document, each with its document and the place there.
fn named<'a>(generated: &'a Generated, documents: &[Document]) -> Vec<(&'a Row, usize, Pointer)> {
    let rows = generated.report.definitions.iter().filter(|row| row.only_for.is_none());
    let found = rows.filter_map(|row| {
        let is_own = |document: &Document| {
            row.schema.strip_prefix(&document.file)?.strip_prefix('#').and_then(Pointer::parse)
        };
        let (document, place) =
            documents.iter().enumerate().find_map(|(index, one)| Some((index, is_own(one)?)))?;
        let at = documents[document].locate(&place);
        let is_definition = at.segments().count() == 2
            && at.segments().next().is_some_and(|first| ["$defs", "definitions"].contains(&first.as_str()));
        (is_definition || at == Pointer::root()).then_some((row, document, at))
    });
    found.collect()
}

fn instances(documents: &[Document], bundler: &Bundler, document: usize, at: &Pointer) -> Vec<(Value, bool)> {
    let (Ok(validator), Ok(judge), Ok(bundle)) = (
        isomorph_codegen::validator_at(documents, document, at),
        Judge::at(documents, document, at),
        bundler.bundle(document, at),
    ) else {
        return Vec::new();
    };
    let bundle = bundle.without_foreign_keywords().schema;
    let mut found = Vec::new();
    let mut add = |instance: Value, validator: &Validator| {
        let is_valid = validator.is_valid(&instance);
        found.push((instance, is_valid));
    };
    let deadline = Deadline::after(&OfThread, TIME);
    let sampler = Sampler::new(&bundle, &judge, 0, Some(deadline));
    (0..INSTANCES as u64).filter_map(|number| sampler.instance(number)).for_each(|one| add(one, &validator));
    for broken in broken(&bundle, &judge, INSTANCES, 0, deadline) {
        add(broken.instance, &validator);
    }
    found
}

/// For each document that was asked for, a type that gives it back.
fn given_back(generated: &Generated, documents: &[Document]) -> Vec<GivenBack> {
    let named = named(generated, documents);
    let own = documents.iter().enumerate().filter(|(_, document)| !document.is_guest);
    let found = own.filter_map(|(index, document)| {
        let of_document: Vec<_> = named.iter().filter(|(_, at, _)| *at == index).collect();
        let is_held = document.holder.is_some();
        let (row, ..) = of_document.iter().find(|(_, _, at)| is_held || *at == Pointer::root())?;
        let source = source(document)?;
        let sources = match &document.holder {
            Some(holder) => {
                let held = holder.held.iter();
                held.filter_map(|held| {
                    Some((held.pointer.as_str().to_owned(), held.pointer.find(&source)?.clone()))
                })
                .collect()
            }
            None => vec![(String::new(), source)],
        };
        Some(GivenBack { name: row.name.clone(), is_held, sources })
    });
    found.collect()
}

/// What a file holds.
fn source(document: &Document) -> Option<Value> {
    serde_json::from_str(document.text.as_json()).ok()
}
