use serde_json::{Value, json};

use super::repository::repository;
use super::{folder, isomorph};

#[test]
fn the_seed_is_derived_and_exact_by_shape() {
    let run = isomorph(repository(), &["report"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(run.stdout.matches("by shape  derived").count(), 8, "{}", run.stdout);
    let totals = "8 definitions: 8 exact by shape, 8 derived; 27 of 27 positions typed (100.0 %)";
    assert!(run.stdout.contains(totals), "{}", run.stdout);
}

#[test]
fn what_no_type_says_is_checked_or_guarded_and_carried() {
    let schema = r#"{
        "type": "object",
        "allOf": [{"properties": {"a": {"type": "string"}}}, {"required": ["a"]}],
        "not": {"required": ["b"]},
        "properties": {"c": {"pattern": "^(?!x)"}}
    }"#;
    let here = folder(&[("a.json", schema)]);
    let run = isomorph(here.path(), &["report", "--schema", "a.json", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let report: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let row = &report["definitions"][0];
    assert_eq!((&row["name"], &row["schema"]), (&json!("A"), &json!("a.json#")));
    assert_eq!((&row["shape"], &row["checked_by"]), (&json!("struct"), &json!(["not"])));
    assert_eq!(row["guarded_by"], json!([]));
    assert!(
        report["definitions"]
            .as_array()
            .is_some_and(|all| all.iter().any(|row| row["guarded_by"] == json!(["pattern"])))
    );
    assert!(
        row["carried_because"].as_str().is_some_and(|why| why.starts_with("no spelling for #/")),
        "{row}"
    );
    assert_eq!(report["totals"]["positions"], json!({"typed": 2, "all": 2}));
}
