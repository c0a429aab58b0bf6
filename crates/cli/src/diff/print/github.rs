use std::fmt::Write;

use isomorph_evolution::{Data, Told, Verdict};

use super::super::api::ApiChange;
use super::super::report::Report;
use super::said::verdict;

/// Annotations of GitHub Actions, one a line.
pub fn github(report: &Report) -> String {
    let mut text = String::new();
    for definition in &report.found.definitions {
        let file = definition.places.first().and_then(|place| place.split('#').next()).unwrap_or_default();
        for place in &definition.changes {
            let worst = place.data.as_ref().map_or("notice", level);
            let words: Vec<_> = place.changes.iter().map(|change| change.change.clone()).collect();
            let mut message = format!("#{}: {}", place.pointer, words.join("; "));
            if let Some(data) = &place.data {
                let _ = write!(message, "\nold data: {}", verdict(&data.old_data, "old", "new"));
                let _ = write!(message, "\nnew data: {}", verdict(&data.new_data, "new", "old"));
            }
            let title = property(&format!("{} changed", definition.name));
            let _ = writeln!(text, "::{worst} file={},title={title}::{}", property(file), data(&message));
        }
    }
    for (what, schemas) in [("added", &report.found.added), ("removed", &report.found.removed)] {
        for schema in schemas {
            let _ = writeln!(text, "::notice title={what}::{}", data(schema));
        }
    }
    if let Some(api) = report.api.as_ref().filter(|api| !api.changes.is_empty()) {
        let line = |one: &ApiChange| format!("{}: {} ({})", one.item, one.change, one.release.word());
        let lines: Vec<_> = api.changes.iter().map(line).collect();
        let _ =
            writeln!(text, "::notice title=Rust API%3A {}::{}", api.release.word(), data(&lines.join("\n")));
    }
    text
}

fn level(data: &Data) -> &'static str {
    let both: [&Told; 2] = [&data.old_data, &data.new_data];
    if both.iter().any(|told| told.is_breaking()) {
        "error"
    } else if both.iter().any(|told| told.verdict == Verdict::Unproven) {
        "warning"
    } else {
        "notice"
    }
}

/// The escapes of workflow commands.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
