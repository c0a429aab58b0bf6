use std::io::{self, IsTerminal, stderr};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use isomorph_check::Progress;

/// How long a run takes before its progress is shown.
const PATIENCE: Duration = Duration::from_millis(700);

/// A progress bar on a terminal, for runs that take their time.
pub struct OnTerminal {
    bar: ProgressBar,
    start: Instant,
    is_wanted: bool,
    is_shown: bool,
}

impl OnTerminal {
    /// For a run that begins now.
    pub fn new() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        Self { bar, start: Instant::now(), is_wanted: stderr().is_terminal(), is_shown: false }
    }
}

impl Progress for OnTerminal {
    // What there is to read in all is only asked when the bar is first shown.
    fn advance(&mut self, bytes: u64, problems: usize, total: &dyn Fn() -> u64) {
        if !self.is_wanted {
            return;
        }
        self.bar.inc(bytes);
        if !self.is_shown && self.start.elapsed() > PATIENCE {
            self.bar.set_length(total());
            if let Ok(style) = ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes} {msg} {eta}") {
                self.bar.set_style(style);
            }
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.is_shown = true;
        }
        if self.is_shown && problems > 0 {
            self.bar.set_message(format!("{problems} problems"));
        }
    }

    // The bar is taken away while something else is written.
    fn aside(&mut self, write: &mut dyn FnMut() -> io::Result<()>) -> io::Result<()> {
        if self.is_shown { self.bar.suspend(write) } else { write() }
    }

    fn finish(&mut self) {
        self.bar.finish_and_clear();
    }
}
