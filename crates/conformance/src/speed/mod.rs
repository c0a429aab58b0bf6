//! How fast generated types read, beside what reads the same text without them: schemas in wide use with real
//! documents, in programs that are optimised.

mod instructions;
mod program;
mod timed;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;

use clap::Args;
use isomorph_codegen::Dialect;

use crate::corpus::{self, Case, Corpus, Instance};
use crate::entrant::Module;
use crate::failure::Failure;
use crate::isomorph;
use crate::judge::{cargo, lines, target, write_workspace};
use crate::settings::Settings;
use timed::Timed;

/// What is to be timed.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The folder of the corpora
    #[arg(long, env = "ISOMORPH_CORPUS", default_value = "../shared/corpus")]
    corpus: PathBuf,

    /// Where to put what is generated
    #[arg(long, default_value = "target/speed")]
    out: PathBuf,

    /// Of SchemaStore's schemas, only every one of so many
    #[arg(long, default_value_t = 1)]
    every: usize,

    /// Count instructions, which a busy machine does not change, and not nanoseconds: needs valgrind
    #[arg(long)]
    instructions: bool,

    /// Only schemas whose name contains one of these
    only: Vec<String>,
}

/// The smallest instance of SchemaStore that is timed, in bytes: what a smaller one takes is the start.
const SMALLEST: usize = 1024;

/// A schema's figures.
struct Line {
    name: String,
    timed: Timed,
    is_guarded: bool,
}

/// Generates, compiles and times schemas, and prints ratios.
///
/// # Errors
///
/// If a corpus cannot be read, or nothing be written.
pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    if !arguments.corpus.is_dir() {
        println!("conformance: skipped: there is no {}", arguments.corpus.display());
        return Ok(ExitCode::SUCCESS);
    }
    let corpus = corpus(arguments)?;
    let out = std::path::absolute(&arguments.out)
        .map_err(|source| Failure::Output { path: arguments.out.clone(), source })?;
    let entrant = isomorph::generate(&corpus);
    let mut timed = Vec::new();
    for modules in entrant.modules.chunks(AT_ONCE) {
        timed.extend(time(&corpus, modules, &out, arguments.instructions)?);
    }
    let named = |timed: Timed| Line {
        name: corpus.cases[timed.case].name.clone(),
        is_guarded: is_guarded(&entrant.modules[timed.case]),
        timed,
    };
    print(&timed.into_iter().map(named).collect::<Vec<_>>(), corpus.cases.len());
    Ok(ExitCode::SUCCESS)
}

/// How many schemas one program has.
const AT_ONCE: usize = 6;

/// How long a program may say nothing.
const PATIENCE: Duration = Duration::from_secs(120);

/// The schemas with real documents, which they accept.
fn corpus(arguments: &Arguments) -> Result<Corpus, Failure> {
    let mut corpus = corpus::folder(&arguments.corpus, "schemastore")?;
    corpus.cases.retain_mut(|case| {
        case.instances.retain(|instance| instance.valid && instance.text.len() >= SMALLEST);
        !case.instances.is_empty()
    });
    corpus.cases = corpus.cases.into_iter().step_by(arguments.every.max(1)).collect();
    corpus.cases.extend(published(&arguments.corpus.join("blaze"))?);
    let is_meant = |case: &Case| arguments.only.iter().any(|only| case.name.contains(only));
    corpus.cases.retain(|case| arguments.only.is_empty() || is_meant(case));
    Ok(Corpus { name: "speed".to_owned(), ..corpus })
}

/// The schemas of a published benchmark, with their documents, one a line.
fn published(folder: &Path) -> Result<Vec<Case>, Failure> {
    let mut cases = Vec::new();
    for path in corpus::entries(folder)? {
        let (schema, instances) = (path.join("schema.json"), path.join("instances.jsonl"));
        let Ok(text) = fs::read_to_string(&instances) else { continue };
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        cases.push(Case {
            name: format!("blaze/{name}"),
            schema: fs::read(&schema).map_err(|source| Failure::Read { path: schema.clone(), source })?,
            dialect: Dialect::default(),
            instances: text.lines().map(instance).collect(),
            settings: Settings::default(),
        });
    }
    Ok(cases)
}

fn instance(text: &str) -> Instance {
    Instance { description: String::new(), text: text.to_owned(), valid: true }
}

/// Whether something is left to the validator.
fn is_guarded(module: &Module) -> bool {
    module.text.as_ref().is_ok_and(|text| text.contains("guard DOCUMENTS"))
}

/// Compiles a program of some modules, and runs it.
fn time(
    corpus: &Corpus,
    modules: &[Module],
    out: &Path,
    by_instructions: bool,
) -> Result<Vec<Timed>, Failure> {
    let first = modules.first().map_or(0, |module| module.case);
    let one = program::write(corpus, modules, &out.join(format!("speed-{first}")))?;
    write_workspace(std::slice::from_ref(&one), out, Path::new("Cargo.lock"))?;
    let name = crate::judge::name(&one);
    let output = cargo(out, &["build", "--quiet", "--release", "-p", &name])?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let why = said.lines().find(|line| line.contains("error")).unwrap_or("it says nothing");
        println!("{name} does not compile: {why}");
        return Ok(Vec::new());
    }
    let program = target(out).join("release").join(name);
    let mut timed = Vec::new();
    let mut command = Command::new(&program);
    command.arg(one.folder.join("jobs.json"));
    let ended = lines(&mut command, PATIENCE, |line| match serde_json::from_str(line) {
        Ok(one) => timed.push(one),
        Err(_) => println!("{line}"),
    });
    ended.map_err(|source| Failure::Read { path: program.clone(), source })?;
    if by_instructions {
        instructions::count(&program, &one.folder.join("jobs.json"), &mut timed)?;
    }
    Ok(timed)
}

fn print(lines: &[Line], cases: usize) {
    println!(
        "{:<40} {:>9} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6}",
        "times as fast as", "bytes", "/1000", "serde", "Value", "Value+", "any", "guard"
    );
    for Line { name, timed, is_guarded } in lines {
        let beside = |time: f64| time / timed.text;
        let validated = timed.validated.map_or("-".to_owned(), |time| format!("{:.2}", beside(time)));
        // Bytes in a microsecond, or in a thousand instructions.
        #[allow(clippy::cast_precision_loss)]
        let speed = timed.bytes as f64 * 1e3 / timed.text;
        println!(
            "{name:<40} {:>9} {speed:>6.0} {:>6.2} {:>6.2} {validated:>6} {:>6.2} {:>6}",
            timed.bytes,
            beside(timed.serde),
            beside(timed.value),
            beside(timed.ignored),
            if *is_guarded { "guard" } else { "" },
        );
    }
    for (what, is_guarded) in [("nothing is left to the validator", false), ("something is", true)] {
        let lines: Vec<_> = lines.iter().filter(|line| line.is_guarded == is_guarded).collect();
        let of = |time: fn(&Timed) -> Option<f64>| {
            spread(lines.iter().filter_map(|line| Some(time(&line.timed)? / line.timed.text)).collect())
        };
        println!("{} of {cases} schemas, of which {what}:", lines.len());
        println!("  beside Value and jsonschema's verdict: {}", of(|timed| timed.validated));
        println!("  beside Value: {}", of(|timed| Some(timed.value)));
        println!("  beside IgnoredAny: {}", of(|timed| Some(timed.ignored)));
        println!("  beside serde's door: {}", of(|timed| Some(timed.serde)));
    }
}

/// The least, the middle and the greatest.
fn spread(mut ratios: Vec<f64>) -> String {
    ratios.sort_by(f64::total_cmp);
    match (ratios.first(), ratios.get(ratios.len() / 2), ratios.last()) {
        (Some(least), Some(middle), Some(greatest)) => {
            format!("{middle:.2} (from {least:.2} to {greatest:.2}, {} schemas)", ratios.len())
        }
        _ => "none".to_owned(),
    }
}
