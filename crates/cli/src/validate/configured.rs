//! What the configuration says for options that are not given.

use std::env;
use std::path::{Path, PathBuf};

use isomorph_schema::Configuration;
use serde::Deserialize;

use crate::command_line::Validate;
use crate::failure::Failure;

/// What may be configured of how problems are reported.
#[derive(Debug, Default, Deserialize)]
pub struct Configured {
    /// Whether no value is shown.
    #[serde(default)]
    pub redact: bool,
    /// The problems that are known.
    pub baseline: Option<PathBuf>,
}

impl Configured {
    /// What holds for a run: what is said on the command line, and else what is configured. With a schema of its own, a run
    /// has to do with no configuration.
    pub fn around(arguments: &Validate) -> Result<Self, Failure> {
        let mut all = Self { redact: arguments.redact, baseline: arguments.baseline.clone() };
        let is_alone = !arguments.schema.is_empty() || arguments.as_schema;
        let found = if is_alone { Vec::new() } else { Configuration::nearest(&env::current_dir()?)? };
        for configuration in found {
            let Self { redact, baseline } = configuration.part()?;
            all.redact |= redact;
            let Some(baseline) = baseline.filter(|_| arguments.baseline.is_none()) else { continue };
            let baseline = configuration.from_here(&baseline);
            let other = all.baseline.replace(baseline.clone()).filter(|other| *other != baseline);
            if let Some(other) = other {
                return Err(several(&configuration, &other).into());
            }
        }
        if arguments.write_baseline && all.baseline.is_none() {
            return Err(Failure::NoBaseline);
        }
        Ok(all)
    }
}

fn several(configuration: &Configuration, other: &Path) -> isomorph_schema::Error {
    let other = other.display();
    let message = format!("another manifest of this workspace names {other} as `baseline`");
    configuration.invalid(&["baseline"], message, vec!["say `--baseline FILE`".to_owned()])
}
