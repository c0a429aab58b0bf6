//! How long something takes, in processor time of the thread: what else the machine does is not counted.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// How often each generator is timed on a case.
pub const TIMES: usize = 3;

/// What `job` gives, and how long it takes. Of [`TIMES`] times the shortest counts: it is the one that was
/// disturbed least, and that found everything warm.
pub fn shortest<T>(mut job: impl FnMut() -> T) -> (T, Duration) {
    let (mut made, mut time) = timed(&mut job);
    for _ in 1..TIMES {
        let again;
        (made, again) = timed(&mut job);
        time = time.min(again);
    }
    (made, time)
}

fn timed<T>(job: impl FnOnce() -> T) -> (T, Duration) {
    let start = now();
    let made = job();
    (made, now().saturating_sub(start))
}

fn now() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    let seconds = u64::try_from(time.tv_sec).unwrap_or_default();
    Duration::from_secs(seconds) + Duration::from_nanos(u64::try_from(time.tv_nsec).unwrap_or_default())
}
