use super::check::Checked;

/// What some work came to.
#[derive(Debug)]
pub struct Done {
    /// Its place in the order of all.
    pub sequence: u64,
    pub outcomes: Vec<Outcome>,
}

/// What a file, or a piece of one, came to.
#[derive(Debug)]
pub struct Outcome {
    /// The index of the input.
    pub input: usize,
    pub checked: Checked,
    /// How many bytes were read for it.
    pub bytes: u64,
    /// Whether nothing more of the input is to come.
    pub is_last: bool,
}
