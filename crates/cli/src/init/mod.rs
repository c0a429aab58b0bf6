//! `isomorph init`: a crate of schemas, complete and tested.

mod crate_file;
mod dependencies;
mod existing;
mod plan;
mod schema_files;
mod texts;
mod typify;
mod workspace;
mod write;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate_file::CrateFile;
use isomorph_codegen::Needs;
use plan::{Plan, Settings, plan};
use schema_files::{Folders, schema_files};
use texts::{CI, library, manifest, readme, tests};
use write::write_new;

use crate::command_line::Init;
use crate::failure::Failure;
use crate::say::{counted, say};
use crate::schemas::files;

/// Makes a crate, or adds a module to one.
pub fn run(arguments: &Init) -> Result<ExitCode, Failure> {
    if !arguments.from_typify.is_empty() {
        return typify::run(&arguments.from_typify);
    }
    let references = &arguments.references;
    let settings = Settings {
        dialect: references.dialect,
        unresolved: references.unresolved,
        opening: references.opening(),
    };
    let name = arguments.name.as_ref().or(arguments.module.as_ref()).cloned().unwrap_or_default();
    check_name(&name, arguments.module.is_some())?;
    if let Some(folder) = behind_schemas(arguments) {
        let folder = folder.display();
        return Err(Failure::Init(format!(
            "`{folder}` stands behind `--schema`, and so is taken for schemas: say the folder of the crate first, `init {folder} --module {name} …`"
        )));
    }
    let default = if arguments.module.is_some() { "." } else { name.as_str() };
    let folder = arguments.folder.clone().unwrap_or_else(|| default.into());
    let runtime_path = arguments.runtime_path.as_deref().map(absolute).transpose()?;
    let has_others = arguments.module.is_some() && existing::has_configuration(&folder);
    let folders = if has_others { Folders::of_module(&name) } else { Folders::default() };
    let plan = plan(&files(&arguments.schema, references)?, settings, folders)?;
    let is_tested = if arguments.module.is_some() {
        existing::add(&folder, &name, &plan, runtime_path.as_deref())?
    } else {
        let joined = workspace::join(&folder)?;
        make(&folder, &crate_files(&name, &plan, runtime_path.as_deref()))?;
        if let Some(joined) = joined {
            joined.write()?;
            say(format_args!("{}: \"{}\" is a member now", joined.path.display(), joined.member));
        }
        true
    };
    say(format_args!(
        "{}: {}, {}",
        folder.display(),
        counted(plan.generated.report.totals.definitions, "type"),
        tested(&plan, is_tested)
    ));
    if runtime_path.is_none() {
        say(format_args!(
            "it depends on isomorph-runtime {} from the registry; see `--runtime-path`",
            env!("CARGO_PKG_VERSION")
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// The folder of a crate that is said behind the schemas, and so among them.
fn behind_schemas(arguments: &Init) -> Option<&Path> {
    let [_, .., last] = arguments.schema.as_slice() else { return None };
    let is_crate = arguments.module.is_some() && last.join("Cargo.toml").is_file();
    (is_crate && arguments.folder.is_none()).then_some(last)
}

/// What the types are tested with.
fn tested(plan: &Plan, is_tested: bool) -> String {
    let count = |values: fn(&plan::Root) -> usize| plan.roots.iter().map(values).sum::<usize>();
    let (accepted, rejected) = (count(|root| root.accepted.len()), count(|root| root.rejected.len()));
    if !is_tested {
        return "without tests: those of a package reach into its library, and there is no `src/lib.rs`"
            .to_owned();
    }
    if accepted + rejected == 0 {
        return "held against their schemas; no instances were found to test them with".to_owned();
    }
    format!(
        "tested with {} that {} accepted and {rejected} that {} rejected",
        counted(accepted, "instance"),
        are(accepted),
        are(rejected)
    )
}

fn are(count: usize) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

fn crate_files(name: &str, plan: &Plan, runtime_path: Option<&str>) -> Vec<CrateFile> {
    let needs = Needs::of(&plan.generated.files);
    let mut files = vec![
        CrateFile::new("Cargo.toml", manifest(name, plan, &needs, runtime_path)),
        CrateFile::new("README.md", readme(name, plan, runtime_path)),
        CrateFile::new(".gitignore", "/target\n"),
        // `generate --check` and hashes of schemas are about bytes.
        CrateFile::new(".gitattributes", "* text=auto eol=lf\n"),
        CrateFile::new(".github/workflows/ci.yml", CI),
        CrateFile::new("src/lib.rs", library(plan, true)),
    ];
    files.extend(schema_files(&plan.schemas, &plan.mapped, &plan.folders));
    let generated = plan.generated.files.iter();
    files.extend(generated.map(|file| CrateFile::new(format!("src/{}", file.name), file.text.clone())));
    files.extend(tests(plan, &name.replace('-', "_"), "instances"));
    files
}

/// A name that cargo and Rust take.
fn check_name(name: &str, is_module: bool) -> Result<(), Failure> {
    /// What the made one depends on, what the compiler has itself, and what some machines take for devices.
    const TAKEN: [&str; 34] = [
        "alloc",
        "aux",
        "bool",
        "char",
        "con",
        "core",
        "f32",
        "f64",
        "i128",
        "i16",
        "i32",
        "i64",
        "i8",
        "isize",
        "isomorph_runtime",
        "never",
        "nul",
        "prn",
        "proc_macro",
        "schemars",
        "serde",
        "serde_json",
        "slice",
        "std",
        "str",
        "test",
        "tuple",
        "u128",
        "u16",
        "u32",
        "u64",
        "u8",
        "unit",
        "usize",
    ];
    /// What a module of the crate's root would be mistaken for.
    const ROOTS: [&str; 2] = ["lib", "main"];
    let what = if is_module { "module" } else { "crate" };
    let begins_well = name.starts_with(|c: char| c.is_ascii_lowercase());
    let is_plain =
        |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-' && !is_module;
    if !begins_well || !name.chars().all(is_plain) {
        let more = if is_module { "" } else { ", `-`" };
        return Err(Failure::Init(format!(
            "`{name}` cannot name a {what}; take a lower-case letter, then lower-case letters, digits, `_`{more}"
        )));
    }
    let ident = name.replace('-', "_");
    let is_taken = TAKEN.contains(&ident.as_str()) || isomorph_codegen::is_keyword(&ident);
    if is_taken || is_module && ROOTS.contains(&name) {
        return Err(Failure::Init(format!(
            "`{name}` cannot name a {what}: that name is taken; take another"
        )));
    }
    Ok(())
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
    let failed = |source| Failure::Write { path: folder.to_owned(), source };
    // A link to an empty folder is as good as the folder.
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let is_there = fs::symlink_metadata(&folder).is_ok();
    let is_empty = fs::read_dir(&folder).is_ok_and(|mut entries| entries.next().is_none());
    if is_there && !is_empty {
        return Err(Failure::Init(format!(
            "{}: is already there; `--module NAME` adds a module to a crate",
            folder.display()
        )));
    }
    let parent: PathBuf =
        folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")).into();
    fs::create_dir_all(&parent).map_err(failed)?;
    let made = tempfile::Builder::new().prefix(".isomorph-").tempdir_in(&parent).map_err(failed)?;
    // A temporary folder is for its owner alone, a crate is as any other folder.
    let crate_folder = made.path().join("crate");
    write_new(&crate_folder, files)?;
    if is_there {
        fs::remove_dir(&folder).map_err(failed)?;
    }
    fs::rename(crate_folder, &folder).map_err(failed)
}
