//! What is said on standard error.

use std::fmt;
use std::io::{Write, stderr};

/// Says a line. Nobody may be listening any more, as behind `2>&1 | head`; that is no failure.
pub fn say(line: fmt::Arguments) {
    let _ = writeln!(stderr().lock(), "{line}");
}
