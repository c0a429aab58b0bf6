use std::fmt::Write;

use isomorph_evolution::{Data, Operation, Told, Verdict};

use super::super::api::{ApiChange, Release};
use super::super::lines::Lines;
use super::super::report::Report;
use super::said::{changed, verdict, way};

/// Annotations of GitHub Actions, one a line.
pub fn github(report: &Report, lines: &Lines) -> String {
    let mut text = String::new();
    let whole = level(&report.found.data);
    for definition in &report.found.definitions {
        let file = definition.places.first().and_then(|place| place.split('#').next()).unwrap_or_default();
        for place in &definition.changes {
            // What breaks here need not break the whole.
            let told = place.data.as_ref().or(place.around.as_ref());
            let worst = told.map_or(Level::Notice, level).min(whole);
            let words: Vec<_> = place.changes.iter().map(|change| changed(change, place)).collect();
            let mut message = format!("#{}: {}", place.pointer, words.join("; "));
            if let Some(data) = told {
                let _ = write!(message, "\nold data: {}", verdict(&data.old_data, "old", "new"));
                let _ = write!(message, "\nnew data: {}", verdict(&data.new_data, "new", "old"));
            }
            let title = property(&format!("{} changed", definition.name));
            let at = definition.places.first().map(|at| format!("{at}{}", place.pointer)).unwrap_or_default();
            let at = lines.of(&at, place.changes.first().map_or("", |change| change.keyword.as_str()));
            let line = at.map(|line| format!(",line={line}")).unwrap_or_default();
            let _ = writeln!(
                text,
                "::{} file={}{line},title={title}::{}",
                worst.word(),
                property(file),
                data(&message)
            );
        }
    }
    for (what, level, schemas) in
        [("added", Level::Notice, &report.found.added), ("removed", whole, &report.found.removed)]
    {
        for schema in schemas {
            let _ = writeln!(text, "::{} title={what}::{}", level.word(), data(schema));
        }
    }
    for operation in &report.found.operations {
        write_operation(&mut text, operation, lines);
    }
    for (before, now) in &report.found.renamed {
        let _ = writeln!(text, "::notice title=renamed::{}", data(&format!("{before} → {now}")));
    }
    for told in [&report.found.data.old_data, &report.found.data.new_data] {
        if told.verdict == Verdict::Unknown {
            let _ = writeln!(
                text,
                "::warning title=unknown::{}",
                data(told.error.as_deref().unwrap_or_default())
            );
        }
    }
    if report.api.as_ref().is_some_and(|api| api.release == Release::Unknown) {
        let _ = writeln!(text, "::warning title=Rust API%3A unknown::{}", data(&Release::Unknown.said()));
    }
    if let Some(api) = report.api.as_ref().filter(|api| !api.changes.is_empty()) {
        let line = |one: &ApiChange| format!("{}: {} ({})", one.item, one.change, one.release.word());
        let lines: Vec<_> = api.changes.iter().map(line).collect();
        let _ =
            writeln!(text, "::notice title=Rust API%3A {}::{}", api.release.word(), data(&lines.join("\n")));
    }
    text
}

/// What breaks, or may break, those who use an operation.
fn write_operation(text: &mut String, operation: &Operation, lines: &Lines) {
    let level = level_of(&operation.data);
    if level == Level::Notice {
        return;
    }
    let file = operation.schema.split('#').next().unwrap_or_default();
    let line = lines.of(&operation.schema, "").map(|line| format!(",line={line}")).unwrap_or_default();
    let title = property(&operation.operation);
    let (_, what) = way(operation);
    let message = data(&format!("{}: {what}", operation.schema));
    let _ = writeln!(text, "::{} file={}{line},title={title}::{message}", level.word(), property(file));
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Notice,
    Warning,
    Error,
}

impl Level {
    fn word(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

fn level(data: &Data) -> Level {
    level_of(&data.old_data).max(level_of(&data.new_data))
}

fn level_of(told: &Told) -> Level {
    if told.is_breaking() {
        Level::Error
    } else if told.is_open() {
        Level::Warning
    } else {
        Level::Notice
    }
}

/// The escapes of workflow commands.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
