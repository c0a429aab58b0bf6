//! Instances of a schema, or instances that break one keyword of it.

use std::time::Duration;

use isomorph_codegen::{Bundle, Bundler, Location, Pointer, Set, Unresolved};
use isomorph_evolution::{
    Coverage, Covering, Deadline, Extent, Judge, Sampler, accepts_nothing, broken, covering,
};
use serde::Serialize;
use serde_json::Value;

use crate::ask::Ask;
use crate::error::Error;
use crate::given::{Beside, Given};
use crate::outside::Outside;

/// How many are made at once.
const COUNT: usize = 8;
/// How long to look for them.
const TIME: Duration = Duration::from_millis(1500);
/// How long to look for a proof that there are none.
const PROOF: Duration = Duration::from_millis(700);

/// Instances.
#[derive(Debug, Default, Serialize)]
pub struct Samples {
    /// Each as a text.
    samples: Vec<Sample>,
    /// Why there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    none: Option<String>,
}

/// An instance.
#[derive(Debug, Serialize)]
struct Sample {
    /// In JSON, laid out for people.
    text: String,
    /// What it breaks: the place in it, and the keyword.
    #[serde(skip_serializing_if = "Option::is_none")]
    breaks: Option<[String; 2]>,
}

/// Makes instances.
///
/// # Errors
///
/// If the question cannot be understood.
pub fn samples(ask: &Ask, beside: &Beside, outside: &Outside) -> Result<Samples, Error> {
    let given = Given::new(&ask.schema, ask, beside)?;
    let none = |why: String| Samples { none: Some(why), ..Samples::default() };
    let Ok(set) = given.generator.set() else { return Ok(none("The schema cannot be used.".to_owned())) };
    Ok(made(&set, ask, outside).unwrap_or_else(none))
}

fn made(set: &Set, ask: &Ask, outside: &Outside) -> Result<Samples, String> {
    let Location { document, pointer } = chosen(set, ask.of.as_deref())?;
    let failed = |error: &dyn std::fmt::Display| error.to_string();
    let judge = Judge::at(&set.documents, document, &pointer).map_err(|error| failed(&error))?;
    let bundler = Bundler::new(&set.documents, Unresolved::Accept).map_err(|error| failed(&error))?;
    let bundle = bundler.bundle(document, &pointer).map_err(|error| failed(&error))?;
    let bundle = bundle.without_foreign_keywords();
    if !ask.broken && is_empty(&bundle, outside) {
        return Err("The schema accepts no instance.".to_owned());
    }
    let deadline = Deadline::after(outside.clock, TIME);
    let samples = if ask.broken {
        invalid(&bundle.schema, &judge, ask.seed, deadline)
    } else {
        valid(&bundle.schema, &judge, ask.seed, deadline)
    };
    if samples.is_empty() {
        return Err(why_none(&bundle, ask.broken, outside));
    }
    Ok(Samples { samples, none: None })
}

/// The schema that instances are made of.
fn chosen(set: &Set, of: Option<&str>) -> Result<Location, String> {
    let nothing = || "There is no schema.".to_owned();
    let mut at = set.first().ok_or_else(nothing)?;
    let document = set.documents.get(at.document).ok_or_else(nothing)?;
    if let Some(of) = of {
        let in_file = Pointer::parse(of.trim_start_matches('#')).ok_or_else(nothing)?;
        at.pointer = document.locate(&in_file);
    } else if let Some(holder) = &document.holder {
        at.pointer = holder.only()?;
    }
    if at.pointer.find(&document.root).is_none_or(|schema| !schema.is_object() && !schema.is_boolean()) {
        return Err(nothing());
    }
    Ok(at)
}

fn why_none(bundle: &Bundle, broken: bool, outside: &Outside) -> String {
    // What dynamic references lead to is not all in the bundle.
    let known = if bundle.is_approximate { None } else { (outside.canonical)(PROOF).extent(&bundle.schema) };
    let why = match (known, broken) {
        (Some(Extent::Everything), true) => "The schema accepts every instance, so that none breaks it.",
        (Some(Extent::Nothing), _) => "The schema accepts no instance.",
        (_, true) => "None was found in time that breaks exactly one keyword.",
        (_, false) => "None was found in time; the schema may accept none.",
    };
    why.to_owned()
}

/// Whether nobody has to look for instances.
fn is_empty(bundle: &Bundle, outside: &Outside) -> bool {
    let canonical = (outside.canonical)(PROOF);
    accepts_nothing(bundle, canonical.as_ref(), Deadline::after(outside.clock, PROOF))
}

fn valid(bundle: &Value, judge: &Judge, seed: u64, deadline: Deadline) -> Vec<Sample> {
    let sampler = Sampler::new(bundle, judge, seed, Some(deadline));
    let Covering { instances, .. } = covering(&Coverage::of(bundle), bundle, &sampler, COUNT, deadline);
    instances.iter().map(|instance| Sample { text: text(instance), breaks: None }).collect()
}

fn invalid(bundle: &Value, judge: &Judge, seed: u64, deadline: Deadline) -> Vec<Sample> {
    let found = broken(bundle, judge, COUNT, seed, deadline);
    let sample = |one: isomorph_evolution::Broken| Sample {
        text: text(&one.instance),
        breaks: Some([one.instance_location, one.keyword_location]),
    };
    found.into_iter().map(sample).collect()
}

fn text(instance: &Value) -> String {
    format!("{instance:#}\n")
}
