//! The schemas of AsyncAPI documents: those that they name, and the payloads and headers of messages.

use isomorph_json::Pointer;
use serde_json::Value;

use super::found::{Found, elements, members};

/// The schemas of a document.
pub fn schemas(root: &Value) -> Vec<Found> {
    let components = Pointer::root().join("components");
    let mut found: Vec<_> = members(root, &components.join("schemas"))
        .into_iter()
        .filter_map(|(name, at, schema)| Some(Found::named(name, in_its_format(schema, at)?)))
        .collect();
    for (name, at, message) in members(root, &components.join("messages")) {
        add_message(&mut found, name, &at, message);
    }
    for (channel, at, _) in members(root, &Pointer::root().join("channels")) {
        for (name, at, message) in members(root, &at.join("messages")) {
            add_message(&mut found, name, &at, message);
        }
        for operation in ["subscribe", "publish"] {
            add_messages_of_2(root, &mut found, &format!("{channel} {operation}"), &at.join(operation));
        }
    }
    found
}

/// The message of an operation of AsyncAPI 2, or one of several.
fn add_messages_of_2(root: &Value, found: &mut Vec<Found>, name: &str, at: &Pointer) {
    let at = at.join("message");
    if let Some(message) = at.find(root) {
        add_message(found, name, &at, message);
    }
    for (at, message) in elements(root, &at.join("oneOf")) {
        add_message(found, name, &at, message);
    }
}

fn add_message(found: &mut Vec<Found>, name: &str, at: &Pointer, message: &Value) {
    let own = ["messageId", "name"].into_iter().find_map(|key| message.get(key)?.as_str());
    let name = own.unwrap_or(name);
    for part in ["payload", "headers"] {
        let Some(schema) = message.get(part) else { continue };
        // AsyncAPI 2 has the format beside the payload.
        let is_foreign =
            part == "payload" && message.get("schemaFormat").is_some_and(|format| !is_schema(format));
        let place = in_its_format(schema, at.join(part)).filter(|_| !is_foreign);
        let offered = vec![format!("message {name} {part}")];
        found.extend(place.map(|place| Found { offered, ..Found::called(&format!("{name} {part}"), place) }));
    }
}

/// Where a schema stands that may say its format around it; `None` for another format than JSON Schema.
fn in_its_format(schema: &Value, at: Pointer) -> Option<Pointer> {
    match (schema.get("schemaFormat"), schema.get("schema")) {
        (Some(format), Some(_)) => is_schema(format).then(|| at.join("schema")),
        _ => Some(at),
    }
}

fn is_schema(format: &Value) -> bool {
    let known = ["application/vnd.aai.asyncapi", "application/schema+json", "application/schema+yaml"];
    format.as_str().is_some_and(|format| known.iter().any(|known| format.starts_with(known)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::schemas;

    #[test]
    fn payloads_are_found_in_both_versions() {
        let avro = "application/vnd.apache.avro;version=1.9.0";
        for (document, expected) in [
            (
                json!({"asyncapi": "2.6.0", "channels": {"user/signedup": {"publish": {"message": {"payload": {"type": "object"}}}}}}),
                vec![("userSignedupPublishPayload", "#/channels/user~1signedup/publish/message/payload")],
            ),
            (
                json!({"asyncapi": "2.6.0", "components": {"messages": {
                    "A": {"payload": {"type": "object"}, "headers": {"type": "object"}},
                    "B": {"schemaFormat": avro, "payload": {"type": "record"}}
                }}}),
                vec![
                    ("APayload", "#/components/messages/A/payload"),
                    ("AHeaders", "#/components/messages/A/headers"),
                ],
            ),
            (
                json!({"asyncapi": "3.0.0",
                    "channels": {"c": {"messages": {"M": {"payload": {"schemaFormat": "application/schema+json;version=draft-07", "schema": {}}}}}},
                    "components": {"schemas": {"S": {"type": "object"}, "T": {"schemaFormat": avro, "schema": {}}}}}),
                vec![("S", "#/components/schemas/S"), ("MPayload", "#/channels/c/messages/M/payload/schema")],
            ),
        ] {
            let found: Vec<_> =
                schemas(&document).into_iter().map(|one| (one.name, one.pointer.to_string())).collect();
            let expected: Vec<_> =
                expected.into_iter().map(|(name, at)| (name.to_owned(), at.to_owned())).collect();
            assert_eq!(found, expected);
        }
    }
}
