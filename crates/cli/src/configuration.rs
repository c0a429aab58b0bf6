//! What the configurations around here say.

use std::env;

use isomorph_codegen::Manifest;

use crate::failure::Failure;

/// The configurations to work on.
pub fn manifests() -> Result<Vec<Manifest>, Failure> {
    let folder = env::current_dir()?;
    let manifests = Manifest::nearest(&folder)?;
    if manifests.is_empty() { Err(Failure::NoConfiguration { folder }) } else { Ok(manifests) }
}
