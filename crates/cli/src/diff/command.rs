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
use crate::schemas::is_named;

/// Compares, prints, and judges what was found.
pub fn run(arguments: &Diff) -> Result<ExitCode, Failure> {
    let mut failed = false;
    for (old, new, manifest) in origins(arguments)? {
        let old = Side::read(&old, manifest.as_ref(), &arguments.references)?;
        let new = Side::read(&new, manifest.as_ref(), &arguments.references)?;
        let found = compare(&old, &new, arguments.assert_formats, Duration::from_secs(arguments.time))?;
        let api = if arguments.no_api { None } else { Some(api(&old, &new)?) };
        let report = Report { found, api };
        stdout().lock().write_all(print(&report, arguments.format)?.as_bytes())?;
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
        FailOn::ApiMajor => report.api.as_ref().is_some_and(|api| api.release == Release::Major),
        FailOn::Any => !report.is_empty(),
    }
}

/// What is to be compared: of each configuration, or of what the arguments name.
fn origins(arguments: &Diff) -> Result<Vec<(Origin, Origin, Option<Manifest>)>, Failure> {
    let is_path = |text: &String| is_named(Path::new(text));
    let (old, new) = match (&arguments.against, &arguments.old) {
        (Some(revision), _) => (revision::branching_point(revision)?, None),
        (None, old) => (old.clone().unwrap_or_default(), arguments.new.clone()),
    };
    if arguments.against.is_none() && is_path(&old) && new.as_ref().is_some_and(is_path) {
        let origin = |path: &String| Origin::new(None, &[PathBuf::from(path)]);
        return Ok(vec![(origin(&old), origin(&new.unwrap_or_default()), None)]);
    }
    for side in [Some(&old), new.as_ref()].into_iter().flatten() {
        if !revision::exists(side) {
            return Err(Failure::NotThere { name: side.clone() });
        }
    }
    let of_manifest = |manifest: Manifest| {
        (manifest.schemas.iter().map(|path| revision::from_here(path)).collect(), Some(manifest))
    };
    let targets: Vec<(Vec<PathBuf>, Option<Manifest>)> = if arguments.schema.is_empty() {
        manifests()?.into_iter().map(of_manifest).collect()
    } else {
        vec![(arguments.schema.clone(), None)]
    };
    let pair = |(paths, manifest): (Vec<PathBuf>, Option<Manifest>)| {
        (Origin::new(Some(&old), &paths), Origin::new(new.as_ref(), &paths), manifest)
    };
    Ok(targets.into_iter().map(pair).collect())
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
    let body = |generated: &isomorph_codegen::Generated| -> String {
        let lines = generated.files.iter().flat_map(|file| file.text.lines());
        lines.filter(|line| !line.starts_with("//")).collect::<Vec<_>>().join("\n")
    };
    let same_text = body(&old_generated) == body(&new_generated);
    let least = if same_text { Release::None } else { Release::Patch };
    let release = changes.iter().map(|change| change.release).max().unwrap_or(least);
    Ok(ApiReport { release, changes })
}
