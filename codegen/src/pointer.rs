use std::fmt;

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
        let segment = segment.to_string().replace('~', "~0").replace('/', "~1");
        Self(format!("{}/{segment}", self.0))
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
        self.0.split('/').skip(1).map(|segment| segment.replace("~1", "/").replace("~0", "~"))
    }

    /// The last segment, unescaped; empty for the whole document.
    pub fn last(&self) -> String {
        let last = self.0.rsplit_once('/').map_or("", |(_, last)| last);
        last.replace("~1", "/").replace("~0", "~")
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
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
