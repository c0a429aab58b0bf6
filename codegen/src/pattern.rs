//! Patterns for the runtime: those that are runs of characters as such, others as its engine takes them, which runs in
//! linear time.

use isomorph_validator::{fault, for_automaton};
use regex_syntax::hir::{Class, Hir, HirKind, Look, print::Printer};

/// A pattern that runs in linear time.
#[derive(Debug, Clone, PartialEq)]
pub struct Linear {
    /// As the schema has it.
    pub source: String,
    /// How it is matched.
    pub how: How,
}

/// How a pattern is matched.
#[derive(Debug, Clone, PartialEq)]
pub enum How {
    /// Runs of characters: whether they start at the beginning, the runs, and whether they reach to the end.
    Runs(bool, Vec<Run>, bool),
    /// By the engine: the expression, in which classes are written out.
    Expression(String),
}

/// Characters out of these ranges, so many.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// The ranges, in order.
    pub ranges: Vec<(char, char)>,
    /// At least.
    pub least: u32,
    /// At most.
    pub most: Option<u32>,
}

/// More runs, or more ranges in one, are the engine's.
const MOST_RUNS: usize = 24;
const MOST_RANGES: usize = 16;

impl Linear {
    /// A pattern of ECMA-262; `None` if it is none, or looks around or back.
    pub fn new(source: &str) -> Option<Self> {
        if fault(source).is_some() {
            return None;
        }
        let translated = jsonschema_regex::to_rust_regex(&for_automaton(source)).ok()?.into_owned();
        let hir = regex_syntax::parse(&translated).ok()?;
        let how = runs(&hir).or_else(|| expression(&hir))?;
        Some(Self { source: source.to_owned(), how })
    }

    /// Whether the engine is needed.
    pub fn needs_engine(&self) -> bool {
        matches!(self.how, How::Expression(_))
    }

    /// Whether a text matches.
    pub fn is_match(&self, text: &str) -> Option<bool> {
        let translated = jsonschema_regex::to_rust_regex(&for_automaton(&self.source)).ok()?.into_owned();
        Some(regex::Regex::new(&translated).ok()?.is_match(text))
    }
}

fn expression(hir: &Hir) -> Option<How> {
    let mut text = String::new();
    Printer::new().print(hir, &mut text).ok()?;
    regex::Regex::new(&text).is_ok().then_some(How::Expression(text))
}

fn runs(hir: &Hir) -> Option<How> {
    let parts = match hir.kind() {
        HirKind::Concat(parts) => parts.as_slice(),
        _ => std::slice::from_ref(hir),
    };
    let look = |part: Option<&Hir>, look| part.is_some_and(|part| *part.kind() == HirKind::Look(look));
    let starts = look(parts.first(), Look::Start);
    let parts = if starts { &parts[1..] } else { parts };
    let ends = look(parts.last(), Look::End);
    let parts = if ends { &parts[..parts.len() - 1] } else { parts };
    let mut runs = Vec::new();
    parts.iter().try_for_each(|part| add(part, &mut runs))?;
    if !starts {
        // Anywhere, the first that is found will do.
        match runs.as_mut_slice() {
            [] if !ends => {}
            [only] if !ends && only.least <= 1 => only.most = Some(only.least),
            _ => return None,
        }
    }
    let is_small = runs.len() <= MOST_RUNS && runs.iter().all(|run| run.ranges.len() <= MOST_RANGES);
    let is_told = (0..runs.len()).all(|index| is_told_apart(&runs[index], &runs[index + 1..]));
    (is_small && is_told).then_some(How::Runs(starts, runs, ends))
}

fn add(part: &Hir, runs: &mut Vec<Run>) -> Option<()> {
    match part.kind() {
        HirKind::Empty => {}
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).ok()?;
            runs.extend(text.chars().map(|c| Run { ranges: vec![(c, c)], least: 1, most: Some(1) }));
        }
        HirKind::Class(class) => runs.push(Run { ranges: ranges(class)?, least: 1, most: Some(1) }),
        HirKind::Capture(capture) => add(&capture.sub, runs)?,
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| add(part, runs))?,
        HirKind::Repetition(repetition) => {
            let mut inner = Vec::new();
            add(&repetition.sub, &mut inner)?;
            match inner.as_slice() {
                [Run { ranges, least: 1, most: Some(1) }] => {
                    runs.push(Run { ranges: ranges.clone(), least: repetition.min, most: repetition.max })
                }
                _ => return None,
            }
        }
        HirKind::Look(_) | HirKind::Alternation(_) => return None,
    }
    Some(())
}

fn ranges(class: &Class) -> Option<Vec<(char, char)>> {
    match class {
        Class::Unicode(class) => Some(class.iter().map(|range| (range.start(), range.end())).collect()),
        Class::Bytes(class) if class.is_ascii() => {
            Some(class.iter().map(|range| (range.start().into(), range.end().into())).collect())
        }
        Class::Bytes(_) => None,
    }
}

/// Whether what a run may go on with is not what may come after it.
fn is_told_apart(run: &Run, after: &[Run]) -> bool {
    if run.most == Some(run.least) {
        return true;
    }
    let first_certain = after.iter().position(|run| run.least > 0).map_or(after.len(), |index| index + 1);
    let meets = |other: &Run| {
        other
            .ranges
            .iter()
            .any(|(first, last)| run.ranges.iter().any(|(from, to)| first <= to && from <= last))
    };
    !after[..first_certain].iter().any(meets)
}

#[cfg(test)]
mod tests {
    use super::{How, Linear};

    #[test]
    fn simple_patterns_are_runs_and_others_the_engines() {
        let is_runs = |source: &str| matches!(Linear::new(source).expect(source).how, How::Runs(..));
        for source in
            ["^x-", "^[a-z][a-z0-9-]*$", r"^\d+\.\d+$", "^#[0-9a-fA-F]{6}$", ".*", r"\S", "^.+$", "", "^$"]
        {
            assert!(is_runs(source), "{source}");
        }
        for source in ["^(a|bc)$", "^[a-z]+[a-z0-9]*$", "abc", "a$", r"^\bx", "^(ab)+$"] {
            assert!(!is_runs(source), "{source}");
        }
        for source in ["^(?!x)", r"(a)\1", "(", "(?<=a)b"] {
            assert_eq!(Linear::new(source), None, "{source}");
        }
    }

    #[test]
    fn classes_are_written_out() {
        let Some(How::Expression(text)) = Linear::new(r"^(\w|é)+$").map(|pattern| pattern.how) else {
            panic!("it is the engine's");
        };
        assert!(text.contains("0-9A-Z_a-z"), "{text}");
    }
}
