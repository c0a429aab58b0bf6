//! Reading upload results with all that the schema checks, beside the same structs as serde derives them.
//!
//! ```text
//! cargo bench -p seed --bench typed
//! ```

use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use immich_upload::UploadResult;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// How often each is timed, in turns; the best counts.
const RUNS: usize = 30;

// The structs as they would be without Isomorph. Nobody reads their fields; they are there to be read into.
#[derive(Deserialize)]
#[allow(dead_code)]
struct PlainResult {
    uploaded: Vec<PlainUploaded>,
    rejected: Vec<PlainRejected>,
    failed: Vec<PlainFailed>,
    stats: PlainStats,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct PlainUploaded {
    asset: PlainAsset,
    filepath: PathBuf,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct PlainAsset {
    id: String,
    status: PlainStatus,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum PlainStatus {
    Created,
    Replaced,
    Duplicate,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct PlainRejected {
    filepath: PathBuf,
    asset_id: Option<String>,
    reason: Option<PlainReason>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum PlainReason {
    Duplicate,
    UnsupportedFormat,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct PlainFailed {
    filepath: PathBuf,
    error: String,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct PlainStats {
    total: i64,
    uploaded: i64,
    rejected: i64,
    failed: i64,
}

fn main() {
    let text = text(20_000);
    let (mut checked, mut plain) = (Duration::MAX, Duration::MAX);
    for _ in 0..RUNS {
        checked = checked.min(time::<UploadResult>(&text));
        plain = plain.min(time::<PlainResult>(&text));
    }
    println!(
        "{} bytes: checked {checked:.2?}, plain {plain:.2?}: {:.3}×",
        text.len(),
        checked.as_secs_f64() / plain.as_secs_f64()
    );
}

fn time<T: DeserializeOwned>(text: &str) -> Duration {
    let start = Instant::now();
    let read = serde_json::from_slice::<T>(black_box(text.as_bytes()));
    let time = start.elapsed();
    assert!(black_box(&read).is_ok());
    time
}

/// A result of so many entries of each kind.
fn text(count: usize) -> String {
    let list = |entry: &dyn Fn(usize) -> String| (0..count).map(entry).collect::<Vec<_>>().join(",");
    let uploaded = list(&|index| {
        let status = ["created", "replaced", "duplicate"][index % 3];
        format!(r#"{{"asset":{{"id":"{index:032x}","status":"{status}"}},"filepath":"/photos/{index}.jpg"}}"#)
    });
    let rejected =
        list(&|index| format!(r#"{{"filepath":"/p/{index}.jpg","asset_id":null,"reason":"duplicate"}}"#));
    let failed = list(&|index| format!(r#"{{"filepath":"/p/{index}.jpg","error":"timed out"}}"#));
    let stats = r#"{"total":3,"uploaded":1,"rejected":1,"failed":1}"#;
    format!(r#"{{"uploaded":[{uploaded}],"rejected":[{rejected}],"failed":[{failed}],"stats":{stats}}}"#)
}
