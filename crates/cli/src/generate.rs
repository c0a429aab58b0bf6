use std::env;
use std::io::{Write, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use isomorph_codegen::{Difference, Generated, Generator, Layout, Manifest, Needs};
use isomorph_schema::{Disk, Lock};
use similar::TextDiff;

use crate::command_line::{Generate, Module, mapped};
use crate::configuration::{configuration_files, manifests};
use crate::diff::{Regenerated, told};
use crate::failure::Failure;
use crate::say::say;
use crate::schemas::{folder_of, generator, tell};
use crate::shortened::shortened;
use crate::stream::Stream;
use crate::watch::watch;

/// Generates, or checks what was generated.
pub fn run(arguments: &Generate) -> Result<ExitCode, Failure> {
    if arguments.watch {
        return again_and_again(arguments);
    }
    once(arguments)
}

/// Generates, and again whenever a schema or a configuration is saved. What is broken, at the start too, is told and not the end.
fn again_and_again(arguments: &Generate) -> Result<ExitCode, Failure> {
    let shown: Vec<_> = watched(arguments).iter().map(|path| shown(path)).collect();
    if shown.is_empty() {
        return once(arguments);
    }
    say(format_args!("watching {}", shown.join(", ")));
    watch(
        || watched(arguments),
        || {
            if let Err(failure) = once(arguments) {
                say(format_args!("{}", failure.told()));
            }
        },
    )
}

/// The files, and the folders of files, that what is generated depends on; where the configuration cannot be read, what it may be in.
fn watched(arguments: &Generate) -> Vec<PathBuf> {
    if !arguments.schema.is_empty() {
        let mapped = arguments.module.references.map.iter().map(|(_, file)| file.clone());
        return arguments.schema.iter().map(|name| folder_of(name)).chain(mapped).collect();
    }
    let of_manifest = |manifest: Manifest| {
        let schemas: Vec<_> = manifest.schemas.iter().map(|name| folder_of(name)).collect();
        [manifest.path].into_iter().chain(schemas).chain(manifest.map.into_values())
    };
    match manifests() {
        Ok(manifests) => manifests.into_iter().flat_map(of_manifest).collect(),
        Err(_) => configuration_files().into_iter().filter(|file| file.is_file()).collect(),
    }
}

fn once(arguments: &Generate) -> Result<ExitCode, Failure> {
    let jobs = if arguments.schema.is_empty() {
        configured()?
    } else {
        vec![module(&arguments.schema, arguments.out.as_deref(), &arguments.module)?]
    };
    let mut fresh = true;
    for job in &jobs {
        tell(&job.generated.notes);
        for uri in &job.generated.report.missing {
            say(format_args!("warning: {uri} is not here; read it with `--map {uri}=FILE`"));
        }
        if arguments.diff {
            stdout().lock().write_all(told(&job.regenerated(arguments))?.as_bytes())?;
        }
        fresh &= match (arguments.check, arguments.diff) {
            (true, _) => check(job)?,
            (false, true) => true,
            (false, false) => write(job)?,
        };
        if job.manifest.is_none() && !arguments.check && !arguments.diff {
            if job.generated.files.len() > 1 {
                say(format_args!("they are a module by:\n  {}", modules(&job.generated)));
            }
            say(format_args!("it needs:"));
            Needs::of(&job.generated.files).commands().iter().for_each(|line| say(format_args!("  {line}")));
        }
    }
    if !fresh {
        say(format_args!("error: the generated files are not fresh; run `{}`", command()));
    }
    Ok(ExitCode::from(u8::from(!fresh)))
}

/// Something generated, and the folder that it belongs into.
struct Job {
    generated: Generated,
    folder: PathBuf,
    /// Whether the folder is all the generator's, so that other generated files in it are left over.
    owns_folder: bool,
    /// What is written instead of a file in the folder, if not that.
    stream: Option<Stream>,
    /// The schemas, as they are named.
    schemas: Vec<PathBuf>,
    manifest: Option<Manifest>,
}

impl Job {
    fn regenerated<'a>(&'a self, arguments: &'a Generate) -> Regenerated<'a> {
        Regenerated {
            generated: &self.generated,
            folder: &self.folder,
            schemas: &self.schemas,
            manifest: self.manifest.as_ref(),
            references: &arguments.module.references,
        }
    }

    fn differences(&self) -> Result<Vec<Difference>, Failure> {
        let mut differences = self.generated.differences(&self.folder)?;
        differences.retain(|difference| self.owns_folder || difference.expected.is_some());
        Ok(differences)
    }
}

fn configured() -> Result<Vec<Job>, Failure> {
    let mut jobs = Vec::new();
    for manifest in manifests()? {
        tell(&edited(&manifest));
        let generated = Generator::from_manifest(&manifest).generate("model.rs")?;
        let (folder, schemas) = (manifest.folder()?.to_owned(), manifest.schemas.clone());
        jobs.push(Job {
            generated,
            folder,
            owns_folder: true,
            stream: None,
            schemas,
            manifest: Some(manifest),
        });
    }
    Ok(jobs)
}

/// The fetched documents that somebody changed: the types are of what is there.
#[cfg(feature = "fetch")]
fn edited(manifest: &Manifest) -> Vec<String> {
    let folder = manifest.path.parent().unwrap_or(Path::new("."));
    // Whoever read the manifest has read the lock, and told what is wrong with it.
    let lock = Lock::read(&folder.join(Lock::NAME), &Disk).ok().flatten().unwrap_or_default();
    let lines = crate::fetch::edited(folder, &lock).into_iter();
    lines.map(|line| format!("{line}; `isomorph fetch` brings that again")).collect()
}

/// Whoever cannot fetch has nothing to tell of it.
#[cfg(not(feature = "fetch"))]
fn edited(_: &Manifest) -> Vec<String> {
    Vec::new()
}

fn module(schemas: &[PathBuf], out: Option<&Path>, module: &Module) -> Result<Job, Failure> {
    let mut generator = generator(schemas, &module.references)?;
    generator.preset(module.preset);
    mapped::tell(&mut generator, &module.formats);
    for (place, name) in &module.names {
        generator.type_name(place, name);
    }
    for (place, name) in &module.fields {
        generator.field_name(place, name);
    }
    for (place, name) in &module.variants {
        generator.variant_name(place, name);
    }
    for (place, path) in &module.types {
        generator.ty(place, path.as_str());
    }
    for (encoding, path) in &module.encodings {
        generator.encoding(encoding, path.as_str());
    }
    generator.allow_rust_types(&module.allow_rust_types);
    for (uri, path) in &module.crates {
        generator.crate_of(uri, path);
    }
    for (pattern, path) in &module.derive {
        generator.derive(pattern, path);
    }
    for (pattern, text) in &module.attributes {
        generator.attribute(pattern, text);
    }
    generator.schemars(module.schemars);
    generator.untyped(module.untyped).unknown_variants(module.unknown_variants);
    generator.map_type(module.map_type).string_type(module.string_type).modules(module.modules);
    module.integers.map(|said| generator.integers(said));
    module.absent_null.map(|said| generator.absent_null(said));
    module.sets.map(|said| generator.sets(said));
    module.arrays.map(|said| generator.arrays(said));
    module.keys.map(|said| generator.keys(said));
    generator.defaults(module.defaults).undeclared(module.undeclared);
    generator.only(module.only.iter().cloned());
    if module.constructors {
        generator.constructors();
    }
    if let Some(name) = &module.root_name {
        generator.root_name(name);
    }
    let stream = Stream::of(out);
    let (folder, name) = match (&stream, out) {
        (None, Some(out)) if is_folder(out) => {
            generator.layout(Layout::Split);
            (out.to_owned(), "model.rs".to_owned())
        }
        (None, Some(out)) => place(out)?,
        _ => (PathBuf::new(), "model.rs".to_owned()),
    };
    if module.lock_names {
        generator.lock_names(lock(schemas));
    }
    if module.aliases && stream.is_none() {
        generator.aliases(&folder);
    }
    let generated = generator.generate(&name)?;
    Ok(Job { generated, folder, owns_folder: false, stream, schemas: schemas.to_vec(), manifest: None })
}

/// The lock of schemas: the nearest around the first, or one in this folder.
fn lock(schemas: &[PathBuf]) -> PathBuf {
    let folder = schemas.first().map(|name| folder_of(name)).unwrap_or_default();
    Lock::nearest(&folder, &Disk).unwrap_or_else(|| Lock::NAME.into())
}

/// Whether a path is that of a folder, or can only be meant as one.
fn is_folder(out: &Path) -> bool {
    out.is_dir() || out.as_os_str().to_string_lossy().ends_with(std::path::MAIN_SEPARATOR)
}

/// The line that makes a module of the files in a folder.
fn modules(generated: &Generated) -> String {
    let is_included = |name: &str| {
        let includes = format!("include!(\"{name}\")");
        generated.files.iter().any(|file| file.text.contains(&includes))
    };
    let files = generated.files.iter().filter(|file| !is_included(&file.name));
    let names = files.filter_map(|file| file.name.strip_suffix(".rs"));
    names.map(|name| format!("mod {name}; ")).chain(["pub use model::*;".to_owned()]).collect()
}

/// The folder and the name of a file.
fn place(out: &Path) -> Result<(PathBuf, String), Failure> {
    let not_a_file = || Failure::NotAFile { path: out.to_owned() };
    let name = out.file_name().and_then(|name| name.to_str());
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok((folder.to_owned(), name.ok_or_else(not_a_file)?.to_owned()))
}

fn write(job: &Job) -> Result<bool, Failure> {
    if let Some(stream) = &job.stream {
        let text: String = job.generated.files.iter().map(|file| file.text.as_str()).collect();
        stream.write(&text)?;
        return Ok(true);
    }
    for (before, now) in job.generated.renames(&job.folder)? {
        say(format_args!("renamed {before} -> {now}"));
    }
    if job.owns_folder {
        job.generated.write(&job.folder)?
    } else {
        job.generated.write_only(&job.folder)?
    }
    .iter()
    .for_each(|difference| {
        let verb = match (&difference.found, &difference.expected) {
            (_, None) => "removed",
            (None, _) => "created",
            (Some(_), _) => "updated",
        };
        say(format_args!("{verb} {}", shown(&difference.path)));
    });
    Ok(true)
}

fn check(job: &Job) -> Result<bool, Failure> {
    if job.stream.is_some() {
        return Err(Failure::NothingToCheck);
    }
    let differences = job.differences()?;
    for difference in &differences {
        print_diff(difference)?;
    }
    Ok(differences.is_empty())
}

fn print_diff(difference: &Difference) -> Result<(), Failure> {
    let path = shown(&difference.path);
    let (found, expected) = (difference.found.as_deref(), difference.expected.as_deref());
    let name = |text: Option<&str>| text.map_or("/dev/null".to_owned(), |_| path.clone());
    let (old, new) = (name(found), name(expected));
    // Line ends are a matter of the checkout.
    let found = found.unwrap_or_default().replace("\r\n", "\n");
    let diff = TextDiff::from_lines(found.as_str(), expected.unwrap_or_default());
    write!(stdout().lock(), "{}", shortened(&diff.unified_diff().header(&old, &new).to_string()))?;
    Ok(())
}

/// A path as seen from the current folder, if it lies in there.
fn shown(path: &Path) -> String {
    let here = env::current_dir().unwrap_or_default();
    let path = path.strip_prefix(&here).unwrap_or(path);
    path.strip_prefix(".").unwrap_or(path).display().to_string()
}

/// The command that makes the files fresh: this one, without `--check`.
fn command() -> String {
    let arguments = env::args().skip(1).filter(|argument| argument != "--check");
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./=".contains(c);
    let quoted = arguments.map(|argument| {
        if !argument.is_empty() && argument.chars().all(is_plain) {
            argument
        } else {
            format!("'{}'", argument.replace('\'', "'\\''"))
        }
    });
    std::iter::once("isomorph".to_owned()).chain(quoted).collect::<Vec<_>>().join(" ")
}
