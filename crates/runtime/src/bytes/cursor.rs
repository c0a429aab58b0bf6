use std::borrow::Cow;

use crate::bytes::scan::{self, Fault, Number};
use crate::refusal::Refusal;

/// How deep a value may be nested, as serde_json has it: what reads it goes as deep into the stack.
const DEEPEST: usize = 127;

/// A place in JSON text, which moves on as the text is read.
#[derive(Debug, Clone, Copy)]
pub struct Cursor<'b> {
    text: &'b str,
    at: usize,
    depth: usize,
    /// Up to where the last string was plain.
    plain: usize,
    /// Why the text is no JSON, once that has shown.
    fault: Option<Fault>,
    /// Whether looks at values are counted, since one may be looked at more than once.
    #[cfg(feature = "value")]
    is_counted: bool,
}

/// What a value begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begin {
    Null,
    False,
    True,
    Number,
    String,
    Array,
    Object,
}

impl<'b> Cursor<'b> {
    /// At the beginning of a text.
    pub fn new(text: &'b str) -> Self {
        Self {
            text,
            at: 0,
            depth: 0,
            plain: 0,
            fault: None,
            #[cfg(feature = "value")]
            is_counted: false,
        }
    }

    /// Why the text is no JSON, if that has shown.
    pub fn fault(&self) -> Option<Fault> {
        self.fault
    }

    /// The byte that comes next.
    pub fn offset(&self) -> usize {
        self.at
    }

    /// How many containers are open.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// The text from a byte that was come by to here.
    #[cfg(feature = "value")]
    pub fn since(&self, start: usize) -> &'b str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// Says that the text is no JSON.
    #[cold]
    fn fail(&mut self, fault: Fault) -> Refusal {
        self.fault = Some(fault);
        Refusal::malformed(fault.expected)
    }

    #[cold]
    fn expected(&mut self, expected: &'static str) -> Refusal {
        self.fail(Fault::new(self.at, expected))
    }

    fn found<T>(&mut self, found: Result<(T, usize), Fault>) -> Result<T, Refusal> {
        match found {
            Ok((found, end)) => {
                self.at = end;
                Ok(found)
            }
            Err(fault) => Err(self.fail(fault)),
        }
    }

    /// The next byte that is no white space. The cursor stands at it.
    #[inline]
    fn next_byte(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(self.at) {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                other => return other.copied(),
            }
        }
    }

    /// What the next value begins with. The cursor stands at it.
    ///
    /// # Errors
    ///
    /// If no value comes next.
    #[inline]
    pub fn begin(&mut self) -> Result<Begin, Refusal> {
        Ok(match self.next_byte() {
            Some(b'"') => Begin::String,
            Some(b'{') => Begin::Object,
            Some(b'[') => Begin::Array,
            Some(b'-' | b'0'..=b'9') => Begin::Number,
            Some(b't') => Begin::True,
            Some(b'f') => Begin::False,
            Some(b'n') => Begin::Null,
            _ => return Err(self.expected("a value")),
        })
    }

    /// Goes behind a word at which the cursor stands by its first letter.
    #[inline]
    pub fn word(&mut self, word: &'static str) -> Result<(), Refusal> {
        let end = self.at + word.len();
        if self.text.as_bytes().get(self.at..end) == Some(word.as_bytes()) {
            self.at = end;
            return Ok(());
        }
        Err(self.expected("`null`, `true` or `false`"))
    }

    /// The string at whose quote the cursor stands.
    #[inline]
    pub fn string(&mut self) -> Result<Cow<'b, str>, Refusal> {
        match self.plain_string() {
            Some(plain) => Ok(Cow::Borrowed(plain)),
            None => self.escaped_string(),
        }
    }

    /// The same, if nothing in it is escaped.
    #[inline(never)]
    fn plain_string(&mut self) -> Option<&'b str> {
        let start = self.at + 1;
        self.plain = scan::plain_end(self.text.as_bytes(), start);
        if self.text.as_bytes().get(self.plain) != Some(&b'"') {
            return None;
        }
        let plain = self.text.get(start..self.plain)?;
        self.at = self.plain + 1;
        Some(plain)
    }

    /// The string that is not plain from where it has shown to be so.
    #[cold]
    fn escaped_string(&mut self) -> Result<Cow<'b, str>, Refusal> {
        let found = scan::escaped_string(self.text, self.at + 1, self.plain);
        self.found(found).map(Cow::Owned)
    }

    /// The number at which the cursor stands.
    #[inline]
    pub fn number(&mut self) -> Result<Number, Refusal> {
        let found = scan::number(self.text, self.at);
        self.found(found)
    }

    /// Goes into the array or object at whose bracket the cursor stands.
    #[inline]
    pub fn enter(&mut self) -> Result<(), Refusal> {
        if self.depth == DEEPEST {
            return Err(self.expected("less than 128 values in each other"));
        }
        self.depth += 1;
        self.at += 1;
        Ok(())
    }

    /// Goes to the next element of an array; false if there is none and the array is behind the cursor.
    #[inline]
    pub fn next_element(&mut self, is_first: bool) -> Result<bool, Refusal> {
        self.next_part(is_first, b']', "`,` or `]`")
    }

    /// Goes to the next name of an object, and behind it; `None` if there is none and the object is behind the cursor.
    #[inline]
    pub fn next_name(&mut self, is_first: bool) -> Result<Option<Cow<'b, str>>, Refusal> {
        if !self.next_part(is_first, b'}', "`,` or `}`")? {
            return Ok(None);
        }
        if self.next_byte() != Some(b'"') {
            return Err(self.expected("the name of a property"));
        }
        let name = self.string()?;
        if self.next_byte() != Some(b':') {
            return Err(self.expected("`:`"));
        }
        self.at += 1;
        Ok(Some(name))
    }

    /// Goes behind the next name if it is this one, written without escapes and white space. If not, nothing has moved.
    #[inline]
    pub fn next_is(&mut self, name: &str, is_first: bool) -> bool {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        if !is_first {
            if bytes.get(at) != Some(&b',') {
                return false;
            }
            at += 1;
        }
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = bytes.get(at) {
            at += 1;
        }
        let end = at + 1 + name.len();
        // Where another ends shows most often that it is another.
        let is_it = bytes.get(at) == Some(&b'"')
            && bytes.get(end) == Some(&b'"')
            && bytes.get(end + 1) == Some(&b':')
            && bytes.get(at + 1..end) == Some(name.as_bytes());
        if is_it {
            self.at = end + 2;
        }
        is_it
    }

    #[inline]
    fn next_part(&mut self, is_first: bool, close: u8, expected: &'static str) -> Result<bool, Refusal> {
        match self.next_byte() {
            Some(byte) if byte == close => {
                self.at += 1;
                self.depth -= 1;
                Ok(false)
            }
            Some(b',') if !is_first => {
                self.at += 1;
                if self.next_byte() == Some(close) {
                    return Err(self.expected("no `,` behind the last"));
                }
                Ok(true)
            }
            Some(_) if is_first => Ok(true),
            _ => Err(self.expected(expected)),
        }
    }

    /// Goes behind the next value, which is looked at no further than it takes to know that it is JSON.
    ///
    /// # Errors
    ///
    /// If it is not.
    pub fn skip(&mut self) -> Result<(), Refusal> {
        self.count().map(|_| ())
    }

    /// [`skip`](Self::skip), and how many values there are in the value, with itself.
    pub fn count(&mut self) -> Result<usize, Refusal> {
        let mut count = 0;
        // Nothing here goes into the stack, so the depth is bound by memory alone, as serde_json has it.
        let mut open = Open::default();
        loop {
            let begin = self.begin()?;
            count += 1;
            match begin {
                Begin::Null => self.word("null")?,
                Begin::False => self.word("false")?,
                Begin::True => self.word("true")?,
                Begin::Number => _ = self.number()?,
                Begin::String => self.skip_string()?,
                Begin::Array | Begin::Object => {
                    self.at += 1;
                    self.depth += 1;
                    open.push(begin == Begin::Object);
                }
            }
            let mut is_first = matches!(begin, Begin::Array | Begin::Object);
            loop {
                let Some(is_object) = open.last() else { return Ok(count) };
                let (close, expected) = if is_object { (b'}', "`,` or `}`") } else { (b']', "`,` or `]`") };
                if self.next_part(is_first, close, expected)? {
                    if is_object {
                        self.skip_name()?;
                    }
                    break;
                }
                open.pop();
                is_first = false;
            }
        }
    }

    fn skip_name(&mut self) -> Result<(), Refusal> {
        if self.next_byte() != Some(b'"') {
            return Err(self.expected("the name of a property"));
        }
        self.skip_string()?;
        if self.next_byte() != Some(b':') {
            return Err(self.expected("`:`"));
        }
        self.at += 1;
        Ok(())
    }

    #[inline]
    fn skip_string(&mut self) -> Result<(), Refusal> {
        let end = scan::string_end(self.text.as_bytes(), self.at + 1).map(|end| ((), end));
        self.found(end)
    }

    /// Notes that a value is looked at.
    #[cfg(feature = "value")]
    #[inline]
    pub fn look(&self) {
        if self.is_counted {
            isomorph_json::work::spend(1);
        }
    }

    /// Has looks at values counted, or not; gives what was before.
    #[cfg(feature = "value")]
    pub fn count_looks(&mut self, is_counted: bool) -> bool {
        std::mem::replace(&mut self.is_counted, is_counted)
    }

    /// Where the next byte lies in memory.
    #[cfg(feature = "value")]
    pub fn address(&self) -> usize {
        self.text.as_ptr().addr() + self.at
    }

    /// Goes back to the bracket of the container that was entered last, of which nothing has been read.
    #[cfg(feature = "value")]
    pub fn leave(&mut self) {
        self.at -= 1;
        self.depth -= 1;
    }

    /// Goes back, or on, to where the cursor was before.
    #[cfg(feature = "value")]
    pub fn turn_to(&mut self, before: &Self) {
        (self.at, self.depth) = (before.at, before.depth);
    }

    /// Makes sure that nothing comes any more.
    ///
    /// # Errors
    ///
    /// If something does.
    pub fn end(&mut self) -> Result<(), Refusal> {
        match self.next_byte() {
            None => Ok(()),
            Some(_) => Err(self.expected("the end of the text")),
        }
    }
}

/// Which of the containers around a place are objects.
#[derive(Default)]
struct Open {
    /// The innermost sixty-four, a bit each.
    inner: u64,
    count: usize,
    outer: Vec<u64>,
}

impl Open {
    fn push(&mut self, is_object: bool) {
        if self.count > 0 && self.count.is_multiple_of(64) {
            self.outer.push(self.inner);
        }
        self.inner = self.inner << 1 | u64::from(is_object);
        self.count += 1;
    }

    fn last(&self) -> Option<bool> {
        (self.count > 0).then_some(self.inner & 1 == 1)
    }

    fn pop(&mut self) {
        self.inner >>= 1;
        self.count -= 1;
        if self.count > 0 && self.count.is_multiple_of(64) {
            self.inner = self.outer.pop().unwrap_or_default();
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::Cursor;

    fn is_skipped(text: &str) -> bool {
        let mut cursor = Cursor::new(text);
        cursor.skip().and_then(|()| cursor.end()).is_ok()
    }

    #[test]
    fn what_is_passed_over_is_json() {
        for text in [
            "",
            " ",
            "null",
            " null ",
            "nul",
            "nulll",
            "true",
            "false",
            "1 2",
            "{}",
            "[]",
            "{",
            "[",
            "}",
            "[1,]",
            "[,1]",
            "{,}",
            r#"{"a"}"#,
            r#"{"a":}"#,
            r#"{"a":1,}"#,
            r#"{"a":1 "b":2}"#,
            r#"{"a":[{"b":[[],{}]},2],"c":"]"}"#,
            "[1 2]",
            "[1,2}",
            r#"{"a":1]"#,
            "{1:2}",
            "[[[[]]]]",
            "[[[[]]]",
            "'a'",
            "[\"\u{1}\"]",
        ] {
            assert_eq!(is_skipped(text), serde_json::from_str::<Value>(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn depth_is_bound_by_memory_alone() {
        for depth in [63, 64, 65, 127, 128, 129, 1000, 100_000] {
            let (open, close) = (r#"[{"a":"#.repeat(depth), "}]".repeat(depth));
            assert!(is_skipped(&format!("{open}1{close}")), "{depth}");
            assert!(!is_skipped(&format!("{open}1{}", &close[1..])), "{depth}");
            assert!(!is_skipped(&format!("{open}1{}{close}", ']')), "{depth}");
        }
    }
}
