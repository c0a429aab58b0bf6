//! What cannot be said, and what to do instead.

use super::import::Import;

/// Notes on one import, each with its place.
pub struct Notes<'i> {
    import: &'i Import,
    lines: Vec<String>,
}

impl<'i> Notes<'i> {
    pub fn of(import: &'i Import) -> Self {
        Self { import, lines: Vec::new() }
    }

    pub fn say(&mut self, line: usize, message: &str) {
        let line = format!("{}:{line}: {message}", self.import.file.display());
        if !self.lines.contains(&line) {
            self.lines.push(line);
        }
    }

    pub fn lines(self) -> Vec<String> {
        self.lines
    }
}
