//! Links of Markdown in descriptions, which rustdoc takes as they are.

use std::ops::Range;

/// Where the next link stands in a line: `[text](https://example.com)`, with plain words for a text. `in_code` says that the
/// line begins inside of code, where nothing is one.
pub fn next(line: &str, in_code: bool) -> Option<Range<usize>> {
    let mut in_code = in_code;
    // Where the text of a link may begin, and whether that is in code; and where the next address may end.
    let (mut begun, mut end) = (None, 0);
    for (at, byte) in line.bytes().enumerate() {
        match byte {
            b'`' => in_code = !in_code,
            b'[' => begun = Some((at, in_code)),
            b']' if line[at + 1..].starts_with('(') => {
                // Who looks for an end once has looked for all that begin before it, so that a line is gone through once.
                let from = at + 2;
                if end < from {
                    end = from + line[from..].find(')')?;
                }
                // What comes behind is no text with this in it.
                let Some((start, false)) = begun.take() else { continue };
                let is_image = line[..start].ends_with(['!', '\\']);
                if !is_image && is_text(&line[start + 1..at]) && is_url(&line[from..end]) {
                    return Some(start..end + 1);
                }
            }
            _ => {}
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

#[cfg(test)]
#[expect(clippy::disallowed_types, reason = "how long it takes is what is tested")]
mod tests {
    use std::time::{Duration, Instant};

    use super::next;

    #[test]
    fn a_link_is_found_among_what_is_none() {
        for (line, in_code, expected) in [
            ("see [a](https://a.b/c) here", false, Some("[a](https://a.b/c)")),
            ("see [a](https://a.b/c) here", true, None),
            ("` [a](/b) ` [c](/d)", false, Some("[c](/d)")),
            ("code` [a](/b)", true, Some("[a](/b)")),
            ("![a](/b) \\[c](/d)", false, None),
            ("[a [b](/c)", false, Some("[b](/c)")),
            ("[a](b) [`c`](/d)", false, Some("[`c`](/d)")),
            ("[a](no good [b](/c)", false, Some("[b](/c)")),
            ("[a] b](/c)", false, None),
            ("[ü](/ü) [ö](/o)", false, Some("[ö](/o)")),
            ("[a](/b", false, None),
            ("[](/b) ](/c)", false, None),
        ] {
            assert_eq!(next(line, in_code).map(|found| &line[found]), expected, "{line}");
        }
    }

    #[test]
    fn a_long_line_is_gone_through_once() {
        for part in ["](", "[a](", "[a](/", "[a](/[", "`[a](", "[a]("] {
            for end in ["", ")"] {
                let line = part.repeat(300_000) + end;
                let start = Instant::now();
                next(&line, false);
                assert!(start.elapsed() < Duration::from_secs(5), "{part}: {:?}", start.elapsed());
            }
        }
        let line = format!("[{}", "a".repeat(500_000)) + &"](x".repeat(200_000);
        let start = Instant::now();
        next(&line, false);
        assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    }
}
