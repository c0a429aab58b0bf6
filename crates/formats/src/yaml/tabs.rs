//! Tabs: between a key and its value they may stand, in front of either, as indentation, they may not.

use std::borrow::Cow;
use std::ops::Range;

use isomorph_json::Fault;

/// What the parser says of a tab behind a colon.
const BEHIND_A_COLON: &str = "':' must be followed by a valid YAML whitespace";

/// What it says of one behind a question mark.
const BEHIND_A_QUESTION_MARK: &str = "expected whitespace";

/// How many bytes may be read again because of tabs.
const AGAIN: usize = 1 << 26;

/// A text in which tabs that the parser does not take are spaces: of those it says where they are, one after the other.
pub struct Tabbed<'t> {
    text: Cow<'t, str>,
    read: usize,
}

impl<'t> Tabbed<'t> {
    /// A text as it is.
    pub fn new(text: &'t str) -> Self {
        Self { text: Cow::Borrowed(text), read: 0 }
    }

    /// The text as the parser is to read it. All that is in it is where it was.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The same, to put what is as long in it.
    pub fn text_mut(&mut self) -> &mut String {
        self.text.to_mut()
    }

    /// Takes the tabs in front of `at` for spaces, if that is what the parser complains of, and reading anew is not too much.
    pub fn takes(&mut self, message: &str, at: usize) -> bool {
        let before = self.text.get(..at).unwrap_or_default();
        let start = before.trim_end_matches([' ', '\t']).len();
        let is_tab = before[start..].contains('\t') && before[..start].ends_with(':');
        self.read += self.text.len();
        if message == BEHIND_A_QUESTION_MARK && self.read <= AGAIN {
            return self.takes_behind_a_question_mark(at);
        }
        if message != BEHIND_A_COLON || !is_tab || self.read > AGAIN {
            return false;
        }
        let text = self.text.to_mut();
        let spaces = " ".repeat(at - start);
        text.replace_range(start..at, &spaces);
        true
    }

    /// Takes the tabs at `at` for spaces, if a question mark stands in front of them.
    fn takes_behind_a_question_mark(&mut self, at: usize) -> bool {
        let behind = self.text.get(at..).unwrap_or_default();
        let length = behind.len() - behind.trim_start_matches([' ', '\t']).len();
        let is_tab = behind.starts_with('\t') && self.text[..at].ends_with('?');
        if is_tab {
            self.text.to_mut().replace_range(at..at + length, &" ".repeat(length));
        }
        is_tab
    }
}

/// Refuses a key, a dash or a collection with a tab in front of it on its line.
pub fn indented(text: &str, at: usize) -> Result<(), Fault> {
    let before = text.get(start_of_line(text, at)..at).unwrap_or_default();
    let is_first = before.chars().all(|c| matches!(c, '\u{FEFF}' | '-' | '?' | ' ' | '\t'));
    indenting(text, at).filter(|_| is_first).map_or(Ok(()), |tab| Err(fault(tab..tab + 1)))
}

/// Refuses a collection that begins behind a dash or a question mark, with a tab in between: it says how deep the collection is.
pub fn compact(text: &str, at: usize) -> Result<(), Fault> {
    let before = text.get(start_of_line(text, at)..at).unwrap_or_default();
    let indicators = before.trim_end_matches([' ', '\t']);
    let tab = before[indicators.len()..].find('\t').map(|tab| at - before.len() + indicators.len() + tab);
    match tab.filter(|_| indicators.ends_with(['-', '?', ':'])) {
        Some(tab) => Err(fault(tab..tab + 1)),
        None => indented(text, at),
    }
}

/// Refuses what stands between brackets with a tab in front of it on its line, where the collection around the brackets, which
/// begins at `block`, is indented: what continues it has to be indented by more, in spaces.
pub fn in_flow(text: &str, block: usize, at: usize) -> Result<(), Fault> {
    let (own, around) = (start_of_line(text, at), start_of_line(text, block));
    let before = text.get(own..at).unwrap_or_default();
    let spaces = before.len() - before.trim_start_matches(' ').len();
    let is_first = before.trim_matches([' ', '\t']).is_empty();
    if own > around && is_first && before[spaces..].starts_with('\t') && spaces <= block - around {
        return Err(fault(own + spaces..own + spaces + 1));
    }
    Ok(())
}

/// The first tab in what indents the line of a place.
pub fn indenting(text: &str, at: usize) -> Option<usize> {
    let line = text.get(start_of_line(text, at)..).unwrap_or_default().trim_start_matches('\u{FEFF}');
    let rest = line.trim_start_matches(' ');
    rest.starts_with('\t').then_some(text.len() - rest.len())
}

fn start_of_line(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or_default().rfind(['\n', '\r']).map_or(0, |newline| newline + 1)
}

/// What is said of a tab that indents.
pub fn fault(at: Range<usize>) -> Fault {
    Fault::syntax(at, "a tab cannot indent; use spaces")
}
