use isomorph_json::{Fault, Transcribed};

use crate::format::Format;
use crate::{json5, toml, yaml};

/// Reads a text as JSON: what each document in it says. Of JSON itself, which is read by who has it, nothing is made.
///
/// # Errors
///
/// If it is not of the format, is nested deeper than `deepest`, or says something that JSON cannot.
pub fn read(text: &str, format: Format, deepest: usize) -> Result<Vec<Transcribed>, Fault> {
    let one = |transcribed| vec![transcribed];
    match format {
        Format::Json | Format::Ndjson => Ok(Vec::new()),
        Format::Jsonc => json5::read(text, false, deepest).map(one),
        Format::Json5 => json5::read(text, true, deepest).map(one),
        Format::Toml => toml::read(text).map(one),
        Format::Yaml => yaml::read(text, deepest),
    }
}

#[cfg(test)]
mod tests {
    use isomorph_json::{Pointer, SourceText};

    use super::read;
    use crate::format::Format;

    #[test]
    fn a_place_is_found_in_every_format() {
        for (text, format, expected) in [
            ("{\"a\": {\n\"b\": 12\n}}", Format::Json, "12"),
            ("a:\n  # ü\n  b: 12\n", Format::Yaml, "12"),
            ("[a]\nb = 12\n", Format::Toml, "12"),
            ("// c\n{\"a\": {\"b\": 12,},}", Format::Jsonc, "12"),
        ] {
            let json = read(text, format, 64).expect("it is of that format").pop();
            let found =
                SourceText::new(text.to_owned(), json).span(&Pointer::parse("/a/b").expect("a pointer"));
            assert_eq!(found.and_then(|span| text.get(span)), Some(expected), "{text}");
        }
    }
}
