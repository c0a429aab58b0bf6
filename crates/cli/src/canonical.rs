//! The hidden command that says what canonical forms know: `bounded` asks it, so that an answer that takes too long, or
//! too much memory, ends a process that nobody needs.

use std::io::{BufRead, Write, stdin, stdout};
use std::process::ExitCode;

use isomorph_evolution::{Answer, Canonical, Extent, Unbounded};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::failure::Failure;

/// What is asked, one a line.
#[derive(Debug, Serialize, Deserialize)]
pub enum Question {
    Contained { inner: Value, outer: Value, assert_formats: bool },
    Disjoint { one: Value, other: Value, assert_formats: bool },
    Extent { schema: Value },
}

/// What is answered, one a line.
#[derive(Debug, Serialize, Deserialize)]
pub enum Reply {
    Contained(Answer),
    Disjoint(bool),
    Extent(Option<Extent>),
}

/// Answers until nothing more is asked.
pub fn run() -> Result<ExitCode, Failure> {
    limits::set();
    for line in stdin().lock().lines() {
        // What cannot be read, such as what is too deep, is not answered: whoever asked sees the end.
        let Ok(question) = serde_json::from_str(&line?) else { return Ok(ExitCode::from(2)) };
        let reply = serde_json::to_string(&answer(&question)).map_err(std::io::Error::from)?;
        writeln!(stdout().lock(), "{reply}")?;
    }
    Ok(ExitCode::SUCCESS)
}

fn answer(question: &Question) -> Reply {
    match question {
        Question::Contained { inner, outer, assert_formats } => {
            Reply::Contained(Unbounded.contained(inner, outer, *assert_formats))
        }
        Question::Disjoint { one, other, assert_formats } => {
            Reply::Disjoint(Unbounded.disjoint(one, other, *assert_formats))
        }
        Question::Extent { schema } => Reply::Extent(Unbounded.extent(schema)),
    }
}

#[cfg(unix)]
mod limits {
    use rustix::process::{Resource, Rlimit, setrlimit};

    /// In bytes of addresses, of which the stack of `main` is a part.
    const MEMORY: u64 = 768 << 20;
    /// In seconds: should whoever asks be killed, this ends too.
    const TIME: u64 = 120;

    /// Limits what this process may take. Where the system knows no such limit there is none.
    pub fn set() {
        for (resource, most) in [(Resource::As, MEMORY), (Resource::Cpu, TIME), (Resource::Core, 0)] {
            let _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
        }
    }
}

#[cfg(not(unix))]
mod limits {
    /// There are none: whoever asks waits only so long.
    pub fn set() {}
}
