//! `isomorph sample`: instances that satisfy a schema, or break one keyword of it.

use std::io::{Write, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use isomorph_codegen::{Bundle, Bundler, Document, Generator, Pointer, Unresolved};
use isomorph_evolution::{Canonical, Extent, Sampler, broken};
use serde_json::Value;

use crate::bounded::Bounded;
use crate::command_line::Sample;
use crate::failure::Failure;
use crate::say::say;

/// Prints instances.
pub fn run(arguments: &Sample) -> Result<ExitCode, Failure> {
    let (file, pointer) = place(&arguments.schema);
    let mut generator = Generator::new();
    generator.schema_file(&file);
    arguments.references.apply(&mut generator);
    let documents = generator.documents()?;
    let pointer = schema_at(&documents[0], &pointer)?;
    let validator = isomorph_codegen::validator_at(&documents, 0, &pointer)?;
    let bundle =
        Bundler::new(&documents, Unresolved::Accept)?.bundle(0, &pointer)?.without_foreign_keywords();
    let found = if arguments.invalid {
        print_broken(&bundle.schema, &validator, arguments)?
    } else {
        print_valid(&bundle.schema, &validator, arguments)?
    };
    if found < arguments.number {
        say(format_args!("error: {}: {}", arguments.schema.display(), why_so_few(&bundle, found, arguments)));
    }
    Ok(ExitCode::from(u8::from(found < arguments.number)))
}

fn why_so_few(bundle: &Bundle, found: usize, arguments: &Sample) -> String {
    // What dynamic references lead to is not all in the bundle.
    let is_known = found == 0 && !bundle.is_approximate;
    match (is_known.then(|| Bounded::default().extent(&bundle.schema)).flatten(), arguments.invalid) {
        (Some(Extent::Everything), true) => "accepts every instance, so that none breaks it".to_owned(),
        (Some(Extent::Nothing), _) => "accepts no instance".to_owned(),
        (_, invalid) => {
            let what = if invalid { "instances that break exactly one keyword" } else { "instances" };
            format!("found only {found} of {} {what}; the schema may have no more", arguments.number)
        }
    }
}

/// `FILE#/POINTER`, unless a file has that whole name.
fn place(schema: &Path) -> (PathBuf, Pointer) {
    let text = schema.to_string_lossy();
    let split = text.rsplit_once('#').filter(|_| !schema.exists());
    let parsed = split.and_then(|(file, pointer)| Some((file, Pointer::parse(pointer)?)));
    parsed.map_or((schema.to_owned(), Pointer::root()), |(file, pointer)| (file.into(), pointer))
}

/// The place of a schema in a document; of one that only holds schemas, there is none of the whole.
fn schema_at(document: &Document, in_file: &Pointer) -> Result<Pointer, Failure> {
    match &document.holder {
        Some(holder) if *in_file == Pointer::root() => {
            holder.only().map_err(|message| Failure::NoRoot { file: document.file.clone(), message })
        }
        _ => Ok(document.locate(in_file)),
    }
}

/// In how many vain tries in a row the search for another instance ends.
const PATIENCE: u64 = 12;

fn print_valid(
    bundle: &Value,
    validator: &jsonschema::Validator,
    arguments: &Sample,
) -> Result<usize, Failure> {
    let sampler = Sampler::new(bundle, validator);
    let mut printed: Vec<Value> = Vec::new();
    let (mut number, mut vain) = (arguments.seed, 0);
    while printed.len() < arguments.number && vain < PATIENCE {
        match sampler.instance(number) {
            Some(instance) if !printed.contains(&instance) => {
                writeln!(stdout().lock(), "{instance}")?;
                printed.push(instance);
                vain = 0;
            }
            None if printed.is_empty() => break,
            _ => vain += 1,
        }
        number = number.wrapping_add(1);
    }
    Ok(printed.len())
}

fn print_broken(
    bundle: &Value,
    validator: &jsonschema::Validator,
    arguments: &Sample,
) -> Result<usize, Failure> {
    let found = broken(bundle, validator, arguments.number, arguments.seed);
    for broken in &found {
        writeln!(stdout().lock(), "{}", broken.instance)?;
        let at = Pointer::parse(&broken.instance_location).unwrap_or_default();
        say(format_args!("{at} breaks #{}", broken.keyword_location));
    }
    Ok(found.len())
}
