use std::ops::Range;

use isomorph_json::{Fault, Rule, TapeNode, span};

/// One thing that is wrong with an instance, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The keyword that is violated, or the name of the [`isomorph_json::Rule`].
    pub keyword: String,
    /// What is wrong.
    pub message: String,
    /// The value, as a JSON Pointer. Of a property that is not allowed it is the property's.
    pub instance_location: String,
    /// The value in words; `None` for the whole instance.
    pub path: Option<String>,
    /// The bytes to look at: the value, the key that is wrong, or where the object is named that lacks one.
    pub span: Range<usize>,
    /// What could be done.
    pub help: Vec<String>,
    /// Another place that matters, and why.
    pub related: Option<(Range<usize>, String)>,
    /// Where the schema says so.
    pub schema: Option<SchemaPlace>,
    /// The keyword, as the validator came to it through references, if that is known: a JSON Pointer from the schema.
    pub evaluation_path: Option<String>,
    /// Of what stands in a union: the branch that came closest, which this explains.
    pub branch: Option<Branch>,
    /// Whether the value is shown to nobody, and so neither are the lines that it stands in.
    pub is_secret: bool,
}

/// A keyword in the text of a schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaPlace {
    /// What the file of the schema is called.
    pub file: String,
    /// The index of the file among the texts of the schema.
    pub index: usize,
    /// The keyword, as a JSON Pointer.
    pub pointer: String,
    /// The bytes of the keyword and its value.
    pub span: Range<usize>,
}

/// A branch of a union.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// `anyOf` or `oneOf`.
    pub keyword: &'static str,
    /// Which branch it is, from 0.
    pub index: usize,
    /// How many branches there are.
    pub of: usize,
    /// The value that the union is about, in words; empty for the whole instance.
    pub value: String,
}

impl Problem {
    /// A problem of which nothing more is known than where it is.
    pub fn new(keyword: impl Into<String>, message: impl Into<String>, span: Range<usize>) -> Self {
        Self {
            keyword: keyword.into(),
            message: message.into(),
            instance_location: String::new(),
            path: None,
            span,
            help: Vec::new(),
            related: None,
            schema: None,
            evaluation_path: None,
            branch: None,
            is_secret: false,
        }
    }

    /// What to say of an instance that it would take too much work to judge.
    pub fn unjudged(instance: TapeNode) -> Self {
        let message = "this could not be judged: it takes too much work to say whether the schema accepts it";
        Self::new("limit", message, span(instance))
    }

    /// What to say of an instance that the schema refuses, if no keyword of it can be told.
    pub fn unexplained(instance: TapeNode) -> Self {
        let message = "the schema does not accept this; which keyword refuses it is not known";
        Self { help: vec![UNEXPLAINED.to_owned()], ..Self::new("schema", message, span(instance)) }
    }
}

const UNEXPLAINED: &str = "this is a fault of the explanation, not of the verdict; please report it";

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        let is_repeated = fault.rule == Rule::DuplicateKey;
        Self {
            help: is_repeated.then(|| "remove one of them, or rename it".to_owned()).into_iter().collect(),
            related: fault.first.map(|first| (first, "it came first here".to_owned())),
            ..Self::new(fault.rule.name(), fault.message, fault.span)
        }
    }
}
