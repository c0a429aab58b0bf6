use std::path::PathBuf;

use clap::Args;
use clap_complete::Shell;

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
