use std::io::{Write, stdout};
use std::process::ExitCode;

use super::agreement::disagreements;
use super::bring::bring;
use super::client::Client;
use super::plan::{Plan, wanted};
use super::write::write;
use crate::command_line::Fetch;
use crate::failure::Failure;
use crate::say::say;

/// Brings documents, or tells which.
pub fn run(arguments: &Fetch) -> Result<ExitCode, Failure> {
    let plans = Plan::all(arguments)?;
    if arguments.locked {
        return locked(&plans);
    }
    if arguments.dry_run {
        plans.iter().try_for_each(show)?;
        return Ok(ExitCode::SUCCESS);
    }
    let client = Client::new(arguments.allow_local);
    for plan in &plans {
        let brought = bring(plan, arguments.update, &|uri| client.get(uri))?;
        for (uri, message) in &brought.failed {
            say(format_args!("warning: {uri}: cannot fetch: {message}"));
        }
        write(plan, &brought)?;
        let (all, new) = (brought.documents.len(), brought.new.len());
        say(format_args!("{}: {all} documents, {new} of them fetched now", plan.lock_path().display()));
    }
    Ok(ExitCode::SUCCESS)
}

fn locked(plans: &[Plan]) -> Result<ExitCode, Failure> {
    let mut is_agreed = true;
    for plan in plans {
        for line in disagreements(plan)? {
            is_agreed = false;
            writeln!(stdout().lock(), "{line}")?;
        }
    }
    if !is_agreed {
        say(format_args!("error: lock and folder disagree; run `isomorph fetch`"));
    }
    Ok(ExitCode::from(u8::from(!is_agreed)))
}

/// Prints what would be fetched first; what that refers to is not known without it.
fn show(plan: &Plan) -> Result<(), Failure> {
    let kept = plan.kept();
    let set = plan.set(&kept, &plan.overlay(&kept))?;
    let wanted = wanted(&set, plan.files.unknown.is_some());
    for (uri, place) in &wanted {
        writeln!(stdout().lock(), "{uri} (for {place})")?;
    }
    let all = wanted.len();
    say(format_args!("{all} documents would be fetched, and what they refer to"));
    Ok(())
}
