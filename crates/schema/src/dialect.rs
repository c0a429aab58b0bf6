use isomorph_validator::known_dialect;
use jsonschema::meta::MetaValidator;
use referencing::Draft;

use crate::setting::{Setting, Word};

/// A version of JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord)]
pub enum Dialect {
    /// Draft 4.
    Draft4,
    /// Draft 6.
    Draft6,
    /// Draft 7.
    Draft7,
    /// Draft 2019-09.
    Draft201909,
    /// Draft 2020-12.
    #[default]
    Draft202012,
}

impl Dialect {
    /// The dialect that a `$schema` names; `None` if it is not known.
    pub fn of(uri: &str) -> Option<Self> {
        let known = known_dialect(uri)?;
        Self::WORDS.iter().map(|word| word.value).find(|dialect| dialect.uri() == known)
    }

    /// Whether keywords beside a `$ref` are ignored (JSON Schema core of drafts 4 to 7, section 8.3).
    pub fn reference_stands_alone(self) -> bool {
        self < Self::Draft201909
    }

    /// The number of the draft: 4, 6 or 7, or the year.
    pub fn number(self) -> u16 {
        match self {
            Self::Draft4 => 4,
            Self::Draft6 => 6,
            Self::Draft7 => 7,
            Self::Draft201909 => 2019,
            Self::Draft202012 => 2020,
        }
    }

    /// The dialect's name in the `referencing` crate.
    pub fn draft(self) -> Draft {
        match self {
            Self::Draft4 => Draft::Draft4,
            Self::Draft6 => Draft::Draft6,
            Self::Draft7 => Draft::Draft7,
            Self::Draft201909 => Draft::Draft201909,
            Self::Draft202012 => Draft::Draft202012,
        }
    }

    /// What a valid schema of this dialect is.
    pub fn meta_schema(self) -> MetaValidator<'static> {
        match self {
            Self::Draft4 => jsonschema::draft4::meta::validator(),
            Self::Draft6 => jsonschema::draft6::meta::validator(),
            Self::Draft7 => jsonschema::draft7::meta::validator(),
            Self::Draft201909 => jsonschema::draft201909::meta::validator(),
            Self::Draft202012 => jsonschema::draft202012::meta::validator(),
        }
    }

    /// What a `$schema` calls it.
    pub fn uri(self) -> &'static str {
        match self {
            Self::Draft4 => "http://json-schema.org/draft-04/schema#",
            Self::Draft6 => "http://json-schema.org/draft-06/schema#",
            Self::Draft7 => "http://json-schema.org/draft-07/schema#",
            Self::Draft201909 => "https://json-schema.org/draft/2019-09/schema",
            Self::Draft202012 => "https://json-schema.org/draft/2020-12/schema",
        }
    }
}

impl Setting for Dialect {
    const WORDS: &'static [Word<Self>] = &[
        Word::new(Self::Draft4, "4", ""),
        Word::new(Self::Draft6, "6", ""),
        Word::new(Self::Draft7, "7", ""),
        Word::new(Self::Draft201909, "2019-09", ""),
        Word::new(Self::Draft202012, "2020-12", ""),
    ];
}
