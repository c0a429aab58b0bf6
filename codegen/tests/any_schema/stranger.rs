//! A crate outside the workspace, with no more than the dependencies that the headers name.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use isomorph_codegen::{Defaults, Formats, Generated, Undeclared};
use serde_json::{Value, json};

use super::Case;

/// What is wrong with the modules of these cases, in a build of which some crate turns on these features of `serde_json`.
pub fn faults(cases: &[Case], features: &[&str]) -> Vec<String> {
    let name = if features.is_empty() { "stranger" } else { "stranger-with-features" };
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let mut library = String::from(LIBRARY);
    let mut jobs = Vec::new();
    let mut faults = Vec::new();
    for (index, case) in cases.iter().enumerate() {
        let generated = match generate(case) {
            Ok(generated) => generated,
            Err(error) => {
                faults.push(format!("{}: not generated: {error}", case.name));
                continue;
            }
        };
        put(&folder.join(format!("src/m{index}.rs")), &generated.files[0].text);
        let mut checks = String::new();
        for row in generated.report.definitions.iter().filter(|row| row.only_for.is_none()) {
            let (file, pointer) = row.schema.split_once('#').unwrap_or_default();
            let ty = format!("m{index}::{}", row.name);
            if pointer.is_empty() && file != "case.json" {
                writeln!(checks, "    whole(job, {file:?}, &{ty}::schema_document().to_value());")
                    .expect("a string");
            }
            // What a document holds is in a dialect of its own, and comes back with the whole.
            let is_of_its_own = case.held.is_none() || case.given_back.is_some();
            if is_of_its_own && (row.carried_because.is_none() || !case.beside.is_empty()) {
                writeln!(
                    checks,
                    "    faithful::<{ty}>(job, {file:?}, {pointer:?}, &{:?});",
                    row.left_to_places
                )
                .expect("a string");
            }
        }
        let function = format!(
            "#[allow(deprecated)]\nfn use{index}() {{\n    use m{index}::*;\n    {}\n}}\n",
            case.uses.join("\n    ")
        );
        let call = format!("    use{index}();\n");
        let (function, call) = if case.uses.is_empty() { Default::default() } else { (function, call) };
        let root = format!("m{index}::{}", case.held.as_deref().unwrap_or("Root"));
        let whole = match (&case.held, &case.given_back) {
            (_, Some(function)) => format!("whole(job, \"case.json\", &m{index}::{function}().to_value())"),
            (Some(_), _) => format!("held::<{root}>(job)"),
            (None, None) => format!("whole(job, \"case.json\", &{root}::schema_document().to_value())"),
        };
        // Some are called by what is no identifier.
        let called: String =
            case.name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        write!(
            library,
            "pub mod m{index};\npub use m{index} as case_{called};\n{function}#[allow(deprecated)]\nfn run{index}(job: &Value) {{\n{call}    judge::<{root}>(job);\n    texts::<{root}>(job);\n    written::<{root}>(job);\n    {whole};\n{checks}}}\n"
        )
        .expect("a string");
        jobs.push(json!({
            "case": index, "name": case.name, "schemas": case.documents().collect::<BTreeMap<_, _>>(),
            "valid": case.valid.iter().chain(&case.wider).collect::<Vec<_>>(),
            "invalid": case.invalid.iter().chain(&case.narrower).collect::<Vec<_>>(), "written": case.written,
            "accepted": case.accepted, "refused": case.refused,
        }));
    }
    let arms: Vec<_> =
        jobs.iter().map(|job| format!("            {0} => run{0}(job),\n", job["case"])).collect();
    let arms = arms.concat();
    write!(library, "pub fn run(job: &Value) {{\n    match job[\"case\"].as_u64().expect(\"a number\") {{\n{arms}            _ => {{}}\n    }}\n}}\n")
        .expect("a string");
    put(&folder.join("src/lib.rs"), &library);
    put(&folder.join("src/main.rs"), "fn main() {\n    stranger::all();\n}\n");
    put(&folder.join("jobs.json"), &Value::from(jobs).to_string());
    put(&folder.join("Cargo.toml"), &manifest(features));
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock"), folder.join("Cargo.lock"))
        .expect("a lock");
    faults.extend(run(&folder, cases));
    faults
}

fn generate(case: &Case) -> Result<Generated, isomorph_codegen::Error> {
    let mut generator = case.generator();
    generator.formats(Formats::Annotate);
    if case.held.is_none() {
        generator.root_name("Root");
    }
    if case.settings.keep_defaults {
        generator.defaults(Defaults::Keep);
    }
    if case.settings.keep_undeclared {
        generator.undeclared(Undeclared::Keep);
    }
    if case.settings.constructors {
        generator.constructors();
    }
    let settings = &case.settings;
    generator.integers(settings.integers).untyped(settings.untyped).absent_null(settings.absent_null);
    generator.sets(settings.sets).arrays(settings.arrays).keys(settings.keys);
    generator.unknown_variants(settings.unknown_variants);
    generator.allow_rust_types(&settings.allow_rust_types);
    for (uri, path) in &settings.crates {
        generator.crate_of(uri, path);
    }
    generator.map_type(settings.map_type).string_type(settings.string_type).modules(settings.modules);
    for (format, foreign) in &case.settings.formats {
        generator.format(format, foreign.clone());
    }
    for (place, foreign) in &case.settings.types {
        generator.ty(place, foreign.clone());
    }
    for (encoding, foreign) in &case.settings.encodings {
        generator.encoding(encoding, foreign.clone());
    }
    generator.generate("case.rs")
}

fn run(folder: &Path, cases: &[Case]) -> Vec<String> {
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline", "--message-format", "short", "--", "jobs.json"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .output()
        .expect("cargo starts");
    let named = |line: &str| {
        let case = line.split_once("src/m").and_then(|(_, rest)| rest.split_once(".rs"));
        let case = case.and_then(|(index, _)| cases.get(index.parse::<usize>().ok()?));
        case.map_or_else(|| line.to_owned(), |case| format!("{}: {line}", case.name))
    };
    if !output.status.success() {
        return String::from_utf8_lossy(&output.stderr).lines().map(named).collect();
    }
    let mut faults: Vec<_> = String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect();
    faults.extend(documentation_tests(folder));
    faults
}

/// Text from a schema is documentation and never code: nothing of it is run as a test.
fn documentation_tests(folder: &Path) -> Option<String> {
    let output = Command::new(env!("CARGO"))
        .args(["test", "--quiet", "--offline", "--doc"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .output()
        .expect("cargo starts");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let none = output.status.success() && said.contains("running 0 tests");
    (!none).then(|| format!("documentation became tests: {said}{}", String::from_utf8_lossy(&output.stderr)))
}

fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::write(path, text).expect("a file");
    }
}

fn manifest(features: &[&str]) -> String {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/runtime").display().to_string();
    format!(
        "[package]\nname = \"stranger\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n[dependencies]\n\
         isomorph-runtime = {{ path = {runtime:?}, features = [\"guard\", \"schemars\", \"chrono\", \"jiff\", \"time\", \"uuid\", \"indexmap\"] }}\n\
         schemars = {{ version = \"1\", features = [\"chrono04\", \"jiff02\", \"uuid1\", \"indexmap2\"] }}\n\
         chrono = {{ version = \"0.4\", default-features = false, features = [\"alloc\", \"serde\"] }}\n\
         jiff = {{ version = \"0.2\", default-features = false, features = [\"alloc\", \"serde\"] }}\n\
         time = {{ version = \"0.3\", default-features = false, features = [\"formatting\", \"parsing\"] }}\n\
         uuid = {{ version = \"1\", default-features = false, features = [\"serde\"] }}\nserde = {{ version = \"1\", features = [\"derive\", \"rc\"] }}\nindexmap = {{ version = \"2\", features = [\"serde\"] }}\nserde_json = {{ version = \"1\", features = {features:?} }}\n\
         [profile.dev]\ndebug = false\n"
    )
}

const LIBRARY: &str = r##"#![deny(warnings)]
use serde_json::Value;

/// A type of the stranger's own, a string.
#[derive(Debug, Clone, PartialEq)]
pub struct Money(pub i64);

impl std::str::FromStr for Money {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl std::fmt::Display for Money {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// Another, which serde knows.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub enum Color {
    Red,
    Blue,
}

/// How seconds are durations.
pub mod seconds {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer, Serializer};

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
        u64::deserialize(deserializer).map(Duration::from_secs)
    }

    pub fn serialize<S: Serializer>(value: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(value.as_secs())
    }
}

pub fn all() {
    let path = std::env::args().nth(1).expect("the jobs");
    let jobs: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).expect("a file")).expect("JSON");
    jobs.iter().for_each(run);
}

/// Every instance through all doors, and back.
fn judge<T: serde::de::DeserializeOwned + serde::Serialize + isomorph_runtime::Read>(job: &Value) {
    for (list, expected) in [("valid", true), ("invalid", false)] {
        for instance in job[list].as_array().expect("a list") {
            let text = instance.to_string();
            let read = serde_json::from_str::<T>(&text);
            let doors = [
                read.as_ref().map(drop).map_err(ToString::to_string),
                serde_json::from_value::<T>(instance.clone()).map(drop).map_err(|error| error.to_string()),
                serde_json::from_reader::<_, T>(text.as_bytes()).map(drop).map_err(|error| error.to_string()),
                isomorph_runtime::from_str::<T>(&text).map(drop).map_err(|error| error.to_string()),
                isomorph_runtime::from_slice::<T>(text.as_bytes()).map(drop).map_err(|error| error.to_string()),
            ];
            if doors.iter().any(|door| door.is_ok() != expected) {
                println!("{}: judges {text} wrongly: {doors:?}", job["name"]);
            }
            if let Ok(read) = read {
                let back = serde_json::to_value(&read).expect("it can be written");
                if let Err(error) = serde_json::from_value::<T>(back.clone()) {
                    println!("{}: writes {text} as {back}, which it refuses: {error}", job["name"]);
                }
                if !lossless(instance, &back) {
                    println!("{}: writes {text} as {back}", job["name"]);
                }
            }
        }
    }
}

/// Texts that each door for texts accepts or refuses, for what no value in memory has.
fn texts<T: serde::de::DeserializeOwned + isomorph_runtime::Read>(job: &Value) {
    for (list, expected) in [("accepted", true), ("refused", false)] {
        for text in job[list].as_array().expect("a list") {
            let text = text.as_str().expect("a text");
            let doors = [
                serde_json::from_str::<T>(text).map(drop).map_err(|error| error.to_string()),
                serde_json::from_reader::<_, T>(text.as_bytes()).map(drop).map_err(|error| error.to_string()),
                isomorph_runtime::from_str::<T>(text).map(drop).map_err(|error| error.to_string()),
            ];
            if doors.iter().any(|door| door.is_ok() != expected) {
                println!("{}: judges {text} wrongly: {doors:?}", job["name"]);
            }
        }
    }
}

/// What is read and written again, where that is more than was read.
fn written<T: serde::de::DeserializeOwned + serde::Serialize>(job: &Value) {
    for pair in job["written"].as_array().expect("a list") {
        let read = serde_json::from_str::<T>(&pair[0].to_string());
        let back = read.map(|read| serde_json::to_value(&read).expect("it can be written"));
        if !back.as_ref().is_ok_and(|back| *back == pair[1]) {
            println!("{}: writes {} as {back:?}", job["name"], pair[0]);
        }
    }
}

/// The cases have no properties that their schemas do not know.
fn lossless(read: &Value, back: &Value) -> bool {
    match (read, back) {
        (Value::Object(read), Value::Object(back)) => {
            read.iter().all(|(name, value)| back.get(name).is_some_and(|back| lossless(value, back)))
                && back.iter().all(|(name, value)| value.is_null() || read.contains_key(name))
        }
        (Value::Array(read), Value::Array(back)) => {
            read.len() == back.len() && read.iter().zip(back).all(|(read, back)| lossless(read, back))
        }
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        _ => read == back,
    }
}

/// The whole document comes back.
fn whole(job: &Value, file: &str, said: &Value) {
    let source = &job["schemas"][file];
    if !isomorph_runtime::same_schema(source, said) {
        println!("{}: {file} comes back as {said}, not {source}", job["name"]);
    }
}

/// All that a document holds comes back as it has it.
pub fn held<T: isomorph_runtime::held::Held>(job: &Value) {
    let all = isomorph_runtime::schemas_beside::<T>();
    assert!(!all.is_empty(), "{}", job["name"]);
    for (place, said) in all {
        let source = job["schemas"]["case.json"].pointer(&place);
        if !source.is_some_and(|source| isomorph_runtime::same_schema(source, said.as_value())) {
            println!("{}: {place} comes back as {said:?}, not {source:?}", job["name"]);
        }
    }
}

/// What is derived says what the source says.
fn faithful<T: schemars::JsonSchema>(job: &Value, file: &str, pointer: &str, left: &[&str]) {
    let document = &job["schemas"][file];
    let mut source = document.pointer(pointer).expect("a schema").clone();
    let older = document.get("definitions").is_some() && document.get("$defs").is_none();
    let keyword = if older { "definitions" } else { "$defs" };
    let derived = isomorph_runtime::definition_of::<T>(keyword).to_value();
    // What the whole document calls "#" has a name here.
    let named = format!("\"$ref\":\"#/{keyword}/Root\"");
    let mut derived: Value =
        serde_json::from_str(&derived.to_string().replace(&named, "\"$ref\":\"#\"")).expect("JSON");
    // What another document calls "#" comes back so with the whole of it.
    if file != "case.json" && source.to_string().contains("\"$ref\":\"#\"") {
        return;
    }
    for schema in [&mut source, &mut derived] {
        if let Some(keywords) = schema.as_object_mut() {
            keywords.remove("$defs");
            keywords.remove("definitions");
            // What its places say.
            keywords.retain(|keyword, _| !left.contains(&keyword.as_str()));
        }
    }
    if !isomorph_runtime::same_schema(&source, &derived) {
        println!("{}: {file}#{pointer} comes back as {derived}, not {source}", job["name"]);
    }
}

"##;
