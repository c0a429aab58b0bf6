//! The crate of one entry, which holds the types against what was made for them.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde::Deserialize;
use serde_json::json;

use super::made::Made;
use crate::crates::{Crate, manifest, put};
use crate::entrant::Kind;
use crate::failure::Failure;
use crate::judge::{cargo, lines, name, target};

/// What a program said.
#[derive(Debug, Default)]
pub struct Said {
    /// What the compiler said, if it did not compile without warnings.
    pub not_compiled: Option<String>,
    /// Whether each type accepts each of its instances, and whether what it writes of it is accepted again.
    pub verdicts: Vec<Verdict>,
    /// Whether each schema came back.
    pub back: Vec<Back>,
}

/// A line of what it said.
#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Verdict(Verdict),
    Back(Back),
}

#[derive(Debug, Deserialize)]
pub struct Verdict {
    pub of: usize,
    pub instance: usize,
    pub accepted: bool,
    pub closed: bool,
    pub error: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct Back {
    pub place: String,
    pub faithful: bool,
    pub said: String,
}

/// Writes the crate of an entry.
///
/// # Errors
///
/// If a file cannot be written.
pub fn write(made: &Made, folder: &Path) -> Result<Crate, Failure> {
    put(&folder.join("src/module.rs"), &made.text)?;
    let mut table = String::new();
    for (index, one) in made.types.iter().enumerate() {
        let _ = writeln!(table, "    judge::<module::{}>(&jobs, {index});", one.name);
    }
    for (index, one) in made.given_back.iter().enumerate() {
        let said = if one.is_held {
            format!("isomorph_runtime::schemas_beside::<module::{}>()", one.name)
        } else {
            format!("[(String::new(), module::{}::schema_document())].into()", one.name)
        };
        let _ = writeln!(table, "    back(&jobs, {index}, {said});");
    }
    let main = format!(
        "#![deny(warnings)]\n{PROGRAM}\n#[allow(deprecated)]\nfn run(jobs: &Value) {{\n{}}}\n",
        table.replace("&jobs", "jobs")
    );
    put(&folder.join("src/main.rs"), &main)?;
    let instances =
        made.types.iter().map(|one| one.instances.iter().map(|(instance, _)| instance).collect::<Vec<_>>());
    let sources =
        made.given_back.iter().map(|one| one.sources.iter().cloned().collect::<serde_json::Map<_, _>>());
    let jobs = json!({"instances": instances.collect::<Vec<_>>(), "sources": sources.collect::<Vec<_>>()});
    put(&folder.join("jobs.json"), &jobs.to_string())?;
    let package = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    put(&folder.join("Cargo.toml"), &manifest(&package, &Kind::Isomorph.dependencies()))?;
    Ok(Crate { folder: folder.to_owned(), cases: Vec::new(), stand_ins: std::collections::BTreeMap::new() })
}

/// Compiles and runs it, in the workspace around it.
///
/// # Errors
///
/// If cargo or the program cannot be started.
pub fn run(one: &Crate, workspace: &Path, patience: Duration) -> Result<Said, Failure> {
    let output = cargo(workspace, &["build", "--quiet", "--message-format", "short", "-p", &name(one)])?;
    let mut said = Said::default();
    if !output.status.success() {
        let why = String::from_utf8_lossy(&output.stderr).lines().take(3).collect::<Vec<_>>().join(" ");
        said.not_compiled = Some(why);
        return Ok(said);
    }
    let program = target(workspace).join("debug").join(name(one));
    let add = |line: &str| match serde_json::from_str(line) {
        Ok(Line::Verdict(verdict)) => said.verdicts.push(verdict),
        Ok(Line::Back(back)) => said.back.push(back),
        Err(_) => {}
    };
    let mut command = Command::new(&program);
    command.arg(one.folder.join("jobs.json"));
    lines(&mut command, patience, add).map_err(|source| Failure::Read { path: program.clone(), source })?;
    Ok(said)
}

const PROGRAM: &str = r#"use serde_json::Value;
mod module;

fn main() {
    let path = std::env::args().nth(1).expect("the jobs");
    let jobs: Value = serde_json::from_str(&std::fs::read_to_string(path).expect("a file")).expect("JSON");
    run(&jobs);
}

#[allow(dead_code)]
fn judge<T: serde::de::DeserializeOwned + serde::Serialize>(jobs: &Value, of: usize) {
    for (index, instance) in jobs["instances"][of].as_array().expect("a list").iter().enumerate() {
        let read = serde_json::from_str::<T>(&instance.to_string());
        let written = read.as_ref().ok().map(|read| serde_json::to_string(read).expect("it can be written"));
        let closed = written.is_none_or(|text| serde_json::from_str::<T>(&text).is_ok());
        let error = read.as_ref().err().map(|error| error.to_string());
        println!("{}", serde_json::json!({"of": of, "instance": index, "accepted": read.is_ok(), "closed": closed, "error": error}));
    }
}

#[allow(dead_code)]
fn back(jobs: &Value, of: usize, said: std::collections::BTreeMap<String, schemars::Schema>) {
    for (place, source) in jobs["sources"][of].as_object().expect("an object") {
        let said = said.get(place).map(|schema| schema.as_value().clone()).unwrap_or_default();
        let faithful = unordered(&said) == unordered(source);
        let said: String = said.to_string().chars().take(300).collect();
        println!("{}", serde_json::json!({"place": place, "faithful": faithful, "said": said}));
    }
}

/// The order of `required` and of a list of `type` means nothing.
fn unordered(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => members.iter().map(|(key, value)| {
            let mut value = unordered(value);
            if let ("required" | "type", Value::Array(names)) = (key.as_str(), &mut value) {
                names.sort_by_key(Value::to_string);
            }
            (key.clone(), value)
        }).collect::<serde_json::Map<_, _>>().into(),
        Value::Array(elements) => elements.iter().map(unordered).collect::<Vec<_>>().into(),
        other => other.clone(),
    }
}
"#;
