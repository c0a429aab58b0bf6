//! The other process: makes instances, asks the validator, and generates, so that what goes wrong there is seen
//! from outside. It reads jobs, a line each, and says before every step what it is about to do.

use std::collections::BTreeMap;
use std::io::{BufRead, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use isomorph_codegen::Dialect;
use isomorph_json::work::{allowance, within};
use isomorph_validator::{Counted, ValueNode};
use jsonschema::json::Json;
use rustix::process::{Resource, Rlimit, setrlimit};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::dice::Dice;
use super::grown::grown;
use super::instances::{Judged, instances};
use crate::corpus::{Case, Corpus};
use crate::entrant::{Definition, Module};
use crate::isomorph;
use crate::settings::Settings;

/// What one process may take: many times what a small schema needs, the stack that the generator asks for
/// included.
const MEMORY: u64 = 4 << 30;

/// A schema to be generated.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Job {
    /// Its text.
    pub schema: String,
    /// The URI of its dialect.
    pub dialect: String,
    /// How it is generated.
    pub settings: Settings,
    /// The instances that it is held against.
    pub wanted: Wanted,
}

/// Which instances.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Wanted {
    /// These.
    pub these: Vec<String>,
    /// So many random ones.
    pub random: usize,
    /// For the dice.
    pub seed: u64,
    /// How large they are made, if not left as they are.
    pub bytes: usize,
}

impl Wanted {
    /// No random ones.
    pub fn these(these: impl IntoIterator<Item = String>) -> Self {
        Self { these: these.into_iter().collect(), ..Self::default() }
    }
}

/// What the process says.
#[derive(Debug, Serialize, Deserialize)]
pub enum Line {
    /// What the validator says. It was built, and has not crashed.
    Judged(Vec<Judged>),
    /// This is no valid schema, or one that the validator cannot be built for.
    Unusable(String),
    /// What was generated.
    Made(Made),
    /// Why nothing was generated.
    Failed(String),
}

/// What was generated.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Made {
    /// The text of the module.
    pub text: String,
    /// Types, by the places of their schemas; and whether what is said of each is derived.
    pub definitions: Vec<Definition>,
    /// How many definitions are guarded.
    pub guarded: usize,
    /// How many definitions there are.
    pub types: usize,
    /// How many positions have a Rust type.
    pub typed: usize,
    /// How many positions there are.
    pub positions: usize,
}

impl Made {
    /// As a module of this case.
    pub fn into_module(self, case: usize) -> Module {
        Module {
            guarded: (self.guarded, self.types),
            definitions: self.definitions,
            ..Module::new(case, Ok(self.text), std::time::Duration::ZERO)
        }
    }
}

/// Works until there are no more jobs.
pub fn work() {
    // Where there is no such limit, there is none.
    let _ = setrlimit(Resource::As, Rlimit { current: Some(MEMORY), maximum: Some(MEMORY) });
    std::panic::set_hook(Box::new(|_| {}));
    for line in std::io::stdin().lock().lines() {
        let Ok(line) = line else { return };
        let Ok(job) = serde_json::from_str::<Job>(&line) else { return };
        let judged = judge(&job);
        let is_usable = matches!(judged, Line::Judged(_));
        say(&judged);
        if is_usable {
            say(&generate(&job));
        }
    }
}

fn say(line: &Line) {
    let mut out = std::io::stdout().lock();
    let text = serde_json::to_string(line).unwrap_or_default();
    // Whoever asked is gone if this fails, and then nobody asks again.
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}

fn judge(job: &Job) -> Line {
    let Ok(schema) = serde_json::from_str::<Value>(&job.schema) else {
        return Line::Unusable("no JSON".into());
    };
    let dialect = Dialect::of(&job.dialect).unwrap_or_default();
    let validator = match validator(&schema, dialect) {
        Ok(validator) => validator,
        Err(why) => return Line::Unusable(why),
    };
    let Wanted { these, random, seed, bytes } = &job.wanted;
    let mut all: Vec<Judged> = these.iter().filter_map(|text| judged(&validator, text)).collect();
    if *random > 0 {
        all.extend(instances(&schema, dialect, &validator, *random, &mut Dice::new(*seed)));
    }
    if *bytes > 0 {
        all = large(&schema, dialect, &all, *bytes);
    }
    Line::Judged(all)
}

/// How many instances are made large, of each verdict.
const LARGE: usize = 2;

/// Large instances near these, of which it can be said whether they are valid.
fn large(schema: &Value, dialect: Dialect, all: &[Judged], bytes: usize) -> Vec<Judged> {
    let Ok(validator) = validator_of::<Counted>(schema, dialect) else { return Vec::new() };
    let of = |valid| all.iter().filter(move |instance| instance.valid == valid).take(LARGE);
    let near = of(true).chain(of(false)).filter_map(|instance| serde_json::from_str(&instance.text).ok());
    let grown = near.flat_map(|instance: Value| grown(&instance, bytes));
    let judged = grown.filter_map(|instance| {
        let looks = allowance(instance.to_string().len());
        let (valid, _) = within(looks, || validator.is_valid(ValueNode(&instance)))?;
        Some(Judged { text: instance.to_string(), valid })
    });
    judged.collect()
}

fn judged(validator: &jsonschema::Validator, text: &str) -> Option<Judged> {
    let instance: Value = serde_json::from_str(text).ok()?;
    Some(Judged { text: text.to_owned(), valid: validator.is_valid(&instance) })
}

/// The judge of all: the validator as it comes, with nothing of ours between. Formats are annotations.
///
/// # Errors
///
/// If the schema is not valid, or refers to what is not there.
pub fn validator(schema: &Value, dialect: Dialect) -> Result<jsonschema::Validator, String> {
    validator_of(schema, dialect)
}

fn validator_of<F: Json>(schema: &Value, dialect: Dialect) -> Result<jsonschema::Validator<F>, String> {
    let mut schema = schema.clone();
    if let Value::Object(keywords) = &mut schema {
        keywords.entry("$schema").or_insert_with(|| dialect.uri().into());
    }
    if !jsonschema::meta::is_valid(&schema) {
        return Err("not valid against its meta-schema".into());
    }
    jsonschema::options_for::<F>()
        .offline()
        .should_validate_formats(false)
        .without_content_media_type_support("application/json")
        .without_content_encoding_support("base64")
        .build(&schema)
        .map_err(|error| error.to_string())
}

fn generate(job: &Job) -> Line {
    let case = Case {
        name: String::new(),
        schema: job.schema.clone().into_bytes(),
        dialect: Dialect::of(&job.dialect).unwrap_or_default(),
        instances: Vec::new(),
        settings: job.settings,
    };
    let corpus =
        Corpus { name: String::new(), cases: Vec::new(), remotes: BTreeMap::new(), is_incomplete: false };
    let generator = isomorph::generator(&corpus, &case);
    let generated = match catch_unwind(AssertUnwindSafe(|| generator.generate("module.rs"))) {
        Ok(Ok(generated)) => generated,
        Ok(Err(error)) => return Line::Failed(format!("refused: {error}")),
        Err(why) => {
            let why =
                why.downcast_ref::<String>().map(String::as_str).or(why.downcast_ref::<&str>().copied());
            return Line::Failed(format!("panicked: {}", why.unwrap_or_default()));
        }
    };
    let totals = &generated.report.totals;
    let module = isomorph::module(0, &generated, std::time::Duration::ZERO);
    let definitions = module.definitions.into_iter().filter(|_| !job.settings.without_schemars);
    Line::Made(Made {
        text: module.text.unwrap_or_default(),
        definitions: definitions.collect(),
        guarded: totals.definitions - totals.exact_by_shape,
        types: totals.definitions,
        typed: totals.positions.typed,
        positions: totals.positions.all,
    })
}
