//! What the commands take at most, of time and of memory, over all that is known to be hard.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fastrand::Rng;

use super::pairs::{document, edited};
use super::repository::repository;
use super::{Case, corpora::corpora, hostile};

/// How often is looked at what runs.
const OFTEN: Duration = Duration::from_millis(10);
/// Processor time and memory, in KiB, that all of a command may take.
const TIME: Duration = Duration::from_secs(10);
const MEMORY: u64 = 1 << 20;
/// Not optimised, of the cases one of so many is enough to see that this still runs.
const STEP: usize = if cfg!(debug_assertions) { 9 } else { 1 };
/// How many random pairs there are; ISOMORPH_PAIRS says another number, and ISOMORPH_SEED another seed.
const PAIRS: usize = if cfg!(debug_assertions) { 20 } else { 2_000 };

/// The most that any command took.
#[derive(Default)]
struct Greatest {
    commands: usize,
    time: (Duration, String),
    processor: (Duration, String),
    memory: (u64, String),
}

impl Greatest {
    /// Runs the tool, which has to end by itself.
    fn run(&mut self, folder: &Path, what: &str, arguments: &[&str]) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_isomorph"));
        command.args(arguments).current_dir(folder).stdout(Stdio::null()).stderr(Stdio::null());
        let began = Instant::now();
        let mut child = command.spawn().expect("the tool");
        let (mut processor, mut memory) = (Duration::ZERO, 0);
        let status = loop {
            let (now, resident) = taken(&child);
            (processor, memory) = (processor.max(now), memory.max(resident));
            if let Some(status) = child.try_wait().expect("a child") {
                break status;
            }
            std::thread::sleep(OFTEN);
        };
        let name = || format!("{what}: {}", arguments.join(" "));
        assert!(matches!(status.code(), Some(0..=2)), "{}: {status}", name());
        self.commands += 1;
        let time = began.elapsed();
        if time > self.time.0 {
            self.time = (time, name());
        }
        if processor > self.processor.0 {
            self.processor = (processor, name());
        }
        if memory > self.memory.0 {
            self.memory = (memory, name());
        }
    }

    fn of_schema(&mut self, folder: &Path, what: &str, schema: &str) {
        fs::write(folder.join("instance.json"), "{\"a\": [1]}").expect("a file");
        self.run(folder, what, &["generate", "--schema", schema, "--out", "out.rs"]);
        self.run(folder, what, &["sample", schema, "-n", "10", "--coverage"]);
        self.run(folder, what, &["sample", schema, "-n", "10", "--invalid"]);
        self.run(folder, what, &["validate", "--schema", schema, "instance.json"]);
    }

    fn of_pair(&mut self, folder: &Path, what: &str, old: &str, new: &str) {
        self.run(folder, what, &["diff", old, new]);
        self.run(folder, what, &["diff", new, old, "--no-api", "--compatibility", "full"]);
        self.run(folder, what, &["diff", old, new, "--no-api", "--assume-writers-send-only-declared"]);
    }

    /// Says what it came to, and holds it to what is allowed; where the tool is not optimised, to nothing.
    fn told(&self, of: &str) {
        println!("{of}: {} commands", self.commands);
        println!("  longest {:.1?}: {}", self.time.0, self.time.1);
        println!("  processor time {:.1?}: {}", self.processor.0, self.processor.1);
        println!("  memory {} MiB: {}", self.memory.0 >> 10, self.memory.1);
        if !cfg!(debug_assertions) {
            assert!(self.processor.0 < TIME && self.memory.0 < MEMORY);
        }
    }
}

/// What a process and those that it started have taken: processor time, and the most memory that they held, in KiB.
fn taken(child: &Child) -> (Duration, u64) {
    let (mut all, mut next) = (vec![child.id().to_string()], 0);
    let (mut ticks, mut memory) = (0_u64, 0);
    while let Some(process) = all.get(next).cloned() {
        next += 1;
        let here = PathBuf::from("/proc").join(&process);
        for task in fs::read_dir(here.join("task")).into_iter().flatten().flatten() {
            let children = fs::read_to_string(task.path().join("children")).unwrap_or_default();
            all.extend(children.split_whitespace().map(str::to_owned));
        }
        let status = fs::read_to_string(here.join("status")).unwrap_or_default();
        let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix("kB"));
        memory += most.and_then(|most| most.trim().parse::<u64>().ok()).unwrap_or_default();
        // Behind the name, which may have spaces: processor time in user and system mode, and that of children that ended.
        let stat = fs::read_to_string(here.join("stat")).unwrap_or_default();
        let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
        ticks += fields.skip(11).take(4).filter_map(|field| field.parse::<u64>().ok()).sum::<u64>();
    }
    (Duration::from_millis(ticks * 10), memory)
}

fn named(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// The files of a folder and those below it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let (mut found, mut work) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = work.pop() {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
        let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
        work.extend(folders);
        found.extend(files.into_iter().filter(|path| path.extension().is_some_and(|end| end == "json")));
    }
    found.sort();
    found
}

/// What is the new version of a file, by its name.
fn newer(old: &Path) -> Option<PathBuf> {
    let name = old.file_name()?.to_str()?;
    let new = match name {
        "X.json" => "X2.json".to_owned(),
        "x.json" => "y.json".to_owned(),
        _ => name.replace("old", "new"),
    };
    let new = old.with_file_name(&new);
    (new != *old && new.is_file()).then_some(new)
}

#[test]
fn every_case_ends_within_ten_seconds_and_a_gibibyte() {
    let cases = repository().join("../shared/cases");
    let here = tempfile::tempdir().expect("a temporary folder");
    let mut greatest = Greatest::default();
    for part in ["diff", "overflow", "explosion"] {
        for file in files(&cases.join(part)).into_iter().step_by(STEP) {
            let schema = named(&file);
            greatest.of_schema(here.path(), part, &schema);
            if let Some(new) = newer(&file) {
                greatest.of_pair(here.path(), part, &schema, &named(&new));
            }
        }
    }
    greatest.told("cases");
}

#[test]
fn every_hostile_schema_ends_within_them_for_every_command() {
    let here = tempfile::tempdir().expect("a temporary folder");
    let mut greatest = Greatest::default();
    fs::write(here.path().join("other.json"), r#"{"type": "object"}"#).expect("a file");
    for Case { name, schema, .. } in hostile::cases().into_iter().step_by(STEP) {
        fs::write(here.path().join("hostile.json"), schema.to_string()).expect("a file");
        greatest.of_schema(here.path(), &name, "hostile.json");
        greatest.of_pair(here.path(), &name, "hostile.json", "other.json");
    }
    greatest.told("hostile schemas");
}

#[test]
fn every_pair_of_the_history_of_real_schemas_ends_within_them() {
    let Some(corpora) = corpora() else { return };
    let here = tempfile::tempdir().expect("a temporary folder");
    let mut greatest = Greatest::default();
    let files = files(&corpora.join("evolution"));
    let most = if cfg!(debug_assertions) { 4 } else { files.len() };
    for old in files.iter().take(most) {
        if let Some(new) = newer(old) {
            greatest.of_pair(here.path(), "history", &named(old), &named(&new));
            greatest.of_schema(here.path(), "history", &named(&new));
        }
    }
    greatest.told("history");
}

#[test]
fn every_random_pair_ends_within_them() {
    let number = |name: &str, otherwise: usize| {
        std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
    };
    let (seed, count) = (number("ISOMORPH_SEED", 606), number("ISOMORPH_PAIRS", PAIRS));
    let mut random = Rng::with_seed(seed as u64);
    let here = tempfile::tempdir().expect("a temporary folder");
    let mut greatest = Greatest::default();
    for index in 0..count {
        let is_recursive = index % 2 == 1;
        let old = document(&mut random, is_recursive);
        let new = edited(&old, &mut random, is_recursive);
        fs::write(here.path().join("old.json"), old.to_string()).expect("a file");
        fs::write(here.path().join("new.json"), new.to_string()).expect("a file");
        let what = format!("{old} → {new}");
        greatest.run(here.path(), &what, &["diff", "old.json", "new.json"]);
        if index % 10 == 0 {
            greatest.of_schema(here.path(), &what, "new.json");
        }
    }
    greatest.told(&format!("random pairs of seed {seed}"));
}
