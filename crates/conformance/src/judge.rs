//! Compiles crates of modules and holds every instance against its type.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::Value;

use crate::crates::{Crate, put};
use crate::failure::Failure;

/// What a type made of an instance.
#[derive(Debug, Deserialize)]
pub struct Verdict {
    /// The case.
    pub case: usize,
    /// The index of the instance.
    pub instance: usize,
    /// Whether `from_str` accepts it.
    pub accepted: bool,
    /// Why not.
    pub error: Option<String>,
    /// Whether `from_value` accepts it; `None` if it is not JSON that a `Value` can hold.
    pub from_value: Option<bool>,
    /// Why not.
    pub from_value_error: Option<String>,
    /// Whether the runtime's `from_str` accepts it; `None` for types that it does not read.
    pub from_text: Option<bool>,
    /// Why not.
    pub from_text_error: Option<String>,
    /// What comes back when it is written again; in a list, so that `null` is told from nothing.
    pub back: Option<[Value; 1]>,
    /// Whether the same comes back of what the other doors read.
    pub doors_agree: bool,
    /// What comes back when that is read and written once more.
    pub again: Option<[Value; 1]>,
    /// Why it is not read again.
    pub again_error: Option<String>,
    /// What is written of it if it is read without checks, as a value that was built in Rust, and `validate` accepts that.
    pub built: Option<[Value; 1]>,
    /// How long all of that took.
    pub millis: u64,
    /// How long the slowest door took to read it.
    #[serde(default)]
    pub micros: u64,
}

impl Verdict {
    /// Whether it was refused because it is too much: no verdict on what the schema says.
    pub fn is_limited(&self) -> bool {
        !self.accepted && self.error.as_ref().is_some_and(|error| error.contains("limit reached"))
    }
}

/// Whether a type gives back its schema.
#[derive(Debug, Deserialize)]
pub struct Said {
    /// The case.
    pub case: usize,
    /// The place of the schema.
    pub pointer: String,
    /// Whether what schemars says is the source.
    pub faithful: bool,
    /// What it says otherwise.
    #[serde(rename = "said")]
    pub instead: Option<String>,
}

/// Whether a type gives back the whole document.
#[derive(Debug, Deserialize)]
struct Whole {
    case: usize,
    whole: bool,
}

/// What compiling and judging came to.
#[derive(Debug, Default)]
pub struct Judged {
    /// The verdicts by case and instance.
    pub verdicts: BTreeMap<(usize, usize), Verdict>,
    /// What schemars says, by case and pointer.
    pub said: BTreeMap<(usize, String), Said>,
    /// The cases whose whole document comes back.
    pub whole: BTreeSet<usize>,
    /// The cases whose module does not compile without warnings, with what the compiler said.
    pub not_compiled: BTreeMap<usize, String>,
    /// The cases for which there was no time.
    pub not_reached: BTreeSet<usize>,
    /// The cases that ended the program.
    pub crashed: BTreeSet<usize>,
    /// The cases that did not end in time.
    pub hung: BTreeSet<usize>,
}

impl Judged {
    /// Whether the module of a case was compiled.
    pub fn compiles(&self, case: usize) -> bool {
        !self.not_compiled.contains_key(&case) && !self.not_reached.contains(&case)
    }
}

/// How long it may take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// When no more crates are begun.
    pub deadline: Instant,
    /// How long a program may say nothing.
    pub patience: Duration,
    /// Whether programs are optimised.
    pub is_optimised: bool,
}

/// Compiles and judges all crates below `folder`, in a workspace of their own, until the time is up.
///
/// # Errors
///
/// If cargo cannot be started.
pub fn judge(crates: &[Crate], folder: &Path, lock: &Path, limits: Limits) -> Result<Judged, Failure> {
    let mut judged = Judged::default();
    write_workspace_of(crates, folder, lock, limits.is_optimised)?;
    for batch in crates.chunks(AT_ONCE) {
        if Instant::now() > limits.deadline {
            judged.not_reached.extend(batch.iter().flat_map(|one| one.cases.iter().copied()));
            continue;
        }
        compile(batch, folder, &mut judged)?;
        for one in batch {
            run(one, folder, limits.patience, &mut judged)?;
        }
    }
    Ok(judged)
}

/// Makes the folder around the crates a workspace.
///
/// # Errors
///
/// If its manifest cannot be written.
pub fn write_workspace(crates: &[Crate], folder: &Path, lock: &Path) -> Result<(), Failure> {
    write_workspace_of(crates, folder, lock, false)
}

fn write_workspace_of(
    crates: &[Crate],
    folder: &Path,
    lock: &Path,
    is_optimised: bool,
) -> Result<(), Failure> {
    let level = if is_optimised { "opt-level = 3\n" } else { "" };
    let members = crates
        .iter()
        .filter_map(|one| Some(format!("\"{}\"", one.folder.strip_prefix(folder).ok()?.display())));
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n[profile.dev]\ndebug = false\nincremental = false\n{level}",
        members.collect::<Vec<_>>().join(", ")
    );
    put(&folder.join("Cargo.toml"), &manifest)?;
    match std::fs::read_to_string(lock) {
        Ok(text) if !folder.join("Cargo.lock").exists() => put(&folder.join("Cargo.lock"), &text),
        _ => Ok(()),
    }
}

/// cargo, in a workspace of generated crates. All share what they compile.
pub fn cargo(folder: &Path, arguments: &[&str]) -> Result<Output, Failure> {
    Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target(folder))
        .env_remove("CARGO_INCREMENTAL")
        .output()
        .map_err(|source| Failure::Read { path: "cargo".into(), source })
}

/// How many crates are compiled at once: enough to keep the cores busy, few enough for the memory.
const AT_ONCE: usize = 4;

/// All corpora share what they compile.
pub fn target(folder: &Path) -> PathBuf {
    folder.with_file_name("target")
}

/// Compiles crates. A module that does not compile is taken out, and the rest is compiled again.
fn compile(batch: &[Crate], folder: &Path, judged: &mut Judged) -> Result<(), Failure> {
    loop {
        let names: Vec<_> = batch.iter().map(name).collect();
        let mut arguments = vec!["build", "--quiet", "--keep-going", "--message-format", "short"];
        arguments.extend(names.iter().flat_map(|name| ["-p", name.as_str()]));
        let output = cargo(folder, &arguments)?;
        if output.status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let mut broken: BTreeMap<usize, String> =
            said.lines().filter_map(|line| Some((case_of(line)?, line.to_owned()))).collect();
        broken.retain(|case, _| !judged.not_compiled.contains_key(case));
        if broken.is_empty() {
            let why = said.lines().take(3).collect::<Vec<_>>().join(" ");
            let cases = batch.iter().flat_map(|one| &one.cases);
            judged.not_compiled.extend(cases.map(|case| (*case, why.clone())));
            return Ok(());
        }
        for (case, said) in broken {
            for one in batch {
                if let Some(text) = one.stand_ins.get(&case) {
                    put(&one.folder.join(format!("src/m{case}.rs")), text)?;
                }
            }
            judged.not_compiled.insert(case, said);
        }
    }
}

/// What the package of a crate is called.
pub fn name(one: &Crate) -> String {
    format!("judge-{}", one.folder.file_name().unwrap_or_default().to_string_lossy().replace('.', "-"))
}

/// `judge/src/m12.rs:3:4: error…` → 12, ``judge/src/lib.rs:3:4: error: no `Root` in module `m12` `` → 12
fn case_of(line: &str) -> Option<usize> {
    let (_, said) =
        line.split_once(".rs:").filter(|(_, rest)| rest.contains("error") || rest.contains("warning"))?;
    let (_, after) = line.split_once("src/m").or_else(|| said.split_once("`m"))?;
    let digits = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
    after[..digits].parse().ok()
}

/// Runs a crate's program; a case that ends it is skipped the next time, and so is one that does not end.
fn run(one: &Crate, folder: &Path, patience: Duration, judged: &mut Judged) -> Result<(), Failure> {
    let program = target(folder).join("debug").join(name(one));
    if !program.exists() {
        return Ok(());
    }
    let mut skip: Vec<String> = Vec::new();
    loop {
        let mut command = Command::new(&program);
        command.arg(one.folder.join("jobs.json")).args(&skip).stderr(Stdio::null());
        let (mut current, mut has_ended) = (None, false);
        let is_in_time = lines(&mut command, patience, |line| {
            has_ended = line == "end";
            if let Some(case) = line.strip_prefix("begin ") {
                current = case.parse().ok();
            } else {
                add(line, judged);
            }
        });
        let is_in_time = is_in_time.map_err(|source| Failure::Read { path: program.clone(), source })?;
        let Some(case) = current.filter(|_| !has_ended) else { return Ok(()) };
        if is_in_time { &mut judged.crashed } else { &mut judged.hung }.insert(case);
        skip.push(case.to_string());
    }
}

fn add(line: &str, judged: &mut Judged) {
    if let Ok(verdict) = serde_json::from_str::<Verdict>(line) {
        judged.verdicts.insert((verdict.case, verdict.instance), verdict);
    } else if let Ok(Whole { case, whole }) = serde_json::from_str(line) {
        if whole {
            judged.whole.insert(case);
        }
    } else if let Ok(said) = serde_json::from_str::<Said>(line) {
        judged.said.insert((said.case, said.pointer.clone()), said);
    }
}

/// Runs a program and hands on its lines; whether it ended before it said nothing for too long.
///
/// # Errors
///
/// If it cannot be started, or not be stopped.
pub fn lines(command: &mut Command, patience: Duration, mut each: impl FnMut(&str)) -> io::Result<bool> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let out = child.stdout.take().ok_or_else(|| io::Error::other("a pipe is missing"))?;
    let (sender, said) = channel();
    thread::spawn(move || {
        // Text that is cut off in the midst of a character is no line.
        BufReader::new(out).lines().map_while(Result::ok).all(|line| sender.send(line).is_ok())
    });
    loop {
        match said.recv_timeout(patience) {
            Ok(line) => each(&line),
            Err(RecvTimeoutError::Disconnected) => {
                child.wait()?;
                return Ok(true);
            }
            Err(RecvTimeoutError::Timeout) => {
                child.kill()?;
                child.wait()?;
                return Ok(false);
            }
        }
    }
}
