//! An instance, as a flat list of words that point into its text.
//!
//! A tree of values copies every string and allocates for every object; that is most of what parsing
//! costs. The tape copies nothing: a scalar is one word, a container two. Since every word says where its
//! value stands in the text, places are there when an error needs them, and cost nothing until then.

use std::collections::HashMap;
use std::ops::Range;

use super::parse::Unfinished;

/// What kind of value a word stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Null,
    False,
    True,
    Number,
    String,
    Array,
    Object,
}

/// The first word of a value: its kind, where it starts in the text, how long its token is, and a mark.
///
/// The mark says of a string that it has escapes, and of a number that it has a fraction or an exponent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word(u64);

const START: u64 = 0xFFFF_FFFF;
const LENGTH_SHIFT: u32 = 32;
/// The longest token whose length a word holds. A longer one says this, and is measured anew.
pub const LONGEST: usize = (1 << 28) - 1;
const KIND_SHIFT: u32 = 60;
const MARK: u64 = 1 << 63;

impl Word {
    /// A word for a token at `range`.
    pub fn new(kind: Kind, range: &Range<usize>, marked: bool) -> Self {
        let length = range.len().min(LONGEST) as u64;
        let mark = if marked { MARK } else { 0 };
        Self(range.start as u64 & START | length << LENGTH_SHIFT | (kind as u64) << KIND_SHIFT | mark)
    }

    /// What it stands for.
    pub fn kind(self) -> Kind {
        match self.0 >> KIND_SHIFT & 7 {
            0 => Kind::Null,
            1 => Kind::False,
            2 => Kind::True,
            3 => Kind::Number,
            4 => Kind::String,
            5 => Kind::Array,
            _ => Kind::Object,
        }
    }

    /// The first byte of the token. That of a string is the one after its quote.
    pub fn start(self) -> usize {
        usize::try_from(self.0 & START).unwrap_or(usize::MAX)
    }

    /// How many bytes the token has; that of a string is without its quotes. At least [`LONGEST`] if
    /// that is what it says.
    pub fn length(self) -> usize {
        usize::try_from(self.0 >> LENGTH_SHIFT).unwrap_or_default() & LONGEST
    }

    /// Whether it is marked.
    pub fn is_marked(self) -> bool {
        self.0 & MARK != 0
    }
}

/// The second word of a container: how many members or elements it has, and the index of the word after
/// all of them.
fn contents(count: usize, after: usize) -> Word {
    Word(count as u64 & START | (after as u64) << 32)
}

/// The words of one instance, in the order of its text.
#[derive(Debug, Default)]
pub struct Tape {
    words: Vec<Word>,
    /// The keys of objects with many members, in order; by the index of the object.
    sorted: HashMap<u32, Vec<u32>>,
    /// The memory of the parser.
    pub(super) unfinished: Unfinished,
}

impl Tape {
    /// Forgets an instance and keeps its memory.
    pub fn clear(&mut self) {
        self.words.clear();
        self.sorted.clear();
    }

    /// The word at an index. There is one for every index that the tape itself gives.
    pub fn word(&self, index: usize) -> Word {
        self.words.get(index).copied().unwrap_or(Word(0))
    }

    /// The index of the word that comes next; as many words there are.
    pub fn end(&self) -> usize {
        self.words.len()
    }

    /// Adds a scalar or a key.
    pub fn push(&mut self, word: Word) {
        self.words.push(word);
    }

    /// Adds a container whose contents are to follow; gives its index.
    pub fn open(&mut self, kind: Kind, start: usize) -> usize {
        let index = self.words.len();
        self.words.push(Word::new(kind, &(start..start + 1), false));
        self.words.push(Word(0));
        index
    }

    /// Says that the contents of the container at `index` are complete.
    pub fn close(&mut self, index: usize, count: usize) {
        let after = self.words.len();
        if let Some(word) = self.words.get_mut(index + 1) {
            *word = contents(count, after);
        }
    }

    /// How many members or elements the container at `index` has.
    pub fn count(&self, index: usize) -> usize {
        self.word(index + 1).start()
    }

    /// The index of what follows the value at `index`.
    pub fn after(&self, index: usize) -> usize {
        match self.word(index).kind() {
            Kind::Array | Kind::Object => usize::try_from(self.word(index + 1).0 >> 32).unwrap_or(usize::MAX),
            _ => index + 1,
        }
    }

    /// The indices of the keys of an object, sorted, if it has many.
    pub fn sorted(&self, object: usize) -> Option<&[u32]> {
        if self.sorted.is_empty() {
            return None;
        }
        self.sorted.get(&u32::try_from(object).ok()?).map(Vec::as_slice)
    }

    /// Keeps the indices of the keys of an object, sorted.
    pub fn keep_sorted(&mut self, object: usize, keys: Vec<u32>) {
        if let Ok(object) = u32::try_from(object) {
            self.sorted.insert(object, keys);
        }
    }

    /// The address of a word, which tells one value from another while the tape lives.
    pub fn address(&self, index: usize) -> usize {
        self.words.get(index).map_or(0, |word| std::ptr::from_ref(word).addr())
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, LONGEST, Tape, Word};

    #[test]
    fn a_word_gives_back_what_it_was_made_of() {
        for (start, length) in [(0, 0), (7, 12), (u32::MAX as usize, LONGEST)] {
            for kind in [Kind::Null, Kind::True, Kind::Number, Kind::String, Kind::Array, Kind::Object] {
                let word = Word::new(kind, &(start..start + length), length == 12);
                assert_eq!((word.kind(), word.start(), word.length()), (kind, start, length));
                assert_eq!(word.is_marked(), length == 12);
            }
        }
    }

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
