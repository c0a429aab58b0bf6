//! Rust items such as people write, each with `#[derive(JsonSchema)]`.

pub mod enums;
pub mod foreign;
pub mod structs;
pub mod values;
