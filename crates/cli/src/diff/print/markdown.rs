use std::fmt::Write;

use isomorph_evolution::Data;

use super::super::report::{Decided, Report};
use super::said::{changed, kept, one_line, verdict, way};

/// For a comment on a pull request.
pub fn markdown(report: &Report) -> String {
    let mut text = String::from("## What the schema change means\n\n");
    if report.is_empty() {
        text += "Nothing changed.\n";
        return text;
    }
    let _ = writeln!(text, "{}  →  {}\n", plain(&report.found.old), plain(&report.found.new));
    text += "| | |\n| --- | --- |\n";
    let _ = writeln!(
        text,
        "| old data under the new schema | **{}** |",
        report.found.data.old_data.verdict.word()
    );
    let _ = writeln!(
        text,
        "| new data under the old schema | **{}** |",
        report.found.data.new_data.verdict.word()
    );
    if let Some(assumption) = report.found.assuming {
        let _ = writeln!(text, "| assuming that | {assumption} |");
    }
    if let Some(readers) = &report.readers {
        let _ = writeln!(text, "| new data for the old types | **{}** |", kept(readers));
    }
    if let Some(api) = &report.api {
        let said = api.release.said();
        let (word, why) = said.split_once(':').unwrap_or((&said, ""));
        let _ = writeln!(text, "| release of the Rust API | **{word}**{why} |");
    }
    for definition in &report.found.definitions {
        let _ = write!(text, "\n### {}\n\n", plain(&definition.name));
        for place in &definition.places {
            let _ = writeln!(text, "{}  ", code(place));
        }
        text.push('\n');
        for place in &definition.changes {
            for change in &place.changes {
                let pointer = format!("#{}{}", place.pointer, change.keyword);
                let _ = writeln!(text, "- {}: {}", code(&pointer), prose(&changed(change, place)));
            }
            write_data(&mut text, place.data.as_ref(), "");
            write_data(&mut text, place.around.as_ref(), " of the whole");
            write_data(&mut text, place.with_formats_asserted.as_ref(), " where formats are asserted");
        }
    }
    for (before, now) in &report.found.renamed {
        let _ = write!(text, "\nRenamed: {} → {}\n", code(before), code(now));
    }
    for (what, schemas) in [("New", &report.found.added), ("Removed", &report.found.removed)] {
        if !schemas.is_empty() {
            let _ = write!(
                text,
                "\n{what}: {}\n",
                schemas.iter().map(|one| code(one)).collect::<Vec<_>>().join(", ")
            );
        }
    }
    if !report.found.schemas.is_empty() {
        text += "\n<details><summary>Whole instances</summary>\n\n";
        for schema in &report.found.schemas {
            let _ = writeln!(text, "- {}", code(&schema.schema));
            write_data(&mut text, Some(&schema.data), "");
        }
        text += "\n</details>\n";
    }
    if !report.found.operations.is_empty() {
        text += "\n### Operations\n\n";
        for operation in &report.found.operations {
            let (way, what) = way(operation);
            let _ =
                writeln!(text, "- {} of {}: {}", way, code(&operation.operation), code(&operation.schema));
            let _ = writeln!(text, "  - {}", one_line(&what));
        }
    }
    if !report.accepted.is_empty() {
        text += "\n### Accepted\n\n";
        for Decided { place, reason } in &report.accepted {
            let _ = writeln!(text, "- {}: {}", code(place), prose(reason));
        }
    }
    if let Some(api) = report.api.as_ref().filter(|api| !api.changes.is_empty()) {
        text += "\n### Rust API\n\n| release | item | change |\n| --- | --- | --- |\n";
        for change in &api.changes {
            let _ = writeln!(
                text,
                "| {} | {} | {} |",
                change.release.word(),
                code(&change.item).replace('|', "\\|"),
                cell(&change.change)
            );
        }
    }
    text
}

fn write_data(text: &mut String, data: Option<&Data>, when: &str) {
    let Some(data) = data else { return };
    let _ = writeln!(text, "  - old data{when}: {}", prose(&verdict(&data.old_data, "old", "new")));
    let _ = writeln!(text, "  - new data{when}: {}", prose(&verdict(&data.new_data, "new", "old")));
}

/// How much of a text is shown.
const SHOWN: usize = 500;

/// Text from a schema, which shall be no markup.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for c in cut(&one_line(text)).chars() {
        if "\\`*_{}[]()<>#+-.!|~@&:$".contains(c) {
            plain.push('\\');
        }
        plain.push(c);
    }
    plain
}

/// Words with code among them, between backticks.
fn prose(text: &str) -> String {
    let text = cut(&one_line(text));
    // What has no end is no code.
    if !text.matches('`').count().is_multiple_of(2) {
        return escaped(&text.replace('`', "'"));
    }
    let parts = text.split('`').enumerate();
    parts.map(|(index, part)| if index % 2 == 0 { escaped(part) } else { code(part) }).collect()
}

/// Words that may quote a schema.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        if "\\*_[]<>#|~@&".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn code(text: &str) -> String {
    // A code span may neither be empty nor have a backtick.
    let text = cut(&one_line(text)).replace('`', "'");
    if text.trim().is_empty() { "\\-".to_owned() } else { format!("`{text}`") }
}

fn cell(text: &str) -> String {
    prose(text).replace('|', "\\|").replace("\\\\|", "\\|")
}
