//! The schemas of the tools of a server of the Model Context Protocol.

use isomorph_json::Pointer;
use serde_json::Value;

use super::found::{Found, elements};
use super::holder::Direction;

/// What each tool takes, and what it gives, if it says that.
pub fn schemas(root: &Value) -> Vec<Found> {
    let at = Pointer::root();
    let at = if root.get("tools").is_some() { at } else { at.join("result") };
    let mut found = Vec::new();
    for (at, tool) in elements(root, &at.join("tools")) {
        let name = tool.get("name").and_then(Value::as_str).unwrap_or_default();
        for (keyword, what, direction) in
            [("inputSchema", "input", Direction::Request), ("outputSchema", "output", Direction::Response)]
        {
            if tool.get(keyword).is_some_and(Value::is_object) {
                let used = Some((name.to_owned(), direction));
                found.push(Found { used, ..Found::called(&format!("{name} {what}"), at.join(keyword)) });
            }
        }
    }
    found
}
