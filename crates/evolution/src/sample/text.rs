//! Texts of a length.

/// How many characters are written at most.
pub const LONGEST: usize = 100_000;

/// A text that is made as long as this, in characters.
pub fn of_length(text: String, least: usize, most: usize) -> String {
    let length = text.chars().count();
    if length > most {
        return text.chars().take(most).collect();
    }
    let filling = text.chars().last().unwrap_or('a');
    let missing = least.min(LONGEST).saturating_sub(length);
    text + &filling.to_string().repeat(missing)
}
