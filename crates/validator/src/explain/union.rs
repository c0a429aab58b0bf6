//! Unions: which branch came closest.

use std::borrow::Cow;

use isomorph_json::TapeNode;
use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Wanted;
use serde_json::Value;

use super::message::{alternatives, described, options_listed, type_names};

/// What to say of an instance that no branch of a union accepts.
pub enum Verdict {
    /// That it is none of all that could stand there: the message, and the strings among them.
    NoneOf(String, Vec<String>),
    /// What this branch, by its index, says.
    Closest(usize),
}

/// What a branch says is wrong.
pub struct Said<'e> {
    /// The instance location.
    pub at: Cow<'e, str>,
    /// What was wanted there.
    pub wanted: &'e Wanted,
}

/// What the branches of a union say, by its error.
pub fn said<'e>(context: &'e [Vec<ValidationError<'static>>]) -> Vec<Vec<Said<'e>>> {
    let say = |error: &'e ValidationError| Said {
        at: Cow::Borrowed(error.instance_path().as_str()),
        wanted: error.kind(),
    };
    context.iter().map(|errors| errors.iter().map(say).collect()).collect()
}

/// Judges the errors of each branch of a union at the instance location `at`.
pub fn judge(branches: &[Vec<Said>], at: &str, found: TapeNode) -> Verdict {
    if let Some(verdict) = no_type(branches, at, found).or_else(|| no_option(branches, at, found)) {
        return verdict;
    }
    let closest = branches.iter().enumerate().min_by_key(|(_, errors)| distance(errors, at));
    Verdict::Closest(closest.map_or(0, |(index, _)| index))
}

/// Every branch wants another type than the one that stands there.
fn no_type(branches: &[Vec<Said>], at: &str, found: TapeNode) -> Option<Verdict> {
    let mut names = Vec::new();
    for errors in branches {
        let own = own_error(errors, at, |wanted| matches!(wanted, Wanted::Type { .. }))?;
        if let Wanted::Type { kind } = own {
            names.extend(
                type_names(kind).into_iter().filter(|name| !names.contains(name)).collect::<Vec<_>>(),
            );
        }
    }
    let message = format!("expected {}, found {}", alternatives(&names), described(found));
    Some(Verdict::NoneOf(message, Vec::new()))
}

/// Every branch that is of the right type wants one of a few values.
fn no_option(branches: &[Vec<Said>], at: &str, found: TapeNode) -> Option<Verdict> {
    let mut options: Vec<Value> = Vec::new();
    for errors in branches {
        let is_option = |wanted: &Wanted| matches!(wanted, Wanted::Enum { .. } | Wanted::Constant { .. });
        match own_error(errors, at, is_option) {
            Some(Wanted::Enum { options: own }) => {
                options.extend(own.as_array().cloned().unwrap_or_default());
            }
            Some(Wanted::Constant { expected_value }) => options.push((**expected_value).clone()),
            _ => {
                own_error(errors, at, |wanted| matches!(wanted, Wanted::Type { .. }))?;
            }
        }
    }
    if options.is_empty() {
        return None;
    }
    let message = format!("expected {}, found {}", options_listed(&options), described(found));
    Some(Verdict::NoneOf(message, options.iter().filter_map(Value::as_str).map(str::to_owned).collect()))
}

/// The error of a branch that concerns the value itself.
fn own_error<'e>(errors: &[Said<'e>], at: &str, is_meant: impl Fn(&Wanted) -> bool) -> Option<&'e Wanted> {
    errors.iter().find(|error| error.at == at && is_meant(error.wanted)).map(|error| error.wanted)
}

/// How far a branch is from accepting the instance; the least is the closest.
fn distance(errors: &[Said], at: &str) -> (bool, usize, usize, usize) {
    let is_own = |error: &&Said| error.at == at;
    let wants_other_type =
        errors.iter().filter(is_own).any(|error| matches!(error.wanted, Wanted::Type { .. }));
    // A property that tells branches apart says another branch, with a constant of its own.
    let tags = errors.iter().filter(|error| {
        let inside = error.at.strip_prefix(at).unwrap_or_default();
        let is_tag = matches!(error.wanted, Wanted::Constant { .. } | Wanted::Enum { .. });
        is_tag && inside.matches('/').count() == 1
    });
    let missing = errors.iter().filter(is_own).map(|error| match error.wanted {
        Wanted::Required { .. } => 1,
        Wanted::AdditionalProperties { unexpected } | Wanted::UnevaluatedProperties { unexpected } => {
            unexpected.len()
        }
        _ => 0,
    });
    (wants_other_type, tags.count(), missing.sum(), errors.len())
}
