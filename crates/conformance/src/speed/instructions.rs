//! What reading takes in instructions, by valgrind: the same on a machine that does other work as well.

use std::path::Path;
use std::process::Command;

use super::timed::Timed;
use crate::failure::Failure;

/// Gives each schema the instructions of all of its instances in place of the nanoseconds.
///
/// # Errors
///
/// If valgrind is missing, or a program ends otherwise than well.
pub fn count(program: &Path, jobs: &Path, timed: &mut [Timed]) -> Result<(), Failure> {
    for one in timed {
        let case = one.case;
        let of = |way| rounds(program, jobs, case, way);
        one.text = of(0)?;
        one.serde = of(1)?;
        one.ignored = of(2)?;
        one.value = of(3)?;
        one.validated = one.validated.map(|_| of(4)).transpose()?;
    }
    Ok(())
}

/// The instructions of one round: what four take more than two, so that the start is not counted.
fn rounds(program: &Path, jobs: &Path, case: usize, way: usize) -> Result<f64, Failure> {
    let [two, four] = [2_u32, 4].map(|rounds| {
        let numbers = [case.to_string(), way.to_string(), rounds.to_string()];
        instructions(Command::new("valgrind").args(TOOL).arg(program).arg(jobs).args(numbers))
    });
    Ok((four? - two?) / 2.0)
}

/// Counts instructions and writes no profile.
const TOOL: [&str; 4] =
    ["--tool=callgrind", "--callgrind-out-file=/dev/null", "--cache-sim=no", "--branch-sim=no"];

/// What valgrind says at the end: `Collected : 1234`.
fn instructions(command: &mut Command) -> Result<f64, Failure> {
    let failed = |source| Failure::Read { path: "valgrind".into(), source };
    let output = command.output().map_err(failed)?;
    let said = String::from_utf8_lossy(&output.stderr);
    let count = said.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok());
    count.ok_or_else(|| {
        failed(std::io::Error::other(said.lines().last().unwrap_or("it says nothing").to_owned()))
    })
}
