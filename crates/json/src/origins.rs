//! JSON that was made of another text, and where in that each token came from.

use std::ops::Range;

/// Writes JSON, and notes where in another text each token came from.
#[derive(Debug, Default)]
pub struct JsonText {
    json: String,
    /// The bytes of each token or container in the JSON, and those it came from; by their start.
    origins: Vec<(Range<usize>, Range<usize>)>,
    /// The bytes in the JSON of what stands elsewhere in the other text, and where it is used there; what is inside comes
    /// first.
    uses: Vec<(Range<usize>, Range<usize>)>,
    /// Whether something stands before, in the container that is open.
    is_after_value: bool,
}

/// An instance in JSON, and where it came from.
#[derive(Debug, Clone)]
pub struct Transcribed {
    /// The instance.
    pub json: String,
    origins: Vec<(Range<usize>, Range<usize>)>,
    uses: Vec<(Range<usize>, Range<usize>)>,
}

impl JsonText {
    /// Writes a literal: a number, `true`, `false` or `null`.
    pub fn literal(&mut self, literal: &str, origin: Range<usize>) {
        self.separate();
        let start = self.json.len();
        self.json += literal;
        self.origins.push((start..self.json.len(), origin));
        self.is_after_value = true;
    }

    /// Writes a string.
    pub fn string(&mut self, string: &str, origin: Range<usize>) {
        self.literal(&serde_json::Value::from(string).to_string(), origin);
    }

    /// Writes a key; its value must follow.
    pub fn key(&mut self, key: &str, origin: Range<usize>) {
        self.string(key, origin);
        self.json.push(':');
        self.is_after_value = false;
    }

    /// Begins a container; gives what [`Self::close`] wants to know.
    pub fn open(&mut self, bracket: char) -> usize {
        self.separate();
        let start = self.json.len();
        self.json.push(bracket);
        self.origins.push((start..start, 0..0));
        self.is_after_value = false;
        self.origins.len() - 1
    }

    /// Ends a container.
    pub fn close(&mut self, opened: usize, bracket: char, origin: Range<usize>) {
        self.json.push(bracket);
        if let Some((json, from)) = self.origins.get_mut(opened) {
            json.end = self.json.len();
            *from = origin;
        }
        self.is_after_value = true;
    }

    /// What was written since there were `before` bytes stands elsewhere in the other text, and is used here.
    pub fn used(&mut self, before: usize, here: Range<usize>) {
        self.uses.push((before..self.json.len(), here));
    }

    /// How many bytes were written.
    pub fn length(&self) -> usize {
        self.json.len()
    }

    /// The instance.
    pub fn finish(self) -> Transcribed {
        Transcribed { json: self.json, origins: self.origins, uses: self.uses }
    }

    fn separate(&mut self) {
        if self.is_after_value {
            self.json.push(',');
        }
    }
}

impl Transcribed {
    /// Where what a span of the JSON says is used, if it stands elsewhere.
    pub fn used(&self, span: &Range<usize>) -> Option<Range<usize>> {
        let is_inside = |json: &Range<usize>| json.start <= span.start && span.end <= json.end;
        let outermost = self.uses.iter().rev().find(|(json, _)| is_inside(json));
        outermost.map(|(_, here)| here.clone())
    }

    /// The bytes that a span of the JSON came from.
    pub fn origin(&self, span: &Range<usize>) -> Range<usize> {
        let after = self.origins.partition_point(|(json, _)| json.start <= span.start);
        let Some((json, from)) = after.checked_sub(1).and_then(|index| self.origins.get(index)) else {
            return 0..0;
        };
        if json == span {
            return from.clone();
        }
        // The bracket of a container: that of the other text, or the first key, where that has none.
        match self.origins.get(after) {
            Some((_, first)) if first.start == from.start => first.clone(),
            _ => from.start..(from.start + 1).min(from.end),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::JsonText;

    #[test]
    fn what_is_written_is_json_and_leads_back() {
        let source = "a: [1, x]";
        let mut text = JsonText::default();
        let object = text.open('{');
        text.key("a", 0..1);
        let array = text.open('[');
        text.literal("1", 4..5);
        text.string("x", 7..8);
        text.close(array, ']', 3..9);
        text.close(object, '}', 0..9);
        let read = text.finish();
        assert_eq!(read.json, r#"{"a":[1,"x"]}"#);
        for (json, origin) in
            [("\"x\"", "x"), ("[1,\"x\"]", "[1, x]"), ("{", "a"), ("[", "["), ("\"a\"", "a")]
        {
            let start = read.json.find(json).unwrap();
            assert_eq!(&source[read.origin(&(start..start + json.len()))], origin, "{json}");
        }
    }
}
