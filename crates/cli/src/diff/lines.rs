//! Lines of schema files.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use isomorph_json::SourceText;

/// The texts of schema files, by what they are called.
#[derive(Debug, Default)]
pub struct Lines {
    texts: BTreeMap<String, Text>,
}

#[derive(Debug)]
struct Text {
    source: Arc<SourceText>,
    /// Where each line begins, when one was first asked for.
    starts: OnceLock<Vec<usize>>,
}

impl Lines {
    /// Adds a file.
    pub fn add(&mut self, file: String, source: Arc<SourceText>) {
        self.texts.insert(file, Text { source, starts: OnceLock::new() });
    }

    /// The line of `keyword` at a place, a file and a JSON Pointer; if it is not there, that of what is nearest around it.
    pub fn of(&self, place: &str, keyword: &str) -> Option<usize> {
        let (file, pointer) = place.split_once('#').unwrap_or((place, ""));
        let text = self.texts.get(file)?;
        let whole = format!("{pointer}{keyword}");
        let mut pointer = whole.as_str();
        loop {
            if let Some(located) = text.source.located(pointer) {
                return Some(text.line(text.source.origin(located.handle()).start));
            }
            pointer = pointer.rsplit_once('/')?.0;
        }
    }
}

impl Text {
    /// The line of a byte.
    fn line(&self, at: usize) -> usize {
        let starts = self.starts.get_or_init(|| {
            let breaks = self.source.text.match_indices('\n').map(|(index, _)| index + 1);
            std::iter::once(0).chain(breaks).collect()
        });
        starts.partition_point(|start| *start <= at)
    }
}
