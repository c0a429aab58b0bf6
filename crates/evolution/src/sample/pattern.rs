//! Strings that match a pattern.

use fastrand::Rng;
use regex_syntax::hir::{Class, Hir, HirKind};

use super::looking::end_of_group;

/// How much longer than it must be a repetition may get.
const MORE: u32 = 2;

/// A string that most probably matches an ECMA-262 pattern; `None` if the pattern is beyond us. What it says by
/// looking around is not heard, so the string has to be held against the pattern.
pub fn matching(pattern: &str, random: &mut Rng) -> Option<String> {
    let translated = jsonschema_regex::to_rust_regex(pattern).map_or(pattern.to_owned(), Into::into);
    let parse = |pattern: &str| regex_syntax::parse(pattern).ok();
    let hir = parse(&translated).or_else(|| parse(&without_look_around(&translated)));
    let mut text = String::new();
    write(&hir?, random, &mut text, &mut 10_000)?;
    Some(text)
}

fn write(hir: &Hir, random: &mut Rng, text: &mut String, budget: &mut usize) -> Option<()> {
    *budget = budget.checked_sub(1)?;
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(class) => text.push(one_of(class, random)?),
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(u32::MAX).min(repetition.min.saturating_add(MORE));
            for _ in 0..random.u32(repetition.min..=most) {
                write(&repetition.sub, random, text, budget)?;
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, random, text, budget)?,
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| write(part, random, text, budget))?,
        HirKind::Alternation(choices) => write(random.choice(choices)?, random, text, budget)?,
    }
    Some(())
}

/// A character of a class, one that people can read if there is one.
fn one_of(class: &Class, random: &mut Rng) -> Option<char> {
    const READABLE: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_./ ";
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class.iter().map(|range| (range.start(), range.end())).collect(),
        Class::Bytes(class) => class.iter().map(|range| (range.start().into(), range.end().into())).collect(),
    };
    let is_in = |c: &char| ranges.iter().any(|(first, last)| (*first..=*last).contains(c));
    let readable: Vec<char> = READABLE.chars().filter(is_in).collect();
    // Mostly letters, of a class that has them.
    let letters = readable.iter().filter(|c| c.is_ascii_lowercase()).count();
    if letters > 0 && random.u8(..4) > 0 {
        return readable.get(random.usize(..letters)).copied();
    }
    random.choice(readable).or_else(|| ranges.first().map(|(first, _)| *first))
}

/// The pattern without `(?=…)`, `(?!…)`, `(?<=…)` and `(?<!…)`, which the syntax of the regex crate lacks.
fn without_look_around(pattern: &str) -> String {
    let mut kept = String::new();
    let mut rest = pattern;
    while let Some(start) = ["(?=", "(?!", "(?<=", "(?<!"].iter().filter_map(|open| rest.find(open)).min() {
        kept.push_str(&rest[..start]);
        rest = &rest[start + end_of_group(&rest[start..])..];
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::matching;

    #[test]
    fn strings_match_the_pattern_that_they_are_made_of() {
        let patterns = [
            "^[a-z]{3,5}$",
            "^\\d{4}-\\d{2}$",
            "^(v|V)?\\d+(\\.\\d+)*$",
            "^(?!x)[a-z]+/\\w$",
            "a|b",
            "^[^\\s\"]+$",
            "^\\$\\{.*\\}$",
            "^\\p{Lu}$",
        ];
        for pattern in patterns {
            let schema = serde_json::json!({ "pattern": pattern });
            let validator = jsonschema::validator_for(&schema).unwrap();
            let mut random = fastrand::Rng::with_seed(1);
            let made: Vec<_> = (0..20).map(|_| matching(pattern, &mut random).unwrap()).collect();
            let right = made.iter().filter(|text| validator.is_valid(&text.as_str().into())).count();
            assert!(right > 15, "{pattern}: {made:?}");
        }
    }
}
