/// How references name a definition.
#[derive(Clone, Copy, PartialEq)]
pub enum Identified {
    Pointer,
    Anchor,
    Id,
}

/// A definition. References that make no step into the instance lead only to later ones, so that none leads
/// around to itself.
#[derive(Clone)]
pub struct Definition {
    pub name: &'static str,
    pub how: Identified,
    /// `$defs` or `definitions`.
    pub under: &'static str,
}
