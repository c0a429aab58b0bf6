use std::env;
use std::io::{Write, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use isomorph_codegen::{Difference, Generated, Generator, Manifest};
use similar::TextDiff;

use crate::command_line::{Generate, Module};
use crate::configuration::manifests;
use crate::diff::{Regenerated, told};
use crate::failure::Failure;
use crate::say::say;
use crate::shortened::shortened;
use crate::watch::watch;

/// Generates, or checks what was generated.
pub fn run(arguments: &Generate) -> Result<ExitCode, Failure> {
    if arguments.watch {
        return again_and_again(arguments);
    }
    once(arguments)
}

/// Generates, and again whenever a schema or a configuration is saved.
fn again_and_again(arguments: &Generate) -> Result<ExitCode, Failure> {
    let watched = watched(arguments)?;
    once(arguments)?;
    say(format_args!("watching {}", watched.iter().map(|path| shown(path)).collect::<Vec<_>>().join(", ")));
    watch(&watched, || {
        // A schema that is half written is not the end.
        if let Err(failure) = once(arguments) {
            say(format_args!("error: {failure}"));
        }
    })
}

/// The files, and the folders of files, that what is generated depends on.
fn watched(arguments: &Generate) -> Result<Vec<PathBuf>, Failure> {
    if let Some(schema) = &arguments.schema {
        // What it refers to lies beside it.
        let beside = schema.parent().filter(|folder| !folder.as_os_str().is_empty());
        let mapped = arguments.module.references.map.iter().map(|(_, file)| file.clone());
        return Ok(mapped.chain([beside.unwrap_or(Path::new(".")).to_owned()]).collect());
    }
    let of_manifest =
        |manifest: Manifest| [manifest.path, manifest.schema].into_iter().chain(manifest.map.into_values());
    Ok(manifests()?.into_iter().flat_map(of_manifest).collect())
}

fn once(arguments: &Generate) -> Result<ExitCode, Failure> {
    let jobs = match (&arguments.schema, &arguments.out) {
        (Some(schema), Some(out)) => vec![module(schema, out, &arguments.module)?],
        _ => configured()?,
    };
    let mut fresh = true;
    for job in &jobs {
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
    /// The schema, or the folder of schemas.
    schema: PathBuf,
    manifest: Option<Manifest>,
}

impl Job {
    fn regenerated<'a>(&'a self, arguments: &'a Generate) -> Regenerated<'a> {
        Regenerated {
            generated: &self.generated,
            folder: &self.folder,
            schema: &self.schema,
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
        let generated = Generator::from_manifest(&manifest).generate("model.rs")?;
        let (folder, schema) = (manifest.out.clone(), manifest.schema.clone());
        jobs.push(Job { generated, folder, owns_folder: true, schema, manifest: Some(manifest) });
    }
    Ok(jobs)
}

fn module(schema: &Path, out: &Path, module: &Module) -> Result<Job, Failure> {
    let not_a_file = || Failure::NotAFile { path: out.to_owned() };
    let name =
        out.file_name().and_then(|name| name.to_str()).filter(|_| !out.is_dir()).ok_or_else(not_a_file)?;
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut generator = Generator::new();
    generator.schema_file(schema).formats(module.formats).schemars(module.schemars);
    generator.defaults(module.defaults).undeclared(module.undeclared);
    module.references.apply(&mut generator);
    if module.constructors {
        generator.constructors();
    }
    if let Some(name) = &module.root_name {
        generator.root_name(name);
    }
    let generated = generator.generate(name)?;
    let (folder, schema) = (folder.to_owned(), schema.to_owned());
    Ok(Job { generated, folder, owns_folder: false, schema, manifest: None })
}

fn write(job: &Job) -> Result<bool, Failure> {
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
