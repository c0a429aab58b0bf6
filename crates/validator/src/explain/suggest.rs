//! What was probably meant.

/// The words one edit away from `word`: a character more, less or other, two that changed places, or other
/// upper and lower case.
pub fn near<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let letters: Vec<char> = word.chars().collect();
    let is_near = |other: &&str| {
        *other != word
            && (is_one_edit(&letters, &other.chars().collect::<Vec<_>>()) || is_same_word(word, other))
    };
    known.into_iter().filter(is_near).collect()
}

/// Whether two words differ only in upper and lower case, and in what joins their parts.
fn is_same_word(one: &str, other: &str) -> bool {
    let plain = |word: &str| -> String {
        word.chars()
            .filter(|letter| !matches!(letter, '-' | '_' | ' '))
            .flat_map(char::to_lowercase)
            .collect()
    };
    let plain_one = plain(one);
    !plain_one.is_empty() && plain_one == plain(other)
}

fn is_one_edit(one: &[char], other: &[char]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    // Of short words nearly all are one edit apart, and that says nothing.
    if long.len() - short.len() > 1 || long.len() < 3 {
        return false;
    }
    let start = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let (short, long) = (&short[start..], &long[start..]);
    if short.len() < long.len() {
        return short == &long[1..];
    }
    match (short, long) {
        ([], _) => false,
        ([a, b, rest @ ..], [c, d, others @ ..]) if (a, b) == (d, c) && rest == others => true,
        _ => short[1..] == long[1..],
    }
}

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn words_one_edit_away_are_near() {
        let known = ["created", "replaced", "duplicate", "id"];
        for (word, expected) in [
            ("craeted", &["created"][..]),
            ("create", &["created"]),
            ("creaated", &["created"]),
            ("xreated", &["created"]),
            ("Created", &["created"]),
            ("du-plicate", &["duplicate"]),
            ("craetd", &[]),
            ("created", &[]),
            ("i", &[]),
            ("", &[]),
        ] {
            assert_eq!(near(word, known), expected, "{word}");
        }
    }
}
