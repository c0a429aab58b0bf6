/// A schema file, as it was read.
#[derive(Debug, Clone)]
pub struct Source {
    /// What the file is called in messages, with `/` between folders: `schema/Order.json`. Its ending says what it is
    /// written in; without one that is known, the text does.
    pub file: String,
    /// The URI that others refer to it by; `None` if they do so by its file name.
    pub uri: Option<String>,
    /// What it holds.
    pub text: Vec<u8>,
}
