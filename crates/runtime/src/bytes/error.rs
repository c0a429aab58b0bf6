use std::fmt;

use crate::bytes::cursor::Cursor;
use crate::bytes::scan::Fault;
use crate::refusal::Refusal;

/// Why a text was not read, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    refusal: Refusal,
    line: usize,
    column: usize,
}

impl ReadError {
    /// Says where in `text` it stands.
    #[cold]
    pub(crate) fn new(refusal: Refusal, text: &str, cursor: &Cursor) -> Self {
        let offset = match cursor.fault() {
            Some(Fault { at, .. }) => at,
            None => offset_of(text, refusal.pointer()).unwrap_or(cursor.offset()),
        };
        Self::at(refusal, &text.as_bytes()[..offset.min(text.len())])
    }

    /// A text that is not UTF-8 behind these bytes.
    #[cold]
    pub(crate) fn not_text(before: &[u8]) -> Self {
        Self::at(Refusal::new("expected UTF-8"), before)
    }

    fn at(refusal: Refusal, before: &[u8]) -> Self {
        let begin = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
        let line = before.split(|byte| *byte == b'\n').count();
        let column = 1 + before[begin..].iter().filter(|byte| **byte & 0xC0 != 0x80).count();
        Self { refusal, line, column }
    }

    /// The line, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column in Unicode code points, from 1.
    pub fn column(&self) -> usize {
        self.column
    }

    /// The place of the value that is refused, as a JSON Pointer; that of the value which has no end, where the text is
    /// no JSON.
    pub fn pointer(&self) -> &str {
        self.refusal.pointer()
    }

    /// Why it is refused, without the place.
    pub fn reason(&self) -> &str {
        self.refusal.message()
    }

    /// Whether the value was refused because it would take too much work to judge it.
    pub fn is_limit_reached(&self) -> bool {
        self.refusal.is_limit_reached()
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{} at line {} column {}", self.refusal, self.line, self.column)
    }
}

impl std::error::Error for ReadError {}

/// Where the value at `pointer` begins. What stands in front of it has been read.
fn offset_of(text: &str, pointer: &str) -> Option<usize> {
    let mut cursor = Cursor::new(text);
    for segment in pointer.split('/').skip(1) {
        let name = segment.replace("~1", "/").replace("~0", "~");
        enter(&mut cursor, &name)?;
    }
    cursor.begin().ok()?;
    Some(cursor.offset())
}

/// Goes into a container, to the member or the element `name`.
fn enter(cursor: &mut Cursor, name: &str) -> Option<()> {
    use crate::bytes::cursor::Begin;

    match cursor.begin().ok()? {
        Begin::Object => {
            cursor.enter().ok()?;
            let mut is_first = true;
            while cursor.next_name(is_first).ok()?? != name {
                cursor.skip().ok()?;
                is_first = false;
            }
            Some(())
        }
        Begin::Array => {
            cursor.enter().ok()?;
            let index: usize = name.parse().ok()?;
            for before in 0..=index {
                if !cursor.next_element(before == 0).ok()? {
                    return None;
                }
                if before < index {
                    cursor.skip().ok()?;
                }
            }
            Some(())
        }
        _ => None,
    }
}
