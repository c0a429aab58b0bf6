//! What `isomorph validate` says of instances: another way to the verdict, and the one that explains it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use isomorph_codegen::Dialect;
use serde::Deserialize;

use super::instances::Judged;
use super::laws::{Difference, Law, is_limit};
use super::trial::Trial;
use crate::Failure;
use crate::crates::put;
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
    /// Where its verdicts are not those of the validator; and for how many instances a limit was reached.
    ///
    /// # Errors
    ///
    /// If a file cannot be written, or the tool not be started.
    pub fn differences(
        &self,
        trial: &Trial,
        instances: &[Judged],
    ) -> Result<(Vec<Difference>, usize), Failure> {
        if instances.is_empty() {
            return Ok((Vec::new(), 0));
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
            "--jobs",
            "1",
        ]);
        command.args(["--dialect", name(trial.dialect)]).arg("--schema").arg(&schema).arg(&file);
        let mut said = String::new();
        let in_time = lines(command.current_dir(&self.folder), PATIENCE, |line| said.push_str(line));
        let in_time = in_time.map_err(|source| Failure::Read { path: self.program.clone(), source })?;
        let of_schema = |kind, detail| vec![Difference::of_schema(Law::Total, kind, detail)];
        if !in_time {
            return Ok((of_schema("hung in validate", String::new()), 0));
        }
        let Ok(report) = serde_json::from_str::<Report>(&said) else {
            return Ok((of_schema("no report of validate", said.chars().take(300).collect()), 0));
        };
        Ok(compared(&report, instances))
    }
}

fn compared(report: &Report, instances: &[Judged]) -> (Vec<Difference>, usize) {
    let (mut differences, mut limits) = (Vec::new(), 0);
    let mut problems: BTreeMap<usize, &Problem> = BTreeMap::new();
    for problem in &report.problems {
        if let Some(line) = problem.line {
            problems.entry(line).or_insert(problem);
        } else {
            let message = problem.message.clone();
            differences.push(Difference::of_schema(Law::Total, "refused by validate", message));
        }
    }
    for (index, instance) in instances.iter().enumerate() {
        let problem = problems.get(&(index + 1));
        if problem.is_some_and(|problem| is_limit(&problem.message) || problem.keyword == "limit") {
            limits += 1;
        } else if problem.is_none() != instance.valid {
            let kind = if instance.valid { "false reject, by validate" } else { "false accept, by validate" };
            let detail = problem.map(|problem| problem.message.clone()).unwrap_or_default();
            let difference = Difference::of_schema(Law::Exact, kind, detail);
            differences.push(Difference { instance: Some(index), ..difference });
        }
    }
    (differences, limits)
}

/// As the command line has it.
fn name(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Draft4 => "4",
        Dialect::Draft6 => "6",
        Dialect::Draft7 => "7",
        Dialect::Draft201909 => "2019-09",
        Dialect::Draft202012 => "2020-12",
    }
}

/// The tool of this path, with its files below `out`.
pub fn tool(program: &Path, out: &Path) -> Tool {
    Tool {
        program: std::path::absolute(program).unwrap_or_else(|_| program.to_owned()),
        folder: out.join("tool"),
    }
}
