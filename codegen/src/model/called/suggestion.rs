//! What a place suggests that the type of it be called.

use super::words::Words;
use crate::model::definition_id::DefinitionId;

/// The words that a place gives.
#[derive(Debug, Clone, Default)]
pub struct Suggestion {
    /// The definition in whose form the place is.
    pub owner: Option<DefinitionId>,
    /// The words of the place itself: the property, in the singular for an element.
    pub own: Words,
    /// The title, if it is a name.
    pub title: Words,
    /// The words of what encloses it, outermost first.
    pub chain: Vec<Words>,
    /// What tells it from the other branches of a union.
    pub branch: Words,
    /// What it is, in a word, for when nothing else tells.
    pub role: Option<&'static str>,
    /// What its parts know it by, where that is not all of its words.
    pub to_parts: Option<Words>,
    /// What a union joins, as a name.
    pub joined: Option<Words>,
    /// Whether that comes before the words of the place: a plain type is among what it joins.
    pub is_joined_first: bool,
    /// Whether what it joins is all that it says.
    pub is_plain: bool,
    /// Of a union that leaves its noun to a branch: that branch.
    pub noun: Option<Noun>,
}

/// The branch of a union that has the noun, and what the union joins.
#[derive(Debug, Clone)]
pub struct Noun {
    /// The branch, or the elements of it.
    pub branch: Option<DefinitionId>,
    /// What each branch joins as.
    pub parts: Vec<Words>,
    /// The noun, as it stands in the parts.
    pub words: Words,
}

impl Suggestion {
    /// The title, or the words of the place.
    pub fn words(&self) -> &Words {
        if self.title.is_empty() { &self.own } else { &self.title }
    }
}
