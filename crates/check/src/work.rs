use std::io;
use std::ops::Range;

/// What a thread is to check.
pub struct Work {
    pub sequence: u64,
    /// The indices of the inputs.
    pub inputs: Range<usize>,
    /// A piece of the only one; `None` for the whole of each.
    pub piece: Option<Piece>,
}

/// A piece of an NDJSON file.
#[derive(Default)]
pub struct Piece {
    pub bytes: Vec<u8>,
    pub lines_before: usize,
    pub bytes_before: u64,
    pub is_last: bool,
    /// Why it could not be read.
    pub error: Option<String>,
}

impl Piece {
    /// The last piece of a file that cannot be read on.
    pub fn failed(error: &io::Error) -> Self {
        Self { is_last: true, error: Some(error.to_string()), ..Self::default() }
    }
}
