//! What people call the values of settings, in a configuration as on a command line.

use isomorph_schema::{Setting, Word};

use crate::settings::{
    AbsentNull, Arrays, Defaults, Formats, Integers, Keys, MapType, Modules, Schemars, Sets, StringType,
    Undeclared, UnknownVariants, Untyped,
};

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

impl Setting for Integers {
    const WORDS: &'static [Word<Self>] = &[
        Word::new(Self::Bounds, "bounds", "The type whose range the bounds are, else one of 64 bits"),
        Word::new(Self::Format, "format", "The type that the format says, which is asserted: int32 is i32"),
    ];
}

impl Setting for Untyped {
    const WORDS: &'static [Word<Self>] = &[
        Word::new(Self::Any, "any", "An object, or any other value"),
        Word::new(Self::Object, "object", "An object, and nothing else"),
    ];
}

impl Setting for AbsentNull {
    const WORDS: &'static [Word<Self>] = &[
        Word::new(Self::Apart, "apart", "An Option of an Option"),
        Word::new(Self::Same, "same", "One Option; what is None is not written"),
    ];
}

impl Setting for Sets {
    const WORDS: &'static [Word<Self>] = &[
        Word::new(Self::Vec, "Vec", "A list, which is checked"),
        Word::new(Self::BTreeSet, "BTreeSet", "A set of strings, integers or booleans, in its own order"),
    ];
}

impl Setting for Arrays {
    const WORDS: &'static [Word<Self>] = &[
        Word::new(
            Self::Numbers,
            "numbers",
            "An array of Rust, up to 32 elements, if they are numbers; else a list, which is checked",
        ),
        Word::new(Self::List, "list", "A list, which is checked"),
        Word::new(Self::Fixed, "fixed", "An array of Rust, up to 32 elements"),
    ];
}

impl Setting for Keys {
    const WORDS: &'static [Word<Self>] = &[
        Word::new(Self::Text, "text", "Strings, which are checked"),
        Word::new(Self::Integer, "integer", "The integers, of 64 bits"),
    ];
}

impl Setting for MapType {
    const WORDS: &'static [Word<Self>] = &[
        Word::new(Self::BTreeMap, "BTreeMap", "Sorted"),
        Word::new(Self::HashMap, "HashMap", "In no order"),
        Word::new(Self::IndexMap, "IndexMap", "In the order that was read; of the crate indexmap"),
    ];
}

impl Setting for StringType {
    const WORDS: &'static [Word<Self>] = &[
        Word::new(Self::String, "String", "Grows"),
        Word::new(Self::BoxStr, "Box<str>", "Does not grow"),
        Word::new(Self::ArcStr, "Arc<str>", "Is shared by its clones"),
    ];
}

impl Setting for Modules {
    const WORDS: &'static [Word<Self>] = &[
        Word::new(Self::One, "one", "All types are beside each other"),
        Word::new(
            Self::Files,
            "files",
            "Each file has a module besides, where they are called as it calls them",
        ),
        Word::new(
            Self::Namespaces,
            "namespaces",
            "Each namespace of definitions has one: core::v1 of io.k8s.api.core.v1.Pod",
        ),
    ];
}

impl Setting for UnknownVariants {
    const WORDS: &'static [Word<Self>] = &[
        Word::new(Self::Refuse, "refuse", "It is refused"),
        Word::new(Self::Keep, "keep", "A variant keeps it, and writes it as it was read"),
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

    use crate::settings::{
        AbsentNull, Arrays, Defaults, Formats, Integers, Keys, MapType, Modules, Schemars, Sets, StringType,
        Undeclared, UnknownVariants, Untyped,
    };

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
        hold::<Integers>();
        hold::<Untyped>();
        hold::<AbsentNull>();
        hold::<crate::preset::Preset>();
        hold::<Sets>();
        hold::<Arrays>();
        hold::<Keys>();
        hold::<UnknownVariants>();
        hold::<MapType>();
        hold::<StringType>();
        hold::<Modules>();
        hold::<Unresolved>();
    }
}
