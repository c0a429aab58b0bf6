//! Files and pieces of files to threads, and what they come to back in order.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::check::{Checked, Checker};
use super::inputs::Input;
use super::source::Source;
use super::worker::{Work, work};

/// What some work came to.
#[derive(Debug)]
pub struct Done {
    /// Its place in the order of all.
    pub sequence: u64,
    pub outcomes: Vec<Outcome>,
}

/// What a file, or a piece of one, came to.
#[derive(Debug)]
pub struct Outcome {
    /// The index of the input.
    pub input: usize,
    pub checked: Checked,
    /// How many bytes were read for it.
    pub bytes: u64,
    /// Whether nothing more of the input is to come.
    pub is_last: bool,
}

/// How many outcomes may be on their way, for each thread. It bounds the memory of a run.
const AHEAD: u64 = 8;
/// What threads have for a stack, in bytes: instances may be nested, and validators recurse into them. Only
/// what is used of it is ever real memory.
const STACK: usize = 256 << 20;

/// What there is to do, for all threads.
pub struct Queue {
    source: Mutex<Source>,
    /// How many pieces of work were reported.
    reported: Mutex<u64>,
    changed: Condvar,
    /// How many may be on their way.
    width: u64,
}

impl Queue {
    /// The next work, as soon as it may be done; `None` when there is no more. `last` is how many files the work
    /// before was, and how many bytes; what is read goes to `buffer`.
    pub fn next(&self, last: Option<(usize, u64)>, buffer: &mut Vec<u8>) -> Option<Work> {
        // Who comes second waits here for the first, and so for the same.
        let mut source = self.source.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((files, bytes)) = last {
            source.learn(files, bytes);
        }
        let mut reported = self.reported.lock().unwrap_or_else(PoisonError::into_inner);
        while source.sequence() >= *reported + self.width {
            reported = self.changed.wait(reported).unwrap_or_else(PoisonError::into_inner);
        }
        drop(reported);
        source.next(buffer)
    }

    fn advance(&self) {
        *self.reported.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.changed.notify_one();
    }
}

/// The outcomes of a run, in the order of its inputs.
pub struct Outcomes {
    results: Receiver<Done>,
    queue: Arc<Queue>,
    /// Those that came before their turn.
    early: BTreeMap<u64, Done>,
    next: u64,
}

/// Begins to check all inputs, with so many threads. The threads end by themselves; when the process ends
/// before they do, nothing is lost but their work.
pub fn start(
    checker: &Arc<Checker>,
    inputs: &Arc<Vec<Input>>,
    threads: usize,
    stop: &Arc<AtomicBool>,
) -> Outcomes {
    let source = Mutex::new(Source::new(inputs, threads));
    let width = AHEAD * threads as u64;
    let queue = Arc::new(Queue { source, reported: Mutex::new(0), changed: Condvar::new(), width });
    let (to_reporter, results) = channel();
    for _ in 0..threads {
        let (checker, inputs, stop) = (Arc::clone(checker), Arc::clone(inputs), Arc::clone(stop));
        let (queue, results) = (Arc::clone(&queue), to_reporter.clone());
        let worker = move || work(&checker, &inputs, &queue, &results, &stop);
        // Without a thread less is done at once; without any, nothing is, which the reporter notices.
        _ = thread::Builder::new().stack_size(STACK).spawn(worker);
    }
    Outcomes { results, queue, early: BTreeMap::new(), next: 0 }
}

impl Outcomes {
    /// The next outcomes; `None` after the last, or when the run is stopped.
    pub fn next(&mut self, stop: &AtomicBool) -> Option<Vec<Outcome>> {
        loop {
            if stop.load(Ordering::Relaxed) {
                return None;
            }
            if let Some(done) = self.early.remove(&self.next) {
                self.next += 1;
                self.queue.advance();
                return Some(done.outcomes);
            }
            match self.results.recv_timeout(Duration::from_millis(100)) {
                Ok(done) => _ = self.early.insert(done.sequence, done),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
    }
}
