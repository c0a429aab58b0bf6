//! The order of versions by their names: `v2` before `v10`, `1.0.0-rc.1` before `1.0.0`.

use std::cmp::Ordering;

/// Compares the names of two versions: numbers by what they say, all else by its text. What begins with a hyphen behind a
/// number comes before what ends there, as a release does not begin before its candidates (Semantic Versioning, section 11).
pub fn version_order(one: &str, other: &str) -> Ordering {
    let (mut one, mut other) = (one, other);
    loop {
        let order = match (one.is_empty(), other.is_empty()) {
            (true, true) => return Ordering::Equal,
            (true, false) => end_against(other),
            (false, true) => end_against(one).reverse(),
            (false, false) => {
                let ((a, rest_of_one), (b, rest_of_other)) = (run(one), run(other));
                (one, other) = (rest_of_one, rest_of_other);
                runs(a, b)
            }
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

/// What ends against what goes on like this.
fn end_against(rest: &str) -> Ordering {
    if rest.starts_with('-') { Ordering::Greater } else { Ordering::Less }
}

/// The digits that a name begins with, or what comes before the first, and the rest.
fn run(name: &str) -> (&str, &str) {
    let is_digit = |c: char| c.is_ascii_digit();
    let begins_with_digit = name.starts_with(is_digit);
    let end = name.find(|c| is_digit(c) != begins_with_digit).unwrap_or(name.len());
    name.split_at(end)
}

fn runs(a: &str, b: &str) -> Ordering {
    let is_number = |run: &str| run.starts_with(|c: char| c.is_ascii_digit());
    if is_number(a) && is_number(b) {
        let (short_a, short_b) = (a.trim_start_matches('0'), b.trim_start_matches('0'));
        return short_a.len().cmp(&short_b.len()).then_with(|| short_a.cmp(short_b));
    }
    match (a.starts_with('-'), b.starts_with('-')) {
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
        _ => a.cmp(b),
    }
}

#[cfg(test)]
mod tests {
    use super::version_order;

    #[test]
    fn names_are_in_the_order_of_the_versions_that_they_say() {
        let ordered =
            ["v1", "v1.0-alpha", "v1.0-rc.2", "v1.0-rc.10", "v1.0", "v1.0.1", "v1.9", "v1.10", "v02", "v10"];
        let mut names = ordered;
        names.reverse();
        names.sort_by(|one, other| version_order(one, other));
        assert_eq!(names, ordered);
        let mut files = ["10.json", "2.json", "1.json"];
        files.sort_by(|one, other| version_order(one, other));
        assert_eq!(files, ["1.json", "2.json", "10.json"]);
    }
}
