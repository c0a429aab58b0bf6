use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::SyncSender;

use super::inputs::Input;
use super::pipeline::Window;
use super::read::{Format, decompress};
use super::worker::{Piece, Work};

/// How many bytes of an NDJSON file make a piece, at least.
const PIECE: usize = 256 << 10;
/// How long a line may be, in bytes.
const LONGEST_LINE: usize = 1 << 30;

/// Hands out all inputs: NDJSON in pieces of whole lines, everything else as a whole.
pub fn produce(inputs: &[Input], workers: &SyncSender<Work>, window: &Window, stop: &AtomicBool) {
    let mut sequence = 0;
    for (index, input) in inputs.iter().enumerate() {
        let mut send = |piece: Option<Piece>| {
            window.wait_for(sequence);
            let sent = workers.send(Work { sequence, input: index, piece }).is_ok();
            sequence += 1;
            sent && !stop.load(Ordering::Relaxed)
        };
        let goes_on = match (input.format, &input.problem) {
            (Format::Ndjson, None) => pieces(input, &mut send),
            _ => send(None),
        };
        if !goes_on {
            return;
        }
    }
}

/// Hands out a file in pieces; says whether to go on.
fn pieces(input: &Input, send: &mut impl FnMut(Option<Piece>) -> bool) -> bool {
    let reader: io::Result<Box<dyn Read + Send>> = match &input.path {
        Some(path) => decompress::open(path),
        None => Ok(Box::new(io::stdin())),
    };
    let mut reader = match reader {
        Ok(reader) => reader,
        Err(error) => return send(Some(Piece::failed(&error))),
    };
    let mut piece = Piece::default();
    loop {
        let (lines, bytes) = (piece.lines_before, piece.bytes_before);
        match read_piece(&mut reader, &mut piece.bytes) {
            Err(error) => return send(Some(Piece { lines_before: lines, ..Piece::failed(&error) })),
            Ok(rest) => {
                let next_lines = lines + memchr::memchr_iter(b'\n', &piece.bytes).count();
                let next_bytes = bytes + piece.bytes.len() as u64;
                piece.is_last = rest.is_none();
                if !send(Some(piece)) {
                    return false;
                }
                let Some(rest) = rest else { return true };
                piece = Piece {
                    bytes: rest,
                    lines_before: next_lines,
                    bytes_before: next_bytes,
                    is_last: false,
                    error: None,
                };
            }
        }
    }
}

/// Reads on until there is a piece of whole lines; gives what was read beyond it, or `None` at the end.
fn read_piece(reader: &mut dyn Read, piece: &mut Vec<u8>) -> io::Result<Option<Vec<u8>>> {
    loop {
        let wanted = PIECE.max(piece.len());
        let read = reader.take(wanted as u64).read_to_end(piece)?;
        if read == 0 {
            return Ok(None);
        }
        if piece.len() >= PIECE
            && let Some(newline) = memchr::memrchr(b'\n', piece)
        {
            return Ok(Some(piece.split_off(newline + 1)));
        }
        if piece.len() > LONGEST_LINE {
            return Err(io::Error::other("a line is longer than 1 GiB"));
        }
    }
}
