use crate::keys::Keys;

/// What is not complete while a text is read. Between two texts it is empty, and only its memory is kept.
#[derive(Debug, Default)]
pub struct Unfinished {
    /// The containers, the innermost last.
    pub open: Vec<Open>,
    /// The keys of those that are objects.
    pub keys: Keys,
}

impl Unfinished {
    /// Forgets what was not completed.
    pub fn clear(&mut self) {
        self.open.clear();
        self.keys.clear();
    }
}

/// A container that is not complete.
#[derive(Debug)]
pub struct Open {
    /// Its index on the tape.
    pub index: usize,
    /// How many members or elements it has up to now.
    pub count: usize,
    /// Whether it is an object.
    pub is_object: bool,
    /// Where its first key stands in [`Keys`].
    pub first_key: usize,
}
