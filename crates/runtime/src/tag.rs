//! What tells the branches of a union apart.

use std::borrow::Cow;

use crate::branch::Branch;
use crate::input::Replay;
use crate::look::{Look, Scalar};
use crate::refusal::Refusal;

/// What the property of an object says that tells branches apart.
pub enum Tag<'v> {
    /// There is no such property in the schema.
    None,
    Absent,
    Said(Cow<'v, str>),
    /// It is no string.
    Other,
}

impl<'v> Tag<'v> {
    /// What a value says in the property of this name, if there is one.
    pub fn of<R: Replay>(tag: Option<&str>, value: &'v mut R) -> Result<Self, Refusal> {
        let Some(tag) = tag else { return Ok(Self::None) };
        Ok(match value.member(tag)? {
            None => Self::Absent,
            Some(Look::Scalar(Scalar::String(said))) => Self::Said(said),
            Some(_) => Self::Other,
        })
    }

    /// Whether the branch may be that of the value.
    #[inline]
    pub fn is_of(&self, branch: &Branch) -> bool {
        let Some(tags) = branch.tags else { return true };
        match self {
            Self::None => true,
            Self::Absent => !branch.tag_required,
            Self::Said(said) => tags.contains(&said.as_ref()),
            Self::Other => false,
        }
    }
}
