//! The entry for typed use: serde's result, or everything that is wrong.

use immich_upload::{FromJson, UploadResult, UploadStats};

use super::Numbers;

#[test]
fn what_serde_reads_is_read() {
    let mut numbers = Numbers(3);
    for _ in 0..100 {
        let text = numbers.upload_result().to_string();
        let read: UploadResult = serde_json::from_str(&text).expect("it is valid");
        assert_eq!(UploadResult::from_json(&text).as_ref(), Ok(&read));
    }
}

#[test]
fn everything_that_is_wrong_is_told_with_its_line() {
    let text = r#"{
  "uploaded": [{"asset": {"id": 1, "status": "craeted"}, "filepath": "a.jpg"}],
  "rejected": [], "failed": [],
  "stats": {"total": 1, "uploaded": 1, "rejected": 0}
}"#;
    let explained = UploadResult::from_json(text).expect_err("it is not valid");
    let lines: Vec<_> = explained.positions.iter().map(|at| (at.line, at.column)).collect();
    assert_eq!(lines, [(2, 33), (2, 46), (4, 3)], "{explained}");
    let told = explained.to_string();
    assert!(told.contains("2:46: expected \"created\""), "{told}");
    assert!(told.contains("did you mean \"created\"?"), "{told}");
    assert!(told.contains("4:3: the property `failed` is missing (`stats`)"), "{told}");
}

#[test]
fn what_is_no_json_is_told_with_its_place() {
    let text = "{\"total\": 1,\n \"total\": 2, \"uploaded\": 0, \"rejected\": 0, \"failed\": 0}";
    let explained = UploadStats::from_json(text).expect_err("a key comes twice");
    assert_eq!((explained.positions[0].line, explained.positions[0].column), (2, 2));
    let explained = UploadStats::from_json("{\"total\": }").expect_err("no JSON");
    assert_eq!((explained.positions[0].line, explained.positions[0].column), (1, 11));
}

#[test]
fn what_is_too_deep_is_told_with_its_place() {
    let explained = UploadStats::from_json(&"[".repeat(100_000)).expect_err("too deep");
    assert_eq!((explained.problems[0].keyword.as_str(), explained.positions[0].column), ("depth", 129));
}

#[test]
fn what_only_the_type_refuses_is_told_by_serde_at_its_place() {
    let text = r#"{"total": 1, "uploaded": 99999999999999999999, "rejected": 0, "failed": 0}"#;
    let explained = UploadStats::from_json(text).expect_err("too large for an i64");
    assert_eq!(explained.positions[0].column, 26, "{explained}");
    assert_eq!(explained.problems[0].instance_location, "/uploaded");
}
