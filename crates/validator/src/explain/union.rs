//! Unions: which branch came closest.

use std::borrow::Cow;

use isomorph_json::{Kind, TapeNode, unescaped};
use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Wanted;
use serde_json::Value;

use super::message::{Found, alternatives, options_listed, type_names, with_article};
use super::suggest::near;

/// What to say of an instance that no branch of a union accepts.
pub enum Verdict {
    /// That it is none of all that could stand there.
    NoneOf(NoneOf),
    /// What this branch, by its index, says.
    Closest(usize),
}

/// A value that is none of those that branches want there.
pub struct NoneOf {
    /// Where it stands in the value that the union is about.
    pub inside: String,
    /// What they want.
    pub wanted: Wants,
}

/// What branches want of a value.
pub enum Wants {
    /// One of these types, each with its article.
    Types(Vec<&'static str>),
    /// One of these values.
    Values(Vec<Value>),
}

impl Wants {
    /// The same in words.
    pub fn in_words(&self, found: Found) -> String {
        match self {
            Self::Types(names) => alternatives(names),
            Self::Values(values) => options_listed(values, found),
        }
    }

    /// The strings among what is wanted.
    pub fn strings(&self) -> Vec<String> {
        match self {
            Self::Types(_) => Vec::new(),
            Self::Values(values) => values.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        }
    }
}

/// What a branch says is wrong.
#[derive(Clone)]
pub struct Said<'e> {
    /// The instance location.
    pub at: Cow<'e, str>,
    /// The same, as the error says it.
    pub path: &'e str,
    /// What was wanted there.
    pub wanted: &'e Wanted,
}

/// What the branches of a union say, by its error.
pub fn said<'e>(context: &'e [Vec<ValidationError<'static>>]) -> Vec<Vec<Said<'e>>> {
    let say = |error: &'e ValidationError| Said {
        at: Cow::Borrowed(error.instance_path().as_str()),
        path: error.instance_path().as_str(),
        wanted: error.kind(),
    };
    context.iter().map(|errors| errors.iter().map(say).collect()).collect()
}

/// Judges the errors of each branch of a union at the instance location `at`.
pub fn judge(branches: &[Vec<Said>], at: &str, found: TapeNode) -> Verdict {
    let none = no_type(branches, at)
        .or_else(|| no_option(branches, at, found))
        .or_else(|| no_tag(branches, at, found));
    if let Some(none) = none {
        return Verdict::NoneOf(none);
    }
    let closest = branches.iter().enumerate().min_by_key(|(_, errors)| distance(errors, at, found, 0));
    Verdict::Closest(closest.map_or(0, |(index, _)| index))
}

/// Every branch wants another type than the one that stands there.
fn no_type(branches: &[Vec<Said>], at: &str) -> Option<NoneOf> {
    let mut names = Vec::new();
    for errors in branches {
        let own = own_error(errors, at, |wanted| matches!(wanted, Wanted::Type { .. }))?;
        if let Wanted::Type { kind } = own {
            names.extend(
                type_names(kind).into_iter().filter(|name| !names.contains(name)).collect::<Vec<_>>(),
            );
        }
    }
    Some(NoneOf { inside: String::new(), wanted: Wants::Types(names) })
}

/// The types of the branches that want another than that of the value at a place.
pub fn other_types(branches: &[Vec<Said>], at: &str) -> Vec<&'static str> {
    let own =
        branches.iter().filter_map(|errors| own_error(errors, at, |one| matches!(one, Wanted::Type { .. })));
    let kinds = own.filter_map(|wanted| if let Wanted::Type { kind } = wanted { Some(kind) } else { None });
    kinds.flat_map(type_names).collect()
}

/// Every branch that is of the right type wants one of a few values.
fn no_option(branches: &[Vec<Said>], at: &str, found: TapeNode) -> Option<NoneOf> {
    let options = wanted_of_all(branches, at, at)?;
    let mut names = other_types(branches, at);
    names.dedup();
    // Of a few strings beside any string only the latter says what is wrong with an object.
    let is_of_these = |option: &Value| !is_of_kind(option, found) && names.contains(&type_of(option));
    let is_all = options.iter().all(is_of_these);
    let wanted = if is_all { Wants::Types(names) } else { Wants::Values(options) };
    Some(NoneOf { inside: String::new(), wanted })
}

/// The type of a value, with its article, as a schema that wants any of it says.
fn type_of(value: &Value) -> &'static str {
    with_article(match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    })
}

/// Every branch that is of the right type wants another value of one property.
fn no_tag(branches: &[Vec<Said>], at: &str, found: TapeNode) -> Option<NoneOf> {
    let of_right_type =
        |errors: &&Vec<Said>| own_error(errors, at, |wanted| matches!(wanted, Wanted::Type { .. })).is_none();
    let mut right = branches.iter().filter(of_right_type);
    let (first, second) = (right.next()?, right.next());
    second?;
    let value = |inside: &str| {
        let mut names = inside.split('/').skip(1);
        names.try_fold(found, |node, name| node.member(&unescaped(name)).map(|(_, value)| value))
    };
    first.iter().find_map(|error| {
        let inside = error.at.strip_prefix(at)?;
        let is_near = (1..=DEEPEST_TAG).contains(&inside.matches('/').count());
        value(inside).filter(|_| is_near)?;
        let values = || wanted_of_all(branches, &error.at, at).map(Wants::Values);
        let types = || types_of_all(branches, &error.at, at).map(Wants::Types);
        Some(NoneOf { inside: inside.to_owned(), wanted: values().or_else(types)? })
    })
}

/// How far inside the value a property may stand that tells branches apart.
const DEEPEST_TAG: usize = 4;

/// The types that all branches together want at a place, if that is all that is wrong by each that wants the type of what stands
/// at `own`.
fn types_of_all(branches: &[Vec<Said>], at: &str, own: &str) -> Option<Vec<&'static str>> {
    let mut names: Vec<&'static str> = Vec::new();
    for errors in branches {
        match errors.as_slice() {
            [Said { at: place, wanted: Wanted::Type { kind }, .. }] if place == at => {
                let new: Vec<_> = type_names(kind).into_iter().filter(|name| !names.contains(name)).collect();
                names.extend(new);
            }
            _ => {
                own_error(errors, own, |wanted| matches!(wanted, Wanted::Type { .. }))?;
            }
        }
    }
    // One branch says it better if all want the same.
    (names.len() > 1).then_some(names)
}

/// The values that all branches together want at a place, if each wants one of a few there, or none of what stands at `own`.
fn wanted_of_all(branches: &[Vec<Said>], at: &str, own: &str) -> Option<Vec<Value>> {
    let mut options: Vec<Value> = Vec::new();
    for errors in branches {
        let is_option = |wanted: &Wanted| matches!(wanted, Wanted::Enum { .. } | Wanted::Constant { .. });
        match own_error(errors, at, is_option) {
            Some(Wanted::Enum { options: own }) => {
                options.extend(own.as_array().cloned().unwrap_or_default());
            }
            Some(Wanted::Constant { expected_value }) => options.push((**expected_value).clone()),
            _ => {
                own_error(errors, own, |wanted| matches!(wanted, Wanted::Type { .. }))?;
            }
        }
    }
    (!options.is_empty()).then_some(options)
}

/// The error of a branch that concerns the value itself.
fn own_error<'e>(errors: &[Said<'e>], at: &str, is_meant: impl Fn(&Wanted) -> bool) -> Option<&'e Wanted> {
    errors.iter().find(|error| error.at == at && is_meant(error.wanted)).map(|error| error.wanted)
}

/// Unions in unions whose branches count for those around them.
const DEEPEST: usize = 8;

/// How far a branch is from accepting the instance; the least is the closest. One that is a union itself is as far as the
/// closest of its own.
fn distance(errors: &[Said], at: &str, found: TapeNode, depth: usize) -> Distance {
    let of_union = |(index, error): (usize, &Said)| {
        let inner = inside(error).filter(|_| error.at == at && depth < DEEPEST)?;
        Some((index, inner.iter().map(|errors| distance(errors, at, found, depth + 1)).min()?))
    };
    let Some((index, closest)) = errors.iter().enumerate().find_map(of_union) else {
        return own_distance(errors, at, found);
    };
    let others: Vec<_> = errors
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != index)
        .map(|(_, error)| error.clone())
        .collect();
    let others = own_distance(&others, at, found);
    (closest.0 || others.0, closest.1 + others.1, closest.2 + others.2, closest.3 + others.3)
}

/// What the branches of a union say that is one of a branch's errors, each at its place.
fn inside<'e>(error: &Said<'e>) -> Option<Vec<Vec<Said<'e>>>> {
    let (Wanted::AnyOf { context } | Wanted::OneOfNotValid { context }) = error.wanted else { return None };
    let mut branches = said(context);
    for inner in branches.iter_mut().flatten() {
        let below = inner.path.strip_prefix(error.path)?;
        inner.at = format!("{}{below}", error.at).into();
    }
    Some(branches)
}

/// Whether a branch wants another type, how many tags it wants otherwise, how many properties are missing or too many, and
/// how many errors it has.
type Distance = (bool, usize, usize, usize);

fn own_distance(errors: &[Said], at: &str, found: TapeNode) -> Distance {
    let is_own = |error: &&Said| error.at == at;
    let wants_other_type =
        errors.iter().filter(is_own).any(|error| wants_other_type(error.wanted, error.path, found));
    let keys: Vec<_> = found.members().map(|(key, _)| key.string()).collect();
    // A key that is misspelt is one mistake, and not one that is missing beside one that is not allowed.
    let is_misspelt = |name: &Value| {
        name.as_str().is_some_and(|name| !near(name, keys.iter().map(AsRef::as_ref)).is_empty())
    };
    // A property that tells branches apart says another branch, with a constant of its own.
    let tags = errors.iter().filter(|error| {
        let inside = error.at.strip_prefix(at).unwrap_or_default();
        let is_tag = matches!(error.wanted, Wanted::Constant { .. } | Wanted::Enum { .. });
        is_tag && inside.matches('/').count() == 1
    });
    let missing = errors.iter().filter(is_own).map(|error| match error.wanted {
        Wanted::Required { property } => usize::from(!is_misspelt(property)),
        Wanted::AdditionalProperties { unexpected } | Wanted::UnevaluatedProperties { unexpected } => {
            unexpected.len()
        }
        _ => 0,
    });
    (wants_other_type, tags.count(), missing.sum(), errors.len())
}

/// Whether what is wanted of a value could be no value of its type: itself, or as each branch of a union inside says. `path` is
/// where the errors of those say that the value is.
fn wants_other_type(wanted: &Wanted, path: &str, found: TapeNode) -> bool {
    match wanted {
        Wanted::Type { .. } => true,
        Wanted::Constant { expected_value } => !is_of_kind(expected_value, found),
        Wanted::Enum { options } => {
            options.as_array().is_some_and(|options| !options.iter().any(|option| is_of_kind(option, found)))
        }
        Wanted::AnyOf { context } | Wanted::OneOfNotValid { context } => {
            let is_own = |error: &&ValidationError| error.instance_path().as_str() == path;
            let wants = |error: &ValidationError| wants_other_type(error.kind(), path, found);
            !context.is_empty() && context.iter().all(|errors| errors.iter().filter(is_own).any(wants))
        }
        _ => false,
    }
}

fn is_of_kind(value: &Value, found: TapeNode) -> bool {
    match found.word().kind() {
        Kind::Null => value.is_null(),
        Kind::False | Kind::True => value.is_boolean(),
        Kind::Number => value.is_number(),
        Kind::String => value.is_string(),
        Kind::Array => value.is_array(),
        Kind::Object => value.is_object(),
    }
}
