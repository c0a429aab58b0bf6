use std::io::{Write, stdout};
use std::process::ExitCode;

use isomorph_codegen::{Bundler, Document, Generator, Pointer, Unresolved};

use crate::command_line::SchemaOf;
use crate::configuration::manifests;
use crate::failure::Failure;
use crate::schemas::generator;

/// Prints the schema of a type.
pub fn run(arguments: &SchemaOf) -> Result<ExitCode, Failure> {
    let generators = if arguments.schema.is_empty() {
        manifests()?.iter().map(Generator::from_manifest).collect()
    } else {
        vec![generator(&arguments.schema, &arguments.references)?]
    };
    let mut known = Vec::new();
    for generator in generators {
        let report = generator.generate("model.rs")?.report;
        let Some(row) = report.definitions.iter().find(|row| row.name == arguments.name) else {
            known.extend(report.definitions.into_iter().map(|row| row.name));
            continue;
        };
        let documents = generator.documents()?;
        if let Some((index, pointer)) = place(&documents, &row.schema) {
            let bundle = Bundler::new(&documents, Unresolved::Accept)?.bundle(index, &pointer)?;
            writeln!(stdout().lock(), "{}", serde_json::to_string_pretty(&bundle.schema)?)?;
            return Ok(ExitCode::SUCCESS);
        }
    }
    Err(Failure::NoSuchType { name: arguments.name.clone(), known: known.join(", ") })
}

/// The document and the pointer of a place such as `schema/Order.json#/$defs/Item`.
fn place(documents: &[Document], text: &str) -> Option<(usize, Pointer)> {
    documents.iter().enumerate().find_map(|(index, document)| {
        let pointer = text.strip_prefix(document.file.as_str())?.strip_prefix('#')?;
        Some((index, document.locate(&Pointer::parse(pointer)?)))
    })
}
