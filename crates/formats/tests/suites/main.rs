//! The suites that others wrote, where they are: every difference from them is explained in a file here.

#![expect(clippy::disallowed_methods, reason = "it reads the suites")]

mod corpus;
mod differences;
mod json;
mod json5;
mod toml;
mod yaml;
