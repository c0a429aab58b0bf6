//! Prints what an upload did: `cargo run -p immich-upload --example summary -- FILE`.

use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs};

use immich_upload::{AssetMediaStatus, RejectedEntry, RejectionReason, UploadResult};

fn main() -> ExitCode {
    let Some(path) = env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: summary FILE");
        return ExitCode::from(2);
    };
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("{}: {error}", path.display());
            return ExitCode::from(2);
        }
    };
    match serde_json::from_str(&text) {
        Ok(result) => {
            print(&result);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{}: {error}", path.display());
            ExitCode::FAILURE
        }
    }
}

fn print(result: &UploadResult) {
    let stats = &result.stats;
    println!(
        "{} files: {} uploaded, {} rejected, {} failed",
        stats.total, stats.uploaded, stats.rejected, stats.failed
    );
    section("Uploaded", &result.uploaded, |entry| {
        let note = match entry.asset.status {
            AssetMediaStatus::Created => "",
            AssetMediaStatus::Replaced => " (replaced)",
            AssetMediaStatus::Duplicate => " (duplicate)",
        };
        format!("{}  asset {}{note}", entry.filepath.display(), entry.asset.id)
    });
    section("Rejected", &result.rejected, |entry| format!("{}  {}", entry.filepath.display(), reason(entry)));
    section("Failed", &result.failed, |entry| format!("{}  {}", entry.filepath.display(), entry.error));
}

fn section<T>(title: &str, entries: &[T], line: impl Fn(&T) -> String) {
    if !entries.is_empty() {
        println!("\n{title}");
        for entry in entries {
            // What a server says is not to draw on somebody's terminal.
            println!("  {}", line(entry).replace(char::is_control, "\u{FFFD}"));
        }
    }
}

fn reason(entry: &RejectedEntry) -> String {
    match (entry.reason, &entry.asset_id) {
        (Some(RejectionReason::Duplicate), Some(asset)) => format!("duplicate of asset {asset}"),
        (Some(RejectionReason::Duplicate), None) => "duplicate".to_owned(),
        (Some(RejectionReason::UnsupportedFormat), _) => "unsupported format".to_owned(),
        (None, _) => "no reason given".to_owned(),
    }
}
