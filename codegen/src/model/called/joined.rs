//! Unions that are called by what they join: `StringOrBuild`.

use super::words::{Words, common_tail, pascal, same};

/// More branches than a name is to list.
const MOST: usize = 4;

/// The longest name of what a union joins.
const LONGEST: usize = 36;

/// Plain types in one order, so that the order of branches does not show.
const ORDER: [&str; 7] = ["Boolean", "Integer", "Number", "String", "Strings", "Array", "Map"];

/// What branches join, if that is a name. What all end in stands once.
pub fn joined(parts: &[Option<Words>]) -> Option<Words> {
    let mut parts: Vec<Words> = parts.iter().cloned().collect::<Option<_>>()?;
    if parts.len() > MOST {
        return None;
    }
    let rank = |part: &Words| match part.as_slice() {
        [only] => ORDER.iter().position(|known| known == only).unwrap_or(ORDER.len()),
        _ => ORDER.len(),
    };
    parts.sort_by_key(rank);
    let mut distinct: Vec<Words> = Vec::new();
    for part in parts {
        if !distinct.iter().any(|known| same(known, &part)) {
            distinct.push(part);
        }
    }
    if distinct.len() < 2 || distinct.iter().any(Vec::is_empty) {
        return None;
    }
    // Something of each part stays in front of what they have in common.
    let most = distinct.iter().map(|part| part.len() - 1).min().unwrap_or(0);
    let all: Vec<_> = distinct.iter().map(Vec::as_slice).collect();
    let common = common_tail(&all, most);
    let mut name = Words::new();
    for (index, part) in distinct.iter().enumerate() {
        name.extend((index > 0).then(|| "Or".to_owned()));
        name.extend(part[..part.len() - common].iter().cloned());
    }
    let first = &distinct[0];
    name.extend(first[first.len() - common..].iter().cloned());
    (pascal(&name).chars().count() <= LONGEST).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::joined;
    use crate::model::called::words::{Words, pascal, words};

    #[test]
    fn branches_are_joined() {
        let cases: [(&[&str], Option<&str>); 8] = [
            (&["string", "Boolean"], Some("BooleanOrString")),
            (&["String", "Build"], Some("StringOrBuild")),
            (&["TextResourceContents", "BlobResourceContents"], Some("TextOrBlobResourceContents")),
            (&["String"], None),
            (&["String", "String"], None),
            (&["Tools", "tools"], None),
            (&["A", "B", "C", "D", "E"], None),
            (&["SomethingThatIsVeryLongIndeed", "AnotherThing"], None),
        ];
        for (parts, expected) in cases {
            let as_words = |part: &&str| -> Option<Words> {
                Some(words(part).into_iter().map(|word| pascal(&[word])).collect())
            };
            let parts: Vec<_> = parts.iter().map(as_words).collect();
            assert_eq!(joined(&parts).map(|name| pascal(&name)), expected.map(ToOwned::to_owned));
        }
    }
}
