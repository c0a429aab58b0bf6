use std::collections::BTreeSet;
use std::io::{Write, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use isomorph_codegen::Manifest;
use isomorph_evolution::{Accepted, Clock, Options};

use super::accepted::accepted;
use super::api::Release;
use super::history::{History, histories};
use super::print::print;
use super::readers::with_readers;
use super::report::{Decided, Report};
use super::revision;
use super::side::{Origin, Side};
use super::types::Types;
use crate::command_line::{Compatibility, Diff, FailOn};
use crate::configuration::manifests;
use crate::failure::Failure;
use crate::say::say;
use crate::schemas::is_named;
use crate::stopwatch::Stopwatch;

/// How much time is left when nothing more is looked for in what is small, and how much there is to look at all, at most.
const REST: Duration = Duration::from_millis(500);

/// Compares, prints, and judges what was found.
pub fn run(arguments: &Diff) -> Result<ExitCode, Failure> {
    if arguments.no_api && arguments.fail_on.contains(&FailOn::ApiMajor) {
        return Err(Failure::NoApi);
    }
    let (mut failed, mut in_vain, mut needed) = (false, BTreeSet::new(), BTreeSet::new());
    let mut knows_types = true;
    for Pair { old, new, manifest } in pairs(arguments)? {
        let begun = Stopwatch::start();
        let schemas = old.paths.iter().chain(&new.paths);
        let accepted = accepted(schemas, manifest.is_some())?;
        let mut options = options(arguments, accepted.clone());
        let is_same_path = old.is_at(&new);
        let old = Side::read(&old, manifest.as_ref(), &arguments.references)?;
        let new = Side::read(&new, manifest.as_ref(), &arguments.references)?;
        if old.is_absent && new.is_absent {
            return Err(Failure::NotThere { name: new.label, help: revision::help_of_shallow() });
        }
        // What one side lacks is new or gone; what has another name there is misspelt.
        if let Some(absent) = [&old, &new].into_iter().find(|side| side.is_absent && !is_same_path) {
            return Err(Failure::NotInRevision { name: absent.label.clone() });
        }
        // To read what is large takes of the time, but not all of it; and some is left to print what was found.
        let read = begun.now();
        let (taken, least) = (read + rest([&old, &new], read, options.time()), REST.min(options.time() / 4));
        options.spend(options.time().saturating_sub(taken).max(least));
        // What was not known of one pair in time will not be of the next.
        let types = (!arguments.no_api)
            .then(|| if knows_types { Types::start(&old, &new, options.time()) } else { Types::unknown() });
        let (found, readers) = with_readers((&old, &new), &options)?;
        in_vain.extend(found.accepted_in_vain.iter().cloned());
        needed.extend(found.accepted.iter().cloned());
        let api = types.map(Types::compared).transpose()?;
        knows_types &= api.as_ref().is_none_or(|api| api.release != Release::Unknown);
        let decided = accepted.iter().filter(|one| found.accepted.contains(&one.place)).map(Decided::from);
        let report = Report { accepted: decided.collect(), found, readers, api };
        stdout().lock().write_all(print(&report, arguments.format, &new.lines)?.as_bytes())?;
        failed |= arguments.fail_on.iter().any(|what| is_found(*what, &report));
        if let Some(compatibility) = arguments.compatibility {
            let broken = compatibility.broken(&report);
            let said = if broken.is_empty() { "kept".to_owned() } else { broken.join(", ") };
            say(format_args!("compatibility of {} with {}: {said}", new.label, old.label));
            failed |= !broken.is_empty();
        }
    }
    // What no pair needed.
    for place in in_vain.difference(&needed) {
        say(format_args!("accepted in vain: nothing breaks at {place}"));
    }
    Ok(ExitCode::from(u8::from(failed)))
}

/// How much time is left when nothing more is looked for: to go through what is found of something large, to print it, and to give back
/// what it took is about as much work as to read it, and as slow where the machine has other things to do.
fn rest(sides: [&Side; 2], read: Duration, time: Duration) -> Duration {
    /// How long texts are that are large, all together.
    const LARGE: usize = 400_000;
    let size: usize = sides.iter().flat_map(|side| &side.documents).map(|one| one.text.text.len()).sum();
    let of_large = if size > LARGE { (read * 5 / 4).min(time / 4) } else { Duration::ZERO };
    REST.min(time / 12).max(of_large)
}

fn options(arguments: &Diff, accepted: Vec<Accepted>) -> Options {
    let mut options = Options::new(Duration::from_secs(arguments.time));
    options.formats(arguments.assert_formats.clone().unwrap_or_default());
    options.assume_writers_send_only_declared(arguments.assume_writers_send_only_declared);
    options.accept(accepted);
    options
}

/// Two versions to be compared.
struct Pair {
    old: Origin,
    new: Origin,
    manifest: Option<Manifest>,
}

/// What is to be compared: with earlier versions, or what the arguments name.
fn pairs(arguments: &Diff) -> Result<Vec<Pair>, Failure> {
    let Some(history) = &arguments.history else {
        let of_origins = |(old, new, manifest)| Pair { old, new, manifest };
        return Ok(origins(arguments)?.into_iter().map(of_origins).collect());
    };
    let count =
        if arguments.compatibility.is_some_and(Compatibility::is_transitive) { usize::MAX } else { 1 };
    let of_history = |History { earlier, new, manifest }: History| {
        let olds = earlier.into_iter().take(count);
        olds.map(move |old| Pair { old, new: new.clone(), manifest: manifest.clone() })
    };
    Ok(histories(history, arguments)?.into_iter().flat_map(of_history).collect())
}

fn is_found(what: FailOn, report: &Report) -> bool {
    let data = &report.found.data;
    let (old_data, new_data) = (data.old_data.is_breaking(), data.new_data.is_breaking());
    match what {
        FailOn::Breaking => old_data || new_data,
        FailOn::OldData => old_data,
        FailOn::NewData => new_data,
        FailOn::Unproven => data.old_data.is_open() || data.new_data.is_open(),
        FailOn::ApiMajor => report.api.as_ref().is_some_and(|api| api.release.may_be_major()),
        FailOn::Any => !report.is_empty(),
    }
}

/// What is to be compared: of each configuration, or of what the arguments name.
fn origins(arguments: &Diff) -> Result<Vec<(Origin, Origin, Option<Manifest>)>, Failure> {
    let (old, new) = match (&arguments.against, &arguments.old) {
        (Some(revision), _) => (Named::Revision(revision::branching_point(revision, "HEAD")?), None),
        (None, old) => sides(&old.clone().unwrap_or_default(), arguments.new.as_deref())?,
    };
    let (old, new) = match (old, new) {
        (Named::Place(old), Some(Named::Place(new))) => return Ok(vec![(old, new, None)]),
        (Named::Place(old), Some(Named::Revision(new))) => {
            let new = Origin::new(Some(&new), &old.paths);
            return Ok(vec![(old, new, None)]);
        }
        (Named::Place(old), None) => {
            let paths =
                if arguments.schema.is_empty() { old.paths.clone() } else { arguments.schema.clone() };
            return Ok(vec![(old, Origin::new(None, &paths), None)]);
        }
        (Named::Revision(old), Some(Named::Place(new))) => {
            return Ok(vec![(Origin::new(Some(&old), &new.paths), new, None)]);
        }
        (Named::Revision(old), Some(Named::Revision(new))) => (old, Some(new)),
        (Named::Revision(old), None) => (old, None),
    };
    let of_manifest = |manifest: Manifest| {
        (manifest.schemas.iter().map(|path| revision::from_here(path)).collect(), Some(manifest))
    };
    let targets: Vec<(Vec<PathBuf>, Option<Manifest>)> = if arguments.schema.is_empty() {
        manifests()?.into_iter().map(of_manifest).collect()
    } else {
        vec![(arguments.schema.iter().map(|path| revision::from_here(path)).collect(), None)]
    };
    let pair = |(paths, manifest): (Vec<PathBuf>, Option<Manifest>)| {
        (Origin::new(Some(&old), &paths), Origin::new(new.as_ref(), &paths), manifest)
    };
    Ok(targets.into_iter().map(pair).collect())
}

/// What a side is named by.
enum Named {
    /// Schemas, perhaps in a revision.
    Place(Origin),
    /// A revision, of the schemas that are named otherwise.
    Revision(String),
}

/// Both sides, of which one word may name two.
fn sides(old: &str, new: Option<&str>) -> Result<(Named, Option<Named>), Failure> {
    let is_one = is_named(Path::new(old)) || new.is_some();
    let or_head = |name: &str| if name.is_empty() { "HEAD".to_owned() } else { name.to_owned() };
    if let Some((one, other)) = old.split_once("...").filter(|_| !is_one) {
        let (one, other) = (or_head(one), or_head(other));
        return Ok((Named::Revision(revision::branching_point(&one, &other)?), Some(named(&other)?)));
    }
    if let Some((one, other)) = old.split_once("..").filter(|_| !is_one) {
        return Ok((named(&or_head(one))?, Some(named(&or_head(other))?)));
    }
    Ok((named(old)?, new.map(named).transpose()?))
}

fn named(text: &str) -> Result<Named, Failure> {
    if is_named(Path::new(text)) {
        return Ok(Named::Place(Origin::new(None, &[PathBuf::from(text)])));
    }
    if let Some((revision, path)) = text.split_once(':')
        && !revision.is_empty()
        && revision::exists(revision)?
    {
        let path = revision::in_repository(path)?;
        return Ok(Named::Place(Origin::new(Some(&revision.to_owned()), &[path])));
    }
    if revision::exists(text)? {
        return Ok(Named::Revision(text.to_owned()));
    }
    Err(Failure::NotThere { name: text.to_owned(), help: revision::help_of_shallow() })
}
