//! Characters beyond U+FFFF that are written as JSON has them in its strings, as two halves: the parser takes each escape by itself,
//! and refuses halves.

use std::borrow::Cow;
use std::ops::Range;

/// The pairs of a text, for which something else stands in what the parser reads.
#[derive(Default)]
pub struct Pairs {
    /// Twice this stands for each.
    stand_in: char,
    /// Where each begins, and what it is.
    all: Vec<(usize, char)>,
}

/// How long a pair is, as it is written.
const LENGTH: usize = r"\ud83d\ude00".len();

impl Pairs {
    /// What the parser says of half a pair.
    pub const REFUSED: &str = "while parsing a quoted scalar, found invalid Unicode character escape code";

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Puts something as long for every pair.
    pub fn of(text: &mut String) -> Self {
        Self::put(text).unwrap_or_default()
    }

    fn put(text: &mut String) -> Option<Self> {
        let all: Vec<(usize, char)> =
            text.match_indices(r"\u").filter_map(|(at, _)| Some((at, pair(text, at)?))).collect();
        if all.is_empty() {
            return None;
        }
        // One that the text has nowhere, as it is or as an escape.
        let lower = text.to_lowercase();
        let is_free = |c: &char| !text.contains(*c) && !lower.contains(&format!("{:04x}", u32::from(*c)));
        let stand_in = ('\u{e000}'..='\u{e0ff}').find(is_free)?;
        let escape = format!("\\u{:04x}", u32::from(stand_in)).repeat(2);
        for (at, _) in &all {
            text.replace_range(*at..at + LENGTH, &escape);
        }
        Some(Self { stand_in, all })
    }

    /// The value of a scalar, with what stood there.
    pub fn restored<'v>(
        &self,
        value: Cow<'v, str>,
        is_double_quoted: bool,
        origin: &Range<usize>,
        text: &str,
    ) -> Cow<'v, str> {
        let from = self.all.partition_point(|(at, _)| *at < origin.start);
        let here = self.all[from..].iter().take_while(|(at, _)| *at < origin.end);
        if self.all.get(from).is_none_or(|(at, _)| *at >= origin.end) {
            return value;
        }
        // Where an escape says nothing, it stands in the value as it is written.
        let escape = format!("\\u{:04x}", u32::from(self.stand_in)).repeat(2);
        let stand_in = if is_double_quoted { self.stand_in.to_string().repeat(2) } else { escape };
        let (mut restored, mut rest) = (String::with_capacity(value.len()), value.as_ref());
        for (at, meant) in here {
            let Some((before, behind)) = rest.split_once(&stand_in) else { break };
            restored.push_str(before);
            if is_double_quoted {
                restored.push(*meant);
            } else {
                restored.push_str(&text[*at..at + LENGTH]);
            }
            rest = behind;
        }
        restored.push_str(rest);
        Cow::Owned(restored)
    }
}

/// The character whose halves stand at a place, if no backslash in front takes the first for something else.
fn pair(text: &str, at: usize) -> Option<char> {
    let before = &text[..at];
    let backslashes = before.len() - before.trim_end_matches('\\').len();
    let (first, second) = (half(text, at)?, half(text, at + LENGTH / 2)?);
    let is_pair = (0xd800..0xdc00).contains(&first) && (0xdc00..0xe000).contains(&second);
    (is_pair && backslashes.is_multiple_of(2))
        .then(|| char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00)))?
}

fn half(text: &str, at: usize) -> Option<u32> {
    let digits = text.get(at..at + LENGTH / 2)?.strip_prefix(r"\u")?;
    digits.bytes().all(|digit| digit.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
}
