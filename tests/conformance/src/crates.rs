//! Modules to crates, many to a crate.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::Failure;
use crate::corpus::Corpus;
use crate::entrant::{Entrant, Kind, Module};

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
    let faithful = if entrant.kind == Kind::Isomorph { FAITHFUL } else { "" };
    let mut library = format!("#![{}(warnings)]\n{LIBRARY}{faithful}", entrant.kind.lint_level());
    let mut table = String::new();
    let mut jobs = Vec::new();
    for module in modules {
        let Ok(text) = &module.text else { continue };
        let case = module.case;
        put(&folder.join(format!("src/m{case}.rs")), text)?;
        let _ = writeln!(library, "pub mod m{case};");
        let _ = writeln!(table, "        {case} => {{\n            judge::<m{case}::Root>(job);");
        if !module.definitions.is_empty() {
            let _ = writeln!(table, "            let source = Source::new::<m{case}::Root>(job);");
        }
        for definition in &module.definitions {
            let _ = writeln!(
                table,
                "            source.hold::<m{case}::{}>({:?});",
                definition.name, definition.pointer
            );
        }
        table.push_str("        }\n");
        let schema =
            str::from_utf8(&corpus.cases[case].schema).ok().filter(|_| !module.definitions.is_empty());
        let instances = corpus.cases[case].instances.iter().map(|instance| instance.text.as_str()).collect();
        jobs.push(Job { case, instances, schema });
    }
    let _ = write!(
        library,
        "\nfn run(job: &Job) {{\n    match job.case {{\n{table}        _ => {{}}\n    }}\n}}\n"
    );
    put(&folder.join("src/lib.rs"), &library)?;
    let name = folder.file_name().unwrap_or_default().to_string_lossy().replace('.', "-");
    put(
        &folder.join("src/main.rs"),
        &format!("fn main() {{\n    judge_{}::main();\n}}\n", name.replace('-', "_")),
    )?;
    put(&folder.join("Cargo.toml"), &manifest(&name, &entrant.kind.dependencies()))?;
    put(&folder.join("jobs.json"), &serde_json::to_string(&jobs).map_err(Failure::Write)?)?;
    Ok(Crate { folder: folder.to_owned(), cases: modules.iter().map(|module| module.case).collect() })
}

fn manifest(name: &str, dependencies: &str) -> String {
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

/// The program that judges. Each verdict is a line: the case, the instance, through `from_str`, through
/// `from_value`, and what comes back.
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

fn judge<T: serde::de::DeserializeOwned + serde::Serialize>(job: &Job) {
    for (index, text) in job.instances.iter().enumerate() {
        let parsed = serde_json::from_str::<T>(text);
        let value = serde_json::from_str::<Value>(text).ok();
        let from_value = value.map(|value| serde_json::from_value::<T>(value).map(|_| ()).map_err(|e| e.to_string()));
        let back = parsed.as_ref().ok().map(|parsed| serde_json::to_value(parsed).map_err(|e| e.to_string()));
        let line = serde_json::json!({
            "case": job.case,
            "instance": index,
            "accepted": parsed.is_ok(),
            "error": parsed.err().map(|error| error.to_string()),
            "from_value": from_value.map(|verdict| verdict.is_ok()),
            "back": back.and_then(Result::ok).map(|value| [value]),
        });
        println!("{line}");
    }
}

"#;

/// Holds what schemars says of types against the source. Definitions in a schema are definitions of their own.
const FAITHFUL: &str = r##"
#[allow(dead_code)]
struct Source {
    case: usize,
    document: Value,
    keyword: &'static str,
    /// What schemars says of the whole document.
    said: Value,
}

#[allow(dead_code)]
impl Source {
    fn new<Root: schemars::JsonSchema>(job: &Job) -> Self {
        let document: Value = serde_json::from_str(job.schema.as_deref().unwrap_or_default()).unwrap_or_default();
        let older = document.get("definitions").is_some() && document.get("$defs").is_none();
        let keyword = if older { "definitions" } else { "$defs" };
        let said = isomorph_runtime::schema_with_definitions::<Root>(keyword).to_value();
        Self { case: job.case, document, keyword, said }
    }

    fn hold<T: schemars::JsonSchema>(&self, pointer: &str) {
        let mut source = self.document.pointer(pointer).cloned().unwrap_or_default();
        let mut said = self.say::<T>(pointer);
        for schema in [&mut said, &mut source] {
            if let Some(keywords) = schema.as_object_mut() {
                keywords.remove("$defs");
                keywords.remove("definitions");
            }
        }
        let equal = said == source;
        let said = (!equal).then(|| said.to_string().chars().take(300).collect::<String>());
        println!("{}", serde_json::json!({"case": self.case, "pointer": pointer, "faithful": equal, "said": said}));
    }

    /// As part of the whole, or for itself if the root does not mention it.
    fn say<T: schemars::JsonSchema>(&self, pointer: &str) -> Value {
        if pointer.is_empty() {
            return self.said.clone();
        }
        let name = T::schema_name();
        let part = self.said.get(self.keyword).and_then(|all| all.get(name.as_ref()));
        if let Some(part) = part.filter(|_| !T::inline_schema()) {
            return part.clone();
        }
        let alone = isomorph_runtime::definition_of::<T>(self.keyword).to_value().to_string();
        // What the whole document calls "#" has a name here.
        let named = format!("\"$ref\":\"#/{}/Root\"", self.keyword);
        serde_json::from_str(&alone.replace(&named, "\"$ref\":\"#\"")).unwrap_or_default()
    }
}
"##;
