//! What is wrong with an instance where the validator would take too much to say it at once.
//!
//! Its errors hold what every branch of a union says, of all that is in the value, which doubles with every union inside
//! another. So here one level of the schema is looked at after the other ([`Shell`]), and of a union only the branch that
//! came closest is followed.

use std::collections::HashSet;
use std::ops::Deref;
use std::sync::Arc;

use isomorph_json::work::is_spent;
use isomorph_json::{Kind, TapeNode, span};
use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Wanted;

use super::explain::{Explainer, UNIONS};
use super::files::Place;
use super::problem::{Branch, Problem};
use super::shell::{About, Shell};
use super::union::{Said, Verdict, judge};

/// How many levels of a schema are looked at for what one keyword says of one value.
const MOST_STEPS: usize = 64;

/// A value, and a schema that does not accept it.
struct Step<'a> {
    place: Place,
    value: TapeNode<'a>,
    /// Where the value stands.
    at: String,
    branch: Option<Branch>,
}

/// What a shell says is wrong.
struct Found<'e> {
    error: Told<'e>,
    shell: Arc<Shell>,
    /// Where the value that the shell was asked about stands in that of the step.
    inside: String,
}

/// An error of a shell, or one of those that the error of a union holds.
enum Told<'e> {
    Outer(ValidationError<'static>),
    Inner(&'e ValidationError<'static>),
}

impl Deref for Told<'_> {
    type Target = ValidationError<'static>;

    fn deref(&self) -> &ValidationError<'static> {
        match self {
            Self::Outer(error) => error,
            Self::Inner(error) => error,
        }
    }
}

impl Found<'_> {
    fn at(&self) -> String {
        format!("{}{}", self.inside, self.error.instance_path().as_str())
    }

    fn said(&self) -> Said<'_> {
        let path = self.error.instance_path().as_str();
        Said { at: self.at().into(), path, wanted: self.error.kind() }
    }
}

impl<'a> Explainer<'a> {
    /// Looks for what is wrong with the whole instance, until there are `limit` problems. Gives how many values were not
    /// looked at then.
    pub(super) fn descend(&mut self, instance: TapeNode<'a>, limit: usize) -> usize {
        let start = self.schema.start().clone();
        let mut steps = vec![Step { place: start, value: instance, at: String::new(), branch: None }];
        let mut seen = HashSet::new();
        while let Some(step) = steps.pop() {
            if is_spent() || self.problems.len() >= limit {
                self.not_accepted(&step);
                return steps.len();
            }
            if seen.insert((step.place.clone(), step.value.index())) {
                self.level(&step, &mut steps);
            }
        }
        0
    }

    /// Looks for what is wrong with a value by the schema at a place; says whether anything was found.
    pub(super) fn explains(&mut self, place: Place, value: TapeNode<'a>, at: String) -> bool {
        let before = self.problems.len();
        let mut steps = vec![Step { place, value, at, branch: self.branch.clone() }];
        // One step leads to others only as far as the schema is deep.
        for _ in 0..MOST_STEPS {
            let Some(step) = steps.pop() else { break };
            self.level(&step, &mut steps);
        }
        self.problems.len() > before
    }

    fn level(&mut self, step: &Step<'a>, steps: &mut Vec<Step<'a>>) {
        let before = (self.problems.len(), steps.len());
        let shell = self.schema.shell(&step.place);
        let mut found = found_by(shell.as_ref(), step.value);
        if found.is_empty() && !is_spent() {
            // All parts accept it by themselves.
            let whole = Shell::whole(self.schema.files(), step.place.clone()).map(Arc::new);
            found = found_by(whole.as_ref(), step.value);
        }
        if !is_spent() {
            self.branch.clone_from(&step.branch);
            for found in &found {
                self.follow(found, step, steps);
            }
        }
        if before == (self.problems.len(), steps.len()) {
            self.not_accepted(step);
        }
    }

    /// Says what is wrong, or notes where to look for it.
    fn follow(&mut self, found: &Found, step: &Step<'a>, steps: &mut Vec<Step<'a>>) {
        match found.shell.about(&found.error) {
            About::Part(place) => {
                let value = valued(&found.error, step.value);
                let at = format!("{}{}", step.at, found.at());
                steps.push(Step { place, value, at, branch: self.branch.clone() });
            }
            About::Keyword(place) => {
                let around = (self.origin.replace(place), self.prefix.clone());
                self.prefix = format!("{}{}", step.at, found.inside);
                match found.error.kind() {
                    Wanted::AnyOf { context } => self.branches(found, "anyOf", context, step, steps),
                    Wanted::OneOfNotValid { context } => self.branches(found, "oneOf", context, step, steps),
                    _ => self.error(&found.error),
                }
                (self.origin, self.prefix) = around;
            }
        }
    }

    /// Follows the branch that came closest.
    fn branches(
        &mut self,
        found: &Found,
        keyword: &'static str,
        context: &[Vec<ValidationError<'static>>],
        step: &Step<'a>,
        steps: &mut Vec<Step<'a>>,
    ) {
        let value = valued(&found.error, step.value);
        let mut branches = Vec::new();
        for errors in context {
            let (mut seen, mut all) = (HashSet::new(), Vec::new());
            for error in errors {
                let (error, shell) = (Told::Inner(error), Arc::clone(&found.shell));
                let inside = found.inside.clone();
                self.expand(Found { error, shell, inside }, value, &mut seen, &mut all);
            }
            branches.push(all);
        }
        if is_spent() {
            // What was said last means nothing.
            return;
        }
        let said: Vec<Vec<_>> =
            branches.iter().map(|branch| branch.iter().map(Found::said).collect()).collect();
        match judge(&said, &found.at(), value) {
            _ if self.lacks_all(&found.error) => {}
            Verdict::Closest(index) if self.depth < UNIONS && !branches[index].is_empty() => {
                let around = self.enter(&found.error, keyword, index, context.len());
                self.depth += 1;
                for inner in &branches[index] {
                    self.follow(inner, step, steps);
                }
                self.depth -= 1;
                self.branch = around;
            }
            Verdict::Closest(_) => self.no_branch(&found.error, keyword),
            Verdict::NoneOf(none) => self.none_of(&found.error, &none),
        }
    }

    /// What a branch says of the value itself, and of the scalars in it: what tells branches apart.
    fn expand<'e>(
        &self,
        found: Found<'e>,
        around: TapeNode<'a>,
        seen: &mut HashSet<(Place, usize)>,
        all: &mut Vec<Found<'e>>,
    ) {
        let value = valued(&found.error, around);
        let is_own =
            value.index() == around.index() || !matches!(value.word().kind(), Kind::Array | Kind::Object);
        let part = match found.shell.about(&found.error) {
            About::Part(place) if is_own && seen.insert((place.clone(), value.index())) => place,
            _ => return all.push(found),
        };
        let errors = found_by(self.schema.shell(&part).as_ref(), value);
        if errors.is_empty() {
            return all.push(found);
        }
        for inner in errors {
            self.expand(Found { inside: found.at(), ..inner }, around, seen, all);
        }
    }

    fn not_accepted(&mut self, step: &Step) {
        let (index, pointer) = &step.place;
        let words = self.locator.locate(&step.at).map(|located| located.words).unwrap_or_default();
        self.problems.push(Problem {
            instance_location: step.at.clone(),
            path: Some(words).filter(|words| !words.is_empty()),
            schema: self.schema.files().place(*index, pointer),
            branch: step.branch.clone(),
            is_secret: self.schema.is_redacted(),
            ..Problem::new("schema", "the schema does not accept this", span(step.value))
        });
    }
}

/// What a shell says of a value.
fn found_by(shell: Option<&Arc<Shell>>, value: TapeNode) -> Vec<Found<'static>> {
    let Some(shell) = shell else { return Vec::new() };
    let found = |error| Found { error: Told::Outer(error), shell: Arc::clone(shell), inside: String::new() };
    shell.errors(value).into_iter().map(found).collect()
}

/// The value that an error is about: errors show it by its index on the tape.
fn valued<'a>(error: &ValidationError, around: TapeNode<'a>) -> TapeNode<'a> {
    let index = error.instance().as_u64().and_then(|index| usize::try_from(index).ok());
    index.filter(|index| around.has(*index)).map_or(around, |index| around.at(index))
}
