use std::ops::Range;

/// How many bytes of a line are shown on each side of what matters in it.
const MARGIN: usize = 60;
/// How many bytes of a span are shown at most.
const LONGEST: usize = 2000;
/// How many bytes of a span that is all on one line.
const WIDEST: usize = 120;

/// A piece of a text, and what matters in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// Whole lines, or the middle of a long one.
    pub text: String,
    /// The bytes of it that matter.
    pub span: Range<usize>,
    /// Whether it begins in the middle of a line.
    pub is_cut: bool,
}

/// Cuts the lines around `span` out of a text. What is too long to be shown is cut as well: of a long span its
/// first line, of a long line its middle.
pub fn excerpt(text: &str, span: &Range<usize>) -> Excerpt {
    let start = floor(text, span.start);
    let end = floor(text, span.end.max(start));
    let end = shown_end(text, start..end);
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = text[end..].find('\n').map_or(text.len(), |newline| end + newline);
    let from = if start - line_start > 2 * MARGIN { floor(text, start - MARGIN) } else { line_start };
    let until = if line_end - end > 2 * MARGIN { floor(text, end + MARGIN) } else { line_end };
    let (before, after) = (if from > line_start { "…" } else { "" }, if until < line_end { "…" } else { "" });
    let shown = text[from..until].trim_end_matches('\r');
    let moved = |at: usize| (at - from + before.len()).min(before.len() + shown.len());
    Excerpt {
        text: format!("{before}{shown}{after}"),
        span: moved(start)..moved(end),
        is_cut: from > line_start,
    }
}

/// The end of what is shown of a span.
fn shown_end(text: &str, span: Range<usize>) -> usize {
    let first_line = text[span.clone()].find('\n').map_or(span.end, |newline| span.start + newline);
    let end = if span.len() > LONGEST { first_line } else { span.end };
    if first_line - span.start > WIDEST { floor(text, span.start + WIDEST) } else { end }
}

/// The last place at or before `at` where a character begins.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::excerpt;

    #[test]
    fn a_line_is_shown_whole_if_it_is_short() {
        let found = excerpt("{\n  \"a\": 1\n}", &(9..10));
        assert_eq!((found.text.as_str(), found.span), ("  \"a\": 1", 7..8));
        let found = excerpt("[1", &(2..2));
        assert_eq!((found.text.as_str(), found.span), ("[1", 2..2));
    }

    #[test]
    fn of_a_long_line_the_middle_is_shown() {
        let text = format!("[{}\"x\"{}]", "\"ü\",".repeat(1000), ",1".repeat(1000));
        let at = text.find("\"x\"").unwrap();
        let found = excerpt(&text, &(at..at + 3));
        assert_eq!(&found.text[found.span], "\"x\"");
        assert!(found.text.len() < 300 && found.text.starts_with('…') && found.text.ends_with('…'));
    }

    #[test]
    fn every_span_of_a_text_can_be_shown() {
        let text = "ä\n[ü,\r\n\n\"…\"]";
        for start in 0..=text.len() + 1 {
            for end in start..=text.len() + 1 {
                let found = excerpt(text, &(start..end));
                assert!(found.text.get(found.span.clone()).is_some(), "{start}..{end}: {found:?}");
            }
        }
    }
}
