//! What there is to check, handed out to whoever asks for more.

use std::io::{self, Read};
use std::sync::Arc;

use super::inputs::Input;
use super::open::open;
use super::options::Stdin;
use super::work::{Piece, Work};
use isomorph_formats::Format;

/// How many bytes make a piece of NDJSON, at least, and how many bytes of whole files are handed out at once,
/// about: to hand something out takes longer than to check a small file.
const PIECE: usize = 256 << 10;
/// How many files are handed out at once: at first, and at most.
const TOGETHER: (usize, usize) = (8, 128);
/// How long a line may be, in bytes.
const LONGEST_LINE: usize = 1 << 30;

/// Hands out all inputs to so many workers: NDJSON in pieces of whole lines, other files some at a time.
pub struct Source {
    inputs: Arc<Vec<Input>>,
    stdin: Option<Stdin>,
    workers: usize,
    /// The index of the input that comes next.
    next: usize,
    /// How many pieces of work were handed out.
    sequence: u64,
    /// How many files are to be handed out at once.
    together: usize,
    /// The NDJSON file that is being read.
    open: Option<Open>,
}

/// An NDJSON file, and what was read beyond its last piece.
struct Open {
    reader: Box<dyn Read + Send>,
    rest: Vec<u8>,
    lines_before: usize,
    bytes_before: u64,
}

impl Source {
    /// For so many workers.
    pub fn new(inputs: &Arc<Vec<Input>>, stdin: Option<Stdin>, workers: usize) -> Self {
        Self {
            inputs: Arc::clone(inputs),
            stdin,
            workers,
            next: 0,
            sequence: 0,
            together: TOGETHER.0,
            open: None,
        }
    }

    /// Where the work that comes next stands in the order of all.
    pub fn sequence(&self) -> u64 {
        self.sequence
    }

    /// Learns how many bytes there were in so many files that were handed out at once.
    pub fn learn(&mut self, files: usize, bytes: u64) {
        if bytes > PIECE as u64 {
            self.together = (files / 2).max(1);
        } else if bytes < PIECE as u64 / 2 {
            self.together = self.together.max((files * 2).min(TOGETHER.1));
        }
    }

    /// The next work; `None` when there is no more. `buffer` is used for what is read.
    pub fn next(&mut self, buffer: &mut Vec<u8>) -> Option<Work> {
        let input = self.inputs.get(self.next)?;
        let sequence = self.sequence;
        self.sequence += 1;
        let first = self.next;
        if is_lines(input) {
            let piece = self.piece(std::mem::take(buffer));
            self.next += usize::from(piece.is_last);
            return Some(Work { sequence, inputs: first..first + 1, piece: Some(piece) });
        }
        // Towards the end there is less for each, so that all end together.
        let fair = (self.inputs.len() - first) / (self.workers * 2);
        let together = self.together.min(fair.max(1));
        let whole = self.inputs[first..].iter().take(together).take_while(|input| !is_lines(input));
        self.next += whole.count();
        Some(Work { sequence, inputs: first..self.next, piece: None })
    }

    fn piece(&mut self, buffer: Vec<u8>) -> Piece {
        let file = match self.open.take() {
            Some(file) => Ok(file),
            None => open(&self.inputs[self.next], self.stdin).map(|reader| Open {
                reader,
                rest: Vec::new(),
                lines_before: 0,
                bytes_before: 0,
            }),
        };
        file.and_then(|file| self.piece_of(file, buffer)).unwrap_or_else(|error| Piece::failed(&error))
    }

    fn piece_of(&mut self, mut file: Open, mut bytes: Vec<u8>) -> io::Result<Piece> {
        bytes.clear();
        bytes.append(&mut file.rest);
        let is_last = read_lines(&mut file.reader, &mut bytes, &mut file.rest)?;
        let (lines_before, bytes_before) = (file.lines_before, file.bytes_before);
        file.lines_before += memchr::memchr_iter(b'\n', &bytes).count();
        file.bytes_before += bytes.len() as u64;
        self.open = (!is_last).then_some(file);
        Ok(Piece { bytes, lines_before, bytes_before, is_last, error: None })
    }
}

fn is_lines(input: &Input) -> bool {
    input.format == Format::Ndjson && input.problem.is_none()
}

/// Reads on until there are enough whole lines, and what was read beyond them; says whether it is the end.
fn read_lines(reader: &mut dyn Read, lines: &mut Vec<u8>, rest: &mut Vec<u8>) -> io::Result<bool> {
    loop {
        let wanted = PIECE.max(lines.len());
        let read = reader.take(wanted as u64).read_to_end(lines)?;
        if read == 0 {
            return Ok(true);
        }
        if lines.len() >= PIECE
            && let Some(newline) = memchr::memrchr(b'\n', lines)
        {
            rest.extend_from_slice(&lines[newline + 1..]);
            lines.truncate(newline + 1);
            return Ok(false);
        }
        if lines.len() > LONGEST_LINE {
            return Err(io::Error::other("a line is longer than 1 GiB"));
        }
    }
}
