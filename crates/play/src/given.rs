//! The texts that an answer is about, as the other crates take them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use isomorph_codegen::{Generator, Layout, Schemars};
use isomorph_formats::Format;
use isomorph_schema::{Files, Memory};
use serde::{Deserialize, Serialize};

use crate::ask::{Ask, Written};
use crate::error::Error;
use crate::switches;

/// What a schema without a file is called.
const NAMELESS: &str = "schema";

/// What lies beside the schema that is written: its name, and the files that it may refer to.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Beside {
    /// The file of the schema; without it, it is called `schema`.
    pub name: Option<PathBuf>,
    /// Other files, and what they hold.
    pub files: Vec<(PathBuf, String)>,
    /// The files of documents that schemas refer to by a URI.
    pub map: Vec<(String, PathBuf)>,
    /// The folder that references stay in, if it is not that of the schema.
    pub within: Option<PathBuf>,
}

impl Beside {
    /// What a schema is called that is written in this format, if that is said.
    fn name(&self, said: Option<Format>) -> PathBuf {
        let Some(name) = &self.name else {
            return Path::new(NAMELESS).with_extension(said.map_or("", ending));
        };
        match said {
            Some(format) if Format::of(name) != Some(format) => name.with_extension(ending(format)),
            _ => name.clone(),
        }
    }

    /// The files, with this text in the place of the schema.
    fn files(&self, name: &Path, text: &str) -> Files {
        let others = self.files.iter().map(|(path, text)| (path.clone(), text.clone()));
        let all = others.chain([(name.to_owned(), text.to_owned())]);
        Files {
            schemas: vec![name.to_owned()],
            map: self.map.iter().cloned().collect(),
            within: self.within.clone(),
            store: Arc::new(Memory::new(all)),
            ..Files::default()
        }
    }
}

/// The ending of a file of this format.
fn ending(format: Format) -> &'static str {
    match format {
        Format::Yaml => "yaml",
        Format::Toml => "toml",
        Format::Jsonc => "jsonc",
        Format::Json5 => "json5",
        Format::Json | Format::Ndjson => "json",
    }
}

/// A schema, ready to be read.
pub struct Given {
    /// What it is called in messages and places.
    pub file: String,
    /// What it is written in.
    pub format: Format,
    /// Makes its types, and reads its documents.
    pub generator: Generator,
}

impl Given {
    /// A text as the schema, with the settings of a question.
    ///
    /// # Errors
    ///
    /// If there is no such format or setting.
    pub fn new(text: &Written, ask: &Ask, beside: &Beside) -> Result<Self, Error> {
        let name = beside.name(text.said()?);
        let format = match Format::of(&name) {
            Some(format) => format,
            None => text.format()?,
        };
        let mut generator = Generator::from_files(beside.files(&name, &text.text));
        // As a manifest has it.
        generator.layout(Layout::Split).schemars(Schemars::Feature);
        switches::set(&mut generator, &ask.settings)?;
        Ok(Self { file: name.to_string_lossy().replace('\\', "/"), format, generator })
    }
}
