use std::sync::{Condvar, Mutex, PoisonError};

use super::source::Source;
use super::work::Work;

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
    /// Of what comes from the source, so much at once.
    pub fn new(source: Source, width: u64) -> Self {
        Self { source: Mutex::new(source), reported: Mutex::new(0), changed: Condvar::new(), width }
    }

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

    /// Says that some work was reported.
    pub fn advance(&self) {
        *self.reported.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.changed.notify_one();
    }
}
