//! What documents offer to others: it is the same by what it is to them, and a break if it is gone.

use std::time::Duration;

use isomorph_evolution::{Accepted, Clock, Options, Report, Unbounded, Verdict, Version, compare};
use isomorph_schema::{Dialect, Document, Opening, Source, opened, parse_all, validate_all};
use serde_json::{Value, json};

struct Standing;

impl Clock for Standing {
    fn now(&self) -> Duration {
        Duration::ZERO
    }
}

fn documents(files: &[(&str, Value)], operations: bool) -> Vec<Document> {
    let source = |(file, root): &(&str, Value)| Source {
        file: (*file).into(),
        uri: None,
        text: root.to_string().into_bytes(),
    };
    let sources: Vec<_> = files.iter().map(source).collect();
    let parsed = parse_all(&sources, Dialect::default()).expect("they are JSON");
    let documents = opened(parsed, Opening { operations, ..Opening::default() }).expect("they hold schemas");
    validate_all(&documents).expect("schemas");
    documents
}

fn report_with(old: &[Document], new: &[Document], accepted: Vec<Accepted>) -> Report {
    let (old, new) = (
        Version { label: "old", documents: old, selected: &[] },
        Version { label: "new", documents: new, selected: &[] },
    );
    let mut options = Options::new(Duration::from_secs(10));
    options.accept(accepted);
    compare(&old, &new, &options, &Unbounded, &Standing).expect("they can be compared")
}

fn report(old: &Value, new: &Value, operations: bool) -> Report {
    let of = |root: &Value| documents(&[("a.json", root.clone())], operations);
    report_with(&of(old), &of(new), Vec::new())
}

fn verdicts(report: &Report) -> [Verdict; 2] {
    [report.data.old_data.verdict, report.data.new_data.verdict]
}

const COMPATIBLE: Verdict = Verdict::Compatible;
const BREAKING: Verdict = Verdict::Breaking;
const REMOVED: Option<&str> = Some("the schema was removed");

#[test]
fn a_file_of_a_folder_is_the_same_one_where_others_are_gone() {
    let (string, integer, null) =
        (json!({"type": "string"}), json!({"type": "integer"}), json!({"type": "null"}));
    let old = documents(&[("old/a/X.json", string.clone()), ("old/b/X.json", integer.clone())], false);
    let new = documents(&[("new/b/X.json", null)], false);
    let found = report_with(&old, &new, Vec::new());
    assert_eq!(found.removed, ["old/a/X.json"]);
    assert_eq!(found.definitions[0].changes[0].changes[0].change, "type changed from integer to null");
    // What is as another was is no reason to take it for that.
    let new = documents(&[("new/b/X.json", string)], false);
    let found = report_with(&old, &new, Vec::new());
    assert_eq!((found.removed, found.renamed), (vec!["old/a/X.json".to_owned()], Vec::new()));
    let back = report_with(&new, &old, Vec::new());
    assert_eq!(back.added, ["old/a/X.json"]);
}

fn resource(versions: &[(&str, &str)]) -> Value {
    let version = |(name, one): &(&str, &str)| {
        let schema = json!({"type": "object", "properties": {"size": {"type": one}}});
        json!({"name": name, "schema": {"openAPIV3Schema": schema}})
    };
    json!({
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
        "spec": {"names": {"kind": "W"}, "versions": versions.iter().map(version).collect::<Vec<_>>()}
    })
}

#[test]
fn a_version_of_a_resource_is_the_same_however_many_there_are() {
    let one = resource(&[("v1", "integer")]);
    let broken = report(&one, &resource(&[("v1", "string"), ("v2", "string")]), false);
    assert_eq!(verdicts(&broken), [BREAKING, BREAKING], "{broken:?}");
    assert!(broken.removed.is_empty() && broken.added.len() == 1, "{broken:?}");
    let two = resource(&[("v1", "integer"), ("v2", "boolean")]);
    assert_eq!(verdicts(&report(&one, &two, false)), [COMPATIBLE; 2]);
    let changed = report(&two, &resource(&[("v2", "string")]), false);
    assert_eq!(verdicts(&changed), [BREAKING, BREAKING]);
    assert_eq!(changed.removed.len(), 1);
    assert!(changed.data.old_data.error.is_some());
    // The one that is left is another version.
    let other = report(&one, &resource(&[("v2", "number")]), false);
    assert_eq!(other.data.old_data.error.as_deref(), REMOVED);
}

#[test]
fn versions_that_shared_a_schema_are_held_against_it() {
    let shared = json!({
        "apiVersion": "apiextensions.k8s.io/v1beta1", "kind": "CustomResourceDefinition",
        "spec": {
            "names": {"kind": "W"}, "versions": [{"name": "v1"}, {"name": "v2"}],
            "validation": {"openAPIV3Schema": {"type": "object", "properties": {"size": {"type": "integer"}}}}
        }
    });
    let kept = report(&shared, &resource(&[("v1", "integer"), ("v2", "integer")]), false);
    assert_eq!(verdicts(&kept), [COMPATIBLE; 2], "{kept:?}");
    let changed = report(&shared, &resource(&[("v1", "integer"), ("v2", "string")]), false);
    assert_eq!(verdicts(&changed), [BREAKING, BREAKING]);
}

fn api(schemas: Value, paths: Value) -> Value {
    let mut root = json!({"openapi": "3.1.0", "components": {}});
    root["components"]["schemas"] = schemas;
    root["paths"] = paths;
    root
}

fn content(schema: Value) -> Value {
    let mut body = json!({"content": {"application/json": {}}});
    body["content"]["application/json"]["schema"] = schema;
    body
}

fn operation(id: &str, response: &str) -> Value {
    json!({"get": {"operationId": id, "responses": {"200": content(json!({"type": response}))}}})
}

#[test]
fn a_schema_that_a_document_no_longer_has_is_a_break_and_a_renamed_one_is_none() {
    let of = |schemas: Value| api(schemas, json!({}));
    for (old, new) in [
        (of(json!({"A": {"type": "string"}})), of(json!({"B": {"type": "integer"}}))),
        (of(json!({"A": {"type": "string"}, "B": true})), of(json!({"B": true}))),
        (json!({"type": "string"}), of(json!({"A": {"type": "string"}}))),
        (of(json!({"A": {"type": "string"}})), json!({"type": "string"})),
        (json!({"$defs": {"A": {"type": "string"}}}), json!({"$defs": {"B": {"type": "integer"}}})),
        (
            json!({"asyncapi": "2.6.0", "components": {"messages": {"M": {"payload": {"type": "null"}}, "N": {"payload": true}}}}),
            json!({"asyncapi": "2.6.0", "components": {"messages": {"N": {"payload": true}}}}),
        ),
    ] {
        let found = report(&old, &new, false);
        assert_eq!(verdicts(&found), [BREAKING, BREAKING], "{old} → {new}");
        assert_eq!(found.data.old_data.error.as_deref(), REMOVED, "{old} → {new}");
        assert_eq!(found.removed.len(), 1, "{found:?}");
    }
    for (old, new) in [
        (of(json!({"A": {"type": "string"}})), of(json!({"B": {"type": "string"}}))),
        (json!({"$defs": {"A": {"type": "string"}}}), json!({"$defs": {"B": {"type": "string"}}})),
    ] {
        let found = report(&old, &new, false);
        assert_eq!(verdicts(&found), [COMPATIBLE; 2], "{old} → {new}");
        assert_eq!((found.renamed.len(), found.removed.len(), found.added.len()), (1, 0, 0));
    }
    // What a schema has for itself is nobody else's.
    let own = |name: &str| json!({"$ref": format!("#/$defs/{name}"), "$defs": {name: {"type": "string"}}});
    assert_eq!(verdicts(&report(&own("a"), &own("b"), false)), [COMPATIBLE; 2]);
}

#[test]
fn what_is_gone_may_be_accepted() {
    let of = |name: &str| documents(&[("a.json", api(json!({name: {"const": name}}), json!({})))], false);
    let accepted = vec![Accepted::new("a.json#/components/schemas/A", "nobody had it")];
    let found = report_with(&of("A"), &of("B"), accepted);
    assert_eq!(verdicts(&found), [Verdict::Accepted; 2]);
    assert_eq!(found.accepted.len(), 1);
}

#[test]
fn a_message_that_has_another_schema_is_held_against_the_one_it_had() {
    let of = |name: &str| {
        json!({"asyncapi": "2.6.0", "components": {
            "schemas": {"A": {"type": "string"}, "B": {"type": "integer"}},
            "messages": {"M": {"payload": {"$ref": format!("#/components/schemas/{name}")}}}
        }})
    };
    assert_eq!(verdicts(&report(&of("A"), &of("B"), false)), [BREAKING, BREAKING]);
    assert_eq!(verdicts(&report(&of("A"), &of("A"), false)), [COMPATIBLE; 2]);
}

#[test]
fn an_operation_is_the_same_by_its_method_and_path() {
    let of = |path: &str, id: &str, response: &str| api(json!({}), json!({path: operation(id, response)}));
    let renamed = report(&of("/a/{x}", "a", "integer"), &of("/a/{y}", "b", "string"), true);
    assert_eq!(verdicts(&renamed), [COMPATIBLE, BREAKING], "{renamed:?}");
    assert_eq!(
        verdicts(&report(&of("/a", "a", "integer"), &of("/a", "b", "integer"), true)),
        [COMPATIBLE; 2]
    );
    let moved = report(&of("/a", "a", "integer"), &of("/b", "a", "integer"), true);
    assert_eq!(verdicts(&moved), [BREAKING, BREAKING]);
    assert_eq!(moved.data.old_data.error.as_deref(), Some("the operation was removed"));
    assert_eq!(moved.removed, ["a.json#/paths/~1a/get"]);
}

#[test]
fn what_an_operation_no_longer_has_is_a_break_to_those_who_count_on_it() {
    let of = |responses: &[&str], parameters: &[&str]| {
        let responses: serde_json::Map<String, Value> = responses
            .iter()
            .map(|status| ((*status).to_owned(), content(json!({"title": status}))))
            .collect();
        let parameter = |name: &&str| json!({"in": "query", "name": name, "schema": {"type": "string"}});
        let parameters: Vec<_> = parameters.iter().map(parameter).collect();
        api(json!({}), json!({"/a": {"get": {"parameters": parameters, "responses": responses}}}))
    };
    let all = of(&["200", "404"], &["p", "q"]);
    for (new, expected) in [
        (of(&["200"], &["p", "q"]), [COMPATIBLE, COMPATIBLE]),
        (of(&["404"], &["p", "q"]), [COMPATIBLE, BREAKING]),
        (of(&["200", "404"], &["p"]), [BREAKING, COMPATIBLE]),
        (of(&["200", "404", "500"], &["p", "q", "r"]), [COMPATIBLE, COMPATIBLE]),
    ] {
        let found = report(&all, &new, true);
        assert_eq!(verdicts(&found), expected, "{found:?}");
    }
}

#[test]
fn what_has_to_be_sent_now_breaks_old_requests() {
    let of = |post: Value| api(json!({}), json!({"/a": {"post": post}}));
    let query = |required: bool| json!({"parameters": [{"in": "query", "name": "q", "schema": true, "required": required}]});
    let body = |required: bool| {
        let mut body = content(json!({"type": "string"}));
        body["required"] = required.into();
        json!({"requestBody": body})
    };
    for (old, new, what) in [
        (query(false), query(true), "the parameter `q` is required now"),
        (body(false), body(true), "the body is required now"),
    ] {
        let found = report(&of(old.clone()), &of(new.clone()), true);
        assert_eq!(verdicts(&found), [BREAKING, COMPATIBLE], "{found:?}");
        assert_eq!(found.data.old_data.error.as_deref(), Some(what));
        assert!(!found.is_empty());
        assert_eq!(verdicts(&report(&of(new), &of(old), true)), [COMPATIBLE; 2]);
    }
}

#[test]
fn a_tool_that_is_gone_is_a_break_and_one_of_another_dialect_is_the_same() {
    let tool = |name: &str, kind: &str, dialect: &str| json!({"name": name, "inputSchema": {"$schema": dialect, "type": kind}});
    let (newest, seven) =
        ("https://json-schema.org/draft/2020-12/schema", "http://json-schema.org/draft-07/schema#");
    let of = |tools: Value| json!({"tools": tools});
    let old = of(json!([tool("a", "object", newest), tool("b", "object", seven)]));
    let gone = report(&old, &of(json!([tool("a", "object", newest)])), false);
    assert_eq!(verdicts(&gone), [BREAKING, BREAKING], "{gone:?}");
    assert_eq!(gone.removed, ["a.json#/tools/1"]);
    let newer = of(json!([tool("a", "object", newest), tool("b", "object", newest)]));
    assert_eq!(verdicts(&report(&old, &newer, false)), [COMPATIBLE; 2]);
}

#[test]
fn operations_decide_about_what_their_document_holds_and_about_nothing_else() {
    let of = |unused: &str, plain: &str| {
        let pet = json!({"Unused": {"type": unused}});
        documents(
            &[
                ("api.json", api(pet, json!({"/a": operation("a", "string")}))),
                ("b.json", json!({"type": plain})),
            ],
            true,
        )
    };
    let (old, other) = (of("string", "string"), of("string", "integer"));
    assert_eq!(verdicts(&report_with(&old, &of("integer", "string"), Vec::new())), [COMPATIBLE; 2]);
    assert_eq!(verdicts(&report_with(&old, &other, Vec::new())), [BREAKING, BREAKING]);
}

#[test]
fn what_a_webhook_sends_is_read_by_others() {
    let of = |kind: &str| json!({"openapi": "3.1.0", "webhooks": {"w": {"post": {"requestBody": content(json!({"type": kind}))}}}});
    assert_eq!(verdicts(&report(&of("integer"), &of("number"), true)), [COMPATIBLE, BREAKING]);
}

#[test]
fn each_schema_is_told_once_when_the_dialect_changes() {
    let of = |version: &str, kind: &str| {
        let pet = json!({"Pet": {"type": kind}});
        let reference = content(json!({"$ref": "#/components/schemas/Pet"}));
        let paths = json!({"/a": {"get": {"responses": {"200": reference}}}});
        json!({"openapi": version, "components": {"schemas": pet}, "paths": paths})
    };
    let found = report(&of("3.1.0", "string"), &of("3.0.3", "integer"), true);
    assert_eq!(found.schemas.len(), 1, "{:?}", found.schemas);
}

#[test]
fn a_definition_that_is_called_otherwise_is_told_once_also_where_it_refers_to_itself() {
    let of = |name: &str, is_root: bool| {
        let to_itself = json!({"$ref": format!("#/$defs/{name}")});
        let properties = if is_root { json!({"a": to_itself}) } else { json!({}) };
        let definition = json!({"properties": {"next": to_itself, "v": {"type": "integer"}}});
        json!({"properties": properties, "$defs": {name: definition}})
    };
    for is_root in [false, true] {
        let found = report(&of("Node", is_root), &of("Item", is_root), false);
        assert_eq!(verdicts(&found), [COMPATIBLE, COMPATIBLE], "{found:?}");
        assert_eq!((found.renamed.len(), found.removed.len(), found.added.len()), (1, 0, 0), "{found:?}");
        assert!(found.definitions.is_empty(), "{found:?}");
    }
}
