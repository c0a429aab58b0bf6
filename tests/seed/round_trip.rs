//! The law *faithful*: schemars reads the source back out of the types.

use isomorph_runtime::schema_of;
use serde_json::{Value, json};

use super::{fresh, source};

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).expect("a schema is JSON")
}

#[track_caller]
fn equal(derived: &Value, source: &Value) {
    assert!(
        isomorph_runtime::same_schema(derived, source),
        "derived:\n{}\nsource:\n{}",
        pretty(derived),
        pretty(source)
    );
}

macro_rules! roots_come_back {
    ($($test:ident: $models:path;)+) => {$(
        #[test]
        fn $test() {
            use $models::{FailedEntry, RejectedEntry, UploadResult, UploadStats, UploadedEntry};
            equal(schema_of::<UploadResult>().as_value(), &source("UploadResult"));
            equal(UploadResult::schema_document().as_value(), &source("UploadResult"));
            equal(schema_of::<UploadedEntry>().as_value(), &source("UploadedEntry"));
            equal(UploadedEntry::schema_document().as_value(), &source("UploadedEntry"));
            equal(schema_of::<RejectedEntry>().as_value(), &source("RejectedEntry"));
            equal(RejectedEntry::schema_document().as_value(), &source("RejectedEntry"));
            equal(schema_of::<FailedEntry>().as_value(), &source("FailedEntry"));
            equal(FailedEntry::schema_document().as_value(), &source("FailedEntry"));
            equal(schema_of::<UploadStats>().as_value(), &source("UploadStats"));
            equal(UploadStats::schema_document().as_value(), &source("UploadStats"));
        }
    )+};
}

roots_come_back! {
    every_root_comes_back_from_the_fresh_types: fresh;
    every_root_comes_back_from_the_checked_in_types: immich_upload;
}

macro_rules! definitions_come_back {
    ($($test:ident: $models:path;)+) => {$(
        #[test]
        fn $test() {
            use $models::{AssetMediaResponseDto, AssetMediaStatus, FailedEntry, RejectedEntry};
            use $models::{RejectionReason, UploadStats, UploadedEntry};
            let definitions = source("UploadResult")["$defs"].take();
            let own = |mut schema: Value| {
                schema.as_object_mut().expect("an object").remove("$defs");
                schema
            };
            macro_rules! definition {
                ($type:ty) => {
                    equal(&own(schema_of::<$type>().to_value()), &definitions[stringify!($type)]);
                };
            }
            definition!(AssetMediaResponseDto);
            definition!(AssetMediaStatus);
            definition!(FailedEntry);
            definition!(RejectedEntry);
            definition!(UploadStats);
            definition!(UploadedEntry);
            let reason = &definitions["RejectedEntry"]["properties"]["reason"]["anyOf"][0];
            equal(schema_of::<RejectionReason>().as_value(), reason);
            assert_eq!(definitions.as_object().map(serde_json::Map::len), Some(6));
        }
    )+};
}

definitions_come_back! {
    every_definition_comes_back_from_the_fresh_types: fresh;
    every_definition_comes_back_from_the_checked_in_types: immich_upload;
}

#[test]
fn all_types_are_exact_by_shape_and_derived() {
    let manifest = super::freshness::manifest();
    let generator = isomorph_codegen::Generator::from_manifest(&manifest);
    let report = generator.generate("model.rs").expect("the seed generates").report;
    let totals = serde_json::to_value(&report.totals).expect("a report is JSON");
    let expected =
        json!({"definitions": 8, "exact_by_shape": 8, "derived": 8, "positions": {"typed": 27, "all": 27}});
    assert_eq!(totals, expected);
}
