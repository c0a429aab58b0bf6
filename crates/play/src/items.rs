//! Where each type stands in generated Rust.

use std::collections::HashMap;
use std::ops::Range;

/// The bytes of an item: with its documentation and attributes, and of its name alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// All of it.
    pub all: Range<usize>,
    /// The name where it is declared.
    pub name: Range<usize>,
    /// Its fields and variants, by their names; of a field of a variant, `Variant.field`.
    pub members: HashMap<String, Range<usize>>,
}

/// What types are declared by.
const KEYWORDS: [&str; 3] = ["pub struct ", "pub enum ", "pub type "];

/// The types at the outermost level of a text that is laid out as the generator does it, by their names.
pub fn items(text: &str) -> HashMap<&str, Item> {
    let mut found = HashMap::new();
    // Where what belongs to the next item begins.
    let mut begun = None;
    let mut open: Option<(&str, Item)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let (start, end) = (at, at + line.trim_end().len());
        at += line.len();
        if let Some((name, mut item)) = open.take() {
            // What is inside is indented.
            if line.starts_with([' ', '\n', '\r']) {
                open = Some((name, item));
            } else {
                item.all.end = end;
                item.members = members(text, &item.all);
                found.entry(name).or_insert(item);
            }
            continue;
        }
        if line.starts_with("///") || line.starts_with("#[") {
            begun.get_or_insert(start);
            continue;
        }
        let Some((keyword, name)) = declared(line) else {
            // An attribute or a documentation of several lines goes on.
            if !line.starts_with([' ', ')', ']']) {
                begun = None;
            }
            continue;
        };
        let name_start = start + keyword;
        let all = begun.take().unwrap_or(start)..end;
        let item = Item { all, name: name_start..name_start + name.len(), members: HashMap::new() };
        if line.trim_end().ends_with([';', '}']) {
            found.entry(name).or_insert(item);
        } else {
            open = Some((name, item));
        }
    }
    found
}

/// The fields and variants in an item, each with its documentation and attributes.
fn members(text: &str, item: &Range<usize>) -> HashMap<String, Range<usize>> {
    let mut found: HashMap<String, Range<usize>> = HashMap::new();
    // By their depth: where what belongs to the next begins, and what the last is called.
    let (mut begun, mut last): ([Option<usize>; 2], [Option<String>; 2]) = Default::default();
    let mut at = item.start;
    for line in text.get(item.clone()).unwrap_or_default().split_inclusive('\n') {
        let (start, end) = (at, at + line.trim_end().len());
        at += line.len();
        let plain = line.trim_start_matches(' ');
        let depth = match line.len() - plain.len() {
            // What is around them ends the last.
            0 => {
                (begun, last) = Default::default();
                continue;
            }
            4 => 0,
            8 if last[0].is_some() => 1,
            _ => {
                // A type of several lines goes on.
                for name in last.iter().flatten() {
                    found.entry(name.clone()).and_modify(|member| member.end = member.end.max(end));
                }
                continue;
            }
        };
        if plain.starts_with("///") || plain.starts_with("#[") {
            begun[depth].get_or_insert(start);
            continue;
        }
        let Some(name) = member(plain) else {
            for name in last[..=depth].iter().flatten() {
                found.entry(name.clone()).and_modify(|member| member.end = member.end.max(end));
            }
            continue;
        };
        let name = match (&last[0], depth) {
            (Some(around), 1) => format!("{around}.{name}"),
            _ => name.to_owned(),
        };
        found.insert(name.clone(), begun[depth].take().unwrap_or(start)..end);
        last[depth] = Some(name);
        if depth == 0 {
            (begun[1], last[1]) = (None, None);
        } else if let Some(around) = &last[0] {
            found.entry(around.clone()).and_modify(|member| member.end = member.end.max(end));
        }
    }
    found
}

/// The field or the variant that a line declares.
fn member(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("pub ").unwrap_or(line);
    let end = rest.find(|c: char| !(c == '_' || c == '#' || c.is_alphanumeric())).unwrap_or(rest.len());
    let (name, after) = rest.split_at(end);
    let is_declared = !name.is_empty() && after.trim_end().starts_with([':', ',', '(', ' ']);
    // `Self::A` and the like are no members.
    (is_declared && !after.starts_with("::")).then_some(name)
}

/// The name that a line declares, and how many bytes before it.
fn declared(line: &str) -> Option<(usize, &str)> {
    let keyword = KEYWORDS.into_iter().find(|keyword| line.starts_with(keyword))?;
    let rest = line.get(keyword.len()..)?;
    let is_name = |c: char| c == '_' || c == '#' || c.is_alphanumeric();
    let name = rest.split(|c| !is_name(c)).next().unwrap_or_default();
    (!name.is_empty()).then_some((keyword.len(), name))
}

#[cfg(test)]
mod tests {
    use super::items;

    #[test]
    fn an_item_is_all_that_belongs_to_it() {
        let text = "#![allow(a)]\nuse b;\n\n/// Words\n/// pub struct No;\n#[derive(\n    Debug,\n)]\npub struct A {\n    \
                    pub b: B,\n}\n\npub struct N(pub String);\n\nimpl A {\n    pub fn f() {}\n}\n/// Enum\npub enum E<'a> {\n    X,\n\n}\n";
        let found = items(text);
        let all = |name: &str| found.get(name).map(|item| &text[item.all.clone()]);
        assert_eq!(
            all("A"),
            Some(
                "/// Words\n/// pub struct No;\n#[derive(\n    Debug,\n)]\npub struct A {\n    pub b: B,\n}"
            )
        );
        assert_eq!(all("N"), Some("pub struct N(pub String);"));
        assert_eq!(all("E"), Some("/// Enum\npub enum E<'a> {\n    X,\n\n}"));
        assert_eq!(found.len(), 3);
        let member = |name: &str, member: &str| {
            found.get(name).and_then(|item| item.members.get(member)).map(|at| &text[at.clone()])
        };
        assert_eq!(member("A", "b"), Some("    pub b: B,"));
        assert_eq!(member("E", "X"), Some("    X,"));
        assert!(found.iter().all(|(name, item)| &text[item.name.clone()] == *name));
    }

    #[test]
    fn a_member_is_all_that_belongs_to_it() {
        let text = "pub enum E {\n    /// One\n    A(\n        Long<\n            Type,\n        >,\n    ),\n    #[a]\n    B {\n        \
                    /// Two\n        r#type: T,\n        other: T,\n    },\n    C,\n}\n";
        let found = items(text);
        let members = &found["E"].members;
        let all = |name: &str| members.get(name).map(|at| text[at.clone()].trim_start());
        assert_eq!(all("A"), Some("/// One\n    A(\n        Long<\n            Type,\n        >,\n    ),"));
        assert_eq!(all("B.r#type"), Some("/// Two\n        r#type: T,"));
        assert_eq!(all("B.other"), Some("other: T,"));
        assert!(all("B").is_some_and(|b| b.starts_with("#[a]\n    B {") && b.contains("other: T,")));
        assert_eq!(all("C"), Some("C,"));
    }
}
