//! Links of Markdown in descriptions, which rustdoc takes as they are.

use std::ops::Range;

/// Where the next link stands in a line: `[text](https://example.com)`, with plain words for a text. `in_code` says that the
/// line begins inside of code, where nothing is one.
pub fn next(line: &str, in_code: bool) -> Option<Range<usize>> {
    let mut from = 0;
    while let Some(middle) = line[from..].find("](").map(|at| from + at) {
        from = middle + 2;
        let Some(start) = line[..middle].rfind('[') else { continue };
        let stands_in_code = in_code == line[..start].matches('`').count().is_multiple_of(2);
        let is_image = line[..start].ends_with(['!', '\\']);
        let Some(length) = line[from..].find(')') else { continue };
        if !stands_in_code
            && !is_image
            && is_text(&line[start + 1..middle])
            && is_url(&line[from..from + length])
        {
            return Some(start..from + length + 1);
        }
    }
    None
}

/// Whether words are nothing else than words.
fn is_text(text: &str) -> bool {
    let is_plain = |c: char| c.is_alphanumeric() || " .,;:-_'\"/?!&+=%@#()`".contains(c);
    !text.trim().is_empty() && text.chars().all(is_plain) && text.matches('`').count().is_multiple_of(2)
}

/// Whether a link leads to the web or to a page of the site that the text is from, and holds nothing that would end it.
fn is_url(url: &str) -> bool {
    let rest = ["https://", "http://", "/"].iter().find_map(|start| url.strip_prefix(start));
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$&'*+,;=%".contains(c);
    rest.is_some_and(|rest| !rest.is_empty() && rest.chars().all(is_plain))
}
