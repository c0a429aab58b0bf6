//! How long the compiler takes for generated types in a release build, beside those that typify makes of the same schema:
//! schemas in wide use, each in a crate of its own whose dependencies are compiled already.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use isomorph_codegen::Dialect;

use crate::baseline;
use crate::clock::timed_children;
use crate::corpus::{self, Case, Corpus};
use crate::crates::{Crate, manifest, put};
use crate::entrant::Kind;
use crate::failure::Failure;
use crate::isomorph;
use crate::judge::{cargo, name, write_workspace};
use crate::settings::Settings;

/// What is to be compiled.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The folder of the corpora
    #[arg(long, env = "ISOMORPH_CORPUS", default_value = "../shared/corpus")]
    corpus: PathBuf,

    /// Where to put what is generated
    #[arg(long, default_value = "target/compiled")]
    out: PathBuf,

    /// Only schemas whose name contains one of these
    only: Vec<String>,
}

/// What a crate does beside having the types.
#[derive(Debug, Clone, Copy)]
enum Use {
    /// Nothing.
    Alone,
    /// It reads and writes the root, by the runtime's own door.
    Text,
    /// The same, by serde's.
    Serde,
}

impl Use {
    const fn name(self) -> &'static str {
        match self {
            Self::Alone => "alone",
            Self::Text => "text",
            Self::Serde => "serde",
        }
    }

    /// The functions that a user would write.
    fn functions(self) -> String {
        let read = match self {
            Self::Alone => return String::new(),
            Self::Text => "isomorph_runtime::from_str",
            Self::Serde => "serde_json::from_str",
        };
        format!(
            "pub fn read(text: &str) -> Option<types::Root> {{\n    {read}(text).ok()\n}}\n\n\
             pub fn write(root: &types::Root) -> Option<String> {{\n    serde_json::to_string(root).ok()\n}}\n"
        )
    }
}

/// What is compiled of each schema.
const MADE: [(Kind, Use); 5] = [
    (Kind::Typify, Use::Alone),
    (Kind::Typify, Use::Serde),
    (Kind::Isomorph, Use::Alone),
    (Kind::Isomorph, Use::Text),
    (Kind::Isomorph, Use::Serde),
];

/// What the compiler takes for each of [`MADE`].
type Times = [Duration; MADE.len()];

/// Generates and compiles each schema that both can do, and prints what that takes.
///
/// # Errors
///
/// If a corpus cannot be read, or nothing be written.
pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    if !arguments.corpus.is_dir() {
        println!("conformance: skipped: there is no {}", arguments.corpus.display());
        return Ok(ExitCode::SUCCESS);
    }
    let out = std::path::absolute(&arguments.out)
        .map_err(|source| Failure::Output { path: arguments.out.clone(), source })?;
    let mut cases = wild(&arguments.corpus)?;
    let is_meant = |case: &Case| arguments.only.iter().any(|only| case.name.contains(only));
    cases.retain(|case| arguments.only.is_empty() || is_meant(case));
    let corpus = Corpus { name: "compiled".to_owned(), cases, remotes: BTreeMap::new(), is_incomplete: true };
    let made = make(&corpus, &out)?;
    write_workspace(
        &made.iter().flatten().flatten().map(copy).collect::<Vec<_>>(),
        &out,
        Path::new("Cargo.lock"),
    )?;
    println!(
        "{:<32} {:>7} {:>7} {:>7} {:>7} {:>7} {:>6} {:>6} {:>6}",
        "seconds: typify, and ours", "alone", "serde", "alone", "text", "serde", "alone", "text", "serde"
    );
    let mut all = Times::default();
    for (case, crates) in corpus.cases.iter().zip(&made) {
        let Some(crates) = crates else {
            println!("{:<32} not both can do it", case.name);
            continue;
        };
        match times(crates, &out)? {
            Some(times) => {
                print(&case.name, times);
                all.iter_mut().zip(times).for_each(|(all, time)| *all += time);
            }
            None => println!("{:<32} one does not compile", case.name),
        }
    }
    print("all", all);
    Ok(ExitCode::SUCCESS)
}

/// The crates of each case that both can do.
fn make(corpus: &Corpus, out: &Path) -> Result<Vec<Option<Vec<Crate>>>, Failure> {
    let typify = baseline::generate(corpus)?.alone;
    let crates = |index: usize| {
        let ours = isomorph::without_schemars(corpus, index);
        let (Ok(theirs), Ok(ours)) = (&typify.modules[index].text, &ours.text) else { return Ok(None) };
        let text = |kind| if kind == Kind::Typify { theirs } else { ours };
        MADE.iter()
            .map(|(kind, door)| write(out, index, (*kind, *door), text(*kind)))
            .collect::<Result<_, _>>()
            .map(Some)
    };
    (0..corpus.cases.len()).map(crates).collect()
}

fn copy(one: &Crate) -> Crate {
    Crate { folder: one.folder.clone(), cases: Vec::new(), stand_ins: BTreeMap::new() }
}

/// The schemas in wide use that are one document.
fn wild(root: &Path) -> Result<Vec<Case>, Failure> {
    let files = corpus::files(&root.join("wild/schema"))?;
    let case = |path: PathBuf| {
        Ok(Case {
            name: format!("wild/{}", path.file_stem().unwrap_or_default().to_string_lossy()),
            schema: fs::read(&path).map_err(|source| Failure::Read { path, source })?,
            dialect: Dialect::default(),
            instances: Vec::new(),
            settings: Settings::default(),
        })
    };
    files.into_iter().map(case).collect()
}

/// Writes a library of the types and of what is done with them.
fn write(out: &Path, case: usize, (kind, used): (Kind, Use), text: &str) -> Result<Crate, Failure> {
    let folder = out.join(format!("{}-{}-{case}", kind.name(), used.name()));
    put(&folder.join("src/types.rs"), text)?;
    put(&folder.join("src/lib.rs"), &format!("#![allow(warnings)]\npub mod types;\n\n{}", used.functions()))?;
    let package = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    put(&folder.join("Cargo.toml"), &manifest(&package, &kind.dependencies_alone(text)))?;
    Ok(Crate { folder, cases: vec![case], stand_ins: BTreeMap::new() })
}

/// How often each is timed.
const TIMES: usize = 2;

/// What the compiler takes for each; `None` if one does not compile.
fn times(crates: &[Crate], out: &Path) -> Result<Option<Times>, Failure> {
    let mut times = [Duration::MAX; MADE.len()];
    // The first time compiles what they depend on too; after that in turns, and the shortest counts.
    for round in 0..=TIMES {
        for (one, time) in crates.iter().zip(&mut times) {
            let Some(taken) = compile(one, out)? else { return Ok(None) };
            if round > 0 {
                *time = taken.min(*time);
            }
        }
    }
    Ok(Some(times))
}

/// The processor time of one release build of a crate alone, with that of cargo.
fn compile(one: &Crate, folder: &Path) -> Result<Option<Duration>, Failure> {
    let library = one.folder.join("src/lib.rs");
    let failed = |source| Failure::Read { path: library.clone(), source };
    let text = fs::read_to_string(&library).map_err(failed)?;
    put(&library, &(text + "\n"))?;
    let (output, time) =
        timed_children(|| cargo(folder, &["build", "--quiet", "--release", "--lib", "-p", &name(one)]))
            .map_err(failed)?;
    Ok(output?.status.success().then_some(time))
}

fn print(name: &str, times: Times) {
    let [their_alone, theirs, alone, text, serde] = times.map(|time| time.as_secs_f64());
    println!(
        "{name:<32} {their_alone:>7.2} {theirs:>7.2} {alone:>7.2} {text:>7.2} {serde:>7.2} {:>6.2} {:>6.2} {:>6.2}",
        alone / their_alone,
        text / theirs,
        serde / theirs
    );
}
