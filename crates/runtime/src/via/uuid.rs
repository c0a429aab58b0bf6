use uuid::Uuid;

use super::text::read_known;
use crate::input::{Input, Read};

/// As the format has it, with hyphens; what the crate reads besides, in braces or without hyphens, is refused.
impl Read for Uuid {
    fn read<I: Input>(input: I) -> Result<Self, I::Error> {
        read_known(input, "a UUID", |text| Uuid::try_parse(text).ok().filter(|_| is_hyphenated(text)))
    }
}

fn is_hyphenated(text: &str) -> bool {
    const LENGTH: usize = 36;
    text.len() == LENGTH
}
