//! Which formats assert.

use std::str::FromStr;
use std::sync::Arc;

use jsonschema::json::Json;
use jsonschema::{ValidationOptions, Validator};
use referencing::Retrieve;
use serde_json::json;

/// The formats of the specifications.
const KNOWN: [&str; 19] = [
    "date",
    "date-time",
    "duration",
    "email",
    "hostname",
    "idn-email",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "iri",
    "iri-reference",
    "json-pointer",
    "regex",
    "relative-json-pointer",
    "time",
    "uri",
    "uri-reference",
    "uri-template",
    "uuid",
];

/// Those that not every dialect has. Who asks for one by its name means it in each.
const OF_SOME_DIALECTS: [&str; 9] = [
    "duration",
    "idn-hostname",
    "iri",
    "iri-reference",
    "json-pointer",
    "relative-json-pointer",
    "uri-reference",
    "uri-template",
    "uuid",
];

/// Which formats assert, where the schemas do not say so themselves.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Formats {
    /// None; they annotate.
    #[default]
    Annotate,
    /// All of the specifications.
    Assert,
    /// Those of these names.
    Only(Vec<String>),
}

impl Formats {
    /// All of them, or none.
    pub fn all_if(assert: bool) -> Self {
        if assert { Self::Assert } else { Self::Annotate }
    }

    /// Those of some names.
    ///
    /// # Errors
    ///
    /// If one of them is no name of a format.
    pub fn named(names: impl IntoIterator<Item = impl AsRef<str>>) -> Result<Self, String> {
        let names: Vec<String> = names.into_iter().map(|name| name.as_ref().trim().to_owned()).collect();
        match names.iter().find(|name| !KNOWN.contains(&name.as_str())) {
            Some(unknown) => Err(format!("there is no format `{unknown}`; known are {}", KNOWN.join(", "))),
            None => Ok(Self::Only(names)),
        }
    }

    /// Whether some assert.
    pub fn are_any(&self) -> bool {
        *self != Self::Annotate
    }

    /// Whether the format of this name asserts.
    pub fn asserts(&self, name: &str) -> bool {
        match self {
            Self::Annotate => false,
            Self::Assert => true,
            Self::Only(names) => names.iter().any(|known| known == name),
        }
    }

    /// These, and those of another.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Assert, _) | (_, Self::Assert) => Self::Assert,
            (Self::Annotate, some) | (some, Self::Annotate) => some.clone(),
            (Self::Only(some), Self::Only(others)) => Self::Only([some.as_slice(), others].concat()),
        }
    }

    /// Has them assert in validators, beside those that assert already if the schemas say so.
    pub fn applied<'i, F: Json>(
        &self,
        options: ValidationOptions<'i, Arc<dyn Retrieve>, F>,
        is_said: bool,
    ) -> ValidationOptions<'i, Arc<dyn Retrieve>, F> {
        match self {
            Self::Annotate => options,
            Self::Assert => options.should_validate_formats(true),
            Self::Only(_) if is_said => options,
            Self::Only(names) => {
                let others = KNOWN.into_iter().filter(|known| !names.iter().any(|name| name == known));
                let options = options.should_validate_formats(true);
                let options = others.fold(options, |options, other| options.with_format(other, |_| true));
                let everywhere =
                    OF_SOME_DIALECTS.into_iter().filter(|known| names.iter().any(|name| name == known));
                everywhere.fold(options, |options, known| match judge(known) {
                    Some(judge) => options.with_format(known, move |text: &str| judge.is_valid(&text.into())),
                    None => options,
                })
            }
        }
    }
}

/// What says whether a text is of a format, as the newest dialect has it.
fn judge(format: &str) -> Option<Validator> {
    jsonschema::options().offline().should_validate_formats(true).build(&json!({ "format": format })).ok()
}

impl FromStr for Formats {
    type Err = String;

    /// Their names, with commas between them; nothing is all of them.
    fn from_str(names: &str) -> Result<Self, String> {
        if names.trim().is_empty() { Ok(Self::Assert) } else { Self::named(names.split(',')) }
    }
}
