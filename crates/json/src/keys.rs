use std::borrow::Cow;

use crate::fault::{Fault, Rule};
use crate::string::{raw, unescaped};
use crate::word::Word;

/// How many members an object may have before its keys are sorted.
const FEW: usize = 16;
/// For how many keys there is memory from one instance to the next.
const KEPT: usize = 1 << 12;

/// The keys of the objects that are not complete, the innermost last.
#[derive(Debug, Default)]
pub struct Keys {
    /// Each with its index on the tape.
    keys: Vec<(Word, usize)>,
}

impl Keys {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Forgets all, and keeps no more memory than most instances need.
    pub fn clear(&mut self) {
        self.keys.clear();
        self.keys.shrink_to(KEPT);
    }

    /// Adds a key.
    pub fn push(&mut self, word: Word, index: usize) {
        self.keys.push((word, index));
    }

    /// Forgets the keys from `first` on, which are those of a complete object. Those that come twice are
    /// added to `faults`. If there are many, gives their indices, sorted.
    pub fn close(&mut self, text: &str, first: usize, faults: &mut Vec<Fault>) -> Option<Vec<u32>> {
        let keys = self.keys.get(first..).unwrap_or_default();
        let sorted = if keys.len() <= FEW {
            twice_among_few(text, keys, faults);
            None
        } else {
            Some(twice_among_many(text, keys, faults))
        };
        self.keys.truncate(first);
        sorted
    }
}

fn twice_among_few(text: &str, keys: &[(Word, usize)], faults: &mut Vec<Fault>) {
    let has_escapes = keys.iter().any(|(word, _)| word.is_marked());
    for (index, (second, _)) in keys.iter().enumerate() {
        for (first, _) in &keys[..index] {
            let is_same = if has_escapes {
                unescaped(text, *first) == unescaped(text, *second)
            } else {
                first.length() == second.length() && raw(text, *first) == raw(text, *second)
            };
            if is_same {
                faults.push(duplicate(text, *first, *second));
                break;
            }
        }
    }
}

/// Gives the indices of the keys, sorted.
fn twice_among_many(text: &str, keys: &[(Word, usize)], faults: &mut Vec<Fault>) -> Vec<u32> {
    let mut sorted: Vec<(Cow<str>, Word, usize)> =
        keys.iter().map(|(word, index)| (unescaped(text, *word), *word, *index)).collect();
    // By their places as well, so that of two that are the same the first comes first.
    sorted.sort_unstable_by(|a, b| (&a.0, a.2).cmp(&(&b.0, b.2)));
    for same in sorted.chunk_by(|a, b| a.0 == b.0) {
        faults.extend(same.iter().skip(1).map(|second| duplicate(text, same[0].1, second.1)));
    }
    sorted.iter().map(|(_, _, index)| u32::try_from(*index).unwrap_or(u32::MAX)).collect()
}

#[cold]
fn duplicate(text: &str, first: Word, second: Word) -> Fault {
    let quoted = |word: Word| {
        let raw = raw(text, word);
        word.start() - 1..word.start() + raw.len() + 1
    };
    let message = format!("the key `{}` comes twice", unescaped(text, second));
    Fault { first: Some(quoted(first)), ..Fault::new(Rule::DuplicateKey, quoted(second), message) }
}
