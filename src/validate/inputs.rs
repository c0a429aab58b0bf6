//! What is named on the command line, as files.

use std::collections::HashSet;
use std::path::{Component, Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};
use ignore::WalkBuilder;

use super::arguments::Arguments;
use super::read::Format;
use super::schemas::Schemas;

/// A file to be checked, or standard input.
#[derive(Debug, Clone)]
pub struct Input {
    /// What it is called in reports, with `/` between folders.
    pub name: String,
    /// The file; of standard input, that which it stands for.
    pub path: Option<PathBuf>,
    pub is_stdin: bool,
    pub format: Format,
    /// Whether it was found in a folder, and not named itself.
    pub is_walked: bool,
    /// Why there is nothing to check.
    pub problem: Option<String>,
}

/// The files that are named: each file, all known files in a folder, all that match a glob. What is named in
/// ignore files is left out where folders are walked.
pub fn inputs(arguments: &Arguments, schemas: &Schemas) -> Vec<Input> {
    let (named, format) = (&arguments.inputs, arguments.input);
    let mut inputs = Vec::new();
    for path in named {
        if path.as_os_str() == "-" {
            inputs.push(standard_input(arguments.stdin_filename.as_deref(), format));
        } else if path.is_dir() {
            walk(path, format, None, &mut inputs);
        } else if !path.exists() && is_glob(path) {
            matching(path, format, &mut inputs);
        } else {
            inputs.push(file(path, format, false));
        }
    }
    if named.is_empty() {
        for configured in schemas.configured() {
            let first = inputs.len();
            walk(configured.folder(), format, None, &mut inputs);
            let mut found = inputs.split_off(first);
            found.retain(|input| input.path.as_ref().is_some_and(|path| configured.name_of(path).is_some()));
            inputs.append(&mut found);
        }
    }
    without_schemas(&mut inputs, schemas);
    inputs
}

/// Leaves out schemas, which lie in the same folder as instances as often as not, and files that come twice.
fn without_schemas(inputs: &mut Vec<Input>, schemas: &Schemas) {
    if inputs.iter().all(|input| !input.is_walked) {
        return;
    }
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let schemas: HashSet<PathBuf> = schemas.files().iter().map(|path| real(path)).collect();
    // To ask for the real path of a file takes longer than to check a small one.
    let names: HashSet<_> = schemas.iter().filter_map(|path| path.file_name()).collect();
    let mut seen = HashSet::new();
    inputs.retain(|input| match &input.path {
        Some(path) if input.is_walked => {
            let is_schema =
                path.file_name().is_some_and(|name| names.contains(name)) && schemas.contains(&real(path));
            !is_schema && seen.insert(path.clone())
        }
        _ => true,
    });
}

/// Standard input, which may stand for a file.
fn standard_input(name: Option<&Path>, format: Option<Format>) -> Input {
    match name {
        Some(path) => Input { is_stdin: true, ..file(path, format, false) },
        None => Input {
            name: "<stdin>".to_owned(),
            path: None,
            is_stdin: true,
            format: format.unwrap_or(Format::Json),
            is_walked: false,
            problem: None,
        },
    }
}

fn file(path: &Path, format: Option<Format>, is_walked: bool) -> Input {
    Input {
        name: shown(path),
        format: format.or_else(|| Format::of(path)).unwrap_or(Format::Json),
        path: Some(path.to_owned()),
        is_stdin: false,
        is_walked,
        problem: None,
    }
}

fn shown(path: &Path) -> String {
    path.strip_prefix(".").unwrap_or(path).to_string_lossy().replace('\\', "/")
}

fn walk(folder: &Path, format: Option<Format>, glob: Option<&GlobMatcher>, inputs: &mut Vec<Input>) {
    let mut builder = WalkBuilder::new(folder);
    builder.require_git(false).sort_by_file_name(Ord::cmp);
    for entry in builder.build() {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                let path = entry.path();
                let is_meant = match glob {
                    Some(glob) => glob.is_match(path.strip_prefix(".").unwrap_or(path)),
                    None => Format::of(path).is_some(),
                };
                if is_meant {
                    inputs.push(file(path, format, true));
                }
            }
            Ok(_) => {}
            Err(error) => inputs.push(problem(folder, error.to_string())),
        }
    }
}

fn problem(path: &Path, message: String) -> Input {
    Input { problem: Some(message), ..file(path, None, false) }
}

fn is_glob(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?', '[', '{'])
}

fn matching(pattern: &Path, format: Option<Format>, inputs: &mut Vec<Input>) {
    let plain = pattern.strip_prefix(".").unwrap_or(pattern);
    let is_plain = |part: &Component| !is_glob(Path::new(part.as_os_str()));
    let folder: PathBuf = plain.components().take_while(is_plain).collect();
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { &folder };
    let before = inputs.len();
    match GlobBuilder::new(&plain.to_string_lossy()).literal_separator(true).build() {
        Ok(glob) => walk(folder, format, Some(&glob.compile_matcher()), inputs),
        Err(error) => inputs.push(problem(pattern, format!("not a glob: {}", error.kind()))),
    }
    if inputs.len() == before {
        inputs.push(problem(pattern, "no file matches this".to_owned()));
    }
}
