//! What the page asks.

use std::collections::BTreeMap;

use isomorph_formats::Format;
use isomorph_schema::Setting;
use serde::Deserialize;

use crate::error::Error;

/// A question, and the texts that it is about.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// What is asked.
    pub about: About,
    /// The schema.
    pub schema: Written,
    /// The settings that are not as they are by default, by the names that they have in a manifest.
    #[serde(default)]
    pub settings: BTreeMap<String, String>,
    /// The instance.
    pub instance: Option<Written>,
    /// The schema as it was before.
    pub before: Option<Written>,
    /// The definition that the instance is of, or that samples are made of, by its place: `#/$defs/Item`. Without it the
    /// schema itself.
    pub of: Option<String>,
    /// The generated file to show: without it, that for people.
    pub file: Option<String>,
    /// Which samples.
    #[serde(default)]
    pub seed: u64,
    /// Whether samples break a keyword each.
    #[serde(default)]
    pub broken: bool,
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum About {
    /// The types of the schema.
    Types,
    /// What is wrong with the instance.
    Instance,
    /// Instances of the schema.
    Samples,
    /// What changed since the schema before, and whom it breaks.
    Changes,
}

/// A text, and what it is written in.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    /// The text.
    pub text: String,
    /// The word for its format; without it, the text tells.
    format: Option<String>,
}

impl Written {
    /// The format that is said, if one is.
    ///
    /// # Errors
    ///
    /// If there is no such format.
    pub fn said(&self) -> Result<Option<Format>, Error> {
        let known = |word: &String| Format::said(word).ok_or_else(|| Error::Format { word: word.clone() });
        self.format.as_ref().map(known).transpose()
    }

    /// The format that is said, or that the text seems to be in.
    ///
    /// # Errors
    ///
    /// If one is said that there is not.
    pub fn format(&self) -> Result<Format, Error> {
        Ok(self.said()?.unwrap_or_else(|| seeming(&self.text)))
    }
}

/// What a text seems to be written in.
fn seeming(text: &str) -> Format {
    let start = text.trim_start();
    if start.starts_with("//") || start.starts_with("/*") {
        Format::Jsonc
    } else if start.is_empty() || start.starts_with(['{', '[', '"']) || is_literal(start.trim_end()) {
        Format::Json
    } else {
        Format::Yaml
    }
}

/// Whether a text is a literal of JSON, which need not be told from one of YAML.
fn is_literal(text: &str) -> bool {
    ["true", "false", "null"].contains(&text) || text.parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use isomorph_formats::Format;

    use super::seeming;

    #[test]
    fn a_text_tells_what_it_is_written_in() {
        for (text, format) in [
            ("", Format::Json),
            (" {\"a\": 1}", Format::Json),
            ("[1", Format::Json),
            ("12", Format::Json),
            ("// why\n{}", Format::Jsonc),
            ("a: 1", Format::Yaml),
            ("- 1", Format::Yaml),
            ("# why\na: 1", Format::Yaml),
        ] {
            assert_eq!(seeming(text), format, "{text}");
        }
    }
}
