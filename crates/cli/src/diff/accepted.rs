//! The breaks that a configuration accepts.

use std::collections::BTreeSet;
use std::env;
use std::path::{Path, PathBuf};

use isomorph_evolution::Accepted;
use isomorph_schema::Configuration;
use serde::Deserialize;

use crate::failure::Failure;
use crate::schemas::is_stdin;

/// What of a configuration accepts breaks.
#[derive(Deserialize)]
struct Table {
    #[serde(default)]
    accepted: Vec<One>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct One {
    /// Where it is, as a report names it.
    place: String,
    reason: String,
}

/// The breaks that are accepted by the configurations around what is compared: the nearest one upwards from each schema, and that
/// which names the schemas, if one does. What stands elsewhere is not read.
///
/// # Errors
///
/// If one of them cannot be used.
pub fn accepted<'p>(
    schemas: impl IntoIterator<Item = &'p PathBuf>,
    is_configured: bool,
) -> Result<Vec<Accepted>, Failure> {
    let here = env::current_dir()?;
    let mut folders: BTreeSet<PathBuf> = schemas.into_iter().map(|path| folder_of(&here, path)).collect();
    if is_configured {
        folders.insert(here);
    }
    let mut read = BTreeSet::new();
    let mut all = Vec::new();
    for folder in folders {
        for configuration in Configuration::nearest(&folder)? {
            if read.insert(configuration.path.clone()) {
                all.extend(accepted_by(&configuration)?);
            }
        }
    }
    Ok(all)
}

/// The folder that a schema is in, or was: what is there of its path.
fn folder_of(here: &Path, schema: &Path) -> PathBuf {
    let path = here.join(schema);
    // Of what has no place of its own the folder is this one.
    let folder = if is_stdin(schema) { None } else { path.ancestors().find(|path| path.is_dir()) };
    let folder = folder.unwrap_or(here);
    folder.canonicalize().unwrap_or_else(|_| folder.to_owned())
}

fn accepted_by(configuration: &Configuration) -> Result<Vec<Accepted>, Failure> {
    let table: Table = configuration.part()?;
    let one = |One { place, reason }: One| {
        if place.is_empty() || reason.trim().is_empty() {
            let message = "`accepted` needs a `place`, as `isomorph diff` names it, and a `reason`";
            return Err(configuration.invalid(&["accepted"], message.to_owned(), Vec::new()).into());
        }
        Ok(Accepted::new(place, reason))
    };
    table.accepted.into_iter().map(one).collect()
}
