//! Places in words: `` `reason` of the 3rd element of `rejected` ``.

/// The member `name` of what `around` says, in words.
pub fn member_in_words(name: &str, around: &str) -> String {
    joined_words(&format!("`{}`", name.escape_debug()), around)
}

/// The element at `index` of what `around` says, in words.
pub fn element_in_words(index: usize, around: &str) -> String {
    joined_words(&format!("the {} element", ordinal(index + 1)), around)
}

fn joined_words(inner: &str, around: &str) -> String {
    if around.is_empty() { inner.to_owned() } else { format!("{inner} of {around}") }
}

fn ordinal(number: usize) -> String {
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}
