//! What was probably meant.

use strsim::osa_distance;

/// The words one edit away from `word`: a character more, less or other, two that changed places, or other
/// upper and lower case, or both; or one of a thing where there are several, or the other way round.
pub fn near<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    if word.len() > LONGEST {
        return Vec::new();
    }
    let lower = word.to_lowercase();
    let is_near = |other: &&str| {
        let is_near = || is_one_edit(word, other) || is_one_edit(&lower, &other.to_lowercase());
        *other != word && (is_near() || is_same_word(word, other))
    };
    known.into_iter().filter(is_near).collect()
}

/// How unlike two words are, without regard to upper and lower case; the least is the nearest. What is no word is as unlike as
/// can be.
pub fn distance(one: &str, other: &str) -> usize {
    if one.len().max(other.len()) > LONGEST {
        return usize::MAX;
    }
    osa_distance(&one.to_lowercase(), &other.to_lowercase())
}

/// How many bytes the longest words have that somebody misspells: to compare two takes the product of their lengths.
const LONGEST: usize = 120;

/// Whether two words differ only in upper and lower case, in what joins their parts, in number, and in vowels that one leaves out.
fn is_same_word(one: &str, other: &str) -> bool {
    let plain = |word: &str| -> String {
        word.chars()
            .filter(|letter| !matches!(letter, '-' | '_' | ' '))
            .flat_map(char::to_lowercase)
            .collect()
    };
    let (one, other) = (plain(one), plain(other));
    let is_other = |one: &str, other: &str| is_plural(one, other) || is_without_vowels(one, other);
    !one.is_empty() && (one == other || is_other(&one, &other) || is_other(&other, &one))
}

/// Whether a word is another without its vowels, but for a first one: `src` and `source`.
fn is_without_vowels(short: &str, word: &str) -> bool {
    let is_left = |(index, letter): &(usize, char)| *index == 0 || !"aeiou".contains(*letter);
    short.len() >= SHORTEST && word.char_indices().filter(is_left).map(|(_, letter)| letter).eq(short.chars())
}

/// Whether a word is what several of another are called: `branch` and `branches`, `property` and `properties`.
fn is_plural(several: &str, one: &str) -> bool {
    if one.len() < SHORTEST {
        return false;
    }
    let changed = one.strip_suffix('y').and_then(|stem| several.strip_prefix(stem));
    matches!(several.strip_prefix(one), Some("s" | "es")) || changed == Some("ies")
}

fn is_one_edit(one: &str, other: &str) -> bool {
    let longest = one.chars().count().max(other.chars().count());
    // Of short words nearly all are one edit apart, and that says nothing.
    longest >= SHORTEST && one.len().abs_diff(other.len()) <= MOST_OF_AN_EDIT && osa_distance(one, other) == 1
}

/// The length, in characters, of the shortest words for which an edit says something.
const SHORTEST: usize = 3;

/// By how many bytes an edit can change the length of a word; words that differ more need not be compared.
const MOST_OF_AN_EDIT: usize = 4;

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn of_long_texts_nothing_is_near() {
        let text = "word ".repeat(1_000_000);
        let other = text.replacen("word", "wrod", 1);
        assert_eq!(near(&text, [other.as_str()]), [""; 0]);
        assert_eq!(super::distance(&text, &other), usize::MAX);
    }

    #[test]
    fn words_one_edit_away_are_near() {
        let known = ["created", "replaced", "duplicate", "id", "branches", "properties"];
        for (word, expected) in [
            ("craeted", &["created"][..]),
            ("create", &["created"]),
            ("creaated", &["created"]),
            ("xreated", &["created"]),
            ("Created", &["created"]),
            ("CRAETED", &["created"]),
            ("du-plicate", &["duplicate"]),
            ("craetd", &[]),
            ("branch", &["branches"]),
            ("property", &["properties"]),
            ("Branches-Ignored", &[]),
            ("id", &[]),
            ("rplcd", &["replaced"]),
            ("created", &[]),
            ("i", &[]),
            ("", &[]),
        ] {
            assert_eq!(near(word, known), expected, "{word}");
        }
    }
}
