//! Why a schema counts that does not always: what `if` asks for, and the property whose presence asks for more.

use isomorph_json::unescaped;
use serde_json::Value;

use super::explain::Explainer;
use super::files::Place;
use super::message::{alternatives, shown};

/// Keywords that hold schemas by names.
const NAMES: [&str; 6] =
    ["$defs", "definitions", "dependencies", "dependentSchemas", "patternProperties", "properties"];
/// Keywords that say nothing of an instance, or of an object only that it is one.
const SILENT: [&str; 5] = ["$comment", "description", "properties", "required", "title"];
/// How many values, and how many properties, are listed.
const LISTED: usize = 4;

impl Explainer<'_> {
    /// The condition under which the keyword at a place counts, if it stands under one.
    pub(super) fn condition(&self, (index, pointer): &Place) -> Option<String> {
        let files = self.schema.files();
        let (mut is_name, mut ends, mut found) = (false, 0, None);
        for segment in pointer.split('/').skip(1) {
            let around = &pointer[..ends];
            ends += 1 + segment.len();
            match segment {
                _ if is_name => {}
                "then" | "else" => found = Some((around, segment, false)),
                "dependentSchemas" | "dependencies" => {
                    found = Some((around, pointer.get(ends + 1..)?, false));
                }
                // Of a property it is said that one beside it counts, and further inside nothing.
                "properties" => {
                    found = found
                        .and_then(|(around, which, is_inside)| (!is_inside).then_some((around, which, true)));
                }
                "items" | "prefixItems" | "additionalProperties" | "patternProperties" => found = None,
                _ => {}
            }
            is_name = !is_name && NAMES.contains(&segment);
        }
        let (around, which, _) = found?;
        match which {
            "then" | "else" => {
                let around = files.subschema(*index, around)?;
                let asked = around.get("if")?;
                let is_secret = self.schema.is_redacted() || asks_for_secrets(around, asked);
                Some(asked_in_words(asked, which == "then", is_secret))
            }
            names => {
                let (name, _) = names.split_once('/')?;
                Some(format!("`{}` is there", shown(&unescaped(name))))
            }
        }
    }
}

/// Whether a schema asks for the value of a property that is only written, as what stands around it says.
fn asks_for_secrets(around: &Value, asked: &Value) -> bool {
    let names = asked.get("properties").and_then(Value::as_object).into_iter().flatten();
    let is_secret =
        |one: Option<&Value>| one.and_then(|one| one.get("writeOnly")) == Some(&Value::Bool(true));
    names.into_iter().any(|(name, one)| {
        is_secret(Some(one)) || is_secret(around.pointer("/properties").and_then(|all| all.get(name)))
    })
}

/// What `if` asks for and holds, or does not hold.
fn asked_in_words(asked: &Value, holds: bool, is_secret: bool) -> String {
    let clauses = if is_secret { None } else { clauses(asked, holds) };
    match clauses {
        // That one of several does not hold says not which.
        Some(clauses) if clauses.len() == 1 || holds && (1..=LISTED).contains(&clauses.len()) => {
            clauses.join(" and ")
        }
        _ => format!("what `if` asks for {}", if holds { "holds" } else { "does not hold" }),
    }
}

/// What a schema asks of an object, in words, or what then is not; `None` if not all of it can be said.
fn clauses(asked: &Value, holds: bool) -> Option<Vec<String>> {
    let keywords = asked.as_object()?;
    let is_object = |keyword: &String, value: &Value| keyword == "type" && *value == "object";
    if keywords
        .iter()
        .any(|(keyword, value)| !SILENT.contains(&keyword.as_str()) && !is_object(keyword, value))
    {
        return None;
    }
    let not = if holds { "" } else { " not" };
    let (mut said, mut clauses) = (Vec::new(), Vec::new());
    for (name, property) in asked.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let one = property.get("const").map(std::slice::from_ref);
        let values = one.or_else(|| property.get("enum")?.as_array().map(Vec::as_slice))?;
        if values.len() > LISTED || property.as_object().is_some_and(|keywords| keywords.len() > 2) {
            return None;
        }
        let values: Vec<_> = values.iter().map(|value| shown(&value.to_string())).collect();
        clauses.push(format!("`{}` is{not} {}", shown(name), alternatives(&values)));
        said.push(name.as_str());
    }
    let required = asked.get("required").and_then(Value::as_array).into_iter().flatten();
    for name in required.filter_map(Value::as_str).filter(|name| !said.contains(name)) {
        clauses.push(format!("`{}` is{not} there", shown(name)));
    }
    Some(clauses)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::asked_in_words;

    #[test]
    fn a_condition_is_said_in_few_words_or_not_at_all() {
        let many =
            |count: u32| json!({"required": (0..count).map(|one| format!("p{one}")).collect::<Vec<_>>()});
        let words = |asked: &Value, holds| asked_in_words(asked, holds, false);
        assert_eq!(words(&many(2), true), "`p0` is there and `p1` is there");
        assert_eq!(words(&many(1), false), "`p0` is not there");
        assert_eq!(words(&many(2), false), "what `if` asks for does not hold");
        assert_eq!(words(&many(10_000), true), "what `if` asks for holds");
        assert_eq!(words(&json!({"minimum": 1}), true), "what `if` asks for holds");
        assert_eq!(words(&json!(true), true), "what `if` asks for holds");
        let secret = json!({"properties": {"k": {"const": "x"}}});
        assert_eq!(words(&secret, true), "`k` is \"x\"");
        assert_eq!(asked_in_words(&secret, true, true), "what `if` asks for holds");
    }
}
