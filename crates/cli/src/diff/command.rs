use std::io::{Write, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use isomorph_codegen::Manifest;

use super::api::{Release, changes};
use super::data::compare;
use super::print::print;
use super::report::{ApiReport, Report};
use super::revision;
use super::side::{Origin, Side};
use crate::command_line::{Diff, FailOn};
use crate::configuration::manifests;
use crate::failure::Failure;

/// Compares, prints, and judges what was found.
pub fn run(arguments: &Diff) -> Result<ExitCode, Failure> {
    if arguments.no_api && arguments.fail_on.contains(&FailOn::ApiMajor) {
        return Err(Failure::NoApi);
    }
    let mut failed = false;
    for (old, new, manifest) in origins(arguments)? {
        let old = Side::read(&old, manifest.as_ref(), &arguments.references)?;
        let new = Side::read(&new, manifest.as_ref(), &arguments.references)?;
        if old.is_absent && new.is_absent {
            return Err(Failure::NotThere { name: new.label, help: revision::help_of_shallow() });
        }
        let found = compare(&old, &new, arguments.assert_formats, Duration::from_secs(arguments.time))?;
        let api = if arguments.no_api { None } else { Some(api(&old, &new)?) };
        let report = Report { found, api };
        stdout().lock().write_all(print(&report, arguments.format, &new.lines)?.as_bytes())?;
        failed |= arguments.fail_on.iter().any(|what| is_found(*what, &report));
    }
    Ok(ExitCode::from(u8::from(failed)))
}

fn is_found(what: FailOn, report: &Report) -> bool {
    let data = &report.found.data;
    let (old_data, new_data) = (data.old_data.is_breaking(), data.new_data.is_breaking());
    match what {
        FailOn::Breaking => old_data || new_data,
        FailOn::OldData => old_data,
        FailOn::NewData => new_data,
        FailOn::Unproven => data.old_data.is_open() || data.new_data.is_open(),
        FailOn::ApiMajor => report.api.as_ref().is_some_and(|api| api.release == Release::Major),
        FailOn::Any => !report.is_empty(),
    }
}

/// What is to be compared: of each configuration, or of what the arguments name.
fn origins(arguments: &Diff) -> Result<Vec<(Origin, Origin, Option<Manifest>)>, Failure> {
    let (old, new) = match (&arguments.against, &arguments.old) {
        (Some(revision), _) => (Named::Revision(revision::branching_point(revision, "HEAD")?), None),
        (None, old) => sides(&old.clone().unwrap_or_default(), arguments.new.as_deref())?,
    };
    if let Some(old) = old.origin() {
        let here =
            || arguments.schema.clone().map(Origin::here).or_else(|| Some(Origin::here(old.path.clone())));
        let new = match new {
            Some(Named::Revision(revision)) => Some(Origin::of(Some(revision), old.path.clone())),
            Some(named) => named.origin(),
            None => here(),
        };
        return Ok(new.map(|new| (old, new, None)).into_iter().collect());
    }
    if let Some(new) = new.as_ref().and_then(Named::origin) {
        let Named::Revision(revision) = old else { return Ok(Vec::new()) };
        return Ok(vec![(Origin::of(Some(revision), new.path.clone()), new, None)]);
    }
    let revision = |named: &Named| match named {
        Named::Revision(revision) => Some(revision.clone()),
        Named::Place(_) => None,
    };
    let targets: Vec<(PathBuf, Option<Manifest>)> = match &arguments.schema {
        Some(path) => vec![(revision::from_here(path), None)],
        None => manifests()?
            .into_iter()
            .map(|manifest| (revision::from_here(&manifest.schema), Some(manifest)))
            .collect(),
    };
    let pair = |(path, manifest): (PathBuf, Option<Manifest>)| {
        let new = new.as_ref().and_then(revision);
        (Origin::of(revision(&old), path.clone()), Origin::of(new, path), manifest)
    };
    Ok(targets.into_iter().map(pair).collect())
}

/// What a side is named by.
enum Named {
    /// A file or a folder, perhaps in a revision.
    Place(Origin),
    /// A revision, of the schemas that are named otherwise.
    Revision(String),
}

impl Named {
    fn origin(&self) -> Option<Origin> {
        match self {
            Self::Place(origin) => Some(origin.clone()),
            Self::Revision(_) => None,
        }
    }
}

/// Both sides, of which one word may name two.
fn sides(old: &str, new: Option<&str>) -> Result<(Named, Option<Named>), Failure> {
    let is_path = Path::new(old).exists();
    if let Some((one, other)) = old.split_once("...").filter(|_| !is_path && new.is_none()) {
        let or_head = |name: &str| if name.is_empty() { "HEAD".to_owned() } else { name.to_owned() };
        let (one, other) = (or_head(one), or_head(other));
        return Ok((Named::Revision(revision::branching_point(&one, &other)?), Some(named(&other)?)));
    }
    if let Some((one, other)) = old.split_once("..").filter(|_| !is_path && new.is_none()) {
        let or_head = |name: &str| if name.is_empty() { "HEAD".to_owned() } else { name.to_owned() };
        return Ok((named(&or_head(one))?, Some(named(&or_head(other))?)));
    }
    Ok((named(old)?, new.map(named).transpose()?))
}

fn named(text: &str) -> Result<Named, Failure> {
    if Path::new(text).exists() {
        return Ok(Named::Place(Origin::here(PathBuf::from(text))));
    }
    if let Some((revision, path)) = text.split_once(':')
        && !revision.is_empty()
        && revision::exists(revision)?
    {
        let path = revision::in_repository(path)?;
        return Ok(Named::Place(Origin::of(Some(revision.to_owned()), path)));
    }
    if revision::exists(text)? {
        return Ok(Named::Revision(text.to_owned()));
    }
    Err(Failure::NotThere { name: text.to_owned(), help: revision::help_of_shallow() })
}

fn api(old: &Side, new: &Side) -> Result<ApiReport, Failure> {
    // Two files of different names hold versions of one type; in a folder, names are types.
    let names = |side: &Side| -> Vec<String> {
        side.roots().into_iter().map(|index| side.documents[index].file_name().to_owned()).collect()
    };
    let (old_names, new_names) = (names(old), names(new));
    let holds = |side: &Side| side.roots().into_iter().any(|index| side.documents[index].holder.is_some());
    let is_renamed = old.is_file
        && new.is_file
        && !(holds(old) || holds(new))
        && old_names.len() == 1
        && new_names.len() == 1
        && old_names != new_names;
    let root_name = is_renamed.then_some("Root");
    // Of a large schema this is most of the work.
    let (old, new) = std::thread::scope(|scope| {
        let other = scope.spawn(|| old.generate(root_name));
        let new = new.generate(root_name);
        (other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), new)
    });
    let ((old_generated, old_api), (new_generated, new_api)) = (old?, new?);
    let changes = changes(&old_api, &new_api);
    // The first lines name the files and the version of the generator.
    let body = |files: &[isomorph_codegen::File]| -> String {
        let lines = files.iter().flat_map(|file| file.text.lines());
        lines.filter(|line| !line.starts_with("//")).collect::<Vec<_>>().join("\n")
    };
    let same_text = body(&old_generated) == body(&new_generated);
    let least = if same_text { Release::None } else { Release::Patch };
    let release = changes.iter().map(|change| change.release).max().unwrap_or(least);
    Ok(ApiReport { release, changes })
}
