//! What regenerating would change.

use std::path::{Path, PathBuf};
use std::time::Duration;

use isomorph_codegen::{Api, File, Generated, Manifest};
use isomorph_evolution::Options;

use super::api::{Release, changes};
use super::print::print;
use super::readers::with_readers;
use super::report::{ApiReport, Report};
use super::revision;
use super::side::{Origin, Side};
use crate::command_line::{DiffFormat, References};
use crate::failure::Failure;

/// How many revisions of the schemas are looked at for the one that the files were generated from.
const REVISIONS: usize = 12;
/// The longest time to spend on proofs and searches.
const TIME: Duration = Duration::from_secs(8);

/// Something that was generated, and from what.
pub struct Regenerated<'a> {
    pub generated: &'a Generated,
    /// Where the files are.
    pub folder: &'a Path,
    /// The schemas, as they are named.
    pub schemas: &'a [PathBuf],
    pub manifest: Option<&'a Manifest>,
    pub references: &'a References,
}

/// What would change, in words.
///
/// # Errors
///
/// If the schemas or the files cannot be read.
pub fn told(regenerated: &Regenerated) -> Result<String, Failure> {
    let now = regenerated.generated;
    let found: Vec<File> = now.files.iter().filter_map(|file| found(regenerated.folder, file)).collect();
    let paths: Vec<PathBuf> = regenerated.schemas.iter().map(|path| revision::from_here(path)).collect();
    let origin = |revision: Option<&String>| Origin::new(revision, &paths);
    let read = |revision: Option<&String>| {
        Side::read(&origin(revision), regenerated.manifest, regenerated.references)
    };
    let was_source = |side: &Side| side.files(now).is_ok_and(|files| files == found);
    let revisions = revision::of_paths(&paths, REVISIONS);
    let mut sides: Vec<Side> = revisions.iter().filter_map(|revision| read(Some(revision)).ok()).collect();
    let source = sides.iter().position(was_source);
    let is_sure = source.is_some();
    // Files that were made with other settings are of no revision; the last one is the best guess.
    let old = (!sides.is_empty()).then(|| sides.swap_remove(source.unwrap_or(0)));
    let new = read(None)?;
    let (found_data, readers) = if let Some(old) = &old {
        with_readers((old, &new), &Options::new(TIME))?
    } else {
        let mut report = isomorph_evolution::Report::new("what is generated".to_owned(), new.label.clone());
        report.know_nothing("the old schemas are in no git revision here");
        (report, None)
    };
    let changes = changes(&Api::of(&found)?, &Api::of(&now.files)?);
    let least = if found == now.files { Release::None } else { Release::Patch };
    let release = changes.iter().map(|change| change.release).max().unwrap_or(least);
    let accepted = Vec::new();
    let report = Report { found: found_data, readers, api: Some(ApiReport { release, changes }), accepted };
    let mut text = print(&report, DiffFormat::Text, &new.lines)?;
    if old.is_none() {
        text += "\nNothing is said of data: the old schemas are in no git revision here.\n";
    } else if !is_sure {
        text += "\nThe files may be of another revision of the schemas: this one does not give them.\n";
    }
    Ok(text)
}

/// A file as it is.
fn found(folder: &Path, file: &File) -> Option<File> {
    let text = std::fs::read_to_string(folder.join(&file.name)).ok()?;
    Some(File { name: file.name.clone(), text })
}
