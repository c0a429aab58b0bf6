//! What is left to a validator when values are read: of how many schemas, and by which keywords.

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

use isomorph_codegen::Row;

use crate::failure::Failure;
use crate::listing::Listing;
use crate::named::schemas;

/// What is left of a schema: of how many types, by keyword.
type Left = BTreeMap<String, usize>;

/// Generates SchemaStore and schemas in wide use, and prints what of them is left to a validator.
///
/// # Errors
///
/// If a corpus cannot be read.
pub fn run(listing: &Listing) -> Result<ExitCode, Failure> {
    let (mut left, mut schemas_in_all, mut types, mut failed) = (Vec::new(), 0, 0, 0);
    for schema in schemas(&listing.corpus)? {
        let name = &schema.name;
        if !listing.counts(name) {
            continue;
        }
        let Ok(generated) = schema.generated(schema.text.as_deref()) else {
            failed += 1;
            continue;
        };
        let rows = &generated.report.definitions;
        schemas_in_all += 1;
        types += rows.len();
        for row in rows.iter().filter(|row| listing.list && !row.guarded_by.is_empty()) {
            println!("{:<32} {name} {} {}", row.guarded_by.join(" "), row.name, row.schema);
        }
        left.push(left_of(rows));
    }
    let guarded: Vec<_> = left.into_iter().filter(|one| !one.is_empty()).collect();
    print(&guarded, schemas_in_all);
    println!("{schemas_in_all} schemas of {types} types; {failed} are not generated");
    Ok(ExitCode::SUCCESS)
}

fn left_of(rows: &[Row]) -> Left {
    let mut left = Left::new();
    for why in rows.iter().flat_map(|row| &row.guarded_by) {
        let kind = if why.starts_with("no shape") { "(no shape)" } else { why };
        *left.entry(kind.to_owned()).or_default() += 1;
    }
    left
}

/// Prints the keywords in the order in which doing without them frees most schemas; where none frees any alone, the one
/// that most schemas have comes next.
fn print(guarded: &[Left], all: usize) {
    println!("{} of {all} schemas need a validator", guarded.len());
    println!("{:<24} {:>8} {:>8} {:>8} {:>8}", "keyword", "types", "schemas", "alone", "then left");
    let mut open: BTreeSet<&String> = guarded.iter().flat_map(|left| left.keys()).collect();
    while !open.is_empty() {
        let having = |keyword: &String| guarded.iter().filter(|left| left.contains_key(keyword)).count();
        let freed = |keyword: &String| {
            let is_last = |left: &&Left| {
                left.contains_key(keyword)
                    && left.keys().all(|other| other == keyword || !open.contains(other))
            };
            guarded.iter().filter(is_last).count()
        };
        let Some(next) = open.iter().copied().max_by_key(|keyword| (freed(keyword), having(keyword))) else {
            return;
        };
        let alone = guarded.iter().filter(|left| left.len() == 1 && left.contains_key(next)).count();
        let types: usize = guarded.iter().filter_map(|left| left.get(next)).sum();
        let schemas = having(next);
        open.remove(next);
        let still = guarded.iter().filter(|left| left.keys().any(|keyword| open.contains(keyword))).count();
        println!("{next:<24} {types:>8} {schemas:>8} {alone:>8} {still:>8}");
    }
}
