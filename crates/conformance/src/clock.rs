//! How long something takes, in processor time: what else the machine does is not counted.

use std::time::Duration;
use std::{fs, io};

use rustix::param::clock_ticks_per_second;
use rustix::time::{ClockId, clock_gettime};

/// How often each generator is timed on a case.
pub const TIMES: usize = 3;

/// What `job` gives, and how long this thread takes for it. Of [`TIMES`] times the shortest counts: it is the one
/// that was disturbed least, and that found everything warm.
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

/// The processor time of this thread, for searches that end.
pub struct OfThread;

impl isomorph_evolution::Clock for OfThread {
    fn now(&self) -> Duration {
        now()
    }
}

fn now() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    let seconds = u64::try_from(time.tv_sec).unwrap_or_default();
    Duration::from_secs(seconds) + Duration::from_nanos(u64::try_from(time.tv_nsec).unwrap_or_default())
}

/// What `job` gives, and how long the programs take that it runs to their ends.
///
/// # Errors
///
/// If the system does not tell, which is in `/proc/self/stat` (proc(5)).
pub fn timed_children<T>(job: impl FnOnce() -> T) -> io::Result<(T, Duration)> {
    let start = of_children()?;
    let made = job();
    Ok((made, of_children()?.saturating_sub(start)))
}

/// In user and in system mode: the 14th and the 15th field behind the program's name, which may hold blanks.
fn of_children() -> io::Result<Duration> {
    let told = fs::read_to_string("/proc/self/stat")?;
    let fields = told.rsplit_once(") ").map(|(_, fields)| fields.split(' ').skip(13).take(2));
    let ticks = fields.into_iter().flatten().map(str::parse::<u64>).sum::<Result<u64, _>>();
    let ticks = ticks.map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
    Ok(Duration::from_millis(ticks * 1000 / clock_ticks_per_second()))
}
