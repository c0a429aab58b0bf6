//! Requests, read within bounds of time and size.

#![expect(clippy::disallowed_types, reason = "who sends slowly is not waited for")]

use std::io::{ErrorKind, Read};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::request::Head;
use super::response::Status;

/// How long a head may be, in bytes.
const HEAD: usize = 16 << 10;
/// How much is read at once.
const PIECE: usize = 64 << 10;

/// How long requests may take to come.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The head.
    pub head: Duration,
    /// The body.
    pub body: Duration,
}

/// Reads the head; gives what came of the body too.
///
/// # Errors
///
/// The response, if it does not come, or is none; `None` if nobody is there to hear it.
pub fn read_head(stream: &mut TcpStream, time: Duration) -> Result<(Head, Vec<u8>), Option<Status>> {
    let until = Instant::now() + time;
    let mut bytes = Vec::new();
    loop {
        if let Some((head, end)) = Head::parse(&bytes).map_err(Some)? {
            return Ok((head, bytes.split_off(end)));
        }
        if bytes.len() >= HEAD {
            return Err(Some(Status::HeadTooLarge));
        }
        let most = HEAD - bytes.len();
        read_more(stream, until, most, &mut bytes)?;
    }
}

/// Reads the body, of which some has come.
///
/// # Errors
///
/// As of a head.
pub fn read_body(
    stream: &mut TcpStream,
    begun: Vec<u8>,
    length: u64,
    time: Duration,
) -> Result<Vec<u8>, Option<Status>> {
    let until = Instant::now() + time;
    let length = usize::try_from(length).map_err(|_| Some(Status::TooLarge))?;
    let mut bytes = begun;
    if bytes.len() > length {
        return Err(Some(Status::BadRequest));
    }
    while bytes.len() < length {
        let most = length - bytes.len();
        read_more(stream, until, most, &mut bytes)?;
    }
    Ok(bytes)
}

fn read_more(
    stream: &mut TcpStream,
    until: Instant,
    most: usize,
    bytes: &mut Vec<u8>,
) -> Result<(), Option<Status>> {
    let left = until.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return Err(Some(Status::TooSlow));
    }
    stream.set_read_timeout(Some(left)).map_err(|_| None)?;
    let mut piece = vec![0; most.min(PIECE)];
    match stream.read(&mut piece) {
        Ok(0) => Err(None),
        Ok(count) => {
            bytes.extend_from_slice(piece.get(..count).unwrap_or_default());
            Ok(())
        }
        Err(error) if error.kind() == ErrorKind::Interrupted => Ok(()),
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
            Err(Some(Status::TooSlow))
        }
        Err(_) => Err(None),
    }
}
