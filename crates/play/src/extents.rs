//! Where in a text the values stand that pointers lead to, all at once.

use std::collections::HashMap;
use std::ops::Range;

use isomorph_json::{DEEPEST, Pointer, SourceText, Tape, TapeNode, parse, span};

/// Pointers that are asked for, by their segments.
#[derive(Debug, Default)]
struct Wanted(HashMap<String, Wanted>);

/// The bytes of values in a text, by the pointers that lead to them: each from its key on, where it has one.
#[derive(Debug, Default)]
pub struct Extents(HashMap<String, Range<usize>>);

impl Extents {
    /// Finds what these pointers lead to, and what is on the way there.
    pub fn of<'p>(text: &SourceText, pointers: impl IntoIterator<Item = &'p Pointer>) -> Self {
        let mut wanted = Wanted::default();
        for pointer in pointers {
            pointer.segments().fold(&mut wanted, |at, segment| at.0.entry(segment).or_default());
        }
        let mut tape = Tape::default();
        let json = text.as_json();
        let mut found = Self::default();
        if parse(json, DEEPEST, &mut tape).is_ok() {
            found.collect(text, &wanted, (None, TapeNode::root(json, &tape)), &Pointer::root());
        }
        found
    }

    /// The bytes that a pointer leads to, or those of what is nearest around it.
    pub fn get(&self, pointer: &Pointer) -> Option<&Range<usize>> {
        let mut around = Some(pointer.clone());
        while let Some(there) = around {
            if let Some(found) = self.0.get(there.as_str()) {
                return Some(found);
            }
            around = there.split_last().map(|(around, _)| around);
        }
        None
    }

    fn collect(
        &mut self,
        text: &SourceText,
        wanted: &Wanted,
        (key, value): (Option<TapeNode>, TapeNode),
        at: &Pointer,
    ) {
        let mut bytes = text.origin(span(value));
        if let Some(key) = key.map(|key| text.origin(span(key))) {
            bytes = bytes.start.min(key.start)..bytes.end.max(key.end);
        }
        self.0.insert(at.as_str().to_owned(), bytes);
        if wanted.0.is_empty() {
            return;
        }
        for (name, inner) in value.members() {
            if let Some(wanted) = wanted.0.get(name.string().as_ref()) {
                self.collect(text, wanted, (Some(name), inner), &at.join(name.string()));
            }
        }
        for (index, inner) in value.elements().enumerate() {
            if let Some(wanted) = wanted.0.get(&index.to_string()) {
                self.collect(text, wanted, (None, inner), &at.join(index));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use isomorph_formats::{Format, read};
    use isomorph_json::{Pointer, SourceText};

    use super::Extents;

    #[test]
    fn what_a_pointer_leads_to_is_found_or_what_is_around_it() {
        let json = "{\"a\": {\"b/c\": [1, {\"d\": 2}]}, \"e\": 3}";
        let yaml = "a:\n  b/c:\n  - 1\n  - d: 2\ne: 3\n";
        for (text, format, expected) in [
            (json, Format::Json, ["{\"d\": 2}", "\"d\": 2", "{\"d\": 2}", "\"e\": 3", json]),
            (yaml, Format::Yaml, ["d: 2", "d: 2", "d: 2", "e: 3", yaml]),
        ] {
            let transcribed = read(text, format, 64).expect("it is of that format").pop();
            let source = SourceText::new(text.to_owned(), transcribed);
            let pointers = ["/a/b~1c/1", "/a/b~1c/1/d", "/a/b~1c/1/x", "/e", "/f"];
            let pointers = pointers.map(|pointer| Pointer::parse(pointer).expect("a pointer"));
            let extents = Extents::of(&source, &pointers);
            for (pointer, expected) in pointers.iter().zip(expected) {
                let found = extents.get(pointer).map(|bytes| text[bytes.clone()].trim_end());
                assert_eq!(found, Some(expected.trim_end()), "{pointer} {format:?}");
            }
        }
    }
}
