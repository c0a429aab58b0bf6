use std::fmt::Write;

use isomorph_evolution::{Data, Definition, Operation};

use super::super::report::{ApiReport, Decided, Report};
use super::said::{changed, kept, one_line, verdict, way};

/// For people, at a terminal.
pub fn text(report: &Report) -> String {
    let mut text = format!("{} → {}\n", report.found.old, report.found.new);
    if report.is_empty() {
        text += "\nNothing changed.\n";
        return text;
    }
    for definition in &report.found.definitions {
        write_definition(&mut text, definition);
    }
    for (before, now) in &report.found.renamed {
        let _ = write!(text, "\nrenamed: {before} → {now}\n");
    }
    for (what, schemas) in [("new", &report.found.added), ("removed", &report.found.removed)] {
        if !schemas.is_empty() {
            let _ = write!(text, "\n{what}: {}\n", schemas.join(", "));
        }
    }
    if !report.found.schemas.is_empty() {
        text += "\nWhole instances\n";
        for schema in &report.found.schemas {
            let _ = writeln!(text, "  {}", schema.schema);
            write_data(&mut text, &schema.data, "    ");
        }
    }
    if !report.found.operations.is_empty() {
        text += "\nOperations\n";
        for operation in &report.found.operations {
            write_operation(&mut text, operation);
        }
    }
    if let Some(api) = &report.api {
        write_api(&mut text, api);
    }
    if !report.accepted.is_empty() {
        text.push_str("\nAccepted\n");
        for Decided { place, reason } in &report.accepted {
            let _ = writeln!(text, "  {}  {}", one_line(place), one_line(reason));
        }
    }
    let _ = writeln!(text, "\nold data under the new schema: {}", report.found.data.old_data.verdict.word());
    let _ = writeln!(text, "new data under the old schema: {}", report.found.data.new_data.verdict.word());
    if let Some(assumption) = report.found.assuming {
        let _ = writeln!(text, "  assuming that {assumption}");
    }
    if let Some(readers) = &report.readers {
        let _ = writeln!(text, "new data for the old types:    {}", kept(readers));
    }
    if let Some(api) = &report.api {
        let _ = writeln!(text, "release of the Rust API:       {}", api.release.said());
    }
    text
}

fn write_definition(text: &mut String, definition: &Definition) {
    let _ = write!(text, "\n{}  {}\n", one_line(&definition.name), one_line(&definition.places.join(", ")));
    for place in &definition.changes {
        let at = if place.pointer.is_empty() { "" } else { place.pointer.as_str() };
        for change in &place.changes {
            // A property's own pointer says more than the place of the object around it.
            let pointer = one_line(&format!("#{at}{}", change.keyword));
            let _ = writeln!(text, "  {pointer}  {}", changed(change, place));
        }
        if let Some(data) = &place.data {
            write_data(text, data, "    here, ");
        }
        if let Some(data) = &place.around {
            write_data(text, data, "    the whole, ");
        }
        if let Some(data) = &place.with_formats_asserted {
            text.push_str("    where formats are asserted:\n");
            write_data(text, data, "      here, ");
        }
    }
}

fn write_data(text: &mut String, data: &Data, indent: &str) {
    let _ = writeln!(text, "{indent}old data  {}", verdict(&data.old_data, "old", "new"));
    let _ = writeln!(text, "{indent}new data  {}", verdict(&data.new_data, "new", "old"));
}

fn write_operation(text: &mut String, operation: &Operation) {
    let (way, what) = way(operation);
    let _ = writeln!(text, "  {}  {way}  {}", one_line(&operation.operation), one_line(&operation.schema));
    let _ = writeln!(text, "    {what}");
}

fn write_api(text: &mut String, api: &ApiReport) {
    if api.changes.is_empty() {
        return;
    }
    text.push_str("\nRust API\n");
    for change in &api.changes {
        let _ = writeln!(text, "  {}  {}: {}", change.release.word(), change.item, change.change);
    }
}
