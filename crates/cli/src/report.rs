use std::io::{Write, stdout};
use std::process::ExitCode;

use isomorph_codegen::{Generator, Mapped, Report, Row};
use isomorph_json::visible;

use crate::command_line::{self, ReportFormat};
use crate::configuration::manifests;
use crate::failure::Failure;
use crate::schemas::{generator, tell};

/// Prints what became of each definition.
pub fn run(arguments: &command_line::Report) -> Result<ExitCode, Failure> {
    let generators = if arguments.schema.is_empty() {
        manifests()?.iter().map(Generator::from_manifest).collect()
    } else {
        vec![generator(&arguments.schema, &arguments.references)?]
    };
    for generator in generators {
        let generated = generator.generate("model.rs")?;
        tell(&generated.notes);
        let report = generated.report;
        let text = match arguments.format {
            ReportFormat::Text => text(&report),
            ReportFormat::Json => serde_json::to_string_pretty(&report)? + "\n",
        };
        stdout().lock().write_all(text.as_bytes())?;
    }
    Ok(ExitCode::SUCCESS)
}

fn text(report: &Report) -> String {
    let mut lines = vec![["type", "shape", "exact", "schema", "typed", "from"].map(str::to_owned)];
    lines.extend(report.definitions.iter().map(cells));
    let totals = &report.totals;
    let traded = report.traded.iter().map(|one| format!("{} = {:?}: {}\n", one.setting, one.value, one.told));
    let traded: String = traded.collect();
    let mapped: String = report.mapped.iter().map(mapped).collect();
    let needs = report.needs.iter().map(|one| format!("needs {}: {}\n", one.what, one.why));
    let needs = needs.collect::<Vec<_>>().concat();
    format!(
        "{}\n{traded}{mapped}{needs}\n{} definitions: {} exact by shape, {} derived; {} of {} positions typed ({:.1} %)\n",
        table(&lines),
        totals.definitions,
        totals.exact_by_shape,
        totals.derived,
        totals.positions.typed,
        totals.positions.all,
        totals.positions.typed_percent(),
    )
}

/// A line on what is mapped to a type that is not ours.
fn mapped(mapped: &Mapped) -> String {
    let Mapped { keyword, value, path, places, passed_over, told, .. } = mapped;
    let others = match passed_over {
        0 => String::new(),
        1 => "; another schema says it of what is neither text nor a number, or is listed".to_owned(),
        more => format!("; {more} other schemas say it of what is neither text nor a number, or is listed"),
    };
    let places = match places {
        0 if *passed_over > 0 => "nowhere".to_owned(),
        0 => "which no schema has".to_owned(),
        1 => "at one place".to_owned(),
        several => format!("at {several} places"),
    };
    format!("{keyword} {value} is {path}, {places}: {told}{others}\n")
}

fn cells(row: &Row) -> [String; 6] {
    let kinds = [("checked", &row.checked_by), ("guarded", &row.guarded_by)];
    let kinds = kinds.into_iter().filter(|(_, keywords)| !keywords.is_empty());
    let said: Vec<_> = kinds.map(|(kind, keywords)| format!("{kind}: {}", keywords.join(" "))).collect();
    let exact = if said.is_empty() { "by shape".to_owned() } else { said.join("; ") };
    let schema = row.carried_because.as_ref().map_or("derived".to_owned(), |why| format!("carried: {why}"));
    let typed = format!("{}/{}", row.positions.typed, row.positions.all);
    let part = row.only_for.as_ref().map(|only| format!(" ({only})")).unwrap_or_default();
    let from = format!("{}{part}", row.schema);
    // Names of files and of properties may hold what steers a terminal, or ends the line.
    [row.name.clone(), row.shape.to_owned(), exact, schema, typed, from].map(visible)
}

/// Cells in columns as wide as their widest.
fn table(lines: &[[String; 6]]) -> String {
    let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<_> = (0..6).map(width).collect();
    let mut text = String::new();
    for line in lines {
        let cells = line.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        text += cells.collect::<Vec<_>>().join("  ").trim_end();
        text.push('\n');
    }
    text
}
