//! The schemas that arguments name: one way for all commands.

use std::io::{Read, stdin};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use isomorph_codegen::{Files, Generator, Source};
use isomorph_schema::{Disk, Selection, named_start};

use crate::command_line::References;
use crate::failure::Failure;
use crate::say::say;

/// What standard input is called among schemas.
const STDIN: &str = "stdin";

/// The schemas of these names, with what they refer to; `-` is standard input.
///
/// # Errors
///
/// If standard input cannot be read.
pub fn files(names: &[PathBuf], references: &References) -> Result<Files, Failure> {
    let (piped, others): (Vec<_>, Vec<_>) = names.iter().cloned().partition(|name| is_stdin(name));
    let mut files = Files {
        schemas: others,
        map: references.map.iter().cloned().collect(),
        within: references.within.clone(),
        unknown: references.dialect,
        opening: references.opening(),
        ..Files::default()
    };
    if !piped.is_empty() {
        files.sources.push(Source { file: STDIN.to_owned(), uri: None, text: piped_in()?.to_vec() });
    }
    Ok(files)
}

/// A generator for the schemas of these names.
///
/// # Errors
///
/// If standard input cannot be read.
pub fn generator(names: &[PathBuf], references: &References) -> Result<Generator, Failure> {
    let mut generator = Generator::from_files(files(names, references)?);
    generator.unresolved(references.unresolved);
    if let Some(dialect) = references.dialect {
        generator.dialect(dialect);
    }
    Ok(generator)
}

/// Whether a name stands for schemas that are there, or for a glob that matches some.
pub fn is_named(name: &Path) -> bool {
    is_stdin(name)
        || name.exists()
        || match Selection::of(name, &Disk) {
            Ok(Selection::File(file, _)) => file.exists(),
            found => found.is_ok(),
        }
}

/// The folder that a name of schemas is, or is in: what a file refers to lies beside it.
pub fn folder_of(name: &Path) -> PathBuf {
    if name.is_dir() {
        return name.to_owned();
    }
    let plain = named_start(name);
    let folder = if plain == name { plain.parent().unwrap_or(Path::new("")).to_owned() } else { plain };
    if folder.as_os_str().is_empty() { ".".into() } else { folder }
}

/// Whether a name stands for standard input.
pub fn is_stdin(name: &Path) -> bool {
    name == Path::new("-")
}

/// Says what is worth a line about schemas.
pub fn tell(notes: &[String]) {
    for note in notes {
        say(format_args!("{note}"));
    }
}

/// What comes by standard input; it comes only once.
fn piped_in() -> Result<&'static [u8], Failure> {
    static PIPED: OnceLock<Vec<u8>> = OnceLock::new();
    if let Some(text) = PIPED.get() {
        return Ok(text);
    }
    let mut text = Vec::new();
    stdin().lock().read_to_end(&mut text)?;
    Ok(PIPED.get_or_init(|| text))
}
