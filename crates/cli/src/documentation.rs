//! Completions and manual pages, as the command line says them.

use std::io::{Write, stdout};
use std::process::ExitCode;

use clap::CommandFactory;
use clap_mangen::Man as Page;

use crate::command_line::{self, Completions, Man};
use crate::failure::Failure;

/// Prints the completions of a shell.
pub fn completions(arguments: &Completions) -> Result<ExitCode, Failure> {
    let mut text = Vec::new();
    clap_complete::generate(arguments.shell, &mut command_line::Arguments::command(), "isomorph", &mut text);
    stdout().lock().write_all(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// Prints or writes manual pages.
pub fn man(arguments: &Man) -> Result<ExitCode, Failure> {
    let command = command_line::Arguments::command();
    match &arguments.out {
        Some(folder) => clap_mangen::generate_to(command, folder)?,
        None => Page::new(command).render(&mut stdout().lock())?,
    }
    Ok(ExitCode::SUCCESS)
}
