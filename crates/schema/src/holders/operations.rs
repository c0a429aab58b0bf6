//! The schemas of the operations of OpenAPI and Swagger documents: of parameters, bodies and responses.

use std::collections::BTreeMap;

use isomorph_json::Pointer;
use serde_json::Value;

use super::found::{Found, Used, elements, followed, members};
use super::used::{Direction, Operation, Required};

const METHODS: [&str; 9] = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// The operations, and the schemas that they use, in the order of the document; named ones among them.
pub fn all(root: &Value) -> (Vec<Operation>, Vec<Found>) {
    let mut list = List { root, operations: Vec::new(), found: Vec::new() };
    // What a webhook sends, others read.
    for (keyword, to) in [("paths", Direction::Request), ("webhooks", Direction::Response)] {
        for (path, at, _) in members(root, &Pointer::root().join(keyword)) {
            let names = Names { said: path, sign: format!("{keyword} {}", without_names(path)) };
            list.add_path(&names, &at, to, 0);
        }
    }
    (list.operations, list.found)
}

struct List<'v> {
    root: &'v Value,
    operations: Vec<Operation>,
    found: Vec<Found>,
}

/// What something is called here, and what it is to those who ask an operation.
struct Names<'n> {
    said: &'n str,
    sign: String,
}

/// A part of an operation.
struct Part<'n> {
    operation: &'n str,
    name: String,
    sign: String,
    direction: Direction,
    is_relied_on: bool,
}

/// How deep callbacks may lie in callbacks.
const DEEPEST: usize = 4;

impl List<'_> {
    fn add_path(&mut self, path: &Names, at: &Pointer, to: Direction, depth: usize) {
        let at = followed(self.root, at);
        let shared = elements(self.root, &at.join("parameters"));
        let mut operations = members(self.root, &at);
        operations.retain(|(method, ..)| METHODS.contains(&method.as_str()));
        operations.extend(members(self.root, &at.join("additionalOperations")));
        for (method, at, operation) in operations {
            let id = operation.get("operationId").and_then(Value::as_str).filter(|id| !id.is_empty());
            let name = id.map_or_else(|| format!("{method} {}", path.said), str::to_owned);
            let sign = format!("{method} {}", path.sign);
            let parameters = shared.iter().cloned().chain(elements(self.root, &at.join("parameters")));
            let parameters: Vec<Pointer> = parameters.map(|(at, _)| followed(self.root, &at)).collect();
            let operation = Names { said: &name, sign };
            for parameter in &parameters {
                self.add_parameter(&operation, path, parameter, to);
            }
            let body = at.join("requestBody");
            self.add_content(&part(&operation, "request", "request", to), &body);
            self.add_responses(&operation, &at.join("responses"), to.back());
            // What a callback requires, it is sent by the document's own side.
            let is_asked = to == Direction::Request;
            let required = if is_asked { self.required(&parameters, &body) } else { Vec::new() };
            let sign = operation.sign.clone();
            self.operations.push(Operation { name: name.clone(), sign, pointer: at.clone(), required });
            for (callback, at, _) in
                members(self.root, &at.join("callbacks")).into_iter().filter(|_| depth < DEEPEST)
            {
                for (asked, at, _) in members(self.root, &followed(self.root, &at)) {
                    let said = format!("{name} {callback}");
                    let sign = format!("{} {callback} {asked}", operation.sign);
                    self.add_path(&Names { said: &said, sign }, &at, to.back(), depth + 1);
                }
            }
        }
    }

    /// What of an operation has to be sent. What is part of the path is, and is no choice of those who ask.
    fn required(&self, parameters: &[Pointer], body: &Pointer) -> Vec<Required> {
        let is_required = |value: &Value| value.get("required") == Some(&Value::Bool(true));
        // An operation may say anew what its path says.
        let mut found: BTreeMap<String, Option<&Pointer>> = BTreeMap::new();
        for at in parameters {
            let Some(parameter) = at.find(self.root) else { continue };
            let what = match said(parameter, "in") {
                "path" => continue,
                "body" => BODY.to_owned(),
                "query" => format!("the parameter {}", quoted(said(parameter, "name"))),
                place => format!("the parameter {} ({place})", quoted(said(parameter, "name"))),
            };
            found.insert(what, is_required(parameter).then_some(at));
        }
        let body = followed(self.root, body);
        if body.find(self.root).is_some_and(is_required) {
            found.insert(BODY.to_owned(), Some(&body));
        }
        let found = found.into_iter();
        found.filter_map(|(what, at)| Some(Required { what, pointer: at?.clone() })).collect()
    }

    fn add_parameter(&mut self, operation: &Names, path: &Names, at: &Pointer, to: Direction) {
        let Some(parameter) = at.find(self.root) else { return };
        let (name, place) = (said(parameter, "name"), said(parameter, "in"));
        let part = match place {
            "body" => part(operation, "request", "request", to),
            // What it is called in the path is nobody's business.
            "path" => part(operation, name, &format!("path {}", index_in(path.said, name)), to),
            _ => part(operation, name, &format!("{place} {name}"), to),
        };
        self.add_schemas(&part, at);
    }

    /// A body, or a response.
    fn add_content(&mut self, part: &Part, at: &Pointer) {
        let at = followed(self.root, at);
        self.add_schemas(part, &at);
    }

    fn add_schemas(&mut self, part: &Part, at: &Pointer) {
        // Swagger has the schema at once.
        self.add(part, &part.name, "", at.join("schema"));
        self.add_media_types(part, at);
    }

    /// What is said of several media types alike is said once.
    fn add_media_types(&mut self, part: &Part, at: &Pointer) {
        let mut told: Vec<(&Value, String, Pointer)> = Vec::new();
        for (media_type, at, content) in members(self.root, &at.join("content")) {
            let Some(schema) = content.get("schema") else { continue };
            if let Some((_, name, first)) = told.iter().find(|(known, ..)| *known == schema) {
                self.add(part, name, media_type, first.clone());
                continue;
            }
            let name =
                if told.is_empty() { part.name.clone() } else { format!("{} {media_type}", part.name) };
            let at = at.join("schema");
            self.add(part, &name, media_type, at.clone());
            told.push((schema, name, at));
        }
    }

    /// The first that is a success is the response; others have their status in their names.
    fn add_responses(&mut self, operation: &Names, at: &Pointer, direction: Direction) {
        let all = members(self.root, at);
        let success = all.iter().position(|(status, ..)| status.starts_with('2'));
        for (index, (status, at, _)) in all.into_iter().enumerate() {
            let what =
                if Some(index) == success { "response".to_owned() } else { format!("response {status}") };
            let is_relied_on = status.starts_with('2') || status == "default";
            let part = part(operation, &what, &format!("response {status}"), direction);
            self.add_content(&Part { is_relied_on, ..part }, &at);
        }
    }

    fn add(&mut self, part: &Part, name: &str, media_type: &str, at: Pointer) {
        let Some(schema) = at.find(self.root) else { return };
        // A file is no JSON.
        let is_file = schema.get("type").is_some_and(|name| name == "file");
        if (schema.is_object() || schema.is_boolean()) && !is_file {
            let used = Used {
                operation: part.operation.to_owned(),
                direction: part.direction,
                sign: format!("{} {media_type}", part.sign),
                is_relied_on: part.is_relied_on,
            };
            self.found.push(Found { used: Some(used), ..Found::called(name, at) });
        }
    }
}

/// What a body is called, wherever it is said.
const BODY: &str = "the body";

fn part<'n>(operation: &Names<'n>, name: &str, sign: &str, direction: Direction) -> Part<'n> {
    Part {
        operation: operation.said,
        name: format!("{} {name}", operation.said),
        sign: format!("{} {sign}", operation.sign),
        direction,
        is_relied_on: true,
    }
}

/// A name between backticks, of which it shall have none.
fn quoted(name: &str) -> String {
    format!("`{}`", name.replace('`', "'"))
}

fn said<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// A path without the names of its parameters.
fn without_names(path: &str) -> String {
    let parts = path.split('{').enumerate();
    let plain = parts.map(|(index, part)| match part.split_once('}') {
        Some((_, rest)) if index > 0 => format!("{{}}{rest}"),
        _ => part.to_owned(),
    });
    plain.collect()
}

/// Which parameter of a path has a name; the name if none has.
fn index_in(path: &str, name: &str) -> String {
    let mut names = path.split('{').skip(1).map(|part| part.split('}').next().unwrap_or_default());
    names.position(|one| one == name).map_or_else(|| name.to_owned(), |index| index.to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::all;

    #[test]
    fn schemas_of_operations_are_named_after_them() {
        let schema = json!({"type": "string"});
        let document = json!({
            "openapi": "3.0.0",
            "paths": {
                "/pets/{id}": {
                    "parameters": [{"name": "id", "in": "path", "schema": schema}],
                    "x-get": {"responses": {"200": {"content": {"a": {"schema": schema}}}}},
                    "post": {
                        "operationId": "createPet",
                        "requestBody": {"content": {"application/json": {"schema": schema}, "text/json": {"schema": schema}}},
                        "responses": {
                            "400": {"$ref": "#/components/responses/Bad"},
                            "201": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}
                        }
                    },
                    "get": {"responses": {"default": {"content": {"application/json": {"schema": schema}}}}}
                }
            },
            "components": {"responses": {"Bad": {"content": {"application/json": {"schema": schema}}}}}
        });
        let found: Vec<_> =
            all(&document).1.into_iter().map(|one| (one.name, one.pointer.to_string())).collect();
        let expected = [
            ("createPetId", "#/paths/~1pets~1{id}/parameters/0/schema"),
            ("createPetRequest", "#/paths/~1pets~1{id}/post/requestBody/content/application~1json/schema"),
            // The other media type, which has the same.
            ("createPetRequest", "#/paths/~1pets~1{id}/post/requestBody/content/application~1json/schema"),
            ("createPetResponse400", "#/components/responses/Bad/content/application~1json/schema"),
            ("createPetResponse", "#/paths/~1pets~1{id}/post/responses/201/content/application~1json/schema"),
            ("getPetsIdId", "#/paths/~1pets~1{id}/parameters/0/schema"),
            (
                "getPetsIdResponseDefault",
                "#/paths/~1pets~1{id}/get/responses/default/content/application~1json/schema",
            ),
        ];
        assert_eq!(found, expected.map(|(name, at)| (name.to_owned(), at.to_owned())));
    }

    #[test]
    fn swagger_has_bodies_among_the_parameters_and_no_media_types() {
        let document = json!({
            "swagger": "2.0",
            "paths": {"/a": {"put": {
                "parameters": [{"in": "body", "name": "b", "schema": {"type": "object"}}, {"in": "query", "name": "q", "type": "string"}],
                "responses": {"200": {"schema": {"type": "array"}}, "404": {"schema": {"type": "file"}}}
            }}}
        });
        let found: Vec<_> = all(&document).1.into_iter().map(|one| one.name).collect();
        assert_eq!(found, ["putARequest", "putAResponse"]);
    }
}
