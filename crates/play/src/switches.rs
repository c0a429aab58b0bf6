//! The settings that the page has: those of a few values, by the names that they have in a manifest.

use std::collections::BTreeMap;

use isomorph_codegen::{
    AbsentNull, Arrays, Defaults, Formats, Generator, Integers, Keys, MapType, Modules, Opening, Preset,
    Schemars, Sets, StringType, Undeclared, UnknownVariants, Untyped,
};
use isomorph_schema::{Setting, Unresolved};
use serde::Serialize;

use crate::error::Error;

/// A setting, for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Switch {
    /// Its name in a manifest.
    key: &'static str,
    /// What it says.
    says: &'static str,
    /// Its values, that by default first.
    choices: Vec<Choice>,
}

/// A value of a setting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// The value.
    value: &'static str,
    /// What it means.
    means: &'static str,
    /// The line of a manifest that says so.
    line: String,
}

/// A setting, and what it does.
struct Known {
    key: &'static str,
    says: &'static str,
    choices: fn(&'static str) -> Vec<Choice>,
    set: fn(&mut Generator, &str) -> bool,
}

/// In the order in which they are set: what is said of single ones comes after those that belong together.
const KNOWN: [Known; 18] = [
    Known {
        key: "preset",
        says: "Settings that belong together",
        choices: choices::<Preset>,
        set: |to, word| Preset::said(word).map(|said| to.preset(said)).is_some(),
    },
    Known {
        key: "schemars",
        says: "When types implement JsonSchema",
        choices: |key| first(choices::<Schemars>(key), "feature"),
        set: |to, word| Schemars::said(word).map(|said| to.schemars(said)).is_some(),
    },
    Known {
        key: "formats",
        says: "Whether formats are Rust types",
        choices: choices::<Formats>,
        set: |to, word| Formats::said(word).map(|said| to.formats(said)).is_some(),
    },
    Known {
        key: "defaults",
        says: "An absent property that has a default",
        choices: choices::<Defaults>,
        set: |to, word| Defaults::said(word).map(|said| to.defaults(said)).is_some(),
    },
    Known {
        key: "undeclared",
        says: "Properties that the schema neither declares nor forbids",
        choices: choices::<Undeclared>,
        set: |to, word| Undeclared::said(word).map(|said| to.undeclared(said)).is_some(),
    },
    Known {
        key: "integers",
        says: "Which Rust type an integer is",
        choices: choices::<Integers>,
        set: |to, word| Integers::said(word).map(|said| to.integers(said)).is_some(),
    },
    Known {
        key: "absent-null",
        says: "A property that may be absent, and may be null",
        choices: choices::<AbsentNull>,
        set: |to, word| AbsentNull::said(word).map(|said| to.absent_null(said)).is_some(),
    },
    Known {
        key: "sets",
        says: "Elements that have to differ",
        choices: choices::<Sets>,
        set: |to, word| Sets::said(word).map(|said| to.sets(said)).is_some(),
    },
    Known {
        key: "arrays",
        says: "An array of a certain length",
        choices: choices::<Arrays>,
        set: |to, word| Arrays::said(word).map(|said| to.arrays(said)).is_some(),
    },
    Known {
        key: "keys",
        says: "Names of a map's members that have to be integers",
        choices: choices::<Keys>,
        set: |to, word| Keys::said(word).map(|said| to.keys(said)).is_some(),
    },
    Known {
        key: "map-type",
        says: "The type of maps",
        choices: choices::<MapType>,
        set: |to, word| MapType::said(word).map(|said| to.map_type(said)).is_some(),
    },
    Known {
        key: "string-type",
        says: "The type of strings",
        choices: choices::<StringType>,
        set: |to, word| StringType::said(word).map(|said| to.string_type(said)).is_some(),
    },
    Known {
        key: "modules",
        says: "Modules with the names of files or namespaces",
        choices: choices::<Modules>,
        set: |to, word| Modules::said(word).map(|said| to.modules(said)).is_some(),
    },
    Known {
        key: "unknown-variants",
        says: "What no variant of an enum stands for",
        choices: choices::<UnknownVariants>,
        set: |to, word| UnknownVariants::said(word).map(|said| to.unknown_variants(said)).is_some(),
    },
    Known {
        key: "untyped",
        says: "Properties without a type",
        choices: choices::<Untyped>,
        set: |to, word| Untyped::said(word).map(|said| to.untyped(said)).is_some(),
    },
    Known {
        key: "constructors",
        says: "Builders of structs, which fill in defaults and check",
        choices: |key| switched(key, "No builders", "T::builder() of each struct"),
        set: |to, word| on(word, || to.constructors()),
    },
    Known {
        key: "unresolved",
        says: "References to documents that are not here",
        choices: choices::<Unresolved>,
        set: |to, word| Unresolved::said(word).map(|said| to.unresolved(said)).is_some(),
    },
    Known {
        key: "operations",
        says: "The schemas of operations of OpenAPI documents",
        choices: |key| switched(key, "Only those that have names", "Those of parameters and bodies too"),
        set: |to, word| on(word, || to.opening(Opening { operations: true, allow_any: false })),
    },
];

/// All settings of the page.
pub fn switches() -> Vec<Switch> {
    let switch =
        |known: &Known| Switch { key: known.key, says: known.says, choices: (known.choices)(known.key) };
    KNOWN.iter().map(switch).collect()
}

/// Sets what is not as it is by default.
///
/// # Errors
///
/// If there is no such setting, or it has no such value.
pub fn set(generator: &mut Generator, settings: &BTreeMap<String, String>) -> Result<(), Error> {
    let refused = |key: &String, value: &String| Error::Setting { key: key.clone(), value: value.clone() };
    if let Some((key, value)) = settings.iter().find(|(key, _)| KNOWN.iter().all(|known| known.key != *key)) {
        return Err(refused(key, value));
    }
    for known in &KNOWN {
        if let Some((key, value)) = settings.get_key_value(known.key)
            && !(known.set)(generator, value)
        {
            return Err(refused(key, value));
        }
    }
    Ok(())
}

fn choices<S: Setting>(key: &'static str) -> Vec<Choice> {
    let choice = |known: &isomorph_schema::Word<S>| Choice {
        value: known.word,
        means: known.means,
        line: format!("{key} = {:?}", known.word),
    };
    S::WORDS.iter().map(choice).collect()
}

/// The same, with another one by default.
fn first(mut choices: Vec<Choice>, value: &str) -> Vec<Choice> {
    choices.sort_by_key(|choice| choice.value != value);
    choices
}

fn switched(key: &'static str, off: &'static str, on: &'static str) -> Vec<Choice> {
    let choice = |value: &'static str, means| Choice { value, means, line: format!("{key} = {value}") };
    vec![choice("false", off), choice("true", on)]
}

/// Sets what is off by default, if it is on; says whether that is a value.
fn on<T>(word: &str, set: impl FnOnce() -> T) -> bool {
    if word == "true" {
        set();
    }
    ["true", "false"].contains(&word)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use isomorph_codegen::{Generator, Layout, Manifest, SETTINGS, Schemars};

    use super::{set, switches};

    /// What a generator is, but for its files.
    fn shown(generator: &Generator) -> String {
        let all = format!("{generator:?}");
        // How a manifest is written is not what it says.
        all.split_once(", said: ").map_or(all.clone(), |(said, _)| said.to_owned())
    }

    #[test]
    fn each_switch_does_what_its_line_of_a_manifest_says() {
        for switch in switches() {
            for choice in &switch.choices {
                let text = format!(
                    "[package]\nname = \"a\"\n[package.metadata.isomorph]\nschema = \"s.json\"\nout = \"src\"\n{}\n",
                    choice.line
                );
                let manifest = Manifest::of_text(Path::new("Cargo.toml"), &text).expect("it is one");
                let expected = Generator::from_manifest(&manifest);
                let mut generator = Generator::new();
                generator
                    .schema(manifest.schemas[0].clone())
                    .layout(Layout::Split)
                    .schemars(Schemars::Feature);
                let said = [(switch.key.to_owned(), choice.value.to_owned())].into();
                set(&mut generator, &said).expect("it has that value");
                assert_eq!(shown(&generator), shown(&expected), "{}", choice.line);
            }
        }
    }

    #[test]
    fn the_first_choice_of_a_switch_is_what_a_manifest_without_it_says() {
        let manifest =
            "[package]\nname = \"a\"\n[package.metadata.isomorph]\nschema = \"s.json\"\nout = \"src\"\n";
        let of = |line: &str| {
            let text = format!("{manifest}{line}\n");
            Manifest::of_text(Path::new("Cargo.toml"), &text).expect("it is one")
        };
        for switch in switches() {
            assert_eq!(of(&switch.choices[0].line), of(""), "{}", switch.key);
            assert!(switch.choices[1..].iter().all(|choice| of(&choice.line) != of("")), "{}", switch.key);
        }
    }

    #[test]
    fn every_setting_of_a_few_words_is_a_switch() {
        let switches = switches();
        for row in SETTINGS.iter().filter(|row| row.words.is_some()) {
            assert!(switches.iter().any(|switch| switch.key == row.name), "{}", row.name);
        }
    }

    #[test]
    fn what_is_no_setting_is_refused() {
        for (key, value) in [("out", "../x"), ("undeclared", "maybe"), ("constructors", "yes"), ("", "")] {
            let said = [(key.to_owned(), value.to_owned())].into();
            assert!(set(&mut Generator::new(), &said).is_err(), "{key} {value}");
        }
    }
}
