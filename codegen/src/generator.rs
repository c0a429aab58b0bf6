use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::Value;

use crate::annotate::Annotated;
use crate::load::{Document, load};
use crate::manifest::Manifest;
use crate::model::Model;
use crate::print::File;
use crate::report::Report;
use crate::validate::validator_at;
use crate::write::{self, Difference};
use crate::{
    Dialect, Error, Layout, Pointer, Schemars, Settings, Source, annotate, model, pair, print, report,
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
        let mut generator = Self { settings: manifest.settings.clone(), ..Self::default() };
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
        generate(&self.sources()?, &self.settings, name)
    }

    /// Generates one file into `$OUT_DIR`, and tells cargo to come back when a schema changes.
    ///
    /// # Errors
    ///
    /// If a schema cannot be read or used, or the file cannot be written; see [`Error`].
    pub fn write_to_out_dir(&self, name: &str) -> Result<(), Error> {
        for path in self.folders.iter().chain(&self.files) {
            println!("cargo::rerun-if-changed={}", path.display());
        }
        let out = env::var_os("OUT_DIR").map(PathBuf::from).ok_or_else(|| Error::Config {
            path: "build.rs".into(),
            message: "`OUT_DIR` is not set; this is for build scripts".into(),
        })?;
        let generated = self.generate(name)?;
        let files: Vec<_> = generated.files.into_iter().filter(|file| file.name == name).collect();
        for file in &files {
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
        self.sources()?.iter().map(|source| load(source, self.settings.dialect)).collect()
    }

    fn sources(&self) -> Result<Vec<Source>, Error> {
        let mut sources = self.sources.clone();
        for folder in &self.folders {
            sources.extend(folder_sources(folder)?);
        }
        for file in &self.files {
            sources.extend(file_sources(file, self.settings.dialect)?);
        }
        Ok(sources)
    }
}

/// Generates from sources in memory, without input or output.
///
/// # Errors
///
/// If a schema cannot be used; see [`Error`].
pub fn generate(sources: &[Source], settings: &Settings, name: &str) -> Result<Generated, Error> {
    let documents: Result<Vec<_>, _> = sources.iter().map(|source| load(source, settings.dialect)).collect();
    let model = model::build(documents?, settings)?;
    let items = annotate::annotate(&model, pair::pair(&model, settings));
    guards_can_be_built(&model, &items)?;
    let files = print::print(&model, &items, settings, name)?;
    Ok(Generated { files, report: report::report(&model, &items) })
}

/// Builds the validator of every document that is needed at run time, so that none fails there.
fn guards_can_be_built(model: &Model, items: &[Annotated]) -> Result<(), Error> {
    let guarded = items.iter().filter(|item| item.is_guarded());
    let documents: BTreeSet<_> = guarded.map(|item| item.pair.definition.location.document).collect();
    documents
        .into_iter()
        .try_for_each(|document| validator_at(&model.documents, document, &Pointer::root()).map(|_| ()))
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

/// A file, and the files beside it that it mentions, and so on.
fn file_sources(file: &Path, dialect: Dialect) -> Result<Vec<Source>, Error> {
    let folder = file.parent().unwrap_or(Path::new(""));
    let mut sources = vec![read(file)?];
    let mut seen: BTreeSet<_> =
        file.file_name().map(|name| name.to_string_lossy().into_owned()).into_iter().collect();
    let mut next = 0;
    while next < sources.len() {
        let document = load(&sources[next], dialect)?;
        for name in mentioned_files(&document.root) {
            let path = folder.join(&name);
            if path.is_file() && seen.insert(name) {
                sources.push(read(&path)?);
            }
        }
        next += 1;
    }
    Ok(sources)
}

/// The names of files that references lead to: no folders, so that nothing outside is read.
fn mentioned_files(root: &Value) -> BTreeSet<String> {
    let (mut names, mut inner) = (BTreeSet::new(), vec![root]);
    while let Some(value) = inner.pop() {
        match value {
            Value::Object(members) => {
                let reference = members.get("$ref").and_then(Value::as_str).unwrap_or_default();
                let file = reference.split('#').next().unwrap_or_default();
                let file = file.strip_prefix("./").unwrap_or(file);
                if !file.is_empty() && !file.contains(['/', '\\', ':']) && file != ".." {
                    names.insert(file.to_owned());
                }
                inner.extend(members.values());
            }
            Value::Array(elements) => inner.extend(elements),
            _ => {}
        }
    }
    names
}

fn read(path: &Path) -> Result<Source, Error> {
    let text = fs::read(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
    // Messages name files as the user does, who is in the current folder.
    let here = env::current_dir().unwrap_or_default();
    let file = path.strip_prefix(&here).unwrap_or(path).to_string_lossy().replace('\\', "/");
    Ok(Source { file, text })
}
