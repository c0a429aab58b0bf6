//! Texts with numbers that stand for others, as they are meant.

use std::borrow::Cow;

use super::chosen::StandIns;

impl StandIns {
    /// A JSON text with what its numbers are meant to be; `None` if they cannot be told.
    pub fn json(&self, text: &str) -> Option<String> {
        self.with(text, true)
    }

    /// What is said, with the numbers that are meant.
    pub fn said<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.with(text, false).map_or(Cow::Borrowed(text), Cow::Owned)
    }

    /// A text with what its numbers are meant to be; those in strings are none, in JSON.
    fn with(&self, text: &str, is_json: bool) -> Option<String> {
        let bytes = text.as_bytes();
        let mut found = String::with_capacity(text.len());
        let (mut at, mut copied, mut is_in_string) = (0, 0, false);
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'\\' if is_json && is_in_string => at += 2,
                b'"' => {
                    is_in_string = !is_in_string;
                    at += 1;
                }
                b'0'..=b'9' if !(is_json && is_in_string) => {
                    let length = bytes[at..].iter().take_while(|byte| is_of_number(**byte)).count();
                    // A sentence ends behind a number.
                    let token = text[at..at + length].trim_end_matches(|c: char| !c.is_ascii_digit());
                    let meant = match self.token(token) {
                        None if is_json => return None,
                        told => told.flatten(),
                    };
                    if let Some(meant) = meant {
                        found.push_str(&text[copied..at]);
                        found.push_str(&meant);
                        copied = at + token.len();
                    }
                    at += length;
                }
                _ => at += 1,
            }
        }
        found.push_str(&text[copied..]);
        Some(found)
    }

    /// What a number without a sign is meant to be, if that is another; `None` if it is too large.
    #[allow(clippy::option_option, reason = "nothing to change is no failure")]
    fn token(&self, token: &str) -> Option<Option<String>> {
        let is_plain = token.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let (whole, fraction) = token.split_at(token.find('.').unwrap_or(token.len()));
        match whole.parse() {
            Ok(whole) if is_plain => Some(self.meant(whole).map(|meant| format!("{meant}{fraction}"))),
            // What is larger than all that stand for others is beyond them, too, but nobody knows how far.
            _ => token.parse().ok().filter(|read: &f64| *read < 1e15).map(|_| None),
        }
    }
}

fn is_of_number(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-')
}

#[cfg(test)]
mod tests {
    use super::StandIns;

    #[test]
    fn numbers_are_told_as_they_are_meant_and_strings_as_they_are() {
        let stand_ins = StandIns::Between(vec![(1 << 64, 1_125_899_907_891_200)]);
        let text = r#"{"a\"1125899907891200": [-1125899907891201, "1125899907891200", 1125899907891200.5, 7, 1e-7]}"#;
        let meant = r#"{"a\"1125899907891200": [-18446744073709551617, "1125899907891200", 18446744073709551616.5, 7, 1e-7]}"#;
        assert_eq!(stand_ins.json(text).as_deref(), Some(meant));
        assert_eq!(stand_ins.said("at most 1125899907891200."), "at most 18446744073709551616.");
        assert_eq!(stand_ins.json("1e300"), None);
    }
}
