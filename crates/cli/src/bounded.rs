//! Canonical forms, within limits of time and memory.

use std::cell::RefCell;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use isomorph_evolution::{Answer, Canonical, Extent, LONGEST};
use serde_json::Value;

use crate::canonical::{Question, Reply};

/// How long an answer may take: of all the time one of so many parts, and no less and no more than this.
const PART: u32 = 4;
const PATIENCE: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(3));
/// How often no answer may come before nothing more is asked.
const TOO_OFTEN: u32 = 2;

/// Asks this very tool in another process, which is ended when it takes too long.
#[derive(Debug)]
pub struct Bounded {
    until: Instant,
    patience: Duration,
    state: RefCell<State>,
}

#[derive(Debug, Default)]
struct State {
    other: Option<Other>,
    /// How often no answer came.
    missed: u32,
}

/// The other process.
#[derive(Debug)]
struct Other {
    child: Child,
    asked: Option<ChildStdin>,
    heard: Receiver<String>,
}

impl Canonical for Bounded {
    fn contained(&self, inner: &Value, outer: &Value, assert_formats: bool) -> Answer {
        let question = || Question::Contained { inner: inner.clone(), outer: outer.clone(), assert_formats };
        match self.ask(question) {
            Some(Reply::Contained(answer)) => answer,
            _ => Answer::Unknown(None),
        }
    }

    fn disjoint(&self, one: &Value, other: &Value, assert_formats: bool) -> bool {
        let reply =
            self.ask(|| Question::Disjoint { one: one.clone(), other: other.clone(), assert_formats });
        matches!(reply, Some(Reply::Disjoint(true)))
    }

    fn extent(&self, schema: &Value) -> Option<Extent> {
        match self.ask(|| Question::Extent { schema: schema.clone() }) {
            Some(Reply::Extent(extent)) => extent,
            _ => None,
        }
    }
}

impl Bounded {
    /// Answers for so long.
    pub fn new(time: Duration) -> Self {
        let patience = (time / PART).clamp(PATIENCE.0, PATIENCE.1);
        Self { until: Instant::now() + time, patience, state: RefCell::default() }
    }

    /// The answer, if it comes in time.
    fn ask(&self, question: impl FnOnce() -> Question) -> Option<Reply> {
        let mut state = self.state.borrow_mut();
        let patience = self.until.saturating_duration_since(Instant::now()).min(self.patience);
        if state.missed >= TOO_OFTEN || patience.is_zero() {
            return None;
        }
        let line = serde_json::to_string(&question()).ok().filter(|line| line.len() <= LONGEST)?;
        if state.other.is_none() {
            state.other = Other::start();
        }
        let reply = state.other.as_mut()?.ask(&line, patience);
        if reply.is_none() {
            state.missed += 1;
            state.other = None;
        }
        serde_json::from_str(&reply?).ok()
    }
}

impl Other {
    fn start() -> Option<Self> {
        let mut command = Command::new(std::env::current_exe().ok()?);
        command.arg("canonical").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().ok()?;
        let asked = child.stdin.take();
        let answers = BufReader::new(child.stdout.take()?);
        let (say, heard) = mpsc::channel();
        std::thread::spawn(move || {
            // The last line is heard when the process ends, and nobody listens any more if that took too long.
            answers.lines().map_while(Result::ok).try_for_each(|line| say.send(line))
        });
        Some(Self { child, asked, heard })
    }

    fn ask(&mut self, line: &str, patience: Duration) -> Option<String> {
        let asked = self.asked.as_mut()?;
        writeln!(asked, "{line}").and_then(|()| asked.flush()).ok()?;
        self.heard.recv_timeout(patience).ok()
    }
}

impl Drop for Other {
    fn drop(&mut self) {
        // It has nothing that would have to be saved.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
