//! What is said of types by their names.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// Words for types: for all of them, a list; or for those of some names, a table by pattern, in which `*` stands for anything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ByName(BTreeMap<String, Vec<String>>);

impl ByName {
    /// Says a word of the types whose names are of a pattern.
    pub fn say(&mut self, pattern: impl Into<String>, word: impl Into<String>) {
        self.0.entry(pattern.into()).or_default().push(word.into());
    }

    /// What is said of a type, each word once.
    pub(crate) fn of<'a>(&'a self, name: &str) -> Vec<&'a str> {
        let mut said = Vec::new();
        for word in self.0.iter().filter(|(pattern, _)| is_of(pattern, name)).flat_map(|(_, words)| words) {
            if !said.contains(&word.as_str()) {
                said.push(word);
            }
        }
        said
    }

    /// All that is said, with the pattern.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().flat_map(|(pattern, words)| words.iter().map(|word| (pattern.as_str(), word.as_str())))
    }
}

/// Whether a name is of a pattern.
pub fn is_of(pattern: &str, name: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == name };
    let Some(mut name) = name.strip_prefix(start) else { return false };
    let mut parts: Vec<_> = rest.split('*').collect();
    let end = parts.pop().unwrap_or_default();
    for part in parts {
        let Some(found) = name.find(part) else { return false };
        name = &name[found + part.len()..];
    }
    name.ends_with(end)
}

impl<'de> Deserialize<'de> for ByName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Written)
    }
}

/// Takes a list, or a table of lists.
struct Written;

impl<'de> Visitor<'de> for Written {
    type Value = ByName;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a list, or a table of lists by patterns of the names of types")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, seq: S) -> Result<ByName, S::Error> {
        let words = Vec::deserialize(SeqAccessDeserializer::new(seq))?;
        Ok(ByName(BTreeMap::from([("*".to_owned(), words)])))
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<ByName, M::Error> {
        BTreeMap::deserialize(MapAccessDeserializer::new(map)).map(ByName)
    }
}

#[cfg(test)]
mod tests {
    use super::is_of;

    #[test]
    fn a_star_stands_for_anything() {
        for (pattern, name, expected) in [
            ("*", "Order", true),
            ("Order", "Order", true),
            ("Order", "OrderLine", false),
            ("Order*", "OrderLine", true),
            ("*Line", "OrderLine", true),
            ("*Line", "OrderLines", false),
            ("O*L*e", "OrderLine", true),
            ("O*x*e", "OrderLine", false),
            ("Order*Line", "OrderLine", true),
            ("OrderL*Line", "OrderLine", false),
        ] {
            assert_eq!(is_of(pattern, name), expected, "{pattern} of {name}");
        }
    }
}
