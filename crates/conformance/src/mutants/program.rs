//! Changed types as crates: the modules that they come from, in each its mutants, and a program that holds
//! them against their schemas.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use quote::{ToTokens, quote};
use serde::Serialize;

use super::change::Retyped;
use super::origin::Origin;
use super::trial::Trial;
use crate::corpus::Corpus;
use crate::crates::{Crate, manifest, put};
use crate::entrant::Kind;
use crate::failure::Failure;
use crate::faithful::FAITHFUL;

/// A module, and the changed types in it.
#[derive(Debug)]
pub struct Subject {
    /// The case.
    pub case: usize,
    /// The module.
    pub origin: Origin,
    /// Its types, changed and not.
    pub trials: Vec<Trial>,
}

impl Subject {
    /// Takes out the unchanged types of which there is no mutant.
    pub fn keep_what_is_changed(&mut self) {
        let changed = self.trials.iter().filter(|trial| trial.change.is_some());
        let changed: BTreeSet<String> = changed.map(|trial| trial.changed.clone()).collect();
        self.trials.retain(|trial| changed.contains(&trial.changed));
    }
}

/// The source of a case, for the program.
#[derive(Serialize)]
struct Job<'a> {
    case: usize,
    schema: &'a str,
}

/// Writes a crate of these modules.
///
/// # Errors
///
/// If a file cannot be written.
pub fn write(corpus: &Corpus, subjects: &[Subject], folder: &Path) -> Result<Crate, Failure> {
    let (mut modules, mut table, mut jobs) = (String::new(), String::new(), Vec::new());
    for Subject { case, origin, trials } in subjects {
        let _ = writeln!(modules, "mod m{case};");
        let _ = writeln!(
            table,
            "        {case} => m{case}::hold(&Source::new::<m{case}::Root>(job.case, &job.schema), skip),"
        );
        put(&folder.join(format!("src/m{case}.rs")), &module(origin, trials))?;
        for trial in trials {
            put(&folder.join(format!("src/m{case}/x{}.rs", trial.number)), &trial.text)?;
        }
        jobs.push(Job {
            case: *case,
            schema: str::from_utf8(&corpus.cases[*case].schema).unwrap_or_default(),
        });
    }
    let library = format!(
        "{PROGRAM}{FAITHFUL}\n{modules}\nfn run(job: &Job, skip: &Skip) {{\n    match job.case {{\n{table}        _ => {{}}\n    }}\n}}\n"
    );
    let name = folder.file_name().unwrap_or_default().to_string_lossy().replace('.', "-");
    put(&folder.join("src/main.rs"), &library)?;
    put(&folder.join("Cargo.toml"), &manifest(&name, &Kind::Isomorph.dependencies()))?;
    put(&folder.join("jobs.json"), &serde_json::to_string(&jobs).map_err(Failure::Write)?)?;
    Ok(Crate {
        folder: folder.to_owned(),
        cases: subjects.iter().map(|subject| subject.case).collect(),
        stand_ins: subjects.iter().map(|subject| (subject.case, BROKEN.to_owned())).collect(),
    })
}

/// The text of a module, with the modules of its changed types in it.
fn module(origin: &Origin, trials: &[Trial]) -> String {
    let items = &origin.items;
    let mut text = quote!(#(#items)*).to_token_stream().to_string();
    text.push('\n');
    let mut holds = String::new();
    for Trial { number, held, pointer, left, retyped, .. } in trials {
        let _ = writeln!(text, "mod x{number};");
        let same = match retyped {
            Some(Retyped { from, to, is_of_field }) => {
                let (from, to) = (from.to_token_stream(), to.to_token_stream());
                format!("crate::same::<{from}, {to}>({is_of_field})")
            }
            None => "false".to_owned(),
        };
        let _ = writeln!(
            holds,
            "    source.hold_mutant::<x{number}::{held}>({number}, {pointer:?}, &{left:?}, || {same}, skip);"
        );
    }
    let _ = writeln!(text, "pub fn hold(source: &crate::Source, skip: &crate::Skip) {{\n{holds}}}");
    text
}

/// What the module of a changed type that does not compile says instead. It is not counted.
pub fn unchanged(held: &str) -> String {
    format!("pub type {held} = super::{held};\n")
}

/// What a module that does not compile says instead.
const BROKEN: &str = "pub type Root = bool;\npub fn hold(_source: &crate::Source, _skip: &crate::Skip) {}\n";

/// The program. It says which type it is at, and then of each whether its schema is the source, and whether
/// it stands where the source has it: its name, and whether it is written where it is mentioned, is what
/// schemars says in every schema that mentions it; and whether what was changed in it is none to schemars.
const PROGRAM: &str = r#"#![allow(warnings)]

use serde_json::Value;

#[derive(serde::Deserialize)]
struct Job {
    case: usize,
    schema: String,
}

/// Cases and numbers.
type Skip = std::collections::BTreeSet<(usize, usize)>;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let jobs = arguments.next().expect("the jobs");
    let numbers: Vec<usize> = arguments.map(|number| number.parse().expect("a number")).collect();
    let skip: Skip = numbers.chunks(2).map(|pair| (pair[0], pair[1])).collect();
    let text = std::fs::read_to_string(jobs).expect("the jobs can be read");
    let jobs: Vec<Job> = serde_json::from_str(&text).expect("the jobs are JSON");
    jobs.iter().for_each(|job| run(job, &skip));
    println!("end");
}

impl Source {
    fn hold_mutant<T: schemars::JsonSchema>(
        &self,
        number: usize,
        pointer: &str,
        left: &[&str],
        same: fn() -> bool,
        skip: &Skip,
    ) {
        if skip.contains(&(self.case, number)) {
            return;
        }
        println!("begin {} {number}", self.case);
        let said = match pointer {
            "" => isomorph_runtime::schema_with_definitions::<T>(self.keyword).to_value(),
            _ => self.say_alone::<T>(),
        };
        let line = serde_json::json!({
            "case": self.case,
            "number": number,
            "equal": self.is_said(&said, pointer, left),
            "stands": stands::<T>(pointer),
            "same": same(),
        });
        println!("{line}");
    }
}

/// Whether schemars says the same of two types, with nothing of ours around them.
fn same<A: schemars::JsonSchema, B: schemars::JsonSchema>(is_of_field: bool) -> bool {
    let said = |schema: schemars::Schema| schema.to_value();
    let optional = A::_schemars_private_is_option() == B::_schemars_private_is_option();
    (optional || !is_of_field)
        && said(isomorph_runtime::definition_of::<A>("$defs")) == said(isomorph_runtime::definition_of::<B>("$defs"))
}

fn stands<T: schemars::JsonSchema>(pointer: &str) -> bool {
    let definition = pointer.strip_prefix("/$defs/").or(pointer.strip_prefix("/definitions/"));
    match definition.filter(|name| !name.contains('/')) {
        _ if pointer.is_empty() => true,
        Some(name) => !T::inline_schema() && T::schema_name() == name.replace("~1", "/").replace("~0", "~"),
        None => T::inline_schema(),
    }
}

"#;
