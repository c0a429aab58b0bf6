//! What a file is compressed by, and what it is written in.

mod decompress;
mod written_in;

pub use decompress::{Compression, decompressed};
pub use written_in::format_of;
