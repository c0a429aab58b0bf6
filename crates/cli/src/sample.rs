//! `isomorph sample`: instances that satisfy a schema, or break one keyword of it.

use std::io::{Write, stdout};
use std::process::ExitCode;

use isomorph_codegen::{Bundle, Bundler, Location, Pointer, Unresolved};
use isomorph_evolution::{Canonical, Extent, Sampler, broken};
use serde_json::Value;

use crate::bounded::Bounded;
use crate::command_line::Sample;
use crate::failure::Failure;
use crate::say::say;
use crate::schemas::{generator, tell};

/// Prints instances.
pub fn run(arguments: &Sample) -> Result<ExitCode, Failure> {
    let name = arguments.schema.clone().or_else(|| arguments.named.clone()).unwrap_or_default();
    let set = generator(std::slice::from_ref(&name), &arguments.references)?.set()?;
    tell(&set.notes.iter().map(ToString::to_string).collect::<Vec<_>>());
    let own = set.documents.iter().filter(|document| !document.is_guest).count();
    let chosen = set.first().filter(|_| own == 1 || !set.selected.is_empty());
    let Some(mut at) = chosen else {
        return Err(Failure::WhichSchema { name: name.display().to_string(), count: own });
    };
    let documents = &set.documents;
    if let (true, Some(holder)) = (set.selected.is_empty(), &documents[at.document].holder) {
        let file = documents[at.document].file.clone();
        at.pointer = holder.only().map_err(|message| Failure::NoRoot { file, message })?;
    }
    let Location { document, pointer } = at;
    let validator = isomorph_codegen::validator_at(documents, document, &pointer)?;
    let bundler = Bundler::new(documents, Unresolved::Accept)?;
    let bundle = bundler.bundle(document, &pointer)?.without_foreign_keywords();
    let found = if arguments.invalid {
        print_broken(&bundle.schema, &validator, arguments)?
    } else {
        print_valid(&bundle.schema, &validator, arguments)?
    };
    if found < arguments.number {
        say(format_args!("error: {}: {}", name.display(), why_so_few(&bundle, found, arguments)));
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
