use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// A crate of the workspace.
#[derive(Debug)]
pub struct Package {
    pub name: String,
    /// The crates that it, or its build script, depends on; not those that only its tests do.
    pub dependencies: Vec<String>,
    /// The first files of its library and its programs.
    pub roots: Vec<PathBuf>,
}

/// All crates of the workspace.
pub fn packages() -> Vec<Package> {
    list(&metadata(), "packages").map(package).collect()
}

/// What cargo says of the workspace.
pub fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
        .output()
        .expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn package(package: &Value) -> Package {
    let dependencies = list(package, "dependencies").filter(|one| one["kind"] != "dev");
    let is_code = |target: &&Value| list(target, "kind").any(|kind| kind == "lib" || kind == "bin");
    let roots = list(package, "targets").filter(is_code);
    Package {
        name: text(package, "name"),
        dependencies: dependencies.map(|one| text(one, "name")).collect(),
        roots: roots.map(|target| text(target, "src_path").into()).collect(),
    }
}

fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value[name].as_array().into_iter().flatten()
}

fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}
