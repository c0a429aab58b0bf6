//! Enums, in each of the ways in which serde writes them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A suit of cards.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub enum Suit {
    Clubs,
    Diamonds,
    Hearts,
    Spades,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// Nobody has taken it.
    Queued,
    /// Somebody is at work.
    InProgress,
    /// It has ended.
    #[serde(alias = "finished")]
    Done,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING-KEBAB-CASE")]
pub enum Severity {
    MinorFault,
    MajorFault,
}

/// Where the words are not those of the variants.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub enum Locale {
    #[serde(rename = "en-GB")]
    EnGb,
    #[serde(rename = "de-CH")]
    DeCh,
    #[serde(rename = "pt-BR")]
    PtBr,
}

/// Externally tagged, with every kind of variant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub enum Shape {
    Empty,
    Square(f64),
    Circle { radius: f64 },
}

/// Externally tagged, around structs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Delivery {
    ByPost(Parcel),
    ByHand(Courier),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Parcel {
    pub weight: f64,
    pub insured: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Courier {
    pub name: String,
}

/// Externally tagged, of tuples.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub enum Paint {
    Rgb(u8, u8, u8),
    Named(String),
}

/// Externally tagged, where no variant is a word.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Trigger {
    PullRequest { base_branch: String, head_branch: Option<String> },
    CronJob { time_zone: String },
}

/// Internally tagged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type")]
pub enum Event {
    Created { id: u64, name: String },
    Renamed { id: u64, from: String, to: String },
    Deleted { id: u64 },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Step {
    /// Fetches a repository.
    CheckOut { url: String, depth: Option<u32> },
    /// Runs a command.
    RunCommand { command: Vec<String> },
    /// Does nothing.
    NoOp,
}

/// Internally tagged, around structs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "channel", rename_all = "lowercase")]
pub enum Notice {
    Mail(Mail),
    Push(Push),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Mail {
    pub to: String,
    pub subject: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Push {
    pub device: String,
    pub badge: u16,
}

/// Adjacently tagged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "op", content = "args")]
pub enum Command {
    Move { x: i32, y: i32 },
    Say(String),
    Quit,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "t", content = "c", rename_all = "snake_case")]
pub enum Reading {
    Temperature(f64),
    WindSpeed { knots: f64, gusts: Option<f64> },
}

/// Untagged, by the JSON type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Amount {
    Integer(i64),
    String(String),
}

/// Untagged, by the properties.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Target {
    Host { host: String, port: u16 },
    Socket { socket: String },
}

/// Untagged, around structs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Author {
    String(String),
    Person(Person),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Person {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// One or many, as it is often written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum OneOrMany {
    String(String),
    Array(Vec<String>),
}

/// Recursive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "node", rename_all = "snake_case")]
pub enum Expression {
    Number { value: f64 },
    Sum { left: Box<Expression>, right: Box<Expression> },
    Call { name: String, arguments: Vec<Expression> },
}
