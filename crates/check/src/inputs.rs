//! What is named, as files.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashSet;
use std::path::{Component, MAIN_SEPARATOR_STR, Path, PathBuf, is_separator};

use globset::GlobBuilder;
use ignore::WalkBuilder;

use super::configured::Configured;
use super::options::Options;
use super::read::{Compression, format_of};
use super::schemas::Schemas;
use isomorph_formats::Format;
use isomorph_schema::{is_glob, plain_start};

/// A file to be checked, or standard input.
#[derive(Debug, Clone)]
pub struct Input {
    /// The file; of standard input, that which it stands for.
    pub path: Option<PathBuf>,
    pub is_stdin: bool,
    pub format: Format,
    pub compression: Option<Compression>,
    /// Whether it was found in a folder, and not named itself.
    pub is_walked: bool,
    /// Why there is nothing to check.
    pub problem: Option<Box<str>>,
}

impl Input {
    /// What it is called in reports, with `/` between folders.
    pub fn name(&self) -> Cow<'_, str> {
        let Some(path) = &self.path else { return Cow::Borrowed("<stdin>") };
        let name = path.to_string_lossy();
        let plain = match name {
            Cow::Borrowed(name) => Cow::Borrowed(without_here(name)),
            Cow::Owned(name) => Cow::Owned(without_here(&name).to_owned()),
        };
        if MAIN_SEPARATOR_STR == "/" { plain } else { plain.replace(MAIN_SEPARATOR_STR, "/").into() }
    }
}

fn without_here(name: &str) -> &str {
    name.strip_prefix("./").filter(|name| !name.is_empty()).unwrap_or(name)
}

/// The files that are named: each file, all known files in a folder, all that match a glob. What is named in
/// ignore files is left out where folders are walked.
pub fn inputs(options: &Options, schemas: &Schemas) -> Vec<Input> {
    let (named, format) = (&options.inputs, options.format);
    let mut inputs = Vec::new();
    for path in named {
        if path.as_os_str() == "-" {
            inputs.push(standard_input(options.stdin_filename.as_deref(), format));
        } else if path.is_dir() {
            walk(&walker(path), path, format, &|path| format_of(path).is_some(), &mut inputs);
        } else if !path.exists() && is_glob(path) {
            matching(path, format, &mut inputs);
        } else {
            inputs.push(file(path, format, false));
        }
    }
    if named.is_empty() {
        for configured in schemas.configured() {
            let is_meant = |path: &Path| configured.name_of(path).is_some();
            walk(&walker_of(configured), configured.folder(), format, &is_meant, &mut inputs);
        }
    }
    if format.is_none() {
        for input in &mut inputs {
            as_configured(input, schemas);
        }
    }
    without_schemas(&mut inputs, schemas);
    if named.len() != 1 {
        without_repetitions(&mut inputs);
    }
    inputs
}

/// Takes a file for what is configured that it is written in.
fn as_configured(input: &mut Input, schemas: &Schemas) {
    let Some(path) = &input.path else { return };
    if let Some(format) = schemas.configured().iter().find_map(|configured| configured.format_of(path)) {
        input.format = format;
    }
}

/// All folders where an input may appear: those that are named or configured, or that a glob starts from, and the
/// folders in them.
pub fn folders(options: &Options, schemas: &Schemas) -> Vec<PathBuf> {
    let named = &options.inputs;
    let in_folders = named.iter().filter(|path| path.is_dir()).map(|folder| walker(folder));
    let globs = named.iter().filter(|path| !path.exists() && is_glob(path));
    let mut walkers: Vec<_> = in_folders.chain(globs.map(|glob| walker(&start_of(glob)))).collect();
    if named.is_empty() {
        walkers.extend(schemas.configured().iter().map(walker_of));
    }
    let walked = walkers.iter().flat_map(WalkBuilder::build).flatten();
    let folders = walked.filter(|entry| entry.file_type().is_some_and(|kind| kind.is_dir()));
    folders.map(ignore::DirEntry::into_path).collect()
}

/// Leaves out schemas, which lie in the same folder as instances as often as not.
fn without_schemas(inputs: &mut Vec<Input>, schemas: &Schemas) {
    if inputs.iter().all(|input| !input.is_walked) {
        return;
    }
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let schemas: Vec<PathBuf> = schemas.files().iter().map(|path| real(path)).collect();
    // To ask for the real path of a file takes longer than to check a small one.
    let names: Vec<_> = schemas.iter().map(|path| last_bytes(path)).collect();
    inputs.retain(|input| match &input.path {
        Some(path) if input.is_walked && names.contains(&last_bytes(path)) => !schemas.contains(&real(path)),
        _ => true,
    });
}

/// Leaves out what is there before, by itself, in a folder or by a glob. One that is named itself anywhere is.
fn without_repetitions(inputs: &mut Vec<Input>) {
    let here = Path::new(".").canonicalize().unwrap_or_default();
    let is_named = |input: &&Input| !input.is_stdin && !input.is_walked;
    let paths = inputs.iter().filter(is_named).filter_map(|input| input.path.as_deref());
    let named: HashSet<PathBuf> = paths.map(|path| plain(path, &here)).collect();
    let mut seen = HashSet::new();
    inputs.retain_mut(|input| match &input.path {
        Some(path) if !input.is_stdin => {
            let path = plain(path, &here);
            input.is_walked &= !named.contains(&path);
            seen.insert(path)
        }
        _ => true,
    });
}

/// A path from here, without what leads nowhere. Where one goes up, the file system knows where it comes to.
fn plain(path: &Path, here: &Path) -> PathBuf {
    let goes_up = path.components().any(|component| component == Component::ParentDir);
    let real = goes_up.then(|| path.canonicalize().ok()).flatten();
    let path = real.as_deref().unwrap_or(path);
    let path = path.strip_prefix(here).unwrap_or(path);
    path.components().filter(|component| *component != Component::CurDir).collect()
}

/// The name of a file, in bytes. `Path::file_name` understands much more, and takes its time.
fn last_bytes(path: &Path) -> &[u8] {
    let bytes = path.as_os_str().as_encoded_bytes();
    let start = bytes.iter().rposition(|&byte| is_separator(byte.into())).map_or(0, |at| at + 1);
    &bytes[start..]
}

/// Standard input, which may stand for a file.
fn standard_input(name: Option<&Path>, format: Option<Format>) -> Input {
    match name {
        Some(path) => Input { is_stdin: true, ..file(path, format, false) },
        None => Input {
            path: None,
            is_stdin: true,
            format: format.unwrap_or(Format::Json),
            compression: None,
            is_walked: false,
            problem: None,
        },
    }
}

fn file(path: &Path, format: Option<Format>, is_walked: bool) -> Input {
    Input {
        format: format.or_else(|| format_of(path)).unwrap_or(Format::Json),
        compression: Compression::of(path),
        path: Some(path.to_owned()),
        is_stdin: false,
        is_walked,
        problem: None,
    }
}

/// Through the folder of a configuration, and into what is hidden if a glob leads there.
fn walker_of(configured: &Configured) -> WalkBuilder {
    let mut walker = walker(configured.folder());
    if configured.is_hidden() {
        walker.hidden(false).filter_entry(|entry| entry.file_name() != ".git");
    }
    walker
}

fn walker(folder: &Path) -> WalkBuilder {
    let mut walker = WalkBuilder::new(folder);
    walker.require_git(false);
    walker
}

/// Adds what is found in a folder, ordered by name as if each folder in it were walked in turn.
fn walk(
    walker: &WalkBuilder,
    folder: &Path,
    format: Option<Format>,
    is_meant: &dyn Fn(&Path) -> bool,
    inputs: &mut Vec<Input>,
) {
    let first = inputs.len();
    for entry in walker.build() {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                let path = entry.path();
                if is_meant(path) {
                    inputs.push(Input {
                        format: format.or_else(|| format_of(path)).unwrap_or(Format::Json),
                        compression: Compression::of(path),
                        path: Some(entry.into_path()),
                        is_stdin: false,
                        is_walked: true,
                        problem: None,
                    });
                }
            }
            Ok(_) => {}
            Err(error) => inputs.push(problem(folder, &error.to_string())),
        }
    }
    // The walk could do this too, at a third of its time: it takes the names out of the paths for each comparison.
    let within = folder.as_os_str().len();
    inputs[first..].sort_unstable_by(|one, other| in_order(one, other, within));
}

/// Compares two paths that share their first `within` bytes, folder by folder.
fn in_order(one: &Input, other: &Input, within: usize) -> Ordering {
    // As no name has a NUL in it, what is in `a` comes before `a.json`.
    let rank = |&byte: &u8| if is_separator(byte.into()) { 0 } else { byte };
    let (first, second) = (bytes_from(one, within).iter(), bytes_from(other, within).iter());
    first.map(rank).cmp(second.map(rank)).then_with(|| one.problem.cmp(&other.problem))
}

fn bytes_from(input: &Input, start: usize) -> &[u8] {
    let path = input.path.as_deref().map(|path| path.as_os_str().as_encoded_bytes());
    path.and_then(|path| path.get(start..)).unwrap_or_default()
}

fn problem(path: &Path, message: &str) -> Input {
    Input { problem: Some(message.into()), ..file(path, None, false) }
}

/// The folder that a glob is looked for in.
fn start_of(pattern: &Path) -> PathBuf {
    let folder = plain_start(pattern.strip_prefix(".").unwrap_or(pattern));
    if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder }
}

fn matching(pattern: &Path, format: Option<Format>, inputs: &mut Vec<Input>) {
    let plain = pattern.strip_prefix(".").unwrap_or(pattern);
    let before = inputs.len();
    match GlobBuilder::new(&plain.to_string_lossy()).literal_separator(true).build() {
        Ok(glob) => {
            let (glob, folder) = (glob.compile_matcher(), start_of(pattern));
            let is_meant = |path: &Path| glob.is_match(path.strip_prefix(".").unwrap_or(path));
            walk(&walker(&folder), &folder, format, &is_meant, inputs);
        }
        Err(error) => inputs.push(problem(pattern, &format!("not a glob: {}", error.kind()))),
    }
    if inputs.len() == before {
        inputs.push(problem(pattern, "no file matches this"));
    }
}
