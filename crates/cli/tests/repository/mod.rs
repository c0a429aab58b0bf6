//! The repository that the tool is tested in.

use std::path::Path;

/// Its folder, where the seed is, and the lock file.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("this crate is two folders deep")
}
