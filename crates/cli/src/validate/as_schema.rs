//! `isomorph validate --as-schema`: are files schemas that can be used?

use std::io::{Write, stdout};
use std::path::PathBuf;
use std::process::ExitCode;

use isomorph_schema::validator_at;

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
    let mut invalid = 0;
    for name in &arguments.inputs {
        if let Err(failure) = can_be_used(name, arguments) {
            invalid += 1;
            writeln!(stdout().lock(), "{}", failure.told())?;
        }
    }
    if !arguments.quiet {
        say(format_args!("checked {} as schemas: {invalid} cannot be used", arguments.inputs.len()));
    }
    Ok(ExitCode::from(u8::from(invalid > 0)))
}

/// Reads what a name stands for, and builds its validators.
fn can_be_used(name: &PathBuf, arguments: &Validate) -> Result<(), Failure> {
    let references = &arguments.references;
    let files = files(std::slice::from_ref(name), references)?;
    let set = files.linked(references.dialect.unwrap_or_default(), references.unresolved)?;
    tell(&set.notes.iter().map(ToString::to_string).collect::<Vec<_>>());
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
