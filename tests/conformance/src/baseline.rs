//! The base line: plain typify on the same schema, with a title put in and no other help. No other file
//! here imports typify.

use std::io::{Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use typify::{TypeSpace, TypeSpaceSettings};

use crate::Failure;
use crate::corpus::Corpus;
use crate::generated::Module;

/// Prints on how many schemas typify alone succeeds, and what generating takes beside it on the schemas that
/// both can do, in one run.
///
/// # Errors
///
/// If this program cannot be started again.
pub fn print(corpus: &Corpus, modules: &[Module]) -> Result<(), Failure> {
    let (mut generated, mut ours, mut typify) = (0, Duration::ZERO, Duration::ZERO);
    for module in modules {
        let Some(time) = apart(&corpus.cases[module.case].schema)? else { continue };
        generated += 1;
        if module.text.is_ok() {
            ours += module.time;
            typify += time;
        }
    }
    println!(
        "{}: typify alone generates {generated} of {}; on those, generating takes {:.2} times as long as typify",
        corpus.name,
        modules.len(),
        ours.as_secs_f64() / typify.as_secs_f64(),
    );
    Ok(())
}

/// Runs typify in a process of its own: on some schemas its stack overflows, and it takes all down with it.
fn apart(schema: &[u8]) -> Result<Option<Duration>, Failure> {
    let failed = |source| Failure::Read { path: "conformance --typify".into(), source };
    let mut child = Command::new(std::env::current_exe().map_err(failed)?)
        .arg("--typify")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(failed)?;
    if let Some(mut stdin) = child.stdin.take() {
        // One that has ended already has no time to tell.
        let _ = stdin.write_all(schema);
    }
    let output = child.wait_with_output().map_err(failed)?;
    let nanoseconds = String::from_utf8_lossy(&output.stdout).trim().parse().ok();
    Ok(nanoseconds.filter(|_| output.status.success()).map(Duration::from_nanos))
}

/// Reads a schema from the standard input and prints how many nanoseconds typify takes for it, if it gets
/// there.
pub fn run_typify() {
    let mut schema = Vec::new();
    if std::io::stdin().read_to_end(&mut schema).is_ok()
        && let Some(time) = time(&schema)
    {
        println!("{}", time.as_nanos());
    }
}

/// How long typify takes from the schema's text to formatted Rust; `None` if it does not get there.
fn time(schema: &[u8]) -> Option<Duration> {
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
        (!text.is_empty()).then(|| start.elapsed())
    };
    catch_unwind(AssertUnwindSafe(job)).ok().flatten()
}
