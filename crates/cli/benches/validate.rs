//! `isomorph validate` beside its peers: CPU time, wall time and peak memory, as ratios in one run.
//!
//! ```text
//! cargo bench -p isomorph --bench validate
//! ```
//!
//! Peers are run where they are on the `PATH`; these bring them:
//!
//! ```text
//! cargo install jsonvet-cli jsonschema-cli
//! npm install --global @sourcemeta/jsonschema
//! pip install check-jsonschema
//! ```

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// How often each is run; the best counts.
const RUNS: usize = 3;

/// A command line tool, and how it is asked to validate.
struct Peer {
    name: &'static str,
    program: PathBuf,
    arguments: Arguments,
    /// Whether it reads NDJSON.
    reads_lines: bool,
    /// Whether a folder can be named, or all of its files have to be.
    reads_folders: bool,
}

/// The arguments that hold inputs, one a line, against a schema.
type Arguments = fn(schema: &str, inputs: &str) -> Vec<String>;

/// What a run took.
#[derive(Clone, Copy)]
struct Cost {
    wall: f64,
    cpu: f64,
    kilobytes: f64,
}

fn main() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("validate");
    make_inputs(&folder);
    let schema =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema/UploadResult.json").display().to_string();
    let mut out = String::new();
    for input in ["results.jsonl", "large.json", "small"] {
        _ = writeln!(out, "{input}");
        let path = folder.join(input).display().to_string();
        let mut own: Option<Cost> = None;
        for peer in peers() {
            if input == "results.jsonl" && !peer.reads_lines {
                continue;
            }
            let Some(cost) = cost(&peer, &schema, &path) else { continue };
            let base = *own.get_or_insert(cost);
            _ = writeln!(
                out,
                "  {:24} {:7.2} s wall ({:6.2}×)  {:7.2} s CPU ({:6.2}×)  {:8.1} MB ({:6.2}×)",
                peer.name,
                cost.wall,
                cost.wall / base.wall,
                cost.cpu,
                cost.cpu / base.cpu,
                cost.kilobytes / 1000.0,
                cost.kilobytes / base.kilobytes,
            );
        }
    }
    print!("{out}");
}

fn peers() -> Vec<Peer> {
    let isomorph = Peer {
        name: "isomorph",
        program: env!("CARGO_BIN_EXE_isomorph").into(),
        arguments: |schema, inputs| vec!["validate".into(), "--schema".into(), schema.into(), inputs.into()],
        reads_lines: true,
        reads_folders: true,
    };
    let others: [(&str, &str, Arguments, bool, bool); 4] = [
        (
            "jsonvet",
            "jsonvet",
            |schema, inputs| vec!["--schema".into(), schema.into(), inputs.into()],
            true,
            true,
        ),
        (
            "jsonschema-cli",
            "jsonschema-cli",
            |schema, inputs| {
                let mut arguments = vec!["validate".to_owned(), schema.to_owned()];
                for input in inputs.split('\n') {
                    arguments.extend(["--instance".to_owned(), input.to_owned()]);
                }
                arguments
            },
            false,
            false,
        ),
        (
            "@sourcemeta/jsonschema",
            "jsonschema",
            |schema, inputs| {
                // It will not guess the dialect of a schema without `$schema`.
                let dialect = "https://json-schema.org/draft/2020-12/schema";
                let arguments = ["validate", "--fast", "--default-dialect", dialect, schema, inputs];
                arguments.map(str::to_owned).to_vec()
            },
            true,
            true,
        ),
        (
            "check-jsonschema",
            "check-jsonschema",
            |schema, inputs| {
                let files = inputs.split('\n').map(str::to_owned);
                ["--schemafile".to_owned(), schema.to_owned()].into_iter().chain(files).collect()
            },
            false,
            false,
        ),
    ];
    let found = others.into_iter().filter_map(|(name, program, arguments, reads_lines, reads_folders)| {
        let program = on_path(program)?;
        Some(Peer { name, program, arguments, reads_lines, reads_folders })
    });
    std::iter::once(isomorph).chain(found).collect()
}

fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let found = std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file());
    if found.is_none() {
        eprintln!("{program} is not on the PATH; see the head of benches/validate.rs");
    }
    found
}

/// The least that a run takes; `None` if it cannot be run or does not find the input valid.
fn cost(peer: &Peer, schema: &str, input: &str) -> Option<Cost> {
    let inputs = if Path::new(input).is_dir() && !peer.reads_folders {
        let mut files: Vec<_> = fs::read_dir(input).ok()?.flatten().map(|entry| entry.path()).collect();
        files.sort();
        files.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join("\n")
    } else {
        input.to_owned()
    };
    let mut best: Option<Cost> = None;
    for _ in 0..RUNS {
        let cost = run(&peer.program, &(peer.arguments)(schema, &inputs))?;
        best = Some(best.map_or(cost, |best| Cost {
            wall: best.wall.min(cost.wall),
            cpu: best.cpu.min(cost.cpu),
            kilobytes: best.kilobytes.min(cost.kilobytes),
        }));
    }
    best
}

/// Runs a program under `time`, which knows what it used.
fn run(program: &Path, arguments: &[String]) -> Option<Cost> {
    let mut command = Command::new("/usr/bin/time");
    command.args(["-f", "%U %S %M"]).arg(program).args(arguments).stdin(Stdio::null()).stdout(Stdio::null());
    let start = Instant::now();
    let output = command.output().ok()?;
    let wall = start.elapsed().as_secs_f64();
    let errors = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        eprintln!(
            "{}: {}: {}",
            program.display(),
            output.status,
            errors.chars().take(300).collect::<String>()
        );
        return None;
    }
    let numbers: Vec<f64> = errors.lines().last()?.split(' ').filter_map(|word| word.parse().ok()).collect();
    let [user, system, kilobytes] = numbers[..] else { return None };
    Some(Cost { wall, cpu: user + system, kilobytes })
}

/// Makes the inputs, if they are not there from an earlier run.
fn make_inputs(folder: &Path) {
    let small = folder.join("small");
    if folder.join("done").exists() {
        return;
    }
    fs::create_dir_all(&small).expect("a folder");
    let lines: String = (0..200_000).map(|index| result(index, 4) + "\n").collect();
    fs::write(folder.join("results.jsonl"), lines).expect("a file");
    fs::write(folder.join("large.json"), result(7, 1_150_000)).expect("a file");
    for index in 0..10_000 {
        fs::write(small.join(format!("{index:05}.json")), result(index, 4)).expect("a file");
    }
    fs::write(folder.join("done"), "").expect("a file");
}

/// An upload result of about so many entries.
fn result(seed: usize, most: usize) -> String {
    let count = |part: usize| (seed * 7919 + part * 104_729) % (most + 1);
    let list =
        |count: usize, entry: &dyn Fn(usize) -> String| (0..count).map(entry).collect::<Vec<_>>().join(", ");
    let uploaded = list(count(1).max(most / 2), &|index| {
        let status = ["created", "replaced", "duplicate"][index % 3];
        format!(
            r#"{{"asset": {{"id": "{:032x}", "status": "{status}"}}, "filepath": "/photos/2024/{:02}/IMG_{index:05}.jpg"}}"#,
            (index + seed) * 0x9E37_79B9_7F4A,
            index % 12,
        )
    });
    let rejected = list(count(2) / 2, &|index| {
        format!(r#"{{"filepath": "/photos/{index}.jpg", "asset_id": null, "reason": "duplicate"}}"#)
    });
    let failed = list(count(3) / 3, &|index| {
        format!(r#"{{"filepath": "/photos/{index}.jpg", "error": "HTTP 500: \"internal\""}}"#)
    });
    let stats = r#"{"total": 3, "uploaded": 1, "rejected": 1, "failed": 1}"#;
    format!(
        r#"{{"uploaded": [{uploaded}], "rejected": [{rejected}], "failed": [{failed}], "stats": {stats}}}"#
    )
}
