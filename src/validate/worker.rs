use std::fs::{self, File};
use std::io::{self, Read};
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Mutex, PoisonError};

use isomorph_runtime::explain::Tape;

use super::check::{Checked, Checker, Text};
use super::finding::Finding;
use super::inputs::Input;
use super::pipeline::{Done, Outcome};
use super::read::decompress;

/// What a thread is to check.
pub struct Work {
    pub sequence: u64,
    /// The indices of the inputs.
    pub inputs: Range<usize>,
    /// A piece of the only one; `None` for the whole of each.
    pub piece: Option<Piece>,
}

/// A piece of an NDJSON file.
#[derive(Default)]
pub struct Piece {
    pub bytes: Vec<u8>,
    pub lines_before: usize,
    pub bytes_before: u64,
    pub is_last: bool,
    /// Why it could not be read.
    pub error: Option<String>,
}

impl Piece {
    /// The last piece of a file that cannot be read on.
    pub fn failed(error: &io::Error) -> Self {
        Self { is_last: true, error: Some(error.to_string()), ..Self::default() }
    }
}

/// Checks what comes from the queue until nothing more does.
pub fn work(
    checker: &Checker,
    inputs: &[Input],
    queue: &Mutex<Receiver<Work>>,
    results: &Sender<Done>,
    stop: &AtomicBool,
) {
    let (mut tape, mut buffer) = (Tape::default(), Vec::new());
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(work) = next else { return };
        let mut outcomes = Vec::with_capacity(work.inputs.len());
        for index in work.inputs {
            let Some(input) = inputs.get(index) else { return };
            let found = match &work.piece {
                Some(piece) => check_piece(checker, input, piece, &mut tape),
                None => check_file(checker, input, &mut buffer, &mut tape),
            };
            let bytes = work.piece.as_ref().map_or(buffer.len(), |piece| piece.bytes.len()) as u64;
            let is_last = work.piece.as_ref().is_none_or(|piece| piece.is_last);
            outcomes.push(Outcome { input: index, checked: found, bytes, is_last });
        }
        let done = Done { sequence: work.sequence, outcomes };
        if results.send(done).is_err() || stop.load(Ordering::Relaxed) {
            return;
        }
    }
}

fn check_piece(checker: &Checker, input: &Input, piece: &Piece, tape: &mut Tape) -> Checked {
    if let Some(error) = &piece.error {
        return unread(error);
    }
    checker.check(
        &Text {
            bytes: &piece.bytes,
            format: input.format,
            path: input.path.as_deref(),
            is_walked: input.is_walked,
            lines_before: piece.lines_before,
            bytes_before: piece.bytes_before,
        },
        tape,
    )
}

fn check_file(checker: &Checker, input: &Input, buffer: &mut Vec<u8>, tape: &mut Tape) -> Checked {
    buffer.clear();
    if let Some(problem) = &input.problem {
        return unread(problem);
    }
    if let Err(error) = read_whole(input, buffer) {
        buffer.clear();
        return unread(&error.to_string());
    }
    checker.check(
        &Text {
            bytes: buffer,
            format: input.format,
            path: input.path.as_deref(),
            is_walked: input.is_walked,
            lines_before: 0,
            bytes_before: 0,
        },
        tape,
    )
}

fn read_whole(input: &Input, buffer: &mut Vec<u8>) -> io::Result<()> {
    let Some(path) = input.path.as_ref().filter(|_| !input.is_stdin) else {
        return io::stdin().read_to_end(buffer).map(|_| ());
    };
    let is_compressed = path.extension().is_some_and(|extension| extension == "gz" || extension == "zst");
    if is_compressed {
        return decompress::open(path)?.read_to_end(buffer).map(|_| ());
    }
    File::open(path)?.read_to_end(buffer).map(|_| ())
}

fn unread(why: &str) -> Checked {
    let finding = Finding::of_file("read", format!("cannot read: {why}"));
    Checked { findings: vec![finding], failed: true, ..Checked::default() }
}

/// How many bytes there are to read, as far as it is known.
pub fn total_bytes(inputs: &[Input]) -> u64 {
    let size = |input: &Input| fs::metadata(input.path.as_ref()?).ok().map(|metadata| metadata.len());
    inputs.iter().filter_map(size).sum()
}
