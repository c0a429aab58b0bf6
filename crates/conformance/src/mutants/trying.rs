//! Compiles and runs the crates of changed types.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde::Deserialize;

use super::program::unchanged;
use super::trial::Trial;
use crate::crates::{Crate, put};
use crate::failure::Failure;
use crate::judge::{cargo, name, target};

/// A type, by its case and its number.
pub type Id = (usize, usize);

/// What schemars says of a type.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Said {
    /// The case.
    pub case: usize,
    /// Its number in the case.
    pub number: usize,
    /// Whether it is the source.
    pub equal: bool,
    /// Whether its name, and whether it is written where it is mentioned, is as in the source.
    pub stands: bool,
    /// Whether schemars says the same of the type in it that was changed.
    pub same: bool,
}

/// What became of the types. Of one that is in none, nothing is known.
#[derive(Debug, Default)]
pub struct Tried {
    /// What is said of them.
    pub said: BTreeMap<Id, Said>,
    /// Those that do not compile.
    pub not_compiled: BTreeSet<Id>,
    /// Modules that do not compile, and with them none of the types in them.
    pub broken: BTreeMap<usize, String>,
}

impl Tried {
    /// What is said of a type, if it could be compiled and run.
    pub fn of(&self, trial: &Trial) -> Option<&Said> {
        let id = (trial.case, trial.number);
        self.said.get(&id).filter(|_| !self.not_compiled.contains(&id))
    }
}

/// Compiles crates until nothing is broken, and runs them.
///
/// # Errors
///
/// If cargo cannot be started, or a file not be written.
pub fn try_all(crates: &[Crate], trials: &BTreeMap<Id, &Trial>, folder: &Path) -> Result<Tried, Failure> {
    let mut tried = Tried::default();
    while let Some(said) = compile(crates, folder)? {
        let mut is_new = false;
        for line in said.lines().filter(|line| line.contains("error")) {
            let Some((case, number)) = broken(line) else { continue };
            let Some(one) = crates.iter().find(|one| one.cases.contains(&case)) else { continue };
            let module = one.folder.join(format!("src/m{case}"));
            match number.and_then(|number| trials.get(&(case, number))) {
                Some(trial) if tried.not_compiled.insert((case, trial.number)) => {
                    put(&module.join(format!("x{}.rs", trial.number)), &unchanged(&trial.held))?;
                    is_new = true;
                }
                None if !tried.broken.contains_key(&case) => {
                    tried.broken.insert(case, line.to_owned());
                    put(&module.with_extension("rs"), &one.stand_ins[&case])?;
                    is_new = true;
                }
                _ => {}
            }
        }
        if !is_new {
            let cases = crates.iter().flat_map(|one| &one.cases);
            tried.broken.extend(cases.map(|case| (*case, said.lines().take(3).collect())));
            return Ok(tried);
        }
    }
    for one in crates {
        run(one, folder, &mut tried)?;
    }
    Ok(tried)
}

/// What the compiler says, if it is not content.
fn compile(crates: &[Crate], folder: &Path) -> Result<Option<String>, Failure> {
    let names: Vec<_> = crates.iter().map(name).collect();
    let mut arguments = vec!["build", "--quiet", "--keep-going", "--message-format", "short"];
    arguments.extend(names.iter().flat_map(|name| ["-p", name.as_str()]));
    let output = cargo(folder, &arguments)?;
    Ok((!output.status.success()).then(|| String::from_utf8_lossy(&output.stderr).into_owned()))
}

/// `a/src/m12/x3.rs:1:2: error` → case 12, type 3; `a/src/m12.rs:1:2: error` → case 12
fn broken(line: &str) -> Option<(usize, Option<usize>)> {
    let (file, _) = line.split_once(".rs:")?;
    let (_, module) = file.split_once("src/m")?;
    match module.split_once("/x") {
        Some((case, number)) => Some((case.parse().ok()?, Some(number.parse().ok()?))),
        None => Some((module.parse().ok()?, None)),
    }
}

/// Runs a crate's program; a type that ends it is skipped the next time, and nothing is said of it.
fn run(one: &Crate, folder: &Path, tried: &mut Tried) -> Result<(), Failure> {
    let program = target(folder).join("debug").join(name(one));
    let mut skip: Vec<String> = Vec::new();
    loop {
        let output = Command::new(&program)
            .arg(one.folder.join("jobs.json"))
            .args(&skip)
            .output()
            .map_err(|source| Failure::Read { path: program.clone(), source })?;
        let text = String::from_utf8_lossy(&output.stdout);
        let mut current = None;
        for line in text.lines() {
            if let Some(id) = line.strip_prefix("begin ") {
                current = Some(id.split(' ').map(str::to_owned));
            } else if let Ok(said) = serde_json::from_str::<Said>(line) {
                tried.said.insert((said.case, said.number), said);
            }
        }
        match current {
            Some(id) if text.lines().last() != Some("end") => skip.extend(id),
            _ => return Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::broken;

    #[test]
    fn an_error_names_the_module_of_a_type_or_of_a_case() {
        assert_eq!(broken("mutants-a-0/src/m12/x3.rs:1:2: error[E0277]: no"), Some((12, Some(3))));
        assert_eq!(broken("mutants-a-0/src/m12.rs:1:2: error: no"), Some((12, None)));
        assert_eq!(broken("error: could not compile `judge-mutants-a-0`"), None);
    }
}
