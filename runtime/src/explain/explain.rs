//! From what the validator says to problems with places.

use std::ops::Range;

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Wanted;
use serde_json::Value;

use super::declared::properties_around;
use super::locate::{Located, handle, in_words, locate, span};
use super::message::message;
use super::node::TapeNode;
use super::problem::{Branch, Problem};
use super::schema::{Schema, split_last};
use super::suggest::near;
use super::union::{Verdict, judge};

/// How deep unions in unions are explained.
const UNIONS: usize = 16;

/// Everything that is wrong with an instance by its schema, in the order of the text.
pub fn explain(schema: &Schema, instance: TapeNode) -> Vec<Problem> {
    let mut explainer = Explainer { schema, root: instance, branch: None, depth: 0, problems: Vec::new() };
    for error in schema.errors(instance) {
        explainer.error(&error);
    }
    let mut problems = explainer.problems;
    problems.sort_by_key(|problem| (problem.span.start, problem.span.end));
    problems.dedup();
    problems
}

struct Explainer<'a> {
    schema: &'a Schema,
    root: TapeNode<'a>,
    branch: Option<Branch>,
    depth: usize,
    problems: Vec<Problem>,
}

impl Explainer<'_> {
    fn error(&mut self, error: &ValidationError) {
        let at = error.instance_path().as_str();
        let located = locate(self.root, at).unwrap_or(Located { key: None, value: self.root });
        match error.kind() {
            Wanted::AnyOf { context } => self.union(error, "anyOf", context, located),
            Wanted::OneOfNotValid { context } => self.union(error, "oneOf", context, located),
            Wanted::OneOfMultipleValid { context } => {
                let valid = context.iter().enumerate().filter(|(_, errors)| errors.is_empty());
                let numbers: Vec<_> = valid.map(|(index, _)| (index + 1).to_string()).collect();
                let which = if numbers.len() > 1 { format!(" ({})", numbers.join(", ")) } else { String::new() };
                let message = format!("several branches of `oneOf` accept this{which}, and only one may");
                self.add(error, at, span(located.value), message, Vec::new());
            }
            Wanted::Required { property } => self.missing(error, property, located),
            Wanted::AdditionalProperties { unexpected } | Wanted::UnevaluatedProperties { unexpected } => {
                unexpected.iter().for_each(|name| self.unexpected(error, name, located));
            }
            Wanted::PropertyNames { error: inner } => self.name(error, inner, located),
            Wanted::AdditionalItems { limit } => self.elements(error, located, |index, _| index >= *limit),
            Wanted::UnevaluatedItems { unexpected } => {
                // The validator shows values by their index on the tape.
                self.elements(error, located, |_, node| unexpected.contains(&node.index().to_string()));
            }
            wanted => {
                let help = suggestions(wanted, located.value);
                self.add(error, at, span(located.value), message(wanted, located.value), help);
            }
        }
    }

    fn union(
        &mut self,
        error: &ValidationError,
        keyword: &'static str,
        context: &[Vec<ValidationError<'static>>],
        located: Located,
    ) {
        let at = error.instance_path().as_str();
        match judge(context, at, located.value) {
            Verdict::Closest(index) if self.depth < UNIONS && context.get(index).is_some_and(|own| !own.is_empty()) => {
                let around = self.branch.replace(Branch { keyword, index, of: context.len() });
                self.depth += 1;
                context[index].iter().for_each(|inner| self.error(inner));
                self.depth -= 1;
                self.branch = around;
            }
            Verdict::Closest(_) => {
                let message = format!("no branch of `{keyword}` accepts this");
                self.add(error, at, span(located.value), message, Vec::new());
            }
            Verdict::NoneOf(message, options) => {
                let help = meant(located.value, &options);
                self.add(error, at, span(located.value), message, help);
            }
        }
    }

    fn missing(&mut self, error: &ValidationError, property: &Value, located: Located) {
        let name = property.as_str().unwrap_or_default();
        let around = self.schema_around(error);
        let mut help = Vec::new();
        let declared = around.map(|(index, schema)| properties_around(self.schema, index, schema)).unwrap_or_default();
        if let Some((_, schema)) = declared.iter().find(|(known, _)| *known == name)
            && let Some(what) = ["description", "title"].iter().find_map(|key| schema.get(key)?.as_str())
        {
            help.push(format!("`{name}`: {}", first_paragraph(what)));
        }
        let undeclared = located.value.members().map(|(key, _)| key.string());
        let undeclared: Vec<_> = undeclared.filter(|key| declared.iter().all(|(known, _)| known != key)).collect();
        for meant in near(name, undeclared.iter().map(AsRef::as_ref)) {
            help.push(format!("did you mean `{name}` where it says `{meant}`?"));
        }
        let at = error.instance_path().as_str();
        self.add(error, at, handle(located), message(error.kind(), located.value), help);
    }

    fn unexpected(&mut self, error: &ValidationError, name: &str, located: Located) {
        let declared =
            self.schema_around(error).map(|(index, schema)| properties_around(self.schema, index, schema));
        let declared = declared.unwrap_or_default();
        let free = declared.iter().map(|(known, _)| *known).filter(|known| located.value.member(known).is_none());
        let mut help: Vec<_> =
            near(name, free).iter().map(|known| format!("did you mean `{known}`?")).collect();
        if help.is_empty() && !declared.is_empty() && declared.len() <= 12 {
            let known: Vec<_> = declared.iter().map(|(known, _)| format!("`{known}`")).collect();
            help.push(format!("known are {}", known.join(", ")));
        }
        let key = located.value.member(name).map_or_else(|| handle(located), |(key, _)| span(key));
        let at = joined(error.instance_path().as_str(), name);
        self.add(error, &at, key, format!("the property `{}` is not allowed here", name.escape_debug()), help);
    }

    fn name(&mut self, error: &ValidationError, inner: &ValidationError, located: Located) {
        // The name is not told; it is the one of which the same is true.
        let at = error.instance_path().as_str();
        let name = inner.instance().as_str().map(str::to_owned);
        let key = name.as_ref().and_then(|name| located.value.member(name));
        let span = key.map_or_else(|| handle(located), |(key, _)| span(key));
        let keyword = inner.kind().keyword();
        let message = match (key, inner.kind()) {
            (Some((key, _)), wanted) => format!("the name of this property: {}", message(wanted, key)),
            _ => format!("the name of a property does not satisfy `{keyword}`"),
        };
        let at = name.map_or_else(|| at.to_owned(), |name| joined(at, &name));
        self.add(error, &at, span, message, Vec::new());
    }

    fn elements(&mut self, error: &ValidationError, located: Located, is_meant: impl Fn(usize, TapeNode) -> bool) {
        for (index, element) in located.value.elements().enumerate() {
            if is_meant(index, element) {
                let at = joined(error.instance_path().as_str(), &index.to_string());
                self.add(error, &at, span(element), "this element is not allowed".to_owned(), Vec::new());
            }
        }
    }

    /// The schema object that the keyword of an error stands in.
    fn schema_around(&self, error: &ValidationError) -> Option<(usize, &Value)> {
        let (index, pointer) = self.schema.keyword_location(error)?;
        let mut around = pointer.as_str();
        // A keyword such as `dependentRequired` has the name of a property after it.
        while let Some((outer, _)) = split_last(around) {
            around = outer;
            if let Some(schema) = self.schema.subschema(index, around).filter(|schema| schema.is_object())
                && (schema.get("properties").is_some() || around.is_empty() || schema.get("required").is_some())
            {
                return Some((index, schema));
            }
        }
        None
    }

    fn add(&mut self, error: &ValidationError, at: &str, span: Range<usize>, message: String, help: Vec<String>) {
        let keyword = error.kind().keyword();
        let place = self.schema.keyword_location(error);
        self.problems.push(Problem {
            keyword: keyword.to_owned(),
            message,
            instance_location: at.to_owned(),
            path: in_words(self.root, at),
            span,
            help,
            related: None,
            schema: place.and_then(|(index, pointer)| self.schema.place(index, &pointer)),
            branch: self.branch.clone(),
        });
    }
}

fn suggestions(wanted: &Wanted, found: TapeNode) -> Vec<String> {
    let strings = |value: &Value| value.as_str().map(str::to_owned);
    match wanted {
        Wanted::Enum { options } => {
            let options: Vec<_> = options.as_array().into_iter().flatten().filter_map(strings).collect();
            meant(found, &options)
        }
        Wanted::Constant { expected_value } => meant(found, strings(expected_value).as_slice()),
        _ => Vec::new(),
    }
}

/// Which of these strings was probably meant.
fn meant(found: TapeNode, options: &[String]) -> Vec<String> {
    if !jsonschema::json::Node::is_string(&found) {
        return Vec::new();
    }
    let near = near(&found.string(), options.iter().map(String::as_str)).into_iter();
    near.map(|option| format!("did you mean {}?", Value::from(option))).collect()
}

fn joined(pointer: &str, segment: &str) -> String {
    format!("{pointer}/{}", segment.replace('~', "~0").replace('/', "~1"))
}

fn first_paragraph(text: &str) -> String {
    let paragraph = text.trim().split("\n\n").next().unwrap_or_default();
    paragraph.split_whitespace().collect::<Vec<_>>().join(" ")
}
