//! The laws *exact* and *lossless*, through every door.

use std::fmt::Debug;
use std::path::Path;

use immich_upload::{
    AssetMediaResponseDto, AssetMediaStatus, FailedEntry, RejectedEntry, RejectionReason, UploadResult,
    UploadStats, UploadedEntry,
};
use serde::Serialize;
use serde::de::{Deserialize, DeserializeOwned};
use serde_json::{Value, json};

/// Reads `text` through one of the doors.
type Door<T> = (&'static str, fn(&str) -> Result<T, String>);

fn doors<T: DeserializeOwned>() -> Vec<Door<T>> {
    vec![
        ("from_str", |text| serde_json::from_str(text).map_err(|error| error.to_string())),
        ("from_slice", |text| serde_json::from_slice(text.as_bytes()).map_err(|error| error.to_string())),
        ("from_reader", |text| serde_json::from_reader(text.as_bytes()).map_err(|error| error.to_string())),
        ("from_value", |text| {
            let value: Value = serde_json::from_str(text).expect("an instance is JSON");
            serde_json::from_value(value).map_err(|error| error.to_string())
        }),
        ("deserialize", |text| {
            T::deserialize(&mut serde_json::Deserializer::from_str(text)).map_err(|error| error.to_string())
        }),
        ("deserialize a reference to a Value", |text| {
            let value: Value = serde_json::from_str(text).expect("an instance is JSON");
            T::deserialize(&value).map_err(|error| error.to_string())
        }),
        ("CBOR", |text| {
            let value: Value = serde_json::from_str(text).expect("an instance is JSON");
            let mut bytes = Vec::new();
            ciborium::into_writer(&value, &mut bytes).expect("JSON can be written as CBOR");
            ciborium::from_reader(bytes.as_slice()).map_err(|error| error.to_string())
        }),
    ]
}

#[track_caller]
fn read<T: DeserializeOwned>(instance: &Value) -> T {
    let text = instance.to_string();
    let values = doors::<T>()
        .into_iter()
        .map(|(door, read)| read(&text).unwrap_or_else(|error| panic!("{door} refuses {text}: {error}")));
    values.reduce(|_, value| value).expect("there are doors")
}

#[track_caller]
fn lossless<T: DeserializeOwned + Serialize>(instance: &Value, written: &Value) {
    let value: T = read(instance);
    assert_eq!(&serde_json::to_value(value).expect("it can be written"), written);
}

/// Every door refuses the instance, with a message that says `at` where and `what`.
#[track_caller]
fn refused<T: DeserializeOwned + Debug>(instance: &Value, at: &str, what: &str) {
    let text = instance.to_string();
    for (door, read) in doors::<T>() {
        match read(&text) {
            Ok(value) => panic!("{door} accepts {text} as {value:?}"),
            Err(error) => {
                assert!(error.contains(at), "{door}: {error}: does not say {at:?}");
                assert!(error.contains(what), "{door}: {error}: does not say {what:?}");
            }
        }
    }
}

fn result() -> Value {
    json!({
        "uploaded": [{"asset": {"id": "a1", "status": "created"}, "filepath": "/photos/ü 1.jpg"}],
        "rejected": [
            {"filepath": "b.jpg", "asset_id": "a0", "reason": "duplicate"},
            {"filepath": "c.txt", "asset_id": null, "reason": "unsupported_format"},
        ],
        "failed": [{"filepath": "d.jpg", "error": "500"}],
        "stats": {"total": 4, "uploaded": 1, "rejected": 2, "failed": 1},
    })
}

fn with(pointer: &str, value: Value) -> Value {
    let mut changed = result();
    *changed.pointer_mut(pointer).expect("there is such a place") = value;
    changed
}

fn without(pointer: &str, key: &str) -> Value {
    let mut changed = result();
    changed.pointer_mut(pointer).and_then(Value::as_object_mut).expect("an object").remove(key);
    changed
}

#[test]
fn a_result_is_read_and_written_unchanged() {
    lossless::<UploadResult>(&result(), &result());
    let read: UploadResult = read(&result());
    assert_eq!(read.uploaded[0].filepath, Path::new("/photos/ü 1.jpg"));
    assert_eq!(read.uploaded[0].asset.status, AssetMediaStatus::Created);
    assert_eq!(read.rejected[1].reason, Some(RejectionReason::UnsupportedFormat));
    assert_eq!(read.rejected[0].asset_id.as_deref(), Some("a0"));
    assert_eq!(read.stats, UploadStats { total: 4, uploaded: 1, rejected: 2, failed: 1 });
}

#[test]
fn what_is_absent_and_null_by_default_is_written_as_null() {
    let written = json!({"filepath": "a", "asset_id": null, "reason": null});
    lossless::<RejectedEntry>(&json!({"filepath": "a"}), &written);
    lossless::<RejectedEntry>(&written, &written);
}

#[test]
fn a_number_without_a_fraction_is_an_integer_however_it_is_written() {
    let stats = |total: &str| format!(r#"{{"total": {total}, "uploaded": 0, "rejected": 0, "failed": 0}}"#);
    for (text, total) in
        [("1.0", 1), ("1e2", 100), ("-0.0", 0), ("-3", -3), ("9223372036854775807", i64::MAX)]
    {
        for (door, read) in doors::<UploadStats>() {
            assert_eq!(read(&stats(text)).map(|stats| stats.total), Ok(total), "{door}: {text}");
        }
    }
    for text in ["1.5", "1e300", "9223372036854775808", "\"1\"", "true", "null", "[1]"] {
        for (door, read) in doors::<UploadStats>() {
            let error = read(&stats(text)).expect_err(&format!("{door} accepts {text}"));
            assert!(error.contains("/total: invalid"), "{door}: {error}");
        }
    }
}

#[test]
fn properties_that_the_schema_does_not_know_are_ignored() {
    let mut instance = result();
    instance["stats"]["more"] = json!([1, {"a": null}]);
    lossless::<UploadResult>(&instance, &result());
}

#[test]
fn each_type_reads_its_own() {
    lossless::<UploadedEntry>(&result()["uploaded"][0], &result()["uploaded"][0]);
    lossless::<AssetMediaResponseDto>(&result()["uploaded"][0]["asset"], &result()["uploaded"][0]["asset"]);
    lossless::<FailedEntry>(&result()["failed"][0], &result()["failed"][0]);
    for name in ["created", "replaced", "duplicate"] {
        lossless::<AssetMediaStatus>(&json!(name), &json!(name));
    }
    for name in ["duplicate", "unsupported_format"] {
        lossless::<RejectionReason>(&json!(name), &json!(name));
    }
}

#[test]
fn what_is_missing_is_refused() {
    refused::<UploadResult>(&without("", "stats"), "", "missing field `stats`");
    refused::<UploadResult>(&without("/stats", "total"), "/stats: ", "missing field `total`");
    refused::<UploadResult>(&without("/rejected/1", "filepath"), "/rejected/1: ", "missing field `filepath`");
}

#[test]
fn what_has_another_value_is_refused() {
    let statuses = "expected one of `created`, `replaced`, `duplicate`";
    refused::<UploadResult>(
        &with("/uploaded/0/asset/status", json!("gone")),
        "/uploaded/0/asset/status: ",
        statuses,
    );
    refused::<UploadResult>(
        &with("/rejected/0/reason", json!("bored")),
        "/rejected/0/reason: ",
        "unknown variant",
    );
    refused::<UploadResult>(&with("/rejected/0/filepath", Value::Null), "/rejected/0/filepath: ", "a path");
    refused::<UploadResult>(&with("/failed", Value::Null), "/failed: ", "an array");
    refused::<UploadResult>(&with("/stats", Value::Null), "/stats: ", "an object");
    refused::<UploadResult>(&with("/stats/total", json!("4")), "/stats/total: ", "an integer");
    refused::<UploadResult>(&with("/failed/0/error", json!(500)), "/failed/0/error: ", "a string");
}

/// serde's derive reads a struct from an array and an enum from an object.
#[test]
fn an_array_is_no_object_and_an_object_no_name() {
    refused::<UploadStats>(&json!([4, 1, 2, 1]), "", "expected an object");
    refused::<UploadResult>(&with("/stats", json!([4, 1, 2, 1])), "/stats: ", "an object");
    refused::<AssetMediaStatus>(&json!({"created": null}), "", "created");
    refused::<UploadResult>(&json!([[], [], [], {}]), "", "expected an object");
    refused::<RejectedEntry>(&json!(["a", null, null]), "", "expected an object");
}

/// A path to a function of the type itself must not lead around the checks.
#[test]
fn the_type_has_no_unchecked_deserialize_of_its_own() {
    assert!(UploadStats::deserialize(&json!([4, 1, 2, 1])).is_err());
    assert!(AssetMediaStatus::deserialize(&json!({"created": null})).is_err());
}

#[test]
fn a_property_that_comes_twice_is_refused() {
    let text = r#"{"filepath": "a", "error": "b", "filepath": "c"}"#;
    let error = serde_json::from_str::<FailedEntry>(text).expect_err("it comes twice").to_string();
    assert!(error.contains("duplicate field `filepath`"), "{error}");
}

#[test]
fn an_error_names_the_place_the_line_and_the_column() {
    let text = "{\n  \"total\": 1,\n  \"uploaded\": \"x\"\n}";
    let error = serde_json::from_str::<UploadStats>(text).expect_err("a string is no count");
    assert_eq!(
        error.to_string(),
        "/uploaded: invalid type: string \"x\", expected an integer at line 3 column 17"
    );
    assert_eq!((error.line(), error.column()), (3, 17));
}

#[test]
fn errors_that_are_not_about_data_keep_their_category() {
    let cut =
        serde_json::from_str::<UploadResult>(r#"{"uploaded": [{"asset": {"id": "#).expect_err("cut off");
    assert!(cut.is_eof(), "{cut}");
    let broken =
        serde_json::from_str::<UploadResult>(r#"{"uploaded": [{"asset": nul}]}"#).expect_err("broken");
    assert!(broken.is_syntax(), "{broken}");
}
