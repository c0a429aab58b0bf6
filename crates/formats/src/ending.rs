use std::path::is_separator;

/// A name without its ending, and the ending.
pub fn split_ending(name: &[u8]) -> Option<(&[u8], &[u8])> {
    let dot = name.iter().rposition(|&byte| byte == b'.' || is_separator(byte.into()))?;
    (name[dot] == b'.').then(|| (&name[..dot], &name[dot + 1..]))
}
