//! What `validate` says in `isomorph.toml`, or in the table of a manifest.

use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};
use isomorph_formats::Format;
use isomorph_schema::{Configuration, Disk, HeldAgainst, Kind, Store};
use isomorph_validator::Formats;
use isomorph_validator::explain::Schema;

use super::compile::compile;
use super::error::Error;
use super::root;

/// The instances that a manifest names a schema for.
pub struct Configured {
    configuration: Configuration,
    folder: PathBuf,
    /// The folder that the paths of instances start from.
    here: PathBuf,
    globs: Vec<(GlobMatcher, HeldAgainst)>,
}

impl Configured {
    /// Reads the globs of a configuration.
    ///
    /// # Errors
    ///
    /// If one of them is none.
    pub fn new(configuration: Configuration, here: &Path) -> Result<Self, Error> {
        let folder = configuration.path.parent().unwrap_or(Path::new(".")).to_owned();
        let glob = |(glob, held): (&String, &HeldAgainst)| {
            // As on the command line: a `*` ends where a folder does.
            let compiled = GlobBuilder::new(glob)
                .literal_separator(true)
                .build()
                .map_err(|error| Error::BadGlob { glob: glob.clone(), message: error.kind().to_string() })?;
            Ok((compiled.compile_matcher(), held.clone()))
        };
        let globs = configuration.validate.iter().map(glob).collect::<Result<_, Error>>()?;
        Ok(Self { configuration, folder, here: here.to_owned(), globs })
    }

    /// The manifest.
    pub fn manifest(&self) -> &Path {
        &self.configuration.path
    }

    /// The folder that the globs start from.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The name of the schema that is configured for a file.
    pub fn name_of(&self, path: &Path) -> Option<&str> {
        self.held(path).map(|held| held.schema.as_str())
    }

    /// What is configured that a file is written in.
    pub fn format_of(&self, path: &Path) -> Option<Format> {
        self.held(path)?.format
    }

    /// Whether a glob leads into what is hidden.
    pub fn is_hidden(&self) -> bool {
        let is_hidden = |glob: &String| glob.starts_with('.') || glob.contains("/.");
        self.configuration.validate.keys().any(is_hidden)
    }

    fn held(&self, path: &Path) -> Option<&HeldAgainst> {
        let absolute = std::path::absolute(self.here.join(path)).ok()?;
        let inside = absolute.strip_prefix(std::path::absolute(self.here.join(&self.folder)).ok()?).ok()?;
        self.globs.iter().find(|(glob, _)| glob.is_match(inside)).map(|(_, held)| held)
    }

    /// Whether instances may name their schema by `$schema` though that is closed and does not declare it.
    pub fn allows_schema_key(&self) -> bool {
        self.configuration.allow_schema_key
    }

    /// Whether anything is configured.
    pub fn is_empty(&self) -> bool {
        self.globs.is_empty()
    }

    /// The configuration with a file as its only schema, if a name is the path of one, and the place in it that is meant.
    fn of_file<'n>(&self, name: &'n str) -> Option<(Configuration, Option<&'n str>)> {
        let (path, pointer) = name.split_once('#').map_or((name, None), |(path, place)| (path, Some(place)));
        let file = self.configuration.from_here(Path::new(path));
        // What is called as a document or a definition is not written with an ending.
        if Format::of(&file).is_none() || Disk.kind(&file) != Kind::File {
            return None;
        }
        let mut alone = self.configuration.clone();
        alone.schemas = vec![file];
        Some((alone, pointer.filter(|place| !place.is_empty())))
    }

    /// Loads a schema by the name that is configured: the path of its file, what that is called, or a definition.
    ///
    /// # Errors
    ///
    /// If there is none, or it cannot be used.
    pub fn load(&self, name: &str, formats: &Formats) -> Result<Schema, Error> {
        if let Some((configuration, pointer)) = self.of_file(name) {
            let (documents, formats) = (configuration.documents()?, configuration.formats.and(formats));
            let named = configuration.schemas.first();
            let index =
                documents.iter().position(|document| document.path.as_ref() == named).unwrap_or_default();
            return compile(&documents, index, &root::of(&documents[index], pointer)?, formats);
        }
        if self.configuration.schemas.is_empty() {
            let path = self.configuration.path.display();
            let message = format!("{path}: `{name}` is no file, and no `schema` says where others are");
            return Err(Error::NoRoot { message });
        }
        let documents = self.configuration.documents()?;
        let formats = self.configuration.formats.and(formats);
        if let Some(index) = documents.iter().position(|document| document.name() == name) {
            return compile(&documents, index, &root::of(&documents[index], None)?, formats);
        }
        let found = documents
            .iter()
            .enumerate()
            .find_map(|(index, document)| Some((index, root::of(document, Some(name)).ok()?)));
        match found {
            Some((index, pointer)) => compile(&documents, index, &pointer, formats),
            None => Err(Error::NoRoot {
                message: format!(
                    "{}: no schema and no definition in {} is called `{name}`",
                    self.configuration.path.display(),
                    self.configuration.shown(),
                ),
            }),
        }
    }
}
