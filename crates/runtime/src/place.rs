use std::fmt;

/// Where in the instance a value stands: a JSON Pointer as a list from the value outwards, so that it
/// costs nothing until an error has to say it.
#[derive(Debug, Clone, Copy)]
pub enum Place<'a> {
    /// The whole instance.
    Root,
    /// A member of an object.
    Member {
        /// Where the object stands.
        around: &'a Place<'a>,
        /// The name of the member.
        name: &'a str,
    },
    /// An element of an array.
    Element {
        /// Where the array stands.
        around: &'a Place<'a>,
        /// The index of the element.
        index: usize,
    },
}

/// As a JSON Pointer (RFC 6901).
impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Member { around, name } => {
                write!(f, "{around}/{}", escaped(name))
            }
            Self::Element { around, index } => write!(f, "{around}/{index}"),
        }
    }
}

/// The segment of a pointer that leads to the member `name`: what isomorph-json says, which a type without features does
/// not need otherwise.
pub(crate) fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn a_place_is_shown_as_a_json_pointer() {
        let list = Place::Member { around: &Place::Root, name: "a/b~" };
        assert_eq!(Place::Element { around: &list, index: 3 }.to_string(), "/a~1b~0/3");
        assert_eq!(Place::Root.to_string(), "");
    }
}
