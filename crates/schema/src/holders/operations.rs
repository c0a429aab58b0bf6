//! The schemas of the operations of OpenAPI and Swagger documents: of parameters, bodies and responses.

use isomorph_json::Pointer;
use serde_json::Value;

use super::found::{Found, elements, followed, members};
use super::holder::Direction;

const METHODS: [&str; 9] = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// The schemas that operations use, in the order of the document; named ones among them.
pub fn of_operations(root: &Value) -> Vec<Found> {
    let mut list = List { root, found: Vec::new() };
    for keyword in ["paths", "webhooks"] {
        for (path, at, _) in members(root, &Pointer::root().join(keyword)) {
            list.add_path(path, &at, Direction::Request, 0);
        }
    }
    list.found
}

struct List<'v> {
    root: &'v Value,
    found: Vec<Found>,
}

/// How deep callbacks may lie in callbacks.
const DEEPEST: usize = 4;

impl List<'_> {
    fn add_path(&mut self, path: &str, at: &Pointer, to: Direction, depth: usize) {
        let at = followed(self.root, at);
        let shared = elements(self.root, &at.join("parameters"));
        let mut operations = members(self.root, &at);
        operations.retain(|(method, ..)| METHODS.contains(&method.as_str()));
        operations.extend(members(self.root, &at.join("additionalOperations")));
        for (method, at, operation) in operations {
            let id = operation.get("operationId").and_then(Value::as_str).filter(|id| !id.is_empty());
            let name = id.map_or_else(|| format!("{method} {path}"), str::to_owned);
            for (parameter, _) in shared.iter().cloned().chain(elements(self.root, &at.join("parameters"))) {
                self.add_parameter(&name, &parameter, to);
            }
            self.add_content(&name, "request", &at.join("requestBody"), to);
            self.add_responses(&name, &at.join("responses"), to.back());
            for (callback, at, _) in
                members(self.root, &at.join("callbacks")).into_iter().filter(|_| depth < DEEPEST)
            {
                for (_, at, _) in members(self.root, &followed(self.root, &at)) {
                    self.add_path(&format!("{name} {callback}"), &at, to.back(), depth + 1);
                }
            }
        }
    }

    fn add_parameter(&mut self, operation: &str, at: &Pointer, to: Direction) {
        let at = followed(self.root, at);
        let Some(parameter) = at.find(self.root) else { return };
        let said = |key: &str| parameter.get(key).and_then(Value::as_str).unwrap_or_default();
        let name = if said("in") == "body" { "request" } else { said("name") };
        let name = format!("{operation} {name}");
        self.add(operation, &name, at.join("schema"), to);
        self.add_media_types(operation, &name, &at, to);
    }

    /// A body, or a response.
    fn add_content(&mut self, operation: &str, what: &str, at: &Pointer, direction: Direction) {
        let at = followed(self.root, at);
        let name = format!("{operation} {what}");
        // Swagger has the schema at once.
        self.add(operation, &name, at.join("schema"), direction);
        self.add_media_types(operation, &name, &at, direction);
    }

    /// What is said of several media types alike is said once.
    fn add_media_types(&mut self, operation: &str, name: &str, at: &Pointer, direction: Direction) {
        let mut told: Vec<&Value> = Vec::new();
        for (media_type, at, content) in members(self.root, &at.join("content")) {
            let Some(schema) = content.get("schema").filter(|schema| !told.contains(schema)) else {
                continue;
            };
            let name = if told.is_empty() { name.to_owned() } else { format!("{name} {media_type}") };
            self.add(operation, &name, at.join("schema"), direction);
            told.push(schema);
        }
    }

    /// The first that is a success is the response; others have their status in their names.
    fn add_responses(&mut self, operation: &str, at: &Pointer, direction: Direction) {
        let all = members(self.root, at);
        let success = all.iter().position(|(status, ..)| status.starts_with('2'));
        for (index, (status, at, _)) in all.into_iter().enumerate() {
            let what =
                if Some(index) == success { "response".to_owned() } else { format!("response {status}") };
            self.add_content(operation, &what, &at, direction);
        }
    }

    fn add(&mut self, operation: &str, name: &str, at: Pointer, direction: Direction) {
        let Some(schema) = at.find(self.root) else { return };
        // A file is no JSON.
        let is_file = schema.get("type").is_some_and(|name| name == "file");
        if (schema.is_object() || schema.is_boolean()) && !is_file {
            let used = Some((operation.to_owned(), direction));
            self.found.push(Found { used, ..Found::called(name, at) });
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::of_operations;

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
            of_operations(&document).into_iter().map(|one| (one.name, one.pointer.to_string())).collect();
        let expected = [
            ("createPetId", "#/paths/~1pets~1{id}/parameters/0/schema"),
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
        let found: Vec<_> = of_operations(&document).into_iter().map(|one| one.name).collect();
        assert_eq!(found, ["putARequest", "putAResponse"]);
    }
}
