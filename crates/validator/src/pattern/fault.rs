//! What is no pattern of ECMA-262, though other engines know it, and this one might take it for something.

use jsonschema_regex::is_valid_ecma_regex;

use super::class::backwards;
use super::groups::misnamed;
use super::loose::loose;
use super::quantifier::is_quantifier;
use super::{properties, unset};

/// What is wrong with a pattern, and what to write instead; `None` if it is one, or one without the `u` flag.
///
/// Only what is an error with and without that flag is told here, and letters that are escaped for nothing: those are
/// meant as another engine has them.
pub fn fault(pattern: &str) -> Option<String> {
    if let Some(fault) =
        of_properties(pattern).or_else(|| misnamed(pattern)).or_else(|| unset::fault(pattern))
    {
        return Some(fault);
    }
    if is_valid_ecma_regex(pattern) {
        return None;
    }
    let mut rest = pattern;
    let mut in_class = false;
    let mut after_quantifier = false;
    while let Some(first) = rest.chars().next() {
        let found = match first {
            '\\' => of_escape(rest).or_else(|| of_repeated(rest, in_class)),
            '^' | '$' => of_repeated(rest, in_class),
            '[' if !in_class => of_class(rest),
            '(' if !in_class => of_group(rest),
            '+' if !in_class && after_quantifier => Some(
                "a possessive quantifier is none of ECMA-262's; leave its last `+` out, or say what follows by `(?=…)`"
                    .to_owned(),
            ),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
        let is_escape = first == '\\';
        match first {
            '[' if !in_class => in_class = true,
            ']' => in_class = false,
            _ => {}
        }
        after_quantifier = !in_class && matches!(first, '*' | '+' | '?' | '}') && !after_quantifier;
        rest = &rest[first.len_utf8()..];
        if is_escape {
            rest = rest.chars().next().map_or(rest, |escaped| &rest[escaped.len_utf8()..]);
        }
    }
    None
}

/// Why a pattern without a [fault](fault()) cannot be matched; behind a semicolon, what may help.
pub fn unmatched(pattern: &str) -> &'static str {
    let counts = || pattern.match_indices('{').any(|(at, _)| is_quantifier(&pattern[at..]));
    if is_valid_ecma_regex(pattern) && !counts() {
        "ECMA-262 has it, but nothing here matches it; write it in a more common way"
    } else if is_valid_ecma_regex(pattern) {
        "it is larger than can be matched; count less in it, as `maxLength` could"
    } else if without_flag(pattern) {
        "it is one only without the `u` flag of ECMA-262, and nothing here matches it; write it so that it is one with it"
    } else {
        "ECMA-262 cannot read it"
    }
}

/// Whether something in a pattern is an error only with the `u` flag: what looks ahead and is repeated, and escapes that say nothing.
fn without_flag(pattern: &str) -> bool {
    const LOOSE: [&str; 6] = [r"\8", r"\9", r"\k", r"\c", r"\p", r"\P"];
    let repeats_a_look = ["(?=", "(?!"].iter().any(|look| pattern.contains(look))
        && [")*", ")+", ")?", "){"].iter().any(|repeated| pattern.contains(repeated));
    let octal = pattern.as_bytes().windows(2).any(|pair| pair[0] == b'\\' && pair[1].is_ascii_digit());
    loose(pattern).is_some() || repeats_a_look || octal || LOOSE.iter().any(|escape| pattern.contains(escape))
}

/// A name that is none of a property. Without the flag that would be letters and braces, which nobody means.
fn of_properties(pattern: &str) -> Option<String> {
    let mut is_escaped = false;
    pattern.char_indices().find_map(|(at, c)| {
        let begins = c == '\\' && !is_escaped;
        is_escaped = begins;
        let name = properties::name(&pattern[at..]).filter(|_| begins)?;
        properties::unnamed(name, pattern[at + 1..].chars().next()?)
    })
}

/// The letters that ECMA-262 gives a meaning to behind a backslash.
const ESCAPES: &str = "dDwWsSbBfnrtvcxukpP";

fn of_escape(rest: &str) -> Option<String> {
    let escaped = rest.chars().nth(1).filter(|c| c.is_ascii_alphabetic() && !ESCAPES.contains(*c))?;
    let instead = match escaped {
        'A' => "; write `^`",
        'z' | 'Z' => "; write `$`",
        'h' => "; write `[\\t ]`",
        _ => "",
    };
    Some(format!("`\\{escaped}` means nothing in ECMA-262{instead}"))
}

/// What matches between characters cannot be repeated.
fn of_repeated(rest: &str, in_class: bool) -> Option<String> {
    let assertions = ["^", "$", r"\b", r"\B"];
    let (assertion, behind) = assertions.iter().find_map(|one| Some((*one, rest.strip_prefix(one)?)))?;
    let is_repeated = behind.starts_with(['*', '+', '?']) || is_quantifier(behind);
    (is_repeated && !in_class).then(|| format!("`{assertion}` matches no character, and cannot be repeated"))
}

fn of_class(rest: &str) -> Option<String> {
    backwards(rest).map(|range| format!("the range `{range}` begins behind its end; turn it round"))
}

fn of_group(rest: &str) -> Option<String> {
    let what = rest.strip_prefix("(?")?;
    if what.starts_with('P') {
        return Some("`(?P` is none of ECMA-262's; a named group is `(?<name>…)`".to_owned());
    }
    if what.starts_with('>') {
        return Some("`(?>` is none of ECMA-262's; write `(?:…)`".to_owned());
    }
    if what.starts_with('#') {
        return Some("ECMA-262 has no comments in patterns; leave `(?#…)` out".to_owned());
    }
    let flags = what.trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == '-');
    let is_switch = flags.len() < what.len() && flags.starts_with(')');
    is_switch.then(|| {
        let flags = &what[..what.len() - flags.len()];
        format!("`(?{flags})` is none of ECMA-262's; write the letters that are meant, as in `[aA]`")
    })
}

#[cfg(test)]
mod tests {
    use super::{fault, unmatched};

    #[test]
    fn what_only_other_engines_know_is_a_fault() {
        for (pattern, said) in [
            (r"\Aa", "write `^`"),
            (r"a\z", "write `$`"),
            (r"[\h]", r"`\h` means nothing"),
            ("(?i)a", "`(?i)`"),
            ("a(?m-s)b", "`(?m-s)`"),
            ("(?P<y>a)", "(?<name>"),
            ("(?>a)", "(?:…)"),
            ("(?#a)b", "comments"),
            ("a++", "possessive"),
            ("a{1,2}+", "possessive"),
            ("(a|b)?+c", "possessive"),
            ("^*", "cannot be repeated"),
            ("a$+", "cannot be repeated"),
            (r"\b*", "cannot be repeated"),
            ("^{1}", "cannot be repeated"),
            (r"[\u{1F602}-\u{1F600}]", "turn it round"),
            ("[z-a]", "turn it round"),
            (r"^\p{Han}+$", "write `\\p{Script=Han}`"),
            (r"[a\P{^l}]", "write `\\p{L}`"),
            (r"(?<=\1(a))b", "nothing here matches that"),
            ("(?<a>x)(?<a>y)", "a second group"),
            ("(?:(?<a>x)|b)(?:c|(?<a>y))", "a second group"),
            ("(?<a>(?<a>y))", "a second group"),
            ("(?<1a>a)", "names no group"),
            ("(?<a-b>a)", "names no group"),
            ("(?<>a)", "names no group"),
        ] {
            let fault = fault(pattern).unwrap_or_default();
            assert!(fault.contains(said), "{pattern}: {fault}");
        }
    }

    #[test]
    fn what_cannot_be_matched_is_told_by_its_cause() {
        for (pattern, said) in [
            ("^.{8000,}$", "larger than"),
            (r"\p{CWKCF}", "more common way"),
            ("(?=a)*", "without the `u` flag"),
            (r"[\1]", "without the `u` flag"),
            (r"\k", "without the `u` flag"),
            ("(", "cannot read it"),
            ("a)", "cannot read it"),
        ] {
            assert!(unmatched(pattern).contains(said), "{pattern}: {}", unmatched(pattern));
        }
    }

    #[test]
    fn patterns_of_ecma_262_have_none_with_the_flag_or_without() {
        for pattern in [
            r"^\d+$",
            r"\<a\>",
            "[^]",
            "[]",
            r"(?<y>\d)\k<y>",
            "(?<a>x)|(?<a>y)",
            "(?:b|(?:(?<a>x)|c(?<a>y)))",
            r"(?<$é_1>a)(?<\u0061>b)",
            r"\0",
            r"[\b]",
            r"\uD83D\uDE00",
            "(?i:a)",
            "(?=a)(?!b)(?<=c)(?<!d)",
            r"[\w-.]",
            "^{a}$",
            r"\p{L}+",
            "[+?]+",
            r"\++",
            "a+?",
            "[(?i)]",
            r"\(?i)",
            "[^*$+]",
            "[a-z]",
            r"\^*",
            "(",
            "",
        ] {
            assert_eq!(fault(pattern), None, "{pattern}");
        }
    }
}
