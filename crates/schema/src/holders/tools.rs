//! The schemas of the tools of a server of the Model Context Protocol.

use isomorph_json::Pointer;
use serde_json::Value;

use super::found::{Found, Used, elements};
use super::used::{Direction, Operation};

/// What each tool takes, and what it gives, if it says that.
pub fn schemas(root: &Value) -> Vec<Found> {
    let mut found = Vec::new();
    for (name, at, tool) in tools(root) {
        for (keyword, what, direction) in
            [("inputSchema", "input", Direction::Request), ("outputSchema", "output", Direction::Response)]
        {
            if tool.get(keyword).is_some_and(Value::is_object) {
                let sign = format!("{name} {what}");
                let used = Used { operation: name.to_owned(), direction, sign, is_relied_on: true };
                let one = Found::called(&format!("{name} {what}"), at.join(keyword));
                found.push(Found { used: Some(used), ..one });
            }
        }
    }
    found
}

/// The tools, as operations.
pub fn operations(root: &Value) -> Vec<Operation> {
    let operation = |(name, pointer, _): (&str, Pointer, &Value)| Operation {
        name: name.to_owned(),
        sign: name.to_owned(),
        pointer,
        required: Vec::new(),
    };
    tools(root).into_iter().map(operation).collect()
}

/// The name of each tool, where it stands, and what it says.
fn tools(root: &Value) -> Vec<(&str, Pointer, &Value)> {
    let at = Pointer::root();
    let at = if root.get("tools").is_some() { at } else { at.join("result") };
    let tools = elements(root, &at.join("tools")).into_iter();
    tools.map(|(at, tool)| (tool.get("name").and_then(Value::as_str).unwrap_or_default(), at, tool)).collect()
}
