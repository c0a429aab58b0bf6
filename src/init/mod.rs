//! `isomorph init`: a crate of schemas, complete and tested.

mod existing;
mod plan;
mod texts;
mod workspace;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use plan::{Plan, Settings, plan};
use texts::{CI, CrateFile, Needs, library, manifest, readme, tests};

use crate::command_line::Init;
use crate::failure::Failure;

/// Makes a crate, or adds a module to one.
pub fn run(arguments: &Init) -> Result<ExitCode, Failure> {
    let settings = Settings { dialect: arguments.dialect.into(), unresolved: arguments.unresolved.into() };
    let name = arguments.name.as_ref().or(arguments.module.as_ref()).cloned().unwrap_or_default();
    check_name(&name, arguments.module.is_some())?;
    let default = if arguments.module.is_some() { "." } else { name.as_str() };
    let folder = arguments.folder.clone().unwrap_or_else(|| default.into());
    let runtime_path = arguments.runtime_path.as_deref().map(absolute).transpose()?;
    let plan = plan(&arguments.schema, settings)?;
    if arguments.module.is_some() {
        let files = existing::files(&folder, &name, &plan, runtime_path.as_deref())?;
        write(&folder, &files)?;
    } else {
        let joined = workspace::join(&folder)?;
        make(&folder, &crate_files(&name, &plan, runtime_path.as_deref()))?;
        if let Some(joined) = joined {
            joined.write()?;
            eprintln!("{}: \"{}\" is a member now", joined.path.display(), joined.member);
        }
    }
    let count = |values: fn(&plan::Root) -> usize| plan.roots.iter().map(values).sum::<usize>();
    eprintln!(
        "{}: {} types, tested with {} instances that are accepted and {} that are rejected",
        folder.display(),
        plan.generated.report.totals.definitions,
        count(|root| root.accepted.len()),
        count(|root| root.rejected.len()),
    );
    if runtime_path.is_none() {
        eprintln!(
            "it depends on isomorph-runtime {} from the registry; see `--runtime-path`",
            env!("CARGO_PKG_VERSION")
        );
    }
    Ok(ExitCode::SUCCESS)
}

fn crate_files(name: &str, plan: &Plan, runtime_path: Option<&str>) -> Vec<CrateFile> {
    let needs = Needs::of(plan);
    let mut files = vec![
        CrateFile::new("Cargo.toml", manifest(name, plan, &needs, runtime_path)),
        CrateFile::new("README.md", readme(name, plan, runtime_path)),
        CrateFile::new(".gitignore", "/target\n"),
        CrateFile::new(".github/workflows/ci.yml", CI),
        CrateFile::new("src/lib.rs", library(plan, true)),
    ];
    let schemas = plan.schemas.iter();
    files
        .extend(schemas.map(|schema| CrateFile::new(format!("schema/{}", schema.name), schema.text.clone())));
    let generated = plan.generated.files.iter();
    files.extend(generated.map(|file| CrateFile::new(format!("src/{}", file.name), file.text.clone())));
    files.extend(tests(plan, &name.replace('-', "_"), "instances"));
    files
}

/// A name that cargo and Rust take.
fn check_name(name: &str, is_module: bool) -> Result<(), Failure> {
    /// Names of crates that the made one, or the compiler, uses itself.
    const TAKEN: [&str; 8] =
        ["test", "core", "std", "alloc", "proc_macro", "serde", "schemars", "isomorph-runtime"];
    let begins_well = name.starts_with(|c: char| c.is_ascii_lowercase());
    let is_plain =
        |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-' && !is_module;
    let is_taken = TAKEN.contains(&name) || isomorph_codegen::is_keyword(&name.replace('-', "_"));
    if begins_well && name.chars().all(is_plain) && !is_taken {
        return Ok(());
    }
    let what = if is_module { "module" } else { "crate" };
    Err(Failure::Init(format!("`{name}` cannot name a {what}; take lower-case letters, digits and `_`")))
}

fn absolute(path: &Path) -> Result<String, Failure> {
    let failed = |source| Failure::Read { path: path.to_owned(), source };
    let absolute = path.canonicalize().map_err(failed)?;
    if !absolute.join("Cargo.toml").is_file() {
        return Err(Failure::Init(format!("{}: there is no Cargo.toml of isomorph-runtime", path.display())));
    }
    Ok(absolute.to_string_lossy().into_owned())
}

/// Makes a folder with these files, whole or not at all.
fn make(folder: &Path, files: &[CrateFile]) -> Result<(), Failure> {
    let is_empty = fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none());
    if folder.exists() && !is_empty {
        return Err(Failure::Init(format!(
            "{}: is already there; `--module NAME` adds a module to a crate",
            folder.display()
        )));
    }
    let parent: PathBuf =
        folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")).into();
    fs::create_dir_all(&parent)?;
    let made = tempfile::Builder::new().prefix(".isomorph-").tempdir_in(&parent)?;
    write(made.path(), files)?;
    if folder.exists() {
        fs::remove_dir(folder)?;
    }
    fs::rename(made.keep(), folder)?;
    Ok(())
}

fn write(folder: &Path, files: &[CrateFile]) -> Result<(), Failure> {
    for file in files {
        let path = folder.join(&file.path);
        if let Some(around) = path.parent() {
            fs::create_dir_all(around)?;
        }
        fs::write(path, &file.text)?;
    }
    Ok(())
}
