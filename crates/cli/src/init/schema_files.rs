//! Where the schemas are put.

use std::collections::BTreeMap;

use super::crate_file::CrateFile;

/// The folder of the schemas.
const FOLDER: &str = "schema";

/// The folder of the documents elsewhere.
const ELSEWHERE: &str = "vendor";

/// The folders of what a crate, or a module of it, is made of.
#[derive(Debug, Clone, Default)]
pub struct Folders {
    /// What their names end in: the first has plain names.
    end: String,
}

impl Folders {
    /// Those of a module in a crate that has others.
    pub fn of_module(module: &str) -> Self {
        Self { end: format!("-{module}") }
    }

    /// That of the schemas.
    pub fn schemas(&self) -> String {
        format!("{FOLDER}{}", self.end)
    }

    fn elsewhere(&self) -> String {
        format!("{ELSEWHERE}{}", self.end)
    }
}

/// A schema file that is copied into the crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaFile {
    /// Its path in the folder of the schemas, or its name elsewhere.
    pub name: String,
    pub text: Vec<u8>,
}

/// Documents, by their URIs.
pub type Mapped = Vec<(String, SchemaFile)>;

/// The schemas, and the documents elsewhere that they refer to.
pub fn schema_files(schemas: &[SchemaFile], mapped: &Mapped, folders: &Folders) -> Vec<CrateFile> {
    let folder = folders.schemas();
    let own = schemas.iter().map(|schema| (format!("{folder}/{}", schema.name), schema));
    let elsewhere = elsewhere(mapped, folders).into_iter().zip(mapped.iter().map(|(_, schema)| schema));
    let mut files: Vec<CrateFile> = Vec::new();
    for (path, schema) in own.chain(elsewhere) {
        // Several URIs may be of one file.
        if !files.iter().any(|file| file.path == *path) {
            files.push(CrateFile::new(path, schema.text.clone()));
        }
    }
    files
}

/// Where the documents elsewhere are put: into a folder beside that of the schemas. They keep their names, which types may be
/// called after; where two have one name, each has a folder of its own.
pub fn elsewhere(mapped: &Mapped, folders: &Folders) -> Vec<String> {
    let folder = folders.elsewhere();
    let mut texts: BTreeMap<&str, Vec<&[u8]>> = BTreeMap::new();
    let mut places = Vec::new();
    for (_, SchemaFile { name, text }) in mapped {
        let known = texts.entry(name).or_default();
        let number = known.iter().position(|known| known == text).unwrap_or(known.len());
        if number == known.len() {
            known.push(text);
        }
        let around = if number == 0 { String::new() } else { format!("{}/", number + 1) };
        places.push(format!("{folder}/{around}{name}"));
    }
    places
}
