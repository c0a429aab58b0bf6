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
    /// All of these match, or do not: what it looks ahead at from the beginning, and the rest.
    All(Vec<(bool, Linear)>),
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
        let how = if let Some(all) = ahead(source) {
            How::All(all)
        } else {
            let translated = jsonschema_regex::to_rust_regex(&for_automaton(source)).ok()?.into_owned();
            let hir = regex_syntax::parse(&translated).ok()?;
            runs(&hir).or_else(|| expression(&hir))?
        };
        Some(Self { source: source.to_owned(), how })
    }

    /// Whether the engine is needed.
    pub fn needs_engine(&self) -> bool {
        match &self.how {
            How::Runs(..) => false,
            How::All(all) => all.iter().any(|(_, pattern)| pattern.needs_engine()),
            How::Expression(_) => true,
        }
    }

    /// The patterns that it is made of, each before what is made of it, and itself.
    pub fn with_parts(&self) -> Vec<&Self> {
        let parts = match &self.how {
            How::All(all) => all.iter().map(|(_, pattern)| pattern).collect(),
            _ => Vec::new(),
        };
        parts.into_iter().chain([self]).collect()
    }

    fn matcher(&self) -> Option<Matcher> {
        if let How::All(all) = &self.how {
            let each = all.iter().map(|(matches, pattern)| Some((*matches, pattern.matcher()?)));
            return Some(Matcher::All(each.collect::<Option<_>>()?));
        }
        let translated = jsonschema_regex::to_rust_regex(&for_automaton(&self.source)).ok()?.into_owned();
        regex::Regex::new(&translated).ok().map(Matcher::One)
    }
}

/// A pattern with what it takes to match it against many texts.
pub struct Compiled {
    /// The pattern, if it runs in linear time.
    pub linear: Option<Linear>,
    matcher: Option<Matcher>,
}

enum Matcher {
    One(regex::Regex),
    /// All of these match, or do not.
    All(Vec<(bool, Matcher)>),
}

impl Compiled {
    /// Compiles a pattern of ECMA-262.
    pub fn new(source: &str) -> Self {
        let linear = Linear::new(source);
        let matcher = linear.as_ref().and_then(Linear::matcher);
        Self { linear, matcher }
    }

    /// Whether a text matches; `None` of what does not run in linear time.
    pub fn is_match(&self, text: &str) -> Option<bool> {
        self.matcher.as_ref().map(|matcher| matcher.is_match(text))
    }
}

impl Matcher {
    fn is_match(&self, text: &str) -> bool {
        match self {
            Self::One(regex) => regex.is_match(text),
            Self::All(all) => all.iter().all(|(matches, one)| one.is_match(text) == *matches),
        }
    }
}

/// Whether every text matches a pattern: it can match nothing, and asks for no place but the beginning.
pub fn matches_all(source: &str) -> bool {
    if fault(source).is_some() {
        return false;
    }
    let source = for_automaton(source);
    let translated = jsonschema_regex::to_rust_regex(&source).ok();
    let Some(hir) = translated.and_then(|translated| regex_syntax::parse(&translated).ok()) else {
        return false;
    };
    let is_any =
        |hir: &Hir| hir.properties().look_set().is_empty() && hir.properties().minimum_len() == Some(0);
    match hir.kind() {
        HirKind::Look(Look::Start) => true,
        HirKind::Concat(parts) if matches!(parts[0].kind(), HirKind::Look(Look::Start)) => {
            parts[1..].iter().all(is_any)
        }
        _ => is_any(&hir),
    }
}

/// What a pattern looks ahead at from the beginning, and the rest, each from there.
fn ahead(source: &str) -> Option<Vec<(bool, Linear)>> {
    let mut rest = source.strip_prefix('^')?;
    let mut all = Vec::new();
    while let Some((matches, inside)) = [(true, "(?="), (false, "(?!")]
        .into_iter()
        .find_map(|(matches, opening)| Some((matches, rest.strip_prefix(opening)?)))
    {
        let end = closing(inside)?;
        all.push((matches, Linear::new(&format!("^(?:{})", &inside[..end]))?));
        rest = &inside[end + 1..];
    }
    if all.is_empty() {
        return None;
    }
    // In brackets, so that another branch begins there too; but such a one would not have looked ahead.
    let is_one = depths(rest).all(|(_, c, depth)| c != '|' || depth > 0);
    all.push((true, Linear::new(&format!("^{rest}")).filter(|_| is_one)?));
    Some(all)
}

/// Where the group ends that a pattern begins in.
fn closing(pattern: &str) -> Option<usize> {
    depths(pattern).find(|(_, c, depth)| *c == ')' && *depth == 0).map(|(at, ..)| at)
}

/// The characters that are neither escaped nor in a class, and in how many groups each stands; of brackets, those around.
fn depths(pattern: &str) -> impl Iterator<Item = (usize, char, usize)> {
    let (mut in_class, mut is_escaped, mut depth) = (false, false, 0_usize);
    pattern.char_indices().filter_map(move |(at, c)| {
        if std::mem::take(&mut is_escaped) {
            return None;
        }
        match c {
            '\\' => is_escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => {
                depth += 1;
                return Some((at, c, depth - 1));
            }
            ')' if !in_class => {
                let around = depth.checked_sub(1);
                depth = around.unwrap_or(0);
                // One that closes what began before is at no depth of its own.
                return Some((at, if around.is_some() { ' ' } else { c }, depth));
            }
            _ if !in_class => return Some((at, c, depth)),
            _ => {}
        }
        None
    })
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
                    runs.push(Run { ranges: ranges.clone(), least: repetition.min, most: repetition.max });
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
    #[test]
    fn every_text_matches_what_can_match_nothing() {
        for pattern in ["", "^", ".*", "^.*", "^(.*)", "a?", "[a-z]*", "(a|b*)", "^.{0,9}", "^()"] {
            assert!(super::matches_all(pattern), "{pattern}");
        }
        for pattern in [".+", ".", "^.*$", ".*$", "a", "^a?$", "(?!a)", "a|^b*", "[", "\\b", "(^)a", "^^a*b"]
        {
            assert!(!super::matches_all(pattern), "{pattern}");
        }
    }

    use super::{Compiled, How, Linear};

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
        for source in [r"(a)\1", "(", "(?<=a)b", "a(?!x)", "^(?!x)a|b", "^(?!(?=a))b"] {
            assert_eq!(Linear::new(source), None, "{source}");
        }
    }

    #[test]
    fn what_looks_ahead_from_the_beginning_is_several() {
        let matches = |source: &str, text: &str| Compiled::new(source).is_match(text);
        let (lower, upper) = (r"^(?!(a|[)])b\)|x$).*y$", "^(?=[a-z])(?!z)");
        for (text, expected) in [("y", true), ("ab)y", false), (")b)y", false), ("abxy", true), ("xy", true)]
        {
            assert_eq!(matches(lower, text), Some(expected), "{text}");
        }
        for (text, expected) in [("a", true), ("z", false), ("A", false), ("", false)] {
            assert_eq!(matches(upper, text), Some(expected), "{text}");
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
