//! What the schemas of a document are to those who use it: by this two versions of it are held against each other, whatever the schemas
//! are called in them.

use isomorph_json::Pointer;

/// What an operation uses a schema for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// The operation: `createPet`.
    pub operation: String,
    /// The part of it: `createPetResponse404`.
    pub part: String,
    /// What it does with instances.
    pub direction: Direction,
    /// The name of the definition.
    pub name: String,
    /// Which part of which operation it is to those who ask it, whatever both are called here.
    pub sign: String,
    /// Whether those who use the operation count on it: an error that is told no more fails nobody.
    pub is_relied_on: bool,
}

/// A schema that a document offers to others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What it is to them, whatever the schema is called here: a version of a resource, a message, a schema by its name.
    pub sign: String,
    /// The name of the definition.
    pub name: String,
}

/// An operation that a document offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// What it is called.
    pub name: String,
    /// What it is to those who ask it: a method and a path.
    pub sign: String,
    /// Where it stands.
    pub pointer: Pointer,
    /// What whoever asks it has to send.
    pub required: Vec<Required>,
}

/// What has to be sent to an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Required {
    /// In words: ``the parameter `limit` ``.
    pub what: String,
    /// Where it stands.
    pub pointer: Pointer,
}

/// Which way instances go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// To whom the document describes: parameters, bodies, inputs of tools.
    Request,
    /// From whom it describes: responses, outputs of tools.
    Response,
}

impl Direction {
    /// The other way.
    #[must_use]
    pub fn back(self) -> Self {
        match self {
            Self::Request => Self::Response,
            Self::Response => Self::Request,
        }
    }
}
