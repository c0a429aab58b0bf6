//! Sets of schemas: what is named, and what comes along.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use isomorph_schema::{Dialect, Error, Files, Memory, Set, Unresolved};

/// Files, by their paths.
type Store<'a> = &'a [(&'a str, &'a str)];

fn files(store: Store, names: &[&str]) -> Files {
    let store = Arc::new(Memory::new(store.iter().map(|(path, text)| (*path, *text))));
    Files { schemas: names.iter().map(PathBuf::from).collect(), store, ..Files::default() }
}

fn read(files: &Files) -> Result<Set, Error> {
    files.read(Dialect::default(), Unresolved::Refuse)
}

/// The files of a set; those that only came along in brackets.
fn shown(set: &Set) -> Vec<String> {
    let shown = |file: &str, is_guest| if is_guest { format!("({file})") } else { file.to_owned() };
    set.documents.iter().map(|document| shown(&document.file, document.is_guest)).collect()
}

/// Reads a set that has no faults; gives its files and its notes.
fn of(store: Store, names: &[&str]) -> (Vec<String>, Vec<String>) {
    let set = read(&files(store, names)).unwrap_or_else(|error| panic!("{names:?}: {error}"));
    (shown(&set), set.notes.iter().map(ToString::to_string).collect())
}

/// Reads a set that has a fault; gives what is said of it.
fn fault(store: Store, names: &[&str]) -> String {
    read(&files(store, names))
        .map_or_else(|error| error.to_string(), |set| panic!("{names:?}: {:?}", shown(&set)))
}

#[test]
fn folders_are_trees_and_references_go_by_path_within_them() {
    let store: Store = &[
        ("s/a.json", r#"{"$ref": "in/b.yaml#/x-own/Q"}"#),
        ("s/in/b.yaml", "x-own:\n  Q: {$ref: '../c.toml'}\n"),
        ("s/c.toml", "type = 'integer'\n"),
        ("s/in/readme.md", "no schema"),
    ];
    let all = vec!["s/a.json".to_owned(), "s/c.toml".to_owned(), "s/in/b.yaml".to_owned()];
    assert_eq!(of(store, &["s"]), (all.clone(), vec![]));
    assert_eq!(of(store, &["s/*.json", "s/c.toml", "s/in"]).0, ["s/a.json", "s/c.toml", "s/in/b.yaml"]);
    assert_eq!(of(store, &["s/a.json"]).0, ["s/a.json", "(s/in/b.yaml)", "(s/c.toml)"]);
    assert_eq!(of(store, &["s/a.json", "s"]).0, all, "each file is read once");
}

#[test]
fn references_out_of_the_folder_are_refused_and_within_says_how_far_they_may_go() {
    let store: Store = &[
        ("p/s/a.json", r#"{"anyOf": [{"$ref": "../b.json"}, {"$ref": "x/../../../c.json"}]}"#),
        ("p/b.json", "{}"),
        ("c.json", "{}"),
        // What is at the top is not meant by what leads beyond it.
        ("p/s/b.json", "{}"),
        ("p/s/c.json", "{}"),
    ];
    for names in [["p/s/a.json"], ["p/s"]] {
        let fault = fault(store, &names);
        for part in [
            "`../b.json`",
            "say `--within p`",
            "`x/../../../c.json`",
            "say `--within .`",
            "out of the folder",
        ] {
            assert!(fault.contains(part), "{part}: {fault}");
        }
    }
    let within = Files { within: Some(PathBuf::from("")), ..files(store, &["p/s/a.json"]) };
    let set = read(&within).expect("both are in there");
    assert_eq!(shown(&set), ["p/s/a.json", "(c.json)", "(p/b.json)"]);
    let elsewhere = Files { within: Some(PathBuf::from("p/s")), ..files(store, &["p/b.json"]) };
    assert!(read(&elsewhere).is_err_and(|error| error.to_string().contains("p/b.json: is not within p/s")));
}

#[test]
fn a_reference_that_leaves_the_folder_and_enters_it_again_leads_to_what_is_there() {
    let store: Store = &[
        ("p/s/a.json", r#"{"$ref": "../s/in/b.json#/$defs/x"}"#),
        ("p/s/in/b.json", r#"{"$defs": {"x": {}}}"#),
    ];
    assert_eq!(of(store, &["p/s"]).0, ["p/s/a.json", "p/s/in/b.json"]);
    assert_eq!(of(store, &["p/s/a.json"]).0, ["p/s/a.json", "(p/s/in/b.json)"]);
    // What is resolved to the same is another document.
    let taken: Store =
        &[("s/a.json", r#"{"$ref": "../s/b.json"}"#), ("s/b.json", "{}"), ("s/s/b.json", "{}")];
    assert!(fault(taken, &["s"]).contains("out of the folder"));
}

#[test]
fn what_is_no_uri_is_told_with_its_place_and_the_way_out() {
    let told = |text: &str| {
        let error = read(&files(&[("q/a.json", text)], &["q"])).expect_err(text);
        let flaws = error.flaws();
        flaws
            .iter()
            .map(|flaw| format!("{}: {} ({})", flaw.place, flaw.message, flaw.help.join("; ")))
            .collect::<Vec<_>>()
    };
    let encoded = "is no URI: it holds what has to be percent-encoded in one";
    assert_eq!(
        told("{\"properties\": {\"a\": {\"$ref\": \"my b.json#/x\"},\n \"b\": {\"$ref\": \"é.json\"}}}"),
        [
            format!(
                "q/a.json:1:31 (#/properties/a/$ref): not a valid schema: `my b.json` {encoded} (write `my%20b.json`)"
            ),
            format!(
                "q/a.json:2:16 (#/properties/b/$ref): not a valid schema: `é.json` {encoded} (write `%C3%A9.json`)"
            ),
        ]
    );
    assert!(
        told(r#"{"$id": "my schema"}"#)[0]
            .starts_with("q/a.json:1:9 (#/$id): not a valid schema: `my schema` is no URI")
    );
    let nowhere = told(r#"{"$id": "urn:example:a", "$ref": "b.json"}"#);
    assert!(
        nowhere[0].contains("(#/$ref): not a valid schema: `b.json` leads nowhere from `urn:example:a`"),
        "{nowhere:?}"
    );
}

#[test]
fn identifiers_come_first_then_paths_then_names_with_a_note() {
    let root = r#"{"$id": "https://example.com/s/root.json", "$ref": "b.json"}"#;
    let identified = r#"{"$defs": {"x": {"$id": "https://example.com/s/b.json"}}}"#;
    let by_id: Store = &[("s/root.json", root), ("s/deep/any.json", identified), ("s/b.json", "{}")];
    let (found, notes) = of(by_id, &["s/root.json"]);
    assert_eq!((found, notes.len()), (vec!["s/root.json".into(), "(s/deep/any.json)".into()], 0));
    let by_name: Store =
        &[("s/root.json", root), ("s/b.json", r#"{"$ref": "in/c"}"#), ("s/in/c.schema.json", "{}")];
    for names in [["s/root.json"], ["s"]] {
        let (found, notes) = of(by_name, &names);
        assert_eq!(found.len(), 3, "{found:?}");
        let expected = "s/root.json:1:52 (#/$ref): no document here has the `$id` https://example.com/s/b.json; s/b.json is \
                        taken for it, by its name";
        assert_eq!(notes.first().map(String::as_str), Some(expected), "{notes:?}");
        assert!(notes.iter().any(|note| note.contains("s/in/c.schema.json is taken for it")), "{notes:?}");
    }
    // Of another site nothing is known by its name.
    let foreign: Store = &[("a.json", r#"{"$ref": "https://example.com/b.json"}"#), ("b.json", "{}")];
    assert!(
        fault(foreign, &["a.json"])
            .ends_with("say `--map https://example.com/b.json=b.json`, or run `isomorph fetch`")
    );
}

#[test]
fn all_that_is_missing_is_told_at_once() {
    let store: Store = &[
        ("s/a.json", "{\"anyOf\": [\n{\"$ref\": \"https://example.com/x\"},\n{\"$ref\": \"gone.json\"}]}"),
        ("s/b.yaml", "items:\n  $ref: https://example.com/x#/y\n"),
        ("s/old/gone.json", "{}"),
    ];
    let fault = fault(store, &["s"]);
    let lines: Vec<_> = fault.lines().collect();
    assert_eq!(
        lines,
        [
            "2 documents are not here, and nothing is fetched:",
            "  s/a.json:2:10 (#/anyOf/0/$ref): `https://example.com/x` (and so 1 more); say `--map https://example.com/x=FILE`, or run `isomorph fetch`",
            "  s/a.json:3:10 (#/anyOf/1/$ref): `gone.json`; say `--map gone.json=s/old/gone.json`",
        ]
    );
    let mapped = [("https://example.com/x", "y.json"), ("gone.json", "s/old/gone.json")];
    let with = [store, &[("y.json", r#"{"y": {}}"#)]].concat();
    let map = mapped.map(|(uri, file)| (uri.to_owned(), PathBuf::from(file))).into();
    let files = Files { map, ..files(&with, &["s"]) };
    assert_eq!(read(&files).map(|set| shown(&set).len()).ok(), Some(4));
}

#[test]
fn a_map_may_be_of_all_that_begins_so() {
    let store: Store = &[
        (
            "a.json",
            r#"{"anyOf": [{"$ref": "https://example.com/v1/b%20c.json"}, {"$ref": "https://example.com/v1/in/d"}]}"#,
        ),
        ("vendor/b c.json", r#"{"$ref": "in/d#/$defs/x"}"#),
        ("vendor/in/d.json", r#"{"$defs": {"x": {}}}"#),
        ("other/d.json", "{}"),
    ];
    let map = [("https://example.com/v1/", "vendor"), ("https://example.com/", "other")];
    let map = map.map(|(uri, file)| (uri.to_owned(), PathBuf::from(file))).into();
    let set = read(&Files { map, ..files(store, &["a.json"]) }).expect("all are mapped");
    assert_eq!(shown(&set), ["a.json", "(vendor/b c.json)", "(vendor/in/d.json)"]);
    let out =
        [("https://example.com/", "vendor/in")].map(|(uri, file)| (uri.to_owned(), PathBuf::from(file)));
    let store: Store = &[
        ("a.json", r#"{"$ref": "https://example.com/%2e%2e/b c.json"}"#),
        ("vendor/b c.json", "{}"),
        ("vendor/in/d", "{}"),
    ];
    assert!(
        read(&Files { map: out.into(), ..files(store, &["a.json"]) }).is_err(),
        "no way leads out of what is mapped"
    );
}

#[test]
fn one_schema_in_a_file_can_be_named() {
    let store: Store = &[("a.json", r#"{"$defs": {"b c": {"type": "null"}}, "required": ["x"]}"#)];
    for name in ["a.json#/$defs/b c", "a.json#/$defs/b%20c"] {
        let set = read(&files(store, &[name])).expect("it is there");
        assert_eq!(set.selected.iter().map(|at| at.pointer.as_str()).collect::<Vec<_>>(), ["/$defs/b c"]);
    }
    for (name, expected) in [
        ("a.json#/$defs/c", "a.json#/$defs/c: there is no schema"),
        ("a.json#/required", "a.json#/required: there is no schema"),
        ("b.json#/x", "b.json#/x: cannot read"),
        ("*.yaml", "*.yaml: no file matches it"),
    ] {
        let fault = fault(store, &[name]);
        assert!(fault.starts_with(expected), "{fault}");
    }
}

#[test]
fn a_file_may_have_several_documents_comments_or_a_mark() {
    let store: Store = &[
        ("a.yaml", "type: string\n---\n$id: https://example.com/b\ntype: integer\n---\n"),
        ("c.jsonc", "// a comment\n{\"$ref\": \"https://example.com/b\",}"),
        ("d.json", "\u{FEFF}{\"type\": \"null\"}"),
    ];
    let (found, notes) = of(store, &["a.yaml", "c.jsonc", "d.json"]);
    assert_eq!(found, ["a.yaml", "a.yaml", "c.jsonc", "d.json"]);
    assert_eq!(notes, ["d.json: begins with a byte order mark, which is left out"]);
}

#[test]
fn faults_have_their_places_in_every_format() {
    for (file, text, expected) in [
        ("a.json", "{\n \"type\": 1,\n}", "a.json:3:1: not JSON: "),
        ("a.jsonc", "{\"a\": 1 // x\n \"b\": 2}", "a.jsonc:2:2: not JSONC: "),
        ("a.yaml", "a: 1\nb: [", "a.yaml:2:4: not YAML: "),
        ("a.toml", "a = 1\nb = x\n", "a.toml:2:5: not TOML: "),
        ("a.yaml", "a: 1\nb: {c: 1, c: 2}\n", "a.yaml:2:11 (#/b): the key `c` comes twice, first at 2:5"),
        ("a.yaml", "- 1\n- .nan\n", "a.yaml:2:3: not YAML: JSON has no such number"),
        (
            "a.yaml",
            "properties:\n  ü: {$ref: '#/x'}\n",
            "a.yaml:2:13 (#/properties/ü/$ref): cannot follow `#/x`",
        ),
    ] {
        let fault = fault(&[(file, text)], &[file]);
        assert!(fault.starts_with(expected), "{fault}");
    }
}

#[test]
fn every_shared_case_that_is_whole_can_be_read() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cases/sources");
    if !cases.is_dir() {
        println!("{} is not here", cases.display());
        return;
    }
    for (name, documents, notes) in [
        ("ids", 12, 2),
        ("ref-below-unknown-keyword", 4, 2),
        ("sibling-by-name", 2, 1),
        ("sibling-by-name-and-id", 2, 0),
        ("subfolders", 2, 0),
        ("subfolders/a.json", 2, 0),
        ("subfolders/a.json#/$defs/Address", 2, 0),
        ("yaml/order.yaml", 1, 0),
    ] {
        let files = Files { schemas: vec![cases.join(name)], ..Files::default() };
        let set = read(&files).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!((set.documents.len(), set.notes.len()), (documents, notes), "{name}: {:?}", set.notes);
    }
}

#[test]
fn what_is_no_schema_is_left_out_of_a_folder_and_refused_by_name() {
    let store: Store = &[
        ("s/a.json", r#"{"$ref": "b.json#/parts/x"}"#),
        ("s/b.json", r#"{"parts": {"x": {"type": "integer"}}}"#),
    ];
    let (found, notes) = of(store, &["s"]);
    assert_eq!(found, ["s/a.json", "(s/b.json)"], "others may refer to a part of it");
    assert!(notes.len() == 1 && notes[0].starts_with("s/b.json: left out: "), "{notes:?}");
    assert!(fault(store, &["s/b.json"]).contains("no schema: "));
    let store: Store = &[("s/a.json", "{}"), ("s/list.json", "[1]"), ("s/text.json", "\"a\"")];
    let (found, notes) = of(store, &["s"]);
    assert_eq!(found, ["s/a.json"]);
    assert_eq!(notes.len(), 2, "{notes:?}");
    let none: Store = &[("s/list.json", "[1]"), ("s/package.json", r#"{"name": "a"}"#)];
    assert_eq!(
        fault(none, &["s"]),
        "s: none of its files is a schema; s/list.json: left out: it is no object, and so no schema"
    );
}

#[test]
fn files_of_a_document_that_holds_schemas_are_in_its_dialect() {
    let store: Store = &[
        (
            "api.yaml",
            "openapi: 3.0.3\ncomponents: {schemas: {Pet: {$ref: schemas/pet.yaml}, Name: {type: string}}}\n",
        ),
        (
            "schemas/pet.yaml",
            "type: object\nproperties:\n  age: {type: integer, nullable: true}\n  owner: {$ref: 'parts.yaml#/owner'}\n  \
             name: {$ref: '../api.yaml#/components/schemas/Name'}\n",
        ),
        ("schemas/parts.yaml", "owner: {type: string, nullable: true}\n"),
    ];
    let set = read(&files(store, &["api.yaml"])).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(shown(&set), ["api.yaml", "(schemas/pet.yaml)", "(schemas/parts.yaml)"]);
    assert!(set.documents.iter().all(|document| document.dialect == Dialect::Draft4));
    let pet = &set.documents[1].root["properties"];
    assert_eq!(pet["age"]["type"], serde_json::json!(["integer", "null"]));
    assert_eq!(pet["name"]["$ref"], "../api.yaml#/definitions/Name");
    assert_eq!(set.documents[2].root["owner"]["type"], serde_json::json!(["string", "null"]));
}

#[test]
fn what_is_deployed_beside_a_definition_is_passed_over() {
    let widget = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: {names: {kind: Widget}, \
                  versions: [{name: v1, schema: {openAPIV3Schema: {type: object}}}]}\n";
    let text =
        format!("apiVersion: v1\nkind: Service\n---\n{widget}---\n{}", widget.replace("Widget", "Gadget"));
    let set = read(&files(&[("all.yaml", &text)], &["all.yaml"])).unwrap_or_else(|error| panic!("{error}"));
    let names =
        set.documents.iter().filter_map(|document| Some(document.holder.as_ref()?.held[0].name.clone()));
    assert_eq!(names.collect::<Vec<_>>(), ["Widget", "Gadget"]);
}
