//! Structs, and what serde may be told of them.

#![expect(deprecated, reason = "what is derived refers to the struct that is deprecated")]

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::enums::{JobState, Person, Suit};

/// A point in the plane.
///
/// Both coordinates are in metres.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Point {
    /// To the east.
    pub x: f64,
    /// To the north.
    pub y: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserProfile {
    pub display_name: String,
    pub avatar_url: Option<String>,
    pub is_admin: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Header {
    #[serde(rename = "Content-Type")]
    pub content_type: String,
    #[serde(rename = "X-Request-Id")]
    pub x_request_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Keywords {
    pub r#type: String,
    pub r#match: Vec<String>,
    pub r#async: bool,
}

/// Nothing else is let in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Strict {
    pub log_level: String,
    pub max_files: u32,
}

/// Defaults of fields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Retry {
    #[serde(default = "three")]
    pub attempts: u32,
    #[serde(default)]
    pub jitter: bool,
    #[serde(default)]
    pub codes: Vec<u16>,
    #[serde(default = "once_a_second")]
    pub schedule: String,
}

fn three() -> u32 {
    3
}

fn once_a_second() -> String {
    "* * * * * *".to_owned()
}

/// Defaults of the whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Server {
    pub host: String,
    pub port: u16,
    pub tls: bool,
}

impl Default for Server {
    fn default() -> Self {
        Self { host: "localhost".to_owned(), port: 8080, tls: false }
    }
}

/// What is absent is not written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Sparse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none", rename = "colour")]
    pub color: Option<Suit>,
}

/// Skipped fields are in no schema.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Cached {
    pub key: String,
    #[serde(alias = "payload")]
    pub value: Vec<u8>,
}

/// Whatever else is there is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Extensible {
    pub name: String,
    #[serde(flatten)]
    pub extra: BTreeMap<String, serde_json::Value>,
}

/// Whatever else is there is a number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Scores {
    pub team: String,
    #[serde(flatten)]
    pub extra: BTreeMap<String, i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Paging {
    pub offset: u64,
    pub limit: Option<u32>,
}

/// The fields of another struct.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Search {
    pub query: String,
    #[serde(flatten)]
    pub paging: Paging,
}

/// The fields of an enum.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Envelope {
    pub id: String,
    #[serde(flatten)]
    pub payload: Payload,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Payload {
    Text { text: String },
    Image { url: String, width: u32 },
}

/// Refers to others, and to one of them twice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Job {
    pub state: JobState,
    pub owner: Person,
    pub reviewers: Vec<Person>,
    pub deputy: Option<Person>,
    pub by_name: BTreeMap<String, Person>,
}

/// Recursive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tree {
    pub label: String,
    #[serde(default)]
    pub children: Vec<Tree>,
    pub parent: Option<Box<Tree>>,
}

/// No field at all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Marker;

/// Was another once.
#[deprecated]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Legacy {
    pub id: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename = "account")]
pub struct Account {
    pub number: String,
}

/// Generic, and used with two arguments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    pub next: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Listing {
    pub points: Page<Point>,
    pub people: Page<Person>,
}
