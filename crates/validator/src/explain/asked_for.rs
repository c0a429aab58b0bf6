//! Unions whose branches only ask for a property each: `"oneOf": [{"required": ["uses"]}, {"required": ["run"]}]`.

use isomorph_json::{Kind, Located, span};
use jsonschema::ValidationError;
use serde_json::Value;

use super::explain::{Explainer, Spot};
use super::message::{alternatives, shown};
use super::suggest::near;

/// How many properties a message lists.
const LISTED: usize = 12;
/// Keywords that ask for nothing, or only that an object be one.
const SILENT: [&str; 6] = ["$comment", "description", "properties", "required", "title", "type"];

impl Explainer<'_> {
    /// Says that none of these is there, if each branch of a union asks for a property and nothing else.
    pub(super) fn lacks_all(&mut self, error: &ValidationError) -> bool {
        let located = self.located(error);
        let Some(names) = self.asked_for(error) else { return false };
        let is_there = |name: &String| located.value.member(name).is_some();
        if names.len() < 2
            || located.value.word().kind() != Kind::Object
            || names.iter().any(is_there)
            || has_misspelt(&located, &names)
        {
            return false;
        }
        let spot = Spot { at: self.at(error), words: located.words.clone(), span: located.handle() };
        let message = format!("one of the properties {} is missing", listed(&names, alternatives));
        self.add(error, spot, message, Vec::new());
        if let Some(problem) = self.problems.last_mut() {
            "required".clone_into(&mut problem.keyword);
        }
        true
    }

    /// What to say of a value that several branches accept; those have no errors.
    pub(super) fn accepted_by_several(
        &mut self,
        error: &ValidationError,
        context: &[Vec<ValidationError<'static>>],
    ) {
        let located = self.located(error);
        let there: Vec<String> = self
            .asked_for(error)
            .into_iter()
            .flatten()
            .filter(|name| located.value.member(name).is_some())
            .collect();
        let message = match there.len() {
            0 | 1 => several(context),
            _ => format!("the properties {} are there, and only one of them may be", listed(&there, all)),
        };
        let spot = Spot { at: self.at(error), words: located.words.clone(), span: span(located.value) };
        self.add(error, spot, message, Vec::new());
    }

    /// The properties that the branches of a union ask for, in their order, if each asks for one and nothing else.
    fn asked_for(&self, error: &ValidationError) -> Option<Vec<String>> {
        let (index, pointer) = self.keyword_location(error)?;
        let branches = self.schema.files().subschema(index, &pointer)?.as_array()?;
        branches.iter().map(asked_for).collect()
    }
}

/// The one property that a schema asks for, if it asks for nothing else.
fn asked_for(schema: &Value) -> Option<String> {
    let keywords = schema.as_object()?;
    let is_silent = |(keyword, value): (&String, &Value)| match keyword.as_str() {
        "type" => value == "object",
        // What is said of a property may be what is wrong.
        "properties" => {
            value.as_object().is_some_and(|all| all.values().all(|one| *one == Value::Bool(true)))
        }
        keyword => SILENT.contains(&keyword),
    };
    match keywords.get("required")?.as_array()?.as_slice() {
        [Value::String(name)] if keywords.iter().all(is_silent) => Some(name.clone()),
        _ => None,
    }
}

/// Whether one of these properties is there under a name that is nearly its own: that is what is wrong then.
fn has_misspelt(located: &Located, names: &[String]) -> bool {
    let keys: Vec<_> = located.value.members().map(|(key, _)| key.string()).collect();
    names.iter().any(|name| !near(name, keys.iter().map(AsRef::as_ref)).is_empty())
}

fn listed(names: &[String], joined: impl Fn(&[String]) -> String) -> String {
    let mut listed: Vec<_> = names.iter().take(LISTED).map(|name| format!("`{}`", shown(name))).collect();
    if names.len() > listed.len() {
        listed.push(format!("{} others", names.len() - listed.len()));
    }
    joined(&listed)
}

/// `a, b and c`.
fn all(names: &[String]) -> String {
    match names {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => names.concat(),
    }
}

fn several(context: &[Vec<ValidationError>]) -> String {
    let valid = context.iter().enumerate().filter(|(_, errors)| errors.is_empty());
    let numbers: Vec<_> = valid.map(|(index, _)| (index + 1).to_string()).collect();
    let which = if numbers.len() > 1 { format!(" ({})", numbers.join(", ")) } else { String::new() };
    format!("several branches of `oneOf` accept this{which}, and only one may")
}
