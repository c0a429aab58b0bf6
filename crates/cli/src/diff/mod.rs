//! `isomorph diff`: what changed between two versions of schemas, and whom it breaks.

mod api;
mod canonical;
mod changes;
mod compare;
mod local;
mod print;
mod proof;
mod regenerate;
mod report;
mod revision;
mod search;
mod side;
mod step;
mod upgrade;
mod verdict;
mod words;

use std::collections::BTreeSet;
use std::io::{Write, stdout};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use isomorph_codegen::{Bundle, Bundler, Manifest, Pointer, Unresolved, validator_at};
use serde_json::Value;

use api::Release;
use compare::{Compare, Version};
use report::{ApiReport, Report};
use side::{Origin, Side};

pub use canonical::{Canonical, Extent};
pub use regenerate::{Regenerated, told};

use crate::command_line::{Diff, FailOn};
use crate::failure::Failure;
use crate::generate::manifests;

/// Compares, prints, and judges what was found.
pub fn run(arguments: &Diff) -> Result<ExitCode, Failure> {
    let mut failed = false;
    for (old, new, manifest) in origins(arguments)? {
        let old = Side::read(&old, manifest.as_ref(), &arguments.references)?;
        let new = Side::read(&new, manifest.as_ref(), &arguments.references)?;
        let mut report =
            compare_data(&old, &new, arguments.assert_formats, Duration::from_secs(arguments.time))?;
        if !arguments.no_api {
            report.api = Some(api(&old, &new)?);
        }
        stdout().lock().write_all(print::print(&report, arguments.format)?.as_bytes())?;
        failed |= arguments.fail_on.iter().any(|what| is_found(*what, &report));
    }
    Ok(ExitCode::from(u8::from(failed)))
}

fn is_found(what: FailOn, report: &Report) -> bool {
    let (old_data, new_data) = (report.data.old_data.is_breaking(), report.data.new_data.is_breaking());
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
    let is_path = |text: &String| std::path::Path::new(text).exists();
    let (old, new) = match (&arguments.against, &arguments.old) {
        (Some(revision), _) => (revision::branching_point(revision)?, None),
        (None, old) => (old.clone().unwrap_or_default(), arguments.new.clone()),
    };
    if arguments.against.is_none() && is_path(&old) && new.as_ref().is_some_and(is_path) {
        let origin =
            |path: &String| Origin { label: path.clone(), revision: None, path: PathBuf::from(path) };
        return Ok(vec![(origin(&old), origin(&new.unwrap_or_default()), None)]);
    }
    for side in [Some(&old), new.as_ref()].into_iter().flatten() {
        if !revision::exists(side) {
            return Err(Failure::NotThere { name: side.clone() });
        }
    }
    let targets: Vec<(PathBuf, Option<Manifest>)> = match &arguments.schema {
        Some(path) => vec![(path.clone(), None)],
        None => manifests()?
            .into_iter()
            .map(|manifest| (revision::from_here(&manifest.schema), Some(manifest)))
            .collect(),
    };
    let pair = |(path, manifest): (PathBuf, Option<Manifest>)| {
        let side = |revision: Option<&String>| Origin {
            label: revision
                .map_or_else(|| path.display().to_string(), |one| format!("{one}:{}", path.display())),
            revision: revision.cloned(),
            path: path.clone(),
        };
        (side(Some(&old)), side(new.as_ref()), manifest)
    };
    Ok(targets.into_iter().map(pair).collect())
}

/// A schema of each side.
struct Unit {
    old: Bundle,
    new: Bundle,
    /// The documents' indices.
    at: (usize, usize),
}

fn compare_data(old: &Side, new: &Side, assert_formats: bool, time: Duration) -> Result<Report, Failure> {
    let mut report = Report::new(old.label.clone(), new.label.clone());
    let until = Instant::now() + time;
    let canonical = Canonical::default();
    for unit in units(old, new, &mut report)? {
        // Where dynamic references lead, other parts of the documents decide.
        let is_whole = !unit.old.is_approximate && !unit.new.is_approximate || same_documents(old, new);
        if unit.old.schema == unit.new.schema && is_whole {
            continue;
        }
        let validator = |side: &Side, index: usize, bundle: &Bundle| {
            let asserted = assert_formats.then(|| local::validator(&bundle.schema, true)).flatten();
            asserted.map_or_else(|| validator_at(&side.documents, index, &bundle.root.pointer), Ok)
        };
        let old_validator = validator(old, unit.at.0, &unit.old)?;
        let new_validator = validator(new, unit.at.1, &unit.new)?;
        let old_version = Version { bundle: unit.old, validator: &old_validator };
        let new_version = Version { bundle: unit.new, validator: &new_validator };
        let compare =
            Compare { old: &old_version, new: &new_version, canonical: &canonical, assert_formats, until };
        let comparison = compare.run();
        report.add(&new_version.bundle, &comparison);
    }
    Ok(report)
}

fn same_documents(old: &Side, new: &Side) -> bool {
    old.documents
        .iter()
        .map(|document| &document.root)
        .eq(new.documents.iter().map(|document| &document.root))
}

/// The schemas that stand on both sides; what stands on one only is noted.
fn units(old: &Side, new: &Side, report: &mut Report) -> Result<Vec<Unit>, Failure> {
    let (old_bundler, new_bundler) = (
        Bundler::new(&old.documents, Unresolved::Accept)?,
        Bundler::new(&new.documents, Unresolved::Accept)?,
    );
    let (old_roots, mut new_roots) = (old.roots(), new.roots());
    let single = old_roots.len() == 1 && new_roots.len() == 1;
    let mut units = Vec::new();
    let mut reached = (BTreeSet::new(), BTreeSet::new());
    let mut pairs = Vec::new();
    for old_index in old_roots {
        let same = |index: &usize| {
            single || new.documents[*index].file_name() == old.documents[old_index].file_name()
        };
        match new_roots.iter().position(same) {
            Some(position) => pairs.push((old_index, new_roots.remove(position))),
            None => report.removed.push(old.documents[old_index].file.clone()),
        }
    }
    report.added.extend(new_roots.iter().map(|index| new.documents[*index].file.clone()));
    for &(old_index, new_index) in &pairs {
        let root = Pointer::root();
        let (old, new) = (old_bundler.bundle(old_index, &root)?, new_bundler.bundle(new_index, &root)?);
        reached.0.extend(old.places.values().cloned());
        reached.1.extend(new.places.values().cloned());
        units.push(Unit { old, new, at: (old_index, new_index) });
    }
    // Definitions that no root refers to are for others to refer to.
    for &(old_index, new_index) in &pairs {
        let (old_document, new_document) = (&old.documents[old_index], &new.documents[new_index]);
        let (old_names, new_names) = (definitions(&old_document.root), definitions(&new_document.root));
        for place in &old_names {
            let is_reached = reached.0.contains(&old_document.place(place))
                && reached.1.contains(&new_document.place(place));
            if !new_names.contains(place) {
                report.removed.push(old_document.place(place).to_string());
            } else if !is_reached {
                let (old, new) =
                    (old_bundler.bundle(old_index, place)?, new_bundler.bundle(new_index, place)?);
                units.push(Unit { old, new, at: (old_index, new_index) });
            }
        }
        let added = new_names.iter().filter(|place| !old_names.contains(place));
        report.added.extend(added.map(|place| new_document.place(place).to_string()));
    }
    Ok(units)
}

fn definitions(root: &Value) -> Vec<Pointer> {
    let names = |keyword: &'static str| {
        let definitions = root.get(keyword).and_then(Value::as_object).into_iter().flatten();
        let schemas = definitions.filter(|(_, schema)| schema.is_object() || schema.is_boolean());
        schemas.map(move |(name, _)| Pointer::root().join(keyword).join(name))
    };
    names("$defs").chain(names("definitions")).collect()
}

fn api(old: &Side, new: &Side) -> Result<ApiReport, Failure> {
    // Two files of different names hold versions of one type; in a folder, names are types.
    let names = |side: &Side| -> Vec<String> {
        side.roots().into_iter().map(|index| side.documents[index].file_name().to_owned()).collect()
    };
    let (old_names, new_names) = (names(old), names(new));
    let is_renamed =
        old.is_file && new.is_file && old_names.len() == 1 && new_names.len() == 1 && old_names != new_names;
    let root_name = is_renamed.then_some("Root");
    // Of a large schema this is most of the work.
    let (old, new) = std::thread::scope(|scope| {
        let other = scope.spawn(|| old.generate(root_name));
        let new = new.generate(root_name);
        (other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), new)
    });
    let ((old_generated, old_api), (new_generated, new_api)) = (old?, new?);
    let changes = api::changes(&old_api, &new_api);
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
