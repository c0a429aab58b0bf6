use isomorph_json::Pointer;

/// One change of a schema.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The keyword, and what of it changed: `/properties/a`, `/enum`.
    pub keyword: Pointer,
    /// What happened, in words.
    pub words: String,
    /// Whether instances may be concerned.
    pub binds: bool,
    /// Why that is accepted, if it is.
    pub accepted: Option<String>,
}

impl Change {
    /// What happened to a keyword, in words.
    pub fn new(keyword: Pointer, words: String, binds: bool) -> Self {
        Self { keyword, words, binds, accepted: None }
    }
}
