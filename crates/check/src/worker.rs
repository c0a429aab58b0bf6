use std::fs::{self, File};
use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;

use isomorph_json::Tape;

use super::check::{Checked, Checker, Text};
use super::finding::Finding;
use super::inputs::Input;
use super::open::open;
use super::outcome::{Done, Outcome};
use super::queue::Queue;
use super::work::{Piece, Work};

/// How many bytes of a file are read without asking for its size.
const SMALL: usize = 16 << 10;
/// How many bytes an instance has less than: places in it are numbers of 32 bits.
const LARGEST: u64 = u32::MAX as u64;

/// The memory of a thread, used again for each instance.
#[derive(Default)]
struct Memory {
    tape: Tape,
    /// The bytes of a file, or of a piece of one.
    bytes: Vec<u8>,
}

/// Ends the work of all if the thread that has it panics.
struct Together<'q>(&'q Queue);

impl Drop for Together<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.close();
        }
    }
}

/// Checks what comes from the source until nothing more does.
pub fn work(checker: &Checker, inputs: &[Input], queue: &Queue, results: &Sender<Done>, stop: &AtomicBool) {
    let _together = Together(queue);
    let mut memory = Memory::default();
    let mut last = None;
    while let Some(work) = queue.next(last, &mut memory.bytes) {
        let (sequence, count) = (work.sequence, work.inputs.len());
        let outcomes = outcomes(checker, inputs, work, &mut memory);
        last = Some((count, outcomes.iter().map(|outcome| outcome.bytes).sum()));
        if results.send(Done { sequence, outcomes }).is_err() || stop.load(Ordering::Relaxed) {
            return;
        }
    }
}

fn outcomes(checker: &Checker, inputs: &[Input], work: Work, memory: &mut Memory) -> Vec<Outcome> {
    let first = work.inputs.start;
    let files = inputs.get(work.inputs).unwrap_or_default().iter().enumerate();
    match work.piece {
        Some(piece) => {
            let outcome = |(index, input): (usize, &Input)| Outcome {
                input: first + index,
                checked: check_piece(checker, input, &piece, &mut memory.tape),
                bytes: piece.bytes.len() as u64,
                is_last: piece.is_last,
            };
            let outcomes = files.map(outcome).collect();
            memory.bytes = piece.bytes;
            outcomes
        }
        None => files
            .map(|(index, input)| {
                let (found, bytes) = check_file(checker, input, memory);
                Outcome { input: first + index, checked: found, bytes, is_last: true }
            })
            .collect(),
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
            commented: None,
        },
        tape,
    )
}

/// Checks a file; gives how many bytes it has, too.
fn check_file(checker: &Checker, input: &Input, memory: &mut Memory) -> (Checked, u64) {
    if let Some(problem) = &input.problem {
        return (unread(problem), 0);
    }
    let bytes = match read_whole(checker, input, &mut memory.bytes) {
        Ok(length) => &memory.bytes[..length],
        Err(error) => return (unread(&error.to_string()), 0),
    };
    let text = Text {
        bytes,
        format: input.format,
        path: input.path.as_deref(),
        is_walked: input.is_walked,
        lines_before: 0,
        bytes_before: 0,
        commented: None,
    };
    (checker.check(&text, &mut memory.tape), bytes.len() as u64)
}

/// Reads a file to the beginning of `buffer`; gives its length.
fn read_whole(checker: &Checker, input: &Input, buffer: &mut Vec<u8>) -> io::Result<usize> {
    if let Some(path) = input.path.as_ref().filter(|_| !input.is_stdin && input.compression.is_none()) {
        return read_file(&mut File::open(path)?, buffer);
    }
    buffer.clear();
    read_rest(&mut open(input, checker.stdin)?, buffer)?;
    Ok(buffer.len())
}

/// Reads a file. One that fits into what there is of `buffer` takes two reads and nothing else: to ask for its size
/// takes about as long as to read it.
fn read_file(file: &mut File, buffer: &mut Vec<u8>) -> io::Result<usize> {
    if buffer.len() < SMALL {
        buffer.resize(SMALL, 0);
    }
    let mut length = 0;
    while let Some(free) = buffer.get_mut(length..).filter(|free| !free.is_empty()) {
        match file.read(free) {
            Ok(0) => return Ok(length),
            Ok(read) => length += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let size = usize::try_from(file.metadata()?.len()).unwrap_or_default();
    buffer.try_reserve_exact(size.saturating_sub(length))?;
    read_rest(file, buffer)?;
    Ok(buffer.len())
}

fn read_rest(reader: &mut dyn Read, buffer: &mut Vec<u8>) -> io::Result<()> {
    reader.take(LARGEST).read_to_end(buffer)?;
    if buffer.len() as u64 >= LARGEST {
        return Err(io::Error::other("it is larger than 4 GiB; as NDJSON it could be of any size"));
    }
    Ok(())
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
