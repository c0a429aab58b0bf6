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

/// How many files are handed out at once, at most: to hand one out takes about as long as to check it.
const TOGETHER: usize = 32;

/// Hands out all inputs to so many workers: NDJSON in pieces of whole lines, other files some at a time.
pub fn produce(
    inputs: &[Input],
    threads: usize,
    workers: &SyncSender<Work>,
    window: &Window,
    stop: &AtomicBool,
) {
    let together = (inputs.len() / (threads * 4)).clamp(1, TOGETHER);
    let is_lines = |input: &Input| input.format == Format::Ndjson && input.problem.is_none();
    let (mut sequence, mut index) = (0, 0);
    while let Some(input) = inputs.get(index) {
        let whole = inputs[index..].iter().take(together).take_while(|input| !is_lines(input));
        let count = whole.count().max(1);
        let mut send = |piece: Option<Piece>| {
            window.wait_for(sequence);
            let sent = workers.send(Work { sequence, inputs: index..index + count, piece }).is_ok();
            sequence += 1;
            sent && !stop.load(Ordering::Relaxed)
        };
        if !(if is_lines(input) { pieces(input, &mut send) } else { send(None) }) {
            return;
        }
        index += count;
    }
}

/// Hands out a file in pieces; says whether to go on.
fn pieces(input: &Input, send: &mut impl FnMut(Option<Piece>) -> bool) -> bool {
    let reader: io::Result<Box<dyn Read + Send>> = match &input.path {
        Some(path) if !input.is_stdin => decompress::open(path),
        _ => Ok(Box::new(io::stdin())),
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
