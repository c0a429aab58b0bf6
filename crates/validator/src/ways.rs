//! How many ways a schema leads to judgements of one value. Two references to a schema that has two to the next, thirty
//! times, are a billion; a validator goes them all.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde_json::Value;

use crate::places::inside;

/// What people write stays far below it; a validator goes so many in some tenths of a second.
const MOST: u64 = 1 << 20;

/// Which schemas stand in the value of a keyword.
#[derive(Clone, Copy)]
enum Holds {
    One,
    Several,
    ByName,
}

/// Keywords whose schemas judge the same value.
const IN_PLACE: [(&str, Holds); 9] = [
    ("allOf", Holds::Several),
    ("anyOf", Holds::Several),
    ("oneOf", Holds::Several),
    ("not", Holds::One),
    ("if", Holds::One),
    ("then", Holds::One),
    ("else", Holds::One),
    ("dependentSchemas", Holds::ByName),
    ("dependencies", Holds::ByName),
];

/// The place of a schema from which more ways lead than a validator could go, if there is one: the URI of its document and
/// a JSON Pointer. References are followed by pointer; what is named otherwise counts as one way.
pub fn too_many(documents: &[(String, Value)]) -> Option<String> {
    let documents: Vec<(&str, &Value)> = documents.iter().map(|(uri, root)| (uri.as_str(), root)).collect();
    let mut ways = Ways { documents: &documents, known: HashMap::new() };
    for (uri, root) in &documents {
        let mut work = vec![(*root, String::new())];
        while let Some((value, pointer)) = work.pop() {
            if value.is_object() && ways.of(uri, value) > MOST {
                return Some(format!("{uri}#{pointer}"));
            }
            work.extend(inside(value, &pointer));
        }
    }
    None
}

/// How many schemas judge one value one inside the other, at most. A validator that says what is wrong tells of each of them with
/// the way that leads there.
pub fn deepest(documents: &[(&str, &Value)]) -> usize {
    let ways = Ways { documents, known: HashMap::new() };
    let mut depths: HashMap<*const Value, Option<usize>> = HashMap::new();
    for (uri, root) in documents {
        let mut work = vec![(*uri, *root, false)];
        while let Some((uri, value, is_done)) = work.pop() {
            let at = std::ptr::from_ref(value);
            if is_done {
                let inner = ways.in_place(uri, value).into_iter();
                let inner =
                    inner.filter_map(|(_, one)| depths.get(&std::ptr::from_ref(one)).copied().flatten());
                let depth = 1 + inner.max().unwrap_or(0);
                depths.insert(at, Some(depth));
                continue;
            }
            if depths.contains_key(&at) {
                continue;
            }
            if value.is_object() {
                depths.insert(at, None);
                work.push((uri, value, true));
            }
            let inner: Vec<&Value> = match value {
                Value::Object(members) => members.values().collect(),
                Value::Array(elements) => elements.iter().collect(),
                _ => Vec::new(),
            };
            work.extend(
                inner
                    .into_iter()
                    .filter(|one| one.is_object() || one.is_array())
                    .map(|one| (uri, one, false)),
            );
            // These first, so that they are known when this one is done.
            work.extend(ways.in_place(uri, value).into_iter().map(|(uri, one)| (uri, one, false)));
        }
    }
    depths.into_values().flatten().max().unwrap_or(0)
}

struct Ways<'a> {
    documents: &'a [(&'a str, &'a Value)],
    /// By the address of a schema; 0 while it is open.
    known: HashMap<*const Value, u64>,
}

impl<'a> Ways<'a> {
    /// The ways from a schema of the document of this URI, itself one; without recursion, since schemas may be deep.
    fn of(&mut self, uri: &'a str, schema: &'a Value) -> u64 {
        let mut work = vec![(uri, schema, false)];
        while let Some((uri, schema, is_done)) = work.pop() {
            let at = std::ptr::from_ref(schema);
            if is_done {
                let inner = self.in_place(uri, schema).into_iter();
                let inner = inner.map(|(_, one)| self.known.get(&std::ptr::from_ref(one)).copied());
                let sum = inner.fold(1_u64, |sum, one| sum.saturating_add(one.unwrap_or(1)));
                self.known.insert(at, sum);
            } else if let Entry::Vacant(free) = self.known.entry(at) {
                free.insert(0);
                work.push((uri, schema, true));
                let inner = self.in_place(uri, schema).into_iter();
                work.extend(inner.map(|(uri, schema)| (uri, schema, false)));
            }
        }
        self.known.get(&std::ptr::from_ref(schema)).copied().unwrap_or(1)
    }

    /// The schemas that judge the same value, one step on.
    fn in_place(&self, uri: &'a str, schema: &'a Value) -> Vec<(&'a str, &'a Value)> {
        let Value::Object(keywords) = schema else { return Vec::new() };
        let reference = keywords.get("$ref").and_then(Value::as_str).and_then(|to| self.target(uri, to));
        let mut found: Vec<_> = reference.into_iter().collect();
        for (keyword, holds) in IN_PLACE {
            match (keywords.get(keyword), holds) {
                (Some(Value::Array(schemas)), Holds::Several) => {
                    found.extend(schemas.iter().map(|schema| (uri, schema)));
                }
                (Some(Value::Object(schemas)), Holds::ByName) => {
                    found.extend(schemas.values().map(|schema| (uri, schema)));
                }
                (Some(schema), Holds::One) => found.push((uri, schema)),
                _ => {}
            }
        }
        found
    }

    fn target(&self, uri: &'a str, reference: &str) -> Option<(&'a str, &'a Value)> {
        let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let wanted = if file.is_empty() { uri } else { file };
        let (uri, root) = self.documents.iter().find(|(known, _)| *known == wanted)?;
        let pointer = percent_encoding::percent_decode_str(fragment).decode_utf8().ok()?;
        Some((uri, root.pointer(&pointer)?))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{deepest, too_many};

    fn doublings(keyword: &str, levels: usize) -> Value {
        let mut schema = json!({"$ref": "#/$defs/D0", "$defs": {}});
        for level in 0..levels {
            let next = json!({"$ref": format!("#/$defs/D{}", level + 1)});
            schema["$defs"][format!("D{level}")] = json!({ keyword: [next, next] });
        }
        schema["$defs"][format!("D{levels}")] = json!({"type": "string"});
        schema
    }

    #[test]
    fn doublings_are_too_many_where_they_multiply_and_not_before() {
        let of = |schema: Value| too_many(&[("a.json".to_owned(), schema)]);
        for keyword in ["allOf", "anyOf", "oneOf"] {
            assert!(of(doublings(keyword, 30)).is_some(), "{keyword}");
            assert_eq!(of(doublings(keyword, 8)), None, "{keyword}");
        }
    }

    #[test]
    fn what_judges_one_value_is_as_deep_as_it_is() {
        let of = |schema: Value| deepest(&[("a.json", &schema)]);
        assert_eq!(of(json!({"properties": {"a": {"properties": {"b": {}}}}})), 1);
        assert_eq!(of(json!({"anyOf": [{"not": {}}, {"properties": {"a": {"$ref": "#"}}}]})), 3);
        let depth = of(doublings("anyOf", 10_000));
        assert!((10_000..=20_010).contains(&depth), "{depth}");
        assert!(of(json!({"$ref": "#"})) <= 1);
    }

    #[test]
    fn what_leads_back_by_way_of_a_part_is_one_way() {
        let tree =
            json!({"anyOf": [{"properties": {"l": {"$ref": "#"}, "r": {"$ref": "#"}}}, {"type": "null"}]});
        assert_eq!(too_many(&[("a.json".to_owned(), tree)]), None);
        let mut deep = json!({});
        (0..1_000).for_each(|_| deep = json!({ "not": deep.take() }));
        assert_eq!(too_many(&[("a.json".to_owned(), deep)]), None);
    }
}
