//! The types of both sides, made while their schemas are compared: of a large schema that is most of the work, and nobody waits
//! for it longer than for proofs.

use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use super::api::{Release, changes};
use super::report::ApiReport;
use super::side::{Maker, Side};
use crate::failure::Failure;

/// Types that are being made.
pub struct Types {
    heard: Option<Receiver<Result<ApiReport, Failure>>>,
    until: Instant,
}

impl Types {
    /// Begins to make them. They are asked for in so much time, or never.
    pub fn start(old: &Side, new: &Side, time: Duration) -> Self {
        let until = Instant::now() + time;
        let name = root_name(old, new);
        let (old, new) = (old.maker(name), new.maker(name));
        let (say, heard) = mpsc::channel();
        // Nobody listens any more if it took too long; it ends with the process.
        thread::spawn(move || {
            give_way();
            let _ = say.send(compared(old, new));
        });
        Self { heard: Some(heard), until }
    }

    /// None that are known, without trying.
    pub fn unknown() -> Self {
        Self { heard: None, until: Instant::now() }
    }

    /// What changes for code that uses them, if that is known in time.
    ///
    /// # Errors
    ///
    /// If they cannot be made.
    pub fn compared(self) -> Result<ApiReport, Failure> {
        let left = self.until.saturating_duration_since(Instant::now());
        let report = self.heard.and_then(|heard| heard.recv_timeout(left).ok());
        report.unwrap_or_else(|| Ok(ApiReport { release: Release::Unknown, changes: Vec::new() }))
    }
}

/// Lets what decides about data go first, where there are fewer processors than threads: this one, and those that it starts, are to
/// take none of the time that the verdicts have, and cannot be ended when it is late. Only Linux has that for threads.
fn give_way() {
    #[cfg(target_os = "linux")]
    {
        /// A third of the share of others.
        const NICE: i32 = 5;
        // Where that is not allowed, it is only slower.
        let _ = rustix::process::setpriority_process(None, NICE);
    }
}

fn compared(old: Maker, new: Maker) -> Result<ApiReport, Failure> {
    let (old, new) = thread::scope(|scope| {
        let other = scope.spawn(|| old.make());
        let new = new.make();
        (other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), new)
    });
    let ((old_generated, old_api), (new_generated, new_api)) = (old?, new?);
    let changes = changes(&old_api, &new_api);
    // The first lines name the files and the version of the generator.
    let body = |files: &[isomorph_codegen::File]| -> String {
        let lines = files.iter().flat_map(|file| file.text.lines());
        lines.filter(|line| !line.starts_with("//")).collect::<Vec<_>>().join("\n")
    };
    let same_text = body(&old_generated) == body(&new_generated);
    let least = if same_text { Release::None } else { Release::Patch };
    let release = changes.iter().map(|change| change.release).max().unwrap_or(least);
    Ok(ApiReport { release, changes })
}

/// What the one type of each side is called, where two files of different names hold versions of it; in a folder, names are types.
fn root_name(old: &Side, new: &Side) -> Option<&'static str> {
    let names = |side: &Side| -> Vec<String> {
        side.roots().into_iter().map(|index| side.documents[index].file_name().to_owned()).collect()
    };
    let (old_names, new_names) = (names(old), names(new));
    let holds = |side: &Side| side.roots().into_iter().any(|index| side.documents[index].holder.is_some());
    let is_renamed = old.is_file
        && new.is_file
        && !(holds(old) || holds(new))
        && old_names.len() == 1
        && new_names.len() == 1
        && old_names != new_names;
    is_renamed.then_some("Root")
}
