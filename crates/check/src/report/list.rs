use std::io::{self, Write};

use serde_json::{Value, json};

use super::super::finding::{Finding, SchemaFinding};
use super::super::summary::{Summary, Verdict};
use super::as_json::as_json;
use super::tally::Tally;
use super::uri::uri;
use super::writer::Report;

/// What the specification calls basic output (JSON Schema core 2020-12, section 12.4.2): one list of output units for
/// all problems. As there may be several instances, each says its `file`.
#[derive(Default)]
pub struct List {
    has_units: bool,
}

impl Report for List {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "{{\"errors\":[")
    }

    fn findings(&mut self, out: &mut dyn Write, input: &str, findings: &[Finding]) -> io::Result<()> {
        for finding in findings {
            let separator = if self.has_units { "," } else { "" };
            write!(out, "{separator}\n{}", as_json(&unit(input, finding)))?;
            self.has_units = true;
        }
        Ok(())
    }

    fn input(&mut self, _: &mut dyn Write, _: &str, _: &Tally) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
        writeln!(out, "\n],\"valid\":{}}}", summary.verdict() == Verdict::Valid)
    }
}

fn unit(input: &str, finding: &Finding) -> Value {
    let said = finding.schema.as_ref().map(|schema| schema.pointer.as_str());
    let mut unit = json!({
        "valid": false,
        "file": input,
        "instanceLocation": finding.instance_location,
        "keywordLocation": finding.evaluation_path.as_deref().or(said).unwrap_or_default(),
        "error": finding.message,
    });
    if let Some(schema) = &finding.schema {
        unit["absoluteKeywordLocation"] = absolute(schema).into();
    }
    if let Some(place) = &finding.place {
        unit["line"] = place.start.line.into();
        unit["column"] = place.start.column.into();
    }
    unit
}

/// A keyword as an absolute URI.
fn absolute(schema: &SchemaFinding) -> String {
    let path = (!schema.file.contains("://")).then(|| std::path::absolute(&schema.file).ok()).flatten();
    let file = path.map_or_else(|| schema.file.clone(), |path| path.to_string_lossy().replace('\\', "/"));
    let fragment = uri(&schema.pointer);
    format!("{}#{}", uri(&file), fragment.strip_prefix("file://").unwrap_or(&fragment))
}
