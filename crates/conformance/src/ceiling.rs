//! The ceiling: a generator that only validates, at run time. What it does not reach, the harness does not.

use crate::clock::shortest;
use crate::corpus::{Case, Corpus};
use crate::entrant::{Entrant, Kind, Module};
use crate::isomorph::generator;

/// Generates every case.
pub fn generate(corpus: &Corpus) -> Entrant {
    let modules = corpus.cases.iter().enumerate().map(|(index, case)| {
        let (made, time) = shortest(|| module(corpus, case));
        Module::new(index, made, time)
    });
    Entrant { kind: Kind::Validator, modules: modules.collect() }
}

fn module(corpus: &Corpus, case: &Case) -> Result<String, String> {
    let documents = generator(corpus, case).documents().map_err(|error| error.to_string())?;
    let count = documents.len();
    let documents = documents.iter().map(|document| {
        let text = document.root.to_string();
        format!(
            "isomorph_runtime::guard::Document {{ uri: {:?}, dialect: {:?}, text: {text:?} }},\n",
            document.uri,
            document.dialect.uri()
        )
    });
    Ok(format!(
        "#[derive(serde::Serialize)]\npub struct Root(pub serde_json::Value);\n\
         isomorph_runtime::newtype! {{ Root guard DOCUMENTS 0 \"\" }}\n\
         static DOCUMENTS: [isomorph_runtime::guard::Document; {count}] = [\n{}];\n",
        documents.collect::<String>()
    ))
}
