//! The figures.

use std::path::Path;
use std::time::{Duration, Instant};

use super::entries::{Entry, entries};
use super::made::{Made, make};
use super::program::{self, Said};
use crate::crates::Crate;
use crate::failure::Failure;
use crate::judge::write_workspace;

/// How the entries did.
#[derive(Debug, Default)]
struct Score {
    entries: usize,
    generated: usize,
    compiled: usize,
    types: usize,
    derived: usize,
    /// Schemas that are to come back, and those that do.
    schemas: usize,
    faithful: usize,
    /// Instances, those that are judged as the validator does, and of those that are accepted the ones whose writing is
    /// accepted again.
    instances: usize,
    right: usize,
    accepted: usize,
    closed: usize,
    /// Types without an instance.
    without: usize,
}

/// Generates and judges all entries below `out`, as far as there is time; whether nothing failed.
///
/// # Errors
///
/// If a file cannot be read or written, or cargo cannot be started.
pub fn run(
    corpus: &Path,
    cases: &[String],
    out: &Path,
    deadline: Instant,
    patience: Duration,
) -> Result<bool, Failure> {
    let mut entries = entries(corpus)?;
    entries.retain(|entry| cases.is_empty() || cases.iter().any(|wanted| entry.name.contains(wanted)));
    let workspace = out.join("wild");
    let mut score = Score { entries: entries.len(), ..Score::default() };
    let mut made = Vec::new();
    let mut not_reached = 0;
    for entry in entries {
        if Instant::now() > deadline {
            not_reached += 1;
            continue;
        }
        match make(&entry) {
            Ok(one) => {
                let folder = workspace.join(format!("wild-{}", made.len()));
                let written = program::write(&one, &folder)?;
                made.push((entry, one, written));
            }
            Err(why) => println!("not generated: {}: {why}", entry.name),
        }
    }
    score.generated = made.len();
    let crates: Vec<_> = made.iter().map(|(_, _, one)| copy(one)).collect();
    write_workspace(&crates, &workspace, Path::new("Cargo.lock"))?;
    for (entry, one, written) in &made {
        if Instant::now() > deadline {
            not_reached += 1;
            continue;
        }
        let said = program::run(written, &workspace, patience)?;
        score.add(entry, one, &said);
    }
    score.print();
    if not_reached > 0 {
        println!("{not_reached} entries were not reached in time");
    }
    Ok(score.is_all_right() || not_reached > 0)
}

fn copy(one: &Crate) -> Crate {
    Crate { folder: one.folder.clone(), cases: Vec::new(), stand_ins: std::collections::BTreeMap::new() }
}

impl Score {
    fn add(&mut self, entry: &Entry, made: &Made, said: &Said) {
        if let Some(why) = &said.not_compiled {
            println!("not compiled: {}: {why}", entry.name);
            return;
        }
        self.compiled += 1;
        self.types += made.types.len();
        self.derived += made.types.iter().filter(|one| one.is_derived).count();
        self.without += made.types.iter().filter(|one| one.instances.is_empty()).count();
        let sources = made.given_back.iter().map(|one| one.sources.len()).sum::<usize>();
        self.schemas += sources;
        for back in &said.back {
            self.faithful += usize::from(back.faithful);
            if !back.faithful {
                println!("unfaithful: {}: {} says {}", entry.name, back.place, back.said);
            }
        }
        for verdict in &said.verdicts {
            let one = &made.types[verdict.of];
            let (instance, is_valid) = &one.instances[verdict.instance];
            self.instances += 1;
            self.right += usize::from(verdict.accepted == *is_valid);
            self.accepted += usize::from(verdict.accepted);
            self.closed += usize::from(verdict.accepted && verdict.closed);
            if verdict.accepted != *is_valid {
                let kind = if *is_valid { "false reject" } else { "false accept" };
                let error = verdict.error.as_deref().unwrap_or_default();
                println!("{kind}: {}: {} {error} {:.200}", entry.name, one.place, instance.to_string());
            } else if !verdict.closed {
                println!("not closed: {}: {} {:.200}", entry.name, one.place, instance.to_string());
            }
        }
    }

    fn is_all_right(&self) -> bool {
        self.compiled == self.entries
            && self.faithful == self.schemas
            && self.right == self.instances
            && self.closed == self.accepted
    }

    fn print(&self) {
        println!(
            "wild           {} of {} generated, {} compiled; {} of {} schemas come back, {} of {} types derived; {} of {} instances \
             right, {} of {} accepted again; {} types without an instance",
            self.generated,
            self.entries,
            self.compiled,
            self.faithful,
            self.schemas,
            self.derived,
            self.types,
            self.right,
            self.instances,
            self.closed,
            self.accepted,
            self.without
        );
    }
}
