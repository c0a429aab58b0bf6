//! Messages between processes: how long one is, a line, and then its bytes.

use std::io::{self, BufRead, Write};

/// The longest message that is read.
const LONGEST: usize = 256 << 20;
/// The longest line that says how long one is.
const DIGITS: u64 = 20;

/// Writes a message.
pub fn write(out: &mut dyn Write, bytes: &[u8]) -> io::Result<()> {
    writeln!(out, "{}", bytes.len())?;
    out.write_all(bytes)?;
    out.flush()
}

/// Reads a message; `None` if nothing more comes.
pub fn read(from: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = String::new();
    if io::Read::take(&mut *from, DIGITS).read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let length = line.trim_end().parse().ok().filter(|length| *length <= LONGEST);
    let mut bytes = vec![0; length.ok_or(io::ErrorKind::InvalidData)?];
    from.read_exact(&mut bytes)?;
    Ok(Some(bytes))
}

#[cfg(test)]
mod tests {
    use super::{read, write};

    #[test]
    fn what_is_written_is_read() {
        let mut bytes = Vec::new();
        for message in [&b""[..], b"a\nb", b"{}"] {
            write(&mut bytes, message).expect("memory takes it");
        }
        let mut from = bytes.as_slice();
        for message in [&b""[..], b"a\nb", b"{}"] {
            assert_eq!(read(&mut from).ok().flatten().as_deref(), Some(message));
        }
        assert!(matches!(read(&mut from), Ok(None)));
    }

    #[test]
    fn what_is_no_message_is_refused() {
        for text in ["x\n", "-1\n", "99999999999999\n", "5\nabc", "123456789012345678901234567890"] {
            assert!(read(&mut text.as_bytes()).is_err(), "{text}");
        }
    }
}
