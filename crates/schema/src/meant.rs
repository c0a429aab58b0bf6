//! Which keyword was probably meant by what is none.

use isomorph_validator::explain::near;

use crate::keywords::{binding, is_known};

/// The keyword that one which is none was probably meant to be. Of annotations that does not matter.
pub fn meant(keyword: &str) -> Option<&'static str> {
    // What begins so is somebody's own.
    if is_known(keyword) || keyword.starts_with("x-") || keyword.starts_with('_') {
        return None;
    }
    near(keyword, binding()).first().copied()
}
