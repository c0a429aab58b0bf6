//! The earlier versions of schemas: tags of git, or what lies in a folder.

use std::path::{Path, PathBuf};

use isomorph_codegen::Manifest;
use isomorph_schema::is_schema_file;

use super::revision;
use super::side::Origin;
use super::version_order::version_order;
use crate::command_line::Diff;
use crate::configuration::manifests;
use crate::failure::Failure;
use crate::say::say;

/// Schemas with their earlier versions.
pub struct History {
    /// The earlier versions, the latest first.
    pub earlier: Vec<Origin>,
    /// What is held against them.
    pub new: Origin,
    /// What is to be made of the schemas, where a configuration names them.
    pub manifest: Option<Manifest>,
}

/// The schemas that the arguments name or the configurations, each with its earlier versions. Of a folder of versions
/// alone the last is held against the others.
///
/// # Errors
///
/// If there is no earlier version, or git does not answer.
pub fn histories(history: &str, arguments: &Diff) -> Result<Vec<History>, Failure> {
    let none = || Failure::NoVersions { name: history.to_owned(), help: revision::help_of_shallow() };
    let folder = Path::new(history);
    if folder.is_dir() {
        let mut versions = in_folder(folder)?;
        let new = match arguments.schema.as_slice() {
            [] => versions.pop().ok_or_else(none)?,
            schemas => Origin::new(None, schemas),
        };
        versions.reverse();
        if versions.is_empty() {
            return Err(none());
        }
        return Ok(vec![History { earlier: versions, new, manifest: None }]);
    }
    let mut tags = revision::tags(history)?;
    tags.sort_by(|one, other| version_order(other, one));
    if tags.is_empty() {
        return Err(none());
    }
    if revision::is_shallow() {
        let here = tags.join(", ");
        say(format_args!("this is a shallow clone, which need not have every version; here are {here}"));
    }
    let targets: Vec<(Vec<PathBuf>, Option<Manifest>)> = if arguments.schema.is_empty() {
        manifests()?.into_iter().map(|manifest| (manifest.schemas.clone(), Some(manifest))).collect()
    } else {
        vec![(arguments.schema.clone(), None)]
    };
    let of_target = |(paths, manifest): (Vec<PathBuf>, Option<Manifest>)| {
        let paths: Vec<_> = paths.iter().map(|path| revision::from_here(path)).collect();
        let tags = earlier_tags(history, &tags, &paths);
        let earlier = tags.iter().map(|tag| Origin::new(Some(tag), &paths)).collect();
        History { earlier, new: Origin::new(None, &paths), manifest }
    };
    Ok(targets.into_iter().map(of_target).collect())
}

/// The tags without those of what is compared: where a version was just tagged, it is not held against itself but against those before.
fn earlier_tags(pattern: &str, tags: &[String], paths: &[PathBuf]) -> Vec<String> {
    let here = revision::tags_here(pattern, paths);
    let earlier: Vec<String> = tags.iter().filter(|tag| !here.contains(tag)).cloned().collect();
    if earlier.is_empty() {
        return tags.to_vec();
    }
    if earlier.len() < tags.len() {
        say(format_args!(
            "the schemas are those of {}, which earlier versions are held against",
            here.join(", ")
        ));
    }
    earlier
}

/// The versions in a folder, the earliest first: each is a folder of schemas, or a schema.
fn in_folder(folder: &Path) -> Result<Vec<Origin>, Failure> {
    let failed = |source| Failure::Read { path: folder.to_owned(), source };
    let mut versions = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !name.starts_with('.') && (path.is_dir() || is_schema_file(&path)) {
            versions.push((name, Origin::new(None, &[path])));
        }
    }
    versions.sort_by(|(one, _), (other, _)| version_order(one, other));
    Ok(versions.into_iter().map(|(_, version)| version).collect())
}
