//! Names of classes, as tags and constants have them: called by their ends, with more of the path only where two would clash.

use std::collections::BTreeMap;

use super::words::{Words, pascal, words};

/// The most parts of a path that are looked at one by one.
const PARTS: usize = 16;

/// What each of some names is called, if all of them are paths of classes that begin alike.
#[derive(Debug, Default)]
pub struct ClassNames(BTreeMap<String, Words>);

impl ClassNames {
    /// Of these names.
    pub fn of<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let paths: Option<BTreeMap<&str, Vec<&str>>> =
            names.into_iter().map(|name| Some((name, parts(name)?))).collect();
        let Some(paths) = paths.filter(begin_alike) else { return Self::default() };
        let mut counts: BTreeMap<&str, usize> = paths.keys().map(|name| (*name, 1)).collect();
        let end = |name: &str, count: usize| -> Words {
            let parts = &paths[name];
            parts[parts.len() - count..].iter().flat_map(|part| words(part)).collect()
        };
        loop {
            let mut wanted: BTreeMap<String, Vec<&str>> = BTreeMap::new();
            for (name, count) in &counts {
                wanted.entry(pascal(&end(name, *count))).or_default().push(name);
            }
            let clashing = wanted.into_values().filter(|who| who.len() > 1).flatten();
            let able: Vec<_> = clashing.filter(|name| counts[name] < paths[name].len()).collect();
            if able.is_empty() {
                return Self(
                    counts.into_iter().map(|(name, count)| (name.to_owned(), end(name, count))).collect(),
                );
            }
            for name in able {
                counts.entry(name).and_modify(|count| *count += 1);
            }
        }
    }

    /// The words of a name.
    pub fn words(&self, name: &str) -> Words {
        self.0.get(name).cloned().unwrap_or_else(|| words(name))
    }

    /// The text by which a name is called.
    pub fn text(&self, name: &str) -> String {
        self.0.get(name).map_or_else(|| name.to_owned(), |words| words.join(" "))
    }
}

fn begin_alike(paths: &BTreeMap<&str, Vec<&str>>) -> bool {
    let mut firsts = paths.values().map(|parts| parts[0]);
    let first = firsts.next();
    paths.len() > 1 && firsts.all(|other| Some(other) == first)
}

/// The parts of the path of a class: `com.acme.Circle`, `Acme.Shapes.Circle, Acme.Shapes`, `AWS::S3::Bucket`.
fn parts(name: &str) -> Option<Vec<&str>> {
    const BETWEEN: [char; 6] = ['.', '/', ':', '#', '$', '+'];
    // .NET says the assembly behind it.
    let path = name.split_once(", ").map_or(name, |(path, _)| path);
    let is_plain = |c: char| c.is_alphanumeric() || c == '_' || BETWEEN.contains(&c);
    let parts: Vec<_> = path.split(BETWEEN).filter(|part| !part.is_empty()).collect();
    let is_class = parts.last().is_some_and(|last| last.starts_with(char::is_uppercase));
    let is_path = is_class && (2..=PARTS).contains(&parts.len()) && path.chars().all(is_plain);
    is_path.then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::ClassNames;

    #[test]
    fn classes_are_called_by_their_ends() {
        let cases: [(&[&str], &[&str]); 8] = [
            (&["com.acme.Circle", "com.acme.UnitSquare"], &["Circle", "Unit Square"]),
            (&["Acme.Circle, Acme", "Acme.Square, Acme"], &["Circle", "Square"]),
            (&["AWS::S3::Bucket", "AWS::EC2::Host"], &["Bucket", "Host"]),
            (&["a.b.Pod", "a.c.Pod", "a.c.Node"], &["b Pod", "c Pod", "Node"]),
            (&["com.acme.Outer$Inner", "com.acme.Other"], &["Inner", "Other"]),
            // One that is no path, two that begin otherwise, and events.
            (&["com.acme.Circle", "Square"], &["com.acme.Circle", "Square"]),
            (&["Europe/Berlin", "America/Lima"], &["Europe/Berlin", "America/Lima"]),
            (&["order.line.added", "order.line.removed"], &["order.line.added", "order.line.removed"]),
        ];
        for (names, expected) in cases {
            let classes = ClassNames::of(names.iter().copied());
            let found: Vec<_> = names.iter().map(|name| classes.text(name)).collect();
            assert_eq!(found, expected);
        }
    }
}
