use std::fmt;

use serde_json::Value;

/// A kind of document that holds schemas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// OpenAPI 3.0.
    OpenApi30,
    /// OpenAPI 3.1 and 3.2.
    OpenApi31,
    /// Swagger 2.0.
    Swagger2,
    /// AsyncAPI 2 and 3.
    AsyncApi,
    /// Definitions of custom resources of Kubernetes: one, or a list of them.
    CustomResource,
    /// The tools of a server of the Model Context Protocol.
    Tools,
    /// Parts that other documents refer to, one by one.
    Parts,
}

impl Kind {
    /// What a document is, by its keys; `None` if it is of no kind that is known.
    ///
    /// # Errors
    ///
    /// If it is of a version that is not known: what it is.
    pub fn of(root: &Value) -> Result<Option<Self>, String> {
        if let Some(version) = root.get("openapi").and_then(version) {
            return match version.as_str() {
                "3.0" => Ok(Some(Self::OpenApi30)),
                "3.1" | "3.2" => Ok(Some(Self::OpenApi31)),
                _ => Err(format!("OpenAPI {version} is not known; known are 3.0, 3.1, 3.2 and Swagger 2.0")),
            };
        }
        if let Some(version) = root.get("swagger").and_then(version) {
            return if version == "2.0" {
                Ok(Some(Self::Swagger2))
            } else {
                Err(format!("Swagger {version} is not known; known is 2.0"))
            };
        }
        if let Some(version) = root.get("asyncapi").and_then(version) {
            return if version.starts_with("2.") || version.starts_with("3.") {
                Ok(Some(Self::AsyncApi))
            } else {
                Err(format!("AsyncAPI {version} is not known; known are 2 and 3"))
            };
        }
        if is_definition(root) || is_list_of_definitions(root) {
            return Ok(Some(Self::CustomResource));
        }
        Ok(are_tools(root).then_some(Self::Tools))
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            Self::OpenApi30 | Self::OpenApi31 => "an OpenAPI document",
            Self::Swagger2 => "a Swagger document",
            Self::AsyncApi => "an AsyncAPI document",
            Self::CustomResource => "a custom resource definition",
            Self::Tools => "a list of tools",
            Self::Parts => "a file of parts",
        })
    }
}

/// The first two numbers of a version: of `"3.0.3"`, and of `3.0`, as YAML reads it without quotes.
fn version(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => format!("{:.1}", number.as_f64()?),
        _ => return None,
    };
    let mut numbers = text.split('.');
    let (major, minor) = (numbers.next()?, numbers.next().unwrap_or("0"));
    let minor: String = minor.chars().take_while(char::is_ascii_digit).collect();
    Some(format!("{major}.{minor}"))
}

/// Whether something is a definition of a custom resource.
pub fn is_definition(root: &Value) -> bool {
    let said = |key: &str| root.get(key).and_then(Value::as_str).unwrap_or_default();
    said("kind") == "CustomResourceDefinition" && said("apiVersion").starts_with("apiextensions.k8s.io/")
}

fn is_list_of_definitions(root: &Value) -> bool {
    let is_list = root.get("kind").and_then(Value::as_str).is_some_and(|kind| kind.ends_with("List"));
    let items = root.get("items").and_then(Value::as_array).filter(|_| is_list);
    items.is_some_and(|items| items.iter().any(is_definition))
}

/// Whether something is the answer to `tools/list`, or the message that has it.
fn are_tools(root: &Value) -> bool {
    let is_tool = |tool: &Value| {
        tool.get("name").is_some_and(Value::is_string)
            && tool.get("inputSchema").is_some_and(Value::is_object)
    };
    let tools = root.get("tools").or_else(|| root.get("result")?.get("tools")).and_then(Value::as_array);
    tools.is_some_and(|tools| !tools.is_empty() && tools.iter().all(is_tool))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Kind;

    #[test]
    fn documents_are_known_by_their_keys_in_any_order() {
        for (document, kind) in [
            (json!({"info": {}, "paths": {}, "openapi": "3.0.3"}), Kind::OpenApi30),
            (json!({"openapi": 3.0}), Kind::OpenApi30),
            (json!({"components": {}, "openapi": "3.1.0"}), Kind::OpenApi31),
            (json!({"openapi": "3.2.0"}), Kind::OpenApi31),
            (json!({"definitions": {}, "swagger": "2.0"}), Kind::Swagger2),
            (json!({"swagger": 2.0}), Kind::Swagger2),
            (json!({"asyncapi": "2.6.0"}), Kind::AsyncApi),
            (json!({"channels": {}, "asyncapi": "3.0.0"}), Kind::AsyncApi),
            (
                json!({"kind": "CustomResourceDefinition", "apiVersion": "apiextensions.k8s.io/v1"}),
                Kind::CustomResource,
            ),
            (
                json!({"apiVersion": "v1", "kind": "List", "items": [
                    {"kind": "CustomResourceDefinition", "apiVersion": "apiextensions.k8s.io/v1"}
                ]}),
                Kind::CustomResource,
            ),
            (json!({"tools": [{"inputSchema": {}, "name": "a"}]}), Kind::Tools),
            (
                json!({"jsonrpc": "2.0", "id": 1, "result": {"tools": [{"name": "a", "inputSchema": {}}]}}),
                Kind::Tools,
            ),
        ] {
            assert_eq!(Kind::of(&document), Ok(Some(kind)), "{document}");
        }
    }

    #[test]
    fn a_schema_is_none_of_them() {
        for schema in [
            json!(true),
            json!({}),
            json!({"type": "object", "properties": {"openapi": {"const": "3.0.0"}}}),
            json!({"kind": "CustomResourceDefinition"}),
            json!({"tools": []}),
            json!({"tools": [{"name": "a"}]}),
            json!({"openapi": {"type": "string"}}),
        ] {
            assert_eq!(Kind::of(&schema), Ok(None), "{schema}");
        }
    }

    #[test]
    fn versions_that_are_not_known_are_no_schemas_either() {
        for document in [json!({"openapi": "4.0.0"}), json!({"swagger": "1.2"}), json!({"asyncapi": "1.0.0"})]
        {
            assert!(Kind::of(&document).is_err(), "{document}");
        }
        assert_eq!(Kind::of(&Value::Null), Ok(None));
    }
}
