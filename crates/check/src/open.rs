use std::fs::File;
use std::io::{self, Read};

use super::inputs::Input;
use super::options::Stdin;
use super::read::decompressed;

/// Opens a file, or standard input, and undoes its compression.
///
/// # Errors
///
/// If it cannot be opened.
pub fn open(input: &Input, stdin: Option<Stdin>) -> io::Result<Box<dyn Read + Send>> {
    Ok(match (&input.path, stdin) {
        (Some(path), _) if !input.is_stdin => decompressed(File::open(path)?, input.compression),
        (_, Some(stdin)) => decompressed(stdin(), input.compression),
        (_, None) => return Err(io::Error::other("there is no standard input")),
    })
}
