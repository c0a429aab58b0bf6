//! What `isomorph validate` says of instances: another way to the verdict, and the one that explains it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use isomorph_schema::Setting;
use serde::Deserialize;

use super::laws::{Difference, Law, has_what_no_type_holds, is_limit};
use super::trial::{Held, Trial};
use crate::crates::put;
use crate::failure::Failure;
use crate::judge::lines;

/// How long it may take for some twenty small instances.
const PATIENCE: Duration = Duration::from_secs(20);

/// The tool, and where it finds what it reads.
#[derive(Debug)]
pub struct Tool {
    /// The program.
    pub program: PathBuf,
    /// A folder for its files.
    pub folder: PathBuf,
}

#[derive(Deserialize)]
struct Report {
    problems: Vec<Problem>,
}

#[derive(Deserialize)]
struct Problem {
    line: Option<usize>,
    keyword: String,
    message: String,
}

impl Tool {
    /// Holds its verdicts against those of the validator.
    ///
    /// # Errors
    ///
    /// If a file cannot be written, or the tool not be started.
    pub fn hold(&self, trial: &Trial, held: &mut Held) -> Result<(), Failure> {
        let instances = &held.instances;
        if instances.is_empty() {
            return Ok(());
        }
        let texts: Vec<&str> = instances.iter().map(|instance| instance.text.as_str()).collect();
        let (schema, file) = (self.folder.join("schema.json"), self.folder.join("instances.ndjson"));
        put(&schema, &trial.schema.to_string())?;
        put(&file, &texts.join("\n"))?;
        let mut command = Command::new(&self.program);
        command.stderr(Stdio::null()).arg("validate").args([
            "--format",
            "json",
            "--max-depth",
            "2000",
            // What is left out of a report must not be taken for valid.
            "--max-errors",
            "1000000",
            "--jobs",
            "1",
        ]);
        command.args(["--dialect", trial.dialect.word()]).arg("--schema").arg(&schema).arg(&file);
        let mut said = String::new();
        let in_time = lines(command.current_dir(&self.folder), PATIENCE, |line| said.push_str(line));
        let in_time = in_time.map_err(|source| Failure::Read { path: self.program.clone(), source })?;
        match serde_json::from_str::<Report>(&said) {
            Ok(report) if in_time => compare(&report, held),
            _ => {
                let kind = if in_time { "no report of validate" } else { "hung in validate" };
                let detail: String = said.chars().take(300).collect();
                held.differences.push(Difference::of_schema(Law::Total, kind, detail));
            }
        }
        Ok(())
    }
}

impl Tool {
    /// Takes the time of a verdict on each instance, beside that on `null`.
    ///
    /// # Errors
    ///
    /// If a file cannot be written, or the tool not be started.
    pub fn time(&self, trial: &Trial, held: &mut Held) -> Result<(), Failure> {
        let (schema, file) = (self.folder.join("schema.json"), self.folder.join("instance.json"));
        put(&schema, &trial.schema.to_string())?;
        let timed = |text: &str| -> Result<Duration, Failure> {
            put(&file, text)?;
            let mut command = Command::new(&self.program);
            command.stderr(Stdio::null()).args(["validate", "--format", "json"]);
            command.args(["--dialect", trial.dialect.word()]).arg("--schema").arg(&schema).arg(&file);
            let start = Instant::now();
            lines(command.current_dir(&self.folder), PATIENCE, |_| {})
                .map_err(|source| Failure::Read { path: self.program.clone(), source })?;
            Ok(start.elapsed())
        };
        let least = timed("null")?.min(timed("null")?);
        for instance in &held.instances {
            held.times.by_tool.push(timed(&instance.text)?.saturating_sub(least));
        }
        Ok(())
    }
}

fn compare(report: &Report, held: &mut Held) {
    let mut problems: BTreeMap<usize, &Problem> = BTreeMap::new();
    for problem in &report.problems {
        if let Some(line) = problem.line {
            problems.entry(line).or_insert(problem);
        } else {
            let message = problem.message.clone();
            held.differences.push(Difference::of_schema(Law::Total, "refused by validate", message));
        }
    }
    for (index, instance) in held.instances.iter().enumerate() {
        let problem = problems.get(&(index + 1));
        let is_accepted = problem.is_none();
        if problem.is_some_and(|problem| is_limit(&problem.message) || problem.keyword == "limit") {
            held.limits += 1;
        } else if is_accepted != instance.valid && has_what_no_type_holds(instance) {
            held.beyond += 1;
        } else if is_accepted != instance.valid {
            let kind = if instance.valid { "false reject, by validate" } else { "false accept, by validate" };
            let detail = problem.map(|problem| problem.message.clone()).unwrap_or_default();
            let difference = Difference::of_schema(Law::Exact, kind, detail);
            held.differences.push(Difference { instance: Some(index), ..difference });
        }
    }
}

/// The tool of this path, with its files below `out`.
pub fn tool(program: &Path, out: &Path) -> Tool {
    Tool {
        program: std::path::absolute(program).unwrap_or_else(|_| program.to_owned()),
        folder: out.join("tool"),
    }
}
