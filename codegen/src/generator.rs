use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{env, fs};

use isomorph_schema::{
    ConfiguredText, Document, Files, Location, Lock, LockedName, Opening, Set, Source, Store, load,
    validate_all, validates_all, validator_at,
};

use crate::annotate::Annotated;
use crate::error::Error;
use crate::imported::Crates;
use crate::manifest::Manifest;
use crate::model::{Model, Unmatched};
use crate::print::{File, Items};
use crate::report::Report;
use crate::settings::{Layout, Settings};
use crate::write::Difference;
use crate::{annotate, model, pair, patterns, print, printed, report, untyped, write};

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
    pub(crate) files: Files,
    pub(crate) settings: Settings,
    /// The text that the settings stand in, if it is that of a configuration.
    said: Option<ConfiguredText>,
}

/// What was generated.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Generated {
    /// The files, not yet written.
    pub files: Vec<File>,
    /// What was made of each definition.
    pub report: Report,
    /// What is worth a line.
    pub notes: Vec<String>,
    /// What types and variants are called, if names are locked.
    pub names: Vec<LockedName>,
    /// The lock with these names, and where it is, if they are kept in one. It is written with the files.
    pub lock: Option<(PathBuf, Lock)>,
    /// What the settings say of what is not there.
    pub(crate) unmatched: Vec<Unmatched>,
}

impl Generator {
    /// A generator without schemas, and with the default settings.
    pub fn new() -> Self {
        Self::default()
    }

    /// A generator for the schemas and with the settings that a manifest names.
    pub fn from_manifest(manifest: &Manifest) -> Self {
        let files = Files {
            schemas: manifest.schemas.clone(),
            map: manifest.map.clone(),
            within: manifest.within.clone(),
            unknown: manifest.unknown,
            opening: manifest.opening,
            ..Files::default()
        };
        Self { settings: manifest.settings.clone(), files, said: Some(manifest.text.clone()) }
    }

    /// A generator for these files.
    pub fn from_files(files: Files) -> Self {
        Self { files, ..Self::default() }
    }

    /// Adds schemas by name: a file, or one schema in it (`FILE#/POINTER`), a folder, or a glob. The files that they refer
    /// to come along.
    pub fn schema(&mut self, name: impl Into<PathBuf>) -> &mut Self {
        self.files.schemas.push(name.into());
        self
    }

    /// Adds every schema in a folder and below. Files refer to each other by their paths.
    pub fn schema_folder(&mut self, folder: impl Into<PathBuf>) -> &mut Self {
        self.schema(folder)
    }

    /// Adds a file, and the files beside it that it refers to.
    pub fn schema_file(&mut self, file: impl Into<PathBuf>) -> &mut Self {
        self.schema(file)
    }

    /// The folder that references stay in; without it, the folder that is named, or that of the files.
    pub fn within(&mut self, folder: impl Into<PathBuf>) -> &mut Self {
        self.files.within = Some(folder.into());
        self
    }

    /// Where files come from, if not from the disk.
    pub fn store(&mut self, store: Arc<dyn Store>) -> &mut Self {
        self.files.store = store;
        self
    }

    /// Adds a schema that is already in memory.
    pub fn source(&mut self, source: Source) -> &mut Self {
        self.files.sources.push(source);
        self
    }

    /// Maps the URI of a document to a file, for references to it; a URI that ends in `/` stands for all that begin with it,
    /// and their folder. Nothing is ever fetched.
    pub fn map(&mut self, uri: impl Into<String>, file: impl Into<PathBuf>) -> &mut Self {
        self.files.map.insert(uri.into(), file.into());
        self
    }

    /// What is taken for a schema: of documents that hold schemas, and of objects that are none.
    pub fn opening(&mut self, opening: Opening) -> &mut Self {
        self.files.opening = opening;
        self
    }

    /// Generates. `name` is the name of the file, in the single layout.
    ///
    /// # Errors
    ///
    /// If a schema cannot be read or used; see [`Error`].
    pub fn generate(&self, name: &str) -> Result<Generated, Error> {
        stacker::grow(STACK, || {
            let set = self.files.read(self.settings.dialect, self.settings.unresolved)?;
            validate_all(&set.documents)?;
            let printed = printed::note(&set.documents, &self.settings);
            let mut notes: Vec<_> =
                set.notes.iter().map(isomorph_schema::Note::line).chain(printed).collect();
            let lock = self.settings.lock.as_deref().map(|path| self.read_lock(path)).transpose()?;
            let locked = lock.as_ref().map(|(_, lock)| lock.names.clone());
            let settings = Settings { locked, ..self.settings.clone() };
            let mut generated = generate_from(set.documents, &set.selected, &settings, name)
                .map_err(|error| self.in_configuration(error))?;
            if let Some((path, Lock { documents, .. })) = lock {
                let names = generated.names.clone();
                generated.lock = Some((path, Lock { documents, names }));
            }
            if let Some(folder) = &self.settings.aliases {
                generated.alias(folder)?;
            }
            notes.append(&mut generated.notes);
            notes.extend(generated.unmatched.drain(..).map(|one| self.line(&one)));
            Ok(Generated { notes, ..generated })
        })
    }

    /// An error with the place in the configuration that it is about, if it is about one.
    fn in_configuration(&self, error: Error) -> Error {
        let found = self.said.as_ref().zip(error.word()).and_then(|(said, (tables, word))| {
            let place = said.place_of(tables, word)?;
            Some(isomorph_schema::Error::configuration(place, error.to_string(), Vec::new()))
        });
        found.map_or(error, Error::Schema)
    }

    /// What is said of what is not there, with its place in the configuration.
    fn line(&self, unmatched: &Unmatched) -> String {
        let place = self.said.as_ref().and_then(|said| said.place_of(&[unmatched.table], &unmatched.pattern));
        place.map(|place| format!("{place}: ")).unwrap_or_default() + &unmatched.line()
    }

    /// The lock at a path, as it is.
    fn read_lock(&self, path: &Path) -> Result<(PathBuf, Lock), Error> {
        Ok((path.to_owned(), Lock::read(path, self.files.store.as_ref())?.unwrap_or_default()))
    }

    /// Generates into `$OUT_DIR`, in the single layout the file `name`, and tells cargo to come back when a schema changes.
    ///
    /// # Errors
    ///
    /// If a schema cannot be read or used, or the file cannot be written; see [`Error`].
    #[expect(clippy::disallowed_methods, reason = "build scripts are told where to write by the environment")]
    pub fn write_to_out_dir(&self, name: &str) -> Result<(), Error> {
        let set = self.files.read(self.settings.dialect, self.settings.unresolved)?;
        let lock = self.settings.lock.as_ref();
        for path in set.folders.iter().chain(set.files()).chain(lock) {
            println!("cargo::rerun-if-changed={}", path.display());
        }
        let out = env::var_os("OUT_DIR").map(PathBuf::from).ok_or_else(|| Error::Config {
            path: "build.rs".into(),
            message: "`OUT_DIR` is not set; this is for build scripts".into(),
        })?;
        let mut generator = self.clone();
        if generator.settings.layout == Layout::Single {
            generator.layout(Layout::Included);
        }
        let generated = generator.generate(name)?;
        for uri in &generated.report.missing {
            println!("cargo::warning={uri} is not here; map it to a file");
        }
        for file in &generated.files {
            let path = out.join(&file.name);
            fs::write(&path, &file.text).map_err(|source| Error::Write { path, source })?;
        }
        Ok(())
    }

    /// The files and folders that the schemas are read from.
    ///
    /// # Errors
    ///
    /// If a schema cannot be read, or is none.
    pub fn files_read(&self) -> Result<Vec<PathBuf>, Error> {
        let set = self.files.read(self.settings.dialect, self.settings.unresolved)?;
        Ok(set.files().cloned().collect())
    }

    /// The documents, as they are validated against.
    ///
    /// # Errors
    ///
    /// If a schema cannot be read, or is none.
    pub fn documents(&self) -> Result<Vec<Document>, Error> {
        Ok(self.set()?.documents)
    }

    /// The documents, as they are validated against, and which schemas in them were named.
    ///
    /// # Errors
    ///
    /// If a schema cannot be read, or is none.
    pub fn set(&self) -> Result<Set, Error> {
        Ok(self.files.linked(self.settings.dialect, self.settings.unresolved)?)
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
    stacker::grow(STACK, || {
        let mut generated = generate_from(load(sources, settings.dialect)?, &[], settings, name)?;
        generated.notes.extend(generated.unmatched.drain(..).map(|one| one.line()));
        Ok(generated)
    })
}

/// In bytes; only what is used of it is ever real memory.
pub(crate) const STACK: usize = 256 << 20;

fn generate_from(
    mut documents: Vec<Document>,
    selected: &[Location],
    settings: &Settings,
    name: &str,
) -> Result<Generated, Error> {
    if let Some(fault) = settings.fault() {
        return Err(Error::Setting { message: fault.message, said: None });
    }
    let crates = Crates::of(&mut documents, settings)?;
    let mut model = model::build(documents, selected, settings)?;
    let unmatched = patterns::unmatched(&mut model, settings);
    let (items, elsewhere, imports) = crates.take(&model, annotate::annotate(&model, pair::pair(&model)));
    guards_can_be_built(&model, &items)?;
    let all = Items { own: &items, elsewhere: &elsewhere, imports: &imports };
    let files = print::print(&model, &all, settings, name)?;
    let names = if settings.locked.is_some() { model::lock(&model) } else { Vec::new() };
    let report = report::report(&model, &all, settings);
    let notes = untyped::note(&model, settings).into_iter().chain(crates.notes(&model, &items)).collect();
    Ok(Generated { files, report, notes, names, lock: None, unmatched })
}

/// Builds the validators that are needed at run time, so that none fails there.
fn guards_can_be_built(model: &Model, items: &[Annotated]) -> Result<(), Error> {
    let guarded = items.iter().filter(|item| item.is_guarded());
    let locations: Vec<_> = guarded.map(|item| &item.pair.definition.location).collect();
    if validates_all(&model.documents, &locations) {
        return Ok(());
    }
    // One of them fails; alone, it says where.
    for at in locations {
        validator_at(&model.documents, at.document, &at.pointer)?;
    }
    Ok(())
}

impl Generated {
    /// Writes the files that differ from those in `folder`, and removes those left over there.
    ///
    /// # Errors
    ///
    /// If a file cannot be written; none is then half written.
    pub fn write(&self, folder: &Path) -> Result<Vec<Difference>, Error> {
        let mut written = write::write(folder, &self.files)?;
        written.extend(self.write_lock()?);
        Ok(written)
    }

    /// Writes the files that differ from those in `folder`, and leaves everything else there alone.
    ///
    /// # Errors
    ///
    /// If a file cannot be written; none is then half written.
    pub fn write_only(&self, folder: &Path) -> Result<Vec<Difference>, Error> {
        let mut written = write::write_only(folder, &self.files)?;
        written.extend(self.write_lock()?);
        Ok(written)
    }

    fn write_lock(&self) -> Result<Option<Difference>, Error> {
        let difference = self.lock_difference()?;
        difference.iter().try_for_each(write::replace_lock)?;
        Ok(difference)
    }

    fn lock_difference(&self) -> Result<Option<Difference>, Error> {
        match &self.lock {
            Some((path, lock)) => write::difference(path, &lock.to_text()),
            None => Ok(None),
        }
    }

    /// The files in `folder`, and the lock, that are not as they would be written.
    ///
    /// # Errors
    ///
    /// If a file cannot be read.
    pub fn differences(&self, folder: &Path) -> Result<Vec<Difference>, Error> {
        let mut differences = write::differences(folder, &self.files)?;
        differences.extend(self.lock_difference()?);
        Ok(differences)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::generate_from;
    use crate::{Settings, Undeclared};
    use isomorph_schema::Source;
    use isomorph_schema::load;

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

    /// The schemas of the cases of the other tests, and of those that are shared, where they are.
    #[expect(clippy::disallowed_methods, reason = "cases are files")]
    fn of_cases() -> Vec<Value> {
        let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let folders = ["tests/any_schema/cases", "../../shared/cases/laws", "../../shared/cases/overflow"];
        let files = folders.iter().filter_map(|folder| here.join(folder).read_dir().ok()).flatten();
        let texts = files.map(|file| std::fs::read_to_string(file.expect("a file").path()).expect("a text"));
        let values = texts.map(|text| serde_json::from_str::<Value>(&text).expect("JSON"));
        let lists = values.map(|value| if value.is_array() { value } else { json!([value]) });
        let cases = lists.flat_map(|list| list.as_array().cloned().unwrap_or_default());
        // What other files have a part in is left to its own test.
        let alone = cases.filter(|case| case.get("beside").is_none());
        alone.map(|case| case.get("schema").cloned().unwrap_or(case)).collect()
    }

    #[test]
    fn generating_takes_no_more_than_a_mebibyte_of_stack() {
        let work = || {
            let schemas: Vec<_> = recursive().into_iter().chain(of_cases()).collect();
            assert!(schemas.len() > 90, "the cases are not there");
            for schema in schemas {
                for undeclared in [Undeclared::Ignore, Undeclared::Keep] {
                    let text = schema.to_string().into_bytes();
                    let source = Source { file: "recursive.json".into(), uri: None, text };
                    let settings = Settings { undeclared, ..Settings::default() };
                    let generated = load(&[source], settings.dialect)
                        .map_err(crate::Error::from)
                        .and_then(|documents| generate_from(documents, &[], &settings, "recursive.rs"));
                    assert!(generated.is_ok(), "{schema}: {generated:?}");
                }
            }
        };
        // A stack that is too small ends the whole process.
        #[expect(clippy::disallowed_types, reason = "a stack of a known size belongs to a thread")]
        let thread = std::thread::Builder::new().stack_size(1 << 20).spawn(work).expect("a thread");
        thread.join().expect("all schemas are generated");
    }
}
