//! Completions and manual pages, as the command line says them.

use std::io::{Write, stdout};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man as Page;

use crate::command_line;
use crate::failure::Failure;

/// Prints the completions of a shell.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  isomorph completions bash > ~/.local/share/bash-completion/completions/isomorph
  isomorph completions zsh > ~/.zfunc/_isomorph
  isomorph completions fish > ~/.config/fish/completions/isomorph.fish")]
pub struct Completions {
    /// The shell
    pub shell: Shell,
}

/// Prints the manual page, or writes those of all commands.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  isomorph man | man -l -
  isomorph man --out ~/.local/share/man/man1")]
pub struct Man {
    /// The folder to write isomorph.1, isomorph-generate.1 and so on into
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
}

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
