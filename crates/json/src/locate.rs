//! From a JSON Pointer to the bytes of a text.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use crate::escape::unescaped;
use crate::node::TapeNode;
use crate::string;
use crate::word::Kind;
use crate::words::{element_in_words, member_in_words};

/// A value, and the key that it stands under in its object.
#[derive(Debug, Clone)]
pub struct Located<'a> {
    /// The key; `None` for an element and for the whole instance.
    pub key: Option<TapeNode<'a>>,
    /// The value.
    pub value: TapeNode<'a>,
    /// The place in words: `` `reason` of the 3rd element of `rejected` ``; empty for the whole instance.
    pub words: String,
}

impl Located<'_> {
    /// Where an object is named: its key, or its first byte if it has none.
    pub fn handle(&self) -> Range<usize> {
        let first = || {
            let start = span(self.value).start;
            start..start + 1
        };
        self.key.map_or_else(first, span)
    }
}

/// Follows pointers from the root of an instance.
#[derive(Debug)]
pub struct Locator<'a> {
    root: TapeNode<'a>,
    /// By the index of an array: the element that was asked for last. Elements have no index of their own, so
    /// that finding many in a large array is quick only from one to the next.
    last: HashMap<usize, (usize, TapeNode<'a>)>,
}

impl<'a> Locator<'a> {
    /// For an instance.
    pub fn new(root: TapeNode<'a>) -> Self {
        Self { root, last: HashMap::new() }
    }

    /// The whole instance.
    pub fn whole(&self) -> Located<'a> {
        Located { key: None, value: self.root, words: String::new() }
    }

    /// Follows a pointer (RFC 6901).
    pub fn locate(&mut self, pointer: &str) -> Option<Located<'a>> {
        let mut located = self.whole();
        for segment in segments(pointer) {
            let value = located.value;
            located = if value.word().kind() == Kind::Array {
                let index = segment.parse().ok()?;
                let words = element_in_words(index, &located.words);
                Located { key: None, value: self.element(value, index)?, words }
            } else {
                let (key, value) = value.member(&segment)?;
                Located { key: Some(key), value, words: member_in_words(&segment, &located.words) }
            };
        }
        Some(located)
    }

    /// The value at `index` on the tape, which `located` was found instead of: a key that comes twice has two
    /// values, and a pointer leads to the first.
    pub fn instead(&self, located: Located<'a>, index: usize) -> Located<'a> {
        if located.value.index() == index || !self.root.has(index) {
            return located;
        }
        let key = located.key.and_then(|_| Some(self.root.at(index.checked_sub(1)?)));
        Located { key, value: self.root.at(index), ..located }
    }

    fn element(&mut self, array: TapeNode<'a>, index: usize) -> Option<TapeNode<'a>> {
        let element = match self.last.get(&array.index()) {
            Some((last, node)) if *last <= index => node.and_siblings().nth(index - last)?,
            _ => array.elements().nth(index)?,
        };
        if index >= array.elements().len() {
            return None;
        }
        self.last.insert(array.index(), (index, element));
        Some(element)
    }
}

/// Follows a single pointer.
pub fn locate<'a>(root: TapeNode<'a>, pointer: &str) -> Option<Located<'a>> {
    Locator::new(root).locate(pointer)
}

/// The segments of a pointer, unescaped.
fn segments(pointer: &str) -> impl Iterator<Item = Cow<'_, str>> {
    pointer.split('/').skip(1).map(unescaped)
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

#[cfg(test)]
mod tests {
    use super::{Locator, locate, span};
    use crate::node::TapeNode;
    use crate::parse::{DEEPEST, parse};
    use crate::tape::Tape;

    #[test]
    fn every_value_is_where_its_pointer_says() {
        let text = "{ \"a/b\": [1, \"x\\\"\" , { \"~\" : [ ] } ], \"\": null}";
        let mut tape = Tape::default();
        parse(text, DEEPEST, &mut tape).unwrap();
        let found =
            |pointer| locate(TapeNode::root(text, &tape), pointer).map(|found| &text[span(found.value)]);
        assert_eq!(found(""), Some(text));
        assert_eq!(found("/a~1b/0"), Some("1"));
        assert_eq!(found("/a~1b/1"), Some("\"x\\\"\""));
        assert_eq!(found("/a~1b/2/~0"), Some("[ ]"));
        assert_eq!(found("/a~1b"), Some("[1, \"x\\\"\" , { \"~\" : [ ] } ]"));
        assert_eq!(found("/"), Some("null"));
        assert_eq!(found("/c"), None);
        let located = locate(TapeNode::root(text, &tape), "/a~1b/2/~0").unwrap();
        assert_eq!(located.words, "`~` of the 3rd element of `a/b`");
    }

    #[test]
    fn elements_are_found_in_any_order() {
        let text = "[[0], [1], [2], [3]]";
        let mut tape = Tape::default();
        parse(text, DEEPEST, &mut tape).unwrap();
        let mut locator = Locator::new(TapeNode::root(text, &tape));
        for index in [2, 3, 0, 1, 1, 3] {
            let located = locator.locate(&format!("/{index}/0")).unwrap();
            assert_eq!(&text[span(located.value)], index.to_string());
        }
        assert!(locator.locate("/4").is_none());
        assert!(locator.locate("/0/1").is_none());
    }
}
