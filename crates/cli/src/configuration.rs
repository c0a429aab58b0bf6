//! What the configurations around here say.

use std::env;
use std::path::{Path, PathBuf};

use isomorph_codegen::Manifest;

use crate::failure::Failure;

/// The configurations to work on.
pub fn manifests() -> Result<Vec<Manifest>, Failure> {
    let folder = env::current_dir()?;
    let manifests = Manifest::nearest(&folder)?;
    if manifests.is_empty() { Err(Failure::NoConfiguration { folder }) } else { Ok(manifests) }
}

/// The files around here that may have a configuration, whether it can be read or not; and those in this folder that would
/// have it if they were there.
pub fn configuration_files() -> Vec<PathBuf> {
    let Ok(here) = env::current_dir() else { return Vec::new() };
    let in_folder = |folder: &Path| ["isomorph.toml", "Cargo.toml"].map(|name| folder.join(name));
    let around = here.ancestors().skip(1).flat_map(in_folder).filter(|file| file.is_file());
    in_folder(&here).into_iter().chain(around).collect()
}
