use std::path::Path;

use isomorph_schema::{Setting, Word};

use super::decompress::Compression;
use super::ending::split_ending;

/// What a text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON (RFC 8259)
    Json,
    /// An instance of JSON on each line
    Ndjson,
    /// JSON with comments and trailing commas
    Jsonc,
    /// JSON5
    Json5,
    /// YAML 1.2; each document is an instance
    Yaml,
    /// TOML
    Toml,
}

impl Format {
    /// The format that the name of a file says, the ending of a compression aside.
    pub fn of(path: &Path) -> Option<Self> {
        let (rest, ending) = split_ending(path.as_os_str().as_encoded_bytes())?;
        let ending = if Compression::of(path).is_some() { split_ending(rest)?.1 } else { ending };
        let is = |known: &[&str]| known.iter().any(|known| ending.eq_ignore_ascii_case(known.as_bytes()));
        Some(if is(&["json", "geojson", "webmanifest", "jsonld"]) {
            Self::Json
        } else if is(&["ndjson", "jsonl", "ldjson", "jsonlines"]) {
            Self::Ndjson
        } else if is(&["jsonc", "jwcc", "hujson", "code-workspace", "code-snippets"]) {
            Self::Jsonc
        } else if is(&["json5"]) {
            Self::Json5
        } else if is(&["yaml", "yml"]) {
            Self::Yaml
        } else if is(&["toml"]) {
            Self::Toml
        } else {
            return None;
        })
    }
}

impl Setting for Format {
    const WORDS: &'static [Word<Self>] = &[
        Word::new(Self::Json, "json", "JSON (RFC 8259)"),
        Word::new(Self::Ndjson, "ndjson", "An instance of JSON on each line").or("jsonl"),
        Word::new(Self::Jsonc, "jsonc", "JSON with comments and trailing commas"),
        Word::new(Self::Json5, "json5", "JSON5"),
        Word::new(Self::Yaml, "yaml", "YAML 1.2; each document is an instance"),
        Word::new(Self::Toml, "toml", "TOML"),
    ];
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Compression, Format};

    #[test]
    fn the_name_of_a_file_says_its_format() {
        for (name, format) in [
            ("a/b.json", Some(Format::Json)),
            ("a.NDJSON.Gz", Some(Format::Ndjson)),
            ("a.yml.zst", Some(Format::Yaml)),
            (".toml", Some(Format::Toml)),
            ("a.json/b", None),
            ("a.json/b.gz", None),
            ("a.gz", None),
            ("json", None),
            ("", None),
        ] {
            assert_eq!(Format::of(Path::new(name)), format, "{name}");
        }
        assert_eq!(Compression::of(Path::new("a.json.GZ")), Some(Compression::Gzip));
        assert_eq!(Compression::of(Path::new("a.gz.json")), None);
    }
}
