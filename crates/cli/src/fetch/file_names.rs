//! Where in the folder a document is kept.

use std::collections::BTreeSet;

use isomorph_check::Format;
use jsonschema::{Uri, uri};

use super::hash::hash;

/// The files that are taken.
#[derive(Debug, Default)]
pub struct FileNames {
    /// In small letters: some file systems know no others.
    files: BTreeSet<String>,
}

/// How long a part of a path may be.
const LONGEST: usize = 120;

impl FileNames {
    /// Takes a file.
    pub fn take(&mut self, file: &str) {
        self.files.insert(file.to_lowercase());
    }

    /// A file for the document at a URI: its host and path, below a folder; with a part of a hash where that is taken.
    pub fn of(&mut self, folder: &str, uri: &str, is_yaml: bool) -> String {
        let plain = plain(folder, uri, is_yaml);
        let file = if self.is_free(&plain) { plain } else { with_hash(&plain, uri) };
        self.take(&file);
        file
    }

    /// Whether no file is there, nor a folder for one, nor is a folder around it a file.
    fn is_free(&self, file: &str) -> bool {
        let file = file.to_lowercase();
        let below = format!("{file}/");
        let is_around =
            |other: &String| file.strip_prefix(other.as_str()).is_some_and(|rest| rest.starts_with('/'));
        !self.files.iter().any(|other| *other == file || other.starts_with(&below) || is_around(other))
    }
}

fn plain(folder: &str, uri: &str, is_yaml: bool) -> String {
    let parsed = uri::from_str(uri).ok();
    let authority = parsed.as_ref().and_then(Uri::authority).map_or("", |authority| authority.as_str());
    let path = parsed.as_ref().map_or("", |uri| uri.path().as_str());
    let parts = path.split('/').filter(|part| !part.is_empty());
    let mut parts: Vec<_> = std::iter::once(authority).chain(parts).map(part).collect();
    if parts.len() == 1 || path.ends_with('/') {
        parts.push("index".to_owned());
    }
    let mut file = format!("{folder}/{}", parts.join("/"));
    let is_known = matches!(
        Format::of_name(file.as_bytes()),
        Some(Format::Json | Format::Jsonc | Format::Json5 | Format::Yaml | Format::Toml)
    );
    if !is_known {
        file.push_str(if is_yaml { ".yaml" } else { ".json" });
    }
    // Of one path, what is asked for tells documents apart.
    if parsed.is_some_and(|uri| uri.query().is_some()) { with_hash(&file, uri) } else { file }
}

/// A part of a path, with what every file system takes.
fn part(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.@+".contains(c);
    let plain: String = text.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
    let plain = if plain.starts_with('.') { format!("_{plain}") } else { plain };
    let plain = plain.trim_end_matches('.');
    // The ending says what it is written in.
    let ending =
        plain.rfind('.').map(|dot| &plain[dot..]).filter(|ending| ending.len() <= 10).unwrap_or_default();
    if plain.len() <= LONGEST {
        plain.to_owned()
    } else {
        format!("{}-{}{ending}", &plain[..80], &hash(text.as_bytes())[..8])
    }
}

fn with_hash(file: &str, uri: &str) -> String {
    let short = &hash(uri.as_bytes())[..8];
    match file.rsplit_once('.') {
        Some((name, ending)) => format!("{name}-{short}.{ending}"),
        None => format!("{file}-{short}"),
    }
}

#[cfg(test)]
mod tests {
    use super::FileNames;

    #[test]
    fn a_file_is_called_as_its_uri_and_each_has_its_own() {
        let mut names = FileNames::default();
        for (uri, is_yaml, expected) in [
            ("https://example.com/a.json", false, "v/example.com/a.json"),
            (
                concat!(
                    "https://example.com/a.",
                    "eyJhbGciOiJIUzI1NiJ9eyJzdWIiOiIxMjM0NTY3ODkwIn0eyJhbGciOiJIUzI1NiJ9",
                    "eyJzdWIiOiIxMjM0NTY3ODkwIn0eyJhbGciOiJIUzI1NiJ9eyJzdWIiOiIxMjM0NTY3ODkwIn0"
                ),
                false,
                "v/example.com/a.eyJhbGciOiJIUzI1NiJ9eyJzdWIiOiIxMjM0NTY3ODkwIn0eyJhbGciOiJIUzI1NiJ9eyJzdWIiOiI-0b16df73.json",
            ),
            ("https://example.com/A.json", false, "v/example.com/A-"),
            ("https://example.com/a.json/b", false, "v/example.com/a.json/b-"),
            ("https://example.com/in/b", true, "v/example.com/in/b.yaml"),
            ("https://example.com/in/b.yaml/", false, "v/example.com/in/b.yaml/index-"),
            ("https://example.com", false, "v/example.com/index.json"),
            ("https://example.com:8080/%2e%2e/x", false, "v/example.com_8080/x.json"),
            ("https://example.com/q.json?v=1", false, "v/example.com/q-"),
            ("https://example.com/.../.git/c.json", false, "v/example.com/_/_.git/c.json"),
            ("https://example.com/v1.2", false, "v/example.com/v1.2.json"),
        ] {
            let file = names.of("v", uri, is_yaml);
            assert!(
                file.starts_with(expected) && (file == expected || expected.ends_with('-')),
                "{uri}: {file}"
            );
        }
        let long = names.of("v", &format!("https://example.com/{}.json", "x".repeat(400)), false);
        assert!(
            long.len() < 140 && long.rsplit_once('.').is_some_and(|(_, ending)| ending == "json"),
            "{long}"
        );
    }
}
