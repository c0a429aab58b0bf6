use std::io::{self, Write};

use serde_json::{Value, json};

use isomorph_json::Position;

use super::super::finding::Finding;
use super::super::summary::{Summary, Verdict};
use super::as_json::as_json;
use super::tally::Tally;
use super::uri::uri;
use super::writer::Report;

/// SARIF 2.1.0, written while the run goes on.
#[derive(Default)]
pub struct Sarif {
    has_results: bool,
    /// The keywords that are violated, in the order in which they came first.
    rules: Vec<String>,
}

const HEAD: &str = r#"{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"columnKind":"unicodeCodePoints","results":["#;

impl Report for Sarif {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "{HEAD}")
    }

    fn findings(&mut self, out: &mut dyn Write, input: &str, findings: &[Finding]) -> io::Result<()> {
        for finding in findings {
            let separator = if self.has_results { "," } else { "" };
            let rule = self.rule(&finding.keyword);
            write!(out, "{separator}\n{}", as_json(&result(input, finding, rule)))?;
            self.has_results = true;
        }
        Ok(())
    }

    fn input(&mut self, _: &mut dyn Write, _: &str, _: &Tally) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
        let invocation = json!([{"executionSuccessful": summary.verdict() < Verdict::Unfinished}]);
        let rules: Vec<_> = self.rules.iter().map(|rule| self::rule(rule)).collect();
        let tool = json!({
            "driver": {"name": "isomorph", "version": env!("CARGO_PKG_VERSION"), "rules": rules}
        });
        writeln!(out, "\n],\"tool\":{tool},\"invocations\":{invocation}}}]}}")
    }
}

impl Sarif {
    /// The index of a rule among those that come at the end.
    fn rule(&mut self, keyword: &str) -> usize {
        let known = self.rules.iter().position(|rule| rule == keyword);
        known.unwrap_or_else(|| {
            self.rules.push(keyword.to_owned());
            self.rules.len() - 1
        })
    }
}

/// What a rule says.
fn rule(keyword: &str) -> Value {
    let says = match keyword {
        "syntax" => "The text is what its format says.".to_owned(),
        "duplicate-key" => "No key comes twice in an object.".to_owned(),
        "number" => "Every number is one that a double holds.".to_owned(),
        "depth" => "Nothing is nested too deeply.".to_owned(),
        "encoding" => "The text is UTF-8.".to_owned(),
        "read" => "The file can be read.".to_owned(),
        "schema" => "There is a schema that can be used.".to_owned(),
        "limit" => "It takes bounded work to judge an instance.".to_owned(),
        keyword => format!("What the schema says by `{keyword}` holds."),
    };
    json!({"id": keyword, "shortDescription": {"text": says}})
}

fn result(input: &str, finding: &Finding, rule: usize) -> Value {
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
    text.extend(finding.path.iter().map(|path| format!(" ({path})")));
    text.extend(finding.notes(input).iter().chain(&finding.help).map(|more| format!("; {more}")));
    let mut result = json!({
        "ruleId": finding.keyword,
        "ruleIndex": rule,
        "level": "error",
        "message": {"text": text},
        "locations": [location],
    });
    let said =
        finding.schema.as_ref().map(|schema| ("the schema says so here", schema.file.as_str(), schema.start));
    let other = finding.related.as_ref().map(|(at, why)| (why.as_str(), input, *at));
    let related: Vec<_> =
        said.into_iter().chain(other).map(|(why, file, at)| related(why, file, at)).collect();
    if !related.is_empty() {
        result["relatedLocations"] = related.into();
    }
    result
}

fn related(why: &str, file: &str, at: Position) -> Value {
    json!({
        "message": {"text": why},
        "physicalLocation": {
            "artifactLocation": {"uri": uri(file)},
            "region": {"startLine": at.line, "startColumn": at.column},
        },
    })
}
