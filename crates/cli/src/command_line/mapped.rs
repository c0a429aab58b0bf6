//! What formats are mapped to, and what is said of types by their names, as a command line says it.

use isomorph_codegen::{Foreign, Formats, Generator};
use isomorph_schema::Setting;

/// A word on all formats, or the type of one.
#[derive(Debug, Clone)]
pub enum Mapped {
    All(Formats),
    One(String, Foreign),
}

/// Reads a word, or `FORMAT=TYPE`.
pub fn mapped(said: &str) -> Result<Mapped, String> {
    let Some((format, path)) = said.split_once('=') else {
        let known = Formats::WORDS.iter().map(|word| format!("`{}`", word.word)).collect::<Vec<_>>();
        return Formats::said(said)
            .map(Mapped::All)
            .ok_or_else(|| format!("neither {} nor FORMAT=TYPE", known.join(" nor ")));
    };
    let foreign = Foreign::from(path);
    match foreign.fault() {
        Some(fault) => Err(fault),
        None => Ok(Mapped::One(format.to_owned(), foreign)),
    }
}

/// Reads `PLACE=WORD`: what is said of a place. A place may have the sign in it, and a word has none.
pub fn told(said: &str) -> Result<(String, String), String> {
    match said.rsplit_once('=') {
        Some((place, word)) if !place.is_empty() && !word.is_empty() => {
            Ok((place.to_owned(), word.to_owned()))
        }
        _ => Err("there is no `=` between a place and what is said of it".to_owned()),
    }
}

/// Tells a generator of formats: first of all, then of each.
pub fn tell(generator: &mut Generator, said: &[Mapped]) {
    for one in said {
        if let Mapped::All(formats) = one {
            generator.formats(*formats);
        }
    }
    for one in said {
        if let Mapped::One(format, foreign) = one {
            generator.format(format, foreign.clone());
        }
    }
}

/// Reads `WORD` or `PATTERN=WORD`: what is said of the types whose names are of the pattern.
pub fn by_name(said: &str) -> Result<(String, String), String> {
    // An attribute may have a sign of its own.
    let (pattern, word) = match said.split_once('=') {
        Some((pattern, word)) if !pattern.contains(['#', '[', '(', ':']) => (pattern, word),
        _ => ("*", said),
    };
    if word.is_empty() {
        Err("there is nothing behind the pattern".to_owned())
    } else {
        Ok((pattern.to_owned(), word.to_owned()))
    }
}
