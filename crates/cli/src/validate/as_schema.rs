//! `isomorph validate --as-schema`: are files schemas that can be used?

use std::io::stdout;
use std::path::PathBuf;
use std::process::ExitCode;

use isomorph_check::{Refusals, report};
use isomorph_schema::{Note, loose_patterns, validator_at};

use super::once::is_colored;
use crate::command_line::Validate;
use crate::failure::Failure;
use crate::say::say;
use crate::schemas::{files, tell};

/// Checks schemas, each with what it refers to.
///
/// # Errors
///
/// If nothing is named, or the output cannot be written.
pub fn as_schemas(arguments: &Validate) -> Result<ExitCode, Failure> {
    if arguments.inputs.is_empty() {
        return Err(isomorph_check::Error::NoInput.into());
    }
    let mut report = report(arguments.format, is_colored(arguments.color));
    let mut out = stdout().lock();
    let mut refusals = Refusals::new(report.as_mut(), &mut out)?;
    let mut invalid = 0;
    for name in &arguments.inputs {
        let shown = name.to_string_lossy();
        match can_be_used(name, arguments) {
            Ok(()) => refusals.accept(&shown)?,
            Err(Failure::Schema(error)) => {
                invalid += 1;
                refusals.refuse(&shown, &error.into())?;
            }
            Err(failure) => return Err(failure),
        }
    }
    refusals.finish()?;
    if !arguments.quiet {
        say(format_args!("checked {} as schemas: {invalid} cannot be used", arguments.inputs.len()));
    }
    Ok(ExitCode::from(u8::from(invalid > 0)))
}

/// Reads what a name stands for, and builds its validators.
fn can_be_used(name: &PathBuf, arguments: &Validate) -> Result<(), Failure> {
    let references = &arguments.references;
    let files = files(std::slice::from_ref(name), references)?;
    let dialect = references.dialect.unwrap_or_default();
    let set = files.linked(dialect, references.unresolved)?;
    let notes = set.notes.iter().chain(&loose_patterns(&set.documents)).map(Note::line).collect::<Vec<_>>();
    tell(&notes);
    let own = set.documents.iter().enumerate().filter(|(_, document)| !document.is_guest);
    for (index, document) in own {
        let schemas = match &document.holder {
            Some(holder) => holder.held.iter().map(|held| holder.definition(&held.name)).collect(),
            None => vec![isomorph_codegen::Pointer::root()],
        };
        let built = |pointer| validator_at(&set.documents, index, pointer).map(drop);
        schemas.iter().try_for_each(built)?;
    }
    Ok(())
}
