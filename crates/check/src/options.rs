use std::io::Read;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use isomorph_json::DEEPEST;
use isomorph_schema::{Dialect, Document, Error, Files, Opening, Unresolved};

use super::read::Format;

/// Gives standard input, or what is to be read in its place.
pub type Stdin = fn() -> Box<dyn Read + Send>;

/// What is to be checked, and how.
#[derive(Debug, Clone)]
pub struct Options {
    pub(crate) here: PathBuf,
    pub(crate) schema: Option<String>,
    pub(crate) root: Option<String>,
    pub(crate) inputs: Vec<PathBuf>,
    pub(crate) format: Option<Format>,
    pub(crate) stdin: Option<Stdin>,
    pub(crate) stdin_filename: Option<PathBuf>,
    pub(crate) max_errors: usize,
    pub(crate) max_depth: usize,
    pub(crate) threads: usize,
    pub(crate) references: References,
}

/// Where references lead.
#[derive(Debug, Clone)]
pub(crate) struct References {
    map: Vec<(String, PathBuf)>,
    unresolved: Unresolved,
    dialect: Dialect,
    opening: Opening,
}

impl Options {
    /// The usual ones. `here` is the folder that the process runs in: configurations are looked for from there upwards,
    /// and no `$schema` of an instance leads out of it and out of the folder of the instance.
    pub fn new(here: impl Into<PathBuf>) -> Self {
        Self {
            here: here.into(),
            schema: None,
            root: None,
            inputs: Vec::new(),
            format: None,
            stdin: None,
            stdin_filename: None,
            max_errors: 1000,
            max_depth: DEEPEST,
            threads: 1,
            references: References {
                map: Vec::new(),
                unresolved: Unresolved::Refuse,
                dialect: Dialect::default(),
                opening: Opening::default(),
            },
        }
    }

    /// The schema that all are held against: a file, or a URI that is mapped to one. Without it that counts which each
    /// names as its `$schema`, or which the configuration says.
    pub fn schema(&mut self, schema: impl Into<String>) -> &mut Self {
        self.schema = Some(schema.into());
        self
    }

    /// The definition of that schema to check against, by its name or pointer.
    pub fn root(&mut self, root: impl Into<String>) -> &mut Self {
        self.root = Some(root.into());
        self
    }

    /// A file, a folder or a glob to check, or `-` for standard input. Without any, what is configured.
    pub fn input(&mut self, input: impl Into<PathBuf>) -> &mut Self {
        self.inputs.push(input.into());
        self
    }

    /// What all of them are written in, whatever their names say.
    pub fn format(&mut self, format: Format) -> &mut Self {
        self.format = Some(format);
        self
    }

    /// Where standard input comes from.
    pub fn stdin(&mut self, stdin: Stdin) -> &mut Self {
        self.stdin = Some(stdin);
        self
    }

    /// The file that standard input stands for.
    pub fn stdin_filename(&mut self, file: impl Into<PathBuf>) -> &mut Self {
        self.stdin_filename = Some(file.into());
        self
    }

    /// How many problems of a file are reported; 1000 if nothing is said. The others are counted.
    pub fn max_errors(&mut self, count: usize) -> &mut Self {
        self.max_errors = count;
        self
    }

    /// How deep instances may be nested.
    pub fn max_depth(&mut self, levels: usize) -> &mut Self {
        self.max_depth = levels;
        self
    }

    /// How many threads to use at most; one if nothing is said.
    pub fn threads(&mut self, count: NonZeroUsize) -> &mut Self {
        self.threads = count.get();
        self
    }

    /// The file to read where a schema refers to a URI.
    pub fn map(&mut self, uri: impl Into<String>, file: impl Into<PathBuf>) -> &mut Self {
        self.references.map.push((uri.into(), file.into()));
        self
    }

    /// What becomes of references to documents that are not there.
    pub fn unresolved(&mut self, unresolved: Unresolved) -> &mut Self {
        self.references.unresolved = unresolved;
        self
    }

    /// The dialect of schemas that name none.
    pub fn dialect(&mut self, dialect: Dialect) -> &mut Self {
        self.references.dialect = dialect;
        self
    }

    /// What is taken for a schema.
    pub fn opening(&mut self, opening: Opening) -> &mut Self {
        self.references.opening = opening;
        self
    }
}

impl References {
    /// The file that a URI is mapped to.
    pub fn file_of(&self, uri: &str) -> Option<PathBuf> {
        let uri = uri.trim_end_matches('#');
        self.map.iter().find(|(mapped, _)| mapped == uri).map(|(_, file)| file.clone())
    }

    /// The schema in a file, and what it refers to.
    pub fn documents(&self, file: &Path) -> Result<Vec<Document>, Error> {
        let map = self.map.iter().cloned().collect();
        let files = Files { files: vec![file.to_owned()], map, opening: self.opening, ..Files::default() };
        files.linked(self.dialect, self.unresolved)
    }
}
