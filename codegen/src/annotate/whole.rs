//! Which places are of the whole of a schema, whatever stands around it.

use isomorph_json::Pointer;

/// Whether a place is the whole, or a schema of its `allOf`, which binds the whole as well.
pub fn is_of_parts(at: &Pointer) -> bool {
    let segments: Vec<_> = at.segments().collect();
    segments.chunks(2).all(|pair| matches!(pair, [keyword, _] if *keyword == "allOf"))
}

/// Whether a place is a branch of the whole.
pub fn is_branch(at: &Pointer) -> bool {
    matches!(at.segments().collect::<Vec<_>>().as_slice(), [keyword, _] if *keyword == "oneOf")
}
