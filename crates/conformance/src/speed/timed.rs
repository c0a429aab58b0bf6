//! What programs say of the time that reading takes.

use serde::Deserialize;

/// What a program says of a schema: bytes, and nanoseconds (or instructions) for all of its instances.
#[derive(Debug, Deserialize)]
pub struct Timed {
    /// Which schema.
    pub case: usize,
    /// The length of all instances.
    pub bytes: u64,
    /// The runtime's own door.
    pub text: f64,
    /// serde's door.
    pub serde: f64,
    /// `IgnoredAny`.
    pub ignored: f64,
    /// `Value`.
    pub value: f64,
    /// `Value`, and the verdict of the `jsonschema` crate on it; none where it cannot use the schema.
    pub validated: Option<f64>,
}
