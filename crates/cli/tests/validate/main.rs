//! `isomorph validate` as people use it: the built binary, its reports and its exit codes.

mod allowed;
#[path = "../corpora/mod.rs"]
mod corpora;
mod damaged;
mod explained;
mod formats;
mod hostile;
mod hosts;
mod inputs;
#[cfg(unix)]
mod interrupted;
mod known;
mod numbers;
mod places;
mod random;
mod redacted;
#[path = "../repository/mod.rs"]
mod repository;
mod suite;
#[path = "../tool/mod.rs"]
mod tool;
mod typed;
mod unusable;
mod verdicts;
mod written;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use repository::repository;
use tool::{Run, folder, write};

/// Runs `isomorph validate` in `folder`.
fn validate(folder: &Path, arguments: &[&str]) -> Run {
    validate_input(folder, arguments, b"")
}

/// Runs it with something on its standard input.
fn validate_input(folder: &Path, arguments: &[&str], input: &[u8]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_isomorph"));
    command.arg("validate").args(arguments).current_dir(folder).env_remove("NO_COLOR");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the tool starts");
    // It may well end before it has read all.
    _ = child.stdin.take().expect("it is piped").write_all(input);
    child.wait_with_output().expect("the tool ends").into()
}

/// Runs it with `--format json`; gives the exit code and the report.
fn report(folder: &Path, arguments: &[&str]) -> (i32, Value) {
    let run = validate(folder, &[&["--format", "json"], arguments].concat());
    let report = serde_json::from_str(&run.stdout);
    (run.code, report.unwrap_or_else(|error| panic!("{error}: {}\n{}", run.stdout, run.stderr)))
}

/// The schema of upload results.
fn schema() -> String {
    repository().join("schema/UploadResult.json").display().to_string()
}

/// Numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    /// A number below `bound`.
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % bound
    }

    /// An upload result.
    fn upload_result(&mut self) -> Value {
        let name = |numbers: &mut Self, ending: &str| format!("/photos/ü {}{ending}", numbers.below(1000));
        let entries = |numbers: &mut Self, entry: &dyn Fn(&mut Self) -> Value| {
            (0..numbers.below(3)).map(|_| entry(numbers)).collect::<Value>()
        };
        let uploaded = entries(self, &|numbers| {
            let status = ["created", "replaced", "duplicate"][numbers.below(3)];
            serde_json::json!({"asset": {"id": format!("a{}", numbers.below(99)), "status": status},
                               "filepath": name(numbers, ".jpg")})
        });
        let rejected = entries(self, &|numbers| {
            let id = [Value::Null, "a \"quoted\" one".into()][numbers.below(2)].clone();
            serde_json::json!({"filepath": name(numbers, ".txt"), "asset_id": id, "reason": "duplicate"})
        });
        let failed = entries(
            self,
            &|numbers| serde_json::json!({"filepath": name(numbers, ".raw"), "error": "500: \\ internal\n"}),
        );
        let count = self.below(100);
        serde_json::json!({"uploaded": uploaded, "rejected": rejected, "failed": failed,
            "stats": {"total": count, "uploaded": count, "rejected": 0, "failed": 0}})
    }
}
