use std::path::PathBuf;

use clap::Args;
use isomorph_schema::{Dialect, Opening, Unresolved};

use super::words::words;

/// Where references lead.
#[derive(Debug, Clone, Args)]
pub struct References {
    /// The file to read where a schema refers to URI; nothing is ever fetched
    #[arg(long, value_name = "URI=FILE", value_parser = mapping)]
    pub map: Vec<(String, PathBuf)>,

    /// What becomes of references to documents that are not here, and of schemas that refer to themselves
    #[arg(long, value_name = "HOW", value_parser = words::<Unresolved>(), default_value = "refuse")]
    pub unresolved: Unresolved,

    /// The dialect of schemas without `$schema`: 4, 6, 7, 2019-09 or 2020-12
    #[arg(long, value_name = "DIALECT", value_parser = words::<Dialect>(), default_value = "2020-12")]
    pub dialect: Dialect,

    /// Of OpenAPI documents, the schemas of parameters, bodies and responses too, named after their operations
    #[arg(long)]
    pub operations: bool,

    /// Take an object of which no key is a keyword for a schema, which accepts anything
    #[arg(long)]
    pub allow_any: bool,
}

fn mapping(text: &str) -> Result<(String, PathBuf), String> {
    // A URI may contain `=`; the name of a file rarely does.
    let (uri, file) = text.rsplit_once('=').ok_or("say URI=FILE")?;
    Ok((uri.trim_end_matches('#').to_owned(), file.into()))
}

impl References {
    /// Tells a generator.
    pub fn apply(&self, generator: &mut isomorph_codegen::Generator) {
        for (uri, file) in &self.map {
            generator.map(uri, file);
        }
        generator.unresolved(self.unresolved);
        generator.dialect(self.dialect);
        generator.opening(self.opening());
    }

    /// What is taken for a schema.
    pub fn opening(&self) -> Opening {
        Opening { operations: self.operations, allow_any: self.allow_any }
    }
}
