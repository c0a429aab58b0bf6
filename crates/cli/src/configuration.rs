//! What the configurations around here say.

use std::env;
use std::path::PathBuf;

use isomorph_codegen::Manifest;

use crate::failure::Failure;

/// The configurations to work on.
pub fn manifests() -> Result<Vec<Manifest>, Failure> {
    let folder = env::current_dir()?;
    let manifests = Manifest::nearest(&folder)?;
    if manifests.is_empty() { Err(Failure::NoConfiguration { folder }) } else { Ok(manifests) }
}

/// The files around here that may have a configuration, whether it can be read or not.
pub fn configuration_files() -> Vec<PathBuf> {
    let Ok(folder) = env::current_dir() else { return Vec::new() };
    let files =
        folder.ancestors().flat_map(|folder| ["isomorph.toml", "Cargo.toml"].map(|name| folder.join(name)));
    files.filter(|file| file.is_file()).collect()
}
