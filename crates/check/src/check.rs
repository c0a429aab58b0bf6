//! One text against its schema: first only whether it is valid, and what is wrong only if it is not.

use isomorph_json::{Fault, Rule, Tape, TapeNode, Transcribed, parse};
use isomorph_validator::explain::{Problem, Schema, Verdict, explain};

use super::finding::{Finder, Finding};
use super::options::Stdin;
use super::read::schema_comment;
use super::schema_key;
use super::schemas::{NoSchema, Schemas};
use super::syntax_help::syntax_help;
use isomorph_formats::{self as formats, Format};

/// What is the same for all instances of a run.
pub struct Checker {
    pub schemas: Schemas,
    pub max_errors: usize,
    pub max_depth: usize,
    pub stdin: Option<Stdin>,
    /// Whether no report shows a value.
    pub is_redacted: bool,
}

/// What checking a text came to.
#[derive(Debug, Default)]
pub struct Checked {
    pub findings: Vec<Finding>,
    /// Problems that were found and are not among the findings.
    pub more: usize,
    pub valid: usize,
    pub invalid: usize,
    /// Instances that no schema was found for.
    pub skipped: usize,
    /// Documents of YAML, among others, in which nothing is.
    pub empty: usize,
    /// Instances that it would take too much work to judge.
    pub unjudged: usize,
    /// Whether something kept it from being checked.
    pub failed: bool,
}

/// A text, and where it comes from.
pub struct Text<'a> {
    pub bytes: &'a [u8],
    pub format: Format,
    /// The file, for schemas that depend on it.
    pub path: Option<&'a std::path::Path>,
    /// Whether it was found by walking a folder, so that without a schema it is none of ours.
    pub is_walked: bool,
    pub lines_before: usize,
    pub bytes_before: u64,
    /// The schema that a comment in front of it names.
    pub commented: Option<&'a str>,
}

impl Checker {
    /// Checks a text; one of NDJSON line by line.
    pub fn check(&self, text: &Text, tape: &mut Tape) -> Checked {
        let mut checked = Checked::default();
        match std::str::from_utf8(text.bytes) {
            Ok(source) if text.format == Format::Ndjson => self.lines(source, text, tape, &mut checked),
            Ok(source) => self.source(source, text, tape, &mut checked),
            Err(_) if text.format == Format::Ndjson => self.broken_lines(text, tape, &mut checked),
            Err(error) => not_utf8(text, &error, &mut checked),
        }
        checked
    }

    fn lines(&self, source: &str, text: &Text, tape: &mut Tape, checked: &mut Checked) {
        let (mut line_number, mut offset) = (text.lines_before, text.bytes_before);
        for line in source.split_inclusive('\n') {
            if !line.trim_ascii().is_empty() {
                let mut finder = Finder::new(line, line_number, offset);
                self.json(line.trim_end_matches(['\n', '\r']), None, text, tape, &mut finder, checked);
                if checked.failed {
                    return;
                }
            }
            line_number += 1;
            offset += line.len() as u64;
        }
    }

    /// Lines of which some are not UTF-8: each by itself, so that the others are checked.
    fn broken_lines(&self, text: &Text, tape: &mut Tape, checked: &mut Checked) {
        let mut line = Text { lines_before: text.lines_before, bytes_before: text.bytes_before, ..*text };
        for bytes in text.bytes.split_inclusive(|&byte| byte == b'\n') {
            line.bytes = bytes;
            match std::str::from_utf8(bytes) {
                Ok(source) => self.lines(source, &line, tape, checked),
                Err(error) => not_utf8(&line, &error, checked),
            }
            // What no schema is there for needs it for none of its lines.
            if checked.failed {
                return;
            }
            line.lines_before += 1;
            line.bytes_before += bytes.len() as u64;
        }
    }

    fn source(&self, source: &str, text: &Text, tape: &mut Tape, checked: &mut Checked) {
        let mut finder = Finder::new(source, text.lines_before, text.bytes_before);
        if matches!(text.format, Format::Json | Format::Ndjson) {
            return self.json(source, None, text, tape, &mut finder, checked);
        }
        // What some programs write in front of UTF-8 is no column of the first line.
        let marked =
            source.strip_prefix('\u{FEFF}').filter(|_| matches!(text.format, Format::Yaml | Format::Toml));
        if let Some(rest) = marked {
            let mark = (source.len() - rest.len()) as u64;
            finder = Finder::new(rest, text.lines_before, text.bytes_before + mark);
        }
        let source = marked.unwrap_or(source);
        let commented =
            matches!(text.format, Format::Yaml | Format::Toml).then(|| schema_comment(source)).flatten();
        let text = &Text { commented, ..*text };
        match formats::read(source, text.format, self.max_depth) {
            Err(fault) => {
                checked.invalid += 1;
                checked.findings.push(finder.finding(self.shown(fault.into()), None, None));
            }
            Ok(instances) => {
                for instance in &instances {
                    // A line of dashes at the end begins a document that nobody meant.
                    if instances.len() > 1 && is_nothing(instance) {
                        checked.empty += 1;
                        continue;
                    }
                    self.json(&instance.json, Some(instance), text, tape, &mut finder, checked);
                }
            }
        }
    }

    /// Checks an instance of JSON.
    fn json(
        &self,
        json: &str,
        transcribed: Option<&Transcribed>,
        text: &Text,
        tape: &mut Tape,
        finder: &mut Finder,
        checked: &mut Checked,
    ) {
        tape.clear();
        let mut problems = Vec::new();
        if let Err(faults) = parse(json, self.max_depth, tape) {
            problems.extend(faults.faults.into_iter().map(Problem::from));
            for problem in &mut problems {
                syntax_help(json, problem);
            }
            problems = problems.into_iter().map(|problem| self.shown(problem)).collect();
            if !faults.is_read {
                checked.invalid += 1;
                return self
                    .report(problems, 0, checked, |problem| finder.finding(problem, transcribed, None));
            }
        }
        let instance = TapeNode::root(json, tape);
        let schema = match self.schemas.of(text.path, text.commented, instance) {
            Ok(schema) => schema,
            Err(NoSchema::Unnamed(_)) if text.is_walked => return checked.skipped += 1,
            Err(NoSchema::Unnamed(message) | NoSchema::Unusable(message)) => {
                checked.failed = true;
                return checked.findings.push(Finding::of_file("schema", message));
            }
        };
        let is_judged = problems.is_empty();
        if is_judged {
            match schema.verdict(instance) {
                Verdict::Valid => return checked.valid += 1,
                Verdict::Invalid => {}
                Verdict::LimitReached => {
                    checked.unjudged += 1;
                    let unjudged = || vec![Problem::unjudged(instance)];
                    return self.report(unjudged(), 0, checked, |problem| {
                        finder.finding(problem, transcribed, None)
                    });
                }
            }
        }
        let left = self.max_errors.saturating_sub(checked.findings.len());
        let violations = self.violations(&schema, json, instance, left);
        if violations.is_none() && is_judged {
            return checked.valid += 1;
        }
        let (violations, more) = violations.unwrap_or_default();
        problems.extend(violations);
        // What is refused is never valid, whatever can be said of it.
        if is_judged && problems.is_empty() && more == 0 {
            problems.push(Problem::unexplained(instance));
        }
        checked.invalid += 1;
        problems.sort_by_key(|problem| (problem.span.start, problem.span.end));
        self.report(problems, more, checked, |problem| finder.finding(problem, transcribed, Some(&schema)));
    }

    /// What is wrong with an instance that is not valid; `None` if that is only a `$schema` that names the schema, which does not
    /// declare it, and may.
    fn violations(
        &self,
        schema: &Schema,
        json: &str,
        instance: TapeNode,
        limit: usize,
    ) -> Option<(Vec<Problem>, usize)> {
        let (mut violations, more) = explain(schema, instance, limit);
        let Some(problem) = violations.iter_mut().find(|problem| schema_key::is_about(problem)) else {
            return Some((violations, more));
        };
        if !self.schemas.allow_schema_key() {
            problem.help.push(schema_key::HELP.to_owned());
            return Some((violations, more));
        }
        let (rest, mut tape) = (schema_key::without(json, instance), Tape::default());
        // What is wrong with the text by itself is told already.
        _ = parse(&rest, self.max_depth, &mut tape);
        let instance = TapeNode::root(&rest, &tape);
        match schema.verdict(instance) {
            Verdict::Valid => None,
            Verdict::Invalid => Some(explain(schema, instance, limit)),
            Verdict::LimitReached => Some((violations, more)),
        }
    }

    /// A problem of a text, which shows nothing of it if no report may.
    fn shown(&self, mut problem: Problem) -> Problem {
        if self.is_redacted {
            problem.is_secret = true;
            if problem.keyword == Rule::Syntax.name() {
                "this is not what the format says".clone_into(&mut problem.message);
                problem.help.clear();
            }
        }
        problem
    }

    fn report(
        &self,
        problems: Vec<Problem>,
        more: usize,
        checked: &mut Checked,
        mut finding: impl FnMut(Problem) -> Finding,
    ) {
        let left = self.max_errors.saturating_sub(checked.findings.len());
        checked.more += more + problems.len().saturating_sub(left);
        checked.findings.extend(problems.into_iter().take(left).map(&mut finding));
    }
}

/// Whether a document of YAML is empty: not even `null` stands there.
fn is_nothing(document: &Transcribed) -> bool {
    document.json == "null" && document.origin(&(0..document.json.len())).is_empty()
}

/// Says where a text is no UTF-8; what stands there is shown as far as it can be.
fn not_utf8(text: &Text, error: &std::str::Utf8Error, checked: &mut Checked) {
    let at = error.valid_up_to();
    let shown = String::from_utf8_lossy(text.bytes);
    let mut finder = Finder::new(&shown, text.lines_before, text.bytes_before);
    let is_utf16 = text.bytes.starts_with(&[0xFF, 0xFE]) || text.bytes.starts_with(&[0xFE, 0xFF]);
    let message = if is_utf16 { "this is UTF-16; save it as UTF-8" } else { "this is not UTF-8" };
    let fault = Fault::new(Rule::Encoding, at..at + '\u{FFFD}'.len_utf8(), message);
    let mut finding = finder.finding(fault.into(), None, None);
    if let Some(place) = &mut finding.place {
        place.length = error.error_len().unwrap_or(text.bytes.len() - at);
    }
    checked.invalid += 1;
    checked.findings.push(finding);
}
