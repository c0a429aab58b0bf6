//! Texts that are not JSON, as JSON: what is validated, and where each of its tokens came from.

mod decompress;
mod ending;
mod format;
pub mod json5;
mod json_text;
pub mod toml;
pub mod yaml;

pub use decompress::{Compression, decompressed};
pub use format::Format;
pub use json_text::Transcribed;
