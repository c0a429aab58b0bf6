//! What other formats have, and JSON has not.

/// Something that is no JSON, but something elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Foreign {
    /// What JSON has to say of it.
    pub words: &'static str,
    /// The format that takes it, if one does, and what it takes.
    pub taken: Option<(&'static str, &'static str)>,
}

/// What begins at a place where a text is no JSON, if that is something elsewhere.
pub fn foreign(text: &str, at: usize) -> Option<Foreign> {
    let (found, before) = (text.get(at..)?, text.get(..at)?.trim_end());
    let begins = |with: &[&str]| with.iter().any(|with| found.starts_with(with));
    let of = |words, taken| Some(Foreign { words, taken });
    if begins(&["//", "/*", "#"]) {
        return of("JSON has no comments", Some(("jsonc", "them")));
    }
    if begins(&["'"]) {
        return of("JSON has double quotes alone", Some(("json5", "single ones")));
    }
    if begins(&["}", "]"]) && before.ends_with(',') {
        return of("remove the comma in front of it", Some(("jsonc", "it")));
    }
    if begins(&["NaN", "Infinity", "-Infinity", "-NaN"]) {
        return of("JSON has no such number", None);
    }
    if begins(&["True", "False", "None"]) {
        return of("JSON has `true`, `false` and `null`", None);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::foreign;

    #[test]
    fn what_is_something_elsewhere_is_told_from_the_rest() {
        for (text, at, format) in [("// a", 0, "jsonc"), ("{'a'}", 1, "json5"), ("[1, ]", 4, "jsonc")] {
            assert_eq!(
                foreign(text, at).and_then(|found| found.taken).map(|(format, _)| format),
                Some(format)
            );
        }
        assert!(foreign("None", 0).is_some_and(|found| found.taken.is_none()));
        assert_eq!(foreign("[1 2]", 3), None);
        assert_eq!(foreign("é", 1), None);
    }
}
