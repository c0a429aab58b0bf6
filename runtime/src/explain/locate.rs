//! From a JSON Pointer to the bytes of a text.

use std::ops::Range;

use super::node::TapeNode;
use super::string;
use super::tape::Kind;

/// A value, and the key that it stands under in its object.
#[derive(Debug, Clone, Copy)]
pub struct Located<'a> {
    /// The key; `None` for an element and for the whole instance.
    pub key: Option<TapeNode<'a>>,
    /// The value.
    pub value: TapeNode<'a>,
}

/// Follows a pointer (RFC 6901) from `root`.
pub fn locate<'a>(root: TapeNode<'a>, pointer: &str) -> Option<Located<'a>> {
    let mut located = Located { key: None, value: root };
    for segment in segments(pointer) {
        located = match located.value.word().kind() {
            Kind::Array => {
                Located { key: None, value: located.value.elements().nth(segment.parse().ok()?)? }
            }
            _ => {
                let (key, value) = located.value.member(&segment)?;
                Located { key: Some(key), value }
            }
        };
    }
    Some(located)
}

/// The segments of a pointer, unescaped.
pub fn segments(pointer: &str) -> impl Iterator<Item = String> + '_ {
    pointer.split('/').skip(1).map(|segment| segment.replace("~1", "/").replace("~0", "~"))
}

/// All bytes of a value, with the quotes or brackets.
pub fn span(node: TapeNode) -> Range<usize> {
    let word = node.word();
    match word.kind() {
        Kind::String => {
            let start = word.start();
            start - 1..start + string::raw(node.text(), word).len() + 1
        }
        Kind::Array => {
            let inside = node.elements().last().map_or(word.start() + 1, |last| span(last).end);
            word.start()..closing(node.text(), inside)
        }
        Kind::Object => {
            let inside = node.members().last().map_or(word.start() + 1, |(_, last)| span(last).end);
            word.start()..closing(node.text(), inside)
        }
        _ => word.start()..word.start() + word.length(),
    }
}

/// The byte after the bracket that closes a container, of which only space is left.
fn closing(text: &str, at: usize) -> usize {
    let space = |byte: &&u8| matches!(**byte, b' ' | b'\n' | b'\r' | b'\t');
    at + text.as_bytes()[at.min(text.len())..].iter().take_while(space).count() + 1
}

/// Where an object is named: its key, or its first byte if it has none.
pub fn handle(located: Located) -> Range<usize> {
    match located.key {
        Some(key) => span(key),
        None => {
            let start = span(located.value).start;
            start..start + 1
        }
    }
}

/// A pointer in words: `` `reason` of the 3rd element of `rejected` ``; `None` for the whole instance.
pub fn in_words(root: TapeNode, pointer: &str) -> Option<String> {
    let mut words: Option<String> = None;
    let mut value = Some(root);
    for segment in segments(pointer) {
        let kind = value.map(|value| value.word().kind());
        let index = segment.parse::<usize>().ok().filter(|_| kind == Some(Kind::Array));
        let name = match index {
            Some(index) => format!("the {} element", ordinal(index + 1)),
            None => format!("`{}`", segment.escape_debug()),
        };
        words = Some(words.map_or_else(|| name.clone(), |around| format!("{name} of {around}")));
        value = value.and_then(|value| match index {
            Some(index) => value.elements().nth(index),
            None => value.member(&segment).map(|(_, value)| value),
        });
    }
    words
}

fn ordinal(number: usize) -> String {
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

#[cfg(test)]
mod tests {
    use super::super::{DEEPEST, Tape, TapeNode, parse};
    use super::{in_words, locate, span};

    #[test]
    fn every_value_is_where_its_pointer_says() {
        let text = "{ \"a/b\": [1, \"x\\\"\" , { \"~\" : [ ] } ], \"\": null}";
        let mut tape = Tape::default();
        parse(text, DEEPEST, &mut tape).unwrap();
        let found = |pointer| locate(TapeNode::root(text, &tape), pointer).map(|found| &text[span(found.value)]);
        assert_eq!(found(""), Some(text));
        assert_eq!(found("/a~1b/0"), Some("1"));
        assert_eq!(found("/a~1b/1"), Some("\"x\\\"\""));
        assert_eq!(found("/a~1b/2/~0"), Some("[ ]"));
        assert_eq!(found("/a~1b"), Some("[1, \"x\\\"\" , { \"~\" : [ ] } ]"));
        assert_eq!(found("/"), Some("null"));
        assert_eq!(found("/c"), None);
        let words = in_words(TapeNode::root(text, &tape), "/a~1b/2/~0");
        assert_eq!(words.as_deref(), Some("`~` of the 3rd element of `a/b`"));
    }
}
