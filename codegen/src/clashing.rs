//! Names of what would be called alike. What tells the texts apart decides who gives way, and never their order: what is
//! written as it is called keeps the name.

use std::collections::BTreeMap;

use crate::names::{Names, field_word, is_keyword, punctuation, value_ident};

/// What names are of, and so how they are written.
#[derive(Clone, Copy)]
struct Style {
    /// What a text is called alone.
    called: fn(&str) -> String,
    /// Whether a text gives way to others by its capitals, and the word that says so.
    case: (fn(&str) -> bool, &'static str),
}

const FIELD: Style = Style { called: field_word, case: (begins_upper, "upper ") };
const VARIANT: Style = Style { called: value_ident, case: (is_lower, "lower ") };

/// What the fields of properties are called, none as one of `taken`: `gender` and `_gender` are `gender` and
/// `underscore_gender`.
pub fn field_idents(properties: &[&str], taken: &mut Names) -> Vec<String> {
    let words = told_apart(properties, FIELD, taken);
    words.into_iter().map(|word| if is_keyword(&word) { format!("r#{word}") } else { word }).collect()
}

/// What the variants of strings are called: `Z` and `z` are `Z` and `LowerZ`.
pub fn variant_idents(values: &[&str]) -> Vec<String> {
    told_apart(values, VARIANT, &mut Names::default())
}

fn told_apart(texts: &[&str], style: Style, taken: &mut Names) -> Vec<String> {
    let mut names: Vec<_> = texts.iter().map(|text| (style.called)(text)).collect();
    let mut alike: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, name) in names.iter().enumerate() {
        alike.entry(name.clone()).or_default().push(index);
    }
    let mut gave_way = vec![false; texts.len()];
    for mut who in alike.into_values().filter(|who| who.len() > 1) {
        let mut rename = |index: usize, name: String| {
            names[index] = name;
            gave_way[index] = true;
        };
        who.retain(|index| {
            let full = (style.called)(&in_full(texts[*index]));
            let is_plain = full == (style.called)(texts[*index]);
            if !is_plain {
                rename(*index, full);
            }
            is_plain
        });
        let (is_odd, word) = style.case;
        if who.iter().any(|index| !is_odd(texts[*index])) {
            for index in who.into_iter().filter(|index| is_odd(texts[*index])) {
                rename(index, (style.called)(&format!("{word}{}", texts[index])));
            }
        }
    }
    // Numbers go by the texts, and not to what is written as it is called.
    let mut order: Vec<_> = (0..texts.len()).collect();
    order.sort_by_key(|index| (gave_way[*index], names[*index] != texts[*index], texts[*index]));
    for index in order {
        names[index] = taken.take(&names[index]);
    }
    names
}

fn begins_upper(text: &str) -> bool {
    text.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)
}

fn is_lower(text: &str) -> bool {
    text.chars().any(char::is_lowercase) && !text.chars().any(char::is_uppercase)
}

/// A text with all that is no letter or digit spelled out, but for what only parts two words: `-a` → `minus a`.
fn in_full(text: &str) -> String {
    const PARTS: &str = "-_./: ";
    let letters: Vec<char> = text.chars().collect();
    let is_word = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|c| c.is_alphanumeric());
    let mut full = String::new();
    for (at, c) in letters.iter().enumerate() {
        let parts_words = PARTS.contains(*c) && is_word(at.checked_sub(1)) && is_word(Some(at + 1));
        if c.is_alphanumeric() || unicode_ident::is_xid_continue(*c) && *c != '_' || parts_words {
            full.push(*c);
        } else {
            full.extend([" ", punctuation(*c), " "]);
        }
    }
    full
}

#[cfg(test)]
mod tests {
    use super::{field_idents, variant_idents};
    use crate::names::Names;

    /// The names of texts in this order, and in the other.
    fn both_ways(texts: &[&str], called: &dyn Fn(&[&str]) -> Vec<String>) -> Vec<String> {
        let reversed: Vec<_> = texts.iter().rev().copied().collect();
        let names = called(texts);
        assert_eq!(names, called(&reversed).into_iter().rev().collect::<Vec<_>>(), "{texts:?}");
        names
    }

    #[test]
    fn a_field_is_called_by_what_its_property_is_and_not_by_the_order_of_them() {
        let cases: [(&[&str], &[&str]); 9] = [
            (&["gender", "_gender"], &["gender", "underscore_gender"]),
            (&["value", "Value"], &["value", "upper_value"]),
            (&["use", "_use"], &["r#use", "underscore_use"]),
            (&["$type", "@type", "type"], &["dollar_type", "at_type", "r#type"]),
            (&["foo-bar", "fooBar", "foo_bar"], &["foo_bar2", "foo_bar3", "foo_bar"]),
            (&["_a", "a", "underscore_a"], &["underscore_a2", "a", "underscore_a"]),
            (&["Use", "USE"], &["use2", "r#use"]),
            (&["-", "minus"], &["minus2", "minus"]),
            (&["self", "_self"], &["self_", "underscore_self"]),
        ];
        let called = |texts: &[&str]| field_idents(texts, &mut Names::default());
        for (texts, expected) in cases {
            assert_eq!(both_ways(texts, &called), expected, "{texts:?}");
        }
        let mut taken = Names::default();
        taken.take("kind");
        assert_eq!(field_idents(&["kind"], &mut taken), ["kind2"]);
    }

    #[test]
    fn a_variant_is_called_by_what_its_value_is_and_not_by_the_order_of_them() {
        let cases: [(&[&str], &[&str]); 8] = [
            (&["Z", "z"], &["Z", "LowerZ"]),
            (&["-Infinity", "Infinity"], &["MinusInfinity", "Infinity"]),
            (&["in-progress", "in progress"], &["InProgress2", "InProgress"]),
            (&["GPL-2.0+", "GPL-2.0"], &["Gpl2_0Plus", "Gpl2_0"]),
            (&["name", "-name"], &["Name", "MinusName"]),
            (&["€", "£"], &["Euro", "Pound"]),
            (&["v1.1", "v11"], &["V1_1", "V11"]),
            (&["<1", ">1"], &["Less1", "Greater1"]),
        ];
        for (texts, expected) in cases {
            assert_eq!(both_ways(texts, &variant_idents), expected, "{texts:?}");
        }
    }
}
