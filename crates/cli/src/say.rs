//! What is said on standard error.

use std::fmt;
use std::io::{Write, stderr};

use isomorph_json::visible;

/// Says a line, or several, in which nothing commands a terminal. Nobody may be listening any more, as behind `2>&1 | head`;
/// that is no failure.
pub fn say(line: fmt::Arguments) {
    let text = line.to_string();
    let lines: Vec<_> = text.split('\n').map(|line| visible(line.to_owned())).collect();
    let _ = writeln!(stderr().lock(), "{}", lines.join("\n"));
}

/// A number of things, as it is said.
pub fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
