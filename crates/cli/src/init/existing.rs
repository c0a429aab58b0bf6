//! A module in a crate that is there.

use std::fs;
use std::path::Path;

use isomorph_codegen::Needs;
use toml_edit::{DocumentMut, Item};

use super::crate_file::CrateFile;
use super::dependencies::{self, Dependency};
use super::plan::Plan;
use super::schema_files::schema_files;
use super::texts::{configuration, library, runtime, tests};
use super::write::write_new;
use crate::failure::Failure;
use crate::whole_file::write_whole;

/// Adds the module; says whether tests of it are among what is added.
///
/// # Errors
///
/// If the crate cannot take the module; nothing is then changed.
pub fn add(folder: &Path, module: &str, plan: &Plan, runtime_path: Option<&str>) -> Result<bool, Failure> {
    let read = |name: &str| {
        let path = folder.join(name);
        fs::read_to_string(&path).map_err(|source| Failure::Read { path, source })
    };
    let manifest = manifest(&read("Cargo.toml")?, module, plan, runtime_path)?;
    let name = manifest.get("package").and_then(|package| package.get("name")).and_then(Item::as_str);
    let new = new_files(folder, module, plan, &name.unwrap_or("").replace('-', "_"));
    let there =
        new.iter().map(|file| folder.join(&file.path)).chain([folder.join(format!("src/{module}.rs"))]);
    if let Some(path) = there.into_iter().find(|path| fs::symlink_metadata(path).is_ok()) {
        return Err(Failure::Init(format!("{}: is already there", path.display())));
    }
    // A module is known to the crate by its root.
    let root = ["src/lib.rs", "src/main.rs"].into_iter().find(|root| folder.join(root).is_file());
    let (mut changed, mut before) = (Vec::new(), None);
    if let Some(root) = root {
        let text = read(root)?;
        if declares(&text, module) {
            return Err(Failure::Init(format!(
                "{}: already has a module `{module}`",
                folder.join(root).display()
            )));
        }
        let public = if root.ends_with("lib.rs") { "pub " } else { "" };
        changed.push(CrateFile::new(root, format!("{}\n\n{public}mod {module};\n", text.trim_end())));
        before = Some((folder.join(root), text));
    }
    changed.push(CrateFile::new("Cargo.toml", manifest.to_string()));
    let written = write_new(folder, &new)
        .and_then(|()| changed.iter().try_for_each(|file| write_whole(&folder.join(&file.path), &file.text)));
    if written.is_err() {
        // None of these was there before.
        for file in &new {
            let _ = fs::remove_file(folder.join(&file.path));
        }
        if let Some((root, text)) = before {
            let _ = write_whole(&root, text.as_bytes());
        }
    }
    written.map(|()| has_library(folder))
}

/// Whether tests can reach into the crate.
fn has_library(folder: &Path) -> bool {
    folder.join("src/lib.rs").is_file()
}

fn new_files(folder: &Path, module: &str, plan: &Plan, crate_name: &str) -> Vec<CrateFile> {
    let mut files = schema_files(&plan.schemas, &plan.mapped, &plan.folders);
    files.push(CrateFile::new(format!("src/{module}/mod.rs"), library(plan, false)));
    for file in &plan.generated.files {
        files.push(CrateFile::new(format!("src/{module}/{}", file.name), file.text.clone()));
    }
    if has_library(folder) {
        files.extend(tests(plan, &format!("{crate_name}::{module}"), module));
    }
    files
}

/// Whether a text declares a module.
fn declares(text: &str, module: &str) -> bool {
    let words: Vec<&str> = text.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '/')).collect();
    words.windows(2).any(|pair| pair == ["mod", module])
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
    let Some(package) = manifest.get("package") else {
        return Err(Failure::Init("Cargo.toml is of no package".to_owned()));
    };
    if package.get("edition").map_or(Some("2015"), Item::as_str) == Some("2015") {
        return Err(Failure::Init(
            "Cargo.toml: the types need edition 2018 or a later one, and the package has 2015".to_owned(),
        ));
    }
    let is_first = !is_configured(package);
    dependencies::add(&mut manifest, &needed(&Needs::of(&plan.generated.files), runtime_path))?;
    let (text, own) = (manifest.to_string(), configuration(plan, &format!("src/{module}")));
    let (text, own) =
        if is_first { (text, own) } else { (as_one_of_several(&text), as_one_of_several(&own)) };
    let text = format!("{}\n\n{own}", text.trim_end());
    text.parse().map_err(|_: toml_edit::TomlError| {
        Failure::Init(
            "Cargo.toml already has a [package.metadata.isomorph], which is written in another way; make it the first \
             [[package.metadata.isomorph]]"
                .to_owned(),
        )
    })
}

/// Whether a package has the configuration of a module, or of several.
fn is_configured(package: &Item) -> bool {
    package.get("metadata").is_some_and(|metadata| metadata.get("isomorph").is_some())
}

/// Whether the crate in a folder has one.
pub fn has_configuration(folder: &Path) -> bool {
    let text = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    let manifest: Option<DocumentMut> = text.parse().ok();
    manifest.and_then(|manifest| manifest.get("package").map(is_configured)).unwrap_or(false)
}

/// The text of a configuration as one of several.
fn as_one_of_several(text: &str) -> String {
    const ONE: &str = "[package.metadata.isomorph]";
    let line = |line: &str| {
        if line.trim_start().starts_with(ONE) {
            line.replacen(ONE, &format!("[{ONE}]"), 1)
        } else {
            line.to_owned()
        }
    };
    text.split_inclusive('\n').map(line).collect()
}

/// What the module, and its tests, depend on.
fn needed(needs: &Needs, runtime_path: Option<&str>) -> Vec<Dependency> {
    let dependency = |table, name, value: String, features: &[&str]| Dependency {
        table,
        name,
        value,
        features: features.iter().map(|&feature| feature.to_owned()).collect(),
    };
    let schemars =
        "{ version = \"1\", default-features = false, features = [\"std\", \"derive\"], optional = true }";
    let serde = "{ version = \"1\", features = [\"derive\"] }";
    let features: Vec<&str> = needs.features.iter().map(String::as_str).collect();
    let mut needed = vec![
        dependency("dependencies", "isomorph-runtime", runtime(needs, runtime_path), &features),
        dependency("dependencies", "schemars", schemars.to_owned(), &["derive"]),
        dependency("dependencies", "serde", serde.to_owned(), &["derive"]),
    ];
    if needs.serde_json {
        needed.push(dependency("dependencies", "serde_json", "\"1\"".to_owned(), &[]));
    }
    needed.push(dependency("dev-dependencies", "serde_json", "\"1\"".to_owned(), &[]));
    needed
}
