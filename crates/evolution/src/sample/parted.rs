//! Whether single schemas of a bundle accept a value: one validator for all of them, since each by itself would have most of the
//! bundle in it again.

use std::collections::HashSet;

use isomorph_schema::Dialect;
use isomorph_validator::Formats;
use serde_json::{Map, Value, json};

use super::graph::Graph;
use crate::judge::Judge;

/// What stands before the number of a schema in its name.
const PREFIX: &str = "isomorph:part:";

/// Keywords that let every value through.
const ANNOTATIONS: [&str; 8] =
    ["title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "$comment"];

/// Judges by the branches and conditions of a bundle, each by itself.
pub struct Parted(Option<Judge>);

impl Parted {
    /// By those that instances lead through.
    pub fn of(bundle: &Value, graph: &Graph) -> Self {
        let parts = graph.nodes.iter().flat_map(|node| {
            let steps = &node.steps;
            steps.branches.iter().map(|(to, _)| *to).chain(steps.condition).chain(steps.contains)
        });
        Self(Judge::alone(&with_parts(bundle, graph, parts.collect()), &Formats::Annotate))
    }

    /// Those that accept a value.
    pub fn accepting(&self, parts: &[usize], value: &Value) -> HashSet<usize> {
        let Some(judge) = &self.0 else { return HashSet::new() };
        let mut asked = json!({});
        let mut held = Some(value.clone());
        let accepts = |part: &usize| {
            let name = part.to_string();
            let Some(members) = asked.as_object_mut() else { return false };
            members.extend(held.take().map(|value| (name.clone(), value)));
            let accepts = judge.accepts(&asked);
            held = asked.as_object_mut().and_then(|members| members.swap_remove(&name));
            accepts
        };
        parts.iter().copied().filter(accepts).collect()
    }
}

/// A schema of objects: what is called by the number of a part is of that part.
fn with_parts(bundle: &Value, graph: &Graph, mut parts: Vec<usize>) -> Value {
    let dialect = bundle.get("$schema");
    let known = dialect.and_then(Value::as_str).and_then(Dialect::of).unwrap_or_default();
    let is_old = bundle.get("definitions").is_some() || known.reference_stands_alone();
    let keyword = if bundle.get("$defs").is_none() && is_old { "definitions" } else { "$defs" };
    let mut rest = bundle.clone();
    for node in &graph.nodes {
        // What only annotates is nobody's business here, and may be what it must not be.
        let said = node.keywords.filter(|said| ANNOTATIONS.iter().any(|keyword| said.contains_key(*keyword)));
        let copied = said.and_then(|_| rest.pointer_mut(&node.at)?.as_object_mut());
        if let Some(copied) = copied {
            copied.retain(|keyword, _| !ANNOTATIONS.contains(&keyword.as_str()));
        }
    }
    let (mut made, mut properties) = (Map::new(), Map::new());
    // What lies in another part goes first.
    parts.sort_unstable_by_key(|part| std::cmp::Reverse(graph.nodes[*part].at.len()));
    for part in parts {
        let Some(schema) = rest.pointer_mut(&graph.nodes[part].at) else { continue };
        let name = format!("{PREFIX}{part}");
        let reference = json!({"$ref": format!("#/{keyword}/{name}")});
        properties.insert(part.to_string(), reference.clone());
        made.insert(name, std::mem::replace(schema, reference));
    }
    let definitions = rest.get_mut(keyword).and_then(Value::as_object_mut).map(std::mem::take);
    made.extend(definitions.unwrap_or_default());
    let mut whole = Map::from_iter([("properties".to_owned(), Value::Object(properties))]);
    whole.extend(dialect.map(|dialect| ("$schema".to_owned(), dialect.clone())));
    whole.insert(keyword.to_owned(), made.into());
    whole.into()
}
