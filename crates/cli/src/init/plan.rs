//! What is to be made of the schemas: the types, and instances for their tests.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use isomorph_codegen::{
    Bundler, Dialect, Document, Generated, Generator, Layout, Opening, Pointer, Schemars, Source, Unresolved,
};
use isomorph_evolution::{Deadline, Judge, Sampler, broken};
use isomorph_schema::Location;
use serde_json::Value;

use crate::failure::Failure;
use crate::stopwatch::Stopwatch;

/// How many instances of each kind a test gets.
const INSTANCES: usize = 8;
/// How long to look for those of one schema.
const TIME: Duration = Duration::from_secs(2);

/// Of how many schemas that one document holds tests are made.
const MOST_HELD: usize = 24;

/// A schema file that is copied into the crate.
#[derive(Debug, Clone)]
pub struct SchemaFile {
    pub name: String,
    /// Where it comes from, with the name that it has in the crate.
    pub known_as: String,
    pub text: Vec<u8>,
}

/// The type of a schema file, and instances for its tests.
#[derive(Debug)]
pub struct Root {
    /// The Rust type.
    pub name: String,
    /// The file.
    pub file: String,
    /// Its types that give the schema at a place of the file back, each with that place.
    pub given_back: Vec<(String, String)>,
    /// Those that do not: references of a schema to itself are cut where they are accepted or rejected.
    pub cut: Vec<String>,
    pub accepted: Vec<Value>,
    pub rejected: Vec<Value>,
    /// Whether the file only holds the schema, among others.
    pub is_held: bool,
}

/// Documents, by their URIs.
type Mapped = Vec<(String, SchemaFile)>;

/// Everything that files are made of.
pub struct Plan {
    pub schemas: Vec<SchemaFile>,
    /// Documents elsewhere that the schemas refer to, by their URIs.
    pub mapped: Mapped,
    pub generated: Generated,
    pub roots: Vec<Root>,
    pub settings: Settings,
}

/// What the configuration says besides where things are.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Files of documents elsewhere.
    pub map: Vec<(String, PathBuf)>,
    pub dialect: Dialect,
    pub unresolved: Unresolved,
    pub opening: Opening,
}

/// Plans, and writes nothing.
///
/// # Errors
///
/// If a schema cannot be read or used.
pub fn plan(paths: &[PathBuf], settings: Settings) -> Result<Plan, Failure> {
    let (schemas, mapped) = schemas(paths, &settings)?;
    let mut generator = Generator::new();
    for schema in &schemas {
        generator.source(Source { file: schema.known_as.clone(), uri: None, text: schema.text.clone() });
    }
    for (uri, file) in &settings.map {
        generator.map(uri, file);
    }
    generator.layout(Layout::Split).schemars(Schemars::Feature);
    generator.dialect(settings.dialect).unresolved(settings.unresolved).opening(settings.opening);
    let generated = generator.generate("model.rs")?;
    let documents = generator.documents()?;
    let bundler = Bundler::new(&documents, Unresolved::Accept)?;
    let own = documents.iter().enumerate().filter(|(_, document)| !document.is_guest);
    let mut roots = Vec::new();
    for (index, document) in own {
        if let Some(holder) = &document.holder {
            for held in holder.held.iter().take(MOST_HELD) {
                let at = Location { document: index, pointer: holder.definition(&held.name) };
                roots.extend(self::held(&generated, &at, &documents, &bundler)?);
            }
            continue;
        }
        let schema = schemas.iter().find(|schema| schema.name == document.file_name());
        // A schema is JSON, or there would be no document.
        let source = schema.and_then(|schema| serde_json::from_slice(&schema.text).ok()).unwrap_or_default();
        roots.extend(root(&generated, (index, document), &source, &documents, &bundler)?);
    }
    Ok(Plan { schemas, mapped, generated, roots, settings })
}

/// The files that were named, and those beside them that they refer to; and those that are mapped.
fn schemas(paths: &[PathBuf], settings: &Settings) -> Result<(Vec<SchemaFile>, Mapped), Failure> {
    let (mut own, mut mapped) = (Vec::new(), Vec::new());
    for path in paths {
        let mut generator = Generator::new();
        if path.is_dir() {
            generator.schema_folder(path)
        } else {
            generator.schema_file(path)
        };
        generator.dialect(settings.dialect).unresolved(settings.unresolved).opening(settings.opening);
        for (uri, file) in &settings.map {
            generator.map(uri, file);
        }
        for document in generator.documents()? {
            let file = Path::new(&document.file);
            // What is accepted though it is not here has no file.
            if !file.is_file() {
                continue;
            }
            let schema = read(file)?;
            if settings.map.iter().any(|(uri, _)| *uri == document.uri) {
                mapped.push((document.uri, schema));
            } else {
                own.push(schema);
            }
        }
    }
    check_names(&own)?;
    // In the order in which they will be read from the crate's folder, each once.
    own.sort_by(|one, other| one.name.cmp(&other.name));
    own.dedup_by(|one, other| one.name == other.name);
    mapped.sort_by(|one, other| one.0.cmp(&other.0));
    mapped.dedup_by(|one, other| one.0 == other.0);
    Ok((own, mapped))
}

fn read(file: &Path) -> Result<SchemaFile, Failure> {
    let text = fs::read(file).map_err(|source| Failure::Read { path: file.to_owned(), source })?;
    let name = json_name(file);
    let known_as = file.with_file_name(&name).to_string_lossy().replace('\\', "/");
    Ok(SchemaFile { name, known_as, text })
}

/// Two files of one name must be the same.
fn check_names(schemas: &[SchemaFile]) -> Result<(), Failure> {
    let mut known: BTreeMap<&str, &SchemaFile> = BTreeMap::new();
    for schema in schemas {
        let before = known.insert(&schema.name, schema);
        if before.is_some_and(|before| before.text != schema.text) {
            return Err(Failure::Init(format!(
                "two different schemas are called {}; rename one",
                schema.name
            )));
        }
    }
    Ok(())
}

/// The name of a file in the folder of schemas, where only `.json` is read.
fn json_name(file: &Path) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if Path::new(&name).extension().is_some_and(|extension| extension == "json") {
        name
    } else {
        name + ".json"
    }
}

fn root(
    generated: &Generated,
    (index, document): (usize, &Document),
    source: &Value,
    documents: &[Document],
    bundler: &Bundler,
) -> Result<Option<Root>, Failure> {
    let place = |text: &str| text.strip_prefix(document.file.as_str())?.strip_prefix('#').map(str::to_owned);
    let rows = generated.report.definitions.iter().filter(|row| row.only_for.is_none());
    let placed: Vec<_> = rows.filter_map(|row| Some((row.name.clone(), place(&row.schema)?))).collect();
    let Some((name, _)) = placed.iter().find(|(_, pointer)| pointer.is_empty()) else { return Ok(None) };
    let named = |pointer: &str| {
        let mut segments = pointer.split('/').skip(1);
        ["$defs", "definitions"].contains(&segments.next().unwrap_or_default()) && segments.count() == 1
    };
    let is_own = |pointer: &str| pointer.is_empty() || named(pointer);
    let (given_back, cut): (Vec<_>, Vec<_>) = placed
        .iter()
        .filter(|(_, pointer)| is_own(pointer))
        .cloned()
        .partition(|(_, pointer)| own(source.pointer(pointer)) == own(document.root.pointer(pointer)));
    let cut = cut.into_iter().map(|(name, _)| name).collect();
    let (accepted, rejected) =
        instances(&Location { document: index, pointer: Pointer::root() }, documents, bundler)?;
    let file = document.file_name().to_owned();
    Ok(Some(Root { name: name.clone(), file, given_back, cut, accepted, rejected, is_held: false }))
}

/// The type of a schema that a document holds among others.
fn held(
    generated: &Generated,
    at: &Location,
    documents: &[Document],
    bundler: &Bundler,
) -> Result<Option<Root>, Failure> {
    let document = &documents[at.document];
    let place = document.place(&at.pointer).to_string();
    let row = generated.report.definitions.iter().find(|row| row.only_for.is_none() && row.schema == place);
    let Some(row) = row else { return Ok(None) };
    let (accepted, rejected) = instances(at, documents, bundler)?;
    let (name, file) = (row.name.clone(), document.file_name().to_owned());
    let (given_back, cut) = (Vec::new(), Vec::new());
    Ok(Some(Root { name, file, given_back, cut, accepted, rejected, is_held: true }))
}

/// Instances that a schema accepts, and instances that it rejects.
fn instances(
    at: &Location,
    documents: &[Document],
    bundler: &Bundler,
) -> Result<(Vec<Value>, Vec<Value>), Failure> {
    let judge = Judge::at(documents, at.document, &at.pointer)?;
    let clock = Stopwatch::start();
    let deadline = Deadline::after(&clock, TIME);
    let bundle = bundler.bundle(at.document, &at.pointer)?.without_foreign_keywords();
    let sampler = Sampler::new(&bundle.schema, &judge, 0, Some(deadline));
    let mut accepted: Vec<Value> = Vec::new();
    for number in 0..2 * INSTANCES as u64 {
        let instance = sampler.instance(number);
        if instance.is_none() && accepted.is_empty() && number > 2 {
            break;
        }
        let is_new = |instance: &Value| accepted.len() < INSTANCES && !accepted.contains(instance);
        accepted.extend(instance.filter(is_new));
    }
    let broken = broken(&bundle.schema, &judge, INSTANCES, 0, deadline);
    let rejected = broken.into_iter().map(|broken| broken.instance).collect();
    Ok((accepted, rejected))
}

/// What a schema says without its definitions, which are held one by one.
fn own(schema: Option<&Value>) -> Option<Value> {
    let mut own = schema.cloned();
    if let Some(Value::Object(keywords)) = &mut own {
        keywords.retain(|keyword, _| !["$defs", "definitions"].contains(&keyword.as_str()));
    }
    own
}
