//! Processes that answer: a few at once, each ended where an answer takes too much.

use std::io::BufReader;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use isomorph_play::{Beside, Refusal, Work};

use super::frame;
use super::worker::{ANSWER, NO_QUESTION};
use crate::failure::Failure;

/// How many answer at once at most.
const MOST: usize = 4;
/// How often it is looked whether somebody still waits.
const LOOK: Duration = Duration::from_millis(25);
/// How often it is looked whether a process has ended that says no more.
const LOOKS: u32 = 40;

/// The processes.
pub struct Pool {
    /// The files beside the schema, as a process is told of them.
    beside: Vec<u8>,
    /// How long an answer may take.
    time: Duration,
    most: usize,
    state: Mutex<State>,
    freed: Condvar,
}

#[derive(Default)]
struct State {
    idle: Vec<Process>,
    /// How many answer.
    busy: usize,
}

/// A process that answers.
struct Process {
    child: Child,
    asked: ChildStdin,
    heard: Receiver<Vec<u8>>,
}

/// Why a process gave no answer.
enum Ended {
    /// It took too long.
    Late,
    /// It ended by itself, and how.
    Gone(Option<ExitStatus>),
    /// It could not be started.
    NotStarted,
    /// Nobody waits any more.
    Unwanted,
}

impl Pool {
    /// As many as there are processors, or nearly; each answer takes so long at most.
    pub fn new(beside: &Beside, time: Duration) -> Result<Self, Failure> {
        let processors = thread::available_parallelism().map_or(2, usize::from);
        let beside = serde_json::to_vec(beside)?;
        let pool = Self {
            beside,
            time,
            most: processors.clamp(2, MOST),
            state: Mutex::default(),
            freed: Condvar::new(),
        };
        // The first question need not wait for it.
        let first = Process::start(&pool.beside);
        pool.change(|state| state.idle.extend(first));
        Ok(pool)
    }

    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Waits until one may answer; gives one that is there already.
    fn turn(&self, is_gone: &dyn Fn() -> bool) -> Result<Option<Process>, Refusal> {
        let until = Instant::now() + self.time;
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while state.busy >= self.most {
            if Instant::now() >= until || is_gone() {
                return Err(Refusal::Busy);
            }
            state = self.freed.wait_timeout(state, LOOK).unwrap_or_else(PoisonError::into_inner).0;
        }
        state.busy += 1;
        Ok(state.idle.pop())
    }
}

impl Work for Pool {
    fn answer(&self, asked: Vec<u8>, is_gone: &dyn Fn() -> bool) -> Result<Vec<u8>, Refusal> {
        let process = self.turn(is_gone)?;
        let process = process.or_else(|| Process::start(&self.beside));
        let (process, reply) = match process.map(|process| process.answer(asked, self.time, is_gone)) {
            Some(Ok((process, reply))) => (Some(process), Ok(reply)),
            Some(Err(ended)) => (None, Err(ended)),
            None => (None, Err(Ended::NotStarted)),
        };
        self.change(|state| {
            state.busy -= 1;
            state.idle.extend(process);
        });
        self.freed.notify_one();
        reply.map_err(|ended| self.told(&ended)).and_then(read)
    }
}

impl Pool {
    fn told(&self, ended: &Ended) -> Refusal {
        match ended {
            Ended::Late => {
                Refusal::Limit(format!("it takes more than {} s, and was ended", self.time.as_secs()))
            }
            Ended::Gone(status) if status.is_none_or(is_by_memory) => {
                Refusal::Limit("it takes more memory than it may, and was ended".to_owned())
            }
            Ended::Gone(status) => {
                let how = status.map(|status| format!(" ({status})")).unwrap_or_default();
                Refusal::Limit(format!("isomorph ended on it{how}; this is a bug in isomorph"))
            }
            Ended::NotStarted => Refusal::Limit(
                "no process can be started to answer: is the tool where it was, and is there room?"
                    .to_owned(),
            ),
            Ended::Unwanted => Refusal::Busy,
        }
    }
}

/// Whether a process may have ended for want of memory: an allocation that fails aborts it, and a system without any kills it.
#[cfg(unix)]
fn is_by_memory(status: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;
    let by =
        [rustix::process::Signal::ABORT, rustix::process::Signal::KILL].map(rustix::process::Signal::as_raw);
    status.signal().is_some_and(|signal| by.contains(&signal))
}

/// Whether a process may have ended for want of memory: here that cannot be told from other ends.
#[cfg(not(unix))]
fn is_by_memory(status: ExitStatus) -> bool {
    !status.success()
}

/// What a reply says.
fn read(mut reply: Vec<u8>) -> Result<Vec<u8>, Refusal> {
    match reply.first() {
        Some(&ANSWER) => {
            reply.remove(0);
            Ok(reply)
        }
        Some(&NO_QUESTION) => {
            let why = String::from_utf8_lossy(reply.get(1..).unwrap_or_default()).into_owned();
            Err(Refusal::NoQuestion(why))
        }
        _ => Err(Refusal::Limit("isomorph failed on it; this is a bug in isomorph".to_owned())),
    }
}

impl Process {
    fn start(beside: &[u8]) -> Option<Self> {
        let mut command = Command::new(std::env::current_exe().ok()?);
        command.arg("play-worker").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        #[cfg(unix)]
        {
            use std::os::unix::process::CommandExt;
            // What it starts ends with it.
            command.process_group(0);
        }
        let mut child = command.spawn().ok()?;
        let (asked, mut answers) = (child.stdin.take()?, BufReader::new(child.stdout.take()?));
        let (say, heard) = mpsc::channel();
        thread::spawn(move || {
            while let Ok(Some(reply)) = frame::read(&mut answers) {
                // Nobody listens any more if it took too long.
                if say.send(reply).is_err() {
                    break;
                }
            }
        });
        let mut process = Self { child, asked, heard };
        frame::write(&mut process.asked, beside).ok()?;
        Some(process)
    }

    /// How it ended, which it is about to.
    fn status(&mut self) -> Option<ExitStatus> {
        for _ in 0..LOOKS {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Some(status);
            }
            thread::sleep(LOOK);
        }
        None
    }

    /// The reply, and the process for the next question.
    fn answer(
        mut self,
        asked: Vec<u8>,
        time: Duration,
        is_gone: &dyn Fn() -> bool,
    ) -> Result<(Self, Vec<u8>), Ended> {
        let until = Instant::now() + time;
        if frame::write(&mut self.asked, &asked).is_err() {
            return Err(Ended::Gone(self.status()));
        }
        drop(asked);
        loop {
            match self.heard.recv_timeout(LOOK) {
                Ok(reply) => return Ok((self, reply)),
                Err(RecvTimeoutError::Disconnected) => return Err(Ended::Gone(self.status())),
                Err(RecvTimeoutError::Timeout) if Instant::now() >= until => return Err(Ended::Late),
                Err(RecvTimeoutError::Timeout) if is_gone() => return Err(Ended::Unwanted),
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It has nothing that would have to be saved.
        #[cfg(unix)]
        if let Some(group) = i32::try_from(self.child.id()).ok().and_then(rustix::process::Pid::from_raw) {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
