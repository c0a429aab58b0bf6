//! The base line: plain typify on the same schema, with a title put in and no other help; and for what schemars
//! says of its types, the same with schemars' derive. No other file here imports typify.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::{Command, Stdio};
use std::time::Duration;

use isomorph_json::escaped;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use typify::{TypeSpace, TypeSpaceSettings};

use crate::clock::shortest;
use crate::corpus::Corpus;
use crate::entrant::{Definition, Entrant, Kind, Module};
use crate::failure::Failure;

/// What typify makes of a corpus.
pub struct Baseline {
    /// As it is, which is what is timed.
    pub alone: Entrant,
    /// With schemars' derive.
    pub with_schemars: Entrant,
}

/// Generates every case.
///
/// # Errors
///
/// If this program cannot be started again.
pub fn generate(corpus: &Corpus) -> Result<Baseline, Failure> {
    let (mut alone, mut with_schemars) = (Vec::new(), Vec::new());
    for (index, case) in corpus.cases.iter().enumerate() {
        let made = apart(&case.schema)?.unwrap_or_default();
        let or_failed =
            |text: String| if text.is_empty() { Err("typify fails".to_owned()) } else { Ok(text) };
        let time = Duration::from_nanos(made.nanoseconds);
        alone.push(Module::new(index, or_failed(made.text), time));
        with_schemars.push(Module {
            definitions: definitions(&case.schema, &made.types),
            ..Module::new(index, or_failed(made.with_schemars), time)
        });
    }
    let entrant = |modules| Entrant { kind: Kind::Typify, modules };
    Ok(Baseline { alone: entrant(alone), with_schemars: entrant(with_schemars) })
}

/// The schema itself and its named definitions, with the types that stand for them, if there are any.
fn definitions(schema: &[u8], types: &BTreeMap<String, String>) -> Vec<Definition> {
    let schema: Value = serde_json::from_slice(schema).unwrap_or_default();
    let named = names(&schema).into_iter().map(|(keyword, name)| format!("/{keyword}/{}", escaped(&name)));
    let definition = |pointer: String| {
        let name = types.get(&pointer).cloned();
        Definition { is_derived: name.is_some(), name, pointer, left: Vec::new() }
    };
    std::iter::once(String::new()).chain(named).map(definition).collect()
}

/// The keyword and the name of every named definition.
fn names(schema: &Value) -> Vec<(&'static str, String)> {
    let of = |keyword: &'static str| {
        let all = schema.get(keyword).and_then(Value::as_object);
        all.into_iter().flatten().map(move |(name, _)| (keyword, name.clone()))
    };
    ["definitions", "$defs"].into_iter().flat_map(of).collect()
}

/// What typify made, on its way from one process to the other.
#[derive(Default, Serialize, Deserialize)]
struct Made {
    /// Formatted Rust whose type `Root` is the schema's; empty if typify does not get there.
    text: String,
    nanoseconds: u64,
    /// The same with schemars' derive.
    with_schemars: String,
    /// The types of the schema and of its named definitions, by their places.
    types: BTreeMap<String, String>,
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

/// What typify makes of a schema's text; `None` if it does not get there. The time is that of the generator
/// alone, and without schemars' derive.
fn make(schema: &[u8]) -> Option<Made> {
    let job = || {
        let settings = TypeSpaceSettings::default();
        let (made, time) = shortest(|| types(schema, &settings));
        let (_, text) = made?;
        let nanoseconds = u64::try_from(time.as_nanos()).ok()?;
        let (mut space, with_schemars) =
            types(schema, TypeSpaceSettings::default().with_derive(DERIVE.to_owned()))?;
        let named = catch_unwind(AssertUnwindSafe(|| types_of_definitions(schema, &mut space)));
        let types = named.unwrap_or_default();
        Some(Made { text, nanoseconds, with_schemars, types })
    };
    catch_unwind(AssertUnwindSafe(job)).ok().flatten()
}

/// By its own name typify would write impls for an older schemars on some types.
const DERIVE: &str = "crate::JsonSchema";

/// The types, and their text.
fn types(schema: &[u8], settings: &TypeSpaceSettings) -> Option<(TypeSpace, String)> {
    let mut schema: Value = serde_json::from_slice(schema).ok()?;
    if let Value::Object(keywords) = &mut schema {
        keywords.insert("title".into(), "Root".into());
    }
    let mut space = TypeSpace::new(settings);
    space.add_root_schema(serde_json::from_value(schema).ok()?).ok()?;
    let file = syn::parse2(space.to_stream()).ok()?;
    let text = prettyplease::unparse(&file);
    (!text.is_empty()).then_some((space, text))
}

/// The types of the schema and of its named definitions, by their places. typify says which type it has made
/// of a definition when it is handed a reference to it.
fn types_of_definitions(schema: &[u8], space: &mut TypeSpace) -> BTreeMap<String, String> {
    let schema: Value = serde_json::from_slice(schema).unwrap_or_default();
    let mut types = BTreeMap::from([(String::new(), "Root".to_owned())]);
    for (keyword, name) in names(&schema) {
        let pointer = format!("/{keyword}/{}", escaped(&name));
        let reference = serde_json::from_value(json!({ "$ref": format!("#{pointer}") }));
        let id = reference.ok().and_then(|reference| space.add_type(&reference).ok());
        let name = id.and_then(|id| space.get_type(&id).ok().map(|ty| ty.name()));
        // What is not of the module is no type of the definition's own.
        if let Some(name) = name.filter(|name| syn::parse_str::<syn::Ident>(name).is_ok()) {
            types.insert(pointer, name);
        }
    }
    types
}
