use std::path::Path;

use crate::ending::split_ending;

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
    /// The format that the name of a file says.
    pub fn of(path: &Path) -> Option<Self> {
        Self::of_name(path.as_os_str().as_encoded_bytes())
    }

    /// The format that a name says.
    pub fn of_name(name: &[u8]) -> Option<Self> {
        let (_, ending) = split_ending(name)?;
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Format;

    #[test]
    fn the_name_of_a_file_says_its_format() {
        for (name, format) in [
            ("a/b.json", Some(Format::Json)),
            ("a.NDJSON", Some(Format::Ndjson)),
            ("a.b.yml", Some(Format::Yaml)),
            (".toml", Some(Format::Toml)),
            ("a.json/b", None),
            ("a.gz", None),
            ("json", None),
            ("", None),
        ] {
            assert_eq!(Format::of(Path::new(name)), format, "{name}");
        }
    }
}
