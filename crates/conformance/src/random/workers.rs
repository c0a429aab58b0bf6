//! Asks other processes to work, with a limit of time, and starts one anew where one ends.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::instances::Judged;
use super::worker::{Job, Line, Made};

/// How long a step may take for a small schema, in a program that is not optimised, beside others.
const LIMIT: Duration = Duration::from_secs(30);

/// How many processes work at once.
const PROCESSES: usize = 2;

/// What became of a job.
#[derive(Debug)]
pub enum Answer {
    /// It was judged; and what was generated, or why nothing was.
    Judged(Vec<Judged>, Result<Made, String>),
    /// There is no judging this schema: it is not valid, or the validator ends.
    Unusable(String),
}

/// Does all jobs, in any order; the answers are in theirs.
pub fn answers(jobs: &[Job]) -> Vec<Answer> {
    let next = AtomicUsize::new(0);
    let answers: Mutex<Vec<(usize, Answer)>> = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..PROCESSES.min(jobs.len()) {
            scope.spawn(|| {
                let mut worker = None;
                while let index = next.fetch_add(1, Ordering::Relaxed)
                    && let Some(job) = jobs.get(index)
                {
                    let answer = answer(&mut worker, job);
                    answers.lock().unwrap_or_else(PoisonError::into_inner).push((index, answer));
                }
                if let Some(worker) = worker {
                    worker.end();
                }
            });
        }
    });
    let mut answers = answers.into_inner().unwrap_or_else(PoisonError::into_inner);
    answers.sort_by_key(|(index, _)| *index);
    answers.into_iter().map(|(_, answer)| answer).collect()
}

/// A process.
struct Worker {
    child: Child,
    jobs: ChildStdin,
    lines: Receiver<String>,
}

impl Worker {
    fn start() -> std::io::Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg("random-worker")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let missing = || std::io::Error::other("a pipe is missing");
        let jobs = child.stdin.take().ok_or_else(missing)?;
        let out = child.stdout.take().ok_or_else(missing)?;
        let (sender, lines) = channel();
        thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Ok(Self { child, jobs, lines })
    }

    /// The next line; or how the process ended instead.
    fn line(&mut self) -> Result<Line, String> {
        match self.lines.recv_timeout(LIMIT) {
            Ok(line) => serde_json::from_str(&line).map_err(|error| error.to_string()),
            Err(RecvTimeoutError::Timeout) => Err(format!("hung: took more than {} s", LIMIT.as_secs())),
            Err(RecvTimeoutError::Disconnected) => {
                let status = self.child.wait().map(|status| status.to_string()).unwrap_or_default();
                Err(format!("crashed: {status}"))
            }
        }
    }

    fn end(mut self) {
        // It may have ended itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn answer(worker: &mut Option<Worker>, job: &Job) -> Answer {
    let mut current = match worker.take().map_or_else(Worker::start, Ok) {
        Ok(current) => current,
        Err(error) => return Answer::Unusable(error.to_string()),
    };
    let text = serde_json::to_string(job).unwrap_or_default();
    if writeln!(current.jobs, "{text}").is_err() {
        current.end();
        return Answer::Unusable("a process cannot be reached".into());
    }
    let judged = match current.line() {
        Ok(Line::Judged(judged)) => judged,
        Ok(Line::Unusable(why)) => {
            *worker = Some(current);
            return Answer::Unusable(why);
        }
        Ok(_) => return Answer::Unusable("a process is confused".into()),
        Err(why) => {
            current.end();
            return Answer::Unusable(why);
        }
    };
    let made = match current.line() {
        Ok(Line::Made(made)) => Ok(made),
        Ok(Line::Failed(why)) => Err(why),
        Ok(_) => Err("a process is confused".into()),
        Err(why) => {
            current.end();
            return Answer::Judged(judged, Err(why));
        }
    };
    *worker = Some(current);
    Answer::Judged(judged, made)
}
