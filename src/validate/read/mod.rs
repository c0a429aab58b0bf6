//! Texts that are not JSON, as JSON: what is validated, and where each of its tokens came from.

pub mod decompress;
pub mod json5;
mod json_text;
pub mod toml;
pub mod yaml;

pub use json_text::{JsonText, Transcribed};

use std::path::Path;

/// What a text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// JSON (RFC 8259)
    Json,
    /// An instance of JSON on each line
    #[value(alias = "jsonl")]
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
        let name = path.file_name()?.to_str()?.to_lowercase();
        let name = name.strip_suffix(".gz").or(name.strip_suffix(".zst")).unwrap_or(&name);
        Some(match name.rsplit_once('.')?.1 {
            "json" | "geojson" | "webmanifest" | "jsonld" => Self::Json,
            "ndjson" | "jsonl" | "ldjson" | "jsonlines" => Self::Ndjson,
            "jsonc" | "jwcc" | "hujson" | "code-workspace" | "code-snippets" => Self::Jsonc,
            "json5" => Self::Json5,
            "yaml" | "yml" => Self::Yaml,
            "toml" => Self::Toml,
            _ => return None,
        })
    }
}
