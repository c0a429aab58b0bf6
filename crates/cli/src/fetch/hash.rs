use std::fmt::Write;

use sha2::{Digest, Sha256};

/// The SHA-256 of some bytes, in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        _ = write!(text, "{byte:02x}");
        text
    })
}

/// The SHA-256 of a document: the ends of its lines are a matter of the checkout.
pub fn hash_of_document(bytes: &[u8]) -> String {
    hash(&with_plain_lines(bytes))
}

/// A document with `\n` at the ends of its lines.
pub fn with_plain_lines(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(bytes.len());
    for (at, &byte) in bytes.iter().enumerate() {
        if byte != b'\r' || bytes.get(at + 1) != Some(&b'\n') {
            plain.push(byte);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::{hash_of_document, with_plain_lines};

    #[test]
    fn a_hash_is_of_the_bytes_but_for_the_ends_of_lines() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(hash_of_document(b""), empty);
        assert_eq!(with_plain_lines(b"a\r\nb\rc\r\r\n"), b"a\nb\rc\r\n");
        assert_eq!(hash_of_document(b"{\r\n}"), hash_of_document(b"{\n}"));
        assert_ne!(hash_of_document(b"{\n}"), hash_of_document(b"{}"));
    }
}
