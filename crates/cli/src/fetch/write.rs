//! What was fetched, on the disk: each file whole or not at all, and the lock when all of them are there.

use std::fs;
use std::io;
use std::path::Path;

use isomorph_schema::{Lock, Locked};

use super::bring::Brought;
use super::hash::hash_of_document;
use super::plan::Plan;
use crate::failure::Failure;
use crate::say::say;
use crate::whole_file::beside;

/// Writes what is new, removes what nothing refers to any more, and writes the lock.
///
/// # Errors
///
/// If a file cannot be written, is a link, or is there and was not fetched.
pub fn write(plan: &Plan, brought: &Brought) -> Result<(), Failure> {
    for (uri, bytes) in &brought.new {
        let Some(locked) = brought.documents.get(uri) else { continue };
        may_replace(plan, locked)?;
        let path = plan.folder.join(&locked.file);
        replace(&plan.folder, &path, bytes)?;
        say(format_args!("wrote {}", path.display()));
    }
    let is_left = |locked: &&Locked| !brought.documents.values().any(|kept| kept.file == locked.file);
    for locked in plan.lock.documents.values().filter(is_left) {
        remove(plan, locked)?;
    }
    let lock = Lock { documents: brought.documents.clone(), names: plan.lock.names.clone() };
    if lock == plan.lock {
        return Ok(());
    }
    let path = plan.lock_path();
    replace(&plan.folder, &path, lock.to_text().as_bytes())?;
    say(format_args!("wrote {}", path.display()));
    Ok(())
}

/// Refuses to write over a file that nobody fetched, unless it is the same.
fn may_replace(plan: &Plan, locked: &Locked) -> Result<(), Failure> {
    let path = plan.folder.join(&locked.file);
    let is_ours = plan.lock.documents.values().any(|ours| ours.file == locked.file);
    let is_same = || fs::read(&path).is_ok_and(|bytes| hash_of_document(&bytes) == locked.sha256);
    if is_ours || fs::symlink_metadata(&path).is_err() || is_same() {
        return Ok(());
    }
    let reason = "the file there was not fetched; remove it, or name another folder by `--vendor`";
    Err(Failure::Write { path, source: io::Error::other(reason) })
}

/// Removes a document that was fetched, if it is still as it was.
fn remove(plan: &Plan, locked: &Locked) -> Result<(), Failure> {
    let path = plan.folder.join(&locked.file);
    if !fs::read(&path).is_ok_and(|bytes| hash_of_document(&bytes) == locked.sha256) {
        return Ok(());
    }
    stays_inside(&plan.folder, &path)?;
    fs::remove_file(&path).map_err(|source| Failure::Write { path: path.clone(), source })?;
    say(format_args!("removed {}", path.display()));
    Ok(())
}

/// Puts a file in place of what is there.
fn replace(root: &Path, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |source| Failure::Write { path: path.to_owned(), source };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(failed)?;
    stays_inside(root, path)?;
    let temporary = beside(folder, bytes).map_err(failed)?;
    temporary.persist(path).map(drop).map_err(|error| failed(error.error))
}

/// Refuses a path that a link leads out of the lock's folder.
fn stays_inside(root: &Path, path: &Path) -> Result<(), Failure> {
    let failed = |source| Failure::Write { path: path.to_owned(), source };
    let real = |path: &Path| if path.as_os_str().is_empty() { Path::new(".") } else { path }.canonicalize();
    let root = real(root).map_err(failed)?;
    let folder = real(path.parent().unwrap_or(Path::new(""))).map_err(failed)?;
    if path.is_symlink() || !folder.starts_with(root) {
        return Err(failed(io::Error::other("a symbolic link is there; remove it")));
    }
    Ok(())
}
