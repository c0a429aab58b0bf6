//! A diff without what nobody reads: of long lines, only what is around the first difference.

use std::fmt::Write;

/// How many characters of a line are shown.
const LONGEST: usize = 160;
/// How many of them stand before the difference.
const BEFORE: usize = 40;

/// The diff with its long lines cut.
pub fn shortened(diff: &str) -> String {
    let lines: Vec<&str> = diff.lines().collect();
    let mut text = String::with_capacity(diff.len().min(1 << 20));
    let mut at = 0;
    while at < lines.len() {
        let run =
            |sign: char, from: usize| lines[from..].iter().take_while(|line| line.starts_with(sign)).count();
        let (gone, come) = (run('-', at), run('+', at + run('-', at)));
        if gone == 0 && come == 0 {
            let _ = writeln!(text, "{}", cut(lines[at], 0));
            at += 1;
            continue;
        }
        let (old, new) = (&lines[at..at + gone], &lines[at + gone..at + gone + come]);
        let difference = |index: usize| match (old.get(index), new.get(index)) {
            (Some(old), Some(new)) => common(&old[1..], &new[1..]),
            _ => 0,
        };
        for (index, line) in old.iter().enumerate().chain(new.iter().enumerate()) {
            let _ = writeln!(text, "{}", cut(line, difference(index)));
        }
        at += gone + come;
    }
    text
}

/// How many characters two lines begin with alike.
fn common(one: &str, other: &str) -> usize {
    one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count()
}

/// A line, without what is far from the place of a character in it.
fn cut(line: &str, difference: usize) -> String {
    let length = line.chars().count();
    if length <= LONGEST {
        return line.to_owned();
    }
    let from = difference.saturating_sub(BEFORE);
    let shown: String = line.chars().skip(1 + from).take(LONGEST).collect();
    let sign: String = line.chars().take(1).collect();
    let (before, after) =
        (if from > 0 { "…" } else { "" }, if from + LONGEST + 1 < length { "…" } else { "" });
    format!("{sign}{before}{shown}{after}")
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn of_a_long_line_the_difference_is_shown() {
        let long = |end: &str| format!("{}{end}{}", "a".repeat(5000), "b".repeat(5000));
        let diff = format!(" same\n-{}\n+{}\n", long("old"), long("new"));
        let short = shortened(&diff);
        assert!(short.contains("old") && short.contains("new") && short.len() < 600, "{short}");
        assert!(short.starts_with(" same\n-…"));
        assert_eq!(shortened("--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n"), "--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n");
    }
}
