//! One of several: English nouns in the singular. A port of a library's rules would have that library's faults, and a
//! dependency's list must not change what is checked in.

use super::words::Words;

/// Plurals that no rule makes.
const IRREGULAR: &str = "children child people person men man women woman mice mouse teeth tooth feet foot geese goose indices \
     index indexes index vertices vertex matrices matrix axes axis analyses analysis criteria criterion phenomena phenomenon \
     statuses status aliases alias buses bus canvases canvas viruses virus biases bias lenses lens gases gas campuses campus \
     bonuses bonus caches cache movies movie cookies cookie ties tie dies die pies pie zombies zombie calories calorie menus \
     menu gpus gpu cpus cpu tpus tpu vcpus vcpu skus sku pdus pdu parentheses parenthesis theses thesis hypotheses hypothesis \
     leaves leaf halves half shelves shelf wolves wolf knives knife lives life wives wife selves self heroes hero potatoes \
     potato tomatoes tomato echoes echo quizzes quiz axises axis";

/// Words that are singular already, or have none.
const STAYS: &str = "address access alias analysis as atlas axis basis bias bus business canvas chaos class compass consensus \
     corpus cors css dns data dns01 express focus gas gps grass has html https ios iris is js kubernetes lens less loss mass \
     media mesos metadata news os pass plus postgres press process progress redis sas sass tennis travis trellis series \
     species ss status success sudoers this tls tos virus aws tfs vcs ops devops gitops kvs sts";

/// Short words that are plurals nevertheless.
const SHORT: [&str; 3] = ["ids", "ips", "env"];

/// A noun in the singular; a word that no rule knows stays as it is.
pub fn singular(word: &str) -> String {
    let low = word.to_lowercase();
    let mut irregular = IRREGULAR.split_whitespace();
    while let (Some(plural), Some(one)) = (irregular.next(), irregular.next()) {
        if plural == low {
            return cased_as(word, one);
        }
    }
    let is_short = low.len() < 4 && !SHORT.contains(&low.as_str());
    let stays = STAYS.split_whitespace().any(|known| known == low);
    if stays || is_short || !low.ends_with('s') || !low.is_ascii() {
        return word.to_owned();
    }
    let less = |count: usize| word[..word.len() - count].to_owned();
    let ends = |tails: &[&str]| tails.iter().any(|tail| low.ends_with(tail));
    let is_acronym = word.len() > 2 && word.ends_with('s') && less(1).chars().all(char::is_uppercase);
    if is_acronym {
        less(1)
    } else if ends(&["ies"]) {
        less(3) + "y"
    } else if ends(&["sses", "shes", "xes", "zzes"]) || (ends(&["ches"]) && !ends(&["aches"])) {
        less(2)
    } else if ends(&["ss", "us", "sis", "xis"]) {
        word.to_owned()
    } else {
        less(1)
    }
}

fn cased_as(word: &str, one: &str) -> String {
    let mut letters = one.chars();
    match letters.next() {
        Some(first) if word.starts_with(char::is_uppercase) => first.to_uppercase().chain(letters).collect(),
        _ => one.to_owned(),
    }
}

/// A noun in the plural.
pub fn plural(word: &str) -> String {
    let mut letters = word.chars().rev();
    let (last, before) = (letters.next(), letters.next());
    let is_vowel = |letter: Option<char>| letter.is_some_and(|letter| "aeiou".contains(letter));
    if last == Some('s') && singular(word) != word {
        word.to_owned()
    } else if last == Some('y') && before.is_some() && !is_vowel(before) {
        word[..word.len() - 1].to_owned() + "ies"
    } else if ["s", "x", "z", "ch", "sh"].iter().any(|tail| word.ends_with(tail)) {
        word.to_owned() + "es"
    } else {
        word.to_owned() + "s"
    }
}

/// Words with the last in the singular.
pub fn one(words: &[String]) -> Words {
    changed(words, singular)
}

/// Words with the last in the plural.
pub fn several(words: &[String]) -> Words {
    changed(words, plural)
}

fn changed(words: &[String], last_word: fn(&str) -> String) -> Words {
    let mut words = words.to_vec();
    if let Some(last) = words.last_mut() {
        *last = last_word(last);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{plural, singular};

    #[test]
    fn nouns_are_put_in_the_singular() {
        let cases = [
            ("jobs", "job"),
            ("wheels", "wheel"),
            ("policies", "policy"),
            ("addresses", "address"),
            ("branches", "branch"),
            ("caches", "cache"),
            ("boxes", "box"),
            ("cases", "case"),
            ("archives", "archive"),
            ("databases", "database"),
            ("status", "status"),
            ("statuses", "status"),
            ("access", "access"),
            ("analysis", "analysis"),
            ("apis", "api"),
            ("uris", "uri"),
            ("URLs", "URL"),
            ("ids", "id"),
            ("kubernetes", "kubernetes"),
            ("data", "data"),
            ("metadata", "metadata"),
            ("children", "child"),
            ("Indices", "Index"),
            ("series", "series"),
            ("cookies", "cookie"),
            ("topics", "topic"),
            ("as", "as"),
            ("job", "job"),
            ("naïves", "naïves"),
            ("s", "s"),
            ("", ""),
        ];
        for (word, expected) in cases {
            assert_eq!(singular(word), expected, "{word}");
        }
    }

    #[test]
    fn nouns_are_put_in_the_plural() {
        let cases = [
            ("String", "Strings"),
            ("policy", "policies"),
            ("key", "keys"),
            ("box", "boxes"),
            ("jobs", "jobs"),
            ("y", "ys"),
        ];
        for (word, expected) in cases {
            assert_eq!(plural(word), expected, "{word}");
        }
    }
}
