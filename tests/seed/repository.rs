//! Where everything is.

use std::path::Path;

/// The folder of the seed, which is that of the repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
