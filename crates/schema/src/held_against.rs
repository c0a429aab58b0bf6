use std::fmt;

use isomorph_formats::Format;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};

use crate::setting::Setting;

/// What a configuration says of the files that a glob matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldAgainst {
    /// The name of a schema file, or of a definition.
    pub schema: String,
    /// What the files are written in, if not what their names say.
    pub format: Option<Format>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Both {
    schema: String,
    format: Option<Said>,
}

/// A format by its word.
struct Said(Format);

impl<'de> Deserialize<'de> for Said {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        let known: Vec<_> = Format::WORDS.iter().map(|known| format!("`{}`", known.word)).collect();
        let unknown = || format!("unknown variant `{word}`, expected one of {}", known.join(", "));
        Format::said(&word).map(Self).ok_or_else(|| D::Error::custom(unknown()))
    }
}

/// Takes `"order"`, or `{ schema = "order", format = "jsonc" }`.
struct Written;

impl<'de> Visitor<'de> for Written {
    type Value = HeldAgainst;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("the name of a schema, or a table of `schema` and `format`")
    }

    fn visit_str<E: Error>(self, schema: &str) -> Result<HeldAgainst, E> {
        Ok(HeldAgainst { schema: schema.to_owned(), format: None })
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<HeldAgainst, M::Error> {
        let Both { schema, format } = Both::deserialize(MapAccessDeserializer::new(map))?;
        Ok(HeldAgainst { schema, format: format.map(|Said(format)| format) })
    }
}

impl<'de> Deserialize<'de> for HeldAgainst {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Written)
    }
}
