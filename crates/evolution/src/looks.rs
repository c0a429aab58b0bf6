//! Patterns that look ahead at their beginning, or back at their end, as several that do not: each matches, or fails.

/// One of several patterns, and whether it has to match.
pub type Part = (String, bool);

/// The patterns that match, or fail, together where `pattern` does: itself alone, where it cannot be taken apart.
pub fn parts(pattern: &str) -> Vec<Part> {
    let whole = || vec![(pattern.to_owned(), true)];
    let Some(groups) = groups(pattern) else { return whole() };
    let mut found = Vec::new();
    let Some(begin) = pattern.strip_prefix('^') else { return whole() };
    // What is as it is written has one length, so that what is looked at stands at one place.
    let literal = begin.find(|c: char| !(c.is_ascii_alphanumeric() || "-_/:@ ".contains(c)));
    let start = 1 + literal.unwrap_or(begin.len());
    let prefix = &pattern[..start];
    let (mut from, mut to) = (start, pattern.len());
    for group in &groups {
        let text = &pattern[group.0..group.1];
        let looked = [("(?=", true), ("(?!", false)].into_iter();
        let mut looked = looked.filter(|_| group.0 == from && !is_repeated(&pattern[group.1..]));
        let Some((inside, is_there)) = looked.find_map(|look| inside(text, look)) else { break };
        found.push((format!("{prefix}(?:{inside})"), is_there));
        from = group.1;
    }
    for group in groups.iter().rev().filter(|group| group.0 >= from) {
        let looked = [("(?<=", true), ("(?<!", false)].into_iter();
        let end = if to == pattern.len() { pattern.len().saturating_sub(1) } else { to };
        let mut looked = looked.filter(|_| group.1 == end && pattern.ends_with('$'));
        let text = &pattern[group.0..group.1];
        let Some((inside, is_there)) = looked.find_map(|look| inside(text, look)) else { break };
        found.push((format!("(?:{inside})$"), is_there));
        to = group.0;
    }
    if found.is_empty() {
        return whole();
    }
    let end = if to == pattern.len() { "" } else { "$" };
    found.push((format!("{prefix}{}{end}", &pattern[from..to]), true));
    found
}

fn inside<'t>(text: &'t str, (look, is_there): (&str, bool)) -> Option<(&'t str, bool)> {
    Some((text.strip_prefix(look)?.strip_suffix(')')?, is_there))
}

fn is_repeated(rest: &str) -> bool {
    rest.starts_with(['*', '+', '?', '{'])
}

/// Where the outermost groups stand; `None` where there are several branches, or something refers to a group.
fn groups(pattern: &str) -> Option<Vec<(usize, usize)>> {
    let (mut found, mut open, mut start, mut is_class) = (Vec::new(), 0_usize, 0, false);
    let mut characters = pattern.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => {
                let (_, escaped) = characters.next()?;
                if matches!(escaped, '1'..='9' | 'k') {
                    return None;
                }
            }
            _ if is_class => is_class = character != ']',
            '[' => is_class = true,
            '(' => {
                if open == 0 {
                    start = at;
                }
                open += 1;
            }
            ')' => {
                open = open.checked_sub(1)?;
                if open == 0 {
                    found.push((start, at + 1));
                }
            }
            '|' if open == 0 => return None,
            _ => {}
        }
    }
    (open == 0 && !is_class).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn what_is_looked_at_is_a_pattern_of_its_own() {
        let taken = |pattern: &str| {
            let sign = |is_there| if is_there { "" } else { "not " };
            let all: Vec<_> =
                parts(pattern).iter().map(|(part, is_there)| format!("{}{part}", sign(*is_there))).collect();
            all.join(" and ")
        };
        for (pattern, expected) in [
            ("^(?!a)b", "not ^(?:a) and ^b"),
            ("^(?=.*[a-z])(?=.*\\d).{8,}$", "^(?:.*[a-z]) and ^(?:.*\\d) and ^.{8,}$"),
            ("^x-(?!a|b)[a-z]+$", "not ^x-(?:a|b) and ^x-[a-z]+$"),
            ("^(?!-)[a-z-]+(?<!-)$", "not ^(?:-) and not (?:-)$ and ^[a-z-]+$"),
            ("^a(?<!b)(?<=c)$", "(?:c)$ and not (?:b)$ and ^a$"),
            // None of these can be taken apart.
            ("^(?!a)b|c", "^(?!a)b|c"),
            ("(?!a)b", "(?!a)b"),
            ("^a+(?!a)b", "^a+(?!a)b"),
            ("^(?!a)*b", "^(?!a)*b"),
            ("^(?=(a))\\1", "^(?=(a))\\1"),
            ("^(?!a", "^(?!a"),
            ("^ab?(?!a)", "^ab?(?!a)"),
            ("^a\\(?<!b)$", "^a\\(?<!b)$"),
        ] {
            assert_eq!(taken(pattern), expected);
        }
    }
}
