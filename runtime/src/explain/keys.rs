use std::borrow::Cow;

use super::fault::{Fault, Rule};
use super::string::unescaped;
use super::tape::{Tape, Word};

/// How many members an object may have before its keys are sorted.
const FEW: usize = 16;

/// The keys of the objects that are not complete, the innermost last.
#[derive(Default)]
pub struct Keys {
    /// Each with its index on the tape.
    keys: Vec<(Word, usize)>,
}

impl Keys {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Adds a key.
    pub fn push(&mut self, word: Word, index: usize) {
        self.keys.push((word, index));
    }

    /// Forgets the keys from `first` on, which are those of a complete object.
    ///
    /// # Errors
    ///
    /// If one of them comes twice.
    pub fn close(&mut self, text: &str, first: usize, object: usize, tape: &mut Tape) -> Result<(), Fault> {
        let keys = self.keys.get(first..).unwrap_or_default();
        if keys.len() <= FEW {
            no_two_of_few(text, keys)?;
        } else {
            let sorted = no_two_of_many(text, keys)?;
            tape.keep_sorted(object, sorted);
        }
        self.keys.truncate(first);
        Ok(())
    }
}

fn no_two_of_few(text: &str, keys: &[(Word, usize)]) -> Result<(), Fault> {
    let has_escapes = keys.iter().any(|(word, _)| word.is_marked());
    for (index, (second, _)) in keys.iter().enumerate() {
        for (first, _) in &keys[..index] {
            if (has_escapes || first.length() == second.length())
                && unescaped(text, *first) == unescaped(text, *second)
            {
                return Err(duplicate(text, *first, *second));
            }
        }
    }
    Ok(())
}

fn no_two_of_many(text: &str, keys: &[(Word, usize)]) -> Result<Vec<u32>, Fault> {
    let mut sorted: Vec<(Cow<str>, Word, usize)> =
        keys.iter().map(|(word, index)| (unescaped(text, *word), *word, *index)).collect();
    // By their places as well, so that of two that are the same the first comes first.
    sorted.sort_unstable_by(|a, b| (&a.0, a.2).cmp(&(&b.0, b.2)));
    let same = sorted.windows(2).filter(|two| two[0].0 == two[1].0).min_by_key(|two| two[1].2);
    match same {
        Some(two) => Err(duplicate(text, two[0].1, two[1].1)),
        None => Ok(sorted.iter().map(|(_, _, index)| u32::try_from(*index).unwrap_or(u32::MAX)).collect()),
    }
}

#[cold]
fn duplicate(text: &str, first: Word, second: Word) -> Fault {
    let quoted = |word: Word| {
        let raw = super::string::raw(text, word);
        word.start() - 1..word.start() + raw.len() + 1
    };
    let message = format!("the key `{}` comes twice", unescaped(text, second));
    Fault { first: Some(quoted(first)), ..Fault::new(Rule::DuplicateKey, quoted(second), message) }
}
