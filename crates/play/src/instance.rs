//! What is wrong with an instance.

use isomorph_check::{Against, Options};
use isomorph_json::Pointer;
use isomorph_schema::{Set, Setting};
use serde::Serialize;

use crate::ask::Ask;
use crate::error::Error;
use crate::extents::Extents;
use crate::given::{Beside, Given};
use crate::problem::{Problem, SHOWN};
use crate::utf16::Utf16;

/// What an instance came to.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Instance {
    /// What it is written in.
    format: &'static str,
    /// What is to be said of it.
    verdict: Verdict,
    /// What is wrong with it.
    problems: Vec<Problem>,
    /// How many problems there are beside those.
    more: usize,
    /// How many instances there are in the text.
    instances: usize,
}

/// What is to be said of an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    Valid,
    Invalid,
    /// It would take too much work to judge.
    Unjudged,
    /// The schema cannot be used.
    Schemaless,
    /// It is not said which of several schemas is meant, or it is not there.
    Unnamed,
}

/// Holds the instance of a question against its schema.
///
/// # Errors
///
/// If the question cannot be understood.
pub fn instance(ask: &Ask, beside: &Beside) -> Result<Instance, Error> {
    let Some(written) = &ask.instance else { return Err(Error::Lacks { what: "instance" }) };
    let given = Given::new(&ask.schema, ask, beside)?;
    let format = written.format()?;
    let none =
        |verdict, problems| Instance { format: format.word(), verdict, problems, more: 0, instances: 0 };
    let Ok(set) = given.generator.set() else { return Ok(none(Verdict::Schemaless, Vec::new())) };
    let mut options = Options::new(".");
    options.max_errors(SHOWN);
    let against = match Against::set(&set, ask.of.as_deref(), &options) {
        Ok(against) => against,
        Err(error) => return Ok(none(Verdict::Unnamed, vec![Problem::new(&error.to_string())])),
    };
    let told = against.check(&written.text, format);
    let text = Utf16::new(&written.text);
    let mut problems: Vec<_> =
        told.findings.iter().map(|finding| Problem::of_finding(finding, &text, &given.file)).collect();
    locate(&mut problems, &set, &given, &Utf16::new(&ask.schema.text));
    let verdict = match (told.invalid, told.unjudged) {
        (0, 0) => Verdict::Valid,
        (0, _) => Verdict::Unjudged,
        _ => Verdict::Invalid,
    };
    let instances = told.valid + told.invalid + told.unjudged;
    Ok(Instance { more: told.more, instances, ..none(verdict, problems) })
}

/// Finds the keywords that problems are about in the text of the schema.
fn locate(problems: &mut [Problem], set: &Set, given: &Given, text: &Utf16) {
    let Some(document) = set.documents.iter().find(|document| document.file == given.file) else { return };
    let pointer = |problem: &Problem| problem.keyword_location().and_then(Pointer::parse);
    let pointers: Vec<_> = problems.iter().filter_map(pointer).collect();
    let extents = Extents::of(&document.text, &pointers);
    for problem in problems {
        let found = pointer(problem).and_then(|pointer| extents.get(&pointer).cloned());
        problem.schema_at = found.map(|bytes| text.span(&bytes));
    }
}
