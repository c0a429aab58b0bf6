use std::path::PathBuf;

use clap::Args;
use isomorph_schema::{Dialect, Opening, Unresolved};

use super::words::words;

/// Where references lead.
#[derive(Debug, Clone, Args)]
pub struct References {
    /// The file to read where a schema refers to URI, or the folder for all that begins with URI, which then ends in `/`;
    /// nothing is ever fetched
    #[arg(long, value_name = "URI=FILE", value_parser = mapping)]
    pub map: Vec<(String, PathBuf)>,

    /// The folder that references stay in; without it, the folder that `--schema` names, or that of the file
    #[arg(long, value_name = "FOLDER")]
    pub within: Option<PathBuf>,

    /// What becomes of references to documents that are not here, and of schemas that refer to themselves
    #[arg(long, value_name = "HOW", value_parser = words::<Unresolved>(), default_value = "refuse")]
    pub unresolved: Unresolved,

    /// The dialect of schemas without `$schema`, or with one that is not known: 4, 6, 7, 2019-09 or 2020-12; without it, the
    /// former are 2020-12, and the latter an error
    #[arg(long, value_name = "DIALECT", value_parser = words::<Dialect>())]
    pub dialect: Option<Dialect>,

    /// Of OpenAPI documents, the schemas of parameters, bodies and responses too, named after their operations
    #[arg(long)]
    pub operations: bool,

    /// Take an object of which no key is a keyword for a schema, which accepts anything
    #[arg(long)]
    pub allow_any: bool,
}

/// Reads which file a URI is mapped to.
pub fn mapping(text: &str) -> Result<(String, PathBuf), String> {
    // A URI may contain `=`; the name of a file rarely does.
    let (uri, file) = text.rsplit_once('=').ok_or("say URI=FILE")?;
    Ok((uri.trim_end_matches('#').to_owned(), file.into()))
}

impl References {
    /// What is taken for a schema.
    pub fn opening(&self) -> Opening {
        Opening { operations: self.operations, allow_any: self.allow_any }
    }
}
