//! The segments of JSON Pointers (RFC 6901, sections 3 and 4).

use std::borrow::Cow;

/// The segment that leads to the member `name` of an object.
pub fn escaped(name: &str) -> Cow<'_, str> {
    if name.contains(['~', '/']) {
        Cow::Owned(name.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(name)
    }
}

/// The name of the member that a segment leads to.
pub fn unescaped(segment: &str) -> Cow<'_, str> {
    if segment.contains('~') {
        Cow::Owned(segment.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(segment)
    }
}

#[cfg(test)]
mod tests {
    use super::{escaped, unescaped};

    #[test]
    fn what_is_escaped_comes_back() {
        for (name, segment) in [("a", "a"), ("a/b", "a~1b"), ("~", "~0"), ("~1", "~01"), ("", "")] {
            assert_eq!((&*escaped(name), &*unescaped(segment)), (segment, name));
        }
    }
}
