use std::fmt;
use std::ops::Range;

/// Why a text is not read: what is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What kind of fault it is.
    pub rule: Rule,
    /// The bytes that are wrong. Empty, at the end of the text, where something is missing.
    pub span: Range<usize>,
    /// What is wrong with them.
    pub message: String,
    /// Where the same key stood before, of a duplicate.
    pub first: Option<Range<usize>>,
}

/// Everything that is wrong with a text by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults {
    /// What is wrong, in the order in which it was found; at least one.
    pub faults: Vec<Fault>,
    /// Whether the instance was read all the same, as one with duplicate keys is.
    pub is_read: bool,
}

/// The kinds of faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// The text is not of its format.
    Syntax,
    /// An object has two members of one name.
    DuplicateKey,
    /// It is nested too deeply.
    Depth,
    /// A number is too large to be told from infinity.
    Number,
    /// It is not UTF-8.
    Encoding,
}

impl Rule {
    /// The name of the kind, as reports say it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::DuplicateKey => "duplicate-key",
            Self::Depth => "depth",
            Self::Number => "number",
            Self::Encoding => "encoding",
        }
    }
}

impl Fault {
    /// A fault of the syntax.
    pub fn syntax(span: Range<usize>, message: impl fmt::Display) -> Self {
        Self { rule: Rule::Syntax, span, message: message.to_string(), first: None }
    }

    /// A fault of another kind.
    pub fn new(rule: Rule, span: Range<usize>, message: impl fmt::Display) -> Self {
        Self { rule, span, message: message.to_string(), first: None }
    }
}
