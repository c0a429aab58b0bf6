//! What is wrong with a text, as the page shows it.

use isomorph_check::Finding;
use isomorph_codegen as codegen;
use isomorph_json::visible;
use isomorph_schema::{Flaw, Note, Place};
use serde::Serialize;

use crate::utf16::Utf16;

/// How many are shown.
pub const SHOWN: usize = 200;

/// Something that is wrong, or worth a look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// How bad it is.
    level: Level,
    /// What.
    message: String,
    /// Where in the text, in units of UTF-16; absent if it is not about a place in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<[usize; 2]>,
    /// The line, for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    /// The column, for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    /// The keyword that is broken.
    #[serde(skip_serializing_if = "Option::is_none")]
    keyword: Option<String>,
    /// The place in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    /// What may help, and what else there is to say.
    help: Vec<String>,
    /// Where the schema says so: the pointer.
    #[serde(skip_serializing_if = "Option::is_none")]
    keyword_location: Option<String>,
    /// The same in the text of the schema.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) schema_at: Option<[usize; 2]>,
}

/// How bad something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Level {
    Error,
    Warning,
    Note,
}

impl Problem {
    /// One without a place.
    pub fn new(message: &str) -> Self {
        Self {
            level: Level::Error,
            message: visible(message.to_owned()),
            at: None,
            line: None,
            column: None,
            keyword: None,
            path: None,
            help: Vec::new(),
            keyword_location: None,
            schema_at: None,
        }
    }

    /// What is wrong with an instance. Its place in the schema is told if that is in this file.
    pub fn of_finding(finding: &Finding, text: &Utf16, schema_file: &str) -> Self {
        let bytes = finding.place.as_ref().map(|place| {
            let start = usize::try_from(place.offset).unwrap_or(usize::MAX);
            start..start.saturating_add(place.length)
        });
        let of_schema = finding.schema.as_ref().filter(|schema| schema.file == schema_file);
        Self {
            at: bytes.map(|bytes| text.span(&bytes)),
            line: finding.place.as_ref().map(|place| place.start.line),
            column: finding.place.as_ref().map(|place| place.start.column),
            keyword: Some(finding.keyword.clone()),
            path: finding.path.clone(),
            help: finding.help.iter().cloned().chain(finding.notes("here")).collect(),
            keyword_location: of_schema.map(|schema| schema.pointer.clone()),
            ..Self::new(&finding.message)
        }
    }

    /// Where the schema says so.
    pub fn keyword_location(&self) -> Option<&str> {
        self.keyword_location.as_deref()
    }

    fn of_flaw(flaw: &Flaw, file: &str, text: &Utf16) -> Self {
        let problem = Self { help: flaw.help.clone(), ..Self::new(&flaw.message) };
        problem.at_place(&flaw.place, file, text)
    }

    /// The same at a place; what is in another file says so.
    fn at_place(mut self, place: &Place, file: &str, text: &Utf16) -> Self {
        match &place.spot {
            Some(spot) if place.file == file => {
                self.at = Some(text.span(&spot.span));
                self.line = Some(spot.position.line);
                self.column = Some(spot.position.column);
                self.path = Some(place.pointer.to_string());
            }
            _ => self.path = Some(visible(place.to_string())),
        }
        self
    }
}

/// What is wrong with a schema that cannot be used.
pub fn of_schema(error: &codegen::Error, file: &str, text: &Utf16) -> Vec<Problem> {
    let flaws = match error {
        codegen::Error::Schema(error) => error.flaws(),
        _ => Vec::new(),
    };
    if flaws.is_empty() {
        return vec![Problem::new(&error.to_string())];
    }
    flaws.iter().take(SHOWN).map(|flaw| Problem::of_flaw(flaw, file, text)).collect()
}

/// What is worth a line about a schema that can be used.
pub fn of_notes(notes: &[Note], file: &str, text: &Utf16) -> Vec<Problem> {
    notes.iter().take(SHOWN).map(|note| of_note(note, file, text)).collect()
}

fn of_note(note: &Note, file: &str, text: &Utf16) -> Problem {
    let line = note.line();
    let (level, said) = match line.split_once(": ") {
        Some(("warning", said)) => (Level::Warning, said),
        Some((_, said)) => (Level::Note, said),
        None => (Level::Note, line.as_str()),
    };
    let problem = |said: &str| Problem { level, ..Problem::new(said) };
    match note {
        Note::Sibling { place, .. } | Note::LoosePattern { place, .. } | Note::Misspelt { place, .. } => {
            let said = said.strip_prefix(&format!("{place}: ")).unwrap_or(said);
            problem(said).at_place(place, file, text)
        }
        _ => problem(said),
    }
}
