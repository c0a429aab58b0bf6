//! Finds what typify is told, and prints what says the same.

use std::fs;
use std::io::{Write, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use ignore::WalkBuilder;
use isomorph_codegen::{Generator, Manifest};
use isomorph_json::visible;

use super::call::calls;
use super::chain::chains;
use super::import::{Import, What};
use super::print::{Printed, module, printed};
use super::schema_text::SchemaText;
use super::tokens::{Broken, Kind, Token, tokens};
use super::translate::translated;
use crate::failure::Failure;
use crate::say::{counted, say};

/// What is prepared where no schema is named.
const NO_SCHEMA: &str = "schema";

/// Prints what says the same as what typify is told in files and folders.
///
/// # Errors
///
/// If a file cannot be read, or is not what typify takes; or there is nothing.
pub fn run(paths: &[PathBuf]) -> Result<ExitCode, Failure> {
    let mut imports = Vec::new();
    for file in files(paths)? {
        imports.extend(imports_of(&file)?);
    }
    if imports.is_empty() {
        let shown: Vec<_> = paths.iter().map(|path| path.display().to_string()).collect();
        return Err(Failure::Init(format!(
            "{}: no `import_types!` and no `TypeSpaceSettings` in it; name the Rust files, or folders of such, that call typify",
            shown.join(", ")
        )));
    }
    let mut notes = 0;
    let mut out = stdout().lock();
    for (index, import) in imports.iter().enumerate() {
        let text = text(import, &mut notes);
        let text: Vec<_> = text.lines().map(|line| visible(line.to_owned())).collect();
        let between = if index > 0 { "\n" } else { "" };
        writeln!(out, "{between}{}", text.join("\n"))?;
    }
    say(format_args!(
        "{} of typify, {}; nothing is changed. What else is different: docs/from-typify.md",
        counted(imports.len(), "use"),
        counted(notes, "note")
    ));
    Ok(ExitCode::SUCCESS)
}

/// The Rust files of these names, and of the folders among them.
fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let is_rust = |path: &Path| path.extension().is_some_and(|extension| extension == "rs");
    let mut files = Vec::new();
    for path in paths {
        let read = |source| Failure::Read { path: path.clone(), source };
        if !fs::metadata(path).map_err(read)?.is_dir() {
            if !is_rust(path) {
                let message =
                    format!("{}: no Rust file by its name: a file of Rust ends in `.rs`", path.display());
                return Err(Failure::Init(message));
            }
            files.push(path.clone());
            continue;
        }
        let walk = WalkBuilder::new(path).sort_by_file_path(Path::cmp).build();
        files.extend(walk.flatten().map(ignore::DirEntry::into_path).filter(|path| is_rust(path)));
    }
    Ok(files)
}

fn imports_of(file: &Path) -> Result<Vec<Import>, Failure> {
    let bytes = fs::read(file).map_err(|source| Failure::Read { path: file.to_owned(), source })?;
    let text = String::from_utf8_lossy(&bytes);
    if !["import_types", "TypeSpaceSettings"].iter().any(|word| text.contains(word)) {
        return Ok(Vec::new());
    }
    let failed = |Broken { line, message }| Failure::Init(format!("{}:{line}: {message}", file.display()));
    let tokens = tokens(&text).map_err(failed)?;
    let mut imports: Vec<_> = calls(&tokens)
        .map_err(failed)?
        .into_iter()
        .map(|call| Import {
            file: file.to_owned(),
            line: call.line,
            is_macro: true,
            schemas: vec![call.schema],
            said: call.said,
        })
        .collect();
    let mut named = Vec::new();
    named_schemas(&tokens, file, &mut named);
    imports.extend(chains(&tokens).into_iter().map(|chain| Import {
        file: file.to_owned(),
        line: chain.line,
        is_macro: false,
        schemas: named.clone(),
        said: chain.said,
    }));
    Ok(imports)
}

/// The folder of the crate that a file is of.
fn crate_folder(file: &Path) -> PathBuf {
    let file = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    let folder = file.ancestors().skip(1).find(|folder| folder.join("Cargo.toml").is_file());
    folder.or(file.parent()).unwrap_or(Path::new(".")).to_owned()
}

/// The files of JSON that strings of a build script name, from the folder of the crate.
fn named_schemas(tokens: &[Token], file: &Path, named: &mut Vec<String>) {
    for token in tokens {
        match &token.kind {
            Kind::Group(_, inside) => named_schemas(inside, file, named),
            Kind::Text(text) if Path::new(text).extension().is_some_and(|end| end == "json") => {
                let text = text.rsplit('=').next().unwrap_or(text).trim_start_matches('/').to_owned();
                if crate_folder(file).join(&text).is_file() && !named.contains(&text) {
                    named.push(text);
                }
            }
            _ => {}
        }
    }
}

/// What is printed of one import.
fn text(import: &Import, count: &mut usize) -> String {
    let folder = crate_folder(&import.file);
    let schemas: Vec<_> =
        import.schemas.iter().filter_map(|schema| SchemaText::read(&folder.join(schema))).collect();
    let mut import = import.clone();
    let is_named = !import.schemas.is_empty();
    if !is_named {
        import.schemas.push(NO_SCHEMA.to_owned());
    }
    let Printed { mut notes, code, manifest } = printed(&import, translated(&import, &schemas));
    let place = format!("{}:{}", import.file.display(), import.line);
    if !is_named {
        notes.push(format!("{place}: no string here names a file of JSON that is there; put the schemas in the place of `schema`"));
    } else if schemas.len() < import.schemas.len() {
        let missing = import.schemas.iter().find(|schema| SchemaText::read(&folder.join(schema)).is_none());
        notes.push(format!(
            "{place}: `{}` cannot be read as JSON, so that what it holds is not looked at",
            missing.map_or("", String::as_str)
        ));
    } else {
        notes.extend(tried(&import, &folder, &manifest).into_iter().map(|note| format!("{place}: {note}")));
    }
    *count += notes.len();
    let what = if import.is_macro { "typify::import_types!" } else { "typify::TypeSpaceSettings" };
    let mut text = format!("// {place}: {what}\n");
    notes.iter().flat_map(|note| note.lines()).for_each(|note| text = format!("{text}// {note}\n"));
    let module = module(&import);
    let schema = if manifest.contains("schemars = \"always\"") { "mod schema; " } else { "" };
    format!(
        "{text}\n{code}\n# or in Cargo.toml, for `isomorph generate`; src/{module}/mod.rs says `mod model; mod read; {schema}pub use model::*;`\n{manifest}"
    )
}

/// What the generator says of a manifest, and of names in it that no type has.
fn tried(import: &Import, folder: &Path, manifest: &str) -> Vec<String> {
    let generate = |text: &str| {
        let manifest = Manifest::of_text(&folder.join("Cargo.toml"), text)?;
        Generator::from_manifest(&manifest).generate("types.rs")
    };
    let mut notes = Vec::new();
    if let Err(error) = generate(manifest) {
        notes.push(format!("with these settings `isomorph generate` says: {error}"));
    }
    let bare = printed(import, translated(&Import { said: Vec::new(), ..import.clone() }, &[])).manifest;
    let Ok(generated) = generate(&bare) else { return notes };
    let names: Vec<_> = generated.report.definitions.iter().map(|row| row.name.as_str()).collect();
    for said in &import.said {
        let What::Patch { name, .. } = &said.what else { continue };
        if !names.contains(&name.as_str()) {
            notes.push(format!(
                "`{name}` is patched, and no type would be called so; `isomorph report --schema {}` tells what types are called, docs/names.md why",
                import.schemas.join(" ")
            ));
        }
    }
    notes
}
