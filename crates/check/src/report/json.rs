use std::io::{self, Write};

use serde_json::{Value, json};

use super::super::finding::{Finding, Place, SchemaFinding};
use super::super::summary::Summary;
use super::as_json::as_json;
use super::tally::Tally;
use super::writer::Report;

/// One JSON object, written while the run goes on. Its fields are listed in docs/validate.md.
#[derive(Default)]
pub struct Json {
    has_problems: bool,
    has_files: bool,
    /// The files that are done, which come after the problems.
    files: Vec<Value>,
}

impl Report for Json {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "{{\"version\":1,\"problems\":[")
    }

    fn findings(&mut self, out: &mut dyn Write, input: &str, findings: &[Finding]) -> io::Result<()> {
        for finding in findings {
            let separator = if self.has_problems { "," } else { "" };
            write!(out, "{separator}\n{}", as_json(&problem(input, finding)))?;
            self.has_problems = true;
        }
        Ok(())
    }

    fn input(&mut self, _: &mut dyn Write, input: &str, tally: &Tally) -> io::Result<()> {
        // Of files without problems only their number is told, so that memory does not grow with them.
        if tally.problems > 0 || !tally.is_checked() {
            self.files.push(json!({
                "file": input,
                "valid": tally.valid,
                "invalid": tally.invalid,
                "problems": tally.problems,
                "reported": tally.reported,
                "checked": tally.is_checked(),
            }));
        }
        self.has_files = true;
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
        let summary = json!({
            "files": summary.files,
            "valid": summary.valid,
            "invalid": summary.invalid,
            "skipped": summary.skipped,
            "empty": summary.empty,
            "failed": summary.failed,
            "problems": summary.problems,
            "known": summary.known,
            "bytes": summary.bytes,
            "interrupted": summary.is_interrupted,
        });
        let files = as_json(&Value::Array(std::mem::take(&mut self.files)));
        writeln!(out, "\n],\"files\":{files},\"summary\":{summary}}}")
    }
}

fn problem(input: &str, finding: &Finding) -> Value {
    let mut problem = json!({
        "file": input,
        "keyword": finding.keyword,
        "message": finding.message,
        "instanceLocation": finding.instance_location,
        "help": finding.help,
    });
    if let Some(fields) = problem.as_object_mut() {
        if let Some(place) = &finding.place {
            fields.extend(self::place(place));
        }
        if let Some(path) = &finding.path {
            fields.insert("path".into(), path.as_str().into());
        }
        if let Some((position, message)) = &finding.related {
            let related = json!({"line": position.line, "column": position.column, "message": message});
            fields.insert("related".into(), related);
        }
        if let Some(schema) = &finding.schema {
            fields.insert("schema".into(), self::schema(schema));
        }
        if let Some(branch) = &finding.branch {
            let branch = json!({"keyword": branch.keyword, "index": branch.index, "of": branch.of});
            fields.insert("branch".into(), branch);
        }
    }
    problem
}

fn place(place: &Place) -> Vec<(String, Value)> {
    [
        ("line", place.start.line.into()),
        ("column", place.start.column.into()),
        ("endLine", place.end.line.into()),
        ("endColumn", place.end.column.into()),
        ("offset", place.offset.into()),
        ("length", Value::from(place.length)),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec()
}

fn schema(schema: &SchemaFinding) -> Value {
    json!({
        "file": schema.file,
        "keywordLocation": schema.pointer,
        "line": schema.start.line,
        "column": schema.start.column,
    })
}
