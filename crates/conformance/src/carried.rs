//! Whose schema is carried, an embedded copy of the source, and why: of how many types, by the place that no spelling says.

use std::collections::BTreeMap;
use std::process::ExitCode;

use isomorph_codegen::Row;

use crate::failure::Failure;
use crate::listing::Listing;
use crate::named::schemas;

/// Generates SchemaStore and schemas in wide use, and prints why schemas of their types are carried.
///
/// # Errors
///
/// If a corpus cannot be read.
pub fn run(listing: &Listing) -> Result<ExitCode, Failure> {
    let (mut kinds, mut failed) = (BTreeMap::<String, usize>::new(), 0);
    let mut corpora: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for schema in schemas(&listing.corpus)? {
        let name = &schema.name;
        if !listing.counts(name) {
            continue;
        }
        let Ok(generated) = schema.generated(schema.text.as_deref()) else {
            failed += 1;
            continue;
        };
        let rows = generated.report.definitions.iter().filter(|row| row.only_for.is_none());
        let (carried, all) = corpora.entry(corpus(name).to_owned()).or_default();
        for row in rows {
            let places = 1 + row.also_for.len();
            *all += places;
            if let Some(because) = &row.carried_because {
                *carried += places;
                *kinds.entry(kind(because)).or_default() += 1;
                if listing.list {
                    print(name, row, because);
                }
            }
        }
    }
    let mut kinds: Vec<_> = kinds.into_iter().collect();
    kinds.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    for (kind, count) in kinds {
        println!("{count:>6}  {kind}");
    }
    for (corpus, (carried, all)) in corpora {
        println!(
            "{corpus}: {carried} of {all} definitions are carried, {} derived",
            percent(all - carried, all)
        );
    }
    println!("{failed} schemas are not generated");
    Ok(ExitCode::SUCCESS)
}

/// The corpus that a schema is of.
fn corpus(name: &str) -> &str {
    name.split_once('/').map_or(name, |(corpus, _)| corpus)
}

#[expect(clippy::cast_precision_loss, reason = "counts of definitions are far below 2^53")]
fn percent(part: usize, all: usize) -> String {
    format!("{:.2} %", 100.0 * part as f64 / all.max(1) as f64)
}

fn print(schema: &str, row: &Row, because: &str) {
    println!("{schema} {} {}: {because}", row.name, row.schema);
}

/// Why, without the names and numbers on the way: they are the schema's.
fn kind(because: &str) -> String {
    const HOLD_NAMED: [&str; 2] = ["properties", "patternProperties"];
    let Some((before, pointer)) = because.split_once('/') else { return because.to_owned() };
    let mut is_name = false;
    let segments = pointer.split('/').map(|segment| {
        let is_held = is_name;
        is_name = !is_held && HOLD_NAMED.contains(&segment);
        if is_held || segment.parse::<usize>().is_ok() { "*" } else { segment }
    });
    format!("{before}/{}", segments.collect::<Vec<_>>().join("/"))
}
