use isomorph_json::{Cursor, Position, position, visible};
use isomorph_validator::explain::{Branch, Problem, Schema};

use isomorph_json::Transcribed;
use isomorph_json::{Excerpt, excerpt};

/// A problem, with all that a report says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The keyword that is violated, or the kind of fault.
    pub keyword: String,
    /// What is wrong, in words.
    pub message: String,
    /// The value, as a JSON Pointer.
    pub instance_location: String,
    /// The value in words.
    pub path: Option<String>,
    /// Where it stands; `None` of a whole file, as when it cannot be read.
    pub place: Option<Place>,
    /// What may help.
    pub help: Vec<String>,
    /// Another place in the file, and why it matters.
    pub related: Option<(Position, String)>,
    /// Where the schema says so.
    pub schema: Option<SchemaFinding>,
    /// The keyword as the validator came to it, if that is known.
    pub evaluation_path: Option<String>,
    /// The branch of a union that comes closest, if it is in one.
    pub branch: Option<Branch>,
}

/// Where a finding stands in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The position of its first character.
    pub start: Position,
    /// The position after its last character.
    pub end: Position,
    /// The first byte in the file.
    pub offset: u64,
    /// How many bytes there are.
    pub length: usize,
    /// The lines there, unless they are shown to nobody.
    pub excerpt: Option<Excerpt>,
}

/// A keyword in a schema file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaFinding {
    /// The file.
    pub file: String,
    /// Where the keyword stands in it, as a JSON Pointer.
    pub pointer: String,
    /// The position of the keyword.
    pub start: Position,
    /// The lines there.
    pub excerpt: Excerpt,
}

/// Turns the problems of one text into findings.
pub struct Finder<'t> {
    source: &'t str,
    cursor: Cursor<'t>,
    /// The lines of the file before the text, and the bytes.
    lines_before: usize,
    bytes_before: u64,
}

impl<'t> Finder<'t> {
    /// For a text that begins after so many lines and bytes of its file.
    pub fn new(source: &'t str, lines_before: usize, bytes_before: u64) -> Self {
        Self { source, cursor: Cursor::new(source), lines_before, bytes_before }
    }

    /// A finding; `transcribed` is the JSON that the problem was found in, if the text itself is none.
    pub fn finding(
        &mut self,
        problem: Problem,
        transcribed: Option<&Transcribed>,
        schema: Option<&Schema>,
    ) -> Finding {
        let origin = |span: &std::ops::Range<usize>| match transcribed {
            Some(transcribed) => transcribed.origin(span),
            None => span.clone(),
        };
        let span = origin(&problem.span);
        let (start, end) = self.cursor.positions(&span);
        let used = || transcribed.and_then(|transcribed| transcribed.used(&problem.span));
        let used = || {
            used().map(|here| (self.in_file(position(self.source, here.start)), "it is used here".to_owned()))
        };
        let related = problem
            .related
            .map(|(span, why)| (self.in_file(position(self.source, origin(&span).start)), why))
            .or_else(used);
        Finding {
            keyword: problem.keyword,
            message: visible(problem.message),
            instance_location: problem.instance_location,
            path: problem.path.map(visible),
            place: Some(Place {
                start: self.in_file(start),
                end: self.in_file(end),
                offset: self.bytes_before + span.start as u64,
                length: span.len(),
                excerpt: (!problem.is_secret).then(|| excerpt(self.source, &span)),
            }),
            help: problem.help.into_iter().map(visible).collect(),
            related,
            schema: problem.schema.and_then(|place| {
                let text = &schema?.texts().get(place.index)?.text.text;
                let start = position(text, place.span.start);
                let excerpt = excerpt(text, &place.span);
                Some(SchemaFinding { file: place.file, pointer: place.pointer, start, excerpt })
            }),
            evaluation_path: problem.evaluation_path,
            branch: problem.branch,
        }
    }

    fn in_file(&self, position: Position) -> Position {
        Position { line: position.line + self.lines_before, ..position }
    }
}

impl Finding {
    /// What there is to say beside the message and the help: another place in the file, the branch that is explained.
    pub fn notes(&self, file: &str) -> Vec<String> {
        let related =
            self.related.as_ref().map(|(at, why)| format!("{why}: {file}:{}:{}", at.line, at.column));
        let branch = self.branch.as_ref().map(|branch| {
            let Branch { keyword, index, of, value } = branch;
            // Of a union in a branch it would not be clear which of both is meant.
            let is_inside = ["anyOf", "oneOf"].contains(&self.keyword.as_str()) && !value.is_empty();
            let which = if is_inside { format!(", for {value}") } else { String::new() };
            let number = index + 1;
            format!("of the {of} branches of `{keyword}`{which}, number {number} comes closest, and this is what it wants")
        });
        related.into_iter().chain(branch).collect()
    }

    /// A finding about a whole file.
    pub fn of_file(keyword: &str, message: String) -> Self {
        Self {
            keyword: keyword.to_owned(),
            message: visible(message),
            instance_location: String::new(),
            path: None,
            place: None,
            help: Vec::new(),
            related: None,
            schema: None,
            evaluation_path: None,
            branch: None,
        }
    }
}
