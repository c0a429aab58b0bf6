//! What is the same in two bundles: which definitions say the same, with all that they refer to.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use crate::reference::{definitions, name_of};

/// The definitions of two bundles that are the same.
pub struct Same<'b> {
    names: HashSet<&'b str>,
}

impl<'b> Same<'b> {
    /// Of these bundles' schemas. The work is linear in what they say.
    pub fn of(one: &'b Value, other: &'b Value) -> Self {
        let none = Map::new();
        let (before, now) = (definitions(one).unwrap_or(&none), definitions(other));
        let mut names: HashSet<&str> = HashSet::new();
        let mut lost: Vec<&str> = Vec::new();
        // Of each definition, which ones refer to it.
        let mut users: HashMap<&str, Vec<&str>> = HashMap::new();
        for (name, schema) in now.into_iter().flatten() {
            if before.get(name) != Some(schema) {
                lost.push(name);
                continue;
            }
            names.insert(name);
            for target in targets(schema) {
                users.entry(target).or_default().push(name);
            }
        }
        // What refers to what is not there is not the same on both sides, and nor is what refers to that.
        lost.extend(users.keys().filter(|name| !names.contains(**name)));
        while let Some(name) = lost.pop() {
            let users = users.remove(name).unwrap_or_default();
            lost.extend(users.into_iter().filter(|user| names.remove(user)));
        }
        Self { names }
    }

    /// Their names.
    pub fn names(&self) -> impl Iterator<Item = &'b str> {
        self.names.iter().copied()
    }

    /// Whether a definition is the same.
    pub fn has(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// Whether two parts of the bundles say the same, and so does all that they refer to.
    pub fn is_same(&self, one: &Value, other: &Value) -> bool {
        one == other && targets(other).into_iter().all(|target| self.has(target))
    }
}

/// The definitions that a value refers to, wherever.
fn targets(value: &Value) -> Vec<&str> {
    let mut found = Vec::new();
    let mut work = vec![value];
    while let Some(value) = work.pop() {
        match value {
            Value::Object(members) => {
                found.extend(members.get("$ref").and_then(Value::as_str).and_then(name_of));
                work.extend(members.values());
            }
            Value::Array(elements) => work.extend(elements),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};

    use super::Same;

    fn chain(length: usize, end: &str) -> Value {
        let link = |number: usize| {
            let schema = if number + 1 == length {
                json!({"type": end})
            } else {
                json!({"$ref": format!("#/$defs/{}", number + 1)})
            };
            (number.to_string(), schema)
        };
        json!({"$defs": (0..length).map(link).collect::<Map<_, _>>()})
    }

    #[test]
    fn what_refers_to_what_changed_is_not_the_same_however_far_away() {
        let (one, other) = (chain(20_000, "string"), chain(20_000, "null"));
        let same = Same::of(&one, &other);
        assert!((0..20_000).all(|number| !same.has(&number.to_string())));
        let same = Same::of(&one, &one);
        assert!((0..20_000).all(|number| same.has(&number.to_string())));
    }

    #[test]
    fn a_cycle_is_the_same_if_each_of_it_is() {
        let cycle = |end: &str| {
            json!({"$defs": {
                "a": {"items": {"$ref": "#/$defs/b"}}, "b": {"not": {"$ref": "#/$defs/a"}},
                "c": {"anyOf": [{"$ref": "#/$defs/a"}, {"$ref": "#/$defs/d"}]}, "d": {"type": end},
                "e": {"$ref": "#/$defs/nowhere"}
            }})
        };
        let (one, other) = (cycle("string"), cycle("null"));
        let same = Same::of(&one, &other);
        assert_eq!(["a", "b", "c", "d", "e"].map(|name| same.has(name)), [true, true, false, false, false]);
        assert!(same.is_same(&json!([{"$ref": "#/$defs/a"}]), &json!([{"$ref": "#/$defs/a"}])));
        assert!(!same.is_same(&json!([{"$ref": "#/$defs/c"}]), &json!([{"$ref": "#/$defs/c"}])));
    }
}
