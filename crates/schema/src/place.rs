//! Where a value stands in a schema file.

use std::cmp::Ordering;
use std::fmt;
use std::ops::Range;

use isomorph_json::{Cursor, Excerpt, Pointer, Position, SourceText, excerpt, is_hidden};

/// A place in a schema file: `schema/Order.json#/properties/price`, or with its line
/// `schema/Order.json:7:3 (#/properties/price)`.
#[derive(Debug, Clone)]
pub struct Place {
    /// The file, as it was named to the generator.
    pub file: String,
    /// The place inside the file.
    pub pointer: Pointer,
    /// Where that is in the text, if it is known.
    pub spot: Option<Box<Spot>>,
}

/// Where something is in a text.
#[derive(Debug, Clone)]
pub struct Spot {
    /// The line and the column.
    pub position: Position,
    /// The line and the column behind it.
    pub end: Position,
    /// Its bytes.
    pub span: Range<usize>,
    /// The lines around it.
    pub excerpt: Excerpt,
}

impl Place {
    /// A place without its line.
    pub fn new(file: String, pointer: Pointer) -> Self {
        Self { file, pointer, spot: None }
    }

    /// A place with its line, as far as it is there.
    pub fn in_text(file: String, pointer: Pointer, text: &SourceText) -> Self {
        let mut around = Some(pointer.clone());
        // What is missing has the place of what it is missing in.
        while let Some(there) = around {
            if let Some(span) = text.span(&there) {
                return Self { file, pointer, spot: Some(Box::new(Spot::new(&text.text, &span))) };
            }
            around = there.split_last().map(|(around, _)| around);
        }
        Self::new(file, pointer)
    }
}

// The line follows from the file and the pointer.
impl PartialEq for Place {
    fn eq(&self, other: &Self) -> bool {
        (&self.file, &self.pointer) == (&other.file, &other.pointer)
    }
}

impl Eq for Place {}

impl PartialOrd for Place {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Place {
    fn cmp(&self, other: &Self) -> Ordering {
        (&self.file, &self.pointer).cmp(&(&other.file, &other.pointer))
    }
}

impl Spot {
    /// The place of some bytes of a text.
    pub fn new(text: &str, span: &Range<usize>) -> Self {
        let (position, end) = Cursor::new(text).positions(span);
        Self { position, end, span: span.clone(), excerpt: excerpt(text, span) }
    }
}

/// The lines of a spot, with what matters in them underlined, as a compiler shows them.
pub fn marked(spot: &Spot) -> String {
    let Excerpt { text, span, .. } = &spot.excerpt;
    let start = text[..span.start].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    // Nothing of it is a command to a terminal, or turns letters round.
    let shown: String = line.chars().map(|c| if is_hidden(c) { ' ' } else { c }).collect();
    let before = " ".repeat(text[start..span.start].chars().count());
    let end = span.end.min(start + line.len()).max(span.start);
    let marks = "^".repeat(text[span.start..end].chars().count().max(1));
    let number = spot.position.line.to_string();
    let margin = " ".repeat(number.len());
    format!("{margin} |\n{number} | {}\n{margin} | {before}{marks}", shown.trim_end())
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Some(spot) = &self.spot else { return write!(f, "{}{}", self.file, self.pointer) };
        write!(f, "{}:{}:{}", self.file, spot.position.line, spot.position.column)?;
        if self.pointer == Pointer::root() { Ok(()) } else { write!(f, " ({})", self.pointer) }
    }
}
