use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs};

use crate::annotate::Annotated;
use crate::load::{Document, load, parse_all, uri_of, validate_all};
use crate::manifest::Manifest;
use crate::model::Model;
use crate::print::File;
use crate::report::Report;
use crate::resolve::missing;
use crate::validate::{validates_all, validator_at};
use crate::write::{self, Difference};
use crate::{
    Defaults, Dialect, Error, Layout, Schemars, Settings, Source, Undeclared, Unresolved, annotate, model,
    pair, print, report,
};

/// Generates Rust types from JSON Schemas.
///
/// # In a build script
///
/// ```no_run
/// fn main() -> Result<(), isomorph_codegen::Error> {
///     isomorph_codegen::Generator::new().schema_folder("schema").write_to_out_dir("models.rs")
/// }
/// ```
///
/// The types are included with `include!(concat!(env!("OUT_DIR"), "/models.rs"));`.
#[derive(Debug, Clone, Default)]
pub struct Generator {
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
    sources: Vec<Source>,
    map: BTreeMap<String, PathBuf>,
    settings: Settings,
}

/// What was generated.
#[derive(Debug, Clone, PartialEq)]
pub struct Generated {
    /// The files, not yet written.
    pub files: Vec<File>,
    /// What was made of each definition.
    pub report: Report,
}

impl Generator {
    /// A generator without schemas, and with the default settings.
    pub fn new() -> Self {
        Self::default()
    }

    /// A generator for the schemas and with the settings that a manifest names.
    pub fn from_manifest(manifest: &Manifest) -> Self {
        let mut generator =
            Self { settings: manifest.settings.clone(), map: manifest.map.clone(), ..Self::default() };
        generator.schema_folder(&manifest.schema);
        generator
    }

    /// Adds every `.json` file of a folder. Files refer to each other by their names.
    pub fn schema_folder(&mut self, folder: impl Into<PathBuf>) -> &mut Self {
        self.folders.push(folder.into());
        self
    }

    /// Adds a file, and the files beside it that it refers to.
    pub fn schema_file(&mut self, file: impl Into<PathBuf>) -> &mut Self {
        self.files.push(file.into());
        self
    }

    /// Adds a schema that is already in memory.
    pub fn source(&mut self, source: Source) -> &mut Self {
        self.sources.push(source);
        self
    }

    /// Maps the URI of a document to a file, for references to it. Nothing is ever fetched.
    pub fn map(&mut self, uri: impl Into<String>, file: impl Into<PathBuf>) -> &mut Self {
        self.map.insert(uri.into(), file.into());
        self
    }

    /// Names the type of a schema, by `FILE#POINTER`.
    pub fn type_name(&mut self, place: impl Into<String>, name: impl Into<String>) -> &mut Self {
        self.settings.names.insert(place.into(), name.into());
        self
    }

    /// Names the type of the only document's root.
    pub fn root_name(&mut self, name: impl Into<String>) -> &mut Self {
        self.settings.root_name = Some(name.into());
        self
    }

    /// Maps a format to the path of a Rust type.
    pub fn format(&mut self, format: impl Into<String>, path: impl Into<String>) -> &mut Self {
        self.settings.formats.insert(format.into(), path.into());
        self
    }

    /// Makes every format an annotation.
    pub fn annotate_formats(&mut self) -> &mut Self {
        self.settings.formats.clear();
        self
    }

    /// The dialect of schemas that do not say it.
    pub fn dialect(&mut self, dialect: Dialect) -> &mut Self {
        self.settings.dialect = dialect;
        self
    }

    /// When the types implement `schemars::JsonSchema`.
    pub fn schemars(&mut self, schemars: Schemars) -> &mut Self {
        self.settings.schemars = schemars;
        self
    }

    /// What becomes of a schema that refers to documents which are not here, or to itself.
    pub fn unresolved(&mut self, unresolved: Unresolved) -> &mut Self {
        self.settings.unresolved = unresolved;
        self
    }

    /// Whether an absent property reads as its default.
    pub fn defaults(&mut self, defaults: Defaults) -> &mut Self {
        self.settings.defaults = defaults;
        self
    }

    /// What becomes of properties that a schema neither declares, types nor forbids.
    pub fn undeclared(&mut self, undeclared: Undeclared) -> &mut Self {
        self.settings.undeclared = undeclared;
        self
    }

    /// Gives structs a function that makes them of what is required, and functions that add the rest.
    pub fn constructors(&mut self) -> &mut Self {
        self.settings.constructors = true;
        self
    }

    /// Whether the text is one file or two.
    pub fn layout(&mut self, layout: Layout) -> &mut Self {
        self.settings.layout = layout;
        self
    }

    /// Generates. `name` is the name of the file, in the single layout.
    ///
    /// # Errors
    ///
    /// If a schema cannot be read or used; see [`Error`].
    pub fn generate(&self, name: &str) -> Result<Generated, Error> {
        let (_, documents) = self.sources()?;
        stacker::grow(STACK, || {
            validate_all(&documents)?;
            generate_from(documents, &self.settings, name)
        })
    }

    /// Generates into `$OUT_DIR`, in the single layout the file `name`, and tells cargo to come back when a schema changes.
    ///
    /// # Errors
    ///
    /// If a schema cannot be read or used, or the file cannot be written; see [`Error`].
    pub fn write_to_out_dir(&self, name: &str) -> Result<(), Error> {
        for folder in &self.folders {
            println!("cargo::rerun-if-changed={}", folder.display());
        }
        for source in self.sources()?.0 {
            println!("cargo::rerun-if-changed={}", source.file);
        }
        let out = env::var_os("OUT_DIR").map(PathBuf::from).ok_or_else(|| Error::Config {
            path: "build.rs".into(),
            message: "`OUT_DIR` is not set; this is for build scripts".into(),
        })?;
        let generated = self.generate(name)?;
        for file in &generated.files {
            let path = out.join(&file.name);
            fs::write(&path, &file.text).map_err(|source| Error::Write { path, source })?;
        }
        Ok(())
    }

    /// The documents, as they are validated against.
    ///
    /// # Errors
    ///
    /// If a schema cannot be read, or is none.
    pub fn documents(&self) -> Result<Vec<Document>, Error> {
        let (_, mut documents) = self.sources()?;
        validate_all(&documents)?;
        match self.settings.unresolved {
            Unresolved::Refuse => {
                documents.extend(model::stand_ins_for_data(&documents)?);
                Ok(documents)
            }
            Unresolved::Reject | Unresolved::Accept => Ok(model::build(documents, &self.settings)?.documents),
        }
    }

    /// All sources, those that they refer to included, and what they hold.
    fn sources(&self) -> Result<(Vec<Source>, Vec<Document>), Error> {
        let mut sources = self.sources.clone();
        for folder in &self.folders {
            sources.extend(folder_sources(folder)?);
        }
        for file in &self.files {
            sources.push(read(file)?);
        }
        let beside = self.files.first().map_or(Path::new(""), PathBuf::as_path);
        let mut asked = BTreeSet::new();
        loop {
            let documents = parse_all(&sources, self.settings.dialect)?;
            let missing: Vec<_> =
                missing(&documents)?.into_iter().filter(|uri| asked.insert(uri.clone())).collect();
            let found = missing.iter().filter_map(|uri| Some((uri, mentioned_file(beside, uri, &self.map)?)));
            let found: Vec<_> = found.collect();
            if found.is_empty() {
                return Ok((sources, documents));
            }
            for (uri, path) in found {
                sources.push(Source { uri: Some(uri.clone()), ..read(&path)? });
            }
        }
    }
}

/// Generates from sources in memory, without input or output.
///
/// # Errors
///
/// If a schema cannot be used; see [`Error`].
pub fn generate(sources: &[Source], settings: &Settings, name: &str) -> Result<Generated, Error> {
    // The stages, and the libraries behind them, walk schemas by recursion. How deep those may be is
    // limited when they are read; the stack is made to suffice for that wherever this is called from.
    // Another thread would have one as well, but also an allocator's arena of its own, which is slower.
    stacker::grow(STACK, || generate_from(load(sources, settings.dialect)?, settings, name))
}

/// In bytes; only what is used of it is ever real memory.
const STACK: usize = 256 << 20;

fn generate_from(documents: Vec<Document>, settings: &Settings, name: &str) -> Result<Generated, Error> {
    let model = model::build(documents, settings)?;
    let items = annotate::annotate(&model, pair::pair(&model, settings));
    guards_can_be_built(&model, &items)?;
    let files = print::print(&model, &items, settings, name)?;
    Ok(Generated { files, report: report::report(&model, &items) })
}

/// Builds the validators that are needed at run time, so that none fails there.
fn guards_can_be_built(model: &Model, items: &[Annotated]) -> Result<(), Error> {
    let guarded = items.iter().filter(|item| item.is_guarded());
    let locations: Vec<_> = guarded.map(|item| &item.pair.definition.location).collect();
    if validates_all(&model.documents, &locations) {
        return Ok(());
    }
    // One of them fails; alone, it says where.
    locations
        .into_iter()
        .try_for_each(|at| validator_at(&model.documents, at.document, &at.pointer).map(|_| ()))
}

impl Generated {
    /// Writes the files that differ from those in `folder`, and removes those left over there.
    ///
    /// # Errors
    ///
    /// If a file cannot be written; none is then half written.
    pub fn write(&self, folder: &Path) -> Result<Vec<Difference>, Error> {
        write::write(folder, &self.files)
    }

    /// Writes the files that differ from those in `folder`, and leaves everything else there alone.
    ///
    /// # Errors
    ///
    /// If a file cannot be written; none is then half written.
    pub fn write_only(&self, folder: &Path) -> Result<Vec<Difference>, Error> {
        write::write_only(folder, &self.files)
    }

    /// The files in `folder` that are not as they would be written.
    ///
    /// # Errors
    ///
    /// If a file cannot be read.
    pub fn differences(&self, folder: &Path) -> Result<Vec<Difference>, Error> {
        write::differences(folder, &self.files)
    }
}

fn folder_sources(folder: &Path) -> Result<Vec<Source>, Error> {
    let failed = |source| Error::Read { path: folder.to_owned(), source };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            paths.push(path);
        }
    }
    if paths.is_empty() {
        return Err(Error::NoSchema { path: folder.to_owned() });
    }
    // The order of a folder is not the same on every machine.
    paths.sort();
    paths.iter().map(|path| read(path)).collect()
}

/// The file of a document that others refer to by this URI, if there is one beside `file` or in `map`.
fn mentioned_file(file: &Path, uri: &str, map: &BTreeMap<String, PathBuf>) -> Option<PathBuf> {
    if let Some(path) = map.get(uri) {
        return Some(path.clone());
    }
    let name = uri.strip_prefix("isomorph:///")?;
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let beside = folder.read_dir().ok()?;
    let mut paths = beside.flatten().map(|entry| entry.path());
    let is_meant = |path: &PathBuf| uri_of(&path.to_string_lossy()) == format!("isomorph:///{name}");
    paths.find(|path| path.is_file() && is_meant(path) && stays_beside(file, path))
}

/// Whether `path` is in the folder of `file` even if it is a symbolic link.
fn stays_beside(file: &Path, path: &Path) -> bool {
    let folder = |path: &Path| path.canonicalize().ok()?.parent().map(Path::to_owned);
    folder(file).is_some() && folder(file) == folder(path)
}

fn read(path: &Path) -> Result<Source, Error> {
    let text = fs::read(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
    // Messages name files as the user does, who is in the current folder.
    let here = env::current_dir().unwrap_or_default();
    let file = path.strip_prefix(&here).unwrap_or(path).to_string_lossy().replace('\\', "/");
    Ok(Source { file, uri: None, text })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::generate_from;
    use crate::load::load;
    use crate::{Settings, Source, Undeclared};

    /// Schemas that lead back to themselves beside what accepts anything, or by two ways at once.
    fn recursive() -> Vec<Value> {
        let tree = |beside: Value| {
            json!({
                "type": "object",
                "properties": {"kids": {"type": "array", "items": {"anyOf": [beside, {"$ref": "#"}]}}},
                "$defs": {"Leaf": {"type": "object", "properties": {"v": {"type": "string"}}}}
            })
        };
        let mutual = |union: &str, more: Value| {
            let node = |own: &str| {
                let mut node = json!({"type": "object", "properties": {
                    "l": {"$ref": "#/$defs/E"}, own: {"type": "string"},
                    "all": {"additionalProperties": {"$ref": "#/$defs/B"}},
                    "some": {"type": "array", "items": {"$ref": "#/$defs/A"}}}});
                node.as_object_mut().expect("an object").extend(more.as_object().expect("one").clone());
                node
            };
            json!({"$ref": "#/$defs/E", "$defs": {
                "E": {union: [{"$ref": "#/$defs/A"}, {"$ref": "#/$defs/B"}, {"type": ["null", "integer"]}]},
                "A": node("a"), "B": node("b")}})
        };
        let mut all = vec![
            json!({"items": {"anyOf": [{}, {"$ref": "#"}]}}),
            json!({"properties": {"a": {"anyOf": [{}, {"$ref": "#"}]}}}),
            json!({"additionalProperties": {"anyOf": [{"type": "object"}, {"$ref": "#"}]}}),
            json!({"prefixItems": [{"anyOf": [{"$ref": "#"}, {"type": "array"}]}], "minItems": 1, "maxItems": 1,
                "type": "array"}),
            json!({"properties": {"v": {"anyOf": [{"type": "object"}, {"$ref": "#/$defs/T"}]}},
                "$defs": {"T": {"properties": {"kids": {"items": {"$ref": "#/$defs/T"}}}}}}),
            tree(json!({"$ref": "#/$defs/Leaf"})),
            tree(json!({})),
            tree(json!({"type": "object"})),
            json!({"$defs": {"X": {"properties": {"a": {"anyOf": [{}, {"$ref": "#/$defs/Y"}]}}},
                "Y": {"$ref": "#/$defs/X"}}}),
        ];
        for union in ["anyOf", "oneOf"] {
            for more in [
                json!({}),
                json!({"minProperties": 1}),
                json!({"not": {"required": ["z"]}}),
                json!({"dependentRequired": {"l": ["a"]}}),
                json!({"if": {"required": ["l"]}, "then": {"properties": {"l": {"$ref": "#/$defs/A"}}}}),
                json!({"unevaluatedProperties": {"$ref": "#/$defs/E"}}),
                json!({"allOf": [{"properties": {"l": {"$ref": "#/$defs/B"}}}]}),
            ] {
                all.push(mutual(union, more));
            }
        }
        all
    }

    #[test]
    fn generating_from_recursive_schemas_takes_no_more_than_a_mebibyte_of_stack() {
        let work = || {
            for schema in recursive() {
                for undeclared in [Undeclared::Ignore, Undeclared::Keep] {
                    let text = schema.to_string().into_bytes();
                    let source = Source { file: "recursive.json".into(), uri: None, text };
                    let settings = Settings { undeclared, ..Settings::default() };
                    let generated = load(&[source], settings.dialect)
                        .and_then(|documents| generate_from(documents, &settings, "recursive.rs"));
                    assert!(generated.is_ok(), "{schema}: {generated:?}");
                }
            }
        };
        // A stack that is too small ends the whole process.
        let thread = std::thread::Builder::new().stack_size(1 << 20).spawn(work).expect("a thread");
        thread.join().expect("all schemas are generated");
    }
}
