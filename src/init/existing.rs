//! A module in a crate that is there.

use std::fs;
use std::path::Path;

use toml_edit::{DocumentMut, Item, Value};

use super::plan::Plan;
use super::texts::{CrateFile, Needs, configuration, library, tests};
use crate::failure::Failure;

/// The files to add, and those to change; the manifest is the last.
///
/// # Errors
///
/// If the crate cannot take the module.
pub fn files(
    folder: &Path,
    module: &str,
    plan: &Plan,
    runtime_path: Option<&str>,
) -> Result<Vec<CrateFile>, Failure> {
    let read = |name: &str| {
        let path = folder.join(name);
        fs::read_to_string(&path).map_err(|source| Failure::Read { path, source })
    };
    let manifest = manifest(&read("Cargo.toml")?, module, plan, runtime_path)?;
    let name = manifest.get("package").and_then(|package| package.get("name")).and_then(Item::as_str);
    let name = name.unwrap_or("").replace('-', "_");
    let mut files: Vec<CrateFile> = Vec::new();
    for schema in &plan.schemas {
        files.push(CrateFile::new(format!("schema/{}", schema.name), schema.text.clone()));
    }
    files.push(CrateFile::new(format!("src/{module}/mod.rs"), library(plan, false)));
    for file in &plan.generated.files {
        files.push(CrateFile::new(format!("src/{module}/{}", file.name), file.text.clone()));
    }
    if folder.join("src/lib.rs").is_file() {
        files.extend(tests(plan, &format!("{name}::{module}"), module));
    }
    for file in &files {
        if folder.join(&file.path).exists() {
            return Err(Failure::Init(format!("{} is already there", folder.join(&file.path).display())));
        }
    }
    // A module is known to the crate by its root.
    let root = ["src/lib.rs", "src/main.rs"].into_iter().find(|root| folder.join(root).is_file());
    if let Some(root) = root {
        let text = read(root)?;
        let public = if root.ends_with("lib.rs") { "pub " } else { "" };
        files.push(CrateFile::new(root, format!("{}\n\n{public}mod {module};\n", text.trim_end())));
    }
    files.push(CrateFile::new("Cargo.toml", manifest.to_string()));
    Ok(files)
}

fn manifest(
    text: &str,
    module: &str,
    plan: &Plan,
    runtime_path: Option<&str>,
) -> Result<DocumentMut, Failure> {
    let failed =
        |error: toml_edit::TomlError| Failure::Init(format!("Cargo.toml: not TOML: {}", error.message()));
    let mut manifest: DocumentMut = text.parse().map_err(failed)?;
    let configured = manifest.get("package").and_then(|package| package.get("metadata")?.get("isomorph"));
    if configured.is_some() {
        return Err(Failure::Init(
            "Cargo.toml already has a [package.metadata.isomorph]; put the schemas into its folder"
                .to_owned(),
        ));
    }
    if manifest.get("package").is_none() {
        return Err(Failure::Init("Cargo.toml is of no package".to_owned()));
    }
    let needs = Needs::of(plan);
    let mut dependencies = vec![
        ("dependencies", "isomorph-runtime", needs.runtime(runtime_path)),
        (
            "dependencies",
            "schemars",
            "{ version = \"1\", default-features = false, features = [\"std\", \"derive\"], optional = true }".to_owned(),
        ),
        ("dependencies", "serde", "{ version = \"1\", features = [\"derive\"] }".to_owned()),
        ("dev-dependencies", "serde_json", "\"1\"".to_owned()),
        ("features", "schemars", "[\"dep:schemars\", \"isomorph-runtime/schemars\"]".to_owned()),
    ];
    if needs.serde_json {
        dependencies.push(("dependencies", "serde_json", "\"1\"".to_owned()));
    }
    for (table, name, value) in dependencies {
        let value: Value = value.parse().map_err(failed)?;
        let table = manifest.entry(table).or_insert_with(toml_edit::table);
        if table.get(name).is_none() {
            table[name] = Item::Value(value);
        }
    }
    let text = format!(
        "{}\n\n{}",
        manifest.to_string().trim_end(),
        configuration(plan, "schema", &format!("src/{module}"))
    );
    text.parse().map_err(failed)
}
