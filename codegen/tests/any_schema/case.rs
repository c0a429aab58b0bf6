use std::collections::BTreeMap;

use isomorph_codegen::{
    AbsentNull, Arrays, Foreign, Integers, Keys, MapType, Modules, Sets, StringType, UnknownVariants, Untyped,
};
use serde::Deserialize;
use serde_json::Value;

/// A schema, and what it is to accept and refuse.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Its name.
    #[serde(skip)]
    pub name: String,
    /// The schema, or a document that holds schemas.
    pub schema: Value,
    /// The type that the instances are for, if not the one of the whole schema.
    #[serde(default)]
    pub held: Option<String>,
    /// The function that gives the whole document back, where the document has no type.
    #[serde(default)]
    pub given_back: Option<String>,
    /// The files beside it, which call it `case.json`.
    #[serde(default)]
    pub beside: BTreeMap<String, Value>,
    /// What it accepts.
    #[serde(default)]
    pub valid: Vec<Value>,
    /// What it refuses.
    #[serde(default)]
    pub invalid: Vec<Value>,
    /// Texts that are accepted, however their numbers are written.
    #[serde(default)]
    pub accepted: Vec<String>,
    /// Texts that are refused for what no value has, as a property that comes twice.
    #[serde(default)]
    pub refused: Vec<String>,
    /// What it accepts, and the types refuse that formats are mapped to.
    #[serde(default)]
    pub narrower: Vec<Value>,
    /// What it refuses, and the types accept that keep what no variant stands for.
    #[serde(default)]
    pub wider: Vec<Value>,
    /// What it accepts, and what that is written as again: more than was read, where there are defaults.
    #[serde(default)]
    pub written: Vec<(Value, Value)>,
    /// How it is generated, if not by default.
    #[serde(default)]
    pub settings: Settings,
    /// Statements that use the types, and panic if they are not as they should be.
    #[serde(default)]
    pub uses: Vec<String>,
}

/// Settings of the generator, as the configuration of a crate names them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    pub keep_defaults: bool,
    pub keep_undeclared: bool,
    pub constructors: bool,
    pub formats: BTreeMap<String, Foreign>,
    pub encodings: BTreeMap<String, Foreign>,
    pub types: BTreeMap<String, Foreign>,
    pub integers: Integers,
    pub untyped: Untyped,
    #[serde(rename = "absent-null")]
    pub absent_null: AbsentNull,
    pub sets: Sets,
    pub arrays: Arrays,
    pub keys: Keys,
    #[serde(rename = "allow-rust-types")]
    pub allow_rust_types: Vec<String>,
    /// By the names of other cases, as `crate::case_NAME`.
    pub crates: BTreeMap<String, String>,
    #[serde(rename = "map-type")]
    pub map_type: MapType,
    #[serde(rename = "string-type")]
    pub string_type: StringType,
    pub modules: Modules,
    #[serde(rename = "unknown-variants")]
    pub unknown_variants: UnknownVariants,
}
