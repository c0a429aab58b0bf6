//! The `$schema` of an instance, of which a closed schema knows nothing.

use isomorph_json::{TapeNode, span};
use isomorph_validator::explain::Problem;

/// What to do where a schema forgot it and cannot be changed.
pub const HELP: &str = "or allow it: `--allow-schema-key`, or `allow-schema-key = true` in the configuration";

/// Whether a problem is that a closed schema does not declare the `$schema` that names it.
pub fn is_about(problem: &Problem) -> bool {
    let is_closed = ["additionalProperties", "unevaluatedProperties"].contains(&problem.keyword.as_str());
    is_closed && problem.instance_location == "/$schema"
}

/// A text of JSON with spaces in the place of its `$schema`, so that all the rest stands where it did.
pub fn without(json: &str, instance: TapeNode) -> String {
    let Some((key, value)) = instance.member("$schema") else { return json.to_owned() };
    let (mut start, mut end) = (span(key).start, span(value).end);
    let after = json[end..].len() - json[end..].trim_start().len();
    let before = json[..start].trim_end();
    if json[end + after..].starts_with(',') {
        end += after + 1;
    } else if before.ends_with(',') {
        start = before.len() - 1;
    }
    format!("{}{}{}", &json[..start], " ".repeat(end - start), &json[end..])
}

#[cfg(test)]
mod tests {
    use isomorph_json::{Tape, TapeNode, parse};

    use super::without;

    #[test]
    fn all_else_stays_where_it_is() {
        for (json, expected) in [
            (r#"{"$schema": "s" , "a": 1}"#, r#"{                 "a": 1}"#),
            (r#"{"a": 1, "$schema": "s"}"#, r#"{"a": 1                }"#),
            (r#"{"$schema": "s"}"#, "{              }"),
        ] {
            let mut tape = Tape::default();
            parse(json, 9, &mut tape).expect("JSON");
            assert_eq!(without(json, TapeNode::root(json, &tape)), expected);
        }
    }
}
