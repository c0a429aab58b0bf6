//! The words that names are made of.

use heck::ToUpperCamelCase;

use crate::names::spelled_out;

/// Words, as they are written.
pub type Words = Vec<String>;

/// Words that say nothing without their owner.
const GENERIC: &str = "action additional args arg argument arguments attribute attributes auth config configuration content \
     contents data default detail details entry extra field fields format id info input item items key kind level list map \
     meta metadata method mode name object option options output parameter parameters params payload properties property \
     props ref result rule rules schema scope setting settings spec state status string strategy target type types unit value \
     values version if with for from to by as use uses condition conditions policy source filter filters";

/// Words that say nothing of what stands inside either: they are left out between an owner and its part.
const HOLLOW: &str = "args arguments attributes config configuration content contents data details fields info items object \
     options parameters params payload properties props settings spec value values";

/// `acmeDNS` → acme DNS, `HTTPRoute2` → HTTP Route2, `pull_request` → pull request; digits stay with their word.
pub fn words(text: &str) -> Words {
    let text = text.replace(['\'', '\u{2019}'], "");
    let spelled = spelled_out(&text);
    let parts = spelled.split(|c: char| !c.is_alphanumeric());
    parts.flat_map(of_part).collect()
}

/// The words of letters and digits.
fn of_part(part: &str) -> Words {
    let letters: Vec<char> = part.chars().collect();
    let (mut words, mut start) = (Vec::new(), 0);
    for at in 1..letters.len() {
        if begins(&letters, start, at) {
            words.push(letters[start..at].iter().collect());
            start = at;
        }
    }
    if start < letters.len() {
        words.push(letters[start..].iter().collect());
    }
    words
}

/// Whether a word ends and another begins at a letter.
fn begins(letters: &[char], start: usize, at: usize) -> bool {
    let (last, this) = (letters[at - 1], letters[at]);
    if this.is_ascii_digit() {
        return false;
    }
    if last.is_ascii_digit() {
        return true;
    }
    if this.is_uppercase() {
        // Within capitals a word begins with the last of them, where small letters follow: but for `URLs`.
        let next = letters.get(at + 1);
        let ends = next.is_none_or(|next| !next.is_lowercase());
        let is_plural = next == Some(&'s') && letters.get(at + 2).is_none_or(|after| !after.is_lowercase());
        return !last.is_uppercase() || !(ends || is_plural && at > start);
    }
    // A small letter behind capitals belongs to the last of them, which began a word.
    false
}

/// The name of a type of these words.
pub fn pascal<W: AsRef<str>>(words: &[W]) -> String {
    let mut name = String::new();
    for word in words {
        let word = word.as_ref();
        let begins_with_digit = word.starts_with(|c: char| c.is_ascii_digit());
        if begins_with_digit && name.ends_with(|c: char| c.is_ascii_digit()) {
            name.push('_');
        }
        let mut letters = word.chars();
        name.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        name.extend(letters.flat_map(char::to_lowercase));
    }
    // What cannot be small or capital may still not be what heck, and so Rust's lint, takes for one.
    debug_assert!(name.is_empty() || !name.to_upper_camel_case().is_empty());
    name
}

/// Whether two lists are the same words.
pub fn same(one: &[String], other: &[String]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same_word(one, other))
}

/// Whether two words are the same but for capitals.
pub fn same_word(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// How many words some lists have in common at their ends, at most `most`.
pub fn common_tail(all: &[&[String]], most: usize) -> usize {
    let Some((first, others)) = all.split_first() else { return 0 };
    let word =
        |list: &[String], back: usize| list.len().checked_sub(back + 1).map(|at| list[at].to_lowercase());
    let is_common = |back: &usize| {
        let wanted = word(first, *back);
        wanted.is_some() && others.iter().all(|other| word(other, *back) == wanted)
    };
    (0..most).take_while(is_common).count()
}

/// Whether it is a word that says nothing without its owner.
pub fn is_generic(words: &[String]) -> bool {
    matches!(words, [only] if only.chars().count() == 1 || is_among(only, GENERIC))
}

/// Whether it is a word that says nothing of what stands inside.
pub fn is_hollow(words: &[String]) -> bool {
    matches!(words, [only] if is_among(only, HOLLOW))
}

fn is_among(word: &str, list: &str) -> bool {
    let word = word.to_lowercase();
    list.split_whitespace().any(|known| known == word)
}

/// The owner in front, words that both have only once: `NodeSelector` and `SelectorTerm` → `NodeSelectorTerm`.
pub fn join(owner: &[String], own: &[String]) -> Words {
    let shared = (1..own.len())
        .rev()
        .find(|count| *count <= owner.len() && same(&owner[owner.len() - count..], &own[..*count]));
    owner.iter().chain(&own[shared.unwrap_or(0)..]).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::{Words, common_tail, is_generic, join, pascal, words};

    fn split(text: &str) -> Words {
        text.split(' ').filter(|word| !word.is_empty()).map(ToOwned::to_owned).collect()
    }

    #[test]
    fn words_are_told_apart() {
        let cases = [
            ("acmeDNS", "acme DNS", "AcmeDns"),
            ("HTTPRoute2", "HTTP Route2", "HttpRoute2"),
            ("pull_request", "pull request", "PullRequest"),
            ("JSONRPCRequest", "JSONRPC Request", "JsonrpcRequest"),
            ("sourceURLs", "source URLs", "SourceUrls"),
            ("IDs", "IDs", "Ids"),
            ("1.0", "1 0", "1_0"),
            ("v1beta2", "v1 beta2", "V1Beta2"),
            ("don't", "dont", "Dont"),
            ("x-kubernetes", "x kubernetes", "XKubernetes"),
            ("dns01Solver", "dns01 Solver", "Dns01Solver"),
            ("naïveÉté", "naïve Été", "NaïveÉté"),
            ("aB", "a B", "AB"),
            ("名前", "名前", "名前"),
            ("", "", ""),
            ("$ref", "ref", "Ref"),
            ("<=", "less equal", "LessEqual"),
        ];
        for (text, expected, name) in cases {
            assert_eq!(words(text), split(expected), "{text:?}");
            assert_eq!(pascal(&words(text)), name, "{text:?}");
        }
    }

    #[test]
    fn an_owner_in_front_repeats_nothing() {
        let cases = [
            ("Node Selector", "Selector Term", "Node Selector Term"),
            ("Job", "Strategy", "Job Strategy"),
            ("Network", "Network", "Network Network"),
            ("A b c", "B C d", "A b c d"),
        ];
        for (owner, own, expected) in cases {
            assert_eq!(join(&split(owner), &split(own)), split(expected));
        }
    }

    #[test]
    fn what_lists_end_in_is_found() {
        let lists = [split("account Secret Ref"), split("token secret Ref"), split("Ref")];
        let all: Vec<_> = lists.iter().map(Vec::as_slice).collect();
        assert_eq!(common_tail(&all, 9), 1);
        assert_eq!(common_tail(&all[..2], 9), 2);
        assert_eq!(common_tail(&all[..1], 2), 2);
    }

    #[test]
    fn words_that_say_nothing_alone_are_known() {
        for (text, expected) in
            [("type", true), ("x", true), ("on", false), ("job", false), ("job type", false)]
        {
            assert_eq!(is_generic(&split(text)), expected, "{text}");
        }
    }
}
