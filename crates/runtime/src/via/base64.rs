use std::fmt;

use serde::Serializer;

use super::adapter::{ReadAs, WriteAs};
use super::text::read_known;
use crate::input::Input;

/// Bytes as base64, with the alphabet of RFC 4648 and padding. What could be written otherwise is refused, so that each
/// text comes back.
pub enum Base64 {}

impl ReadAs<Vec<u8>> for Base64 {
    fn read_as<I: Input>(input: I) -> Result<Vec<u8>, I::Error> {
        read_known(input, "base64, padded", decoded)
    }
}

impl WriteAs<Vec<u8>> for Base64 {
    fn write_as<S: Serializer>(value: &Vec<u8>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&Encoded(value))
    }
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The bits of a character, if it is one of the alphabet.
fn bits(character: u8) -> Option<u32> {
    Some(
        match character {
            b'A'..=b'Z' => character - b'A',
            b'a'..=b'z' => character - b'a' + 26,
            b'0'..=b'9' => character - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        }
        .into(),
    )
}

/// The bytes that a text stands for, if it is the text that they are written as.
fn decoded(text: &str) -> Option<Vec<u8>> {
    let (groups, rest) = text.as_bytes().as_chunks::<4>();
    if !rest.is_empty() {
        return None;
    }
    let mut bytes = Vec::with_capacity(groups.len() * 3);
    for (index, group) in groups.iter().enumerate() {
        let padding = group.iter().rev().take_while(|character| **character == b'=').count();
        if padding > 2 || (padding > 0 && index + 1 < groups.len()) {
            return None;
        }
        let mut word = 0;
        for character in &group[..4 - padding] {
            word = (word << 6) | bits(*character)?;
        }
        word <<= 6 * padding;
        let [_, decoded @ ..] = word.to_be_bytes();
        let (kept, cut) = decoded.split_at(3 - padding);
        if cut.iter().any(|byte| *byte != 0) {
            return None;
        }
        bytes.extend(kept);
    }
    Some(bytes)
}

struct Encoded<'a>(&'a [u8]);

impl fmt::Display for Encoded<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for group in self.0.chunks(3) {
            let byte = |index: usize| u32::from(group.get(index).copied().unwrap_or_default());
            let word = byte(0) << 16 | byte(1) << 8 | byte(2);
            let characters: [char; 4] = std::array::from_fn(|index| {
                if index > group.len() {
                    return '=';
                }
                let bits = (word >> (18 - 6 * index)) & 63;
                ALPHABET[bits as usize].into()
            });
            f.write_str(characters.iter().collect::<String>().as_str())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Encoded, decoded};

    #[test]
    fn what_is_decoded_is_encoded_the_same_and_nothing_else_is_decoded() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("\u{ff}\u{3ff}", "w7/Pvw=="),
        ] {
            assert_eq!(Encoded(bytes.as_bytes()).to_string(), text);
            assert_eq!(decoded(text).as_deref(), Some(bytes.as_bytes()), "{text}");
        }
        for wrong in
            ["Zg", "Zg=", "Zh==", "Zm9=", "=Zg=", "Zg==Zg==", "Z===", "====", "Zm9v\n", "w7_P", "é=="]
        {
            assert_eq!(decoded(wrong), None, "{wrong}");
        }
    }
}
