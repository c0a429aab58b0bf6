use std::io::{self, Write};

use serde_json::{Value, json};

use super::super::finding::Finding;
use super::super::summary::{Summary, Verdict};
use super::tally::Tally;
use super::writer::Report;

/// SARIF 2.1.0, written while the run goes on.
#[derive(Default)]
pub struct Sarif {
    has_results: bool,
}

const HEAD: &str = r#"{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"columnKind":"unicodeCodePoints","tool":"#;

impl Report for Sarif {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let driver = json!({"driver": {"name": "isomorph", "version": env!("CARGO_PKG_VERSION")}});
        write!(out, "{HEAD}{driver},\"results\":[")
    }

    fn findings(&mut self, out: &mut dyn Write, input: &str, findings: &[Finding]) -> io::Result<()> {
        for finding in findings {
            let separator = if self.has_results { "," } else { "" };
            write!(out, "{separator}\n{}", result(input, finding))?;
            self.has_results = true;
        }
        Ok(())
    }

    fn input(&mut self, _: &mut dyn Write, _: &str, _: &Tally) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
        let invocation = json!([{"executionSuccessful": summary.verdict() < Verdict::Unfinished}]);
        writeln!(out, "\n],\"invocations\":{invocation}}}]}}")
    }
}

fn result(input: &str, finding: &Finding) -> Value {
    let mut physical = json!({"artifactLocation": {"uri": uri(input)}});
    if let Some(place) = &finding.place {
        physical["region"] = json!({
            "startLine": place.start.line,
            "startColumn": place.start.column,
            "endLine": place.end.line,
            "endColumn": place.end.column,
        });
    }
    let mut location = json!({"physicalLocation": physical});
    if finding.place.is_some() {
        location["logicalLocations"] = json!([{"fullyQualifiedName": finding.instance_location}]);
    }
    let mut text = finding.message.clone();
    for more in finding
        .path
        .iter()
        .map(|path| format!(" ({path})"))
        .chain(finding.help.iter().map(|help| format!("; {help}")))
    {
        text += &more;
    }
    let mut result = json!({
        "ruleId": finding.keyword,
        "level": "error",
        "message": {"text": text},
        "locations": [location],
    });
    if let Some(schema) = &finding.schema {
        result["relatedLocations"] = json!([{
            "message": {"text": "the schema says so here"},
            "physicalLocation": {
                "artifactLocation": {"uri": uri(&schema.file)},
                "region": {"startLine": schema.start.line, "startColumn": schema.start.column},
            },
        }]);
    }
    result
}

/// A path as a relative URI.
fn uri(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte);
    path.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
