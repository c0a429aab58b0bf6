//! Who enters: each makes a module with a type `Root` of every case that it can.

use std::path::Path;
use std::time::Duration;

use isomorph_codegen::Positions;
use serde::{Deserialize, Serialize};

/// A generator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The one to be measured.
    Isomorph,
    /// The ceiling: any value, validated at run time.
    Validator,
    /// The base line: plain typify, with a title put in and no other help.
    Typify,
}

/// A generator, and what it made of a corpus.
#[derive(Debug)]
pub struct Entrant {
    /// The generator.
    pub kind: Kind,
    /// What it made of each case.
    pub modules: Vec<Module>,
}

/// What generating a case came to.
#[derive(Debug)]
pub struct Module {
    /// The index of the case in its corpus.
    pub case: usize,
    /// The text of the module, or what was said instead.
    pub text: Result<String, String>,
    /// How much of the schema has a Rust type.
    pub positions: Positions,
    /// How many of its types are checked by a validator, and how many there are.
    pub guarded: (usize, usize),
    /// Types for which typify gave no shape.
    pub without_shape: usize,
    /// Its types that stand for a schema of the case, or for one in it.
    pub definitions: Vec<Definition>,
    /// Its types for some of the instances of a schema, with the place of that schema. What they say is a part
    /// of what the type for all of its instances says.
    pub parts: Vec<Definition>,
    /// How long it took.
    pub time: Duration,
}

/// A type, and the schema that it is to give back.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Definition {
    /// The type, if there is one.
    pub name: Option<String>,
    /// The place of the schema, as a JSON Pointer.
    pub pointer: String,
    /// The annotations that the type leaves to those around it, as it stands for other places too.
    pub left: Vec<String>,
    /// Whether its schema is derived, and not carried.
    pub is_derived: bool,
}

impl Module {
    /// A module of which nothing is known but its text.
    pub fn new(case: usize, text: Result<String, String>, time: Duration) -> Self {
        Self {
            case,
            text,
            positions: Positions::default(),
            guarded: (0, 0),
            without_shape: 0,
            definitions: Vec::new(),
            parts: Vec::new(),
            time,
        }
    }
}

impl Kind {
    /// Its name, in folders.
    pub fn name(self) -> &'static str {
        match self {
            Self::Isomorph => "isomorph",
            Self::Validator => "validator",
            Self::Typify => "typify",
        }
    }

    /// What warnings are in its code. Only the one that is measured is held to have none.
    pub fn lint_level(self) -> &'static str {
        match self {
            Self::Isomorph | Self::Validator => "deny",
            Self::Typify => "allow",
        }
    }

    /// What its code needs besides serde, as lines of a manifest.
    pub fn dependencies(self) -> String {
        self.dependencies_with("\"guard\", \"schemars\"")
    }

    /// The same for a module alone, which needs of the runtime what its header names, without `JsonSchema`.
    pub fn dependencies_alone(self, text: &str) -> String {
        let features = features(text).map(|feature| format!("{feature:?}")).collect::<Vec<_>>().join(", ");
        self.dependencies_with(&features).replace("schemars = \"1\"\n", "")
    }

    fn dependencies_with(self, features: &str) -> String {
        let runtime = |features: &str| {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime").display().to_string();
            format!("isomorph-runtime = {{ path = {path:?}, features = [{features}] }}\n")
        };
        match self {
            Self::Isomorph | Self::Validator => {
                format!("{}schemars = \"1\"\n", runtime(features))
            }
            Self::Typify => format!(
                "chrono = {{ version = \"0.4\", features = [\"serde\"] }}\nregress = \"0.10\"\n\
                 uuid = {{ version = \"1\", features = [\"serde\"] }}\n\
                 schemars = {{ version = \"1\", features = [\"chrono04\", \"uuid1\"] }}\n{}",
                // For nothing but how a schema is asked for.
                runtime("\"schemars\"")
            ),
        }
    }
}

/// The features of the runtime that the header of a module names: `// Needs: isomorph-runtime 0.2.0 (value, pattern), …`.
fn features(text: &str) -> impl Iterator<Item = &str> {
    let header = text.lines().take_while(|line| line.starts_with("//"));
    let named = header.filter_map(|line| line.split_once("isomorph-runtime ")?.1.split_once(')'));
    let named = named.filter_map(|(said, _)| said.split_once('('));
    named.flat_map(|(_, features)| features.split(", "))
}
