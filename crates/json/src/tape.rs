//! An instance, as a flat list of words that point into its text.
//!
//! A tree of values copies every string and allocates for every object; that is most of what parsing
//! costs. The tape copies nothing: a scalar is one word, a container two. Since every word says where its
//! value stands in the text, places are there when an error needs them, and cost nothing until then.

use std::collections::HashMap;

use crate::unfinished::Unfinished;
use crate::word::{Kind, Word};

/// The words of one instance, in the order of its text.
#[derive(Debug, Default)]
pub struct Tape {
    words: Vec<Word>,
    /// The keys of objects with many members, in order; by the index of the object.
    sorted: HashMap<u32, Vec<u32>>,
    /// The memory of the parser.
    pub(crate) unfinished: Unfinished,
}

impl Tape {
    /// Forgets an instance and keeps its memory.
    pub fn clear(&mut self) {
        self.words.clear();
        self.sorted.clear();
    }

    /// Holds nothing but the string that a text is, without quotes or escapes.
    pub fn hold(&mut self, string: &str) {
        self.clear();
        self.push(Word::new(Kind::String, &(0..string.len()), false));
    }

    /// The word at an index. There is one for every index that the tape itself gives.
    #[inline]
    pub fn word(&self, index: usize) -> Word {
        self.words.get(index).copied().unwrap_or(Word::NONE)
    }

    /// The index of the word that comes next; as many words there are.
    #[inline]
    pub fn end(&self) -> usize {
        self.words.len()
    }

    /// Adds a scalar or a key.
    pub(crate) fn push(&mut self, word: Word) {
        self.words.push(word);
    }

    /// Adds a container whose contents are to follow; gives its index.
    pub(crate) fn open(&mut self, kind: Kind, start: usize) -> usize {
        let index = self.words.len();
        self.words.push(Word::new(kind, &(start..start + 1), false));
        self.words.push(Word::NONE);
        index
    }

    /// Says that the contents of the container at `index` are complete.
    pub(crate) fn close(&mut self, index: usize, count: usize) {
        let after = self.words.len();
        if let Some(word) = self.words.get_mut(index + 1) {
            *word = Word::of_contents(count, after);
        }
    }

    /// How many members or elements the container at `index` has.
    #[inline]
    pub fn count(&self, index: usize) -> usize {
        self.word(index + 1).count()
    }

    /// The index of what follows the value at `index`.
    #[inline]
    pub fn after(&self, index: usize) -> usize {
        match self.word(index).kind() {
            Kind::Array | Kind::Object => self.word(index + 1).after(),
            _ => index + 1,
        }
    }

    /// The indices of the keys of an object, sorted, if it has many.
    #[inline]
    pub fn sorted(&self, object: usize) -> Option<&[u32]> {
        if self.sorted.is_empty() {
            return None;
        }
        self.sorted.get(&u32::try_from(object).ok()?).map(Vec::as_slice)
    }

    /// Keeps the indices of the keys of an object, sorted.
    pub(crate) fn keep_sorted(&mut self, object: usize, keys: Vec<u32>) {
        if let Ok(object) = u32::try_from(object) {
            self.sorted.insert(object, keys);
        }
    }

    /// The address of a word, which tells one value from another while the tape lives.
    #[inline]
    pub fn address(&self, index: usize) -> usize {
        self.words.get(index).map_or(0, |word| std::ptr::from_ref(word).addr())
    }
}

#[cfg(test)]
mod tests {
    use super::Tape;
    use crate::word::{Kind, Word};

    #[test]
    fn a_container_knows_what_follows_it() {
        let mut tape = Tape::default();
        let list = tape.open(Kind::Array, 0);
        tape.push(Word::new(Kind::Null, &(1..5), false));
        tape.close(list, 1);
        tape.push(Word::new(Kind::True, &(9..13), false));
        assert_eq!((tape.count(list), tape.after(list)), (1, 3));
    }
}
