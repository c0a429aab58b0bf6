//! Where the schemas are put.

use std::collections::BTreeMap;

use super::crate_file::CrateFile;
use super::plan::{Plan, SchemaFile};

/// The schemas, and the documents elsewhere that they refer to.
pub fn schema_files(plan: &Plan) -> Vec<CrateFile> {
    let own = plan.schemas.iter().map(|schema| (format!("schema/{}", schema.name), schema));
    let mapped = elsewhere(plan).into_iter().zip(plan.mapped.iter().map(|(_, schema)| schema));
    let mut files: Vec<CrateFile> = Vec::new();
    for (path, schema) in own.chain(mapped) {
        // Several URIs may be of one file.
        if !files.iter().any(|file| file.path == *path) {
            files.push(CrateFile::new(path, schema.text.clone()));
        }
    }
    files
}

/// Where the documents elsewhere are put: into a folder in that of the schemas, which is not read for the crate's own.
/// They keep their names, which types may be called after; where two have one name, each has a folder of its own.
pub fn elsewhere(plan: &Plan) -> Vec<String> {
    let mut texts: BTreeMap<&str, Vec<&[u8]>> = BTreeMap::new();
    let mut places = Vec::new();
    for (_, SchemaFile { name, text, .. }) in &plan.mapped {
        let known = texts.entry(name).or_default();
        let number = known.iter().position(|known| known == text).unwrap_or(known.len());
        if number == known.len() {
            known.push(text);
        }
        let around = if number == 0 { String::new() } else { format!("{}/", number + 1) };
        places.push(format!("schema/elsewhere/{around}{name}"));
    }
    places
}
