use std::borrow::Cow;
use std::fmt::{self, Write as _};

use serde_json::Value;

use crate::escape::{escaped, unescaped};

/// A JSON Pointer (RFC 6901): the place of a value inside a JSON document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pointer(String);

impl Pointer {
    /// The whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// Reads the text of a pointer, which is empty or begins with `/`; `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        let escapes_are_complete = || text.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']));
        let begins_well = text.is_empty() || text.starts_with('/');
        (begins_well && escapes_are_complete()).then(|| Self(text.to_owned()))
    }

    /// The place of the member or element `segment` inside this one.
    #[must_use]
    pub fn join(&self, segment: impl fmt::Display) -> Self {
        let mut text = String::with_capacity(self.0.len() + 16);
        text.push_str(&self.0);
        let mut inside = Self(text);
        inside.push(segment);
        inside
    }

    /// Goes on to the member or element `segment`.
    pub fn push(&mut self, segment: impl fmt::Display) {
        let text = &mut self.0;
        text.push('/');
        let start = text.len();
        // Writing into a string cannot fail.
        let _ = write!(text, "{segment}");
        if let Cow::Owned(escaped) = escaped(&text[start..]) {
            text.replace_range(start.., &escaped);
        }
    }

    /// The value at this place in a document, if there is one: `serde_json::Value::pointer`, which copies every
    /// segment.
    pub fn find<'v>(&self, root: &'v Value) -> Option<&'v Value> {
        let mut segments = self.0.split('/').skip(1);
        segments.try_fold(root, |value, segment| match value {
            Value::Object(members) => members.get(&*unescaped(segment)),
            Value::Array(elements) => elements.get(index(segment)?),
            _ => None,
        })
    }

    /// The place around this one, and the rest of the way; `None` for the whole document.
    pub fn split_last(&self) -> Option<(Self, &str)> {
        self.0.rsplit_once('/').map(|(around, last)| (Self(around.to_owned()), last))
    }

    /// This place as seen from `base`, if it lies in there.
    pub fn strip_prefix(&self, base: &Self) -> Option<Self> {
        let rest = self.0.strip_prefix(&base.0)?;
        (rest.is_empty() || rest.starts_with('/')).then(|| Self(rest.to_owned()))
    }

    /// The place that `rest` leads to from here.
    #[must_use]
    pub fn append(&self, rest: &Self) -> Self {
        Self(format!("{}{}", self.0, rest.0))
    }

    /// The segments, unescaped.
    pub fn segments(&self) -> impl Iterator<Item = String> + '_ {
        self.0.split('/').skip(1).map(|segment| unescaped(segment).into_owned())
    }

    /// The last segment, unescaped; empty for the whole document.
    pub fn last(&self) -> String {
        let last = self.0.rsplit_once('/').map_or("", |(_, last)| last);
        unescaped(last).into_owned()
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An index has no sign and no leading zero (RFC 6901, section 4).
fn index(segment: &str) -> Option<usize> {
    let is_plain = !segment.starts_with('+') && (segment == "0" || !segment.starts_with('0'));
    segment.parse().ok().filter(|_| is_plain)
}

/// As the fragment of a reference: `#/properties/a`.
impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Pointer;

    #[test]
    fn values_are_found_as_by_serde_json() {
        let root = serde_json::json!({"a/b": [1, {"~": 2, "": 3}], "0": {"1": 4}});
        for text in
            ["", "/a~1b", "/a~1b/0", "/a~1b/1/~0", "/a~1b/1/", "/a~1b/01", "/a~1b/+1", "/0/1", "/x", "/0/1/2"]
        {
            let pointer = Pointer::parse(text).expect("a pointer");
            assert_eq!(pointer.find(&root), root.pointer(text), "{text}");
        }
    }

    #[test]
    fn segments_are_escaped_and_come_back() {
        let pointer = Pointer::root().join("a/b").join("~").join(0);
        assert_eq!(pointer.as_str(), "/a~1b/~0/0");
        assert_eq!(pointer.split_last().unwrap().0.last(), "~");
        assert_eq!(Pointer::root().join("a/b").last(), "a/b");
    }

    #[test]
    fn a_prefix_ends_where_a_segment_ends() {
        let pointer = Pointer::parse("/ab/c").unwrap();
        assert_eq!(pointer.strip_prefix(&Pointer::parse("/a").unwrap()), None);
        assert_eq!(pointer.strip_prefix(&Pointer::parse("/ab").unwrap()).unwrap().as_str(), "/c");
    }

    #[test]
    fn text_that_is_no_pointer_is_refused() {
        assert_eq!(Pointer::parse("a"), None);
        assert_eq!(Pointer::parse("/~2"), None);
        assert_eq!(Pointer::parse("/~"), None);
    }
}
