//! From what the validator says to problems with places.

use std::ops::Range;

use isomorph_json::work::{allowance, within};
use isomorph_json::{
    Located, Locator, TapeNode, element_in_words, escaped, member_in_words, span, unescaped, visible,
};
use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Wanted;
use serde_json::Value;

use super::contains::Counted;
use super::declared::{properties_around, says_more_of, says_of_element};
use super::files::Place;
use super::help::{first_paragraph, known, meant, near_or_longer, suggestions};
use super::message::{Found, expected, message};
use super::once::once;
use super::problem::{Branch, Problem};
use super::retyped::retyped_as;
use super::schema::Schema;
use super::suggest::near;
use super::union::{NoneOf, Verdict, Wants, judge, said};
use crate::exact::unmarked;
use crate::taped::repetition;

/// How deep unions in unions are explained.
pub(super) const UNIONS: usize = 16;
/// With so many problems it is not asked any more whether something else says more of a property: patterns are compiled for it.
pub(super) const MANY: usize = 50;

/// What is wrong with an instance by its schema, in the order of the text: the first `limit` problems that
/// are found, and how many errors there are beside.
pub fn explain(schema: &Schema, instance: TapeNode, limit: usize) -> (Vec<Problem>, usize) {
    let mut explainer = Explainer::new(schema, instance);
    let mut more = 0;
    if let Some(errors) = schema.errors(instance) {
        for error in errors {
            if explainer.problems.len() < limit {
                explainer.error(&error);
            } else {
                more += 1;
            }
        }
    } else {
        within(allowance(instance.words()) / 2, || more = explainer.descend(instance, limit));
    }
    let mut problems = once(explainer.problems, &explainer.following);
    problems.sort_by_key(|problem| (problem.span.start, problem.span.end));
    more += problems.len().saturating_sub(limit);
    problems.truncate(limit);
    (problems, more)
}

pub(super) struct Explainer<'a> {
    pub(super) schema: &'a Schema,
    pub(super) locator: Locator<'a>,
    pub(super) branch: Option<Branch>,
    pub(super) depth: usize,
    pub(super) problems: Vec<Problem>,
    /// Those of them, by their indices, that may only follow from others in the same object.
    following: Vec<usize>,
    /// Where the value stands that errors are about, if it is not the whole instance.
    pub(super) prefix: String,
    /// The keyword that an error comes from, where the error does not say.
    pub(super) origin: Option<Place>,
}

impl<'a> Explainer<'a> {
    fn new(schema: &'a Schema, instance: TapeNode<'a>) -> Self {
        let locator = Locator::new(instance);
        let prefix = String::new();
        let (problems, following) = (Vec::new(), Vec::new());
        Self { schema, locator, branch: None, depth: 0, problems, following, prefix, origin: None }
    }

    /// Where the value of an error stands.
    pub(super) fn at(&self, error: &ValidationError) -> String {
        format!("{}{}", self.prefix, error.instance_path().as_str())
    }

    pub(super) fn error(&mut self, error: &ValidationError) {
        let located = self.located(error);
        let (value, words) = (located.value, located.words.clone());
        let place = Spot { at: self.at(error), words, span: span(value) };
        match error.kind() {
            Wanted::AnyOf { context } => self.union(error, "anyOf", context, value),
            Wanted::OneOfNotValid { context } => self.union(error, "oneOf", context, value),
            Wanted::OneOfMultipleValid { context } => self.accepted_by_several(error, context),
            Wanted::Required { property } => self.missing(error, property, &located),
            Wanted::AdditionalProperties { unexpected } | Wanted::UnevaluatedProperties { unexpected } => {
                for name in unexpected {
                    self.unexpected(error, name, &located);
                }
            }
            Wanted::PropertyNames { error: inner } => self.name(error, inner, &located),
            Wanted::AdditionalItems { limit } => self.elements(error, &located, |index, _| index >= *limit),
            Wanted::UnevaluatedItems { unexpected } => {
                // The validator shows values by their index on the tape.
                self.elements(error, &located, |_, node| unexpected.contains(&node.index().to_string()));
            }
            Wanted::FalseSchema if self.is_closed_by(error) => self.closed(error),
            Wanted::Contains => self.counted(error, place, value),
            Wanted::UniqueItems => self.repeated(error, place, value),
            Wanted::Pattern { pattern } => self.no_match(error, place, pattern, value),
            Wanted::Not { .. } => {
                let found = self.found(error, value);
                let (place, message) = self
                    .ruled_out(error, &place, value)
                    .unwrap_or_else(|| (place, message(error.kind(), found)));
                self.add(error, place, message, Vec::new());
            }
            wanted => {
                let found = self.found(error, value);
                let message = self.exactly(error, found).unwrap_or_else(|| message(wanted, found));
                let help = suggestions(wanted, found);
                // To put it into a list would be the next mistake.
                let is_wrong = !help.is_empty() && self.is_no_element(error, wanted, value);
                self.add(error, place, message, if is_wrong { Vec::new() } else { help });
            }
        }
    }

    fn union(
        &mut self,
        error: &ValidationError,
        keyword: &'static str,
        context: &[Vec<ValidationError<'static>>],
        value: TapeNode,
    ) {
        if self.lacks_all(error) {
            return;
        }
        match judge(&said(context), error.instance_path().as_str(), value) {
            Verdict::Closest(index)
                if self.depth < UNIONS && context.get(index).is_some_and(|own| !own.is_empty()) =>
            {
                let around = self.enter(error, keyword, index, context.len());
                let before = self.problems.len();
                self.depth += 1;
                context[index].iter().for_each(|inner| self.error(inner));
                self.depth -= 1;
                self.branch = around;
                self.hint_at_other_types(error, &said(context), value, before);
            }
            Verdict::Closest(_) => self.no_branch(error, keyword),
            Verdict::NoneOf(none) => self.none_of(error, &none),
        }
    }

    /// Begins to say what a branch of a union wants; gives what was said before.
    pub(super) fn enter(
        &mut self,
        error: &ValidationError,
        keyword: &'static str,
        index: usize,
        of: usize,
    ) -> Option<Branch> {
        let value = self.located(error).words;
        self.branch.replace(Branch { keyword, index, of, value })
    }

    pub(super) fn no_branch(&mut self, error: &ValidationError, keyword: &str) {
        let (place, _) = self.spot(error);
        self.add(error, place, format!("no branch of `{keyword}` accepts this"), Vec::new());
    }

    pub(super) fn none_of(&mut self, error: &ValidationError, none: &NoneOf) {
        let (mut place, mut value) = self.spot(error);
        for name in none.inside.split('/').skip(1).map(unescaped) {
            let Some((_, inside)) = value.member(&name) else { break };
            let words = member_in_words(&name, &place.words);
            place = Spot { at: joined(&place.at, &name), words, span: span(inside) };
            value = inside;
        }
        let found = self.found(error, value);
        let help = match &none.wanted {
            Wants::Types(names) => retyped_as(names, found).into_iter().collect(),
            Wants::Values(_) => meant(found, &none.wanted.strings()),
        };
        self.add(error, place, expected(&none.wanted.in_words(found), found), help);
    }

    /// A value, as messages about it may show it.
    pub(super) fn found<'v>(&self, error: &ValidationError, node: TapeNode<'v>) -> Found<'v> {
        Found { node, is_secret: self.is_secret(error) }
    }

    /// Whether what an error is about is shown to nobody: none of it is, or its schema says that it is only written.
    pub(super) fn is_secret(&self, error: &ValidationError) -> bool {
        self.schema.is_redacted()
            || self.keyword_location(error).is_some_and(|place| self.schema.files().is_write_only(&place))
    }

    /// The place of an error, and the value there.
    fn spot(&mut self, error: &ValidationError) -> (Spot, TapeNode<'a>) {
        let located = self.located(error);
        (Spot { at: self.at(error), words: located.words, span: span(located.value) }, located.value)
    }

    pub(super) fn located(&mut self, error: &ValidationError) -> Located<'a> {
        let located = self.locator.locate(&self.at(error)).unwrap_or_else(|| self.locator.whole());
        // Values are shown by their index on the tape.
        let index = error.instance().as_u64().and_then(|index| usize::try_from(index).ok());
        match index {
            Some(index) => self.locator.instead(located, index),
            None => located,
        }
    }

    fn missing(&mut self, error: &ValidationError, property: &Value, located: &Located) {
        let name = property.as_str().unwrap_or_default();
        let around = self.schema_around(error);
        let mut help = Vec::new();
        let declared = around
            .map(|(index, schema)| properties_around(self.schema.files(), index, schema))
            .unwrap_or_default();
        if let Some((_, schema)) = declared.iter().find(|(known, _)| *known == name)
            && let Some(what) = ["description", "title"].iter().find_map(|key| schema.get(key)?.as_str())
        {
            help.push(format!("`{name}`: {}", first_paragraph(what)));
        }
        let undeclared = located.value.members().map(|(key, _)| key.string());
        let undeclared: Vec<_> =
            undeclared.filter(|key| declared.iter().all(|(known, _)| known != key)).collect();
        for meant in near(name, undeclared.iter().map(AsRef::as_ref)) {
            help.push(format!("did you mean `{name}` where it says `{meant}`?"));
        }
        let spot = Spot { at: self.at(error), words: located.words.clone(), span: located.handle() };
        let because = self.because(error, name, located.value);
        let because = because.map(|name| format!(", because `{name}` is there")).unwrap_or_default();
        self.add(
            error,
            spot,
            format!("{}{because}", message(error.kind(), self.found(error, located.value))),
            help,
        );
    }

    /// The property whose presence asks for one that is missing.
    fn because(&self, error: &ValidationError, missing: &str, object: TapeNode) -> Option<String> {
        let (index, pointer) = self.keyword_location(error)?;
        let is_asked = pointer.ends_with("/dependentRequired") || pointer.ends_with("/dependencies");
        let asked = self.schema.files().subschema(index, &pointer).filter(|_| is_asked)?.as_object()?;
        let asks = |wanted: &Value| wanted.as_array().is_some_and(|all| all.iter().any(|one| one == missing));
        let found = asked.iter().find(|(name, wanted)| asks(wanted) && object.member(name).is_some());
        found.map(|(name, _)| name.clone())
    }

    /// Whether what is allowed nowhere are the properties of an object that its schema does not name.
    fn is_closed_by(&self, error: &ValidationError) -> bool {
        self.keyword_location(error).is_some_and(|(_, pointer)| is_closing(&pointer))
    }

    /// All members of an object in which none may be.
    fn closed(&mut self, error: &ValidationError) {
        let Some(located) = self.locator.locate(&self.at(error)) else { return };
        let names: Vec<_> = located.value.members().map(|(key, _)| key.string().into_owned()).collect();
        for name in &names {
            self.unexpected(error, name, &located);
        }
    }

    /// Says how many elements are what `contains` asks for, and which of the bounds of that number is not kept.
    fn counted(&mut self, error: &ValidationError, place: Spot, value: TapeNode) {
        let around = self.keyword_location(error);
        let message = around
            .and_then(|(index, pointer)| {
                Counted::new(self.schema.files(), index, split_last(&pointer)?.0, value)
            })
            .map_or_else(|| message(error.kind(), self.found(error, value)), |counted| counted.to_string());
        self.add(error, place, message, Vec::new());
    }

    fn unexpected(&mut self, error: &ValidationError, name: &str, located: &Located<'a>) {
        let keyword = self.keyword_location(error);
        let around = keyword.as_ref().and_then(|(index, pointer)| {
            Some((*index, self.schema.files().subschema(*index, split_last(pointer)?.0)?))
        });
        let is_evaluated = matches!(error.kind(), Wanted::UnevaluatedProperties { .. });
        if let (true, Some((index, pointer)), Some((_, value))) =
            (is_evaluated, &keyword, located.value.member(name))
            && self.schema.files().subschema(*index, pointer).is_some_and(Value::is_object)
        {
            let (place, at) = ((*index, pointer.clone()), joined(&self.at(error), name));
            if self.explains(place, value, at) {
                return;
            }
        }
        let declared = around.map(|(index, schema)| properties_around(self.schema.files(), index, schema));
        let mut declared = declared.unwrap_or_default();
        let is_declared = declared.iter().any(|(known, _)| *known == name);
        let says_more = || {
            let (files, many) = (self.schema.files(), self.problems.len() >= MANY);
            around.is_some_and(|(index, schema)| !many && says_more_of(files, index, schema, name))
        };
        if is_evaluated && (is_declared || says_more()) {
            self.following.push(self.problems.len());
        } else if !is_evaluated {
            // `additionalProperties` sees what is declared beside it, and nothing else.
            let beside = around.and_then(|(_, schema)| schema.get("properties")?.as_object());
            declared.retain(|(known, _)| beside.is_some_and(|beside| beside.contains_key(*known)));
        }
        let free =
            declared.iter().map(|(known, _)| *known).filter(|known| located.value.member(known).is_none());
        let mut help: Vec<_> =
            near_or_longer(name, free).iter().map(|known| format!("did you mean `{known}`?")).collect();
        if name == "$schema" && self.at(error).is_empty() {
            help =
                vec!["it names the schema, which does not declare it; have it declare `$schema`".to_owned()];
        } else if is_declared && !is_evaluated {
            help = vec![
                "the schema declares it, but not beside `additionalProperties`, which sees nothing else"
                    .to_owned(),
            ];
        } else if help.is_empty() {
            help.extend(known(&declared, around.map(|(_, schema)| schema)));
        }
        let message = format!("the property `{}` is not allowed here", name.escape_debug());
        self.add(error, key_spot(&self.at(error), located, name), message, help);
    }

    fn name(&mut self, error: &ValidationError, inner: &ValidationError, located: &Located) {
        let name = inner.instance().as_str().unwrap_or_default();
        let message = match located.value.member(name) {
            Some((key, _)) => {
                let key = Found { node: key, is_secret: false };
                format!("the name of this property: {}", message(inner.kind(), key))
            }
            None => format!("the name of a property does not satisfy `{}`", inner.kind().keyword()),
        };
        let key = located.value.member(name).map(|(key, _)| Found { node: key, is_secret: false });
        let help = key.map(|key| suggestions(inner.kind(), key)).unwrap_or_default();
        // As names of properties are shown.
        let help = help.into_iter().map(|help| help.replace('"', "`")).collect();
        self.add(error, key_spot(&self.at(error), located, name), message, help);
    }

    fn elements(
        &mut self,
        error: &ValidationError,
        located: &Located<'a>,
        is_meant: impl Fn(usize, TapeNode) -> bool,
    ) {
        for (index, element) in located.value.elements().enumerate() {
            if is_meant(index, element) {
                let at = joined(&self.at(error), &index.to_string());
                let keyword = self.keyword_location(error);
                if let Some((file, pointer)) = keyword
                    && self.schema.files().subschema(file, &pointer).is_some_and(Value::is_object)
                    && self.explains((file, pointer), element, at.clone())
                {
                    continue;
                }
                let around = self.keyword_location(error).and_then(|(file, pointer)| {
                    Some((file, self.schema.files().subschema(file, split_last(&pointer)?.0)?))
                });
                let says = |(file, schema)| says_of_element(self.schema.files(), file, schema, index);
                if matches!(error.kind(), Wanted::UnevaluatedItems { .. }) && around.is_some_and(says) {
                    self.following.push(self.problems.len());
                }
                let words = self.locator.locate(&at).map(|located| located.words).unwrap_or_default();
                let spot = Spot { at, words, span: span(element) };
                self.add(error, spot, "this element is not allowed".to_owned(), Vec::new());
            }
        }
    }

    /// The pattern is shown as its author wrote it, with what that says of it.
    fn no_match(&mut self, error: &ValidationError, place: Spot, pattern: &str, value: TapeNode) {
        let around = self.keyword_location(error).and_then(|(index, pointer)| {
            let (around, _) = split_last(&pointer)?;
            self.schema.files().subschema(index, around)
        });
        let said = |keyword: &str| around?.get(keyword)?.as_str();
        let written = said("pattern").unwrap_or(pattern).to_owned();
        let words = ["patternErrorMessage", "errorMessage", "description"].into_iter().find_map(said);
        let help = words.map(first_paragraph).into_iter().collect();
        let found = self.found(error, value);
        self.add(error, place, message(&Wanted::Pattern { pattern: written }, found), help);
    }

    fn repeated(&mut self, error: &ValidationError, array: Spot, value: TapeNode) {
        let Some((first, second)) = repetition(value) else {
            return self.add(error, array, message(error.kind(), self.found(error, value)), Vec::new());
        };
        let element = |index| value.elements().nth(index).map(span).unwrap_or_default();
        let at = joined(&array.at, &second.to_string());
        let spot = Spot { at, words: element_in_words(second, &array.words), span: element(second) };
        self.add(error, spot, message(error.kind(), self.found(error, value)), Vec::new());
        if let Some(problem) = self.problems.last_mut() {
            problem.related = Some((element(first), "the same came first here".to_owned()));
        }
    }

    /// The file and the pointer of the keyword that an error comes from.
    pub(super) fn keyword_location(&self, error: &ValidationError) -> Option<Place> {
        match &self.origin {
            Some((index, pointer)) if error.absolute_keyword_location().is_none() => {
                let (index, pointer) = self.schema.files().innermost(*index, pointer.clone())?;
                Some((index, unmarked(&pointer).into_owned()))
            }
            _ => self.schema.keyword_location(error),
        }
    }

    /// The schema object that the keyword of an error stands in.
    fn schema_around(&self, error: &ValidationError) -> Option<(usize, &Value)> {
        let (index, pointer) = self.keyword_location(error)?;
        let mut around = pointer.as_str();
        // A keyword such as `dependentRequired` has the name of a property after it.
        while let Some((outer, _)) = split_last(around) {
            around = outer;
            if let Some(schema) =
                self.schema.files().subschema(index, around).filter(|schema| schema.is_object())
                && (schema.get("properties").is_some()
                    || around.is_empty()
                    || schema.get("required").is_some())
            {
                return Some((index, schema));
            }
        }
        None
    }

    pub(super) fn add(&mut self, error: &ValidationError, spot: Spot, message: String, help: Vec<String>) {
        let place = self.keyword_location(error);
        let condition = place.as_ref().and_then(|place| self.condition(place));
        let because = condition.map(|condition| format!(", because {condition}")).unwrap_or_default();
        self.problems.push(Problem {
            keyword: violated(error, place.as_ref()),
            message: visible(message + &because),
            instance_location: spot.at,
            path: Some(spot.words).filter(|words| !words.is_empty()),
            span: spot.span,
            help: help.into_iter().map(visible).collect(),
            related: None,
            schema: place.and_then(|(index, pointer)| self.schema.files().place(index, &pointer)),
            evaluation_path: self.origin.is_none().then(|| self.schema.evaluation_path(error)),
            branch: self.branch.clone(),
            is_secret: self.is_secret(error),
        });
    }
}

/// The keyword that is violated.
fn violated(error: &ValidationError, place: Option<&Place>) -> String {
    let is_closed =
        matches!(error.kind(), Wanted::FalseSchema) && place.is_some_and(|(_, pointer)| is_closing(pointer));
    if is_closed { "additionalProperties".to_owned() } else { unmarked(error.kind().keyword()).into_owned() }
}

/// Whether a pointer leads to the keyword `additionalProperties`, and not to what is said of a property of that name.
fn is_closing(pointer: &str) -> bool {
    const NAMES: [&str; 6] =
        ["$defs", "definitions", "dependencies", "dependentSchemas", "patternProperties", "properties"];
    let (mut is_name, mut last) = (false, None);
    for segment in pointer.split('/').skip(1) {
        last = (!is_name).then_some(segment);
        is_name = last.is_some_and(|keyword| NAMES.contains(&keyword));
    }
    last == Some("additionalProperties")
}

/// Where a problem is.
pub(super) struct Spot {
    pub(super) at: String,
    pub(super) words: String,
    pub(super) span: Range<usize>,
}

/// The key of a member.
pub(super) fn key_spot(at: &str, object: &Located, name: &str) -> Spot {
    Spot {
        at: joined(at, name),
        words: member_in_words(name, &object.words),
        span: object.value.member(name).map_or_else(|| object.handle(), |(key, _)| span(key)),
    }
}

fn joined(pointer: &str, segment: &str) -> String {
    format!("{pointer}/{}", escaped(segment))
}

/// The pointer around one, and its last segment.
pub(super) fn split_last(pointer: &str) -> Option<(&str, String)> {
    let (around, last) = pointer.rsplit_once('/')?;
    Some((around, unescaped(last).into_owned()))
}
