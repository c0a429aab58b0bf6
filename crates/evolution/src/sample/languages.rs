//! The languages that strings were asked of.

use std::collections::HashMap;

use fastrand::Rng;

use crate::language::Language;

/// How many are kept.
const MOST: usize = 200;

type Key = (Vec<String>, Vec<String>, (usize, usize));

/// Languages by their patterns, those to match and those to fail, and lengths.
#[derive(Default)]
pub struct Languages {
    known: HashMap<Key, Option<Language>>,
}

impl Languages {
    /// A string of the language, of about so many characters; `None` where none is found.
    pub fn walk(
        &mut self,
        matching: &[String],
        failing: &[String],
        (least, most): (usize, usize),
        random: &mut Rng,
        wanted: usize,
    ) -> Option<String> {
        let mut key = (matching.to_vec(), failing.to_vec(), (least, most));
        for patterns in [&mut key.0, &mut key.1] {
            patterns.sort();
            patterns.dedup();
        }
        if !self.known.contains_key(&key) {
            if self.known.len() >= MOST {
                return None;
            }
            let [matching, failing] =
                [&key.0, &key.1].map(|patterns| patterns.iter().map(String::as_str).collect::<Vec<_>>());
            let language = Language::new(&matching, &failing, least, most);
            self.known.insert(key.clone(), language);
        }
        let language = self.known.get(&key)?.as_ref()?;
        language.walk(random, wanted).or_else(|| language.shortest())
    }
}
