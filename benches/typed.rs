//! Reading upload results with all that the schema checks, in one pass and through serde, beside the same structs as serde
//! derives them, and beside reading them as anything.
//!
//! ```text
//! cargo bench -p seed --bench typed
//! ```

use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use immich_upload::UploadResult;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

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

/// A way to read, and its name.
type Door = (&'static str, fn(&[u8]) -> bool);

fn main() {
    let text = text(20_000);
    let doors: [Door; 5] = [
        ("isomorph_runtime::from_slice", |text| isomorph_runtime::from_slice::<UploadResult>(text).is_ok()),
        ("serde_json::from_slice", |text| serde_json::from_slice::<UploadResult>(text).is_ok()),
        ("the same, plain structs", |text| serde_json::from_slice::<PlainResult>(text).is_ok()),
        ("the same, Value", |text| serde_json::from_slice::<Value>(text).is_ok()),
        ("the same, IgnoredAny", |text| serde_json::from_slice::<IgnoredAny>(text).is_ok()),
    ];
    let mut best = [Duration::MAX; 5];
    for _ in 0..RUNS {
        for ((_, read), best) in doors.iter().zip(&mut best) {
            *best = (*best).min(time(*read, text.as_bytes()));
        }
    }
    println!("{} bytes; the time of each beside that of the first", text.len());
    for ((name, _), time) in doors.iter().zip(best) {
        println!("{:6.2} {time:>10.2?} {name}", time.as_secs_f64() / best[0].as_secs_f64());
    }
}

fn time(read: fn(&[u8]) -> bool, text: &[u8]) -> Duration {
    let start = Instant::now();
    assert!(black_box(read(black_box(text))));
    start.elapsed()
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
