//! What a schema does not say of the Rust type that it was printed of. It cannot come back.

/// Types that are printed as others are, each with the one that is read back, and why.
pub const TYPES: &[(&str, &str, &str)] = &[
    ("PathBuf", "String", "a path is printed as a string"),
    ("char", "String", "a character is printed as a string of one"),
    ("str", "String", "behind a pointer, a text is a text"),
    ("VecDeque", "Vec", "lists are printed alike, however they are kept"),
    ("LinkedList", "Vec", "lists are printed alike, however they are kept"),
    ("HashMap", "BTreeMap", "maps are printed alike, however they are kept"),
    ("IndexMap", "BTreeMap", "maps are printed alike, however they are kept"),
    ("HashSet", "BTreeSet", "sets are printed alike, however they are kept"),
];

/// Types around another that print it as it is.
pub const AROUND: &[&str] = &["Box", "Rc", "Arc", "Cow"];

/// What else, in words; `items.rs` and `types.rs` leave it out.
pub const WORDS: &[&str] = &[
    "which function makes a default: only its value is printed",
    "whether `None` is written as null or not at all: both are printed as an optional property that may be null",
    "a default that is not written again (`skip_serializing_if`): schemars prints none, and the type is an `Option`",
    "which of several names is an alias: aliases are not printed",
    "how a field or a variant is called that has a name of its own in JSON (`rename`)",
    "how the variants of an untagged enum are called",
    "how a field is called that is flattened; and of a flattened struct, which fields were its",
    "which generic type an instance was: `Page<Point>` is printed as `Page`, the next one as `Page2`",
    "which titles and descriptions stand in the documentation, and which in attributes of schemars",
    "how wide the integer is that is the name of a member: only its sign is printed",
    "how a transparent struct is called: what is inside it is printed, by its name",
    "whether a struct of several unnamed fields is one, or one around a tuple; the same of variants",
    "whether a struct without a value is one, or one around `()`",
];

/// The type that is read back of one, by its last name.
pub fn read_back(name: &str) -> &str {
    TYPES.iter().find(|(printed, ..)| *printed == name).map_or(name, |(_, back, _)| back)
}
