//! The base line: plain typify on the same schema, with a title put in and no other help. No other file
//! here imports typify.

use std::io::{Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use typify::{TypeSpace, TypeSpaceSettings};

use crate::Failure;
use crate::corpus::{Case, Corpus};
use crate::entrant::{Entrant, Kind, Module};

/// Generates every case.
///
/// # Errors
///
/// If this program cannot be started again.
pub fn generate(corpus: &Corpus) -> Result<Entrant, Failure> {
    let modules = corpus.cases.iter().enumerate().map(|(index, case)| {
        let made = apart(&case.schema)?;
        let said_nothing = || (Err("typify fails".to_owned()), Duration::ZERO);
        let (text, time) =
            made.map_or_else(said_nothing, |made| (Ok(made.text), Duration::from_nanos(made.nanoseconds)));
        Ok(Module::new(index, text, time))
    });
    Ok(Entrant { kind: Kind::Typify, modules: modules.collect::<Result<_, Failure>>()? })
}

/// How long typify takes for a case; `None` if it does not get there.
///
/// # Errors
///
/// If this program cannot be started again.
pub fn time(case: &Case) -> Result<Option<Duration>, Failure> {
    Ok(apart(&case.schema)?.map(|made| Duration::from_nanos(made.nanoseconds)))
}

/// What typify made, on its way from one process to the other.
#[derive(Serialize, Deserialize)]
struct Made {
    text: String,
    nanoseconds: u64,
}

/// Runs typify in a process of its own: on some schemas its stack overflows, and it takes all down with it.
fn apart(schema: &[u8]) -> Result<Option<Made>, Failure> {
    let failed = |source| Failure::Read { path: "conformance --typify".into(), source };
    let mut child = Command::new(std::env::current_exe().map_err(failed)?)
        .arg("--typify")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(failed)?;
    let stdin = child.stdin.take();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            if let Some(mut stdin) = stdin {
                // One that has ended already takes no more.
                let _ = stdin.write_all(schema);
            }
        });
        let output = child.wait_with_output().map_err(failed)?;
        let made = serde_json::from_slice(&output.stdout).ok();
        Ok(made.filter(|_| output.status.success()))
    })
}

/// Reads a schema from the standard input and prints what typify makes of it, and how long that takes, if it
/// gets there.
pub fn run_typify() {
    let mut schema = Vec::new();
    if std::io::stdin().read_to_end(&mut schema).is_ok()
        && let Some(made) = make(&schema)
        && let Ok(text) = serde_json::to_string(&made)
    {
        println!("{text}");
    }
}

/// What typify makes of a schema's text, as formatted Rust whose type `Root` is the schema's; `None` if it
/// does not get there. The time is that of the generator alone.
fn make(schema: &[u8]) -> Option<Made> {
    let job = || {
        let start = Instant::now();
        let mut schema: Value = serde_json::from_slice(schema).ok()?;
        if let Value::Object(keywords) = &mut schema {
            keywords.insert("title".into(), "Root".into());
        }
        let mut space = TypeSpace::new(&TypeSpaceSettings::default());
        space.add_root_schema(serde_json::from_value(schema).ok()?).ok()?;
        let file = syn::parse2(space.to_stream()).ok()?;
        let text = prettyplease::unparse(&file);
        let nanoseconds = u64::try_from(start.elapsed().as_nanos()).ok()?;
        (!text.is_empty()).then_some(Made { text, nanoseconds })
    };
    catch_unwind(AssertUnwindSafe(job)).ok().flatten()
}
