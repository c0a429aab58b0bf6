use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Where references lead.
#[derive(Debug, Clone, Args)]
pub struct References {
    /// The file to read where a schema refers to URI; nothing is ever fetched
    #[arg(long, value_name = "URI=FILE", value_parser = mapping)]
    pub map: Vec<(String, PathBuf)>,

    /// What becomes of references to documents that are not here, and of schemas that refer to themselves
    #[arg(long, value_name = "HOW", default_value = "refuse")]
    pub unresolved: Unresolved,

    /// The dialect of schemas without `$schema`: 4, 6, 7, 2019-09 or 2020-12
    #[arg(long, value_name = "DIALECT", default_value = "2020-12")]
    pub dialect: Dialect,
}

fn mapping(text: &str) -> Result<(String, PathBuf), String> {
    // A URI may contain `=`; the name of a file rarely does.
    let (uri, file) = text.rsplit_once('=').ok_or("say URI=FILE")?;
    Ok((uri.trim_end_matches('#').to_owned(), file.into()))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Unresolved {
    /// They are an error
    Refuse,
    /// Types are made all the same, and reject every instance that reaches them
    Reject,
    /// Types are made all the same, and accept any value there
    Accept,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Dialect {
    #[value(name = "4")]
    Draft4,
    #[value(name = "6")]
    Draft6,
    #[value(name = "7")]
    Draft7,
    #[value(name = "2019-09")]
    Draft201909,
    #[value(name = "2020-12")]
    Draft202012,
}

impl References {
    /// Tells a generator.
    pub fn apply(&self, generator: &mut isomorph_codegen::Generator) {
        for (uri, file) in &self.map {
            generator.map(uri, file);
        }
        generator.unresolved(self.unresolved.into());
        generator.dialect(self.dialect.into());
    }
}

impl From<Unresolved> for isomorph_codegen::Unresolved {
    fn from(unresolved: Unresolved) -> Self {
        match unresolved {
            Unresolved::Refuse => Self::Refuse,
            Unresolved::Reject => Self::Reject,
            Unresolved::Accept => Self::Accept,
        }
    }
}

impl From<Dialect> for isomorph_codegen::Dialect {
    fn from(dialect: Dialect) -> Self {
        match dialect {
            Dialect::Draft4 => Self::Draft4,
            Dialect::Draft6 => Self::Draft6,
            Dialect::Draft7 => Self::Draft7,
            Dialect::Draft201909 => Self::Draft201909,
            Dialect::Draft202012 => Self::Draft202012,
        }
    }
}
