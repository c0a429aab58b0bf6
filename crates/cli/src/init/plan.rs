//! What is to be made of the schemas: the types, and instances for their tests.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use isomorph_codegen::{
    Bundler, Dialect, Document, Files, Generated, Generator, Layout, Location, Memory, Opening, Pointer,
    Schemars, Set, Unresolved,
};
use isomorph_evolution::{Deadline, Judge, Sampler, broken};
use isomorph_schema::{is_schema_file, path_of};
use serde_json::Value;

use super::schema_files::{Folders, Mapped, SchemaFile, elsewhere, schema_files};
use crate::failure::Failure;
use crate::stopwatch::Stopwatch;

/// How many instances of each kind a test gets.
const INSTANCES: usize = 8;
/// How long to look for those of one schema.
const TIME: Duration = Duration::from_secs(2);

/// Of how many schemas that one document holds tests are made.
const MOST_HELD: usize = 24;

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
    pub kind: Kind,
}

/// What a file is to its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Its schema.
    Own,
    /// A document that says only which of its definitions it is, which the type is of.
    OfDefinition,
    /// A document that holds its schema among others.
    Holder,
}

/// Everything that files are made of.
pub struct Plan {
    pub schemas: Vec<SchemaFile>,
    /// Documents elsewhere that the schemas refer to, by their URIs.
    pub mapped: Mapped,
    /// The schemas, as the configuration names them.
    pub named: Vec<String>,
    pub generated: Generated,
    pub roots: Vec<Root>,
    pub settings: Settings,
    pub folders: Folders,
}

/// What the configuration says besides where things are.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The dialect that is said, if one is.
    pub dialect: Option<Dialect>,
    pub unresolved: Unresolved,
    pub opening: Opening,
}

/// Plans, and writes nothing.
///
/// # Errors
///
/// If a schema cannot be read or used.
pub fn plan(files: &Files, settings: Settings, folders: Folders) -> Result<Plan, Failure> {
    let set = files.linked(settings.dialect.unwrap_or_default(), settings.unresolved)?;
    let (schemas, mapped) = schemas(files, &set)?;
    let named = selected(&set, &folders);
    let (generated, roots) = (Generated::default(), Vec::new());
    let mut plan = Plan { schemas, mapped, named, generated, roots, settings, folders };
    // The crate is made of what will be in it.
    let made = schema_files(&plan.schemas, &plan.mapped, &plan.folders)
        .into_iter()
        .map(|file| (file.path, file.text));
    let store = Arc::new(Memory::new(made));
    let map = plan
        .mapped
        .iter()
        .map(|(uri, _)| uri.clone())
        .zip(elsewhere(&plan.mapped, &plan.folders).into_iter().map(PathBuf::from));
    let schemas = plan.named.iter().map(PathBuf::from).collect();
    let unknown = plan.settings.dialect;
    let opening = plan.settings.opening;
    let files = Files { schemas, map: map.collect(), store, unknown, opening, ..Files::default() };
    let mut generator = Generator::from_files(files.clone());
    generator.layout(Layout::Split).schemars(Schemars::Feature).unresolved(plan.settings.unresolved);
    if let Some(dialect) = plan.settings.dialect {
        generator.dialect(dialect);
    }
    plan.generated = generator.generate("model.rs")?;
    let documents = generator.documents()?;
    // As they are written: what refers to itself is cut in the others.
    let sources = files.read(plan.settings.dialect.unwrap_or_default(), plan.settings.unresolved)?.documents;
    let bundler = Bundler::new(&documents, Unresolved::Accept)?;
    let own = documents.iter().enumerate().filter(|(_, document)| !document.is_guest);
    let mut roots = Vec::new();
    for (index, document) in own {
        if let Some(holder) = &document.holder {
            for held in holder.held.iter().take(MOST_HELD) {
                let at = Location { document: index, pointer: holder.definition(&held.name) };
                roots.extend(self::held((&plan.generated, &plan.folders), &at, &documents, &bundler)?);
            }
            continue;
        }
        let source = sources.get(index).map(|source| source.root.clone()).unwrap_or_default();
        roots.extend(root(
            (&plan.generated, &plan.folders),
            (index, document),
            &source,
            &documents,
            &bundler,
        )?);
    }
    plan.roots = roots;
    Ok(plan)
}

/// The schemas of the crate, as its configuration names them: the folder, or those that were named by themselves.
fn selected(set: &Set, folders: &Folders) -> Vec<String> {
    let folder = folders.schemas();
    if set.selected.is_empty() {
        return vec![folder];
    }
    let name = |at: &Location| format!("{folder}/{}{}", name_of(&set.documents[at.document]), at.pointer);
    set.selected.iter().map(name).collect()
}

/// The files that were named, and those that they refer to; and those that are elsewhere, by their URIs.
fn schemas(files: &Files, set: &Set) -> Result<(Vec<SchemaFile>, Mapped), Failure> {
    let (mut own, mut mapped) = (Vec::new(), Vec::new());
    for document in &set.documents {
        let read =
            |path: &PathBuf| fs::read(path).map_err(|source| Failure::Read { path: path.clone(), source });
        let piped = || files.sources.iter().find(|source| source.file == document.file);
        let text = match (document.path.as_ref(), piped()) {
            (Some(path), _) => read(path)?,
            (None, Some(source)) => source.text.clone(),
            // What is accepted though it is not here has no file.
            (None, None) => continue,
        };
        let schema = SchemaFile { name: name_of(document), text };
        if document.uri.starts_with("isomorph:///") {
            own.push(schema);
        } else {
            mapped.extend(document.uris().map(|uri| (uri, schema.clone())));
        }
    }
    // In the order in which they will be read from the crate's folder, each once.
    own.sort_by(|one, other| one.name.cmp(&other.name));
    own.dedup();
    mapped.sort_by(|one, other| one.0.cmp(&other.0));
    mapped.dedup_by(|one, other| one.0 == other.0);
    Ok((own, mapped))
}

/// The path of a document in the folder of the schemas; or the name of one that is elsewhere. One whose name does not say
/// that it is a schema gets a name that does.
fn name_of(document: &Document) -> String {
    let path = path_of(&document.uri).map(|path| path.to_string_lossy().replace('\\', "/"));
    let name = path.unwrap_or_else(|| document.file_name().to_owned());
    if is_schema_file(Path::new(&name)) {
        return name;
    }
    let is_json = document.text.json.is_none();
    format!("{name}{}", if is_json { ".json" } else { ".yaml" })
}

fn root(
    (generated, folders): (&Generated, &Folders),
    (index, document): (usize, &Document),
    source: &Value,
    documents: &[Document],
    bundler: &Bundler,
) -> Result<Option<Root>, Failure> {
    let place = |text: &str| text.strip_prefix(document.file.as_str())?.strip_prefix('#').map(str::to_owned);
    let rows = || generated.report.definitions.iter().filter(|row| row.only_for.is_none());
    let placed: Vec<_> = rows().filter_map(|row| Some((row.name.clone(), place(&row.schema)?))).collect();
    let is_whole = |at: &String| place(at).is_some_and(|pointer| pointer.is_empty());
    let (name, kind) = match placed.iter().find(|(_, pointer)| pointer.is_empty()) {
        Some((name, _)) => (name.clone(), Kind::Own),
        None => match rows().find(|row| row.also_for.iter().any(is_whole)) {
            Some(row) => (row.name.clone(), Kind::OfDefinition),
            None => return Ok(None),
        },
    };
    let named = |pointer: &str| {
        let mut segments = pointer.split('/').skip(1);
        ["$defs", "definitions"].contains(&segments.next().unwrap_or_default()) && segments.count() == 1
    };
    let is_own = |pointer: &str| pointer.is_empty() || named(pointer);
    // What is no JSON is not for a test to read.
    let is_json = document.text.json.is_none();
    let (mut given_back, cut): (Vec<_>, Vec<_>) = placed
        .iter()
        .filter(|(_, pointer)| is_json && is_own(pointer))
        .cloned()
        .partition(|(_, pointer)| own(source.pointer(pointer)) == own(document.root.pointer(pointer)));
    if kind == Kind::OfDefinition && is_json && *source == document.root {
        given_back.push((name.clone(), String::new()));
    }
    let cut = cut.into_iter().map(|(name, _)| name).collect();
    let (accepted, rejected) =
        instances(&Location { document: index, pointer: Pointer::root() }, documents, bundler)?;
    let file = in_folder(document, folders);
    Ok(Some(Root { name, file, given_back, cut, accepted, rejected, kind }))
}

/// The path of a document in the folder of the schemas.
fn in_folder(document: &Document, folders: &Folders) -> String {
    let inside = document.file.strip_prefix(&folders.schemas()).and_then(|inside| inside.strip_prefix('/'));
    inside.unwrap_or(&document.file).to_owned()
}

/// The type of a schema that a document holds among others.
fn held(
    (generated, folders): (&Generated, &Folders),
    at: &Location,
    documents: &[Document],
    bundler: &Bundler,
) -> Result<Option<Root>, Failure> {
    let document = &documents[at.document];
    let place = document.place(&at.pointer).to_string();
    let row = generated.report.definitions.iter().find(|row| row.only_for.is_none() && row.schema == place);
    let Some(row) = row else { return Ok(None) };
    let (accepted, rejected) = instances(at, documents, bundler)?;
    let (name, file) = (row.name.clone(), in_folder(document, folders));
    // What is no JSON is not for a test to read.
    let is_json = document.text.json.is_none();
    let given_back = is_json.then(|| (name.clone(), at.pointer.to_string())).into_iter().collect();
    Ok(Some(Root { name, file, given_back, cut: Vec::new(), accepted, rejected, kind: Kind::Holder }))
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
