//! `isomorph sample`: instances that satisfy a schema, or break one keyword of it.

use std::io::{Write, stdout};
use std::process::ExitCode;
use std::time::Duration;

use isomorph_codegen::{Bundle, Bundler, Location, Pointer, Unresolved};
use isomorph_evolution::{
    Canonical, Coverage, Covering, Deadline, Extent, Judge, Kind, Sampler, Tally, accepts_nothing, broken,
    covering,
};
use serde_json::Value;

use crate::bounded::Bounded;
use crate::command_line::Sample;
use crate::failure::Failure;
use crate::say::say;
use crate::schemas::{generator, tell};
use crate::stopwatch::Stopwatch;

/// Prints instances.
pub fn run(arguments: &Sample) -> Result<ExitCode, Failure> {
    let name = arguments.schema.clone().or_else(|| arguments.named.clone()).unwrap_or_default();
    let set = generator(std::slice::from_ref(&name), &arguments.references)?.set()?;
    tell(&set.notes.iter().map(isomorph_schema::Note::line).collect::<Vec<_>>());
    let own = set.documents.iter().filter(|document| !document.is_guest).count();
    let chosen = set.first().filter(|_| own == 1 || !set.selected.is_empty());
    let Some(mut at) = chosen else {
        return Err(Failure::WhichSchema { name: name.display().to_string(), count: own });
    };
    let documents = &set.documents;
    if let (true, Some(holder)) = (set.selected.is_empty(), &documents[at.document].holder) {
        let file = documents[at.document].file.clone();
        at.pointer = holder.only().map_err(|message| Failure::NoRoot { file, message })?;
    }
    let Location { document, pointer } = at;
    let formats = arguments.assert_formats.clone().unwrap_or_default();
    let judge = Judge::with(documents, document, &pointer, &formats)?;
    let bundler = Bundler::new(documents, Unresolved::Accept)?;
    let bundle = bundler.bundle(document, &pointer)?.without_foreign_keywords();
    let clock = Stopwatch::start();
    let deadline = Deadline::after(&clock, Duration::from_secs(arguments.time));
    // Some time is left to say why there are none.
    let looking = deadline.within(deadline.left().saturating_sub(REASON).max(deadline.left() * 3 / 4));
    let found = if arguments.invalid {
        print_broken(&bundle.schema, &judge, arguments, looking)?
    } else {
        let sampler = Sampler::new(&bundle.schema, &judge, arguments.seed, Some(looking));
        // Of most schemas one is found at once, and nobody has to look for a proof.
        if sampler.bare(0).is_none() && is_empty(&bundle, deadline) {
            say(format_args!("error: {}: accepts no instance", name.display()));
            return Ok(ExitCode::from(1));
        }
        print_valid(&bundle.schema, &sampler, arguments, looking)?
    };
    if found < arguments.number {
        say(format_args!("error: {}: {}", name.display(), why_so_few(&bundle, found, arguments, deadline)));
    }
    Ok(ExitCode::from(u8::from(found < arguments.number)))
}

/// How long to look for a proof that there are no instances.
const PROOF: Duration = Duration::from_secs(2);
/// How long to look for the reason why there are none.
const REASON: Duration = Duration::from_secs(1);

/// Whether nobody has to look for instances.
fn is_empty(bundle: &Bundle, deadline: Deadline) -> bool {
    let deadline = deadline.within(PROOF.min(deadline.left() / 2));
    accepts_nothing(bundle, &Bounded::new(deadline.left()), deadline)
}

fn why_so_few(bundle: &Bundle, found: usize, arguments: &Sample, deadline: Deadline) -> String {
    // What dynamic references lead to is not all in the bundle.
    let is_known = found == 0 && !bundle.is_approximate;
    match (
        is_known.then(|| Bounded::new(deadline.left()).extent(&bundle.schema)).flatten(),
        arguments.invalid,
    ) {
        (Some(Extent::Everything), true) => "accepts every instance, so that none breaks it".to_owned(),
        (Some(Extent::Nothing), _) => "accepts no instance".to_owned(),
        (_, invalid) => {
            let what = if invalid { "instances that break exactly one keyword" } else { "instances" };
            format!("found only {found} of {} {what}; the schema may have no more", arguments.number)
        }
    }
}

fn print_valid(
    bundle: &Value,
    sampler: &Sampler,
    arguments: &Sample,
    deadline: Deadline,
) -> Result<usize, Failure> {
    let coverage = Coverage::of(bundle);
    let Covering { instances, shown } = covering(&coverage, bundle, sampler, arguments.number, deadline);
    for instance in &instances {
        writeln!(stdout().lock(), "{instance}")?;
    }
    if arguments.coverage {
        let count = arguments.number;
        for (kind, Tally { shown, possible, all, .. }) in coverage.tally(&shown, count) {
            let most = if possible < all {
                format!(", of which {count} instances can show {possible}")
            } else {
                String::new()
            };
            say(format_args!("{shown} of {all} {}{most}", kind.words()));
        }
        for point in coverage.points().into_iter().filter(|point| !shown.contains(point)) {
            let which =
                if point.kind == Kind::Branch { String::new() } else { format!(" ({})", point.which) };
            say(format_args!("not shown: #{}{which}", point.at));
        }
    }
    Ok(instances.len())
}

fn print_broken(
    bundle: &Value,
    judge: &Judge,
    arguments: &Sample,
    deadline: Deadline,
) -> Result<usize, Failure> {
    let found = broken(bundle, judge, arguments.number, arguments.seed, deadline);
    for broken in &found {
        writeln!(stdout().lock(), "{}", broken.instance)?;
        let at = Pointer::parse(&broken.instance_location).unwrap_or_default();
        say(format_args!("{at} breaks #{}", broken.keyword_location));
    }
    Ok(found.len())
}
