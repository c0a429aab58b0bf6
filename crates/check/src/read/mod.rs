//! What a file is compressed by, what it is written in, and what its comments say of it.

mod decompress;
mod schema_comment;
mod written_in;

pub use decompress::{Compression, decompressed};
pub use schema_comment::schema_comment;
pub use written_in::format_of;
