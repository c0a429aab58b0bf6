//! Texts in memory, held against documents that are read already.

use isomorph_formats::Format;
use isomorph_json::Tape;
use isomorph_schema::Set;

use super::check::{Checked, Checker, Text};
use super::error::Error;
use super::finding::Finding;
use super::options::Options;
use super::schemas::Schemas;

/// A schema that texts in memory are held against. Nothing is read from the disk, and no thread is started.
pub struct Against {
    checker: Checker,
}

/// What a text came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Told {
    /// What is wrong, in the order of the text.
    pub findings: Vec<Finding>,
    /// Problems that were found and are not among the findings.
    pub more: usize,
    /// How many instances in it are valid.
    pub valid: usize,
    /// How many are not.
    pub invalid: usize,
    /// How many it would take too much work to judge.
    pub unjudged: usize,
}

impl Against {
    /// The schema of these documents; of several, or of what holds several, the one that is selected in them or that `root`
    /// names or points to. Of the options those count that say how texts are checked.
    ///
    /// # Errors
    ///
    /// If it is not said which schema is meant, or it cannot be used.
    pub fn set(set: &Set, root: Option<&str>, options: &Options) -> Result<Self, Error> {
        let checker = Checker {
            schemas: Schemas::of_set(set, root, options)?,
            max_errors: options.max_errors,
            max_depth: options.max_depth,
            stdin: None,
            is_redacted: options.is_redacted,
        };
        Ok(Self { checker })
    }

    /// Checks a text of this format: each instance in it.
    pub fn check(&self, text: &str, format: Format) -> Told {
        let text = Text {
            bytes: text.as_bytes(),
            format,
            path: None,
            is_walked: false,
            lines_before: 0,
            bytes_before: 0,
            commented: None,
        };
        let Checked { findings, more, valid, invalid, unjudged, .. } =
            self.checker.check(&text, &mut Tape::default());
        Told { findings, more, valid, invalid, unjudged }
    }
}
