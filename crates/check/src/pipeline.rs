//! Files and pieces of files to threads, and what they come to back in order.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use super::check::Checker;
use super::inputs::Input;
use super::outcome::{Done, Outcome};
use super::queue::Queue;
use super::source::Source;
use super::worker::work;

/// How many outcomes may be on their way, for each thread. It bounds the memory of a run.
const AHEAD: u64 = 8;
/// What threads have for a stack, in bytes: instances may be nested, and validators recurse into them. Only
/// what is used of it is ever real memory.
const STACK: usize = 256 << 20;

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
    let source = Source::new(inputs, checker.stdin, threads);
    let width = AHEAD * threads as u64;
    let queue = Arc::new(Queue::new(source, width));
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
