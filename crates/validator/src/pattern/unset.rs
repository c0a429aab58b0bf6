//! Groups that may have taken no part where a pattern refers back to them. In ECMA-262 such a reference matches nothing and goes
//! on (22.2.2.7.2, BackreferenceMatcher); the engine has it fail.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// The same pattern, in which what may have taken no part has an empty group behind it that says so: a reference to that
/// matches nothing, or fails.
pub fn with_unset_groups(pattern: &str) -> Cow<'_, str> {
    let groups = Groups::of(pattern);
    if groups.unsure.is_empty() || pattern.contains(MARK) {
        return Cow::Borrowed(pattern);
    }
    Cow::Owned(groups.written(pattern))
}

/// What the names of our groups begin with.
const MARK: &str = "unset_";

/// What a pattern is made of, as far as groups go.
enum Part<'p> {
    /// The beginning of the group of this number, and its name; of one that captures nothing, none.
    Opens(Option<(usize, Option<&'p str>)>),
    Closes,
    /// A reference to the group of this number.
    Refers(usize),
    /// `|`
    Or,
    Other,
}

#[derive(Default)]
struct Groups<'p> {
    names: Vec<Option<&'p str>>,
    /// Those that are referred to where they may have taken no part.
    unsure: HashSet<usize>,
}

impl<'p> Groups<'p> {
    fn of(pattern: &'p str) -> Self {
        let names = names(pattern);
        // The groups that are complete and certain to have taken part.
        let mut sure = HashSet::new();
        let (mut open, mut unsure, mut has_branches) = (Vec::new(), HashSet::new(), false);
        for (part, at) in parts(pattern, &names) {
            match part {
                Part::Opens(group) => open.push(group.map(|(number, _)| number)),
                Part::Closes => {
                    let closed = open.pop().flatten();
                    let may_be_left_out =
                        pattern[at + 1..].starts_with(['?', '*']) || pattern[at + 1..].starts_with("{0");
                    sure.extend(closed.filter(|_| open.is_empty() && !may_be_left_out && !has_branches));
                }
                Part::Refers(number) if !sure.contains(&number) => {
                    unsure.insert(number);
                }
                Part::Or if open.is_empty() => {
                    has_branches = true;
                    sure.clear();
                }
                _ => {}
            }
        }
        Self { names, unsure }
    }

    fn written(&self, pattern: &str) -> String {
        let mut written = String::with_capacity(2 * pattern.len());
        let (mut open, mut copied) = (Vec::new(), 0);
        let called = |number: usize| match self.names.get(number - 1).copied().flatten() {
            Some(name) => name.to_owned(),
            None => format!("{MARK}{number}"),
        };
        let named: HashMap<usize, String> =
            (1..=self.names.len()).map(|number| (number, called(number))).collect();
        for (part, at) in parts(pattern, &self.names) {
            written.push_str(&pattern[copied..at]);
            copied = at;
            let mut put = |text: &str, length: usize| {
                written.push_str(text);
                copied = at + length;
            };
            match part {
                Part::Opens(Some((number, name))) => {
                    let length = name.map_or(1, |name| "(?<>".len() + name.len());
                    let around = if self.unsure.contains(&number) { "(?:" } else { "" };
                    put(&format!("{around}(?<{}>", named[&number]), length);
                    open.push(Some(number));
                }
                Part::Opens(None) => open.push(None),
                Part::Closes => {
                    let number = open.pop().flatten().filter(|number| self.unsure.contains(number));
                    let behind = number.map(|number| format!(")(?<{MARK}{number}_is>))"));
                    put(behind.as_deref().unwrap_or(")"), 1);
                }
                Part::Refers(number) => {
                    let reference = format!(r"\k<{}>", named[&number]);
                    let length = reference_at(&pattern[at..], &self.names).map_or(0, |(_, length)| length);
                    if self.unsure.contains(&number) {
                        let is = format!(r"\k<{MARK}{number}_is>");
                        put(&format!("(?:{is}{reference}|(?!{is}))"), length);
                    } else {
                        put(&reference, length);
                    }
                }
                Part::Or | Part::Other => {}
            }
        }
        written.push_str(&pattern[copied..]);
        written
    }
}

/// The names of the groups that capture, in their order.
fn names(pattern: &str) -> Vec<Option<&str>> {
    let opened = parts(pattern, &[]).into_iter();
    opened
        .filter_map(|(part, _)| if let Part::Opens(Some((_, name))) = part { Some(name) } else { None })
        .collect()
}

/// The parts of a pattern, each with where it begins.
fn parts<'p>(pattern: &'p str, names: &[Option<&str>]) -> Vec<(Part<'p>, usize)> {
    let (mut parts, mut in_class, mut at, mut number) = (Vec::new(), false, 0, 0);
    while let Some(c) = pattern[at..].chars().next() {
        let rest = &pattern[at..];
        let mut length = c.len_utf8();
        let part = match c {
            '\\' => {
                let reference = reference_at(rest, names).filter(|_| !in_class);
                length = reference
                    .map_or(1 + rest[1..].chars().next().map_or(0, char::len_utf8), |(_, length)| length);
                reference.map_or(Part::Other, |(number, _)| Part::Refers(number))
            }
            '[' => {
                in_class = true;
                Part::Other
            }
            ']' => {
                in_class = false;
                Part::Other
            }
            '(' if !in_class => {
                let name = rest.strip_prefix("(?<").filter(|rest| !rest.starts_with(['=', '!']));
                let name = name.and_then(|rest| rest.split_once('>')).map(|(name, _)| name);
                let captures = name.is_some() || !rest.starts_with("(?");
                number += usize::from(captures);
                length = name.map_or(1, |name| "(?<>".len() + name.len());
                Part::Opens(captures.then_some((number, name)))
            }
            ')' if !in_class => Part::Closes,
            '|' if !in_class => Part::Or,
            _ => Part::Other,
        };
        parts.push((part, at));
        at += length;
    }
    parts
}

/// The number of the group that is referred to here, and how long the reference is. A number without a group is none.
fn reference_at(rest: &str, names: &[Option<&str>]) -> Option<(usize, usize)> {
    let escaped = rest.strip_prefix('\\')?;
    if let Some(named) = escaped.strip_prefix("k<") {
        let (name, _) = named.split_once('>')?;
        let number = names.iter().position(|known| *known == Some(name))? + 1;
        return Some((number, r"\k<>".len() + name.len()));
    }
    let digits = escaped.len() - escaped.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number: usize = escaped[..digits].parse().ok()?;
    (number > 0 && !escaped.starts_with('0') && number <= names.len()).then_some((number, 1 + digits))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::engine::for_engine;
    use super::with_unset_groups;

    #[test]
    fn what_took_no_part_matches_nothing_and_goes_on() {
        for (pattern, text, expected) in [
            (r"^(a)(b)?\2$", "a", true),
            (r"^(a)(b)?\2$", "abb", true),
            (r"^(a)(b)?\2$", "ab", false),
            (r"^(?:(a)|(b))\1\2$", "aa", true),
            (r"^(?:(a)|(b))\1\2$", "bb", true),
            (r"^(?:(a)|(b))\1\2$", "b", false),
            (r"^\1(a)$", "a", true),
            (r"^\k<n>(?<n>a)$", "a", true),
            (r"^(?<n>a)?\k<n>$", "", true),
            (r"^(?<n>a)?\k<n>$", "aa", true),
            (r"^(?<n>a)?\k<n>$", "a", false),
            (r"^(a\1)$", "a", true),
            (r"^(?!(b))\1a$", "a", true),
            (r"^(a)|\1b$", "b", true),
            (r"^((x)?y)\2$", "y", true),
            (r"^((x)?y)\2\1$", "xyxxy", true),
            (r#"^(['"])[a-z]*\1$"#, "'a'", true),
            (r#"^(['"])[a-z]*\1$"#, "'a\"", false),
            (r"^(a)[(](b)?\2$", "a(", true),
        ] {
            let written = for_engine(pattern);
            let validator = jsonschema::validator_for(&json!({ "pattern": written }));
            let validator = validator.unwrap_or_else(|error| panic!("{pattern}: {written} ({error})"));
            assert_eq!(validator.is_valid(&json!(text)), expected, "{pattern} on {text:?}: {written}");
        }
    }

    #[test]
    fn what_is_sure_to_take_part_stays_as_it_is() {
        for pattern in [r"^(a)\1$", r"^(?<n>a)+\k<n>$", r"(a)?b", r"\2(a)", r"[(]\1", r"\(\1", ""] {
            assert_eq!(with_unset_groups(pattern), pattern);
        }
    }
}
