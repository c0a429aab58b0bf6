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
        let item =
            Item { all: begun.take().unwrap_or(start)..end, name: name_start..name_start + name.len() };
        if line.trim_end().ends_with([';', '}']) {
            found.entry(name).or_insert(item);
        } else {
            open = Some((name, item));
        }
    }
    found
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
        assert!(found.iter().all(|(name, item)| &text[item.name.clone()] == *name));
    }
}
