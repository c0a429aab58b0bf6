//! Whether lock, folder and schemas agree, without any connection.

use std::path::Path;

use isomorph_schema::{Lock, Locked};

use super::hash::hash_of_document;
use super::overlay::Overlay;
use super::plan::{Plan, wanted};
use crate::failure::Failure;

/// The documents in a folder that are not as they were fetched, in lines.
pub fn edited(folder: &Path, lock: &Lock) -> Vec<String> {
    let wrong = |(uri, locked): (&String, &Locked)| {
        let file = folder.join(&locked.file);
        match std::fs::read(&file) {
            Ok(bytes) if hash_of_document(&bytes) == locked.sha256 => None,
            Ok(_) => Some(format!("{}: is not what was fetched from {uri}", file.display())),
            Err(error) => {
                Some(format!("{}: cannot read what was fetched from {uri}: {error}", file.display()))
            }
        }
    };
    lock.documents.iter().filter_map(wrong).collect()
}

/// What does not agree, in lines.
///
/// # Errors
///
/// If a schema cannot be used.
pub fn disagreements(plan: &Plan) -> Result<Vec<String>, Failure> {
    let mut lines = edited(&plan.folder, &plan.lock);
    if !lines.is_empty() {
        return Ok(lines);
    }
    let set = plan.set(&plan.lock.documents, &Overlay::default())?;
    let wanted = wanted(&set, plan.files.unknown.is_some());
    let is_locked = |uri: &String| plan.lock.documents.contains_key(uri);
    let missing = wanted.iter().filter(|(uri, _)| !is_locked(uri));
    lines.extend(missing.map(|(uri, place)| format!("{place}: refers to {uri}, which was not fetched")));
    let is_read =
        |uri: &String| set.documents.iter().any(|document| document.uris().any(|known| known == *uri));
    let left = plan.lock.documents.keys().filter(|uri| !is_read(uri));
    lines.extend(left.map(|uri| format!("{}: nothing refers to {uri}", plan.lock_path().display())));
    Ok(lines)
}
