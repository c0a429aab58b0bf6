//! A schema of a bundle at its place, what there is to be shown of it, and where it leads.

use isomorph_schema::Types;
use serde_json::{Map, Value};

use super::steps::Steps;
use super::telling::Telling;

/// A schema at its place, and where it leads.
pub struct Node<'b> {
    pub at: String,
    pub schema: &'b Value,
    /// What it says; nothing where a reference stands alone, or there is nothing to be said.
    pub keywords: Option<&'b Map<String, Value>>,
    pub groups: Vec<Open>,
    pub ways: Vec<Way>,
    pub steps: Steps<'b>,
    pub telling: Telling<'b>,
    /// The types that its values may be of, as far as what stands around it says.
    pub types: Types,
}

/// Points of one schema, by number, and how many of them one value can show at most.
pub struct Open {
    pub points: Vec<usize>,
    pub at_once: usize,
}

/// How a value for one schema leads to one for another.
pub struct Way {
    pub to: usize,
    pub by: By,
    /// Whether it leads back to where it came from.
    pub returns: bool,
    /// The point that it shows to go there, if it shows one.
    pub point: Option<usize>,
    /// Whether what it leads to judges the same value.
    pub is_in_place: bool,
    /// Whether every value goes there.
    pub is_certain: bool,
}

/// How often a way is there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The value itself, or a part of it that is there once.
    One,
    /// The value itself, if it is of this branch and of no other of that keyword.
    Choice(&'static str),
    /// As many parts of it as this.
    Many(usize),
    /// A part of it, if it is one of those of which there may be so many.
    Among(usize),
}
