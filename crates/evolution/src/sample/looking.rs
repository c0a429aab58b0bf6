//! Patterns that look around, as patterns that do not: several of which each has to match, or to fail.

/// What a pattern comes to, all of it together.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Plain {
    pub matching: Vec<String>,
    pub failing: Vec<String>,
}

/// The pattern as others, where it looks ahead from its start or at its end, or back at its start; else as it is.
pub fn plain(pattern: &str) -> Plain {
    let mut found = Plain::default();
    let is_simple = !has_alternatives(pattern);
    let mut rest = pattern;
    if let Some(after) = pattern.strip_prefix('^').filter(|_| is_simple) {
        // What has to follow the start follows it each by itself.
        rest = after;
        while let Some((sign, inner, after)) = group(rest) {
            let list = match sign {
                "(?=" => &mut found.matching,
                "(?!" => &mut found.failing,
                _ => break,
            };
            list.push(format!("^(?:{inner})"));
            rest = after;
        }
        let rest = format!("^{}", consumed(rest));
        found.matching.push(rest);
        return found;
    }
    if is_simple
        && let Some(("(?=", _, after)) = group(rest)
        && after.starts_with("(?")
    {
        // Several at once may follow anything; of what they begin all match too.
        return plain(&format!("^{pattern}"));
    }
    if is_simple {
        if let Some(("(?=" | "(?<=", inner, after)) = group(rest)
            && after.is_empty()
        {
            found.matching.push(inner.to_owned());
            return found;
        }
        if let Some(("(?<=", inner, after)) = group(rest) {
            found.matching.push(format!("(?:{inner}){}", consumed(after)));
            return found;
        }
    }
    found.matching.push(if is_simple { consumed(rest) } else { rest.to_owned() });
    found
}

/// What is looked ahead for at the end stands there.
fn consumed(pattern: &str) -> String {
    let start = pattern.rfind("(?=").filter(|start| {
        group(&pattern[*start..]).is_some_and(|(_, _, after)| after.is_empty() && is_at_top(pattern, *start))
    });
    match start.and_then(|start| Some((start, group(&pattern[start..])?))) {
        Some((start, (_, inner, _))) => format!("{}(?:{inner})", &pattern[..start]),
        None => pattern.to_owned(),
    }
}

/// The group that looks around at the start of a text: its sign, what is in it, and what comes after.
fn group(text: &str) -> Option<(&'static str, &str, &str)> {
    let sign = ["(?=", "(?!", "(?<=", "(?<!"].into_iter().find(|sign| text.starts_with(sign))?;
    let end = end_of_group(text);
    let inner = text.get(sign.len()..end.checked_sub(1)?)?;
    // How often it is looked does not matter, but it is another pattern.
    let after = &text[end..];
    (!after.starts_with(['*', '+', '?', '{'])).then_some((sign, inner, after))
}

/// How many bytes the group is long that a text begins with.
pub fn end_of_group(text: &str) -> usize {
    let mut end = text.len();
    walk(text, |index, c, depth| {
        let is_end = c == ')' && depth == 0;
        if is_end {
            end = index + 1;
        }
        !is_end
    });
    end
}

fn has_alternatives(pattern: &str) -> bool {
    let mut found = false;
    walk(pattern, |_, c, depth| {
        found |= c == '|' && depth == 0;
        !found
    });
    found
}

fn is_at_top(pattern: &str, place: usize) -> bool {
    let mut is_at_top = false;
    walk(pattern, |index, _, depth| {
        // A group is inside itself.
        is_at_top |= index == place && depth == 1;
        index < place
    });
    is_at_top
}

/// Goes through what is syntax of a pattern, each with how many groups are around it after it, as long as it is wanted.
fn walk(pattern: &str, mut goes_on: impl FnMut(usize, char, usize) -> bool) {
    let (mut depth, mut is_escaped, mut is_in_class) = (0usize, false, false);
    for (index, c) in pattern.char_indices() {
        match c {
            _ if is_escaped => {
                is_escaped = false;
                continue;
            }
            '\\' => {
                is_escaped = true;
                continue;
            }
            ']' if is_in_class => {
                is_in_class = false;
                continue;
            }
            _ if is_in_class => continue,
            '[' => {
                is_in_class = true;
                continue;
            }
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if !goes_on(index, c, depth) {
            return;
        }
    }
}

/// The pattern with a text in the place of its first group and of what refers back to that, if anything does.
pub fn without_back_reference(pattern: &str, mut made: impl FnMut(&str) -> Option<String>) -> Option<String> {
    let mut start = None;
    walk(pattern, |index, c, _| {
        if c == '(' && !pattern[index..].starts_with("(?") {
            start = Some(index);
        }
        start.is_none()
    });
    let start = start.filter(|_| pattern.contains("\\1"))?;
    let end = start + end_of_group(&pattern[start..]);
    let text = made(pattern.get(start + 1..end.checked_sub(1)?)?)?;
    let is_plain = |c: char| c.is_alphanumeric() || !c.is_ascii();
    let mut literal = String::new();
    for c in text.chars() {
        if !is_plain(c) && !c.is_whitespace() && !c.is_control() {
            literal.push('\\');
        }
        literal.push(c);
    }
    let rest = pattern[end..].replace("\\1", &format!("(?:{literal})"));
    Some(format!("{}(?:{literal}){rest}", &pattern[..start]))
}

#[cfg(test)]
mod tests {
    use super::{Plain, plain, without_back_reference};

    #[test]
    fn what_looks_around_is_said_by_several() {
        let all = |matching: &[&str], failing: &[&str]| Plain {
            matching: matching.iter().map(|text| (*text).to_owned()).collect(),
            failing: failing.iter().map(|text| (*text).to_owned()).collect(),
        };
        for (pattern, expected) in [
            ("^(?=.*[A-Z])(?!x)[a-z)(]{8,}$", all(&["^(?:.*[A-Z])", "^[a-z)(]{8,}$"], &["^(?:x)"])),
            ("(?=.*\\d)", all(&[".*\\d"], &[])),
            ("(?=.*[A-Z])(?=.*\\d)", all(&["^(?:.*[A-Z])", "^(?:.*\\d)", "^"], &[])),
            ("a(?=b)", all(&["a(?:b)"], &[])),
            ("(?<=a)b", all(&["(?:a)b"], &[])),
            ("^a|(?=b)", all(&["^a|(?=b)"], &[])),
            ("(a(?=b))", all(&["(a(?=b))"], &[])),
            ("^[(?=]x$", all(&["^[(?=]x$"], &[])),
        ] {
            assert_eq!(plain(pattern), expected, "{pattern}");
        }
        let made = |_: &str| Some("'".to_owned());
        assert_eq!(
            without_back_reference("^(['\"])[a-z]*\\1$", made).as_deref(),
            Some("^(?:\\')[a-z]*(?:\\')$")
        );
        assert_eq!(without_back_reference("^(a)$", made), None);
    }
}
