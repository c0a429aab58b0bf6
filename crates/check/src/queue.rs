use std::sync::{Condvar, Mutex, PoisonError};

use super::source::Source;
use super::work::Work;

/// What there is to do, for all threads.
pub struct Queue {
    source: Mutex<Source>,
    progress: Mutex<Progress>,
    changed: Condvar,
    /// How many may be on their way.
    width: u64,
}

#[derive(Default)]
struct Progress {
    /// How many pieces of work were reported.
    reported: u64,
    /// Whether nothing more is to be done.
    is_closed: bool,
}

impl Queue {
    /// Of what comes from the source, so much at once.
    pub fn new(source: Source, width: u64) -> Self {
        Self { source: Mutex::new(source), progress: Mutex::default(), changed: Condvar::new(), width }
    }

    /// The next work, as soon as it may be done; `None` when there is no more. `last` is how many files the work
    /// before was, and how many bytes; what is read goes to `buffer`.
    pub fn next(&self, last: Option<(usize, u64)>, buffer: &mut Vec<u8>) -> Option<Work> {
        // Who comes second waits here for the first, and so for the same.
        let mut source = self.source.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((files, bytes)) = last {
            source.learn(files, bytes);
        }
        let mut progress = self.progress.lock().unwrap_or_else(PoisonError::into_inner);
        while !progress.is_closed && source.sequence() >= progress.reported + self.width {
            progress = self.changed.wait(progress).unwrap_or_else(PoisonError::into_inner);
        }
        let is_closed = progress.is_closed;
        drop(progress);
        if is_closed { None } else { source.next(buffer) }
    }

    /// Says that some work was reported.
    pub fn advance(&self) {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner).reported += 1;
        self.changed.notify_one();
    }

    /// Ends it for all threads: what one of them had to report never comes, and nobody is to wait for it.
    pub fn close(&self) {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner).is_closed = true;
        self.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::thread;

    use super::Queue;
    use crate::source::Source;

    #[test]
    fn nobody_waits_for_what_is_never_reported() {
        let queue = Arc::new(Queue::new(Source::new(&Arc::default(), None, 1), 0));
        let waiting = {
            let queue = Arc::clone(&queue);
            thread::spawn(move || queue.next(None, &mut Vec::new()).is_none())
        };
        queue.close();
        assert!(waiting.join().is_ok_and(|is_over| is_over));
    }
}
