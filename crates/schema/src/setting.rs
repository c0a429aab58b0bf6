//! Settings of a few values, each with a word that configurations and command lines say.

use isomorph_formats::Format;

/// A value of a setting, as people say it.
#[derive(Debug, Clone, Copy)]
pub struct Word<S> {
    /// The value.
    pub value: S,
    /// Its word.
    pub word: &'static str,
    /// Another word that is understood.
    pub alias: Option<&'static str>,
    /// What it means, for help texts; empty where the word says it.
    pub means: &'static str,
}

impl<S: Copy> Word<S> {
    /// A value with its word, and what it means.
    pub const fn new(value: S, word: &'static str, means: &'static str) -> Self {
        Self { value, word, alias: None, means }
    }

    /// The same, which another word is understood for.
    #[must_use]
    pub const fn or(self, alias: &'static str) -> Self {
        Self { alias: Some(alias), ..self }
    }
}

/// A setting that has one of a few values.
pub trait Setting: Copy + PartialEq + Send + Sync + 'static {
    /// All values, in the order in which they are told.
    const WORDS: &'static [Word<Self>];

    /// The value that a word says.
    fn said(word: &str) -> Option<Self> {
        let is_meant = |known: &&Word<Self>| known.word == word || known.alias == Some(word);
        Self::WORDS.iter().find(is_meant).map(|known| known.value)
    }

    /// The word of this value.
    fn word(self) -> &'static str {
        Self::WORDS.iter().find(|known| known.value == self).map_or("", |known| known.word)
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
