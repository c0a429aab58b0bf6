//! Texts that are not JSON, as JSON: what they say, and where each token of it came from. It knows no schema, and reads
//! no file.
//!
//! | file | job |
//! | --- | --- |
//! | `format` | which formats there are, and which one the name of a file says |
//! | `json5`, `yaml`, `toml` | a text of that format, as JSON |
//! | `read` | a text of any of them |

#![warn(missing_docs)]

mod ending;
mod format;
mod json5;
mod read;
mod toml;
mod yaml;

pub use ending::split_ending;
pub use format::Format;
pub use read::read;
