//! The generator that is measured.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use isomorph_codegen::{Formats, Generated, Generator, Report, Row, Schemars, Source, Unresolved};

use crate::clock::shortest;
use crate::corpus::{Case, Corpus};
use crate::entrant::{Definition, Entrant, Kind, Module};

/// Generates every case.
pub fn generate(corpus: &Corpus) -> Entrant {
    let modules = corpus.cases.iter().enumerate().map(|(index, case)| generate_one(corpus, index, case));
    Entrant { kind: Kind::Isomorph, modules: modules.collect() }
}

/// The generator as it is used for a case.
pub fn generator(corpus: &Corpus, case: &Case) -> Generator {
    let mut generator = Generator::new();
    generator.source(Source { file: "schema.json".into(), uri: None, text: case.schema.clone() });
    generator.root_name("Root").formats(Formats::Annotate).schemars(Schemars::Always).dialect(case.dialect);
    case.settings.apply(&mut generator);
    if corpus.is_incomplete {
        generator.unresolved(Unresolved::Accept);
    }
    for (uri, path) in &corpus.remotes {
        generator.map(uri, path);
    }
    generator
}

/// Generates a case.
pub fn generate_one(corpus: &Corpus, index: usize, case: &Case) -> Module {
    let generator = generator(corpus, case);
    let (generated, time) = shortest(|| catch_unwind(AssertUnwindSafe(|| generator.generate("module.rs"))));
    match generated {
        Ok(Ok(generated)) => module(index, &generated, time),
        Ok(Err(error)) => failed(index, error.to_string(), time),
        Err(_) => failed(index, "panicked".into(), time),
    }
}

/// What was generated for a case.
pub fn module(index: usize, generated: &Generated, time: Duration) -> Module {
    let report = &generated.report;
    let totals = &report.totals;
    let has_no_shape = |why: &String| why.starts_with("no shape");
    Module {
        positions: totals.positions,
        guarded: (totals.definitions - totals.exact_by_shape, totals.definitions),
        definitions: of_the_case(report, |row| row.only_for.is_none()),
        parts: of_the_case(report, |row| row.only_for.is_some()),
        without_shape: report
            .definitions
            .iter()
            .filter(|row| row.guarded_by.iter().any(has_no_shape))
            .count(),
        ..Module::new(index, Ok(generated.files.iter().map(|file| file.text.as_str()).collect()), time)
    }
}

/// A case without `JsonSchema`.
pub fn without_schemars(corpus: &Corpus, index: usize) -> Module {
    let mut generator = generator(corpus, &corpus.cases[index]);
    let generated = generator.schemars(Schemars::Never).generate("module.rs");
    let text = generated.map(|generated| generated.files.iter().map(|file| file.text.as_str()).collect());
    Module::new(index, text.map_err(|error| error.to_string()), Duration::ZERO)
}

/// The types of some rows, with their sources, one for each place that a type stands for; other than those from another
/// document.
fn of_the_case(report: &Report, wanted: fn(&Row) -> bool) -> Vec<Definition> {
    let definition = |(row, place): (&Row, &String)| {
        let pointer = place.strip_prefix("schema.json#")?;
        Some(Definition {
            name: Some(row.name.clone()),
            pointer: pointer.to_owned(),
            left: row.left_to_places.clone(),
            is_derived: row.carried_because.is_none(),
        })
    };
    let rows = report.definitions.iter().filter(|row| wanted(row));
    let places =
        rows.flat_map(|row| std::iter::once(&row.schema).chain(&row.also_for).map(move |place| (row, place)));
    places.filter_map(definition).collect()
}

fn failed(case: usize, why: String, time: Duration) -> Module {
    Module::new(case, Err(why), time)
}
