//! Lines that are indented as nothing around them is.

use std::fmt::Write;

/// How a line is indented, and how it could be, if it is not indented as one that it could belong to.
pub fn told(text: &str, at: usize) -> Option<String> {
    let start = text.get(..at)?.rfind('\n').map_or(0, |newline| newline + 1);
    let line = text.get(start..)?.lines().next()?;
    let (own, above) = (spaces(line), open(text.get(..start)?));
    if above.is_empty() || above.contains(&own) {
        return None;
    }
    let plural = if own == 1 { "" } else { "s" };
    let mut words = format!("this line is indented by {own} space{plural}, and those above by ");
    for (index, indent) in above.iter().enumerate() {
        let between = match index {
            0 => "",
            _ if index + 1 == above.len() => " or ",
            _ => ", ",
        };
        _ = write!(words, "{between}{indent}");
    }
    Some(words)
}

/// How what is open at the end of a text is indented, from the outside.
fn open(text: &str) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    for line in text.lines().rev().filter(|line| is_said(line)) {
        for indent in starts(line).into_iter().rev() {
            if found.last().is_none_or(|last| indent < *last) {
                found.push(indent);
            }
        }
        if found.last() == Some(&0) {
            break;
        }
    }
    found.reverse();
    found
}

fn is_said(line: &str) -> bool {
    let line = line.trim_start();
    !line.is_empty() && !line.starts_with('#')
}

/// Where a line begins something: an element behind each of its dashes, too.
fn starts(line: &str) -> Vec<usize> {
    let mut starts = vec![spaces(line)];
    let mut rest = line.trim_start_matches(' ');
    while let Some(inner) = rest.strip_prefix("- ") {
        rest = inner.trim_start_matches(' ');
        starts.push(line.len() - rest.len());
    }
    starts
}

fn spaces(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn a_line_is_told_how_it_could_be_indented() {
        for (text, expected) in [
            (
                "a:\n  b:\n    c: 1\n   d",
                Some("this line is indented by 3 spaces, and those above by 0, 2 or 4"),
            ),
            (
                "- a:\n   - b: 1\n# x\n\n d",
                Some("this line is indented by 1 space, and those above by 0, 2, 3 or 5"),
            ),
            ("a:\n  b: 1\n  d", None),
            (" d", None),
        ] {
            assert_eq!(told(text, text.len() - 1).as_deref(), expected, "{text}");
        }
    }
}
