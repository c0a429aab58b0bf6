//! What the page begins with.

use serde::Serialize;

use crate::switches::{Switch, switches};

/// What the page begins with.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Start {
    /// What the file of the schema is called, if it is one.
    pub name: Option<String>,
    /// The schema.
    pub schema: Option<String>,
    /// The instance.
    pub instance: Option<String>,
    /// The schema as it was before.
    pub before: Option<String>,
}

/// What is sent of it.
#[derive(Serialize)]
struct Sent<'s> {
    version: &'static str,
    name: Option<&'s str>,
    schema: &'s str,
    instance: Option<&'s str>,
    before: Option<&'s str>,
    switches: Vec<Switch>,
}

impl Start {
    /// As JSON, with the settings that there are; where there is no schema, with an example.
    pub(crate) fn json(&self) -> Vec<u8> {
        let example = |text| self.schema.is_none().then_some(text);
        let sent = Sent {
            version: env!("CARGO_PKG_VERSION"),
            name: self.name.as_deref(),
            schema: self.schema.as_deref().unwrap_or(include_str!("example/order.json")),
            instance: self.instance.as_deref().or(example(include_str!("example/monday.json"))),
            before: self.before.as_deref().or(example(include_str!("example/before.json"))),
            switches: switches(),
        };
        // Texts and lists of texts always are JSON.
        serde_json::to_vec(&sent).unwrap_or_default()
    }
}
