//! Modules to crates, many to a crate.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::corpus::Corpus;
use crate::entrant::{Definition, Entrant, Kind, Module};
use crate::failure::Failure;
use crate::faithful::FAITHFUL;

/// The instances of a case, for the program that judges them.
#[derive(Serialize)]
struct Job<'a> {
    case: usize,
    instances: Vec<&'a str>,
    /// If types are to be held against it.
    schema: Option<&'a str>,
}

/// A crate of several modules.
pub struct Crate {
    /// Its folder.
    pub folder: PathBuf,
    /// The cases in it.
    pub cases: Vec<usize>,
    /// What stands for the module of a case if it does not compile. What is said of it is not counted.
    pub stand_ins: BTreeMap<usize, String>,
}

/// How much text one crate may hold, so that the compiler stays within memory.
const LARGEST: usize = 1_500_000;

/// Writes the modules of an entrant into crates below `folder`.
///
/// # Errors
///
/// If a file cannot be written.
pub fn write(corpus: &Corpus, entrant: &Entrant, folder: &Path) -> Result<Vec<Crate>, Failure> {
    let mut crates: Vec<(usize, Vec<&Module>)> = Vec::new();
    for module in &entrant.modules {
        let Ok(text) = &module.text else { continue };
        match crates.last_mut() {
            Some((size, modules)) if *size + text.len() <= LARGEST => {
                *size += text.len();
                modules.push(module);
            }
            _ => crates.push((text.len(), vec![module])),
        }
    }
    let write = |(index, (_, modules)): (usize, &(usize, Vec<&Module>))| {
        let name = format!("{}-{}-{index}", entrant.kind.name(), corpus.name);
        write_crate(corpus, entrant, modules, &folder.join(name))
    };
    crates.iter().enumerate().map(write).collect()
}

/// Writes a crate of one module, which depends on what the module's header names and no more.
///
/// # Errors
///
/// If a file cannot be written.
pub fn write_alone(
    corpus: &Corpus,
    entrant: &Entrant,
    module: &Module,
    folder: &Path,
) -> Result<Crate, Failure> {
    let made = write_with(corpus, entrant, &[module], (folder, false))?;
    let name = folder.file_name().unwrap_or_default().to_string_lossy().replace('.', "-");
    let dependencies = entrant.kind.dependencies_alone(module.text.as_deref().unwrap_or_default());
    put(&folder.join("Cargo.toml"), &manifest(&name, &dependencies))?;
    Ok(made)
}

/// Writes a crate of these modules.
///
/// # Errors
///
/// If a file cannot be written.
pub fn write_crate(
    corpus: &Corpus,
    entrant: &Entrant,
    modules: &[&Module],
    folder: &Path,
) -> Result<Crate, Failure> {
    write_with(corpus, entrant, modules, (folder, entrant.kind == Kind::Isomorph))
}

/// The same; `builds` says whether values are made without checks as well, for which the runtime needs to know values.
fn write_with(
    corpus: &Corpus,
    entrant: &Entrant,
    modules: &[&Module],
    (folder, builds): (&Path, bool),
) -> Result<Crate, Failure> {
    let holds = modules.iter().any(|module| !module.definitions.is_empty());
    let faithful = if holds { FAITHFUL } else { "" };
    let mut library = format!("#![{}(warnings)]\n{LIBRARY}{faithful}", entrant.kind.lint_level());
    let door = if entrant.kind == Kind::Isomorph { "text_door" } else { "no_door" };
    if entrant.kind == Kind::Isomorph {
        library.push_str(TEXT_DOOR);
    }
    let built = if builds { "built" } else { "not_built" };
    if builds {
        library.push_str(BUILT);
    }
    let mut table = String::new();
    let mut jobs = Vec::new();
    for module in modules {
        let Ok(text) = &module.text else { continue };
        let case = module.case;
        put(&folder.join(format!("src/m{case}.rs")), text)?;
        let _ = writeln!(library, "pub mod m{case};");
        let _ = writeln!(
            table,
            "        {case} => {{\n            judge::<m{case}::Root>(job, {door}::<m{case}::Root>, {built}::<m{case}::Root>);"
        );
        if !module.definitions.is_empty() {
            let _ = writeln!(
                table,
                "            let schema = job.schema.as_deref().unwrap_or_default();\n            \
                 let source = Source::new::<m{case}::Root>(job.case, schema);"
            );
        }
        if !module.definitions.is_empty() && entrant.kind == Kind::Isomorph {
            let _ = writeln!(table, "            source.whole(m{case}::Root::schema_document());");
        }
        for Definition { name, pointer, left, .. } in &module.definitions {
            let Some(name) = name else { continue };
            let _ = writeln!(table, "            source.hold::<m{case}::{name}>({pointer:?}, &{left:?});");
        }
        table.push_str("        }\n");
        let schema =
            str::from_utf8(&corpus.cases[case].schema).ok().filter(|_| !module.definitions.is_empty());
        let instances = corpus.cases[case].instances.iter().map(|instance| instance.text.as_str()).collect();
        jobs.push(Job { case, instances, schema });
    }
    let _ = write!(
        library,
        "\n#[allow(deprecated)]\nfn run(job: &Job) {{\n    match job.case {{\n{table}        _ => {{}}\n    }}\n}}\n"
    );
    put(&folder.join("src/lib.rs"), &library)?;
    let name = folder.file_name().unwrap_or_default().to_string_lossy().replace('.', "-");
    put(
        &folder.join("src/main.rs"),
        &format!("fn main() {{\n    judge_{}::main();\n}}\n", name.replace('-', "_")),
    )?;
    put(&folder.join("Cargo.toml"), &manifest(&name, &entrant.kind.dependencies()))?;
    put(&folder.join("jobs.json"), &serde_json::to_string(&jobs).map_err(Failure::Write)?)?;
    Ok(Crate {
        folder: folder.to_owned(),
        cases: modules.iter().map(|module| module.case).collect(),
        stand_ins: modules.iter().map(|module| (module.case, stand_in(entrant.kind, module))).collect(),
    })
}

/// A module with types of the same names.
fn stand_in(kind: Kind, module: &Module) -> String {
    let names = module.definitions.iter().filter_map(|definition| definition.name.as_deref());
    let names: BTreeSet<&str> = names.filter(|name| *name != "Root").collect();
    let types = names.iter().map(|name| format!("pub type {name} = serde_json::Value;\n"));
    let read = if kind == Kind::Isomorph { READ } else { "" };
    format!("{ROOT}{read}{}", types.collect::<String>())
}

/// The type of a whole schema, in a module that stands for one that does not compile.
const ROOT: &str = "#[derive(serde::Serialize, serde::Deserialize, schemars::JsonSchema)]\n\
    pub struct Root(pub serde_json::Value);\n\
    impl Root {\n    pub fn schema_document() -> schemars::Schema {\n        schemars::Schema::default()\n    }\n}\n";

/// It is read as types of ours are.
const READ: &str = "impl isomorph_runtime::Read for Root {\n    \
    fn read<I: isomorph_runtime::Input>(input: I) -> Result<Self, I::Error> {\n        \
    input.value().map(Self)\n    }\n}\n";

/// The manifest of a generated crate.
pub fn manifest(name: &str, dependencies: &str) -> String {
    format!(
        "[package]\nname = \"judge-{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         {dependencies}serde = {{ version = \"1\", features = [\"derive\"] }}\n\
         serde_json = {{ version = \"1\", features = [\"preserve_order\"] }}\n"
    )
}

/// Writes a file if it is not as it should be, so that cargo compiles no more than it must.
pub fn put(path: &Path, text: &str) -> Result<(), Failure> {
    let failed = |source| Failure::Output { path: path.to_owned(), source };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    if fs::read_to_string(path).is_ok_and(|found| found == text) {
        return Ok(());
    }
    fs::write(path, text).map_err(failed)
}

/// How a type of ours is read from text without serde.
const TEXT_DOOR: &str = r"
fn text_door<T: isomorph_runtime::Read>(text: &str) -> Option<Result<T, String>> {
    Some(isomorph_runtime::from_str(text).map_err(|error| error.to_string()))
}

";

/// What is written of a value that nobody checked, if it says itself that its schema accepts it.
const BUILT: &str = r"
fn built<T: isomorph_runtime::Read + serde::Serialize>(text: &str) -> Option<Value> {
    let value: Value = serde_json::from_str(text).ok()?;
    let built: T = isomorph_runtime::Read::read(isomorph_runtime::Buffered::<true>(&value)).ok()?;
    isomorph_runtime::validate(&built).ok()?;
    serde_json::to_value(&built).ok()
}

";

/// The program that judges. Each verdict is a line: the case, the instance, through `from_str`, through
/// `from_value`, through the runtime's `from_str`, what comes back, and what comes back of that.
const LIBRARY: &str = r#"use serde_json::Value;

#[derive(serde::Deserialize)]
struct Job {
    case: usize,
    instances: Vec<String>,
    #[allow(dead_code)]
    schema: Option<String>,
}

pub fn main() {
    let mut arguments = std::env::args().skip(1);
    let jobs = arguments.next().expect("the jobs");
    let skip: Vec<usize> = arguments.map(|case| case.parse().expect("a case")).collect();
    let text = std::fs::read_to_string(jobs).expect("the jobs can be read");
    let jobs: Vec<Job> = serde_json::from_str(&text).expect("the jobs are JSON");
    for job in jobs.iter().filter(|job| !skip.contains(&job.case)) {
        println!("begin {}", job.case);
        run(job);
    }
    println!("end");
}

/// What a type is read from text as, without serde; `None` for types of others.
type Door<T> = fn(&str) -> Option<Result<T, String>>;

#[allow(dead_code)]
fn no_door<T>(_: &str) -> Option<Result<T, String>> {
    None
}

#[allow(dead_code)]
fn not_built<T>(_: &str) -> Option<Value> {
    None
}

fn judge<T: serde::de::DeserializeOwned + serde::Serialize>(job: &Job, door: Door<T>, built: fn(&str) -> Option<Value>) {
    for (index, text) in job.instances.iter().enumerate() {
        let start = std::time::Instant::now();
        let parsed = serde_json::from_str::<T>(text);
        let by_serde = start.elapsed();
        let value = serde_json::from_str::<Value>(text).ok();
        let now = std::time::Instant::now();
        let from_value = value.map(|value| serde_json::from_value::<T>(value).map_err(|e| e.to_string()));
        let by_value = now.elapsed();
        let written = |read: &T| serde_json::to_value(read).ok();
        let back = parsed.as_ref().ok().and_then(written);
        let back_of_value = from_value.as_ref().and_then(|read| read.as_ref().ok()).and_then(written);
        let now = std::time::Instant::now();
        let from_text = door(text);
        let slowest = by_serde.max(by_value).max(now.elapsed());
        let back_of_text = from_text.as_ref().and_then(|read| read.as_ref().ok()).and_then(written);
        let agree = |other: &Option<Value>| back.is_none() || other.is_none() || back == *other;
        let doors_agree = agree(&back_of_value) && agree(&back_of_text);
        let again = parsed.as_ref().ok().map(|read| {
            let text = serde_json::to_string(read).map_err(|e| e.to_string())?;
            let read = serde_json::from_str::<T>(&text).map_err(|e| e.to_string())?;
            serde_json::to_value(&read).map_err(|e| e.to_string())
        });
        let line = serde_json::json!({
            "case": job.case,
            "instance": index,
            "accepted": parsed.is_ok(),
            "error": parsed.err().map(|error| error.to_string()),
            "from_value": from_value.as_ref().map(|verdict| verdict.is_ok()),
            "from_value_error": from_value.and_then(|verdict| verdict.err()),
            "from_text": from_text.as_ref().map(|verdict| verdict.is_ok()),
            "from_text_error": from_text.and_then(|verdict| verdict.err()),
            "back": back.map(|value| [value]),
            "doors_agree": doors_agree,
            "again": again.as_ref().and_then(|again| again.as_ref().ok()).map(|value| [value]),
            "again_error": again.and_then(Result::err),
            "built": built(text).map(|value| [value]),
            "millis": start.elapsed().as_millis() as u64,
            "micros": slowest.as_micros() as u64,
        });
        println!("{line}");
    }
}

"#;
