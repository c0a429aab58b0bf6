use std::process::ExitCode;

use clap::Args;

use super::compared::compare;
use super::printed::printed;
use super::unsaid::{AROUND, TYPES, WORDS};
use crate::failure::Failure;

/// What is printed.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Print what a schema does not say of a Rust type, and what is therefore not compared
    #[arg(long)]
    unsaid: bool,

    /// Print the schemas of these items
    #[arg(long, value_name = "ITEM")]
    schema: Vec<String>,
}

/// Prints which items come back, and what differs of the others.
///
/// # Errors
///
/// None yet; commands may fail.
#[expect(clippy::unnecessary_wraps, reason = "as every command")]
pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    for (name, schema) in printed() {
        if arguments.schema.iter().any(|wanted| wanted == name) {
            println!("{:#}", schema.as_value());
        }
    }
    if arguments.unsaid {
        for name in AROUND {
            println!("`{name}`: it prints what is inside it");
        }
        for (name, back, why) in TYPES {
            println!("`{name}` comes back as `{back}`: {why}");
        }
        for words in WORDS {
            println!("{words}");
        }
    }
    let compared = compare();
    for (name, differences) in compared.items.iter().filter(|(_, differences)| !differences.is_empty()) {
        println!("{name}:");
        for difference in differences {
            println!("    {difference}");
        }
    }
    let (equal, all) = (compared.equal(), compared.items.len());
    println!("{equal} of {all} Rust items came back as they were written ({:.1} %)", percent(equal, all));
    Ok(ExitCode::SUCCESS)
}

#[expect(clippy::cast_precision_loss, reason = "counts of items are small")]
fn percent(part: usize, all: usize) -> f64 {
    if all == 0 { 100.0 } else { 100.0 * part as f64 / all as f64 }
}
