//! What `[package.metadata.isomorph.validate]` says.

use std::path::{Path, PathBuf};

use globset::{Glob, GlobMatcher};
use isomorph_schema::Configuration;
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
    globs: Vec<(GlobMatcher, String)>,
}

impl Configured {
    /// Reads the globs of a configuration.
    ///
    /// # Errors
    ///
    /// If one of them is none.
    pub fn new(configuration: Configuration, here: &Path) -> Result<Self, Error> {
        let folder = configuration.path.parent().unwrap_or(Path::new(".")).to_owned();
        let glob = |(glob, name): (&String, &String)| {
            let compiled = Glob::new(glob)
                .map_err(|error| Error::BadGlob { glob: glob.clone(), message: error.kind().to_string() })?;
            Ok((compiled.compile_matcher(), name.clone()))
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
        let absolute = std::path::absolute(self.here.join(path)).ok()?;
        let inside = absolute.strip_prefix(std::path::absolute(self.here.join(&self.folder)).ok()?).ok()?;
        self.globs.iter().find(|(glob, _)| glob.is_match(inside)).map(|(_, name)| name.as_str())
    }

    /// Whether anything is configured.
    pub fn is_empty(&self) -> bool {
        self.globs.is_empty()
    }

    /// Loads a schema by the name that is configured: that of its file, or of a definition.
    ///
    /// # Errors
    ///
    /// If there is none, or it cannot be used.
    pub fn load(&self, name: &str, assert_formats: bool) -> Result<Schema, Error> {
        let documents = self.configuration.documents()?;
        let asserts = assert_formats || self.configuration.assert_formats;
        if let Some(index) = documents.iter().position(|document| document.name() == name) {
            return compile(&documents, index, &root::of(&documents[index], None)?, asserts);
        }
        let found = documents
            .iter()
            .enumerate()
            .find_map(|(index, document)| Some((index, root::of(document, Some(name)).ok()?)));
        match found {
            Some((index, pointer)) => compile(&documents, index, &pointer, asserts),
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
