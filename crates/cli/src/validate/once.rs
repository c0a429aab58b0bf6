use std::env;
use std::io::{BufWriter, ErrorKind, IsTerminal, stdin, stdout};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread;
use std::time::Instant;

use isomorph_check::{Baseline, Check, Options, Refusals, Report, ReportFormat, Summary, Verdict, report};

use super::configured::Configured;
use super::progress::OnTerminal;
use crate::command_line::{Color, Validate};
use crate::failure::Failure;
use crate::say::say;
use crate::schemas::{files, is_stdin, tell};
use crate::whole_file::write_whole;

/// What a run came to.
pub struct Done {
    verdict: Verdict,
    /// The files and folders that it read, if they are to be watched.
    pub files: Vec<PathBuf>,
}

impl Done {
    /// Whether something could not be checked: a schema may be why.
    pub fn is_unfinished(&self) -> bool {
        self.verdict == Verdict::Unfinished
    }

    /// 0 all are valid, 1 some are not, 2 something could not be checked.
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self.verdict {
            Verdict::Valid => 0,
            Verdict::Invalid => 1,
            Verdict::Unfinished => 2,
        })
    }
}

/// One run.
///
/// # Errors
///
/// If it cannot be begun, or its report not be written.
pub fn once(arguments: &Validate, stop: &Arc<AtomicBool>) -> Result<Done, Failure> {
    let start = Instant::now();
    let mut report = report(arguments.format, is_colored(arguments.color));
    let mut out = BufWriter::with_capacity(1 << 16, stdout().lock());
    let configured = Configured::around(arguments)?;
    let check = match Check::new(options(arguments, &configured)?) {
        // For people it is told as every command tells it.
        Err(error) if error.is_of_a_schema() && arguments.format != ReportFormat::Text => {
            let mut refusals = Refusals::new(report.as_mut(), &mut out)?;
            refusals.refuse(arguments.schema.first().map_or("", String::as_str), &error)?;
            refusals.finish()?;
            return Ok(Done {
                verdict: Verdict::Unfinished,
                files: arguments.schema.iter().map(PathBuf::from).collect(),
            });
        }
        check => check?,
    };
    tell(&check.notes());
    let writes = configured.baseline.as_deref().filter(|_| arguments.write_baseline);
    let mut known = Baseline::new(writes.unwrap_or(Path::new("")));
    let report: &mut dyn Report = if writes.is_some() { &mut known } else { report.as_mut() };
    let mut summary = check.run(report, &mut out, &mut OnTerminal::new(), stop)?;
    summary.time = start.elapsed();
    if let Some(path) = writes {
        return write_baseline(path, &known, &summary);
    }
    if !(arguments.quiet || arguments.watch && summary.is_interrupted) {
        say(format_args!("{summary}"));
    }
    let is_nothing = summary.is_nothing() && !arguments.allow_empty;
    if is_nothing {
        say(format_args!("error: {}; say `--allow-empty` if that may be", why_nothing(&summary)));
    }
    let files = if arguments.watch { check.files() } else { Vec::new() };
    let verdict = if is_nothing { Verdict::Unfinished } else { summary.verdict() };
    Ok(Done { verdict, files })
}

/// Writes the problems that there are, if all could be checked.
fn write_baseline(path: &Path, known: &Baseline, summary: &Summary) -> Result<Done, Failure> {
    let (mut verdict, files) = (summary.verdict(), Vec::new());
    if verdict == Verdict::Unfinished {
        say(format_args!(
            "{summary}\nerror: not everything could be checked, so that no baseline is written"
        ));
    } else {
        write_whole(path, known.text().as_bytes())?;
        say(format_args!("{}: wrote {} known problems", path.display(), known.len()));
        verdict = Verdict::Valid;
    }
    Ok(Done { verdict, files })
}

/// The baseline that is to be kept to.
fn baseline(path: &Path) -> Result<Baseline, Failure> {
    let failed = |source| Failure::Read { path: path.to_owned(), source };
    let text = std::fs::read_to_string(path).map_err(|source| match source.kind() {
        ErrorKind::NotFound => Failure::BaselineNotThere { path: path.to_owned() },
        _ => failed(source),
    })?;
    Ok(Baseline::of_text(path, &text)?)
}

/// Why a run had nothing to check.
fn why_nothing(summary: &Summary) -> &'static str {
    match summary {
        Summary { skipped: 1.., .. } => "nothing was checked: no schema is named for any of the files",
        Summary { files: 1.., .. } => "nothing was checked: nothing is in the files",
        _ => "nothing was checked: there is no file",
    }
}

fn options(arguments: &Validate, configured: &Configured) -> Result<Options, Failure> {
    // With a schema of their own, files can be checked from a folder that is gone.
    let here = match env::current_dir() {
        Err(error) if arguments.schema.is_empty() => return Err(error.into()),
        here => here.unwrap_or_default(),
    };
    let mut options = Options::new(here);
    options.stdin(|| Box::new(stdin())).max_errors(arguments.max_errors).max_depth(arguments.max_depth);
    let threads = arguments.jobs.or_else(|| thread::available_parallelism().ok());
    options.threads(threads.unwrap_or(NonZeroUsize::MIN));
    let (piped, named): (Vec<_>, Vec<_>) = arguments.schema.iter().partition(|name| is_stdin(name.as_ref()));
    for schema in named {
        options.schema(schema);
    }
    if !piped.is_empty() {
        for source in files(&["-".into()], &arguments.references)?.sources {
            options.source(source);
        }
    }
    if let Some(root) = &arguments.root {
        options.root(root);
    }
    if let Some(input) = arguments.input {
        options.format(input);
    }
    if let Some(file) = &arguments.stdin_filename {
        options.stdin_filename(file);
    }
    for input in &arguments.inputs {
        options.input(input);
    }
    let references = &arguments.references;
    for (uri, file) in &references.map {
        options.map(uri, file);
    }
    if let Some(folder) = &references.within {
        options.within(folder);
    }
    options.formats(arguments.assert_formats.clone().unwrap_or_default());
    options.allow_schema_key(arguments.allow_schema_key).redact(configured.redact);
    if arguments.write_baseline {
        options.max_errors(usize::MAX);
    } else if let Some(path) = &configured.baseline {
        options.baseline(baseline(path)?);
    }
    options.unresolved(references.unresolved).opening(references.opening());
    if let Some(dialect) = references.dialect {
        options.dialect(dialect);
    }
    Ok(options)
}

pub fn is_colored(color: Color) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => stdout().is_terminal() && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
    }
}
