use std::ops::Range;

/// What kind of value a word stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `false`
    False,
    /// `true`
    True,
    /// A number.
    Number,
    /// A string.
    String,
    /// An array, of elements.
    Array,
    /// An object, of members.
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
    #[inline]
    pub(crate) fn new(kind: Kind, range: &Range<usize>, marked: bool) -> Self {
        let length = range.len().min(LONGEST) as u64;
        let mark = if marked { MARK } else { 0 };
        Self(range.start as u64 & START | length << LENGTH_SHIFT | (kind as u64) << KIND_SHIFT | mark)
    }

    /// What it stands for.
    #[inline]
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
    #[inline]
    pub fn start(self) -> usize {
        usize::try_from(self.0 & START).unwrap_or(usize::MAX)
    }

    /// How many bytes the token has; that of a string is without its quotes. At least `LONGEST` if
    /// that is what it says.
    #[inline]
    pub fn length(self) -> usize {
        usize::try_from(self.0 >> LENGTH_SHIFT).unwrap_or_default() & LONGEST
    }

    /// Whether it is marked.
    #[inline]
    pub fn is_marked(self) -> bool {
        self.0 & MARK != 0
    }

    /// What is not there.
    pub(crate) const NONE: Self = Self(0);

    /// The second word of a container: how many members or elements it has, and the index of the word after all of them.
    pub(crate) fn of_contents(count: usize, after: usize) -> Self {
        Self(count as u64 & START | (after as u64) << 32)
    }

    /// Of the second word of a container: how many members or elements it has.
    #[inline]
    pub fn count(self) -> usize {
        self.start()
    }

    /// Of the second word of a container: the index of the word after all of them.
    #[inline]
    pub fn after(self) -> usize {
        usize::try_from(self.0 >> 32).unwrap_or(usize::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, LONGEST, Word};

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
}
