//! Places in a text as browsers count: in units of UTF-16.

use std::ops::Range;

/// After how many bytes the units are counted anew.
const STEP: usize = 1024;

/// The units before each part of a text, so that a place is found in bounded work wherever it is.
#[derive(Debug)]
pub struct Utf16<'t> {
    text: &'t str,
    /// For each step, the byte where a character begins at or after it, and the units before that.
    before: Vec<(usize, usize)>,
}

impl<'t> Utf16<'t> {
    /// For a text.
    pub fn new(text: &'t str) -> Self {
        let mut before = vec![(0, 0)];
        let mut units = 0;
        for (at, c) in text.char_indices() {
            if at >= before.len() * STEP {
                before.push((at, units));
            }
            units += c.len_utf16();
        }
        Self { text, before }
    }

    /// How many units there are before a byte of the text, or before the end.
    pub fn at(&self, byte: usize) -> usize {
        let known = self.before.partition_point(|(at, _)| *at <= byte);
        let (from, units) =
            known.checked_sub(1).and_then(|index| self.before.get(index)).copied().unwrap_or_default();
        let rest = self.text.get(from..).unwrap_or_default();
        let inside = rest.char_indices().take_while(|(at, _)| from + at < byte);
        units + inside.map(|(_, c)| c.len_utf16()).sum::<usize>()
    }

    /// A span of bytes in units.
    pub fn span(&self, bytes: &Range<usize>) -> [usize; 2] {
        [self.at(bytes.start), self.at(bytes.end)]
    }
}

#[cfg(test)]
mod tests {
    use super::Utf16;

    #[test]
    fn units_are_counted_as_an_encoder_does() {
        for text in [String::new(), "añ𝄞b\n".repeat(900), "x".repeat(3000), "𝄞".repeat(1500)] {
            let units = Utf16::new(&text);
            for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)).chain([text.len()]) {
                assert_eq!(units.at(at), text[..at].encode_utf16().count(), "{at}");
            }
            assert_eq!(units.at(text.len() + 7), text.encode_utf16().count());
        }
    }
}
