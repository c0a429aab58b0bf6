use std::io::Read;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use isomorph_json::DEEPEST;
use isomorph_schema::{Dialect, Disk, Error, Files, Opening, Set, Source, Unresolved, mapped};

use isomorph_formats::Format;
use isomorph_validator::Formats;

use super::baseline::Baseline;

/// Gives standard input, or what is to be read in its place.
pub type Stdin = fn() -> Box<dyn Read + Send>;

/// What is to be checked, and how.
#[derive(Debug, Clone)]
pub struct Options {
    pub(crate) here: PathBuf,
    pub(crate) schemas: Vec<String>,
    pub(crate) sources: Vec<Source>,
    pub(crate) root: Option<String>,
    pub(crate) inputs: Vec<PathBuf>,
    pub(crate) format: Option<Format>,
    pub(crate) stdin: Option<Stdin>,
    pub(crate) stdin_filename: Option<PathBuf>,
    pub(crate) max_errors: usize,
    pub(crate) max_depth: usize,
    pub(crate) threads: usize,
    pub(crate) references: References,
    pub(crate) baseline: Option<Baseline>,
    /// Whether no report shows a value.
    pub(crate) is_redacted: bool,
    pub(crate) allow_schema_key: bool,
}

/// Where references lead.
#[derive(Debug, Clone)]
pub(crate) struct References {
    map: Vec<(String, PathBuf)>,
    within: Option<PathBuf>,
    unresolved: Unresolved,
    dialect: Option<Dialect>,
    opening: Opening,
    /// Which formats assert, whatever the schemas say.
    pub(crate) formats: Formats,
}

impl Options {
    /// The usual ones. `here` is the folder that the process runs in: configurations are looked for from there upwards,
    /// and no `$schema` of an instance leads out of it and out of the folder of the instance.
    pub fn new(here: impl Into<PathBuf>) -> Self {
        Self {
            here: here.into(),
            schemas: Vec::new(),
            sources: Vec::new(),
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
                within: None,
                unresolved: Unresolved::Refuse,
                dialect: None,
                opening: Opening::default(),
                formats: Formats::Annotate,
            },
            baseline: None,
            is_redacted: false,
            allow_schema_key: false,
        }
    }

    /// The schema that all are held against: a file, one schema in it (`FILE#/POINTER`), a folder of which `root` names one, or
    /// a URI that is mapped to a file. Without it that counts which each
    /// names as its `$schema`, or which the configuration says.
    pub fn schema(&mut self, schema: impl Into<String>) -> &mut Self {
        self.schemas.push(schema.into());
        self
    }

    /// A schema that is in memory already, which all are held against.
    pub fn source(&mut self, source: Source) -> &mut Self {
        self.sources.push(source);
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

    /// The folder that references stay in; without it, that of the schema.
    pub fn within(&mut self, folder: impl Into<PathBuf>) -> &mut Self {
        self.references.within = Some(folder.into());
        self
    }

    /// What becomes of references to documents that are not there.
    pub fn unresolved(&mut self, unresolved: Unresolved) -> &mut Self {
        self.references.unresolved = unresolved;
        self
    }

    /// Which formats are assertions; without it they annotate, but where a meta-schema says that they assert.
    pub fn formats(&mut self, formats: Formats) -> &mut Self {
        self.references.formats = formats;
        self
    }

    /// The problems that are known, and not reported.
    pub fn baseline(&mut self, baseline: Baseline) -> &mut Self {
        self.baseline = Some(baseline);
        self
    }

    /// Whether reports keep values to themselves: neither messages nor excerpts show one. Names of properties they show.
    pub fn redact(&mut self, redact: bool) -> &mut Self {
        self.is_redacted = redact;
        self
    }

    /// Whether an instance may name its schema by `$schema` though that is closed and does not declare it.
    pub fn allow_schema_key(&mut self, allow: bool) -> &mut Self {
        self.allow_schema_key = allow;
        self
    }

    /// The dialect of schemas that name none, or one that is not known.
    pub fn dialect(&mut self, dialect: Dialect) -> &mut Self {
        self.references.dialect = Some(dialect);
        self
    }

    /// What is taken for a schema.
    pub fn opening(&mut self, opening: Opening) -> &mut Self {
        self.references.opening = opening;
        self
    }
}

impl References {
    /// The file that a URI is mapped to, by itself or by its beginning.
    pub fn file_of(&self, uri: &str) -> Option<PathBuf> {
        let map = self.map.iter().map(|(uri, file)| (uri, file));
        mapped(uri.trim_end_matches('#'), map, &Disk)
    }

    /// The schemas that are named, or in memory, and what they refer to.
    pub fn set(&self, names: &[PathBuf], sources: &[Source]) -> Result<Set, Error> {
        let files = Files {
            schemas: names.to_vec(),
            sources: sources.to_vec(),
            map: self.map.iter().cloned().collect(),
            within: self.within.clone(),
            unknown: self.dialect,
            opening: self.opening,
            ..Files::default()
        };
        files.linked(self.dialect.unwrap_or_default(), self.unresolved)
    }
}
