//! How long something takes, in processor time of the thread: what else the machine does is not counted.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// What `job` gives, and how long it takes.
pub fn timed<T>(job: impl FnOnce() -> T) -> (T, Duration) {
    let start = now();
    let made = job();
    (made, now().saturating_sub(start))
}

fn now() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    let seconds = u64::try_from(time.tv_sec).unwrap_or_default();
    Duration::from_secs(seconds) + Duration::from_nanos(u64::try_from(time.tv_nsec).unwrap_or_default())
}
