//! Newtypes, tuples, collections, numbers, and what validates them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::structs::Point;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UserId(pub u64);

/// A name that is one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Label(pub String);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Wrapped {
    pub inner: Vec<Point>,
}

/// Latitude and longitude.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Coordinates(pub f64, pub f64);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Pair(pub String, pub Option<i32>);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tags(pub BTreeSet<String>);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Translations(pub BTreeMap<String, String>);

/// Every width of an integer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Widths {
    pub a: i8,
    pub b: i16,
    pub c: i32,
    pub d: i64,
    pub e: u8,
    pub f: u16,
    pub g: u32,
    pub h: u64,
    pub i: isize,
    pub j: usize,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Floats {
    pub single: f32,
    pub double: f64,
    pub maybe: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MaybeWidths {
    pub small: Option<u8>,
    pub wide: Option<i32>,
    pub list: Vec<u16>,
    pub map: BTreeMap<String, i16>,
    pub nested: Vec<Option<u32>>,
}

/// What is never zero.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Counters {
    pub total: u64,
    pub failed: Option<u64>,
    pub share: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Collections {
    pub list: Vec<String>,
    pub set: BTreeSet<String>,
    pub numbers: BTreeSet<u32>,
    pub map: BTreeMap<String, f64>,
    pub nested: BTreeMap<String, Vec<BTreeMap<String, bool>>>,
}

/// Maps whose keys are numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ByNumber {
    pub pages: BTreeMap<u32, String>,
    pub shifts: BTreeMap<i64, f64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Matrix {
    pub rows: [[f64; 3]; 3],
    pub digest: [u8; 32],
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tuples {
    pub pair: (String, u32),
    pub list: Vec<(String, f64)>,
    pub maybe: Option<(bool, bool)>,
}

/// Whatever it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Loose {
    pub any: serde_json::Value,
    pub object: serde_json::Map<String, serde_json::Value>,
    pub list: Vec<serde_json::Value>,
}

/// What the schema does not tell from other types.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Unsaid {
    pub boxed: Box<Point>,
    pub shared: Option<Cow<'static, str>>,
    pub text: Box<str>,
    pub path: PathBuf,
    pub map: HashMap<String, u8>,
    pub deque: std::collections::VecDeque<u8>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Limits {
    #[schemars(range(min = 1, max = 100))]
    pub percent: u8,
    #[schemars(range(min = 0.0))]
    pub price: f64,
    #[schemars(length(min = 1, max = 80))]
    pub name: String,
    #[schemars(length(max = 10))]
    pub tags: Vec<String>,
    #[schemars(regex(pattern = r"^[a-z][a-z0-9-]*$"))]
    pub slug: String,
    #[schemars(range(min = 1), extend("multipleOf" = 5))]
    pub step: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Contact {
    #[schemars(email)]
    pub email: String,
    #[schemars(inner(length(min = 3)))]
    pub phones: Vec<String>,
    #[schemars(contains(pattern = "@"))]
    pub handle: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Slug(#[schemars(regex(pattern = r"^[a-z0-9-]+$"), length(max = 64))] pub String);

/// With an example, and a title of its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(title = "A ticket", example = "an example")]
pub struct Ticket {
    /// # The number
    /// As it is printed.
    pub number: String,
    #[schemars(description = "How much it was")]
    pub price: f64,
    #[serde(default)]
    #[schemars(extend("x-order" = 1))]
    pub used: bool,
}
