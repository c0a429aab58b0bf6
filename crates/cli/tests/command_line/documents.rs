//! Documents that hold schemas: no command takes one for a schema, and all take what it holds.

use serde_json::{Value, json};

use super::{Run, folder, isomorph};

/// An OpenAPI document of 3.0, with this as its pet.
fn openapi(pet: &Value) -> String {
    let content = |schema: &str| json!({"content": {"application/json": {"schema": {"$ref": schema}}}});
    let pets = "#/components/schemas/Pet";
    let document = json!({
        "info": {"title": "Pets", "version": "1"},
        "paths": {"/pets": {
            "post": {
                "operationId": "createPet",
                "requestBody": content(pets),
                "responses": {"201": {"description": "made"}}
            },
            "get": {
                "operationId": "getPet",
                "parameters": [{"name": "limit", "in": "query", "schema": {"type": "integer"}}],
                "responses": {"200": content(pets)}
            }
        }},
        "components": {"schemas": {
            "Pet": pet,
            "Owner": {"type": "object", "properties": {"email": {"type": "string", "nullable": true}}}
        }},
        "openapi": "3.0.3"
    });
    document.to_string()
}

fn pet() -> Value {
    json!({
        "type": "object",
        "required": ["name"],
        "properties": {"name": {"type": "string"}, "owner": {"$ref": "#/components/schemas/Owner"}}
    })
}

const CRD: &str = r#"{
    "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
    "spec": {"names": {"kind": "Widget"}, "versions": [{"name": "v1", "schema": {"openAPIV3Schema": {
        "type": "object", "properties": {"port": {"x-kubernetes-int-or-string": true}}
    }}}]}
}"#;

fn ok(run: Run) -> String {
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{}", run.stdout);
    run.stdout
}

#[test]
fn types_are_made_of_what_a_document_holds() {
    let tools = r#"{"tools": [{"name": "get", "inputSchema": {"type": "object", "properties": {"city": {"type": "string"}}}}]}"#;
    let asyncapi = r#"{"asyncapi": "3.0.0", "components": {"schemas": {"A": {"type": "object"}}}}"#;
    let swagger = r#"{"swagger": "2.0", "definitions": {"Pet": {"type": "object"}}}"#;
    for (document, types) in [
        (openapi(&pet()).as_str(), &["Pet", "Owner"][..]),
        (CRD, &["Widget"]),
        (tools, &["GetInput"]),
        (asyncapi, &["A"]),
        (swagger, &["Pet"]),
    ] {
        let here = folder(&[("a.json", document)]);
        let run = isomorph(here.path(), &["report", "--schema", "a.json", "--format", "json"]);
        let report: Value = serde_json::from_str(&ok(run)).expect("JSON");
        let rows = report["definitions"].as_array().expect("rows").clone();
        let named = rows.iter().filter(|row| types.iter().any(|name| row["name"] == **name));
        assert_eq!(named.count(), types.len(), "{report}");
        assert!(rows.iter().all(|row| row["shape"] != "value"), "{report}");
    }
}

#[test]
fn operations_are_asked_for() {
    let here = folder(&[("a.json", &openapi(&pet()))]);
    let names = |arguments: &[&str]| {
        let all = [&["report", "--schema", "a.json"][..], arguments].concat();
        let rows = ok(isomorph(here.path(), &all));
        ["GetPetLimit", "Pet "].map(|name| rows.lines().any(|row| row.starts_with(name)))
    };
    assert_eq!(names(&[]), [false, true]);
    assert_eq!(names(&["--operations"]), [true, true]);
}

#[test]
fn an_instance_is_held_against_a_schema_by_its_name() {
    let here = folder(&[
        ("a.json", &openapi(&pet())),
        ("good.json", r#"{"name": "a", "owner": {"email": null}}"#),
        ("bad.json", r#"{"name": 1}"#),
    ]);
    let validate = |root: &str, file: &str| {
        isomorph(here.path(), &["validate", "--schema", "a.json", "--root", root, "--format", "json", file])
    };
    for root in ["Pet", "#/components/schemas/Pet"] {
        assert_eq!(validate(root, "good.json").code, 0, "{root}");
        let run = validate(root, "bad.json");
        assert_eq!(run.code, 1, "{}", run.stderr);
        assert!(run.stdout.contains("/components/schemas/Pet/properties/name/type"), "{}", run.stdout);
    }
    let run = validate("Nobody", "good.json");
    assert!(run.code == 2 && run.stdout.contains("`Owner`"), "{}", run.stdout);
    let run = isomorph(here.path(), &["validate", "--schema", "a.json", "good.json"]);
    assert!(run.code == 2 && run.stderr.contains("holds 2; name one: `Pet`, `Owner`"), "{}", run.stderr);
}

#[test]
fn the_only_schema_needs_no_name() {
    let here =
        folder(&[("crd.json", CRD), ("a.json", r#"{"port": "http"}"#), ("b.json", r#"{"port": true}"#)]);
    assert_eq!(isomorph(here.path(), &["validate", "--schema", "crd.json", "a.json"]).code, 0);
    assert_eq!(isomorph(here.path(), &["validate", "--schema", "crd.json", "b.json"]).code, 1);
    assert!(ok(isomorph(here.path(), &["sample", "crd.json"])).starts_with('{'));
}

#[test]
fn a_schema_is_sampled_by_its_place() {
    let here = folder(&[("a.json", &openapi(&pet()))]);
    let samples = ok(isomorph(here.path(), &["sample", "a.json#/components/schemas/Pet", "-n", "5"]));
    assert!(
        samples.lines().count() == 5 && samples.lines().all(|line| line.contains("\"name\"")),
        "{samples}"
    );
    let run = isomorph(here.path(), &["sample", "a.json"]);
    assert!(run.code == 2 && run.stderr.contains("name one: `Pet`, `Owner`"), "{}", run.stderr);
}

#[test]
fn a_change_is_told_of_each_schema() {
    let mut new = pet();
    new["properties"]["name"] = json!({"type": "string", "maxLength": 3});
    let here = folder(&[("old.json", &openapi(&pet())), ("new.json", &openapi(&new))]);
    let run = isomorph(here.path(), &["diff", "old.json", "new.json", "--format", "json", "--no-api"]);
    let report: Value = serde_json::from_str(&run.stdout).expect(&run.stderr);
    assert_eq!(report["schemas"].as_array().map(Vec::len), Some(1), "{report}");
    assert_eq!(report["schemas"][0]["schema"], "new.json#/components/schemas/Pet");
    assert_eq!(report["definitions"][0]["name"], "Pet");
    assert_eq!(
        (&report["data"]["old_data"]["verdict"], &report["data"]["new_data"]["verdict"]),
        (&json!("breaking"), &json!("compatible"))
    );
    let same = isomorph(here.path(), &["diff", "old.json", "old.json"]);
    assert!(same.stdout.contains("Nothing changed."), "{}", same.stdout);
}

#[test]
fn a_change_breaks_requests_or_responses() {
    let mut narrower = pet();
    narrower["properties"]["name"] = json!({"type": "string", "maxLength": 3});
    let here = folder(&[("wide.json", &openapi(&pet())), ("narrow.json", &openapi(&narrower))]);
    for (old, new, request, response) in [
        ("wide.json", "narrow.json", "breaking", "compatible"),
        ("narrow.json", "wide.json", "compatible", "breaking"),
    ] {
        let run = isomorph(here.path(), &["diff", old, new, "--operations", "--format", "json", "--no-api"]);
        let report: Value = serde_json::from_str(&run.stdout).expect(&run.stderr);
        let verdict = |operation: &str| {
            let all = report["operations"].as_array().expect("operations");
            all.iter().find(|one| one["operation"] == operation).map(|one| one["data"]["verdict"].clone())
        };
        assert_eq!(
            (verdict("createPet"), verdict("getPet")),
            (Some(json!(request)), Some(json!(response))),
            "{report}"
        );
        let text = isomorph(here.path(), &["diff", old, new, "--operations", "--no-api"]).stdout;
        assert!(text.contains("createPet  request") && text.contains("getPet  response"), "{text}");
    }
}

#[test]
fn what_a_document_no_longer_offers_fails_whoever_asks() {
    let required = |is: bool| {
        json!({"openapi": "3.1.0", "paths": {"/a": {"get": {"operationId": "getA", "parameters": [
            {"in": "query", "name": "q", "required": is, "schema": {"type": "string"}}
        ]}}}})
        .to_string()
    };
    let schemas =
        |schemas: Value| json!({"openapi": "3.1.0", "components": {"schemas": schemas}}).to_string();
    let here = folder(&[
        ("old.json", &schemas(json!({"A": {"type": "string"}, "B": true}))),
        ("new.json", &schemas(json!({"B": true}))),
        ("free.json", &required(false)),
        ("bound.json", &required(true)),
    ]);
    let run = |arguments: &[&str]| isomorph(here.path(), &[&["diff", "--no-api"], arguments].concat());
    let kept = run(&["old.json", "new.json", "--compatibility", "full"]);
    assert_eq!(kept.code, 1, "{}", kept.stderr);
    assert!(kept.stdout.contains("removed: old.json#/components/schemas/A"), "{}", kept.stdout);
    assert_eq!(run(&["old.json", "new.json", "--fail-on", "breaking"]).code, 1);
    let asked = ["free.json", "bound.json", "--operations", "--fail-on", "old-data"];
    let found = run(&asked);
    assert_eq!(found.code, 1, "{}", found.stdout);
    assert!(
        found.stdout.contains("old requests  breaking: the parameter `q` is required now"),
        "{}",
        found.stdout
    );
    let annotated = run(&[&asked[..], &["--format", "github"]].concat()).stdout;
    assert!(annotated.contains("::error file=bound.json,line=1,title=getA::"), "{annotated}");
}

#[test]
fn what_has_no_keyword_is_no_schema_unless_that_is_said() {
    let here = folder(&[
        ("package.json", r#"{"name": "a", "version": "1"}"#),
        ("any.json", "{}"),
        ("x.json", r#"{"x-a": 1}"#),
        ("true.json", "true"),
    ]);
    let run = isomorph(here.path(), &["report", "--schema", "package.json"]);
    assert!(
        run.code == 2 && run.stderr.contains("none of its keys (`name`, `version`) is a keyword"),
        "{}",
        run.stderr
    );
    ok(isomorph(here.path(), &["report", "--schema", "package.json", "--allow-any"]));
    for schema in ["any.json", "x.json", "true.json"] {
        ok(isomorph(here.path(), &["report", "--schema", schema]));
    }
}

#[test]
fn a_crate_is_made_of_a_document() {
    let here = folder(&[("a.json", &openapi(&pet()))]);
    let run = isomorph(here.path(), &["init", "--schema", "a.json", "--crate", "pets", "--operations"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let manifest = std::fs::read_to_string(here.path().join("pets/Cargo.toml")).expect("a manifest");
    assert!(manifest.contains("operations = true"), "{manifest}");
    ok(isomorph(&here.path().join("pets"), &["generate", "--check"]));
}
