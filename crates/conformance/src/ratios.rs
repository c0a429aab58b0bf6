//! How long generating takes beside typify alone, and compiling what was generated beside what typify made.

use std::path::Path;
use std::time::Duration;

use crate::clock::{TIMES, timed_children};
use crate::corpus::Corpus;
use crate::crates::{Crate, put, write_alone};
use crate::entrant::{Entrant, Module};
use crate::failure::Failure;
use crate::isomorph;
use crate::judge::{Judged, cargo, name, write_workspace};

/// Prints how long generating took, and beside it typify alone on the schemas that both can do.
pub fn print_generation(corpus: &Corpus, ours: &Entrant, typify: &Entrant) {
    let total: f64 = ours.modules.iter().map(|module| module.time.as_secs_f64()).sum();
    let both = both(ours, typify);
    let our_time: Duration = both.iter().map(|(ours, _)| ours.time).sum();
    let typify_time: Duration = both.iter().map(|(_, typify)| typify.time).sum();
    let slowest = ours.modules.iter().max_by_key(|module| module.time);
    let slowest = slowest.map(|module| format!("{} {:.1?}", corpus.cases[module.case].name, module.time));
    println!(
        "generating: {total:.1} s, the slowest {}; {:.2} times as long as typify alone, on the {} that both can do \
         (each the shortest of {TIMES})",
        slowest.unwrap_or_default(),
        our_time.as_secs_f64() / typify_time.as_secs_f64(),
        both.len(),
    );
}

/// The modules of the cases that both can do.
fn both<'a>(ours: &'a Entrant, typify: &'a Entrant) -> Vec<(&'a Module, &'a Module)> {
    let modules = ours.modules.iter().zip(&typify.modules);
    modules.filter(|(ours, typify)| ours.text.is_ok() && typify.text.is_ok()).collect()
}

/// How many schemas are compiled alone, the largest first.
const LARGEST: usize = 10;

/// Prints how long compiling takes for the largest schemas that both can do, beside what typify made of them, and
/// without `JsonSchema`, which typify's types do not have. Each is a crate of its own; what they depend on is
/// compiled already. It is the compiler's processor time that counts.
///
/// # Errors
///
/// If a crate cannot be written, or cargo not be started.
pub fn print_compilation(
    corpus: &Corpus,
    (ours, ours_judged): (&Entrant, &Judged),
    (typify, typify_judged): (&Entrant, &Judged),
    folder: &Path,
) -> Result<(), Failure> {
    let mut both = both(ours, typify);
    both.retain(|(ours, _)| [ours_judged, typify_judged].iter().all(|judged| judged.compiles(ours.case)));
    both.sort_by_key(|(ours, _)| std::cmp::Reverse(corpus.cases[ours.case].schema.len()));
    both.truncate(LARGEST);
    let mut crates = Vec::new();
    for (module, typify_module) in &both {
        let alone = |kind: &str| folder.join(format!("{kind}-{}-alone", module.case));
        let module = isomorph::without_schemars(corpus, module.case);
        crates.push(write_alone(corpus, ours, &module, &alone("isomorph"))?);
        crates.push(write_alone(corpus, typify, typify_module, &alone("typify"))?);
    }
    write_workspace(&crates, folder, Path::new("Cargo.lock"))?;
    // With what they depend on, which is not to be timed.
    for one in &crates {
        cargo(folder, &["build", "--quiet", "--lib", "-p", &name(one)])?;
    }
    let times: Vec<_> = crates.iter().map(|one| compile(one, folder)).collect::<Result<_, _>>()?;
    let (mut all_ours, mut all_typify, mut each) = (Duration::ZERO, Duration::ZERO, Vec::new());
    for (pair, (module, _)) in times.chunks(2).zip(&both) {
        let [our_time, typify_time] = pair else { continue };
        let name = corpus.cases[module.case].name.rsplit('/').next().unwrap_or_default();
        each.push(format!("{name} {:.2}", our_time.as_secs_f64() / typify_time.as_secs_f64()));
        all_ours += *our_time;
        all_typify += *typify_time;
    }
    println!(
        "compiling the {} largest that both can do: {:.1} s, {:.2} times as long as what typify makes ({})",
        each.len(),
        all_ours.as_secs_f64(),
        all_ours.as_secs_f64() / all_typify.as_secs_f64(),
        each.join(", ")
    );
    Ok(())
}

/// How long the compiler takes for a crate.
fn compile(one: &Crate, folder: &Path) -> Result<Duration, Failure> {
    let library = one.folder.join("src/lib.rs");
    let failed = |source| Failure::Read { path: library.clone(), source };
    let text = std::fs::read_to_string(&library).map_err(failed)?;
    put(&library, &(text + "\n"))?;
    let (output, time) =
        timed_children(|| cargo(folder, &["build", "--quiet", "--lib", "-p", &name(one)])).map_err(failed)?;
    let output = output?;
    if output.status.success() { Ok(time) } else { Err(failed(std::io::Error::other("it does not compile"))) }
}
