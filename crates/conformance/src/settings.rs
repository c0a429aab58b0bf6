//! How the generator is asked for types, if not by default.

use isomorph_codegen::{Defaults, Generator, Schemars, Undeclared};
use serde::{Deserialize, Serialize};

use crate::random::dice::Dice;

/// Settings that change what types hold or say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "they are switches")]
pub struct Settings {
    /// `--undeclared keep`
    pub keeps_undeclared: bool,
    /// `--defaults keep`
    pub keeps_defaults: bool,
    /// `--constructors`
    pub constructors: bool,
    /// `--schemars never`
    pub without_schemars: bool,
}

impl Settings {
    /// Mostly the default ones.
    pub fn random(dice: &mut Dice) -> Self {
        if dice.percent(50) {
            return Self::default();
        }
        Self {
            keeps_undeclared: dice.percent(40),
            keeps_defaults: dice.percent(30),
            constructors: dice.percent(40),
            without_schemars: dice.percent(15),
        }
    }

    /// As the command line of the tool has them.
    pub fn of_arguments(arguments: &str) -> Self {
        Self {
            keeps_undeclared: arguments.contains("--undeclared keep"),
            keeps_defaults: arguments.contains("--defaults keep"),
            constructors: arguments.contains("--constructors"),
            without_schemars: arguments.contains("--schemars never"),
        }
    }

    /// As the command line of the tool has them.
    pub fn arguments(self) -> String {
        let all = [
            (self.keeps_undeclared, "--undeclared keep"),
            (self.keeps_defaults, "--defaults keep"),
            (self.constructors, "--constructors"),
            (self.without_schemars, "--schemars never"),
        ];
        all.into_iter()
            .filter(|(is_on, _)| *is_on)
            .map(|(_, argument)| argument)
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// The same with one thing as it is by default, for each that is not.
    pub fn simpler(self) -> Vec<Self> {
        let all = [
            Self { keeps_undeclared: false, ..self },
            Self { keeps_defaults: false, ..self },
            Self { constructors: false, ..self },
            Self { without_schemars: false, ..self },
        ];
        all.into_iter().filter(|simpler| *simpler != self).collect()
    }

    /// Tells the generator.
    pub fn apply(self, generator: &mut Generator) {
        if self.keeps_undeclared {
            generator.undeclared(Undeclared::Keep);
        }
        if self.keeps_defaults {
            generator.defaults(Defaults::Keep);
        }
        if self.constructors {
            generator.constructors();
        }
        if self.without_schemars {
            generator.schemars(Schemars::Never);
        }
    }
}
