use isomorph_formats::Format;
use serde::Deserialize;
use serde::de::{Deserializer, Error};

use crate::setting::Setting;

/// What a configuration says of the files that a glob matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldAgainst {
    /// The name of a schema file, or of a definition.
    pub schema: String,
    /// What the files are written in, if not what their names say.
    pub format: Option<Format>,
}

/// `"order"`, or `{ schema = "order", format = "jsonc" }`.
#[derive(Deserialize)]
#[serde(untagged)]
enum Said {
    Name(String),
    Both(Both),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Both {
    schema: String,
    format: Option<String>,
}

impl<'de> Deserialize<'de> for HeldAgainst {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let both = match Said::deserialize(deserializer)? {
            Said::Name(schema) => Both { schema, format: None },
            Said::Both(both) => both,
        };
        let known = |word: String| {
            Format::said(&word).ok_or_else(|| D::Error::custom(format!("unknown format `{word}`")))
        };
        Ok(Self { schema: both.schema, format: both.format.map(known).transpose()? })
    }
}
