//! `pattern`: simple ones are matched as they stand, others by an engine of regular expressions (feature `pattern`).

#[cfg(feature = "pattern")]
use std::sync::OnceLock;

/// A regular expression, as the generator wrote it for its engine.
#[derive(Debug)]
pub struct Pattern {
    source: &'static str,
    how: How,
}

#[derive(Debug)]
enum How {
    /// Characters one after the other.
    Runs(Runs),
    /// All of these match, or do not.
    All(&'static [(bool, &'static Pattern)]),
    /// An expression of the engine, compiled when it is first needed.
    #[cfg(feature = "pattern")]
    Expression(&'static str, OnceLock<Option<regex::Regex>>),
}

/// Characters one after the other, of which none can be taken for one of the next part.
#[derive(Debug)]
struct Runs {
    starts: bool,
    all: &'static [Run],
    ends: bool,
    /// Of the first runs, which of the characters of ASCII they take, a bit each.
    ascii: [[u64; 2]; TABLES],
}

/// Of how many runs there are tables. Few have more.
const TABLES: usize = 4;

/// So many characters out of these ranges.
#[derive(Debug, Clone, Copy)]
pub struct Run(pub &'static [(char, char)], pub usize, pub usize);

impl Run {
    /// Which of the characters of ASCII it takes, a bit each.
    const fn ascii(&self) -> [u64; 2] {
        let (mut table, mut index) = ([0; 2], 0);
        while index < self.0.len() {
            let (first, last) = (self.0[index].0 as u32, self.0[index].1 as u32);
            let mut code = first;
            while code <= last && code < 0x80 {
                table[(code >> 6) as usize] |= 1 << (code & 63);
                code += 1;
            }
            index += 1;
        }
        table
    }
}

impl Pattern {
    /// A `source` that is runs of characters, from the beginning if it `starts` there, and to the end if it `ends` there.
    /// What a run may go on with, the next does not begin with.
    pub const fn runs(source: &'static str, starts: bool, runs: &'static [Run], ends: bool) -> Self {
        let mut ascii = [[0; 2]; TABLES];
        let mut index = 0;
        while index < TABLES && index < runs.len() {
            ascii[index] = runs[index].ascii();
            index += 1;
        }
        Self { source, how: How::Runs(Runs { starts, all: runs, ends, ascii }) }
    }

    /// A `source` that matches where each of these does, or does not: one that looks ahead at its beginning.
    pub const fn all(source: &'static str, all: &'static [(bool, &'static Self)]) -> Self {
        Self { source, how: How::All(all) }
    }

    /// A `source`, as an expression that the engine takes.
    #[cfg(feature = "pattern")]
    pub const fn expression(source: &'static str, expression: &'static str) -> Self {
        Self { source, how: How::Expression(expression, OnceLock::new()) }
    }

    /// As the schema has it.
    pub fn source(&self) -> &'static str {
        self.source
    }

    /// Whether a text matches.
    pub fn is_match(&self, text: &str) -> bool {
        match &self.how {
            How::Runs(runs) => runs.is_match(text),
            How::All(all) => all.iter().all(|(matches, pattern)| pattern.is_match(text) == *matches),
            #[cfg(feature = "pattern")]
            How::Expression(expression, compiled) => {
                let compiled = compiled.get_or_init(|| regex::Regex::new(expression).ok());
                // The generator has compiled it.
                compiled.as_ref().is_some_and(|compiled| compiled.is_match(text))
            }
        }
    }
}

impl Runs {
    fn is_match(&self, text: &str) -> bool {
        if self.starts {
            return self.is_match_at(text);
        }
        // It may begin anywhere; the generator leaves only short ones that way.
        let mut starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        starts.any(|at| self.is_match_at(&text[at..]))
    }

    fn is_match_at(&self, text: &str) -> bool {
        let mut rest = text.as_bytes();
        for (index, Run(ranges, least, most)) in self.all.iter().enumerate() {
            let table = self.ascii.get(index);
            let mut count = 0;
            while count < *most {
                let Some(byte) = rest.first().copied() else { break };
                let (is_one, length) = match table {
                    Some(table) if byte < 0x80 => (table[usize::from(byte >> 6)] >> (byte & 63) & 1 == 1, 1),
                    _ => {
                        let at = text.len() - rest.len();
                        let next = text.get(at..).and_then(|ahead| ahead.chars().next());
                        next.map_or((false, 0), |next| (is_in(ranges, next), next.len_utf8()))
                    }
                };
                if !is_one {
                    break;
                }
                rest = rest.get(length..).unwrap_or_default();
                count += 1;
            }
            if count < *least {
                return false;
            }
        }
        !self.ends || rest.is_empty()
    }
}

fn is_in(ranges: &[(char, char)], c: char) -> bool {
    ranges.iter().any(|(first, last)| (*first..=*last).contains(&c))
}

#[cfg(test)]
mod tests {
    use super::{Pattern, Run};

    #[test]
    fn runs_are_matched_one_after_the_other() {
        let word: &[Run] =
            &[Run(&[('a', 'z')], 1, 1), Run(&[('-', '-'), ('0', '9'), ('a', 'z')], 0, usize::MAX)];
        let whole = Pattern::runs("^[a-z][a-z0-9-]*$", true, word, true);
        assert!(["a", "a-1", "abc"].iter().all(|text| whole.is_match(text)));
        assert!(["", "1a", "aB", "a b", "ä"].iter().all(|text| !whole.is_match(text)));
        let prefix = Pattern::runs("^x-", true, &[Run(&[('x', 'x')], 1, 1), Run(&[('-', '-')], 1, 1)], false);
        assert!(
            prefix.is_match("x-a")
                && prefix.is_match("x-")
                && !prefix.is_match("ax-")
                && !prefix.is_match("x")
        );
        let anywhere = Pattern::runs("[0-9]", false, &[Run(&[('0', '9')], 1, 1)], false);
        assert!(anywhere.is_match("ä1") && !anywhere.is_match("ä") && !anywhere.is_match(""));
        assert!(Pattern::runs("", false, &[], false).is_match(""));
        assert_eq!(prefix.source(), "^x-");
    }

    #[test]
    fn runs_may_be_many_and_of_any_characters() {
        const DIGIT: Run = Run(&[('0', '9')], 1, 1);
        const UMLAUTS: Run = Run(&[('a', 'z'), ('ä', 'ü')], 1, usize::MAX);
        let many = Pattern::runs("", true, &[DIGIT, UMLAUTS, DIGIT, UMLAUTS, DIGIT, UMLAUTS, DIGIT], true);
        assert!(many.is_match("1aä2ü3üöb4"));
        assert!(!many.is_match("1aä2ü3ß4") && !many.is_match("1aß2ü3ü4") && !many.is_match("1a2ü3ü4ü"));
    }

    #[cfg(feature = "pattern")]
    #[test]
    fn others_are_matched_by_an_engine() {
        let either = Pattern::expression("^(?:a|bc)$", "^(?:a|bc)$");
        assert!(either.is_match("bc") && !either.is_match("abc"));
    }
}
