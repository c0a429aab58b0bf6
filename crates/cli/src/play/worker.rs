//! The hidden command that answers what the page asks: `pool` starts it, and ends it where an answer takes too much.

use std::io::{BufReader, stdin, stdout};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver};
use std::thread;

use isomorph_codegen::Api;
use isomorph_play::{ApiChange, Beside, Outside, answer};

use super::{frame, limits};
use crate::bounded::Bounded;
use crate::diff;
use crate::failure::Failure;
use crate::stopwatch::Stopwatch;

/// What a reply begins with: an answer.
pub const ANSWER: u8 = b'a';
/// … why there is none, since it was no question.
pub const NO_QUESTION: u8 = b'n';
/// … that there is none, by a fault of the tool.
pub const FAULT: u8 = b'f';

/// Answers until nothing more is asked, or whoever asks is gone: this thread only listens, so that the process ends then
/// whatever the other one is at.
pub fn run() -> Result<ExitCode, Failure> {
    limits::set();
    let mut from = BufReader::new(stdin().lock());
    let Some(beside) = frame::read(&mut from)? else { return Ok(ExitCode::SUCCESS) };
    let beside: Beside = serde_json::from_slice(&beside)?;
    let (ask, asked) = mpsc::channel();
    thread::spawn(move || work(&beside, &asked));
    while let Some(question) = frame::read(&mut from)? {
        if ask.send(question).is_err() {
            break;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn work(beside: &Beside, asked: &Receiver<Vec<u8>>) {
    for question in asked {
        let reply = catch_unwind(AssertUnwindSafe(|| reply(&question, beside)));
        let reply = reply.unwrap_or_else(|_| vec![FAULT]);
        if frame::write(&mut stdout().lock(), &reply).is_err() {
            return;
        }
    }
}

fn api(old: &Api, new: &Api) -> Vec<ApiChange> {
    let change =
        |one: diff::ApiChange| ApiChange { release: one.release.word(), item: one.item, change: one.change };
    diff::api_changes(old, new).into_iter().map(change).collect()
}

fn reply(question: &[u8], beside: &Beside) -> Vec<u8> {
    let clock = Stopwatch::start();
    let outside = Outside { clock: &clock, canonical: &|time| Box::new(Bounded::new(time)), api: &api };
    let (kind, bytes) = match answer(question, beside, &outside) {
        Ok(answer) => (ANSWER, answer),
        Err(error) => (NO_QUESTION, error.to_string().into_bytes()),
    };
    std::iter::once(kind).chain(bytes).collect()
}
