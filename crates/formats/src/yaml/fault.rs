//! What the parser complains of, in the words and at the place that help.

use std::borrow::Cow;
use std::ops::Range;

use isomorph_json::{Fault, Rule};

use super::{indentation, tabs};

/// Why a text is not read: what the parser says there, and the list or mapping with brackets that is open there, if one is.
pub fn fault(text: &str, message: &str, at: usize, open: Option<usize>) -> Fault {
    let at = at.min(text.len());
    let character = text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    let here = at..at + character;
    if message.contains("recursion") || message.contains("depth") {
        return Fault::new(Rule::Depth, here, message);
    }
    if message.contains("tab")
        && let Some(tab) = tabs::indenting(text, at).or_else(|| tabs::indenting(text, next_line(text, at)))
    {
        return tabs::fault(tab..tab + 1);
    }
    let is_later = |start: &usize| text.get(*start..at).is_some_and(|between| between.contains('\n'));
    if let Some(start) = open.filter(|start| at == text.len() || is_later(start)) {
        let (what, bracket) = if text[start..].starts_with('[') { ("list", ']') } else { ("mapping", '}') };
        return Fault::syntax(start..start + 1, format!("this {what} is not closed: `{bracket}` is missing"));
    }
    let (place, words) = told(text, message, here);
    Fault::syntax(place, words)
}

/// Where the line below a place begins.
fn next_line(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |newline| at + newline + 1)
}

/// The place, and the words.
fn told<'m>(text: &str, message: &'m str, here: Range<usize>) -> (Range<usize>, Cow<'m, str>) {
    let words = match message {
        "simple key expect ':'" | "simple key expected" => {
            let line = line_before(text, here.start);
            let words = "this is no key with a value, `key: value`, nor does it go on with the line above";
            return (line, words.into());
        }
        "mapping values are not allowed in this context" | "illegal placement of ':' indicator" => {
            "no `:` can be here; quote the text around it, or see whether its line is indented as it should be"
        }
        "block sequence entries are not allowed in this context" => {
            "no list can begin here; begin it on a line of its own"
        }
        "while scanning a quoted scalar, found unexpected end of stream"
        | "while scanning a quoted scalar, found unexpected document indicator" => {
            "the text that begins with a quote here, or before, is not closed"
        }
        "while parsing a quoted scalar, found unknown escape character" => {
            let words = "no such escape; write `\\\\` for a backslash, or take single quotes";
            return (unknown_escape(text, here), words.into());
        }
        "while parsing a quoted scalar, found invalid Unicode character escape code" => {
            "this escape is no character, nor half of one; write one beyond U+FFFF as it is, or as `\\U0001F600`"
        }
        "while parsing a node, did not find expected node content" => {
            "a value is missing here; quote a text that begins so"
        }
        "did not find expected <document start>" => {
            return (here.clone(), behind_the_end(text, here.start).into());
        }
        "misplaced bracket" => "no bracket is open that this could close; quote a text that begins with one",
        "invalid trailing content after double-quoted scalar" => {
            "nothing can follow the closing quote on its line; quote all of the text, or double the quote in it"
        }
        "while scanning a block scalar, did not find expected comment or line break" => {
            "behind `|` or `>` the text begins on the next line; quote it to have it on this one"
        }
        "while scanning an anchor or alias, did not find expected alphabetic or numeric character" => {
            "a name is missing behind `&` or `*`; quote a text that begins so"
        }
        message if message.starts_with("unexpected character: ") => {
            let found = text.get(here.clone()).unwrap_or_default();
            return (here, format!("no text can begin with `{found}`; quote it").into());
        }
        "while parsing node, found unknown anchor" => "this alias names no anchor above it",
        "while parsing a block mapping, did not find expected key"
        | "while parsing a block collection, did not find expected '-' indicator"
        | "invalid indentation"
        | "wrongly indented line in block scalar" => {
            let line = first_of_line(text, &here);
            let words = || mixed(text, &line, message).into();
            return (line.clone(), indentation::told(text, line.start).map_or_else(words, Cow::Owned));
        }
        message => message,
    };
    (here, words.into())
}

/// Where the line of a place begins to say something.
fn first_of_line(text: &str, here: &Range<usize>) -> Range<usize> {
    let start = text.get(..here.start).unwrap_or_default().rfind('\n').map_or(0, |newline| newline + 1);
    let line = text.get(start..).unwrap_or_default();
    let start = start + line.len() - line.trim_start_matches(' ').len();
    start..start + text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
}

/// What is wrong with a line that is indented as one above it.
fn mixed(text: &str, line: &Range<usize>, message: &str) -> &'static str {
    let is_element = text.get(line.start..).is_some_and(|line| line.starts_with("- "));
    if message.ends_with("did not find expected '-' indicator") && !is_element {
        "a list is above, indented as this, and no key can follow it there; indent it otherwise, or begin with `- `"
    } else if message.ends_with("did not find expected key") && is_element {
        "a mapping is above, indented as this, and no list can follow it there; put it under a key"
    } else {
        "this line is indented neither as those above nor as one around them"
    }
}

/// What is wrong with what follows a document that is complete.
fn behind_the_end(text: &str, at: usize) -> &'static str {
    if text.get(..at).is_some_and(|before| before.lines().any(|line| line.starts_with('%'))) {
        "behind a line that begins with `%` a document begins with `---`"
    } else {
        "the document is complete here; see whether this is indented as what it belongs to, or begin another by `---`"
    }
}

/// The first escape behind a quote that is none.
fn unknown_escape(text: &str, here: Range<usize>) -> Range<usize> {
    let mut rest = text.get(here.start..).unwrap_or_default().char_indices();
    while let Some((at, c)) = rest.next() {
        let is_known = |(_, next): (usize, char)| "0abt\tnvfre \"/\\N_LPxuU\n\r".contains(next);
        if c == '\\' && !rest.next().is_some_and(is_known) {
            return here.start + at..here.start + at + 1;
        }
    }
    here
}

/// The last line before a place that says anything.
fn line_before(text: &str, at: usize) -> Range<usize> {
    let before = text.get(..at).unwrap_or_default();
    let is_said = |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let mut end = before.len();
    for line in before.split_inclusive('\n').rev() {
        let start = end - line.len();
        // What stands before the place on its own line is what is complained of only if it is all that there is.
        if is_said(line) && (line.ends_with('\n') || at == text.len()) {
            let from = start + line.len() - line.trim_start().len();
            return from..start + line.trim_end().len();
        }
        end = start;
    }
    at..at
}
