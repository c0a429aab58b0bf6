//! Settings that belong together.

use isomorph_schema::{Setting, Word};
use serde::Deserialize;

use crate::settings::{AbsentNull, Arrays, Integers, Keys, Sets, Settings};

/// Settings under which types come back of which another tool printed the schemas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Preset {
    /// None.
    #[default]
    None,
    /// Types that schemars printed.
    Schemars,
}

impl Setting for Preset {
    const WORDS: &'static [Word<Self>] = &[
        Word::new(Self::None, "none", "Each setting as it is by default"),
        Word::new(Self::Schemars, "schemars", "Those under which types come back that schemars printed"),
    ];
}

impl Preset {
    /// Sets what belongs to it; what is said of single settings is to be said behind.
    pub(crate) fn set(self, settings: &mut Settings) {
        match self {
            Self::None => {}
            Self::Schemars => {
                settings.integers = Integers::Format;
                settings.absent_null = AbsentNull::Same;
                settings.sets = Sets::BTreeSet;
                settings.arrays = Arrays::Fixed;
                settings.keys = Keys::Integer;
                for (format, number) in [("float", "f32"), ("int", "isize"), ("uint", "usize")] {
                    settings.formats.insert(format.to_owned(), number.into());
                }
            }
        }
    }
}
