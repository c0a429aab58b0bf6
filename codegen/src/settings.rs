use std::collections::BTreeMap;

use isomorph_schema::{Dialect, Setting, Unresolved, Word};
use serde::Deserialize;

use crate::by_name::ByName;
use crate::foreign::Foreign;

/// What to make of the schemas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The name of the type of a document's root, where there is only one document.
    pub root_name: Option<String>,
    /// Names of types, by `FILE#POINTER`.
    pub names: BTreeMap<String, String>,
    /// Rust types of formats; a format that is not here stays a `String`.
    pub formats: BTreeMap<String, Foreign>,
    /// Rust types of strings by their `contentEncoding`.
    pub encodings: BTreeMap<String, Foreign>,
    /// The dialect of a file without `$schema`.
    pub dialect: Dialect,
    /// When the types implement `schemars::JsonSchema`.
    pub schemars: Schemars,
    /// How the text is laid out.
    pub layout: Layout,
    /// What becomes of a schema that refers to documents which are not here, or to itself.
    pub unresolved: Unresolved,
    /// Whether an absent property reads as its default.
    pub defaults: Defaults,
    /// What becomes of properties that a schema neither declares, types nor forbids.
    pub undeclared: Undeclared,
    /// Whether structs get builders.
    pub constructors: bool,
    /// Traits that types derive besides those that they always do, by their paths.
    pub derive: ByName,
    /// Attributes of types, as `#[…]`.
    pub attributes: ByName,
    /// The definitions and documents, by name, that types are made of, with what they need; empty for all.
    pub only: Vec<String>,
}

/// Whether formats are Rust types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Formats {
    /// A known format becomes a Rust type, and is asserted.
    #[default]
    Types,
    /// Strings stay strings, and accept anything.
    Annotate,
}

/// What becomes of properties that a schema neither declares, types nor forbids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Undeclared {
    /// They are read and forgotten.
    #[default]
    Ignore,
    /// They are kept in a map, as they are.
    Keep,
}

/// Whether a property that is absent and has a `default` reads as that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Defaults {
    /// It does, and is written again with it, as pydantic has it; unless a schema around it tells instances
    /// apart by the properties that they have.
    #[default]
    Apply,
    /// It stays absent.
    Keep,
}

/// When generated types implement `schemars::JsonSchema`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Schemars {
    /// Always: the crate depends on `schemars`.
    #[default]
    Always,
    /// If the feature `schemars` of their crate is on.
    Feature,
    /// Never.
    Never,
}

/// How generated text is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// One file, a module: the types, and below them modules for what else there is.
    Single,
    /// The same in one text for `include!`.
    Included,
    /// The types in `model.rs`, for people; what their schemas say beyond the derive in `schema.rs`, for schemars; how
    /// they are read in `read.rs`, for the compiler.
    Split,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            root_name: None,
            names: BTreeMap::new(),
            formats: Formats::default().types(),
            encodings: BTreeMap::new(),
            dialect: Dialect::default(),
            schemars: Schemars::default(),
            layout: Layout::Single,
            unresolved: Unresolved::default(),
            defaults: Defaults::default(),
            undeclared: Undeclared::default(),
            constructors: false,
            derive: ByName::default(),
            attributes: ByName::default(),
            only: Vec::new(),
        }
    }
}

impl Formats {
    /// The Rust types of formats, where nothing else is said of them.
    pub(crate) fn types(self) -> BTreeMap<String, Foreign> {
        match self {
            Self::Types => [("path".to_owned(), "std::path::PathBuf".into())].into(),
            Self::Annotate => BTreeMap::new(),
        }
    }
}

impl Setting for Formats {
    const WORDS: &'static [Word<Self>] = &[
        Word::new(Self::Types, "types", "A known format becomes a Rust type, and is asserted"),
        Word::new(Self::Annotate, "annotate", "Strings stay strings, and accept anything"),
    ];
}

impl Setting for Undeclared {
    const WORDS: &'static [Word<Self>] = &[
        Word::new(Self::Ignore, "ignore", "They are read and forgotten"),
        Word::new(Self::Keep, "keep", "They are kept in a map, as they are"),
    ];
}

impl Setting for Defaults {
    const WORDS: &'static [Word<Self>] = &[
        Word::new(Self::Apply, "apply", "It reads as its default, and is written again with it"),
        Word::new(Self::Keep, "keep", "It stays absent"),
    ];
}

impl Setting for Schemars {
    const WORDS: &'static [Word<Self>] = &[
        Word::new(Self::Always, "always", "Always"),
        Word::new(Self::Feature, "feature", "If the feature `schemars` of their crate is on"),
        Word::new(Self::Never, "never", "Never"),
    ];
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use isomorph_schema::{Setting, Unresolved};
    use serde::de::value::{Error, StrDeserializer};
    use serde::de::{DeserializeOwned, IntoDeserializer};

    use super::{Defaults, Formats, Schemars, Undeclared};

    fn hold<S: Setting + DeserializeOwned + Debug>() {
        for known in S::WORDS {
            let word: StrDeserializer<Error> = known.word.into_deserializer();
            assert_eq!(S::deserialize(word), Ok(known.value));
            assert_eq!((S::said(known.word), known.value.word()), (Some(known.value), known.word));
        }
        let unknown: StrDeserializer<Error> = "unknown".into_deserializer();
        let expected = S::WORDS.iter().all(|known| {
            let error = S::deserialize(unknown).expect_err("there is no such word");
            error.to_string().contains(known.word)
        });
        assert!(expected, "what a configuration may say is not what a command line may");
    }

    #[test]
    fn configurations_and_command_lines_say_the_same_words() {
        hold::<Formats>();
        hold::<Undeclared>();
        hold::<Defaults>();
        hold::<Schemars>();
        hold::<Unresolved>();
    }
}
