//! Which schemas are counted, and whether what is counted is told.

use std::path::PathBuf;

use clap::Args;

/// What is to be counted.
#[derive(Debug, Args)]
pub struct Listing {
    /// The folder of the corpora
    #[arg(long, env = "ISOMORPH_CORPUS", default_value = "../shared/corpus")]
    pub corpus: PathBuf,

    /// Print every type that is counted, and why
    #[arg(long)]
    pub list: bool,

    /// Only schemas whose name contains one of these
    only: Vec<String>,
}

impl Listing {
    /// Whether a schema of this name is counted.
    pub fn counts(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|wanted| name.contains(wanted))
    }
}
